"""Bring the countries of ``country_data`` into the register, and up to date again when its tables change.

What a person has changed, added or removed stays as it is: the change log says which rows those are.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import django.apps
from django.db import connections, models, transaction
from django.utils import timezone

from entities.country_data import countries, name_entries, successions
from entities.folding import script_of
from history.attribution import attributed_to

BATCH_KIND = "countries"
COPY_NAMES = (
    "COPY entities_name (country_id, text, key, language, script, kind, is_main, is_ambiguous) FROM STDIN"
)
# Newest first, so that each step back leads from the row of today to the row as it was loaded.
CHANGED_BY_OTHERS = """
    SELECT side.key, side.old::text FROM history_change c
    CROSS JOIN LATERAL unnest(c.keys, ARRAY(SELECT jsonb_array_elements(c.rows)))
        WITH ORDINALITY AS side(key, old, place)
    WHERE c.table_name = %s AND c.operation IN ('U', 'D')
      AND (c.batch_id IS NULL OR c.batch_id NOT IN (SELECT id FROM history_batch WHERE kind = %s))
    ORDER BY c.id DESC, side.place
"""
LOADED = """
    SELECT unnest(c.keys) FROM history_change c JOIN history_batch b ON b.id = c.batch_id
    WHERE c.table_name = %s AND c.operation = 'I' AND b.kind = %s
"""

type Identity = tuple
type Values = dict[str, Any]


@dataclass
class Plan:
    """What one table needs to hold what the rows say."""

    new: list[Values] = field(default_factory=list)
    changed: dict[int, Values] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def load_countries(apps: Any = django.apps.apps, using: str = "default") -> dict[str, int]:
    """Insert what is missing, update what was loaded before; return how many rows of each table were written.

    A migration passes its own ``apps``. Running it twice changes nothing.
    """
    country, succession, name = (apps.get_model("entities", m) for m in ("Country", "Succession", "Name"))
    with transaction.atomic(using=using), _Batch(apps, using) as batch:
        batch.write(country, _plan(country, using, ("code",), _country_rows()))
        keys = dict(country.objects.using(using).values_list("code", "pk"))
        batch.write(
            succession, _plan(succession, using, ("predecessor_id", "successor_id"), _succession_rows(keys))
        )
        batch.write(
            name,
            _plan(name, using, ("country_id", "text", "language", "kind"), _name_rows(keys)),
            insert=_copy_names,
        )
        return batch.counts


def unload_countries(apps: Any = django.apps.apps, using: str = "default") -> None:
    """Undo the load; refused by the foreign keys while something still refers to a country."""
    with transaction.atomic(using=using), _Batch(apps, using) as batch, batch.writing():
        apps.get_model("entities", "Succession").objects.using(using).all().delete()
        apps.get_model("entities", "Name").objects.using(using).filter(country__isnull=False).delete()
        apps.get_model("entities", "Country").objects.using(using).all().delete()


class _Batch:
    """The batch of the change log that a load is written in; none is kept when there is nothing to write."""

    def __init__(self, apps: Any, using: str) -> None:
        self.model = apps.get_model("history", "Batch")
        self.using = using
        self.counts: dict[str, int] = {}
        self.record: Any = None

    def __enter__(self) -> "_Batch":
        return self

    def __exit__(self, *error: object) -> None:
        if self.record and not any(error):
            self.record.finished_at = timezone.now()
            self.record.counts = self.counts
            self.record.save()

    def writing(self) -> AbstractContextManager[None]:
        if self.record is None:
            self.record = self.model._default_manager.using(self.using).create(kind=BATCH_KIND)
        return attributed_to(None, self.record, self.using)

    def write(self, model: type[models.Model], plan: Plan, insert: Callable | None = None) -> None:
        self.counts[model.__name__.lower()] = len(plan.new) + len(plan.changed) + len(plan.gone)
        if not plan:
            return
        rows = model._default_manager.using(self.using)
        with self.writing():
            rows.filter(pk__in=plan.gone).delete()
            for key, values in plan.changed.items():
                rows.filter(pk=key).update(**values)
            if insert:
                insert(plan.new, self.using)
            else:
                rows.bulk_create([model(**values) for values in plan.new])


def _plan(model: type[models.Model], using: str, identity: tuple[str, ...], rows: Iterable[Values]) -> Plan:
    wanted = {tuple(row[column] for column in identity): row for row in rows}
    columns = tuple(next(iter(wanted.values()), identity))
    present = {row["pk"]: row for row in model._default_manager.using(using).values("pk", *columns)}
    touched, settled = _touched_by_others(model, using, present, identity)
    loaded = _keys_loaded(model, using)
    plan = Plan()
    found = set()
    for key, row in present.items():
        this = tuple(row[column] for column in identity)
        found.add(this)
        if key not in loaded:
            continue
        if this not in wanted:
            if key not in touched and not hasattr(model, "code"):  # countries stay: others refer to them
                plan.gone.append(key)
            continue
        new = {
            c: v for c, v in wanted[this].items() if _stored(row[c]) != v and c not in touched.get(key, ())
        }
        if new:
            plan.changed[key] = new
    plan.new = [row for this, row in wanted.items() if this not in found and this not in settled]
    return plan


def _stored(value: Any) -> Any:
    """The value as the tables write it: partial dates are text there."""
    return value if value is None or isinstance(value, (bool, int, dict)) else str(value)


def _touched_by_others(
    model: type[models.Model], using: str, present: dict[int, Values], identity: tuple[str, ...]
) -> tuple[dict[int, set[str]], set[Identity]]:
    """The columns that others changed, by key, and what the rows they changed or removed were before."""
    before: dict[int, Values] = {}
    columns: dict[int, set[str]] = {}
    settled = set()
    for key, row in _query(using, CHANGED_BY_OTHERS, model):
        old = json.loads(row)
        before[key] = {**before.get(key, present.get(key, {})), **old}
        columns.setdefault(key, set()).update(old)
        if all(column in before[key] for column in identity):
            settled.add(tuple(before[key][column] for column in identity))
    return columns, settled


def _keys_loaded(model: type[models.Model], using: str) -> set[int]:
    return {key for (key,) in _query(using, LOADED, model)}


def _query(using: str, sql: str, model: type[models.Model]) -> list[tuple]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [model._meta.db_table, BATCH_KIND])
        return cursor.fetchall()


def _country_rows() -> Iterable[Values]:
    for row in countries():
        yield {
            "code": row.code,
            "kind": row.kind,
            "labels": row.labels,
            "exists_from": row.existence_from,
            "exists_until": row.existence_until,
        }


def _succession_rows(keys: dict[str, int]) -> Iterable[Values]:
    for row in successions():
        if not {row.predecessor, row.successor} <= keys.keys():
            continue  # an editor removed one of them
        yield {
            "predecessor_id": keys[row.predecessor],
            "successor_id": keys[row.successor],
            "basis": row.basis,
        }


def _name_rows(keys: dict[str, int]) -> Iterable[Values]:
    for row in name_entries():
        if row.code not in keys:
            continue
        yield {
            "country_id": keys[row.code],
            "text": row.text,
            "language": row.language,
            "kind": row.kind,
            "key": row.key,
            "is_ambiguous": row.ambiguous,
        }


def _copy_names(rows: list[Values], using: str) -> None:
    with connections[using].cursor() as cursor, cursor.copy(COPY_NAMES) as copy:
        for row in rows:
            script = script_of(row["text"])
            copy.write_row(
                (
                    row["country_id"],
                    row["text"],
                    row["key"],
                    row["language"],
                    script,
                    row["kind"],
                    False,
                    row["is_ambiguous"],
                )
            )
