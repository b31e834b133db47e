from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Agreement, AgreementParty, AgreementRelation
from .desk import NamedAdmin, NameInline
from .rows import RowsInline


class PartyInline(RowsInline):
    model = AgreementParty
    fields = ["country", "organisation", "capacity", "signed", "in_force", "ended", "position"]
    autocomplete_fields = ["country", "organisation"]


class RelationInline(RowsInline):
    model = AgreementRelation
    fk_name = "source"
    autocomplete_fields = ["target"]


@admin.register(Agreement)
class AgreementAdmin(NamedAdmin):
    list_display = ["title", "kind", "signed", "in_force", "ended", "status", "public"]
    list_filter = ["public", "kind", "register"]
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

    @admin.display(description=_("status today"))
    def status(self, agreement: Agreement) -> str:
        return str(agreement.standing(timezone.localdate()).label)
