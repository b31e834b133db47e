"""The whole register as it stands, table by table, to be compared with itself later."""

from typing import Any

from django.apps import apps
from django.db import connection

# What an undo leaves different, and why: the log and its batches tell what happened, a revision never counts
# backwards, ``updated_at`` says when a row was last written.
THE_LOG = {"history_change", "history_batch"}
NEVER_BACK = {"revision", "updated_at"}
LARGE = 5000
APPS = ("accounts", "articles", "entities", "history", "jobs")


def dump() -> dict[str, dict[Any, str]]:
    return {
        model._meta.db_table: _rows(model._meta.db_table, model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS and model._meta.db_table not in THE_LOG
    }


def _rows(table: str, key: str) -> dict[Any, str]:
    """Rows of large tables as digests, for the sake of time."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        is_large = cursor.fetchone()[0] > LARGE
        row = "to_jsonb(r) - %s::text[]"
        row = f"md5(({row})::text)" if is_large else row
        cursor.execute(f"SELECT {key}, {row} FROM {table} r", [sorted(NEVER_BACK)])
        return dict(cursor.fetchall())
