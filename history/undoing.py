"""Taking back a whole batch: every row as it was before, in one transaction, as a batch of its own.

    undo(batch, who=user)                   # raises CannotUndo, with ``conflicts``, and has changed nothing
    undo(batch, who=user, leave_out=True)   # leaves those rows, and what belongs to them, as they are
    plan_of(batch)                          # what it would do, and what stands against it

A row that somebody else has changed since, in what the batch wrote, is never overwritten; nor does a record go that
something of somebody else's points at. An undo can be undone. What the batch added goes first; the rest of its lines
are taken back one by one from the newest, through the same states that the rules of the database let pass before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from .attribution import recorded_batch
from .clashes import Conflict, clashes, kept_with, leaning
from .models import Batch, Change
from .triggers import ALWAYS_CHANGING

AT_ONCE = 2000
TOUCHED = """
SELECT table_name, entry.key, (array_agg(operation ORDER BY id))[1] = 'I' AS is_born, min(id)
FROM history_change CROSS JOIN LATERAL unnest(keys) AS entry(key) WHERE batch_id = %s GROUP BY 1, 2
"""
CHANGED_COLUMNS = """
SELECT table_name, entry.key, array_agg(DISTINCT name)
FROM history_change CROSS JOIN LATERAL unnest(keys) WITH ORDINALITY AS entry(key, number)
CROSS JOIN LATERAL jsonb_object_keys(rows -> (entry.number - 1)::int) AS name
WHERE batch_id = %s AND operation = 'U' GROUP BY 1, 2
"""
LINES = """
SELECT id, table_name, operation, keys,
    ARRAY(SELECT DISTINCT jsonb_object_keys(r) FROM jsonb_array_elements(rows) AS r ORDER BY 1)
FROM history_change WHERE batch_id = %s ORDER BY id DESC
"""
FROM_LINE = """
FROM history_change c CROSS JOIN LATERAL unnest(c.keys) WITH ORDINALITY AS entry(key, number)
"""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
ROWS_OF = "SELECT table_name, unnest(keys) FROM history_change WHERE batch_id = %s"
BESIDES = f"{ROWS_OF} EXCEPT {ROWS_OF} LIMIT 1"


class CannotUndo(Exception):
    """Nothing was changed; ``conflicts`` are the rows that stand against it, if that is why."""

    def __init__(self, reason: str, conflicts: list[Conflict] | None = None) -> None:
        self.conflicts = conflicts or []
        super().__init__(reason)


@dataclass
class Plan:
    """What undoing a batch would do to which rows of which table."""

    batch: Batch
    first_line: int = 0
    born: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    changed: dict[str, dict[int, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    tables: dict[str, type[models.Model]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def counts(self) -> Counter[tuple[str, str]]:
        """Rows by (table, "added" or "changed"), as the batch left them."""
        return Counter(
            {(table, "added"): len(keys) for table, keys in self.born.items()}
            | {(table, "changed"): len(keys) for table, keys in self.changed.items()}
        )

    @property
    def touched(self) -> dict[str, set[int]]:
        return {
            table: self.born.get(table, set()) | set(self.changed.get(table, ())) for table in self.tables
        }

    def may_be_undone_by(self, user: Any) -> bool:
        """Who undoes must be somebody who may change what the batch changed."""
        return user.has_perm("history.undo_batch") and all(
            user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
            for model in self.tables.values()
            if "change" in model._meta.default_permissions
        )


def plan_of(batch: Batch) -> Plan:
    """What undoing the batch would do, and what stands against it."""
    plan = rows_of(batch)
    plan.conflicts = clashes(plan) + leaning(plan)
    return plan


def rows_of(batch: Batch) -> Plan:
    """Which rows the batch wrote. Tables that no model knows any more are refused."""
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    plan = Plan(batch)
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [batch.pk])
        for table, key, is_born, line in cursor.fetchall():
            plan.first_line = min(line, plan.first_line or line)
            if table not in known:
                raise CannotUndo(_("It wrote to the table %s, which is no longer there.") % table)
            plan.tables[table] = known[table]
            if is_born:
                plan.born[table].add(key)
            else:
                plan.changed[table][key] = set()
        cursor.execute(CHANGED_COLUMNS, [batch.pk])
        for table, key, names in cursor.fetchall():
            if key in plan.changed.get(table, ()):
                plan.changed[table][key] = set(names) - {*ALWAYS_CHANGING}
    return plan


def undo(batch: Batch, who: models.Model | None = None, *, leave_out: bool = False) -> Batch:
    """Take the batch back and return the batch that did it; its ``counts`` say what became of how many rows."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.undone:
            raise CannotUndo(_("It has been undone already."))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        _lock_rows(locked)
        plan = plan_of(locked)
        if plan.conflicts and not leave_out:
            raise CannotUndo(_("Somebody else has changed what it wrote, or builds on it."), plan.conflicts)
        with recorded_batch("undo", locked.label, who) as made:
            made.undoes = locked
            made.save(update_fields=["undoes"])
            work = _Undoing(plan)
            counts = work.run()
            _refuse_side_effects(locked, made)
            work.mend()
            made.finish(**counts)
        locked.mark_undone()
    batch.refresh_from_db()
    return made


def _lock_rows(batch: Batch) -> None:
    """Nobody writes the rows, nor points at them anew, while they are looked at and taken back."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [batch.pk])
        rows: dict[str, list[int]] = defaultdict(list)
        for table, key, *_rest in cursor.fetchall():
            rows[table].append(key)
        for table, model in _models_of(rows):
            pk = connection.ops.quote_name(model._meta.pk.column)
            cursor.execute(
                f"SELECT 1 FROM {connection.ops.quote_name(table)} WHERE {pk} = ANY (%s) ORDER BY {pk} FOR UPDATE",
                [sorted(rows[table])],
            )


def _models_of(tables: Any) -> Iterator[tuple[str, type[models.Model]]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in tables:
            yield model._meta.db_table, model


def _refuse_side_effects(batch: Batch, made: Batch) -> None:
    """A trigger that wrote rows of its own accord would leave more than there was."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDES, [made.pk, batch.pk])
        if row := cursor.fetchone():
            said = _("A rule of the database wrote %(table)s %(key)s as well.")
            raise CannotUndo(said % {"table": row[0], "key": row[1]})


class _Undoing:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.kept = kept_with(plan, plan.conflicts)
        self.columns: dict[str, list[str]] = {}
        self.done: dict[str, set[tuple[str, int]]] = defaultdict(set)

    def run(self) -> dict[str, int]:
        with connection.cursor() as self.cursor:
            # Triggers that write logged rows of their own accord step aside: those come back by themselves.
            self.cursor.execute("SELECT set_config('entente.undoing', 'on', true)")
            try:
                self._delete_born()
                self._take_lines_back()
                connection.check_constraints()
            except IntegrityError as error:
                raise CannotUndo(_("A rule of the register stands against it: %s") % _said(error)) from error
            self.cursor.execute("SELECT set_config('entente.undoing', '', true)")
        self.done["left out"] = {(table, key) for table, keys in self.kept.items() for key in keys}
        return {what: len(rows) for what, rows in self.done.items() if rows}

    def mend(self) -> None:
        """With some rows left out, records that came back may lack what a rule gives every record."""
        for table, model in self.plan.tables.items():
            if self.done["left out"] and hasattr(model, "after_undo"):
                model.after_undo(self.plan.touched[table])

    def _delete_born(self) -> None:
        """Parts before what they belong to, so that taking the undo back finds each in its place again."""
        for table in sorted(self.plan.born, key=lambda table: (-_depth(self.plan.tables[table]), table)):
            keys = sorted(self.plan.born[table] - self.kept[table])
            for start in range(0, len(keys), AT_ONCE):
                self._delete(table, keys[start : start + AT_ONCE])

    def _take_lines_back(self) -> None:
        self.cursor.execute(LINES, [self.plan.batch.pk])
        for line, table, operation, keys, names in self.cursor.fetchall():
            wanted = [
                key for key in keys if key in self.plan.changed.get(table, ()) and key not in self.kept[table]
            ]
            if not wanted:
                continue
            if operation == Change.Operation.INSERT:
                self._delete(table, wanted)
            elif operation == Change.Operation.UPDATE:
                self._set_back(line, table, names, wanted)
            else:
                self._bring_back(line, table, names, wanted)

    def _delete(self, table: str, keys: list[int]) -> None:
        pk = self._quote(self.plan.tables[table]._meta.pk.column)
        self.cursor.execute(f"DELETE FROM {self._quote(table)} WHERE {pk} = ANY (%s)", [keys])
        self.done["removed"] |= {(table, key) for key in keys}

    def _set_back(self, line: int, table: str, names: list[str], keys: list[int]) -> None:
        present = self._columns(table)
        back = [self._quote(name) for name in present if name in names and name not in ALWAYS_CHANGING]
        sets = [f"{name} = p.{name}" for name in back]
        if not sets:
            return
        if "updated_at" in present:
            sets.append("updated_at = now()")
        quoted, pk = self._quote(table), self._quote(self.plan.tables[table]._meta.pk.column)
        self.cursor.execute(
            f"UPDATE {quoted} AS t SET {', '.join(sets)} {FROM_LINE} JOIN {quoted} r ON r.{pk} = entry.key"
            " CROSS JOIN LATERAL jsonb_populate_record(r, c.rows -> (entry.number - 1)::int) AS p"
            f" WHERE c.id = %s AND entry.key = ANY (%s) AND t.{pk} = r.{pk}",
            [line, keys],
        )
        self.done["set back"] |= {(table, key) for key in keys}

    def _bring_back(self, line: int, table: str, names: list[str], keys: list[int]) -> None:
        columns = [self._quote(name) for name in self._columns(table) if name in names]
        values = ", ".join(f"p.{name}" for name in columns)
        quoted = self._quote(table)
        self.cursor.execute(
            f"INSERT INTO {quoted} ({', '.join(columns)}) SELECT {values} {FROM_LINE} CROSS JOIN LATERAL"
            f" jsonb_populate_record(NULL::{quoted}, c.rows -> (entry.number - 1)::int) AS p"
            " WHERE c.id = %s AND entry.key = ANY (%s)",
            [line, keys],
        )
        self.done["brought back"] |= {(table, key) for key in keys}

    def _columns(self, table: str) -> list[str]:
        if table not in self.columns:
            self.cursor.execute(COLUMNS, [table])
            self.columns[table] = [name for (name,) in self.cursor.fetchall()]
        return self.columns[table]

    def _quote(self, name: str) -> str:
        return connection.ops.quote_name(name)


def _depth(model: type[models.Model], seen: frozenset = frozenset()) -> int:
    above = {
        f.related_model
        for f in model._meta.concrete_fields
        if f.is_relation and f.related_model not in {model, *seen}
    }
    return max((1 + _depth(other, seen | {model}) for other in above), default=0)


def _said(error: IntegrityError) -> str:
    return str(error).strip().replace("\n", " ")
