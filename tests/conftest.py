"""The suite has a PostgreSQL of its own, in a second home, unless DATABASE_URL names another.

Migrations load thousands of names, so they run once into a template, kept for as long as what they consist of
stays the same. Every process of every run works on a copy of it, made in a moment.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from config.catalogues import compile_catalogues

PROJECT = Path(__file__).parent.parent
APPS = ("accounts", "articles", "entities", "history", "imports", "jobs", "reading")
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
HOME = settings.DATA_DIR if IS_WORKER else settings.DATA_DIR / "test"
# What a crash could lose does not matter here.
QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "60"}


def pytest_configure(config: pytest.Config) -> None:
    if settings.EMBEDDED_DATABASE:
        from config.embedded_postgres import EmbeddedPostgres

        settings.EMBEDDED_POSTGRES = EmbeddedPostgres(HOME, settings.EMBEDDED_POSTGRES.binaries, QUICK)
        settings.DATABASES["default"]["HOST"] = str(settings.EMBEDDED_POSTGRES.socket_directory)
        os.environ["ENTENTE_DATA"] = str(HOME)  # for the commands that tests run in processes of their own
    settings.DATA_DIR = HOME
    settings.STATIC_ROOT = HOME / "static"
    settings.STATIC_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.RELEASE_EVERY = None  # a look now and then would make counts of queries depend on the clock
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not IS_WORKER:
        if complaints := compile_catalogues(settings.BASE_DIR / "locale"):
            raise pytest.UsageError("\n".join(complaints))
        if settings.EMBEDDED_DATABASE:
            settings.EMBEDDED_POSTGRES.start()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of pytest-django's: a copy of the template for each process."""
    worker = getattr(request.config, "workerinput", None)
    name = f"test_run_{os.getppid()}_{worker['workerid']}" if worker else f"test_run_{os.getpid()}_alone"
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"].update(NAME=name, TEMPLATE=find_template())
        take_a_copy()
        yield
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session", autouse=True)
def _media(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


def take_a_copy(_: object = None) -> None:
    name, template = (connection.settings_dict["TEST"][key] for key in ("NAME", "TEMPLATE"))
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.settings_dict["NAME"] = name


# After a test that commits, Django would empty all tables, those that migrations filled included.
TransactionTestCase._fixture_teardown = take_a_copy


def find_template() -> str:
    """Made by the first process that needs it, while the others wait."""
    name = f"test_template_{digest_of_migrations()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(hashtext('entente test template'))")
        drop_leftovers(cursor)
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}_partial" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}_partial"')
            connection.close()
            connection.settings_dict["NAME"] = f"{name}_partial"
            call_command("migrate", verbosity=0, interactive=False)
            connection.close()
            cursor.execute(f'ALTER DATABASE "{name}_partial" RENAME TO "{name}"')
    return name


def drop_leftovers(cursor: CursorWrapper) -> None:
    """Copies of runs that were killed, and all templates but the newest few."""
    cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'test\_%' ORDER BY oid DESC")
    names = [name for (name,) in cursor.fetchall()]
    templates = [name for name in names if name.startswith("test_template_")]
    killed = [
        name for name in names if (run := re.match(r"test_run_(\d+)_", name)) and not is_alive(int(run[1]))
    ]
    for name in templates[4:] + killed:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def digest_of_migrations() -> str:
    """Of the migrations, the project's modules they import, their data, and the packages' versions."""
    todo = [path for app in APPS for path in (PROJECT / app / "migrations").glob("*.py")]
    todo += [path for path in (PROJECT / "entities/data").rglob("*") if path.is_file()]
    todo += [PROJECT / "requirements.txt"]
    seen: dict[Path, bytes] = {}
    while todo:
        path = todo.pop()
        if path in seen or not path.is_file():
            continue
        seen[path] = path.read_bytes()
        if path.suffix == ".py":
            todo += imported_modules(seen[path].decode())
    digest = hashlib.sha256()
    for path in sorted(seen):
        digest.update(os.fsencode(path.relative_to(PROJECT)) + b"\0" + seen[path] + b"\0")
    return digest.hexdigest()[:16]


def imported_modules(text: str) -> list[Path]:
    names = re.findall(rf"^\s*(?:from|import) ((?:{'|'.join(APPS)})[\w.]*)", text, re.MULTILINE)
    paths = [PROJECT / name.replace(".", "/") for name in names]
    return [file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py")]
