from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import Agreement, AgreementParty, AgreementRelation
from ..models.agreements import AgreementQuerySet
from .desk import NamedAdmin, NameInline
from .merging import MergeAdmin
from .rows import RowsInline


class PartyInline(RowsInline):
    model = AgreementParty
    fields = [
        "country",
        "organisation",
        "capacity",
        "signed",
        "in_force",
        "ended",
        "position",
        "is_from_title",
    ]
    autocomplete_fields = ["country", "organisation"]


class RelationInline(RowsInline):
    model = AgreementRelation
    fk_name = "source"
    autocomplete_fields = ["target"]


class PartiesFilter(admin.SimpleListFilter):
    title = _("parties")
    parameter_name = "parties"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("title", _("read from the title, not confirmed"))]

    def queryset(self, request: HttpRequest, queryset: AgreementQuerySet) -> AgreementQuerySet:
        return queryset.with_unconfirmed_parties() if self.value() == "title" else queryset


@admin.register(Agreement)
class AgreementAdmin(MergeAdmin, NamedAdmin):
    list_display = ["title", "kind", "signed", "in_force", "ended", "status", "public"]
    list_filter = ["public", PartiesFilter, "kind", "register"]
    search_fields = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "name_language", "kind", "sides", "subjects"]}),
        (_("Dates"), {"fields": ["signed", "in_force", "ended", "checked_on", "place"]}),
        (
            _("Where it can be read"),
            {"fields": ["summary", "text_url", "text_file", "register", "reference"]},
        ),
        (None, {"fields": [("public", "slug")]}),
    ]
    inlines = [PartyInline, RelationInline, NameInline]

    actions = ["release", "confirm_parties"]

    @admin.action(description=_("Confirm the parties read from the title"), permissions=["change"])
    def confirm_parties(self, request: HttpRequest, queryset: AgreementQuerySet) -> None:
        confirmed = queryset.confirm_parties()
        self.message_user(
            request,
            ngettext("%(count)d party is confirmed.", "%(count)d parties are confirmed.", confirmed)
            % {"count": confirmed},
        )

    @admin.display(description=_("status today"))
    def status(self, agreement: Agreement) -> str:
        return str(agreement.standing(timezone.localdate()).label)
