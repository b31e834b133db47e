"""Organisations, people and agreements that the register knows, found by any of their names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from entities.matcher import Match, NameEntry, folded_in_place

KINDS = ("organisation", "person", "agreement")
_SCORES = {"official": 0.95, "short": 0.85, "acronym": 0.8, "former": 0.85, "transliteration": 0.9}


@dataclass(slots=True)
class KnownRecord:
    kind: str
    target: Any
    name: str
    places: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0
    reason: str = ""

    def covers(self, places: list[tuple[int, int]]) -> bool:
        return any(
            start < other_end and other_start < end
            for start, end in self.places
            for other_start, other_end in places
        )


def find_known(text: str, matches: Iterable[Match]) -> list[KnownRecord]:
    """Return the register's records that a text names; an acronym or a bare surname counts only beside a full name."""
    records: dict[tuple[str, Any], KnownRecord] = {}
    weak: list[Match] = []
    for match in matches:
        if match.entry.record_kind not in KINDS:
            continue
        if is_weak(match.entry):
            weak.append(match)
            continue
        _take(records, match)
    for match in weak:
        if (match.entry.record_kind, match.entry.target) in records:
            _take(records, match)
    _add_surnames(text, [record for record in records.values() if record.kind == "person"])
    return list(records.values())


def is_weak(entry: NameEntry) -> bool:
    """Whether a name alone identifies nothing: an acronym, a bare surname."""
    if entry.kind == "acronym":
        return True
    return entry.record_kind == "person" and " " not in entry.text.strip()


def _take(records: dict[tuple[str, Any], KnownRecord], match: Match) -> None:
    place = (match.entry.record_kind, match.entry.target)
    record = records.get(place)
    score = _SCORES.get(match.entry.kind, 0.85)
    if record is None:
        record = records[place] = KnownRecord(
            match.entry.record_kind,
            match.entry.target,
            match.entry.text,
            reason=f"known by its {match.entry.kind} name",
        )
    record.places.append((match.start, match.end))
    record.name = max(record.name, match.entry.text, key=len)
    record.score = max(record.score, score)


def _add_surnames(text: str, people: list[KnownRecord]) -> None:
    """After a full mention the surname alone is the same person, unless two of the text share it."""
    folded = folded_in_place(text)
    surnames = [folded_in_place(person.name).split(" ")[-1] for person in people]
    for person, surname in zip(people, surnames, strict=True):
        if surnames.count(surname) > 1 or len(surname) < 4:
            continue
        position = folded.find(surname, person.places[0][1])
        while position >= 0:
            end = position + len(surname)
            free = all(not start <= position < stop for start, stop in person.places)
            if (
                free
                and not folded[position - 1].isalnum()
                and text[position].isupper()
                and not folded[end : end + 3].isalpha()
            ):
                person.places.append((position, end))
            position = folded.find(surname, end)
    for person in people:
        person.places.sort()
