from entities.exchange.commands import ImportCommand
from entities.exchange.organisations import COLUMNS, OrganisationImporter


class Command(ImportCommand):
    help = "Bring organisations in from a file; the same file twice changes nothing."
    importer = OrganisationImporter
    columns = COLUMNS
