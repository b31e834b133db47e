import os
import signal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from entities.models import Source
from history.models import Change
from jobs.beat import every_minute
from jobs.models import Job
from jobs.running import RunningJob, ThisProcess
from jobs.worker import Worker
from tests.factories import make_article, make_user

from .conftest import until
from .samples import fail, make_sources, refuse


@pytest.fixture
def start(db, django_capture_on_commit_callbacks):
    """Ask for a job, and commit."""

    def start(task, **arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return Job.objects.start(task, **arguments)

    return start


def test_a_job_is_done_and_says_what_came_of_it(start, work_off):
    job = start(make_sources, label="three", count=3)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.report) == ("done", 3, 3, {"made": 3})
    assert (str(job), job.message) == ("Make sources: three", "made 2")
    assert Source.objects.count() == 3


def test_a_job_begins_when_its_transaction_is_committed(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        Job.objects.start(make_sources)
    assert len(callbacks) == 1
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_failed_never_was():
    with pytest.raises(LookupError), transaction.atomic():
        Job.objects.start(make_sources)
        raise LookupError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_job_is_queued_once_whoever_asks(start):
    job = start(make_sources)
    Job.objects.enqueue(job.pk)
    assert DBTaskResult.objects.count() == 1


def test_a_job_whose_process_died_before_the_queue_is_queued_all_the_same(db, work_off):
    job = Job.objects.start(make_sources)
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timezone.timedelta(minutes=1))
    work_off()
    assert Source.objects.count() == 3


def test_a_refusal_is_said_in_its_own_words(start, work_off):
    job = start(refuse)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Line 3 has no title.")


def test_a_fault_ends_the_job_and_not_the_worker(start, work_off):
    failed, other = start(fail), start(make_sources)
    work_off()
    failed.refresh_from_db()
    other.refresh_from_db()
    assert (failed.state, failed.error, failed.done) == ("failed", "LookupError: nothing there", 2)
    assert other.state == "done"


def test_what_a_job_changes_is_told_of_whoever_asked_for_it(start, work_off):
    editor = make_user()
    start(make_sources, owner=editor, count=1)
    work_off()
    assert Change.objects.to_table(Source).get().who == editor


def test_a_stopped_job_goes_no_further(start, work_off):
    job = start(make_sources)
    job.stop()
    work_off()
    job.refresh_from_db()
    assert (job.state, Source.objects.count()) == ("stopped", 0)


def test_a_job_taken_over_by_another_worker_is_let_go(start):
    job = start(make_sources)
    Job.objects.filter(pk=job.pk).update(state="running", attempts=2)
    job.attempts = 1
    with pytest.raises(BaseException) as stopped:
        RunningJob(job).say(1)
    assert stopped.typename == "Interrupted"


def test_saying_how_far_it_is_costs_no_query_each_time(start):
    job = start(make_sources)
    Job.objects.filter(pk=job.pk).update(state="running")
    running = RunningJob(job)
    with CaptureQueriesContext(connection) as queries:
        for number in range(1000):
            running.say(number)
    assert len(queries) <= 3


def test_a_job_that_is_interrupted_waits_and_goes_on_where_it_was(start, work_off):
    job = start(make_sources)
    ThisProcess.is_ending = True
    make_sources.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.cursor) == ("waiting", {"last": 0})
    ThisProcess.is_ending = False
    work_off()
    job.refresh_from_db()
    assert (job.state, Source.objects.count()) == ("done", 3)


def test_a_task_that_kills_its_workers_is_given_up(start, work_off):
    job = start(make_sources)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead", "also dead", "dead too"])
    Job.objects.update(state="running")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.error) == (
        "failed",
        "The worker died 3 times while doing this. It is not begun again.",
    )


def test_what_a_living_worker_does_is_left_to_it(start, work_off):
    start(make_sources)
    other = Worker()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[other.worker_id])
    work_off()
    other.close()
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_each_minute_what_has_come_due_goes_live(db):
    article = make_article(published=True)
    article.withdraw()
    article.schedule(timezone.now() - timezone.timedelta(minutes=1))
    every_minute()
    assert Article.objects.published().get() == article


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_is_taken_up_again_once(start_worker):
    job = Job.objects.start(make_sources, count=8, pause=0.6)
    first = start_worker()
    until(lambda: Source.objects.count() >= 2)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    made = Source.objects.count()
    start_worker(), start_worker()  # two at once: only one takes it up
    until(lambda: Job.objects.filter(pk=job.pk, state="done").exists())
    job.refresh_from_db()
    attempts = [
        name.split(",")[0][-1] for name in Source.objects.order_by("pk").values_list("name", flat=True)
    ]
    assert (job.attempts, job.report, attempts.count("1")) == (2, {"made": 8}, made)
    assert len(attempts) in (8, 9)  # what was made and not yet said is made again


@pytest.mark.django_db(transaction=True)
def test_a_worker_ends_when_it_is_told_and_its_job_waits_for_the_next(start_worker):
    job = Job.objects.start(make_sources, count=100, pause=0.1)
    worker = start_worker()
    until(lambda: Source.objects.count() >= 2)
    worker.terminate()
    assert worker.wait(10) == 0
    job.refresh_from_db()
    assert (job.state, job.done) == ("waiting", Source.objects.count())


@pytest.mark.django_db(transaction=True)
def test_a_worker_ends_with_the_process_that_it_belongs_to(start_worker):
    worker = start_worker("--parent", "1")
    assert worker.wait(20) == 0
