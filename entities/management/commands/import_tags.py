from entities.exchange.commands import ImportCommand
from entities.exchange.sources import TAG_COLUMNS, TagImporter


class Command(ImportCommand):
    help = "Bring tags and their synonyms in from a file; the same file twice changes nothing."
    importer = TagImporter
    columns = TAG_COLUMNS
