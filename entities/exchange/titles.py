"""Parties that a title names, for registers without a column of parties: read by the matcher, not confirmed yet."""

import re
from itertools import groupby

from ..country_data import lookalikes
from ..matcher import Match, Matcher, NameEntry
from ..models import Name
from ..partial_dates import PartialDate
from .parties import Parties, Party, known_organisations

_KINDS = ("official", "short", "former", "acronym", "adjective", "prefix")
_BETWEEN = re.compile(r"\b(?:between|entre|zwischen|между)\b", re.IGNORECASE)
_ARASINDA = re.compile(r"\barasında", re.IGNORECASE)
# What follows says what the agreement is about, not whose it is.
_SUBJECT = re.compile(
    r"\b(?:concerning|regarding|respecting|relating|relative|relatif|on|for|about|over|with|in|to|supplementa\w+|signed|"
    r"amending|establishing|providing|prolonging|extending|under|through|by|dated|о|об|по|на)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[\s,;&/–-]*(?:\b(?:and|the|et|и|ve|ile)\b[\s,;&/–-]*)*", re.IGNORECASE)


class Titles:
    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        rows = Name.objects.filter(
            country__isnull=False, kind__in=_KINDS, language__in=("", "en", "ru", "tr")
        )
        entries = [
            NameEntry(text.rstrip("-"), language, kind, "country", code)
            for text, language, kind, code in rows.values_list("text", "language", "kind", "country__code")
        ]
        entries += [NameEntry(row.text, row.language, "lookalike", "lookalike", None) for row in lookalikes()]
        entries += [
            NameEntry(name, "", "acronym" if name.isupper() else "official", "organisation", main)
            for name, main in known_organisations()
        ]
        self.matcher = Matcher(entries)

    def read(self, title: str, language: str, on: PartialDate | None) -> list[Party]:
        """Return the parties when the title names at least two; one alone may be whom it is about."""
        part, joined = _part_with_parties(title)
        places = self._places(part, language)
        if joined:
            places = _joined(part, places)
        found: dict[str, Party] = {}
        for matches in places:
            party = self._party(matches, on)
            if party and party.name:
                found.setdefault(party.name, party)
        return list(found.values()) if len(found) > 1 else []

    def _places(self, text: str, language: str) -> list[list[Match]]:
        matches = [
            match for match in self.matcher.find(text, language) if match.entry.record_kind != "lookalike"
        ]
        kept: list[list[Match]] = []
        for _place, group in groupby(matches, key=lambda match: (match.start, match.end)):
            same = list(group)
            if kept and same[0].start < kept[-1][0].end:
                if same[0].end - same[0].start <= kept[-1][0].end - kept[-1][0].start:
                    continue
                kept.pop()
            kept.append(same)
        return kept

    def _party(self, matches: list[Match], on: PartialDate | None) -> Party | None:
        organisations = [match for match in matches if match.entry.record_kind == "organisation"]
        if organisations:
            return self.parties.party(str(organisations[0].entry.target))
        countries = self.parties.countries
        country = countries.one_of({countries.by_code[str(match.entry.target)].pk for match in matches}, on)
        if country is None:
            return None
        country = countries.then(country, on)
        return Party(country.code, country=country)


def _part_with_parties(title: str) -> tuple[str, bool]:
    """The words between “between” and the subject; else the whole, of which only names that stand together count."""
    if match := _BETWEEN.search(title):
        rest = title[match.end() :]
        subject = _SUBJECT.search(rest)
        return (rest[: subject.start()] if subject else rest), False
    if match := _ARASINDA.search(title):
        return title[: match.start()], False
    return title, True


def _joined(text: str, places: list[list[Match]]) -> list[list[Match]]:
    """The names from the start of the text that nothing but a dash or an “and” parts."""
    kept: list[list[Match]] = []
    end = 0
    for matches in places:
        if not _JOINT.fullmatch(text[end : matches[0].start]):
            break
        kept.append(matches)
        end = matches[0].end
    return kept
