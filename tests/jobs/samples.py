"""Pieces of work for the tests, in a module that a worker of its own process can import."""

import time

from django.core.exceptions import ValidationError

from entities.models import Source
from jobs.running import RunningJob, in_background


@in_background("Make sources")
def make_sources(job: RunningJob, count: int = 3, pause: float = 0) -> dict:
    for number in range(job.done, count):
        Source.objects.create(name=f"Source of attempt {job.attempt}, {number}")
        job.say(number + 1, count, f"made {number}", cursor={"last": number})
        time.sleep(pause)
    return {"made": count}


@in_background("Refuse")
def refuse(job: RunningJob) -> None:
    raise ValidationError("Line 3 has no title.")


@in_background("Fail")
def fail(job: RunningJob) -> None:
    job.say(2, 5)
    raise LookupError("nothing there")
