from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from articles.exchange.articles import COLUMNS, ArticleImporter
from articles.exchange.wordpress import read_wordpress
from entities.exchange.commands import ImportCommand
from entities.exchange.importing import RowImporter
from entities.exchange.rows import RowFile


class Command(ImportCommand):
    help = "Bring articles in from a file; the same file twice changes nothing."
    importer = ArticleImporter
    columns = COLUMNS
    more_files = (".xml", ".wxr")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--publish", action="store_true", help="publish every row that has what publishing needs"
        )
        parser.add_argument(
            "--recognise",
            action=BooleanOptionalAction,
            help="propose what the texts name; done by itself for a file without a column of links",
        )

    def read(self, path: Path) -> RowFile:
        return read_wordpress(path) if path.suffix.lower() in self.more_files else super().read(path)

    def make_importer(self, options: dict[str, Any]) -> RowImporter:
        importer = super().make_importer(options)
        importer.publish, importer.recognise = options["publish"], options["recognise"]
        return importer
