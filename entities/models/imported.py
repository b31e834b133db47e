from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRow(models.Model):
    """What a row of a file last said of a record: the same row is known again, and an editor's change since is kept."""

    kind = models.CharField(max_length=16)
    identity = models.CharField(max_length=64, help_text="Digest of what makes the row the same row.")
    record_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    imported_at = models.DateTimeField(auto_now=True)

    history_points_at = ("kind", "record_id")

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "identity"], name="entities_importedrow_unique")
        ]
        indexes = [models.Index(fields=["kind", "record_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
