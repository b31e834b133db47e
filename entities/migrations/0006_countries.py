"""All countries, former states and their names. When the tables change, a later migration loads them again."""

from typing import Any

from django.db import migrations

from entities.loading import load_countries, unload_countries


def load(apps: Any, schema_editor: Any) -> None:
    load_countries(apps, schema_editor.connection.alias)


def unload(apps: Any, schema_editor: Any) -> None:
    unload_countries(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("entities", "0005_change_log"), ("history", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
