"""Revision numbers: every write of a record is compared with the state it was made from.

The database counts (trigger ``entente_next_revision``, see ``history.triggers``): each UPDATE of a row adds
one, and an UPDATE that carries another number than the row has is refused. So forms, imports and bulk writes
share one rule.
"""

from typing import Any

from django.core.exceptions import ObjectNotUpdated
from django.db import DatabaseError, models, transaction

STALE = "EN001"  # the SQLSTATE that the trigger raises


class StaleRevision(Exception):
    """The record was changed or deleted by somebody else after it was read; nothing was written."""

    def __init__(self, record: models.Model) -> None:
        self.record = record
        super().__init__(
            f"{record._meta.verbose_name} {record.pk} was changed after revision {record.revision}"
        )


class Revised(models.Model):
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        adding = self._state.adding
        if not adding and not kwargs.get("force_insert"):
            kwargs["force_update"] = True  # or what somebody has deleted meanwhile would come back
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "revision"}
        try:
            with transaction.atomic(using=kwargs.get("using")):
                super().save(*args, **kwargs)
        except ObjectNotUpdated as error:
            raise StaleRevision(self) from error
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) == STALE:
                raise StaleRevision(self) from error
            raise
        if not adding:
            self.revision += 1
