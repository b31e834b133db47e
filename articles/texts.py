"""A story's text: sanitised HTML for readers, and the plain text that quotes, search and recognition count in."""

import hashlib
import html
import re
from html.parser import HTMLParser

from django.db import models, transaction

from .models import Article, ArticleText
from .quotes import Quote, found_again
from .sanitising import CONTROLS, SOFT_HYPHEN, sanitised

_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "caption", "tr", "hr"}
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.parts.append(
            "\n\n" if tag in _BLOCKS else "\n" if tag == "br" else " " if tag in {"td", "th"} else ""
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))


def plain_text(markup: str) -> str:
    """Return the words of sanitised markup, paragraphs parted by a blank line.

    Soft hyphens stay in the markup alone: words are looked for, and quoted, without them.
    """
    reader = _Plain()
    reader.feed(markup)
    reader.close()
    text = _SPACES.sub(" ", "".join(reader.parts).replace(SOFT_HYPHEN, ""))
    return "\n\n".join(
        "\n".join(line.strip() for line in block.split("\n"))
        for block in _BLANK_LINES.split(text.strip())
        if block
    )


def markup_of(text: str) -> str:
    """Return plain text as paragraphs of markup, escaped."""
    blocks = (
        block.strip() for block in _BLANK_LINES.split(CONTROLS.sub("", text).replace("\r\n", "\n").strip())
    )
    return "\n".join(
        f"<p>{html.escape(block, quote=False).replace('\n', '<br>')}</p>" for block in blocks if block
    )


def digest_of(text: str) -> str:
    """Digest by which a text is known again: of its words, whatever the spaces between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def set_body(article: Article, markup: str) -> ArticleText:
    """Give the article its text, sanitised, and look again for every quote in it."""
    body = sanitised(markup)
    plain = plain_text(body)
    values = {"body": body, "plain": plain, "digest": digest_of(plain)}
    with transaction.atomic():
        text, created = ArticleText.objects.get_or_create(article=article, defaults=values)
        if not created and text.body != body:
            old = {"text": text.plain, "summary": article.summary}
            for name, value in values.items():
                setattr(text, name, value)
            text.save(update_fields=list(values))
            find_quotes_again(article, plain, old)
    article.text = text  # what was fetched before is no more
    return text


def find_quotes_again(
    article: Article,
    plain: str | None = None,
    old: dict[str, str] | None = None,
    of_links: bool = True,
) -> None:
    """Move the quotes of links and proposals to where their words now stand in the text and the summary.

    ``old`` holds what the two were, as far as that is known. A link of which no quote is found is listed as "evidence
    lost". That nobody forgets to call this, the database sees to when the transaction ends (migration 0006): a quote
    that does not stand is dropped there, too.
    """
    if plain is None:
        plain = ArticleText.objects.filter(article=article).values_list("plain", flat=True).first() or ""
    new = {"text": plain, "summary": article.summary}
    for mention in article.mentions.all() if of_links else ():
        kept = _found(mention.quotes, new, old or {})
        lost = bool(mention.quotes) and not kept
        # What was quoted stays readable for the editor who must find other evidence.
        _update(mention, quotes=mention.quotes if lost else kept, evidence_lost=lost)
    for proposal in article.proposals.all():
        _update(proposal, quotes=_found(proposal.quotes, new, old or {}))


def _found(quotes: list[Quote], new: dict[str, str], old: dict[str, str]) -> list[Quote]:
    """Those that are found again, each place once."""
    fields = [(quote, quote["field"]) for quote in quotes]
    found = [found_again(quote, new.get(field, ""), old.get(field, "")) for quote, field in fields]
    places = {(quote["field"], quote["start"], quote["end"]): quote for quote in found if quote}
    return list(places.values())


def _update(record: models.Model, **values: object) -> None:
    if any(getattr(record, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(record, name, value)
        record.save(update_fields=list(values))
