"""What editors say of unknown names and mappings is under the change log."""

from django.db import migrations

from history.triggers import log_changes


class Migration(migrations.Migration):
    dependencies = [("entities", "0012_imports_remember"), ("history", "0001_initial")]
    operations = [*log_changes("entities_savedmapping"), *log_changes("entities_unknownname")]
