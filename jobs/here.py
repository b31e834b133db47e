"""A job that a command in a shell does itself, without the queue; killed and given again, it goes on where it was."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.tasks import Task
from django.utils import timezone

from .models import Job
from .running import RunningJob, function_of, run_job

LOCK = "SELECT pg_try_advisory_lock(hashtextextended('entente job ' || %s, 0))"


class AlreadyRunning(Exception):
    """Another process does the same at this moment."""


class Shown(RunningJob):
    """Says to a person, too, how far it is: after every so many, and what remains."""

    def __init__(self, job: Job, tell: Callable[[str], object], every: int) -> None:
        super().__init__(job)
        self.tell, self.every = tell, every
        self.told, self.first, self.begun = self.done, self.done, time.monotonic()

    def say(self, done: int | None = None, *args: Any, **values: Any) -> None:
        super().say(done, *args, **values)
        if self.done - self.told >= self.every:
            self.told = self.done
            self.tell(self.line())

    def line(self) -> str:
        seconds = max(0.001, time.monotonic() - self.begun)
        rate = (self.done - self.first) / seconds
        of = f" of {self.total:,}" if self.total is not None else ""
        left = f", about {_duration((self.total - self.done) / rate)} left" if self.total and rate else ""
        return f"{self.done:,}{of}, {rate:,.0f} a second{left}" + (
            f": {self.message}" if self.message else ""
        )


def run_here(
    task: Task, label: str, tell: Callable[[str], object], every: int = 1000, **arguments: Any
) -> tuple[Job, bool]:
    """Do the work now; return its job, and whether it went on where an earlier run had been killed.

    The same work is known again by its label.
    """
    life = connections["default"].copy()  # a connection of its own: its lock ends with the process
    try:
        with life.cursor() as cursor:
            cursor.execute(LOCK, [f"{task.module_path} {label}"])
            if not cursor.fetchone()[0]:
                raise AlreadyRunning
        job = Job.objects.of(task).running().filter(label=label, queued_as=None).order_by("pk").last()
        goes_on = job is not None
        if job is None:
            values = {"state": Job.State.RUNNING, "started_at": timezone.now(), "arguments": arguments}
            job = Job.objects.create(path=task.module_path, label=label, **values)
        job.attempts += 1
        job.save(update_fields=["attempts"])
        run_job(Shown(job, tell, every), function_of(task), job)
    finally:
        life.close()
    job.refresh_from_db()
    return job, goes_on


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
