"""Who the parties of a cell are: countries as they stood on that day, organisations, and names not known yet."""

import csv
import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..folding import folded
from ..models import Country, Name, Organisation, UnknownName
from ..partial_dates import PartialDate
from .resolving import FULL_NAMES, Countries
from .splitting import Piece, halves

FEW = 3  # so many parties all signed; more may have joined later, as the states that they had become by then
_DATA = Path(__file__).parent.parent / "data"
_BEFORE_NAMES = re.compile(
    r"^(?:the\s+)?(?:governments?|(?:united |federal |islamic )?republic|kingdom|state|commonwealth|sultanate)"
    r"\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ORGANISED = re.compile(
    r"\b(organi[sz]ations?|community|bank|fund|agency|commission|council|association|league|committee|programme|"
    r"institute|secretariat|federation of|economic union|customs union|"
    r"организация|банк|фонд|комиссия|örgütü|bankası)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(territor|islands?|colon|provinc|protectorate|states? of|region|district)", re.IGNORECASE
)
_KINDS = (
    (re.compile(r"\bbank|банк|bankası", re.IGNORECASE), Organisation.Kind.BANK),
    (re.compile(r"\b(commission|council|committee)|комиссия", re.IGNORECASE), Organisation.Kind.COMMISSION),
)


@dataclass(frozen=True)
class Party:
    """``name`` is a country's code or an organisation's name; the organisation may still have to be made."""

    name: str
    capacity: str = ""
    country: Country | None = None


@dataclass
class Found:
    parties: list[Party] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    mentions: int = 0


class Parties:
    """Read once for a file; counts what it could not resolve."""

    def __init__(self, countries: Countries) -> None:
        self.countries = countries
        self.unknown: Counter[str] = Counter()
        self.written: dict[str, str] = {}
        self.mentions = 0
        self._answers = {answer.key: answer for answer in UnknownName.objects.answered()}
        self._organisations: dict[str, set[int]] = defaultdict(set)
        self._called: dict[int, str] = {}
        self._made: dict[str, Organisation] = {}
        self._looked: dict[tuple[str, PartialDate | None], Party | bool] = {}

    def prepare(self, texts: Iterable[str]) -> None:
        """Look up the register's organisations by all the names that a file has, at once."""
        keys = {folded(text)[:500] for text in texts} | {folded(row["name"]) for row in _known().values()}
        rows = Name.objects.filter(organisation__isnull=False, kind__in=FULL_NAMES, key__in=keys)
        for key, pk in rows.values_list("key", "organisation"):
            self._organisations[key].add(pk)
        found = {pk for pks in self._organisations.values() for pk in pks}
        for pk, name, slug in Organisation.objects.filter(pk__in=found).values_list("pk", "name", "slug"):
            self._called[pk] = name if len(self._organisations[folded(name)[:500]]) < 2 else f"@{slug}"

    def called(self, organisation: Organisation) -> str:
        """The name by which a row would mean this organisation."""
        return self._called.get(organisation.pk, organisation.name)

    def read(self, cell: Iterable[Piece], on: PartialDate | None) -> Found:
        """Resolve the names of one cell; with few of them, each is the state that existed on that day."""
        found = Found()
        for piece in cell:
            self._piece(piece, on, found)
        if len(found.parties) <= FEW:
            found.parties = [self._then(party, on) for party in found.parties]
        once = {party.name: party for party in reversed(found.parties)}
        found.parties = [once[name] for name in dict.fromkeys(party.name for party in found.parties)]
        self.mentions += found.mentions
        for name in found.unknown:
            self.unknown[folded(name)] += 1
            self.written.setdefault(folded(name), name)
        return found

    def _piece(self, piece: Piece, on: PartialDate | None, found: Found) -> None:
        found.mentions += 1 + len(piece.members)
        party = self.party(piece.whole, on)
        if party is None and not piece.members:
            party = self.party(piece.text, on) or (self.party(piece.bracket, on) if piece.bracket else None)
        if party is not None:
            found.parties += [party] if party is not NOBODY else []
            return
        if piece.members:
            self._with_members(piece, on, found)
            return
        if made := self._organisation_to_make(piece.whole):
            found.parties.append(made)
        elif several := self._several(piece.text, on):
            found.mentions += len(several) - 1
            found.parties += [one for one in several if one is not NOBODY]
        else:
            found.unknown.append(piece.whole)

    def _several(self, text: str, on: PartialDate | None) -> list[Party]:
        """The parties that a text names which is parted in another way than its column, if all are known."""
        if codes := _party_names().get(folded(text)):
            countries = [self.countries.by_code[code] for code in codes if code in self.countries.by_code]
            return [Party(country.code, country=country) for country in countries]
        for names in halves(text):
            known = [self.party(name, on) for name in names]
            if all(known):
                return known
        return []

    def _with_members(self, piece: Piece, on: PartialDate | None, found: Found) -> None:
        party = self.party(piece.text, on) or self._organisation_to_make(piece.text)
        if party is None:
            found.unknown.append(piece.text)
        elif party is not NOBODY:
            found.parties.append(party)
        capacity = f"member of {party.name}"[:100] if party and not party.country else ""
        for name in piece.members:
            one = self.party(name, on)
            members = [one] if one else self._several(name, on)
            if not members:
                found.unknown.append(name)
            found.parties += [
                Party(member.name, capacity, member.country) for member in members if member.name
            ]

    def _then(self, party: Party, on: PartialDate | None) -> Party:
        if party.country is None:
            return party
        country = self.countries.then(party.country, on)
        return Party(country.code, party.capacity, country)

    def party(self, name: str, on: PartialDate | None = None) -> Party | None:
        """Return the party of this name, NOBODY where an editor has said that it is none, None when it is unknown."""
        place = (name, on)
        if place not in self._looked:
            self._looked[place] = self._look_up(name, on) or False
        return self._looked[place] or None

    def _look_up(self, name: str, on: PartialDate | None) -> Party | None:
        key = folded(name)[:500]
        if not key:
            return NOBODY
        if answer := self._answers.get(key):
            return self._answered(answer)
        if name.startswith("@"):
            organisation = Organisation.objects.filter(slug=name[1:]).first()
            return Party(self._remembered(organisation)) if organisation else None
        country = self.countries.find(name, on) or self.countries.find(_BEFORE_NAMES.sub("", name), on)
        codes = _party_names().get(key, ())
        if country is None and len(codes) == 1:
            country = self.countries.by_code.get(codes[0])
        country = country or self.countries.part_named(key)
        if country:
            return Party(country.code, country=country)
        known = _known().get(key)
        key = folded(known["name"])[:500] if known else key
        bearers = self._organisations.get(key, ())
        if len(bearers) == 1:
            return Party(self._called[next(iter(bearers))])
        if known and not bearers:
            return Party(known["name"])
        return None

    def _answered(self, answer: UnknownName) -> Party | None:
        if answer.country_id:
            country = self.countries.by_pk[answer.country_id]
            return Party(country.code, country=country)
        return Party(self._remembered(answer.organisation)) if answer.organisation_id else NOBODY

    def _remembered(self, organisation: Organisation) -> str:
        twice = Name.objects.filter(
            key=organisation.key, kind__in=FULL_NAMES, organisation__isnull=False
        ).exclude(organisation=organisation)
        self._called[organisation.pk] = f"@{organisation.slug}" if twice.exists() else organisation.name
        return self._called[organisation.pk]

    def _organisation_to_make(self, name: str) -> Party | None:
        """A name that can only be an organisation's becomes one; what looks like a misspelt country does not."""
        plain = " ".join(name.split())
        if not _ORGANISED.search(plain) or len(plain.split()) < 2 or _PLACES.search(plain):
            return None
        if len(self._organisations.get(folded(plain)[:500], ())) > 1 or self.suggestion(plain):
            return None
        return Party(named_properly(plain)[:300])

    def organisation(self, name: str) -> Organisation:
        """Return the organisation that a party's name means, made when nobody has brought it yet."""
        if name not in self._made:
            self._made[name] = self._existing(name) or self._make(name)
        return self._made[name]

    def forget_made(self) -> None:
        """What was made is undone: the batch it came with failed."""
        self._made.clear()

    def _existing(self, name: str) -> Organisation | None:
        if name.startswith("@"):
            return Organisation.objects.filter(slug=name[1:]).first()
        return (
            Organisation.objects.filter(names__key=folded(name)[:500], names__kind__in=FULL_NAMES)
            .order_by("pk")
            .first()
        )

    def _make(self, name: str) -> Organisation:
        known = _known().get(folded(name))
        kind = (
            known["kind"]
            if known
            else next((kind for mark, kind in _KINDS if mark.search(name)), "intergovernmental")
        )
        organisation = Organisation(name=name, kind=kind)
        organisation.clean_fields(exclude=["slug", "country", "parent"])
        organisation.save()
        organisation.public = True
        organisation.take_address()
        organisation.save(update_fields=["public", "slug"])
        self._called[organisation.pk] = name
        return organisation

    def suggestion(self, name: str) -> str:
        """A country whose name is written nearly so, to ask about; never taken by itself."""
        close = difflib.get_close_matches(folded(name), self.countries.keys, n=1, cutoff=0.86)
        country = self.countries.find(close[0]) if close else None
        return country.name_in("en") if country else ""


NOBODY = Party("")


def named_properly(text: str) -> str:
    """A name in capitals as one would write it; others as they are."""
    if not text.isupper() or len(text) < 6:
        return text
    small = {"of", "the", "and", "for", "in", "on", "to"}
    words = [
        word if word in small and place else word.capitalize()
        for place, word in enumerate(text.lower().split())
    ]
    return re.sub(r"([-(/&])(\w)", lambda match: match[1] + match[2].upper(), " ".join(words))


def known_organisations() -> list[tuple[str, str]]:
    """Every name of organisations that conclude treaties, with the one that is shown."""
    rows = _rows("treaty_organisations.csv")
    return [(name, row["name"]) for row in rows for name in (row["name"], *row["also"].split(";")) if name]


@cache
def _known() -> dict[str, dict[str, str]]:
    """Organisations that conclude treaties, by every name: the only acronyms that a cell of parties may use."""
    rows = _rows("treaty_organisations.csv")
    return {
        key: row for row in rows for name in (row["name"], *row["also"].split(";")) if (key := folded(name))
    }


@cache
def _party_names() -> dict[str, tuple[str, ...]]:
    """Codes by names that mean a country among parties of a treaty, but something else in a text."""
    return {folded(row["name"]): tuple(row["countries"].split()) for row in _rows("party_names.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
