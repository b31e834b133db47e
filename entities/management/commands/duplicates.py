from django.core.management.base import BaseCommand, CommandParser

from entities.duplicates import duplicates_of
from entities.merging import KINDS


class Command(BaseCommand):
    help = "Print the pairs of records that look like one, each with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [model._meta.model_name for model in KINDS]
        parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"only these of {', '.join(names)}")

    def handle(self, *args: object, **options) -> None:
        for model in KINDS:
            if options["kinds"] and model._meta.model_name not in options["kinds"]:
                continue
            pairs = duplicates_of(model)
            for pair in pairs:
                sides = " = ".join(
                    f"{record} ({about or '–'}; no. {record.pk})"
                    for record, about in ((pair.one, pair.one_about), (pair.other, pair.other_about))
                )
                self.stdout.write(f"{model._meta.verbose_name}: {sides}: {pair.reason}")
            self.stdout.write(f"{model._meta.verbose_name_plural}: {len(pairs)}")
