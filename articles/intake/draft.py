"""A read document becomes one draft with its proposals, whole or not at all, however often it comes."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from articles.identity import identity_of
from articles.models import Article
from articles.texts import digest_of, set_body
from entities.models import Source

from .extract import Extracted, read_bytes, read_text
from .proposing import propose


@dataclass(frozen=True)
class TakenIn:
    article: Article
    created: bool
    extracted: Extracted


def take_in(data: bytes | str, filename: str = "", user: Any = None) -> TakenIn:
    """Save a document as a draft with proposals, or find the article that it already is.

    Raises UnreadableInput with a sentence when there is no text in it.
    """
    extracted = (
        read_text(data, filename=filename) if isinstance(data, str) else read_bytes(data, filename=filename)
    )
    identity = identity_of(
        url=extracted.source_url,
        source=extracted.source,
        title=extracted.title,
        dated=extracted.published,
        plain=extracted.text,
    )
    with transaction.atomic():
        _hold(identity)
        known = Article.objects.filter(identity=identity).first()
        if known:
            return TakenIn(known, False, extracted)
        article = _draft(extracted, identity, user)
        propose(article)
    return TakenIn(article, True, extracted)


def _hold(identity: str) -> None:
    """Let one transaction at a time take in the same document."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [identity])


def _draft(extracted: Extracted, identity: str, user: Any) -> Article:
    article = Article(
        title=extracted.title or _first_words(extracted.text),
        dated=extracted.published,
        language=extracted.language,
        source=Source.objects.called(extracted.source) if extracted.source else None,
        source_url=extracted.source_url,
        byline=extracted.byline,
        identity=identity,
        created_by=user,
    )
    article.full_clean(exclude=["slug", "identity"])
    article.save()
    set_body(article, extracted.body_html)
    return article


def _first_words(text: str) -> str:
    return " ".join(text.split()[:12])[:200]


def copies_of(extracted: Extracted, article: Article | None) -> list[str]:
    """Return the addresses of other articles with the same words; ``draft:ID`` for one that is not published."""
    same = Article.objects.filter(text__digest=digest_of(extracted.text)).order_by("pk")
    return [
        other.slug if other.is_published else f"draft:{other.pk}"
        for other in same
        if article is None or other != article
    ]
