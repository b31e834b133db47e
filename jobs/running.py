"""How a piece of background work is written, and what happens around it while it runs.

    @in_background(_("Count the stories"))
    def count_stories(job: RunningJob, country: str) -> dict:
        stories = Article.objects.filter(..., pk__gt=job.cursor.get("after", 0)).order_by("pk")
        for number, story in enumerate(stories, start=job.done):
            ...
            job.say(number + 1, total, cursor={"after": story.pk})
        return {"counts": [(_("stories"), total)]}

    Job.objects.start(count_stories, request.user, label="Türkiye", country="tr")

Arguments and the report are JSON; the job's page shows the report's ``counts`` (pairs), ``lines`` and ``address``
(with ``address_label``: where to find what came of it).

The function may be begun several times for one job: its worker may have been killed or stopped, and ``job.done`` and
``job.cursor`` then hold what was said last. So what it does must be harmless when done twice: a transaction per chunk,
told by ``say`` after its commit (inside a transaction nobody would see it). ``say`` raises ``Interrupted`` when the
job shall go no further; let it through. Any other exception ends the job as failed, with its words. Changes are
attributed to whoever asked for the job, and ``gettext`` speaks their language.
"""

import functools
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.tasks import Task, task
from django.utils import timezone, translation
from django.utils.functional import Promise

from history.attribution import attributed_to

from .models import Job

EVERY = 0.5  # seconds between two writes of how far a job is


class ThisProcess:
    """Set by the worker when it has been told to end."""

    is_ending = False


class Interrupted(BaseException):
    """The job goes no further in this process: told to stop, or taken up by another."""


class RunningJob:
    """The job as its function sees it."""

    def __init__(self, job: Job) -> None:
        self.pk, self.owner, self.attempt = job.pk, job.owner, job.attempts
        self.done, self.total, self.cursor = job.done, job.total, job.cursor
        self.message = job.message
        self._written = 0.0

    def say(
        self,
        done: int | None = None,
        total: int | None = None,
        message: str | None = None,
        cursor: dict[str, Any] | None = None,
    ) -> None:
        """Tell the desk how far it is; cheap, so say it after every step. May raise ``Interrupted``."""
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        self.message = self.message if message is None else message[:500]
        self.cursor = self.cursor if cursor is None else cursor
        if ThisProcess.is_ending or time.monotonic() - self._written >= EVERY:
            self._write()
        if ThisProcess.is_ending:
            raise Interrupted

    def _write(self) -> None:
        self._written = time.monotonic()
        self._update(done=self.done, total=self.total, message=self.message, cursor=self.cursor)

    def _update(self, **values: Any) -> None:
        """Write, unless the job was stopped or is somebody else's by now."""
        if self.pk is None:  # nobody follows it
            return
        mine = Job.objects.running().filter(pk=self.pk, attempts=self.attempt)
        if not mine.update(**values):
            raise Interrupted

    def wait_again(self) -> None:
        with transaction.atomic():
            self._update(state=Job.State.WAITING, queued_as=None)
            Job.objects.enqueue(self.pk)

    def finish(self, state: str, **values: Any) -> None:
        values |= {"done": self.done, "total": self.total, "message": self.message, "cursor": self.cursor}
        self._update(state=state, finished_at=timezone.now(), **values)


def in_background(title: str | Promise) -> Callable[[Callable[..., dict | None]], Task]:
    """Make a function of a ``RunningJob`` and JSON arguments one that ``Job.objects.start`` takes."""

    def made(function: Callable[..., dict | None]) -> Task:
        @functools.wraps(function)
        def run(key: int) -> None:
            if job := begun(key):
                run_job(RunningJob(job), function, job)

        run.title = title  # type: ignore[attr-defined]
        return task(run)

    return made


def function_of(work: Task) -> Callable[..., dict | None]:
    """The function itself, of a ``RunningJob`` and its arguments."""
    return work.func.__wrapped__  # type: ignore[attr-defined]


def run_job(running: RunningJob, function: Callable[..., dict | None], job: Job) -> None:
    with translation.override(language_of(job)), attributed_to(job.owner):
        try:
            report = function(running, **job.arguments) or {}
        except Interrupted:
            if ThisProcess.is_ending:
                running.wait_again()
        except ValidationError as error:
            running.finish(Job.State.FAILED, error="\n".join(error.messages))
        except Exception as error:
            running.finish(Job.State.FAILED, error=_said(error))
            raise
        else:
            running.finish(Job.State.DONE, report=report)


def begun(key: int) -> Job | None:
    """Mark the job as begun; None when there is nothing to do any more."""
    job = Job.objects.waiting().select_related("owner").filter(pk=key).first()
    if job is None:
        return None
    started = job.started_at or timezone.now()
    mine = Job.objects.waiting().filter(pk=key, attempts=job.attempts)
    job.attempts += 1
    return job if mine.update(state=Job.State.RUNNING, attempts=job.attempts, started_at=started) else None


def language_of(job: Job) -> str:
    return getattr(job.owner, "language", settings.LANGUAGE_CODE)


def _said(error: Exception) -> str:
    words = str(error).strip().splitlines()
    return f"{type(error).__name__}: {words[0]}" if words else type(error).__name__
