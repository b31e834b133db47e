"""What the review page shows: proposals by kind, the most doubtful first, and the text with their evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from entities.date_words import in_words
from entities.models import Agreement, Country, Organisation
from entities.models.names import OWNERS
from entities.partial_dates import InvalidPartialDate, parse

from ..intake.sentences import Sentences
from ..models import Article, Mention, Proposal
from .lookup import detail_of, with_details
from .marks import Paragraph, Place, paragraphs
from .reasons import in_editors_words
from .records import FORMS
from .state import State, state_from
from .verdicts import SURE

HEADINGS = {
    "fact": gettext_lazy("Facts"),
    "country": gettext_lazy("Countries"),
    "agreement": gettext_lazy("Agreements"),
    "organisation": gettext_lazy("Organisations"),
    "person": gettext_lazy("People"),
}
FACT_LABELS = {
    "title": gettext_lazy("title"),
    "dated": gettext_lazy("date"),
    "published": gettext_lazy("date"),
    "language": gettext_lazy("language"),
    "source": gettext_lazy("source"),
    "source_url": gettext_lazy("address at the source"),
    "byline": gettext_lazy("byline"),
    "summary": gettext_lazy("summary"),
    "in_force": gettext_lazy("in force"),
    "ended": gettext_lazy("ended"),
}


@dataclass
class Line:
    """One proposal, or one link that came without a proposal, as the page shows it."""

    ref: str
    kind: str
    name: str
    state: str
    score: float | None = None
    reason: str = ""
    sentence: tuple[str, str, str] = ("", "", "")
    places: int = 0
    about: bool = False
    target: models.Model | None = None
    detail: str = ""
    lost: bool = False
    proposal: Proposal | None = None
    mention: Mention | None = None
    by_hand: bool = False

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_sure(self) -> bool:
        return self.score is not None and self.score >= SURE

    @property
    def percent(self) -> int:
        return round((self.score or 0) * 100)

    @property
    def in_text(self) -> list[dict[str, Any]]:
        """The evidence that stands in the text, of the link where there is one."""
        holder = self.mention or self.proposal
        return [quote for quote in holder.quotes if quote["field"] == "text"] if holder else []

    @property
    def kind_label(self) -> str:
        return str(Proposal.Kind(self.kind).label)

    @property
    def is_same_name(self) -> bool:
        return str(self.target) == self.name

    @property
    def record_url(self) -> str:
        """Where the record that stands behind the line is kept."""
        return reverse(f"admin:entities_{self.target._meta.model_name}_change", args=[self.target.pk])

    @property
    def field_label(self) -> str:
        field = self.proposal.field.partition(":")[0] if self.proposal else ""
        return str(FACT_LABELS.get(field, field))


@dataclass
class Group:
    """What is judged of one kind."""

    kind: str
    heading: Any
    lines: list[Line] = field(default_factory=list)

    @property
    def linked(self) -> list[Line]:
        return [line for line in self.lines if line.state in ("accepted", "corrected", "link")]

    @property
    def rejected(self) -> list[Line]:
        return [line for line in self.lines if line.state == "rejected"]


@dataclass
class Review:
    """All of one article's proposals and links, read in a fixed number of queries."""

    article: Article
    lines: list[Line]
    groups: list[Group]
    text: list[Paragraph]
    state: State

    @property
    def open(self) -> list[Line]:
        """What is to be judged, the most doubtful first, whatever its kind."""
        return [line for line in self.lines if line.is_open]

    @property
    def judged(self) -> int:
        return sum(1 for line in self.lines if line.proposal and not line.is_open)

    @property
    def total(self) -> int:
        return sum(1 for line in self.lines if line.proposal)

    @property
    def sure(self) -> list[Line]:
        return [line for line in self.open if line.is_sure]


def review_of(article: Article) -> Review:
    text = getattr(article, "text", None)
    plain = text.plain if text else ""
    sentences = Sentences(plain)
    mentions = {mention.pk: mention for mention in article.mentions.all()}
    proposals = list(article.proposals.by_doubt())
    lines = _lines(proposals, mentions, sentences)
    groups = [
        Group(kind, heading, [line for line in lines if line.kind == kind and not line.is_open])
        for kind, heading in HEADINGS.items()
    ]
    text = paragraphs(plain, _places(lines))
    return Review(article, lines, groups, text, state_from(article, proposals, mentions.values()))


def _lines(proposals: list[Proposal], mentions: dict[int, Mention], sentences: Sentences) -> list[Line]:
    _with_records([*mentions.values(), *proposals])
    countries = _countries(proposals)
    lines = [_of_proposal(proposal, mentions, sentences, countries) for proposal in proposals]
    told = {line.mention.pk for line in lines if line.mention}
    return lines + [_of_mention(mention, sentences) for pk, mention in mentions.items() if pk not in told]


def _with_records(links: list[Mention | Proposal]) -> None:
    """Give links and proposals the records that they point at, with what tells those apart: a query a kind."""
    for kind in OWNERS:
        pointing = [link for link in links if getattr(link, f"{kind}_id") is not None]
        records = (
            with_details(kind).in_bulk({getattr(link, f"{kind}_id") for link in pointing}) if pointing else {}
        )
        for link in pointing:
            setattr(link, kind, records[getattr(link, f"{kind}_id")])


def _of_proposal(
    proposal: Proposal, mentions: dict[int, Mention], sentences: Sentences, countries: dict[str, Country]
) -> Line:
    mention = mentions.get(proposal.became_id) if proposal.became_id else None
    target = mention.record if mention else proposal.target
    return Line(
        ref=f"p{proposal.pk}",
        kind=proposal.kind,
        name=proposal.value,
        state=proposal.verdict,
        score=proposal.score,
        reason=in_editors_words(proposal.reason),
        sentence=_sentence(proposal.quotes, sentences),
        places=len(proposal.quotes),
        about=mention.about if mention else proposal.about,
        target=target,
        detail=detail_of(target) if target is not None else _told(proposal, countries),
        lost=bool(mention and mention.evidence_lost),
        proposal=proposal,
        mention=mention,
        by_hand=proposal.version == Proposal.BY_HAND,
    )


def _of_mention(mention: Mention, sentences: Sentences) -> Line:
    return Line(
        ref=f"m{mention.pk}",
        kind=mention.kind,
        name=str(mention.record),
        state="link",
        sentence=_sentence(mention.quotes, sentences),
        places=len(mention.quotes),
        about=mention.about,
        target=mention.record,
        detail=detail_of(mention.record),
        lost=mention.evidence_lost,
        mention=mention,
    )


def _told(proposal: Proposal, countries: dict[str, Country]) -> str:
    """What the text says of a record that the register does not have."""
    if proposal.kind not in FORMS:
        return ""
    told = proposal.payload
    kinds = {**dict(Agreement.Kind.choices), **dict(Organisation.Kind.choices)}
    kind = told.get("type") or told.get("kind")
    parties = [_named(party, countries) for party in told.get("parties") or []]
    parts = [
        kinds.get(kind, kind),
        told.get("position"),
        told.get("organisation"),
        _date_in_words(told.get("date")),
    ]
    parts += [" – ".join(parties), told.get("acronym"), _named(told.get("country") or "", countries)]
    return ", ".join(str(part) for part in parts if part)


def _named(party: Any, countries: dict[str, Country]) -> str:
    """A party or country as the payload has it, a code or a name."""
    known = countries.get(str(party).lower())
    return known.name if known else str(party)


def _countries(proposals: Iterable[Proposal]) -> dict[str, Country]:
    """The countries that payloads name by their codes, in one query."""
    codes = {
        str(code).lower()
        for proposal in proposals
        for code in [*(proposal.payload.get("parties") or []), proposal.payload.get("country")]
        if code
    }
    return Country.objects.in_bulk(codes, field_name="code") if codes else {}


def _date_in_words(text: Any) -> str:
    try:
        date = parse(str(text)) if text else None
    except InvalidPartialDate:
        return ""
    return str(in_words(date)) if date else ""


def _sentence(quotes: list[dict[str, Any]], sentences: Sentences) -> tuple[str, str, str]:
    """The first evidence within its sentence: before, the exact words, after."""
    if not quotes:
        return ("", "", "")
    quote = quotes[0]
    if quote["field"] != "text":
        return (quote["before"], quote["exact"], quote["after"])
    whole = sentences.at(quote["start"])
    start, end = max(whole.start, quote["start"] - 160), min(whole.end, quote["end"] + 160)
    before = ("… " if start > whole.start else "") + sentences.text[start : quote["start"]]
    after = sentences.text[quote["end"] : max(end, quote["end"])] + (" …" if end < whole.end else "")
    return (before, sentences.text[quote["start"] : quote["end"]], after)


def _places(lines: list[Line]) -> list[Place]:
    return [
        Place(quote["start"], quote["end"], line.ref, line.kind, "open" if line.is_open else "linked")
        for line in lines
        if line.state != "rejected" and not line.lost
        for quote in line.in_text
    ]
