from django.contrib import admin

from ..models import Source
from .desk import DeskAdmin


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    list_display = ["name", "rights", "country", "website"]
    list_filter = ["rights"]
    list_select_related = ["country"]
    search_fields = ["name", "key"]
    autocomplete_fields = ["country"]
    fields = ["name", "rights", "website", "country"]
    ordering = ["key", "pk"]
