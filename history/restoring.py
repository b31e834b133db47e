"""Bringing a record back to how it stood, with its related rows, as one more change like any other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from .record import Part, Past, Row, State, Version, parts_of
from .revisions import StaleRevision


@dataclass
class Restored:
    """What became of it: whether anything differed, and in words what could not be brought back."""

    changed: bool = False
    left_out: list[str] = field(default_factory=list)


def restore(
    record: models.Model,
    version: Version | int,
    related: Sequence[str] | None = None,
    revision: int | None = None,
) -> Restored:
    """Set the record's editable fields and its related rows to how they stood after that version.

    What is no editor's field (state, address) stays, and so does what the model lists in ``history_keeps``.
    With ``revision``, a record that somebody else has changed since is refused (StaleRevision). A model's
    ``after_restore`` is called within the transaction and may raise ValidationError.
    """
    model = type(record)._meta.concrete_model
    with transaction.atomic(using=record._state.db):
        locked = model._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
        past = Past(record, related)
        wanted = past.state_at(version)
        if locked is None or wanted.own is None:
            raise ValidationError(
                _("There is nothing to restore: the record did not exist then or does not now.")
            )
        if revision is not None and locked.revision != revision:
            raise StaleRevision(locked)
        try:
            return _Restoring(locked, wanted, past.present).run()
        except IntegrityError as error:
            raise ValidationError(_violation(model, error)) from error


def _violation(model: type[models.Model], error: IntegrityError) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    for part in parts_of(model):
        for constraint in part.model._meta.constraints:
            if constraint.name == name and getattr(constraint, "violation_error_message", None):
                return str(constraint.violation_error_message)
    return _("That version breaks a rule of the register as it is today (%(rule)s).") % {"rule": name}


class _Restoring:
    def __init__(self, record: models.Model, wanted: State, now: State) -> None:
        self.record, self.wanted, self.now = record, wanted, now
        self.outcome = Restored()
        self.present_keys = _present_keys(wanted)

    def run(self) -> Restored:
        self._restore_own()
        parts = [part for part in self.wanted.rows if part.name]
        for part in reversed(parts):
            self._delete_later_rows(part)
        for part in parts:
            self._write_rows(part)
        if self.outcome.changed:
            self.record.full_clean()
            self.record.save()
            if hasattr(self.record, "after_restore"):
                self.record.after_restore()
        return self.outcome

    def _restore_own(self) -> None:
        keeps = getattr(self.record, "history_keeps", ())
        wanted, now = self.wanted.own or {}, self.now.own or {}
        for model_field in self.record._meta.concrete_fields:
            if not model_field.editable or model_field.generated or model_field.name in keeps:
                continue
            column = model_field.column
            if column not in wanted or wanted[column] == now[column]:
                continue
            if self._points_nowhere(model_field, wanted[column]):
                self._leave_out(str(model_field.verbose_name))
                continue
            setattr(self.record, model_field.attname, model_field.to_python(wanted[column]))
            self.outcome.changed = True

    def _delete_later_rows(self, part: Part) -> None:
        later = set(self.now.of(part.name)) - set(self.wanted.of(part.name))
        if later:
            part.model._base_manager.filter(pk__in=later).delete()
            self.outcome.changed = True

    def _write_rows(self, part: Part) -> None:
        now = self.now.of(part.name)
        changed, missing = [], []
        for key, row in self.wanted.of(part.name).items():
            if now.get(key) != row:
                (changed if key in now else missing).append((key, row))
        for key, row in changed + missing:
            is_new = key not in now
            taken = is_new and part.model._base_manager.filter(pk=key).exists()
            instance = None if taken else self._instance(part, row)
            if instance is None:
                self._leave_out(f"{part.model._meta.verbose_name} {key}")
                continue
            instance.save(force_insert=is_new, force_update=not is_new)
            self.outcome.changed = True

    def _instance(self, part: Part, row: Row) -> models.Model | None:
        """The row as a record to be saved; None when something that it must point at is no longer there."""
        values: dict[str, Any] = {}
        for model_field in part.model._meta.concrete_fields:
            if model_field.generated or model_field.column not in row:
                continue
            value = row[model_field.column]
            if self._points_nowhere(model_field, value):
                if model_field.remote_field.on_delete is not models.SET_NULL:
                    return None
                value = None
            values[model_field.attname] = model_field.to_python(value)
        return part.model(**values)

    def _points_nowhere(self, model_field: models.Field, value: Any) -> bool:
        return model_field.is_relation and value is not None and value not in self.present_keys[model_field]

    def _leave_out(self, what: str) -> None:
        self.outcome.left_out.append(what)


def _present_keys(state: State) -> dict[models.Field, set[Any]]:
    """For every foreign key of the state, which of the records that it points at are still there."""
    keys: dict[models.Field, set[Any]] = {}
    for part, rows in state.rows.items():
        for model_field in _relations(part.model):
            wanted = {row.get(model_field.column) for row in rows.values()} - {None}
            found = model_field.related_model._base_manager.filter(pk__in=wanted) if wanted else None
            keys[model_field] = set(found.values_list("pk", flat=True)) if found is not None else set()
    return keys


def _relations(model: type[models.Model]) -> Iterable[models.Field]:
    return (model_field for model_field in model._meta.concrete_fields if model_field.is_relation)
