"""The one log of all changes: triggers write it, whatever path a change took (see ``history.triggers``)."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BatchQuerySet(models.QuerySet):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)


class Batch(models.Model):
    """One import, intake or other piece of work whose changes belong together and can be undone together."""

    kind = models.CharField(_("kind"), max_length=40)
    label = models.CharField(_("what was brought"), max_length=500, blank=True, default="")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    undoes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="undos",
        verbose_name=_("takes back"),
    )
    undone = models.BooleanField(_("undone"), default=False, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-started_at", "-pk"]
        permissions = [("undo_batch", "Can undo batches")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="history_batch_has_a_kind"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=models.F("started_at")),
                name="history_batch_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}".strip()

    def mark_undone(self) -> None:
        """What an undo took back stands again when the undo is undone."""
        self.undone = True
        self.save(update_fields=["undone"])
        if self.undoes:
            self.undoes.undone = False
            self.undoes.save(update_fields=["undone"])

    def finish(self, **counts: int) -> None:
        self.counts = {**self.counts, **counts}
        self.finished_at = timezone.now()
        self.save(update_fields=["counts", "finished_at"])


class ChangeQuerySet(models.QuerySet):
    def to_table(self, model: type[models.Model]) -> Self:
        return self.filter(table_name=model._meta.db_table)

    def of(self, record: models.Model) -> Self:
        """Changes of the record's own row; those of its related rows are ``history.record``'s to gather."""
        return self.of_rows(type(record), [record.pk])

    def of_rows(self, model: type[models.Model], keys: Iterable[int]) -> Self:
        return self.to_table(model).filter(keys__overlap=list(keys))

    def of_rows_owned_by(self, model: type[models.Model], key: int) -> Self:
        """Changes of rows that belonged to the record with this key: before the change, or once added."""
        return self.to_table(model).filter(owners__contains=[key])

    def committed_after(self, snapshot: str) -> Self:
        """Changes that whoever took this ``pg_current_snapshot()`` could not see yet."""
        seen = RawSQL("pg_visible_in_snapshot(transaction::text::xid8, %s::pg_snapshot)", [snapshot])
        oldest = int(snapshot.partition(":")[0])
        return (
            self.filter(transaction__gte=oldest)
            .alias(seen=ExpressionWrapper(seen, models.BooleanField()))
            .filter(seen=False)
        )

    def in_batch(self, batch: Batch | int) -> Self:
        return self.filter(batch=batch)

    def in_transaction(self, transaction: int) -> Self:
        return self.filter(transaction=transaction)

    def by(self, user: models.Model) -> Self:
        return self.filter(who=user.pk)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Change(models.Model):
    """What one statement did to one table; ``keys``, ``owners`` and ``rows`` run parallel.

    An insert holds keys only, an update the old values of what changed, a delete the old row whole.
    Neither users nor batches are held by a foreign key: the log outlives both.
    """

    class Operation(models.TextChoices):
        INSERT = "I", _("added")
        UPDATE = "U", _("changed")
        DELETE = "D", _("deleted")
        TRUNCATE = "T", _("emptied")

    transaction = models.BigIntegerField()
    batch = models.ForeignKey(
        Batch, models.DO_NOTHING, null=True, db_constraint=False, related_name="changes"
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    made_at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    operation = models.CharField(max_length=1, choices=Operation)
    keys = ArrayField(models.BigIntegerField())
    owners = ArrayField(models.BigIntegerField(null=True), null=True)
    rows = models.JSONField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            GinIndex(fields=["keys"], name="history_change_keys"),
            GinIndex(fields=["owners"], name="history_change_owners"),
            models.Index(fields=["transaction"], name="history_change_transaction"),
            models.Index(fields=["made_at"], name="history_change_made_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(operation="I", rows__isnull=True) | (~Q(operation="I") & Q(rows__isnull=False)),
                name="history_change_rows_unless_added",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.operation} {self.keys[:5]}"
