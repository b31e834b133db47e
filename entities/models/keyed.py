from collections.abc import Collection

from django.db import models

from ..fields import KeyField


class Keyed(models.Model):
    """A record with folded keys: made before its rules are checked, and no form leaves them out of the check."""

    class Meta:
        abstract = True

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        super().validate_unique(self._with_keys(exclude))

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        super().validate_constraints(self._with_keys(exclude))

    def _with_keys(self, exclude: Collection[str] | None) -> set[str]:
        keys = [field for field in self._meta.concrete_fields if isinstance(field, KeyField)]
        for field in keys:
            field.pre_save(self, False)
        return set(exclude or ()) - {field.name for field in keys}
