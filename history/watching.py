"""Knowing that a table has changed, whatever path and whatever process did it, for the price of one small query."""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections

# Lines of the log that are visible now and were not when the snapshot was taken. The highest number would not do:
# a line may become visible after one with a higher number. Of our own transaction's lines, no snapshot knows.
LOOK = """
WITH since AS (
    SELECT id, transaction::text::xid8 AS transaction FROM history_change
    WHERE transaction >= %(oldest)s AND table_name = ANY (%(tables)s)
    AND NOT pg_visible_in_snapshot(transaction::text::xid8, %(snapshot)s::pg_snapshot)
)
SELECT pg_current_snapshot()::text,
    ARRAY(SELECT oid FROM pg_database WHERE datname = current_database())
    || ARRAY(SELECT name::regclass::oid FROM unnest(%(tables)s::text[]) AS name),
    ARRAY(SELECT id FROM since),
    ARRAY(SELECT id FROM since WHERE NOT pg_visible_in_snapshot(transaction, pg_current_snapshot()))
"""


def current_snapshot(using: str = DEFAULT_DB_ALIAS) -> str:
    """What is visible now, for ``Change.objects.committed_after``."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return cursor.fetchone()[0]


class Watch:
    """Looks at tables under the change log. One thread at a time."""

    def __init__(self, tables: Sequence[str], using: str = DEFAULT_DB_ALIAS) -> None:
        self.tables, self.using = list(tables), using
        self.snapshot = ""
        self.place: list[int] = []
        self.known: set[int] = set()

    def has_changed(self) -> bool:
        """Whether the tables differ from when this was last asked; true the first time."""
        self.snapshot = self.snapshot or current_snapshot(self.using)
        oldest = int(self.snapshot.partition(":")[0])  # the first that had not ended when it was taken
        with connections[self.using].cursor() as cursor:
            cursor.execute(LOOK, {"tables": self.tables, "snapshot": self.snapshot, "oldest": oldest})
            snapshot, place, since, own = cursor.fetchone()
        changed = place != self.place or set(since) != self.known
        self.snapshot, self.place, self.known = snapshot, place, set(own)
        return changed
