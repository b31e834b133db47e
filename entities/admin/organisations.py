from django.contrib import admin

from ..models import Organisation
from .desk import NamedAdmin
from .merging import MergeAdmin


@admin.register(Organisation)
class OrganisationAdmin(MergeAdmin, NamedAdmin):
    list_display = ["name", "kind", "country", "parent", "public"]
    list_filter = ["public", "kind"]
    list_select_related = ["country", "parent"]
    search_fields = ["name"]
    autocomplete_fields = ["country", "parent"]
    fieldsets = [
        (
            None,
            {"fields": ["name", "name_language", "kind", "country", "parent", "website", "told_apart_by"]},
        ),
        (None, {"fields": [("public", "slug")]}),
    ]
