from entities.exchange.commands import ImportCommand
from entities.exchange.sources import COLUMNS, SourceImporter


class Command(ImportCommand):
    help = "Bring sources in from a file; the same file twice changes nothing."
    importer = SourceImporter
    columns = COLUMNS
