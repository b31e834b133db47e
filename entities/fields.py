"""Model fields that belong to no one record: partial dates with their bounds, and folded keys."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from .folding import folded
from .partial_dates import PATTERN, InvalidPartialDate, PartialDate, parse


class PartialDateAttribute(DeferredAttribute):
    """Turns assigned text into a date at once; what is no date stays, for ``full_clean`` to complain about."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        try:
            value = parse(value)
        except (InvalidPartialDate, AttributeError):
            pass
        instance.__dict__[self.field.attname] = value


class PartialDateField(models.CharField):
    """Text in the EDTF subset of ``partial_dates``; NULL is "not known". Values are ``PartialDate``."""

    description = _("date known in part")
    descriptor_class = PartialDateAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 25)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "help_text",
            _("As precisely as it is known: 1921-03-16, 1994-04, 1992, 1897-05?, 1985~ or 1990/1992."),
        )
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> PartialDate | None:
        return PartialDate(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        try:
            return parse(value)
        except InvalidPartialDate as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(value)
        return value.text if value else None

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return str(value) if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"empty_value": None, "max_length": self.max_length, **kwargs})

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value) if value else value)


class FirstDay(models.Func):
    function = "entente_earliest"
    output_field = models.DateField()


class LastDay(models.Func):
    function = "entente_latest"
    output_field = models.DateField()


class UtcDay(models.Func):
    """The day of a moment in UTC; immutable, so a generated column may use it."""

    template = "((%(expressions)s AT TIME ZONE 'UTC')::date)"
    output_field = models.DateField()


def earliest_of(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=FirstDay(models.F(field)),
        output_field=models.DateField(null=True),
        db_persist=True,
        null=True,
    )


def latest_of(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=LastDay(models.F(field)),
        output_field=models.DateField(null=True),
        db_persist=True,
        null=True,
    )


def date_check(field: str, table: str) -> models.CheckConstraint:
    """The database's own rule for a partial date: the pattern, and days that exist."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__regex": PATTERN}),
        name=f"{table}_{field}_is_a_partial_date",
        violation_error_message=_("This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992."),
    )


WEB_ADDRESS = r"^https?://[^\s/?#]"


def web_check(field: str, table: str) -> models.CheckConstraint:
    """The database's own rule for an address that becomes a link: a page of the web or nothing."""
    return models.CheckConstraint(
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__iregex": WEB_ADDRESS}),
        name=f"{table}_{field}_is_web",
        violation_error_message=_("The address must begin with http:// or https://."),
    )


class KeyField(models.CharField):
    """The folded key of another field, computed whenever the record is written through the ORM.

    ``QuerySet.update(name=…)`` must set the key too; `entities.fields.KeyField.pre_save` does it on every
    save and bulk write.
    """

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = folded(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
