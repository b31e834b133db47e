"""The way every row goes: known again, compared with what is there, written whole or not at all, and counted."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from ..models import ImportedRow
from .fields import Cells, Refused, Skipped
from .resolving import Countries
from .rows import Row


@dataclass
class Report:
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("new", "updated", "unchanged", "skipped", "refused")}

    @property
    def summary(self) -> str:
        imported = self.new + self.updated
        return (
            f"imported {imported} ({self.new} new, {self.updated} updated), unchanged {self.unchanged}, "
            f"skipped {self.skipped}, refused {self.refused}"
        )


class _DryRun(Exception):
    pass


class RowImporter:
    """One kind of record. Subclasses say how a row is known, what it wants and how that is written."""

    kind: ClassVar[str]
    model: ClassVar[type[models.Model]]

    def __init__(self, *, dry_run: bool = False) -> None:
        self.dry_run = dry_run
        self.countries = Countries()
        self.notes: list[str] = []

    def country_code(self, cells: Cells) -> str:
        text = cells.text("country")
        return self.countries.named(text, "country").code if text else ""

    def identity(self, cells: Cells) -> tuple[Any, ...]:
        raise NotImplementedError

    def find(self, cells: Cells, wanted: dict[str, Any]) -> models.Model | None:
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

    def finish(self, record: models.Model, cells: Cells) -> None:
        """Do what a row asks for beyond its fields; may add notes."""

    def after_all(self) -> None:
        """Do what could only be done with all rows in; may add notes."""

    def run(self, rows: Iterable[Row]) -> Report:
        """Bring in all rows, each in a transaction of its own; a bad one stops no other."""
        report = Report()
        for row in rows:
            outcome, reason = self._one(row)
            setattr(report, outcome, getattr(report, outcome) + 1)
            if reason:
                report.lines.append(f"line {row.line}: {outcome}: {reason}")
            report.lines += [f"line {row.line}: note: {note}" for note in self.notes]
            self.notes.clear()
        if not self.dry_run:
            self.after_all()
        report.lines += [f"note: {note}" for note in self.notes]
        return report

    def _one(self, row: Row) -> tuple[str, str]:
        if row.fault:
            return "refused", row.fault
        outcome = "refused"
        try:
            with transaction.atomic():
                outcome = self._take(Cells(row.values))
                if self.dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        except Skipped as reason:
            return "skipped", str(reason)
        except Refused as reason:
            return "refused", str(reason)
        except ValidationError as error:
            return "refused", " ".join(_told(error))
        except DatabaseError as error:
            return "refused", said_by_database(error)
        return outcome, ""

    def _take(self, cells: Cells) -> str:
        wanted = self.wanted(cells)
        identity = _digest(self.identity(cells))
        known = ImportedRow.objects.filter(kind=self.kind, identity=identity).first()
        record = self.model.objects.filter(pk=known.record_id).first() if known else None
        record = record or self.find(cells, wanted)
        now = self.present(record, wanted) if record else {}
        changes = {name: value for name, value in wanted.items() if record is None or now[name] != value}
        if record and known:
            self._keep_edited(changes, now, known.values)
        made = record is None
        if changes or made:
            record = self.write(record, changes)
        self.finish(record, cells)
        if not known or known.values != wanted or known.record_id != record.pk:
            ImportedRow.objects.update_or_create(
                kind=self.kind, identity=identity, defaults={"record_id": record.pk, "values": wanted}
            )
        return "new" if made else "updated" if changes else "unchanged"

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
