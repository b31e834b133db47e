#!/usr/bin/env python
"""The command line; without DATABASE_URL it starts the embedded PostgreSQL for commands that need one."""

import os
import sys

WITHOUT_DATABASE = {
    "collectstatic",
    "compilemessages",
    "db",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "startproject",
    "version",
}


def needs_database(arguments: list[str]) -> bool:
    if not arguments or arguments[0].startswith("-") or arguments[0] in WITHOUT_DATABASE:
        return False
    return "--help" not in arguments and "-h" not in arguments


def start_database() -> None:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        if not settings.EMBEDDED_DATABASE:
            return
    except ImproperlyConfigured as error:
        sys.exit(f"manage.py: {error}")
    from config.embedded_postgres import EmbeddedPostgresError

    try:
        settings.EMBEDDED_POSTGRES.start()
    except EmbeddedPostgresError as error:
        sys.exit(f"manage.py: {error}")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if needs_database(sys.argv[1:]):
        start_database()
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
