"""From text to proposals: the countries, organisations, people and agreements that it names, each with its sentences.

Needs no database: the register's names come in through a matcher, proposals go out as plain values.
"""

from dataclasses import dataclass, field
from typing import Any

from entities.matcher import Matcher

from .agreements import NamedAgreement, find_agreements
from .boilerplate import reading_list_start
from .calibration import calibrated
from .capitals import is_given_name
from .countries import NamedCountry, find_countries, is_another_word
from .extract import Extracted
from .gazetteer import country_matcher, known_matcher
from .organisations import Found, NamedOrganisation, find_organisations
from .people import NamedPerson, find_people
from .register_names import KnownRecord, find_known
from .sentences import Quote, Sentences, quote

RECOGNISER_VERSION = "2"
_MOST_QUOTES = 12
_LONGEST = 120_000  # characters: what a longer document is about stands in them


@dataclass(slots=True)
class Proposed:
    """One proposal. ``record`` is the target of the matched name, None for what the register does not have.

    ``confidence`` is the rule's own, ``score`` what that was worth on annotated documents.
    """

    kind: str
    value: str
    record: Any = None
    about: bool = False
    quotes: list[Quote] = field(default_factory=list)
    reason: str = ""
    confidence: float = 0.5
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def score(self) -> float:
        return calibrated(self.kind, self.confidence)


def readable(extracted: Extracted) -> str:
    """The text that recognition reads when a headline stands above the body; offsets below point into it."""
    return f"{extracted.title}\n\n{extracted.text}" if extracted.title else extracted.text


def recognise(extracted: Extracted, matcher: Matcher | None = None) -> list[Proposed]:
    """Return the proposals for a document, countries first; quotes point into ``extracted.text``.

    ``matcher`` holds the register's names, countries among them; without one the countries known from the first
    day are found.
    """
    text = readable(extracted)
    shift = len(text) - len(extracted.text)
    found = _Reading(
        text, extracted.language, extracted.published, max(0, shift - 2), matcher or country_matcher()
    )
    proposals = found.proposals()
    for proposal in proposals:
        proposal.quotes = _in_body(proposal.quotes, extracted.text, shift)
    return proposals


class _Reading:
    """One pass over one text; each step marks the places it has explained, so that the next leaves them alone."""

    def __init__(self, text: str, language: str, published: str | None, title_end: int, matcher: Matcher):
        self.whole, self.language, self.published, self.title_end = text, language, published, title_end
        self.text = text[: min(_LONGEST, reading_list_start(text))]
        self.sentences = Sentences(self.text)
        self.matches = [
            match
            for match in matcher.find(self.text, language)
            if not is_another_word(self.text, match) and not is_given_name(self.text, match)
        ]
        self.busy = bytearray(len(text) + 1)

    def proposals(self) -> list[Proposed]:
        country_places = [match for match in self.matches if match.entry.record_kind == "country"]
        lookalikes = [match for match in self.matches if match.entry.record_kind == "lookalike"]
        self._mark((match.start, match.end) for match in [*country_places, *lookalikes])
        agreements = find_agreements(self.text, self.sentences, self.language, self.published, self.title_end)
        known = find_known(self.text, self.matches)
        organisations = self._organisations(agreements, known)
        agreements = [
            agreement for agreement in agreements if not _is_an_organisation(agreement, organisations)
        ]
        taken = [(match.start, match.end) for match in self.matches if match.entry.record_kind != "person"]
        taken += [place for organisation in organisations for place in organisation.places]
        taken += [place for agreement in agreements for place in agreement.places]
        people = find_people(self.text, self.sentences, self.language, taken)
        people = [
            p for p in people if not any(one.kind == "person" and one.covers(p.places) for one in known)
        ]
        countries = find_countries(self.text, self.matches, self.sentences, self.language, self.title_end)
        return [
            *(self._country(country) for country in countries),
            *(
                self._known(record)
                for record in known
                if record.kind != "agreement" or not _found_too(record, agreements)
            ),
            *(self._organisation(organisation) for organisation in organisations),
            *(self._person(person) for person in people),
            *(self._agreement(agreement, countries, known) for agreement in agreements),
        ]

    def _mark(self, places) -> None:
        for start, end in places:
            self.busy[start:end] = b"\x01" * (end - start)

    def _organisations(
        self, agreements: list[NamedAgreement], known: list[KnownRecord]
    ) -> list[NamedOrganisation]:
        places = [
            Found(
                match.start,
                match.end,
                match.entry.text,
                0.92,
                "an organisation known everywhere",
                match.entry.target,
            )
            for match in known_matcher().find(self.text, self.language)
            if match.entry.language == self.language or self.language not in ("en", "ru", "tr")
        ]
        surnames = frozenset(token for person in self._first_people() for token in person.tokens[-1:])
        found = find_organisations(self.text, self.sentences, self.language, places, self.busy, surnames)
        return [
            organisation
            for organisation in found
            if not any(
                record.kind == "organisation" and record.covers(organisation.places) for record in known
            )
            and not self._is_only_country(organisation)
        ]

    def _first_people(self) -> list[NamedPerson]:
        """A first look at people, so that a surname is not taken for a company."""
        taken = [(match.start, match.end) for match in self.matches]
        return find_people(self.text, self.sentences, self.language, taken) if self.language == "en" else []

    def _is_only_country(self, organisation: NamedOrganisation) -> bool:
        """Unless a word before it says what it is: the airline "Сибирь"."""
        return not organisation.reason.startswith("in quotation marks after") and any(
            match.start <= organisation.places[0][0]
            and organisation.places[0][1] <= match.end
            and match.entry.record_kind in ("country", "lookalike")
            for match in self.matches
        )

    def _quotes(self, places: list[tuple[int, int]]) -> list[Quote]:
        return [quote(self.text, start, end) for start, end in places[:_MOST_QUOTES]]

    def _country(self, country: NamedCountry) -> Proposed:
        places = [(match.start, match.end) for match in country.matches]
        return Proposed(
            "country",
            country.code,
            country.code,
            country.about,
            self._quotes(places),
            country.reason,
            country.score,
        )

    def _known(self, record: KnownRecord) -> Proposed:
        about = any(start < self.title_end for start, _ in record.places)
        return Proposed(
            record.kind,
            record.name,
            record.target,
            about,
            self._quotes(record.places),
            record.reason,
            record.score,
        )

    def _organisation(self, organisation: NamedOrganisation) -> Proposed:
        about = any(start < self.title_end for start, _ in organisation.places)
        payload = {"acronym": organisation.acronym} if organisation.acronym else {}
        return Proposed(
            "organisation",
            organisation.full_name,
            None,
            about,
            self._quotes(organisation.places),
            organisation.reason,
            organisation.score,
            payload,
        )

    def _person(self, person: NamedPerson) -> Proposed:
        about = any(start < self.title_end for start, _ in person.places)
        return Proposed(
            "person", person.name, None, about, self._quotes(person.places), person.reason, person.score
        )

    def _agreement(
        self, agreement: NamedAgreement, countries: list[NamedCountry], known: list[KnownRecord]
    ) -> Proposed:
        record = next(
            (one for one in known if one.kind == "agreement" and one.covers(agreement.places)), None
        )
        sentence = agreement.evidence
        payload = {
            "type": agreement.kind,
            "date": agreement.date,
            "parties": _parties(agreement, countries),
            "evidence": sentence.text if sentence else "",
            "planned": agreement.planned,
            "counted": agreement.counted,
        }
        places = [(sentence.start, sentence.end)] if sentence else []
        places += [
            place for place in agreement.places if not places or not places[0][0] <= place[0] < places[0][1]
        ]
        about = any(start < self.title_end for start, _ in agreement.places)
        return Proposed(
            "agreement",
            agreement.title[:500],
            record.target if record else None,
            about,
            self._quotes(places),
            f"{record.reason}, {agreement.reason}" if record else agreement.reason,
            max(agreement.score, record.score) if record else agreement.score,
            payload,
        )


def _is_an_organisation(agreement: NamedAgreement, organisations: list[NamedOrganisation]) -> bool:
    """The Bay of Bengal Initiative, the Charter Foundation: named like an instrument, known as an organisation."""
    start, end = agreement.places[0]
    return any(
        place[0] <= start and end <= place[1]
        for organisation in organisations
        for place in organisation.places
        if organisation.target is not None
    )


def _found_too(record: KnownRecord, agreements: list[NamedAgreement]) -> bool:
    return any(record.covers(agreement.places) for agreement in agreements)


def _parties(agreement: NamedAgreement, countries: list[NamedCountry]) -> list[str]:
    """Codes of the countries inside the name, else of those that act in its sentence when they are few."""
    start, end = agreement.places[0]
    inside = _codes(countries, start, end)
    if inside or agreement.evidence is None:
        return inside
    around = _codes(countries, agreement.evidence.start, agreement.evidence.end)
    return around if 1 < len(around) <= 3 else []


def _codes(countries: list[NamedCountry], start: int, end: int) -> list[str]:
    placed = [
        (match.start, country.code)
        for country in countries
        for match in country.matches
        if start <= match.start < end
    ]
    return list(dict.fromkeys(code for _, code in sorted(placed)))


def _in_body(quotes: list[Quote], body: str, shift: int) -> list[Quote]:
    """Move quotes from headline-and-body into the body alone; what stands in the headline has no place there."""
    return [quote(body, q.start - shift, q.end - shift) for q in quotes if q.start >= shift]
