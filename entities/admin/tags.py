from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from ..folding import folded
from ..models import Tag, TagSynonym
from .desk import DeskAdmin, words
from .merging import MergeAdmin
from .revised import KeyedForm


class SynonymInline(admin.TabularInline):
    model = TagSynonym
    form = KeyedForm
    extra = 0
    fields = ["text"]


@admin.register(Tag)
class TagAdmin(MergeAdmin, DeskAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug"]
    readonly_fields = ["slug"]
    inlines = [SynonymInline]
    ordering = ["key", "pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = folded(words(search_term))
        if not typed:
            return queryset, False
        return queryset.filter(Q(key__contains=typed) | Q(synonyms__key__contains=typed)), True
