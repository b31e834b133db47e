"""What stands against undoing a batch: rows changed again since, and what others have built on its records."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _

from .record import Row, parts_of
from .triggers import ALWAYS_CHANGING

if TYPE_CHECKING:
    from .undoing import Plan

Keys = dict[str, set[int]]

LATER = """
SELECT table_name, keys FROM history_change WHERE id > %s AND batch_id IS DISTINCT FROM %s AND table_name = ANY (%s)
"""
LINES = """
SELECT entry.key, operation, rows -> (entry.number - 1)::int, batch_id IS NOT DISTINCT FROM %s, who_id
FROM history_change CROSS JOIN LATERAL unnest(keys) WITH ORDINALITY AS entry(key, number)
WHERE table_name = %s AND keys && %s::bigint[] AND entry.key = ANY (%s::bigint[]) AND id >= %s ORDER BY id DESC
"""
AT_ONCE = 1000


@dataclass(frozen=True)
class Conflict:
    """A row of the batch that is not to be touched, and why; ``by`` is what points at it, if that is why."""

    model: type[models.Model]
    key: int
    reason: str
    who_id: int | None = None
    by: tuple[type[models.Model], int] | None = None

    @property
    def table(self) -> str:
        return self.model._meta.db_table


def clashes(plan: "Plan") -> list[Conflict]:
    """Rows that somebody else has changed since, in a column that the undo would write, and not changed back.

    Of a model with ``history_is_whole`` a row says one thing: a change of any column counts.
    """
    lines = _lines(plan)
    rows = _rows_of(plan, lines)
    found = (
        _clash(plan, table, key, seen, rows.get((table, key))) for (table, key), seen in sorted(lines.items())
    )
    return [conflict for conflict in found if conflict]


def _lines(plan: "Plan") -> dict[tuple[str, int], list[tuple]]:
    """Every line since the batch began, newest first, about those of its rows that somebody else wrote since."""
    batch, first, touched = plan.batch.pk, plan.first_line, plan.touched
    others: Keys = defaultdict(set)
    lines: dict[tuple[str, int], list[tuple]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(LATER, [first, batch, list(touched)])
        for table, keys in cursor.fetchall():
            others[table].update(touched[table].intersection(keys))
        for table, keys in others.items():
            wanted = sorted(keys)
            for start in range(0, len(wanted), AT_ONCE):
                some = wanted[start : start + AT_ONCE]
                cursor.execute(LINES, [batch, table, some, some, first])
                for key, operation, old, ours, who_id in cursor.fetchall():
                    lines[table, key].append((operation, old and json.loads(old), ours, who_id))
    return {
        row: _since_ours(seen)
        for row, seen in lines.items()
        if not all(line[2] for line in _since_ours(seen))
    }


def _since_ours(lines: list[tuple]) -> list[tuple]:
    """Without what others did to the row before the batch came to it."""
    oldest_of_ours = max(number for number, line in enumerate(lines) if line[2])
    return lines[: oldest_of_ours + 1]


def _clash(plan: "Plan", table: str, key: int, lines: list[tuple], now: Row | None) -> Conflict | None:
    newest_of_ours = next(number for number, line in enumerate(lines) if line[2])
    after_ours = now
    for operation, old, _ours, _who in lines[:newest_of_ours]:
        after_ours = _before(operation, old, after_ours)
    whole = getattr(plan.tables[table], "history_is_whole", False)
    columns = None if whole else plan.changed.get(table, {}).get(key)
    in_between = any(
        not ours and (not columns or operation != "U" or columns & {*old})
        for operation, old, ours, _who in lines[newest_of_ours:]
    )
    if not in_between and _agree(columns, after_ours, now):
        return None
    if now is None and key in plan.born.get(table, ()):
        return None  # what it brought is gone already
    who_id = next(line[3] for line in lines if not line[2])
    reason = (
        _("deleted since")
        if now is None
        else _("made anew since")
        if after_ours is None
        else _("changed since")
    )
    return Conflict(plan.tables[table], key, reason, who_id)


def _agree(columns: set[str] | None, one: Row | None, other: Row | None) -> bool:
    """Whether two states hold the same in these columns (all, when the batch made or deleted the row)."""
    if one is None or other is None:
        return one == other
    names = columns or {*one, *other}
    return all(one.get(name) == other.get(name) for name in names - {*ALWAYS_CHANGING})


def _before(operation: str, old: Row | None, row: Row | None) -> Row | None:
    if operation == "I":
        return None
    return {**(row or {}), **(old or {})} if operation == "U" else old


def _rows_of(plan: "Plan", lines: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Row]:
    keys: dict[str, list[int]] = defaultdict(list)
    for table, key in lines:
        keys[table].append(key)
    quote, found = connection.ops.quote_name, {}
    with connection.cursor() as cursor:
        for table, wanted in keys.items():
            pk = quote(plan.tables[table]._meta.pk.column)
            cursor.execute(
                f"SELECT {pk}, to_jsonb(r) - ARRAY(SELECT attname::text FROM pg_attribute"
                f" WHERE attrelid = %s::regclass AND attgenerated <> '') FROM {quote(table)} r WHERE {pk} = ANY (%s)",
                [table, wanted],
            )
            found |= {(table, key): json.loads(row) for key, row in cursor.fetchall()}
    return found


def leaning(plan: "Plan") -> list[Conflict]:
    """Rows outside the batch that point at what it made: that cannot go as long as they stand."""
    found = []
    with connection.cursor() as cursor:
        for table, keys in sorted(plan.born.items()):
            model = plan.tables[table]
            for other, column, condition, values in _pointers(model, sorted(keys)):
                pk = connection.ops.quote_name(other._meta.pk.column)
                within = _let_go(plan, other, column)
                points, table_of_other = map(connection.ops.quote_name, (column, other._meta.db_table))
                cursor.execute(
                    f"SELECT {pk}, {points} FROM {table_of_other}"
                    f" WHERE {condition} AND NOT {pk} = ANY (%s) ORDER BY 1",
                    [*values, sorted(within)],
                )
                found += [
                    Conflict(model, key, _("something of somebody else's points at it"), by=(other, by))
                    for by, key in cursor.fetchall()
                ]
    return found


def _let_go(plan: "Plan", model: type[models.Model], column: str) -> set[int]:
    """Rows that will no longer point there: they go themselves, or point where they did before."""
    table = model._meta.db_table
    set_back = {key for key, names in plan.changed.get(table, {}).items() if column in names}
    return plan.born.get(table, set()) | set_back


def _pointers(
    model: type[models.Model], keys: list[int]
) -> Iterator[tuple[type[models.Model], str, str, list[Any]]]:
    """Every way in which a row can point at these: foreign keys, and kind and number. Derived tables do not count."""
    quote = connection.ops.quote_name
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            column = relation.field.column
            if not (relation.field.primary_key and not _is_logged(relation.related_model)):
                yield relation.related_model, column, f"{quote(column)} = ANY (%s)", [keys]
    for other, kind, key in numbered_pointers():
        condition = f"{quote(kind)} = %s AND {quote(key)} = ANY (%s)"
        yield other, key, condition, [model._meta.model_name, keys]


def numbered_pointers() -> Iterator[tuple[type[models.Model], str, str]]:
    """Models that point at records by kind and number, as ``history_points_at = ("kind", "record_id")`` says."""
    for model in apps.get_models():
        if columns := getattr(model, "history_points_at", None):
            yield model, *columns


def _is_logged(model: type[models.Model]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
            [model._meta.db_table, f"{model._meta.db_table}_log_delete"],
        )
        return cursor.fetchone() is not None


def kept_with(plan: "Plan", conflicts: Iterable[Conflict]) -> Keys:
    """The rows to leave as they are: those in conflict, what they point at, and what belongs to them."""
    kept: Keys = defaultdict(set)
    waiting = [(conflict.table, conflict.key) for conflict in conflicts]
    while waiting:
        new: Keys = defaultdict(set)
        for table, key in waiting:
            if key not in kept[table]:
                new[table].add(key)
        waiting = []
        for table, keys in new.items():
            kept[table] |= keys
            waiting += _pointed_at(plan, plan.tables[table], keys) + _belonging(
                plan, plan.tables[table], keys
            )
    return kept


def _pointed_at(plan: "Plan", model: type[models.Model], keys: set[int]) -> list[tuple[str, int]]:
    found = []
    for pointer in model._meta.concrete_fields:
        if not pointer.is_relation:
            continue
        table = pointer.related_model._meta.db_table
        if born := plan.born.get(table):
            values = model._base_manager.filter(pk__in=keys).values_list(pointer.attname, flat=True)
            found += [(table, value) for value in set(values) & born]
    return found


def _belonging(plan: "Plan", model: type[models.Model], keys: set[int]) -> list[tuple[str, int]]:
    """Parts of kept records that the batch brought with them; an old record's own parts stand for themselves."""
    owners = keys & plan.born.get(model._meta.db_table, set())
    parts = [(part.model, {f"{part.column}__in": owners}) for part in parts_of(model) if part.name]
    parts += [
        (other, {kind: model._meta.model_name, f"{key}__in": owners})
        for other, kind, key in numbered_pointers()
    ]
    found = []
    for part, condition in parts:
        born = plan.born.get(part._meta.db_table)
        if owners and born:
            belonging = part._base_manager.filter(**condition).values_list("pk", flat=True)
            found += [(part._meta.db_table, key) for key in set(belonging) & born]
    return found
