from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from jobs.beat import Beat, every_minute
from jobs.worker import Worker


class Command(BaseCommand):
    help = "Do the background work that the desk asks for, and publish what has come due, until interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="do what is waiting now, then end")
        parser.add_argument("--parent", type=int, help="end when the process of this number is no more")

    def handle(self, *args: object, until_idle: bool, parent: int | None, **options: object) -> None:
        try:
            worker = Worker()
            worker.configure_signals()
            worker.forget_finished()
            if until_idle:
                every_minute()
                worker.work_off()
            else:
                Beat(parent).start()
                worker.work()
        except OperationalError as error:
            raise CommandError(f"The database is away: {str(error).splitlines()[0]}") from error
