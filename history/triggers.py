"""Migration operations that put a table under the log and under the count of revisions.

    operations = [
        *log_changes("articles_mention", owner="article_id"),
        *count_revisions("articles_article"),
    ]

The functions behind the triggers are made in ``history.0001_initial``, on which such a migration depends.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

ALWAYS_CHANGING = ("revision", "updated_at")


def log_changes(
    table: str,
    key: str = "id",
    owner: str | Sequence[str] = (),
    exclude: Sequence[str] = (),
    quiet: Sequence[str] = (),
) -> list[RunSQL]:
    """Log every insert, update, delete and truncate of the table, by whatever path.

    ``owner`` names the column, or the alternative columns, that hold the key of the record a row is part of.
    Columns to ``exclude`` are never stored; generated columns are left out by themselves. A change of
    ``quiet`` columns alone is no change.
    """
    owners = [owner] if isinstance(owner, str) else list(owner)
    arguments = ", ".join(
        f"'{{{','.join(names)}}}'" for names in ([key], owners, exclude, [*ALWAYS_CHANGING, *quiet])
    )
    return [
        _trigger(
            table, f"{table}_log_{name}", f"AFTER {event} ON {table} {rows} FOR EACH STATEMENT", arguments
        )
        for name, event, rows in (
            ("insert", "INSERT", "REFERENCING NEW TABLE AS new_rows"),
            ("update", "UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
            ("delete", "DELETE", "REFERENCING OLD TABLE AS old_rows"),
        )
    ] + [
        _trigger(table, f"{table}_log_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", arguments)
    ]


def count_revisions(table: str) -> list[RunSQL]:
    """Add one to ``revision`` with every UPDATE; refuse one made from another revision (SQLSTATE EN001)."""
    name = f"{table}_next_revision"
    when = f"BEFORE UPDATE ON {table} FOR EACH ROW"
    return [
        RunSQL(
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION entente_next_revision()",
            f"DROP TRIGGER {name} ON {table}",
        )
    ]


def _trigger(table: str, name: str, when: str, arguments: str) -> RunSQL:
    return RunSQL(
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION entente_log_change({arguments})",
        f"DROP TRIGGER {name} ON {table}",
    )
