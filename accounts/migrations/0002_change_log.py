"""Users are under the change log, without the digest of their password; signing in is no change."""

from django.db import migrations

from history.triggers import log_changes


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("history", "0001_initial")]
    operations = log_changes("accounts_user", exclude=("password",), quiet=("last_login",))
