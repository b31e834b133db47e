"""Rows of related records on a form: however many there are, what they point at is asked for once."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from .desk import AutocompleteByKey
from .revised import KeyedForm

Known = Callable[[], dict[str, models.Model]]


class KnownAutocomplete(AutocompleteByKey):
    """Django's own would ask the database for the one chosen record of each field of each row."""

    known: Known

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list[Any]:
        chosen = [str(key) for key in value if key not in self.choices.field.empty_values]
        known = self.known() if chosen else {}
        if any(key not in known for key in chosen):  # typed just now, and not saved
            return super().optgroups(name, value, attr)
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance
        options = [self.create_option(name, key, label(known[key]), True, 0) for key in chosen]
        return [(None, [*blank, *options], 0)]


class RowsInline(admin.TabularInline):
    form = KeyedForm
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        if db_field.name in self.get_autocomplete_fields(request):
            widget = KnownAutocomplete(db_field, self.admin_site)
            widget.known = self._known(db_field, request)
            kwargs["widget"] = widget
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _known(self, db_field: models.ForeignKey, request: HttpRequest) -> Known:
        key = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""

        @cache
        def known() -> dict[str, models.Model]:
            if not key.isdigit():
                return {}
            owner = self.fk_name or next(
                field.name
                for field in self.model._meta.fields
                if field.related_model is self.parent_model and field.name != db_field.name
            )
            rows = self.model._default_manager.filter(**{owner: int(key)})
            chosen = db_field.related_model._default_manager.filter(pk__in=rows.values(db_field.name))
            return {str(record.pk): record for record in chosen}

        return known
