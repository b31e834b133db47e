"""A form that was read before somebody else saved is refused and shown as a difference; nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from history.models import Change

from ..fields import KeyField
from ..folding import folded

OVER = "over"  # the button that saves the form over this newer revision


@dataclass
class Difference:
    label: str
    mine: str
    theirs: str


@dataclass
class Conflict:
    """What stands in the refused form and what the record holds by now."""

    revision: int
    change: Change | None = None
    differences: list[Difference] = field(default_factory=list)


class KeyedForm(forms.ModelForm):
    """Checks the rules about a record's folded key too, which is no field of the form."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for key in self._keys():
            text = cleaned.get(key.source) or getattr(self.instance, key.source) or ""
            setattr(self.instance, key.attname, folded(text)[: key.max_length])
            if key.source in cleaned and not getattr(self.instance, key.attname):
                self.add_error(
                    key.source, ValidationError(_("A name needs a letter or a digit."), code="no_letter")
                )
        return cleaned

    def validate_unique(self) -> None:
        self._check(self.instance.validate_unique)

    def validate_constraints(self) -> None:
        self._check(self.instance.validate_constraints)

    def _keys(self) -> list[KeyField]:
        return [field for field in self._meta.model._meta.concrete_fields if isinstance(field, KeyField)]

    def _check(self, check: Callable[..., None]) -> None:
        keys = {key.name: key.source for key in self._keys()}
        try:
            check(exclude=self._get_validation_exclusions() - keys.keys())
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                if name in keys:
                    taken = _("There is already a record of this name.")
                    self.add_error(keys[name] if keys[name] in self.fields else None, taken)
                else:
                    self.add_error(name if name in self.fields else None, errors)


class RevisedForm(KeyedForm):
    """Carries the revision that the page was made from; the record's own must still be that one."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["revision"] = self.instance.revision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self._is_stale(cleaned.get("revision")):
            self.conflict = self._compare()
            raise ValidationError(
                _(
                    "Somebody else saved this after you opened it. Nothing of yours is lost: compare, then choose."
                ),
                code="stale",
            )
        return cleaned

    def _is_stale(self, revision: int | None) -> bool:
        now = self.instance.revision
        return revision != now and self.data.get(OVER) != str(now)

    def _compare(self) -> Conflict:
        last = Change.objects.of(self.instance).select_related("who").newest_first().first()
        conflict = Conflict(self.instance.revision, last)
        for name in self.changed_data:
            bound = self[name]
            if name == "revision" or bound.is_hidden:
                continue
            conflict.differences.append(
                Difference(
                    str(bound.label), _shown(bound.field, bound.data), _shown(bound.field, bound.initial)
                )
            )
        return conflict


def _shown(form_field: forms.Field, value: Any) -> str:
    """A field's value in words, whether it was typed or comes from the record."""
    if value in (None, "", []):
        return "–"
    if isinstance(form_field, forms.BooleanField):
        return str(_("yes") if form_field.to_python(value) else _("no"))
    if isinstance(form_field, forms.ModelChoiceField):
        record = form_field.queryset.filter(pk=value).first() if str(value).isdecimal() else None
        return str(record or value)
    if isinstance(form_field, forms.ChoiceField):
        return str(dict(form_field.choices).get(value, value))
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        return ", ".join(str(item) for item in (value.all() if hasattr(value, "all") else value))
    return str(localize(value))
