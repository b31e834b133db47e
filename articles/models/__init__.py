from .articles import Article, ArticleText, TaggedArticle
from .listing import PublishedStory
from .mentions import Mention
from .proposals import Proposal

__all__ = ["Article", "ArticleText", "Mention", "Proposal", "PublishedStory", "TaggedArticle"]
