import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Look at, stop, query or dump the embedded PostgreSQL."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="Say whether it runs and where.")
        actions.add_parser("stop", help="Stop it, even while somebody uses it.")
        actions.add_parser("psql", help="Open PostgreSQL's own shell.")
        dump = actions.add_parser("dump", help="Write the whole database to a file for pg_restore.")
        dump.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        if not settings.EMBEDDED_DATABASE:
            raise CommandError("DATABASE_URL is set: the embedded PostgreSQL is not used.")
        self.server = settings.EMBEDDED_POSTGRES
        match options["action"]:
            case "status":
                self.status()
            case "stop":
                self.server.stop()
                self.stdout.write("The embedded PostgreSQL is stopped.")
            case "psql":
                self.server.start()
                subprocess.run(self.server.command("psql"), check=False)
            case "dump":
                self.dump(Path(str(options["file"])))

    def status(self) -> None:
        if self.server.is_ready():
            self.stdout.write(
                f"Running, process {self.server.pid()}, socket in {self.server.socket_directory}."
            )
        else:
            self.stdout.write(
                f"Not running. It starts with the first command that needs it; log: {self.server.log}"
            )

    def dump(self, file: Path) -> None:
        self.server.start()
        partial = file.with_name(f"{file.name}.partial")
        partial.touch(mode=0o600)
        done = subprocess.run(self.server.command("pg_dump", "-Fc", "-f", str(partial)), check=False)
        if done.returncode:
            partial.unlink(missing_ok=True)
            raise CommandError("pg_dump failed; nothing was written.")
        shutil.move(partial, file)
        self.stdout.write(f"Wrote {file}.")
