import pytest

from articles.models import Article, ArticleText
from articles.search import matching
from tests.factories import make_article

PAIRS = {
    "en": [
        ("agreement", "agreements"),
        ("cooperate", "cooperation"),
        ("visit", "visited"),
        ("trade", "trading"),
        ("ministries", "ministry"),
        ("cafe", "café"),
    ],
    "ru": [
        ("соглашение", "соглашения"),
        ("сотрудничество", "сотрудничеству"),
        ("турецкий", "турецкого"),
        ("договор", "договоры"),
        ("елка", "ёлка"),
        ("kamaz", "KAMAZ"),
        ("подписан", "подписали"),
    ],
    "tr": [
        ("anlaşma", "anlaşmaları"),
        ("ülke", "ülkeler"),
        ("turkiye", "Türkiye"),
        ("dışişleri", "Dışişleri"),
        ("disisleri", "Dışişleri"),
        ("ihracat", "ihracatı"),
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "asked", "written"), [(lang, *pair) for lang, pairs in PAIRS.items() for pair in pairs]
)
def test_a_word_is_found_in_its_other_forms(language, asked, written):
    article = make_article(language=language, title=f"X {written}", body=f"<p>Aa {written} bb.</p>")
    assert Article.objects.filter(matching(asked, "title_search")).get() == article
    assert ArticleText.objects.filter(matching(asked, "search")).get().article == article


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["\x00", "'", "a & | !", "((((", "-", '"', "a" * 10_000, "🙂", "a:*", "\\"])
def test_no_query_breaks_the_search(query):
    assert list(Article.objects.filter(matching(query, "title_search"))) == []


@pytest.mark.django_db
def test_a_word_that_is_excluded_excludes_in_every_language():
    make_article(language="en", title="Trade with Kazakhstan")
    wanted = make_article(language="en", title="Trade with others")
    assert list(Article.objects.filter(matching("trade -Kazakhstan", "title_search"))) == [wanted]
