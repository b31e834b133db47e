"""What was recognised, kept as proposals of an article: again and again without doubling or reviving anything."""

from typing import Any

from django.db import models

from articles.models import Article, ArticleText, Proposal
from articles.quotes import quote_at
from entities.folding import folded
from entities.models import Agreement, Country, Organisation, Person

from .extract import Extracted
from .recognise import RECOGNISER_VERSION, Proposed, recognise
from .register import matcher_for

_MODELS: dict[str, type[models.Model]] = {
    "country": Country,
    "organisation": Organisation,
    "person": Person,
    "agreement": Agreement,
}


def propose(article: Article) -> list[Proposed]:
    """Recognise the article's text as saved and keep what is found as open proposals.

    What an editor has judged stays as it was judged, and what is linked already is not proposed; open proposals
    that are found no more go.
    """
    plain = ArticleText.objects.get(article=article).plain
    proposals = recognise(_document(article, plain), matcher_for(article.language))
    records = _records(proposals)
    linked = {(mention.kind, mention.record.pk) for mention in article.mentions.with_records()}
    before = {(proposal.kind, proposal.field, proposal.key): proposal for proposal in article.proposals.all()}
    kept: set[tuple[str, str, str]] = set()
    for proposed in proposals:
        record = records.get((proposed.kind, proposed.record))
        value = _value(proposed, record)
        place = (proposed.kind, "", folded(value)[: _key_length()])
        if not place[2] or place in kept or (record and (proposed.kind, record.pk) in linked):
            continue
        kept.add(place)
        _keep(article, before.get(place), proposed, record, value, plain)
    stale = [
        proposal.pk
        for place, proposal in before.items()
        if proposal.is_open and place not in kept and proposal.kind != Proposal.Kind.FACT
    ]
    article.proposals.filter(pk__in=stale).delete()
    return proposals


def _document(article: Article, plain: str) -> Extracted:
    """The article as it is saved; a title that only repeats the text's first words is no headline."""
    title = "" if " ".join(plain.split()).startswith(article.title) else article.title
    return Extracted(title, str(article.dated or "") or None, article.language, "", "", "", "", plain, "text")


def _records(proposals: list[Proposed]) -> dict[tuple[str, Any], models.Model]:
    found: dict[tuple[str, Any], models.Model] = {}
    for kind, model in _MODELS.items():
        wanted = {
            proposed.record for proposed in proposals if proposed.kind == kind and proposed.record is not None
        }
        field = "code" if kind == "country" else "pk"
        if wanted:
            found |= {
                (kind, getattr(record, field)): record
                for record in model.objects.filter(**{f"{field}__in": wanted})
            }
    return found


def _value(proposed: Proposed, record: models.Model | None) -> str:
    if isinstance(record, Country):
        return record.name_in("en")
    return str(record or proposed.value)[:1000]


def _key_length() -> int:
    return Proposal._meta.get_field("key").max_length or 1000


def _keep(
    article: Article,
    before: Proposal | None,
    proposed: Proposed,
    record: models.Model | None,
    value: str,
    plain: str,
) -> None:
    if before is not None and not before.is_open:
        return
    proposal = before or Proposal(article=article, kind=proposed.kind, value=value)
    for kind in _MODELS:
        setattr(proposal, kind, record if kind == proposed.kind else None)
    proposal.about = proposed.about
    proposal.payload = proposed.payload
    proposal.quotes = [quote_at(plain, quote.start, quote.end) for quote in proposed.quotes]
    proposal.reason = proposed.reason[:300]
    proposal.score = round(min(1.0, max(0.0, proposed.score)), 2)
    proposal.version = RECOGNISER_VERSION
    proposal.save()
