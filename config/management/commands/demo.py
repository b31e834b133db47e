import hashlib
import io
import os
import secrets
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from .serve import refuse_taken_port

FILES = settings.BASE_DIR / "demo"
KINDS = (
    "sources",
    "tags",
    "organisations",
    "people",
    "agreements",
    "articles",
)  # each refers to those before it
MARK = "Entente's demonstration register"
LOGINS = "demo-logins.txt"


class Command(BaseCommand):
    help = "Fill a new register with the demonstration data and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="stop when the register is filled")

    def handle(self, *args: object, port: int, no_serve: bool, **options: object) -> None:
        if not no_serve:
            refuse_taken_port("127.0.0.1", port)
        with connection.cursor() as cursor:  # what a power cut could lose here, the next run brings back
            cursor.execute("SET synchronous_commit = off")
        filled_with = self.claim()
        self.stdout.write("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
        digest = digest_of_files()
        if is_new := filled_with != digest:
            self.fill()
            mark(digest)
        logins = self.make_users()
        if no_serve:
            return
        self.stdout.write(
            f"\nEntente:  http://localhost:{port}/\nDesk:     http://localhost:{port}/admin/\n\n"
        )
        for username, password in logins.items():
            self.stdout.write(f"  {username:15}{password}")
        self.stdout.write(
            f"\nThese logins are kept in {settings.DATA_DIR / LOGINS}. Ctrl-C stops the server."
        )
        self.stdout.flush()
        if is_new:  # a new process: the server's workers shall not inherit what importing has loaded
            os.execv(
                sys.executable,
                [sys.executable, settings.BASE_DIR / "manage.py", "serve", "--port", str(port)],
            )
        call_command("serve", port=port)

    def claim(self) -> str:
        """Answer with what this register was filled with; refuse one that this command did not make."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
            )
            remark = cursor.fetchone()[0] or ""
            if remark.startswith(MARK):
                return remark.removeprefix(MARK).strip()
            if connection.introspection.table_names(cursor):
                raise CommandError(
                    f"The register in {settings.DATA_DIR} was not made by the demonstration and is left alone. "
                    "Name another place: ENTENTE_DATA=DIR make demo"
                )
        mark("")
        return ""

    def fill(self) -> None:
        for kind in KINDS:
            file = FILES / f"{kind}.jsonl"
            output = io.StringIO()
            options = {"publish": True} if kind == "articles" else {}
            call_command(f"import_{kind}", file, stdout=output, **options)
            *lines, summary = output.getvalue().splitlines()
            for line in lines:
                self.stdout.write(f"  {line}")
            self.stdout.write(f"{kind.capitalize()}: {summary}")

    def make_users(self) -> dict[str, str]:
        path = settings.DATA_DIR / LOGINS
        kept = dict(line.split() for line in path.read_text().splitlines()) if path.exists() else {}
        users = get_user_model().objects
        for role in ("editor", "administrator"):
            user = users.filter(username=role).first()
            if user and role in kept:
                continue
            password = kept.setdefault(role, secrets.token_urlsafe(12))
            if user:
                user.set_password(password)
                user.save(update_fields=["password"])
            else:
                users.make(role, f"{role}@localhost.example", role, password)
        write_private(path, "".join(f"{username} {password}\n" for username, password in kept.items()))
        return kept


def mark(digest: str) -> None:
    """In the database itself, so that the mark goes wherever the register goes."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [f"{MARK} {digest}".strip()])


def digest_of_files() -> str:
    digest = hashlib.sha256()
    for kind in KINDS:
        digest.update((FILES / f"{kind}.jsonl").read_bytes() + b"\0")
    return digest.hexdigest()


def write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    os.chmod(path, 0o600)
    path.write_text(text)
