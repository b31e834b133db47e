"""What was recognised, kept as proposals of an article: again and again without doubling or reviving anything."""

from typing import Any

from django.db import models

from articles.models import Article, ArticleText, Proposal
from articles.quotes import quote_at
from entities.folding import folded
from entities.models import Agreement, Country, Organisation, Person

from .extract import Extracted
from .linking import linked
from .recognise import RECOGNISER_VERSION, Proposed, recognise
from .register import matcher_for

_MODELS: dict[str, type[models.Model]] = {
    "country": Country,
    "organisation": Organisation,
    "person": Person,
    "agreement": Agreement,
}


def propose(article: Article, only: set[tuple[str, Any]] | None = None) -> list[Proposed]:
    """Recognise the article's text as saved and keep what is found as open proposals.

    What an editor has judged stays as it was judged, and what is linked already is not proposed; open proposals
    that are found no more go. With ``only``, records as (kind, country code or key), nothing but links to these is
    proposed, and nothing else is touched.
    """
    plain = ArticleText.objects.get(article=article).plain
    found = recognise(document(article, plain), matcher_for(article.language))
    proposals = linked(found, plain, article.language)
    if only is not None:
        proposals = [proposed for proposed in proposals if (proposed.kind, proposed.record) in only]
    return _Keeping(article, plain, proposals).keep(whole=only is None)


class _Keeping:
    """What was proposed for an article so far, and what is found in it now."""

    def __init__(self, article: Article, plain: str, proposals: list[Proposed]) -> None:
        self.article, self.plain, self.proposals = article, plain, proposals
        self.records = _records(proposals)
        links = article.mentions.values(*_MODELS)
        self.linked = {(kind, key) for link in links for kind, key in link.items() if key is not None}
        before = list(article.proposals.all())
        self.by_place = {(proposal.kind, proposal.field, proposal.key): proposal for proposal in before}
        self.judged_words = {(one.kind, one.key) for one in before if not one.is_open}
        links = [one for one in before if one.kind != Proposal.Kind.FACT]
        self.judged_records = {_target(one) for one in links if not one.is_open} - {None}
        self.open_records = {_target(one): one for one in links if one.is_open}
        self.kept: set[int] = set()

    def keep(self, whole: bool) -> list[Proposed]:
        """Return what is proposed now; the ``whole`` text was looked at for everything, or for some records only."""
        done: set[tuple[str, str]] = set()
        new = [proposed for proposed in self.proposals if self._keep(proposed, done)]
        if whole:
            stale = [
                proposal.pk
                for proposal in self.by_place.values()
                if proposal.is_open and proposal.pk not in self.kept and not _is_of_the_story(proposal)
            ]
            self.article.proposals.filter(pk__in=stale).delete()
        return self.proposals if whole else new

    def _keep(self, proposed: Proposed, done: set[tuple[str, str]]) -> bool:
        if proposed.kind == Proposal.Kind.FACT:
            return self._keep_date(proposed)
        record = self.records.get((proposed.kind, proposed.record))
        value = _value(proposed, record)
        key = folded(value)[: _key_length()]
        if not key or (proposed.kind, key) in done or self._is_settled(proposed, key, record):
            return False
        done.add((proposed.kind, key))
        before, *doubles = self._known(proposed, key, record) or [None]
        for double in doubles:
            self.kept.add(double.pk)
            double.delete()
        proposal = _kept(self.article, before, proposed, record, value, self.plain)
        self.kept.add(proposal.pk)
        return before is None

    def _keep_date(self, proposed: Proposed) -> bool:
        """A date of an agreement: once for each agreement and field, unless the same was judged."""
        field, key = proposed.payload["field"], folded(proposed.value)
        agreement = Agreement.objects.filter(pk=proposed.record).first()
        before = self.by_place.get((proposed.kind, field, key))
        if agreement is None or (before and not before.is_open):
            return False
        proposal = _kept(self.article, before, proposed, agreement, proposed.value, self.plain)
        self.kept.add(proposal.pk)
        return before is None

    def _known(self, proposed: Proposed, key: str, record: models.Model | None) -> list[Proposal]:
        """Open proposals of the same: by its name, by another name of the record, by words before it was known."""
        found = [self.by_place.get((proposed.kind, "", key))]
        if record is not None:
            place = (proposed.kind, record.pk)
            words = self.by_place.get((proposed.kind, "", folded(proposed.value)[: _key_length()]))
            found += [
                self.open_records.get(place),
                words if words and _target(words) in (None, place) else None,
            ]
        return [one for one in dict.fromkeys(found) if one and one.is_open and one.pk not in self.kept]

    def _is_settled(self, proposed: Proposed, key: str, record: models.Model | None) -> bool:
        """Whether an editor has linked this record already, or judged it or these words, in this article."""
        words = {(proposed.kind, key), (proposed.kind, folded(proposed.value)[: _key_length()])}
        if record is None:
            return bool(words & self.judged_words)
        place = (proposed.kind, record.pk)
        return place in self.linked or place in self.judged_records or bool(words & self.judged_words)


def _is_of_the_story(proposal: Proposal) -> bool:
    """A fact about the article, which recognition does not bring again; a date of an agreement it does."""
    return proposal.kind == Proposal.Kind.FACT and proposal.agreement_id is None


def _target(proposal: Proposal) -> tuple[str, int] | None:
    """The record that a proposal points at, without asking for it."""
    return next(
        ((kind, key) for kind in _MODELS if (key := getattr(proposal, f"{kind}_id")) is not None), None
    )


def document(article: Article, plain: str) -> Extracted:
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


def _kept(
    article: Article,
    before: Proposal | None,
    proposed: Proposed,
    record: models.Model | None,
    value: str,
    plain: str,
) -> Proposal:
    proposal = before or Proposal(article=article, kind=proposed.kind)
    proposal.value = value
    for kind, model in _MODELS.items():
        setattr(proposal, kind, record if isinstance(record, model) else None)
    proposal.field = proposed.payload.get("field", "")
    proposal.about = proposed.about
    proposal.payload = proposed.payload
    proposal.quotes = [quote_at(plain, quote.start, quote.end) for quote in proposed.quotes]
    proposal.reason = proposed.reason[:300]
    proposal.score = round(min(1.0, max(0.0, proposed.score)), 2)
    proposal.version = RECOGNISER_VERSION
    proposal.save()
    return proposal
