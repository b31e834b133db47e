"""The past of one record with its related rows, reconstructed from the present backwards through the log.

What belongs to a record is said by its model: ``history_parts = ("text", "mentions")`` names reverse
relations, whose rows come and go with it. Rows are as PostgreSQL's ``to_jsonb`` writes them: column to value.
"""

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connections, models, router

from .models import Batch, Change

Row = dict[str, Any]

OWNED_KEYS = """
SELECT DISTINCT entry.key FROM history_change
CROSS JOIN LATERAL ROWS FROM (unnest(keys), unnest(owners)) AS entry(key, owner)
WHERE table_name = %s AND owners @> ARRAY[%s]::bigint[] AND entry.owner = %s
"""
# What the table's triggers never store is not for the present either: a password's digest stays where it is.
ROWS = """
SELECT r.{key}, to_jsonb(r) - ARRAY(
    SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attgenerated <> ''
    UNION ALL
    SELECT unnest((string_to_array(encode(tgargs, 'escape'), E'\\\\000'))[3]::text[])
    FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s
) FROM {table} r WHERE r.{column} = ANY (%s)
"""
LINES = """
SELECT id, transaction, made_at, who_id, batch_id, operation, entry.key,
       CASE WHEN rows IS NOT NULL THEN rows -> (entry.number - 1)::int END
FROM history_change
CROSS JOIN LATERAL unnest(keys) WITH ORDINALITY AS entry(key, number)
WHERE table_name = %s AND keys && %s::bigint[] AND entry.key = ANY (%s::bigint[])
"""


@dataclass(frozen=True)
class Part:
    """A table whose rows belong to the record by one column; the record's own row has the empty name."""

    name: str
    model: type[models.Model]
    column: str


Rows = dict[Part, dict[int, Row]]


@dataclass(frozen=True)
class Line:
    """What one change did to one row; ``old`` holds the values before it."""

    id: int
    transaction: int
    made_at: datetime.datetime
    who_id: int | None
    batch_id: int | None
    operation: str
    key: int
    old: Row | None
    part: Part


@dataclass
class RowChange:
    """One row before and after a moment; None where it was not there."""

    part: Part
    key: int
    before: Row | None
    after: Row | None

    @property
    def operation(self) -> str:
        if self.before is None:
            return Change.Operation.INSERT
        return Change.Operation.DELETE if self.after is None else Change.Operation.UPDATE

    @property
    def columns(self) -> list[str]:
        before, after = self.before or {}, self.after or {}
        return [name for name in {**after, **before} if before.get(name) != after.get(name)]


@dataclass
class Version:
    """What one transaction made of the record. ``at`` is the moment to ask ``state_at`` for."""

    at: int
    transaction: int
    made_at: datetime.datetime
    who_id: int | None
    batch_id: int | None
    who: models.Model | None = None
    batch: Batch | None = None
    changes: list[RowChange] = field(default_factory=list)


@dataclass
class State:
    """The record's rows at one moment, by part and key; ``own`` is None when it did not exist."""

    model: type[models.Model]
    pk: int
    rows: Rows

    @property
    def own(self) -> Row | None:
        return next((rows.get(self.pk) for part, rows in self.rows.items() if not part.name), None)

    def of(self, name: str) -> dict[int, Row]:
        return next(rows for part, rows in self.rows.items() if part.name == name)


def parts_of(model: type[models.Model], names: Sequence[str] | None = None) -> list[Part]:
    parts = [Part("", model, model._meta.pk.column)]
    for name in getattr(model, "history_parts", ()) if names is None else names:
        relation = model._meta.get_field(name)
        parts.append(Part(name, relation.related_model, relation.field.column))
    return parts


def present(record: models.Model, related: Sequence[str] | None = None) -> State:
    return Past(record, related).present


def state_at(record: models.Model, at: Version | int, related: Sequence[str] | None = None) -> State:
    """The record as it stood after this version, or after the change with this number."""
    return Past(record, related).state_at(at)


def state_at_revision(record: models.Model, revision: int, related: Sequence[str] | None = None) -> State:
    """The record as it stood at this revision number: what an editor who read it then has before them."""
    return Past(record, related).state_at_revision(revision)


def versions(record: models.Model, related: Sequence[str] | None = None) -> list[Version]:
    """All that happened to the record and its related rows, newest first, a transaction at a time."""
    return Past(record, related).versions()


def _with_names(found: list[Version]) -> list[Version]:
    users = get_user_model()._base_manager.in_bulk({version.who_id for version in found if version.who_id})
    batches = Batch.objects.in_bulk({version.batch_id for version in found if version.batch_id})
    for version in found:
        version.who, version.batch = users.get(version.who_id), batches.get(version.batch_id)
    return found


class Past:
    """The record's rows now and every line of the log about them, asked for once.

    The rows are read before the log: a change that comes between is not in them, and is undone without harm.
    """

    def __init__(self, record: models.Model, related: Sequence[str] | None = None) -> None:
        self.model, self.pk = type(record)._meta.concrete_model, record.pk
        self.connection = connections[record._state.db or router.db_for_read(self.model)]
        self.rows: Rows = {}
        self.lines: list[Line] = []
        for part in parts_of(self.model, related):
            self._read(part)
        self.lines.sort(key=lambda line: -line.id)

    @property
    def present(self) -> State:
        return self._state(self.rows)

    def state_at(self, at: Version | int) -> State:
        moment = at.at if isinstance(at, Version) else at
        rows = self._copy()
        for line in self.lines:
            if line.id > moment:
                _undo(line, rows)
        return self._state(rows)

    def state_at_revision(self, revision: int) -> State:
        later = [
            line.id
            for line in self.lines
            if not line.part.name and (line.old or {}).get("revision", 0) >= revision
        ]
        return self.state_at(min(later) - 1) if later else self.present

    def versions(self) -> list[Version]:
        moments: dict[tuple, Version] = {}
        changes: dict[tuple, RowChange] = {}
        for line, before, after in self._walk():
            moment = (line.transaction, line.made_at)
            if moment not in moments:
                moments[moment] = Version(line.id, *moment, line.who_id, line.batch_id)
            row = (*moment, line.part, line.key)
            if row in changes:
                changes[row].before = before
            else:
                changes[row] = RowChange(line.part, line.key, before, after)
                moments[moment].changes.append(changes[row])
        for version in moments.values():
            version.changes = [change for change in version.changes if change.before != change.after]
        return _with_names([version for version in moments.values() if version.changes])

    def _walk(self) -> Iterator[tuple[Line, Row | None, Row | None]]:
        """Undo everything, telling each row before and after as far as it belonged to the record then."""
        rows = self._copy()
        for line in self.lines:
            after = self._own(line.part, rows[line.part].get(line.key))
            _undo(line, rows)
            before = self._own(line.part, rows[line.part].get(line.key))
            if before is not None or after is not None:
                yield line, before, after

    def _copy(self) -> Rows:
        return {part: dict(rows) for part, rows in self.rows.items()}

    def _state(self, found: Rows) -> State:
        rows = {
            part: {key: dict(row) for key, row in sorted(rows.items()) if self._own(part, row)}
            for part, rows in found.items()
        }
        return State(self.model, self.pk, rows)

    def _own(self, part: Part, row: Row | None) -> Row | None:
        return row if row and row.get(part.column) == self.pk else None

    def _read(self, part: Part) -> None:
        key = part.model._meta.pk.column
        rows = self._rows(part, part.column, [self.pk])
        if part.name:
            once = self._ask(OWNED_KEYS, [part.model._meta.db_table, self.pk, self.pk])
            rows |= self._rows(part, key, [found for (found,) in once if found not in rows])
            keys = [*rows, *(found for (found,) in once if found not in rows)]
        else:
            keys = [self.pk]
        self.rows[part] = rows
        asked = [part.model._meta.db_table, keys, keys]
        for *line, old in self._ask(LINES, asked):
            self.lines.append(Line(*line, old=old and json.loads(old), part=part))

    def _rows(self, part: Part, column: str, values: list[int]) -> dict[int, Row]:
        if not values:
            return {}
        quote, table = self.connection.ops.quote_name, part.model._meta.db_table
        sql = ROWS.format(key=quote(part.model._meta.pk.column), table=quote(table), column=quote(column))
        return {
            pk: json.loads(row) for pk, row in self._ask(sql, [table, table, f"{table}_log_delete", values])
        }

    def _ask(self, sql: str, parameters: list[Any]) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


def _undo(line: Line, found: Rows) -> None:
    """Set the line's row to what it was before; a row is replaced, never altered, so that copies share it."""
    rows = found[line.part]
    if line.operation == Change.Operation.INSERT:
        rows.pop(line.key, None)
    elif line.operation == Change.Operation.UPDATE:
        rows[line.key] = {**rows.get(line.key, {}), **line.old}
    else:
        rows[line.key] = line.old
