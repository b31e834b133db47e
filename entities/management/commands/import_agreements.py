from entities.exchange.agreements import COLUMNS, AgreementImporter
from entities.exchange.commands import ImportCommand


class Command(ImportCommand):
    help = "Bring agreements in from a file; the same file twice changes nothing."
    importer = AgreementImporter
    columns = COLUMNS
