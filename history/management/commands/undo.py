from django.core.management.base import BaseCommand, CommandError, CommandParser

from history.models import Batch
from history.undoing import CannotUndo, Plan, plan_of, undo
from history.words import counted, told

SHOWN = 20


class Command(BaseCommand):
    help = "Take a whole batch back: an import, a merge, or another undo. Without a number, list the newest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", nargs="?", type=int, help="the number of the batch")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--leave-out",
            action="store_true",
            help="leave what somebody else has changed since, and what belongs to it, as it is",
        )

    def handle(self, *args: object, **options) -> None:
        if options["batch"] is None:
            return self._list()
        batch = Batch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"there is no batch {options['batch']}")
        try:
            if options["dry_run"]:
                return self._tell(plan_of(batch))
            made = undo(batch, leave_out=options["leave_out"])
        except CannotUndo as refusal:
            for line in told(refusal.conflicts):
                self.stdout.write(line)
            hint = "; --leave-out leaves them as they are" if refusal.conflicts else ""
            raise CommandError(f"{batch} is not undone: {refusal}{hint}") from refusal
        said = ", ".join(f"{number} rows {what}" for what, number in made.counts.items())
        self.stdout.write(f"undone by batch {made.pk}: {said or 'it had changed nothing'}")

    def _list(self) -> None:
        for batch in Batch.objects.all()[:SHOWN]:
            state = " (undone)" if batch.undone else "" if batch.finished_at else " (not finished)"
            self.stdout.write(f"{batch.pk} {batch.started_at:%Y-%m-%d %H:%M} {batch}{state}")

    def _tell(self, plan: Plan) -> None:
        for line in [*counted(plan), *told(plan.conflicts)]:
            self.stdout.write(line)
        self.stdout.write("dry run: nothing is changed")
