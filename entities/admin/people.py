from django.contrib import admin

from ..models import Person, Position
from .desk import NamedAdmin, NameInline
from .merging import MergeAdmin
from .rows import RowsInline


class PositionInline(RowsInline):
    model = Position
    fields = ["title", "organisation", "country", "since", "until"]
    autocomplete_fields = ["organisation", "country"]


@admin.register(Person)
class PersonAdmin(MergeAdmin, NamedAdmin):
    list_display = ["name", "country", "told_apart_by", "public"]
    list_filter = ["public"]
    list_select_related = ["country"]
    search_fields = ["name"]
    autocomplete_fields = ["country"]
    fieldsets = [
        (None, {"fields": ["name", "name_language", "country", "told_apart_by"]}),
        (None, {"fields": [("public", "slug")]}),
    ]
    inlines = [PositionInline, NameInline]
