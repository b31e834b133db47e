from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reading.export import export_register


class Command(BaseCommand):
    help = "Write the public register as CSV and JSON with a data dictionary, which the importers read back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: object, **options) -> None:
        try:
            counts = export_register(options["directory"])
        except OSError as error:
            raise CommandError(f"{options['directory']}: {error.strerror or error}") from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
