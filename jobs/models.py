"""Work that takes longer than a page may: who asked for it, how far it is, what came of it.

The queue itself is django-tasks-db's; a ``Job`` is what the desk reads. How to write one: ``jobs.running``.
"""

from functools import partial
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.tasks import Task
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet):
    def start(self, task: Task, owner: Any = None, label: str = "", **arguments: Any) -> "Job":
        """Ask for this piece of work; it begins when the transaction that asks for it has been committed."""
        job = self.create(path=task.module_path, owner=owner, label=label[:500], arguments=arguments)
        transaction.on_commit(partial(self.model.objects.enqueue, job.pk))
        return job

    def enqueue(self, key: int) -> None:
        """Put the job into the queue, once whoever asks."""
        with transaction.atomic():
            job = self.waiting().filter(pk=key, queued_as=None).select_for_update(skip_locked=True).first()
            if job is not None:
                job.queued_as = import_string(job.path).enqueue(job.pk).id
                job.save(update_fields=["queued_as"])

    def waiting(self) -> Self:
        return self.filter(state=Job.State.WAITING)

    def running(self) -> Self:
        return self.filter(state=Job.State.RUNNING)

    def unfinished(self) -> Self:
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def of(self, task: Task) -> Self:
        return self.filter(path=task.module_path)


class Job(models.Model):
    """``done`` of ``total`` says how far it is, ``cursor`` where it goes on when it is taken up again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    path = models.CharField(max_length=200, editable=False)
    label = models.CharField(_("what it is about"), max_length=500, blank=True, default="")
    arguments = models.JSONField(default=dict, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True, default="")
    cursor = models.JSONField(default=dict, blank=True, editable=False)
    report = models.JSONField(_("report"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True, default="")
    attempts = models.PositiveSmallIntegerField(_("times begun"), default=0)
    queued_as = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed", "stopped"], finished_at__isnull=False),
                name="jobs_job_finished_or_not",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=["waiting", "running"]), name="jobs_unfinished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.label}" if self.label else str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("admin:jobs_job_change", args=[self.pk])

    @property
    def title(self) -> str:
        """What kind of work it is, in words; the function's own name when that is no longer there."""
        try:
            return import_string(self.path).func.title
        except (ImportError, AttributeError):
            return self.path.rpartition(".")[2]

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def share(self) -> int | None:
        """How much is done, in hundredths; None while nobody knows how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        """The report's figures in their order: PostgreSQL keeps that of a list, not that of an object."""
        counts = self.report.get("counts", [])
        return list(counts.items()) if isinstance(counts, dict) else counts

    def stop(self) -> None:
        """End it where it stands: it notices when it next says how far it is."""
        now = timezone.now()
        Job.objects.unfinished().filter(pk=self.pk).update(state=Job.State.STOPPED, finished_at=now)
