"""The whole register as it stands, table by table, to be compared with itself later."""

import json
from typing import Any

from django.apps import apps
from django.db import connection

# What an undo leaves different, and why: the log and its batches tell what happened, a revision never counts
# backwards, ``updated_at`` says when a row was last written.
THE_LOG = {"history_change", "history_batch"}
NEVER_BACK = {"revision", "updated_at"}
LARGE = 5000
APPS = ("accounts", "articles", "entities", "history", "jobs")


def dump() -> dict[str, dict[Any, dict[str, Any]]]:
    return {
        model._meta.db_table: _rows(model._meta.db_table, model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS and model._meta.db_table not in THE_LOG
    }


def _rows(table: str, key: str) -> dict[Any, Any]:
    """Large tables as one digest, for the sake of time."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), md5(string_agg(to_jsonb(r)::text, '' ORDER BY {key})) FROM {table} r"
        )
        number, digest = cursor.fetchone()
        if number > LARGE:
            return {None: (number, digest)}
        cursor.execute(f"SELECT {key}, to_jsonb(r) - %s::text[] FROM {table} r", [sorted(NEVER_BACK)])
        return {pk: json.loads(row) for pk, row in cursor.fetchall()}
