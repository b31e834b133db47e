"""The tables of countries have changed since 0006: a register that was made before loads them again."""

from typing import Any

from django.db import migrations

from entities.loading import load_countries


def load_what_is_new(apps: Any, schema_editor: Any) -> None:
    """Where the newest name is there already, 0006 has just read the same tables."""
    using = schema_editor.connection.alias
    names = apps.get_model("entities", "Name").objects.using(using)
    if not names.filter(country__code="ba", language="ru", text="Босния").exists():
        load_countries(apps, using)


class Migration(migrations.Migration):
    dependencies = [("entities", "0015_merged")]
    operations = [migrations.RunPython(load_what_is_new, migrations.RunPython.noop)]
