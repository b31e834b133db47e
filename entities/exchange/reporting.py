"""What became of every row, counted and listed."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .csv_rows import armed
from .row import Row

_COLUMN = re.compile(r"(\w+): ")
COLUMNS = ("line", "outcome", "column", "value", "reason")


@dataclass
class Entry:
    """A row that was skipped or refused, or a note about one; ``line`` 0 is the file as a whole."""

    line: int
    outcome: str
    reason: str
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.outcome}: {self.reason}"


@dataclass
class Report:
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0
    entries: list[Entry] = field(default_factory=list)

    @property
    def read(self) -> int:
        return sum(self.counts.values())

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("new", "updated", "unchanged", "skipped", "refused")}

    @property
    def lines(self) -> list[str]:
        return [str(entry) for entry in self.entries]

    @property
    def summary(self) -> str:
        imported = self.new + self.updated
        return (
            f"imported {imported} ({self.new} new, {self.updated} updated), unchanged {self.unchanged}, "
            f"skipped {self.skipped}, refused {self.refused}"
        )

    def add(self, row: Row, outcome: str, reason: str, notes: list[str], main_column: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)
        if reason:
            self.entries.append(_entry(row, outcome, reason, main_column))
        self.entries += [_entry(row, "note", note, main_column) for note in notes]

    def note(self, text: str) -> None:
        self.entries.append(Entry(0, "note", text))

    def as_rows(self) -> Iterator[tuple[Any, ...]]:
        yield COLUMNS
        for entry in self.entries:
            yield entry.line or "", entry.outcome, entry.column, entry.value, entry.reason

    def write_csv(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([armed(str(cell)) for cell in row] for row in self.as_rows())


def _entry(row: Row, outcome: str, reason: str, main_column: str) -> Entry:
    """The reason names our column first; the report names the file's own, and the cell as it stands there."""
    match = _COLUMN.match(reason)
    column = match[1] if match and (match[1] in row.values or match[1] in row.theirs) else main_column
    theirs = row.theirs.get(column, column)
    if match and match[1] == column != theirs:
        reason = f"{column} ({theirs}): {reason[match.end() :]}"
    value = row.values.get(column, "")
    return Entry(row.line, outcome, reason, theirs, str("" if value is None else value)[:500])
