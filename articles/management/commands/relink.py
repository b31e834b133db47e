import datetime
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.tasks import Task
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles.desk.lookup import MODELS
from articles.intake.relinking import (
    look_for_names,
    names_changed_since,
    names_of,
    outdated_articles,
    recognise_again,
)
from entities.folding import folded
from entities.models import Name
from history.watching import current_snapshot
from jobs.here import AlreadyRunning, Shown, run_here
from jobs.models import Job
from jobs.running import function_of

CHANGED = "relink: changed names"


def moment(text: str) -> datetime.datetime:
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day that there is") from error
    if day:
        found = datetime.datetime.combine(day, datetime.time())
    if found is None:
        raise ArgumentTypeError(f"“{text}” is no day (2026-11-22) and no moment (2026-11-22T14:30)")
    return found if found.tzinfo else timezone.make_aware(found)


class Command(BaseCommand):
    help = (
        "Propose links in older stories to records whose names have been added, changed or merged: without options, to "
        "those changed since this was last done. Confirmed links stay, rejected ones do not come back, and readers see "
        "no difference. Killed and given again, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--since", type=moment, metavar="WHEN", help="names changed since that day or moment"
        )
        which.add_argument(
            "--name", action="append", help="this name of any record; may be given several times"
        )
        which.add_argument(
            "--record",
            action="append",
            metavar="KIND:KEY",
            help="all names of this record, such as organisation:12, agreement:some-address or country:tr",
        )
        which.add_argument(
            "--all",
            action="store_true",
            help="recognise again every article whose open proposals an older recogniser made",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be proposed, save nothing")
        parser.add_argument("--every", type=int, default=500, help="articles between two lines of progress")

    def handle(self, *args: object, **options: Any) -> None:
        task, label, arguments = self._asked(options)
        if options["dry_run"]:
            report = function_of(task)(
                Shown(Job(), self.stdout.write, options["every"]), dry_run=True, **arguments
            )
        else:
            report = self._run(task, label, arguments, options["every"])
        for line in report["lines"]:
            self.stdout.write(f"  {line}")
        counts = ", ".join(f"{name} {number:,}" for name, number in report["counts"])
        self.stdout.write(("dry run: " if options["dry_run"] else "") + counts)

    def _run(self, task: Task, label: str, arguments: dict[str, Any], every: int) -> dict[str, Any]:
        try:
            job, goes_on = run_here(task, label, self.stdout.write, every, **arguments)
        except AlreadyRunning as error:
            raise CommandError("Another process is doing just this.") from error
        if job.state != Job.State.DONE:
            raise CommandError(job.error or f"It was {job.get_state_display()}.")
        if goes_on:
            self.stdout.write("(went on where an earlier run was killed)")
        return job.report

    def _asked(self, options: dict[str, Any]) -> tuple[Task, str, dict[str, Any]]:
        if options["all"]:
            self.stdout.write(f"{outdated_articles().count():,} articles with older proposals")
            return recognise_again, "relink --all", {}
        snapshot = current_snapshot()
        names, label = self._names(options)
        keys = list(names.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{len(keys):,} {'name' if len(keys) == 1 else 'names'} to look for")
        return look_for_names, label, {"names": keys, "snapshot": snapshot}

    def _names(self, options: dict[str, Any]) -> tuple[QuerySet[Name], str]:
        if options["name"]:
            return self._called(options["name"]), f"relink --name {', '.join(options['name'])}"
        if options["record"]:
            return self._of(options["record"]), f"relink --record {', '.join(options['record'])}"
        if options["since"]:
            return names_changed_since(options["since"]), f"relink --since {options['since'].isoformat()}"
        last = Job.objects.of(look_for_names).filter(label=CHANGED, state=Job.State.DONE).first()
        if last is None:
            self.stdout.write("This is the first time: all names are looked for, in all stories.")
            return Name.objects.all(), CHANGED
        return names_changed_since(last.created_at, last.arguments.get("snapshot", "")), CHANGED

    def _called(self, names: list[str]) -> QuerySet[Name]:
        for name in names:
            if not Name.objects.filter(key=folded(name)).exists():
                raise CommandError(f"No record of the register is called “{name}”.")
        return Name.objects.filter(key__in=[folded(name) for name in names])

    def _of(self, references: list[str]) -> QuerySet[Name]:
        found = Name.objects.none()
        for reference in references:
            kind, _, key = reference.partition(":")
            if kind not in MODELS or not key:
                raise CommandError(f"--record {reference}: expected KIND:KEY with one of {', '.join(MODELS)}")
            by = "code" if kind == "country" else "pk" if key.isdecimal() and len(key) < 19 else "slug"
            record = MODELS[kind].objects.filter(**{by: key}).first()
            if record is None:
                raise CommandError(f"There is no {kind} {key}.")
            found = found | names_of(record)
        return found
