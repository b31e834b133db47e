"""Facts about a story that a proposal sets, and how the article had them before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from entities.folding import folded
from entities.models import Source
from entities.partial_dates import InvalidPartialDate, parse

from ..models import Article
from ..texts import find_quotes_again

TEXTS = ("title", "language", "source_url", "byline", "summary")


def keep_fact(article: Article, field: str, value: str, user: Any) -> dict[str, Any]:
    """Set one field of the article; return what undoing it needs. Refuses a value that the field cannot hold."""
    value = value.strip()
    before: dict[str, Any]
    if field in ("dated", "published"):
        before = {"dated": str(article.dated or ""), "date_missing": article.date_missing}
        try:
            article.dated = parse(value)
        except InvalidPartialDate as error:
            raise ValidationError(str(error)) from error
        article.date_missing = False
    elif field == "source":
        before = {"source_id": article.source_id}
        article.source = source_called(value, user)
    elif field in TEXTS:
        before = {field: getattr(article, field)}
        setattr(article, field, value)
    else:
        raise ValidationError(_("An article has no field “%(field)s”."), params={"field": field})
    article.full_clean(exclude=["slug", "identity"], validate_unique=False)
    article.save()
    if field == "summary":
        find_quotes_again(article, old=before)
    return {"facts": before}


def restore_facts(article: Article, before: dict[str, Any]) -> None:
    old = {"summary": article.summary}
    for field, value in before.items():
        setattr(article, field, value)
    if before:
        article.save()
    if "summary" in before:
        find_quotes_again(article, old=old)


def source_called(name: str, user: Any) -> Source | None:
    """The source of this name, made as link only where it is new and the user may."""
    if not folded(name):
        return None
    known = Source.objects.known_as(name)
    if known is None and not user.has_perm("entities.add_source"):
        raise ValidationError(
            _("“%(name)s” is no source of the register yet; only an editor adds one."), params={"name": name}
        )
    return known or Source.objects.called(name)
