from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Merged(models.Model):
    """What became of a record that was merged into another: whoever asks for it on the desk is led there."""

    kind = models.CharField(max_length=16)
    gone_id = models.BigIntegerField()
    kept_id = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=1000)
    merged_at = models.DateTimeField(auto_now_add=True)

    history_points_at = ("kind", "kept_id")

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "gone_id"], name="entities_merged_once")]
        indexes = [models.Index(fields=["kind", "kept_id"], name="entities_merged_into")]

    def __str__(self) -> str:
        return self.name


class DistinctQuerySet(models.QuerySet):
    def say(self, kind: str, one: int, other: int) -> None:
        """Remember that these two are not the same."""
        first, second = sorted((one, other))
        self.bulk_create([Distinct(kind=kind, one_id=first, other_id=second)], ignore_conflicts=True)


class Distinct(models.Model):
    """Two records that look alike and are not the same: an editor said so, and they are never listed again."""

    kind = models.CharField(max_length=16)
    one_id = models.BigIntegerField()
    other_id = models.BigIntegerField()

    objects = DistinctQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of different records")
        verbose_name_plural = _("pairs of different records")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "one_id", "other_id"], name="entities_distinct_once"),
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="entities_distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.one_id} ≠ {self.other_id}"
