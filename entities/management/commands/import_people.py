from entities.exchange.commands import ImportCommand
from entities.exchange.people import COLUMNS, PersonImporter


class Command(ImportCommand):
    help = "Bring people in from a file; the same file twice changes nothing."
    importer = PersonImporter
    columns = COLUMNS
