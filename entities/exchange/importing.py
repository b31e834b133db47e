"""The way every row goes: known again, compared with what is there, written whole or not at all, and counted.

Rows go in groups, each one transaction with a handful of statements. A group that fails is halved until the row
that is to blame stands alone, so that a bad row costs its neighbours nothing but time.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from ..models import ImportedRow
from .dates import Order, date_columns
from .fields import MISSING, Cells, Refused, Skipped
from .reporting import Report
from .resolving import Countries
from .row import Row

GROUP = 250


class _DryRun(Exception):
    pass


@dataclass
class Item:
    """One row on its way."""

    row: Row
    cells: Cells
    identity: str = ""
    wanted: dict[str, Any] = field(default_factory=dict)
    makes: frozenset[Any] = frozenset()
    needs: frozenset[Any] = frozenset()
    outcome: str = "refused"
    reason: str = ""
    read_notes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: ImportedRow | None = None
    record: Any = None
    now: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


class RowImporter:
    """One kind of record. Subclasses say how a row is known, what it wants and how that is written."""

    kind: ClassVar[str]
    model: ClassVar[type[models.Model]]
    main_column: ClassVar[str] = "name"
    date_columns: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, dry_run: bool = False, dates: Order = Order.UNKNOWN) -> None:
        self.dry_run = dry_run
        self.told_dates = dates
        self.countries = Countries()
        self.file_name = ""
        self.notes: list[str] = []
        self.progress: Callable[[int], None] = lambda done: None
        self.told: Callable[[Item], None] = lambda item: None  # each row as it ended
        self.first: int | None = None  # of a preview: the other rows only tell how dates are written
        self.last: dict[int, dict[str, Any]] = {}
        self._lines: dict[str, tuple[int, dict[str, Any]]] = {}
        self._codes = False

    def country_code(self, cells: Cells) -> str:
        text = cells.text("country")
        if text in MISSING and not (text == "NA" and self._codes):
            return ""
        return self.countries.named(text, "country").code if text else ""

    def identity(self, cells: Cells, wanted: dict[str, Any]) -> tuple[Any, ...]:
        raise NotImplementedError

    def find(self, item: Item) -> models.Model | None:
        """Return the record that an earlier hand made and this row means."""
        raise NotImplementedError

    def wanted(self, cells: Cells) -> dict[str, Any]:
        """Return what the row says, field by field, as plain JSON values; columns it lacks are left out."""
        raise NotImplementedError

    def present(self, record: models.Model, wanted: dict[str, Any]) -> dict[str, Any]:
        """Return the wanted fields as they stand now; what only adds (names) counts as there when it is among them."""
        raise NotImplementedError

    def write(self, record: models.Model | None, changes: dict[str, Any]) -> models.Model:
        raise NotImplementedError

    def marks(self, item: Item) -> tuple[set[Any], set[Any]]:
        """What the row may make, and what it refers to: rows that meet in one of them do not share a group."""
        return {item.identity}, set()

    def prepare(self, rows: list[Row], report: Report) -> None:
        """Look over the whole file once, before the first row."""

    def load(self, keys: set[int]) -> dict[int, models.Model]:
        return self.model.objects.in_bulk(keys)

    def look_up(self, items: list[Item]) -> None:
        """Fetch at once what ``find`` will ask for."""

    def write_all(self, items: list[Item]) -> None:
        """Write the rows of a group; those with a record are changed, the others made."""
        for item in items:
            self.notes = item.notes
            if item.changes or item.record is None:
                item.record = self.write(item.record, item.changes)
            self.finish(item.record, item.cells)

    def finish(self, record: models.Model, cells: Cells) -> None:
        """Do what a row asks for beyond its fields; may add notes."""

    def after_all(self) -> None:
        """Do what could only be done with all rows in; may add notes."""

    def sum_up(self, report: Report) -> None:
        """Note what concerns the file as a whole."""

    def undone(self) -> None:
        """Forget what was remembered of a group that has been undone."""

    def run(self, rows: Iterable[Row]) -> Report:
        """Bring in all rows; a bad one stops no other."""
        rows, report = list(rows), Report()
        self._read_columns(rows, report)
        self.prepare(rows, report)
        rows = rows[: self.first]
        for start in range(0, len(rows), GROUP):
            items = [self._read(row) for row in rows[start : start + GROUP]]
            for group in _apart([item for item in items if not item.reason]):
                self._write_group(group)
            for item in items:
                report.add(
                    item.row, item.outcome, item.reason, item.notes or item.read_notes, self.main_column
                )
                self.told(item)
            self.progress(start + len(items))
        self.notes = []
        if not self.dry_run:
            self.after_all()
        for note in self.notes:
            report.note(note)
        self.sum_up(report)
        return report

    def _read_columns(self, rows: list[Row], report: Report) -> None:
        columns = {
            name: [
                str(row.values[name]) for row in rows if isinstance(row.values.get(name), str | int | float)
            ]
            for name in self.date_columns
        }
        self.dates = date_columns(columns, self.told_dates)
        for name, column in self.dates.items():
            if column.seen:
                theirs = next((row.theirs.get(name, name) for row in rows if row.values), name)
                report.note(f"dates in {theirs}: {column}")
        codes = [str(row.values.get("country") or "") for row in rows]
        self._codes = sum(len(code) == 2 for code in codes) > sum(len(code) > 2 for code in codes)

    def _read(self, row: Row) -> Item:
        item = Item(row, Cells(row.values, self.dates))
        if row.fault or row.skip:
            item.reason, item.outcome = row.fault or row.skip, "refused" if row.fault else "skipped"
            return item
        self.notes = item.read_notes
        try:
            item.wanted = self.wanted(item.cells)
            item.identity = _digest(self.identity(item.cells, item.wanted))
            self._refuse_what_came_before(item)
            makes, needs = self.marks(item)
            item.makes, item.needs = frozenset(makes), frozenset(needs)
        except (Refused, Skipped, ValidationError) as error:
            _settle(item, error)
        return item

    def _refuse_what_came_before(self, item: Item) -> None:
        """A row that comes twice is one; a second that says something else would be written anew each time."""
        line, wanted = self._lines.setdefault(item.identity, (item.row.line, item.wanted))
        if line != item.row.line and wanted != item.wanted:
            differing = [name for name in item.wanted if wanted.get(name) != item.wanted[name]]
            raise Skipped(f"line {line} is about the same {self.kind} and differs in {', '.join(differing)}")

    def _write_group(self, items: list[Item]) -> None:
        try:
            with transaction.atomic():
                self._take(items)
                if self.dry_run:
                    raise _DryRun
        except _DryRun:
            self.undone()
        except (Refused, Skipped, ValidationError, DatabaseError) as error:
            self.undone()
            if len(items) == 1:
                _settle(items[0], error)
            else:
                half = len(items) // 2
                self._write_group(items[:half])
                self._write_group(items[half:])

    def _take(self, items: list[Item]) -> None:
        known = {
            row.identity: row
            for row in ImportedRow.objects.filter(
                kind=self.kind, identity__in=[item.identity for item in items]
            )
        }
        self.last = {row.record_id: row.values for row in known.values()}
        records = self.load(set(self.last))
        for item in items:
            item.notes = list(item.read_notes)
            item.known = known.get(item.identity)
            item.record = records.get(item.known.record_id) if item.known else None
        self.look_up([item for item in items if item.record is None])
        taken = [item for item in items if self._compare(item)]
        self.write_all(taken)
        self._remember(taken)

    def _compare(self, item: Item) -> bool:
        """Find the row's record and what is to change; False for a row that cannot be told apart."""
        self.notes = item.notes
        try:
            item.record = item.record or self.find(item)
        except Skipped as reason:
            _settle(item, reason)
            return False
        item.now = self.present(item.record, item.wanted) if item.record else {}
        item.changes = {
            name: value
            for name, value in item.wanted.items()
            if item.record is None or item.now[name] != value
        }
        item.outcome = "updated" if item.record else "new"
        if item.record and item.known:
            self._keep_edited(item.changes, item.now, item.known.values)
        if item.record and not item.changes:
            item.outcome = "unchanged"
        return True

    def _remember(self, items: list[Item]) -> None:
        rows = [
            ImportedRow(kind=self.kind, identity=item.identity, record_id=item.record.pk, values=item.wanted)
            for item in items
            if not item.known or item.known.values != item.wanted or item.known.record_id != item.record.pk
        ]
        ImportedRow.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind", "identity"],
            update_fields=["record_id", "values", "imported_at"],
        )

    def _keep_edited(self, changes: dict[str, Any], now: dict[str, Any], last: dict[str, Any]) -> None:
        """Leave out what an editor changed since the last import, and say so when the file disagrees."""
        for name in list(changes):
            if name in last and now[name] != last[name]:
                if changes[name] != last[name]:
                    self.notes.append(
                        f"{name} was changed by an editor and is kept; the file now says otherwise"
                    )
                else:
                    self.notes.append(f"{name} was changed by an editor and is kept")
                del changes[name]


def _apart(items: list[Item]) -> Iterator[list[Item]]:
    """Groups in the order of the file in which no row means what another one makes."""
    group: list[Item] = []
    made: set[Any] = set()
    needed: set[Any] = set()
    for item in items:
        if (item.makes | item.needs) & made or item.makes & needed:
            yield group
            group, made, needed = [], set(), set()
        group.append(item)
        made |= item.makes
        needed |= item.needs
    if group:
        yield group


def _settle(item: Item, error: Exception) -> None:
    item.outcome = "skipped" if isinstance(error, Skipped) else "refused"
    item.notes = []
    if isinstance(error, ValidationError):
        item.reason = " ".join(_told(error))
    elif isinstance(error, DatabaseError):
        item.reason = said_by_database(error)
    else:
        item.reason = str(error)


def _digest(identity: tuple[Any, ...]) -> str:
    return hashlib.sha256(json.dumps(identity, ensure_ascii=False, default=str).encode()).hexdigest()


def _told(error: ValidationError) -> Iterator[str]:
    if hasattr(error, "message_dict"):
        for name, messages in error.message_dict.items():
            yield from (message if name == "__all__" else f"{name}: {message}" for message in messages)
    else:
        yield from error.messages


def said_by_database(error: DatabaseError) -> str:
    """Return the message of the rule that was broken.

    Rows are checked by the database alone: asking it beforehand, as ``full_clean`` does, costs a query a rule.
    """
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return f"the database refused it: {str(error).splitlines()[0]}"


def iso(value: Any) -> str | None:
    """A date as it stands in a file; None for unknown."""
    return str(value) if value else None
