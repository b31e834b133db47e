from django.core.management.base import CommandParser

from articles.exchange.articles import COLUMNS, ArticleImporter
from entities.exchange.commands import ImportCommand
from entities.exchange.importing import RowImporter


class Command(ImportCommand):
    help = "Bring articles in from a file; the same file twice changes nothing."
    importer = ArticleImporter
    columns = COLUMNS

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--publish", action="store_true", help="publish every row that has what publishing needs"
        )

    def make_importer(self, options: dict) -> RowImporter:
        return ArticleImporter(dry_run=options["dry_run"], publish=options["publish"])
