from django.contrib import admin

from ..models import Source, SourceName
from .desk import DeskAdmin
from .merging import MergeAdmin
from .revised import KeyedForm


class SourceNameInline(admin.TabularInline):
    model = SourceName
    form = KeyedForm
    extra = 0
    fields = ["text"]


@admin.register(Source)
class SourceAdmin(MergeAdmin, DeskAdmin):
    list_display = ["name", "rights", "country", "website"]
    list_filter = ["rights"]
    list_select_related = ["country"]
    search_fields = ["name", "key"]
    autocomplete_fields = ["country"]
    fields = ["name", "rights", "website", "country"]
    ordering = ["key", "pk"]
    inlines = [SourceNameInline]
