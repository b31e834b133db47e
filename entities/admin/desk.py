"""What every list and form of the desk has in common."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from history.admin import HistoryAdmin
from history.revisions import Revised, StaleRevision

from ..folding import folded
from ..models import Name
from .revised import KeyedForm, RevisedForm

LOOKUPS = frozenset({"exact", "in", "isnull", "gt", "gte", "lt", "lte", "year", "month", "day", "icontains"})
LONGEST_SEARCH = 200


def words(text: str) -> str:
    """What somebody typed into a search box, as PostgreSQL can take it."""
    return text.replace("\x00", " ").strip()[:LONGEST_SEARCH]


class AutocompleteByKey(AutocompleteSelect):
    """Django's own breaks on a value that is no key, before the form can say so."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list:
        return super().optgroups(name, [key for key in value if str(key).isdecimal()], attrs)


class ChosenByKey:
    """For admins and inlines with ``autocomplete_fields``."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteByKey(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DeskAdmin(ChosenByKey, HistoryAdmin):
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    show_facets = admin.ShowFacets.ALLOW

    def get_form(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> type:
        if self.form is admin.ModelAdmin.form:
            kwargs.setdefault("form", RevisedForm if issubclass(self.model, Revised) else KeyedForm)
        return super().get_form(request, obj, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what our filters ask: a hostile address such as `?name__regex=(` gets a 400, not a fault."""
        *path, last = lookup.split("__")
        if "\x00" in value or (path and last not in LOOKUPS):
            return False
        if last in ("year", "month", "day") and not (value.isdecimal() and 0 < int(value[:6]) <= 9999):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, words(search_term))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except StaleRevision:  # somebody saved between our check and our write: now the form sees it
            return super().changeform_view(request, *args, **kwargs)

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """The page itself: the admin's own redirect would tell the address of what is withdrawn."""
        if obj is None or not getattr(obj, "is_published", True) or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:  # the code of a refused form may be no address
            return None


class NameInline(admin.TabularInline):
    model = Name
    form = KeyedForm
    extra = 0
    fields = ["text", "language", "kind", "is_ambiguous", "valid_from", "valid_until"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The record's main name is a field of its own."""
        return super().get_queryset(request).filter(is_main=False).order_by("language", "kind", "text", "pk")


class NamedAdmin(DeskAdmin):
    """Organisations, people and agreements: found by any of their names, released to the public here."""

    inlines = [NameInline]
    actions = ["release"]
    readonly_fields = ["public", "slug"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        key = folded(words(search_term))
        if not words(search_term):
            return queryset, False
        owner = self.model._meta.model_name
        named = Name.objects.filter(Q(key__contains=key), **{f"{owner}__isnull": False})
        return (queryset.filter(pk__in=named.values(owner)) if key else queryset.none()), False

    @admin.action(description=_("Release to the public"), permissions=["change"])
    def release(self, request: HttpRequest, queryset: QuerySet) -> None:
        released = queryset.release()
        self.message_user(
            request,
            ngettext("%(count)d record is now public.", "%(count)d records are now public.", released)
            % {"count": released},
        )
