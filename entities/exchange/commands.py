"""What the import commands share: arguments, report, exit status."""

from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from history.attribution import attributed_to
from history.models import Batch

from .answers import InvalidAnswers, read_answers, write_unknown
from .dates import Order
from .importing import RowImporter
from .mapping import InvalidMapping, Mapping, from_pairs, mapping_called, mapping_for, save_mapping
from .proposing import propose
from .reporting import Report
from .row import Row, UnreadableFile
from .rows import READABLE, RowFile, read_file

ORDERS = {"dmy": Order.DAY_FIRST, "mdy": Order.MONTH_FIRST}


class ImportCommand(BaseCommand):
    importer: ClassVar[type[RowImporter]]
    columns: ClassVar[tuple[str, ...]]
    more_files: ClassVar[tuple[str, ...]] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help=f"{', '.join((*READABLE, *self.more_files))} with {', '.join(self.columns)}, or any with a mapping",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, save nothing")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="read our column from theirs; THIS|THAT takes the first that has a value, 'words' stand for every row",
        )
        parser.add_argument(
            "--mapping",
            metavar="NAME",
            help="use the mapping of this name; with --map, keep it under this name",
        )
        parser.add_argument(
            "--proposed", action="store_true", help="use the mapping that is proposed for the file"
        )
        parser.add_argument(
            "--dates", choices=ORDERS, help="which number of a date comes first, if no date says so"
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE.csv", help="write skipped and refused rows there"
        )
        parser.add_argument(
            "--answers",
            type=Path,
            metavar="FILE.csv",
            help="names that were not known, and who they are: name, answer",
        )
        parser.add_argument(
            "--unknown",
            type=Path,
            metavar="FILE.csv",
            help="write the names that are not known, to be answered there",
        )

    def read(self, path: Path) -> RowFile:
        return read_file(path, frozenset(self.columns))

    def make_importer(self, options: dict[str, Any]) -> RowImporter:
        return self.importer(dry_run=options["dry_run"], dates=ORDERS.get(options["dates"], Order.UNKNOWN))

    def handle(self, *args: object, **options: Any) -> None:
        try:
            file = self.read(options["file"])
            if options["answers"]:
                for line in read_answers(options["answers"]):
                    self.stderr.write(line)
        except (UnreadableFile, InvalidAnswers) as error:
            raise CommandError(str(error)) from error
        rows = self._mapped(file, options)
        report = self._run(rows, options)
        for note in file.notes:
            self.stdout.write(note)
        for line in report.lines:
            self.stdout.write(line)
        if options["report"]:
            report.write_csv(options["report"])
        if options["unknown"]:
            write_unknown(options["unknown"])
        self.stdout.write(("dry run: " if options["dry_run"] else "") + report.summary)

    def _run(self, rows: list[Row], options: dict[str, Any]) -> Report:
        importer = self.make_importer(options)
        importer.file_name = options["file"].name
        if options["dry_run"]:
            return importer.run(rows)
        batch = Batch.objects.create(kind=f"import_{importer.kind}", label=options["file"].name)
        with attributed_to(None, batch):
            report = importer.run(rows)
        batch.finish(**report.counts)
        return report

    def _mapped(self, file: RowFile, options: dict[str, Any]) -> list[Row]:
        mapping = self._mapping(file, options)
        if mapping is None:
            unknown = sorted(set(file.columns) - set(self.columns))
            if unknown:
                self.stderr.write(f"columns that are not read: {', '.join(unknown)}")
            return file.rows
        if missing := sorted(path for path in mapping.theirs if not _has(file, path)):
            self.stderr.write(f"columns that the file does not have: {', '.join(missing)}")
        read = {path.split(".")[0] for path in mapping.theirs} | mapping.theirs
        if unread := [name for name in file.columns if name not in read]:
            self.stderr.write(f"columns that are not read: {', '.join(unread)}")
        if mapping.name_register(options["file"].stem):
            file.notes.append(
                f"register: “{options['file'].stem}”, after the file; --map \"register='Its name'\" says otherwise"
            )
        return mapping.apply(file.rows)

    def _mapping(self, file: RowFile, options: dict[str, Any]) -> Mapping | None:
        kind, name = self.importer.kind, options["mapping"]
        try:
            given = from_pairs(options["map"], self.columns)
        except InvalidMapping as error:
            raise CommandError(str(error)) from error
        if given:
            # Columns that have our names already are read as they are.
            own = {
                column: column for column in self.columns if column in file.columns and column not in given
            }
            mapping = Mapping({**own, **given})
            if name and not options["dry_run"]:
                save_mapping(kind, name, mapping)
            return mapping
        if name:
            if found := mapping_called(kind, name):
                return found
            raise CommandError(f"--mapping {name}: no mapping of this name; give it with --map first")
        if self.importer.main_column in file.columns and not mapping_for(kind, file.columns):
            return None
        return self._found_mapping(file, options)

    def _found_mapping(self, file: RowFile, options: dict[str, Any]) -> Mapping | None:
        if found := mapping_for(self.importer.kind, file.columns):
            file.notes.append(f"mapping used: {found.title}")
            return found
        if not file.columns:
            return None
        proposal = propose(self.importer.kind, file)
        pairs = " ".join(f'--map "{our}={their}"' for our, their in proposal.items())
        if options["proposed"] and self.importer.main_column in proposal:
            file.notes.append(f"mapping proposed and used: {pairs}")
            return Mapping(dict(proposal))
        raise CommandError(
            f"{file.name}: no column is called “{self.importer.main_column}”; the file has {', '.join(file.columns)}.\n"
            + (
                f"Perhaps: {pairs}\n(--proposed takes it as it stands.)"
                if proposal
                else "Say with --map what they are."
            )
        )


def _has(file: RowFile, path: str) -> bool:
    columns = set(file.columns)
    return path in columns or path.split(".")[0] in columns
