"""The worker: django-tasks-db's own, which besides takes up what a killed worker left behind."""

import secrets
import sys
import time
from datetime import timedelta
from types import FrameType

from django.conf import settings
from django.db import close_old_connections, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from .models import Job
from .running import ThisProcess, language_of

LOCK = "SELECT pg_try_advisory_lock(hashtextextended('entente worker ' || %s, 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('entente worker ' || %s, 0))"
FORGOTTEN = timedelta(seconds=30)  # a job whose process died between its commit and the queue
KEPT = timedelta(days=30)  # rows of the queue that are finished; the jobs themselves stay
MOST_KILLS = 3  # workers that died with the same task in their hands


class Worker(db_worker.Worker):
    """While it lives it holds a lock in the database that ends with its process, however that ends."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=secrets.token_hex(16),
            excluded_queue_names=[],
        )
        self.life: BaseDatabaseWrapper = connections["default"].copy()
        self._ask(LOCK, self.worker_id)

    def work(self, interval: float = 1.0) -> None:
        """Run what is asked for until told to end."""
        while self.running:
            close_old_connections()
            self.work_off()
            if self.running:
                time.sleep(interval)

    def work_off(self) -> None:
        """Run what is asked for now."""
        self.take_up_interrupted()
        while self.running and (result := self._claimed()):
            self.run_task(result)

    def _claimed(self) -> DBTaskResult | None:
        with transaction.atomic():
            result = DBTaskResult.objects.ready().filter(backend_name=self.backend_name).get_locked()
            if result:
                result.claim(self.worker_id)
        return result

    def close(self) -> None:
        self.life.close()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """A job that runs stops at its next word about how far it is, and waits in the queue again."""
        self.running, ThisProcess.is_ending = False, True
        if not self.running_task:
            sys.exit(0)

    # What others left behind

    def take_up_interrupted(self) -> None:
        """Put back into the queue, once, what a worker had begun that is no more, and what never got there."""
        forgotten = timezone.now() - FORGOTTEN
        for job in Job.objects.waiting().filter(queued_as=None, created_at__lt=forgotten).only("pk"):
            Job.objects.enqueue(job.pk)
        left = list(DBTaskResult.objects.running().filter(backend_name=self.backend_name))
        for worker in {_last(result) for result in left} - {self.worker_id}:
            if self._ask(LOCK, worker):
                self._take_up([result.pk for result in left if _last(result) == worker], worker)
                self._ask(UNLOCK, worker)

    def _take_up(self, keys: list, worker: str) -> None:
        for result in DBTaskResult.objects.running().filter(pk__in=keys):
            if _last(result) != worker:  # another worker was quicker
                continue
            if len(result.worker_ids) < MOST_KILLS:
                self._put_back(result)
            else:
                self._give_up(result)

    def _put_back(self, result: DBTaskResult) -> None:
        result.status = TaskResultStatus.READY
        result.started_at = result.finished_at = None
        result.exception_class_path = result.traceback = ""
        with transaction.atomic():
            result.save()
            Job.objects.running().filter(queued_as=result.pk).update(state=Job.State.WAITING)

    def _give_up(self, result: DBTaskResult) -> None:
        job = Job.objects.unfinished().filter(queued_as=result.pk).select_related("owner").first()
        with translation.override(language_of(job) if job else settings.LANGUAGE_CODE):
            said = _("The worker died %(count)d times while doing this. It is not begun again.")
        error = said % {"count": MOST_KILLS}
        with transaction.atomic():
            result.set_failed(RuntimeError(error))
            if job:
                job.state, job.finished_at, job.error = Job.State.FAILED, timezone.now(), error
                job.save(update_fields=["state", "finished_at", "error"])

    def forget_finished(self) -> None:
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()

    def _ask(self, sql: str, worker: str) -> bool:
        with self.life.cursor() as cursor:
            cursor.execute(sql, [worker])
            return cursor.fetchone()[0]


def _last(result: DBTaskResult) -> str:
    return result.worker_ids[-1] if result.worker_ids else ""
