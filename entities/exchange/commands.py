"""What the import commands share: arguments, report, exit status."""

from pathlib import Path
from typing import ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from history.attribution import attributed_to
from history.models import Batch

from .importing import Report, RowImporter
from .rows import Row, UnreadableFile, read_rows


class ImportCommand(BaseCommand):
    importer: ClassVar[type[RowImporter]]
    columns: ClassVar[tuple[str, ...]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=f"CSV, JSON or JSON lines with {', '.join(self.columns)}")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, save nothing")
        parser.add_argument(
            "--map", action="append", default=[], metavar="OURS=THEIRS", help="read our column from theirs"
        )

    def make_importer(self, options: dict) -> RowImporter:
        return self.importer(dry_run=options["dry_run"])

    def handle(self, *args: object, **options) -> None:
        try:
            rows = list(read_rows(options["file"], self._mapping(options["map"])))
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        self._warn_of_columns(rows)
        report = self._run(rows, options)
        for line in report.lines:
            self.stdout.write(line)
        self.stdout.write(("dry run: " if options["dry_run"] else "") + report.summary)

    def _run(self, rows: list[Row], options: dict) -> Report:
        importer = self.make_importer(options)
        if options["dry_run"]:
            return importer.run(rows)
        batch = Batch.objects.create(kind=f"import_{importer.kind}", label=options["file"].name)
        with attributed_to(None, batch):
            report = importer.run(rows)
        batch.finish(**report.counts)
        return report

    def _mapping(self, pairs: list[str]) -> dict[str, str]:
        mapping = {}
        for pair in pairs:
            ours, equals, theirs = pair.partition("=")
            if not equals or ours not in self.columns:
                raise CommandError(
                    f"--map {pair}: expected OURS=THEIRS with one of {', '.join(self.columns)}"
                )
            mapping[ours] = theirs
        return mapping

    def _warn_of_columns(self, rows: list[Row]) -> None:
        unknown = sorted({name for row in rows for name in row.values} - set(self.columns))
        if unknown:
            self.stderr.write(f"columns that are not read: {', '.join(unknown)}")
