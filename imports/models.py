"""An import from the desk: which file, how its columns are read, what would come of it, and what came."""

import csv
import io
from datetime import timedelta
from itertools import islice
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entities.exchange.mapping import Mapping
from history.models import Batch
from jobs.models import Job

from .kinds import KINDS

KEPT_DAYS = 7  # a file that nobody brings in


DELIMITERS = {",": _("commas"), ";": _("semicolons"), "tab": _("tabs"), "|": _("bars")}


class ImportQuerySet(models.QuerySet):
    def left_alone(self) -> Self:
        """Those whose file is still here though nobody has touched them for days."""
        long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
        return self.filter(file__isnull=False, touched_at__lt=long_ago).exclude(
            job__in=Job.objects.unfinished()
        )


class Import(models.Model):
    """``found`` is what the file said of itself; ``checked`` and ``result`` what a dry and a real run came to."""

    class Dates(models.TextChoices):
        AS_FOUND = "", _("as the file's own dates say")
        DAY_FIRST = "dmy", _("day first")
        MONTH_FIRST = "mdy", _("month first")

    kind = models.CharField(
        _("kind of record"), max_length=16, choices=[(name, kind.title) for name, kind in KINDS.items()]
    )
    file_name = models.CharField(_("file"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brought by"),
    )
    created_at = models.DateTimeField(_("brought at"), default=timezone.now)
    touched_at = models.DateTimeField(auto_now=True)
    found = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    is_mapped = models.BooleanField(default=False)
    dates = models.CharField(
        _("order of day and month"), max_length=3, choices=Dates, blank=True, default=Dates.AS_FOUND
    )
    publish = models.BooleanField(_("publish"), default=False)
    preview = models.JSONField(default=dict, blank=True)
    checked = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    report = models.TextField(blank=True, default="")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="imports_import_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("admin:imports_import_change", args=[self.pk])

    @property
    def columns(self) -> Mapping:
        return Mapping.from_data(self.mapping)

    @property
    def delimiter(self) -> str:
        written = self.found.get("delimiter", "")
        return str(DELIMITERS.get(written, written))

    @property
    def has_file(self) -> bool:
        return ImportFile.objects.filter(of=self).exists()

    def report_lines(self, most: int) -> list[dict[str, str]]:
        """The report's first lines about rows; what it says of the file as a whole stands in ``result``."""
        lines = csv.DictReader(io.StringIO(self.report, newline=""))
        return list(islice((line for line in lines if line["line"]), most))

    @property
    def is_busy(self) -> bool:
        return self.job is not None and not self.job.is_finished

    @property
    def is_checking(self) -> bool:
        return self.is_busy and bool(self.job.arguments.get("dry"))

    @property
    def is_running(self) -> bool:
        return self.is_busy and not self.is_checking

    @property
    def is_done(self) -> bool:
        return bool(self.result)

    @property
    def state(self) -> str:
        """A word for the stylesheet and for ``STATES``."""
        if self.batch and self.batch.undone:
            return "undone"
        if self.is_done:
            return "done"
        if self.is_running:
            return "running"
        if not self.is_mapped:
            return "mapping"
        if self.job and self.job.state in ("failed", "stopped") and not self.job.arguments.get("dry"):
            return self.job.state
        return "ready"


class ImportFile(models.Model):
    """The bytes as they came. In the database, so that a worker on any machine reads them; gone when they are in."""

    of = models.OneToOneField(Import, models.CASCADE, related_name="file", primary_key=True)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.of)


STATES = {
    "mapping": _("columns to be confirmed"),
    "ready": _("not brought in yet"),
    "running": _("running"),
    "done": _("done"),
    "undone": _("undone"),
    "failed": _("failed"),
    "stopped": _("stopped"),
}


def forget_files() -> None:
    """Each minute: drop files that nobody has brought in; what was found out about them stays."""
    ImportFile.objects.filter(of__in=Import.objects.left_alone()).delete()
