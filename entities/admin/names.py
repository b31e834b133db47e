from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..folding import folded
from ..models import Name
from ..models.names import OWNERS
from .desk import DeskAdmin, words


@admin.register(Name)
class NameAdmin(DeskAdmin):
    """All names of all records, one by one; a record's main name is a field of the record."""

    list_display = ["text", "language", "kind", "record", "is_ambiguous"]
    list_filter = ["kind", "is_ambiguous"]
    list_select_related = list(OWNERS)
    search_fields = ["text"]
    search_help_text = _("Any part of a name, in any script, without regard to accents")
    ordering = ["key", "pk"]
    autocomplete_fields = list(OWNERS)
    fields = ["text", "language", "kind", "is_ambiguous", "valid_from", "valid_until", *OWNERS]

    @admin.display(description=_("of"))
    def record(self, name: Name) -> str:
        return str(name.record)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        if lookup in {f"{owner}__id__exact" for owner in OWNERS}:
            return value.isdecimal()
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = words(search_term)
        if not typed:
            return queryset, False
        key = folded(typed)
        return (queryset.filter(key__contains=key) if key else queryset.none()), False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return OWNERS if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Name | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_main)

    def has_delete_permission(self, request: HttpRequest, obj: Name | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_main)

    def get_actions(
        self, request: HttpRequest, action_location: admin.ActionLocation = admin.ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """One by one only: among many could be a record's main name."""
        actions = super().get_actions(request, action_location)
        actions.pop("delete_selected", None)
        return actions
