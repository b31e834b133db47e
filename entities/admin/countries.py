from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from ..folding import folded
from ..models import Country, Name, Succession
from .desk import DeskAdmin, NameInline, words
from .revised import RevisedForm
from .rows import RowsInline

SHOWN = ("en", "ru", "tr")


class CountryForm(RevisedForm):
    """The names that readers see, a field a language instead of JSON."""

    label_en = forms.CharField(label=_("Name in English"), max_length=200)
    label_ru = forms.CharField(label=_("Name in Russian"), max_length=200, required=False)
    label_tr = forms.CharField(label=_("Name in Turkish"), max_length=200, required=False)

    class Meta:
        model = Country
        fields = ["code", "kind", "exists_from", "exists_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in SHOWN:
            self.initial.setdefault(f"label_{language}", self.instance.labels.get(language, ""))

    def _post_clean(self) -> None:
        typed = {language: self.cleaned_data.get(f"label_{language}", "") for language in SHOWN}
        kept = {language: name for language, name in self.instance.labels.items() if language not in SHOWN}
        self.instance.labels = kept | {language: name for language, name in typed.items() if name}
        super()._post_clean()


class NewNameInline(NameInline):
    """A country may have six hundred names: those are listed in words, and changed one by one."""

    verbose_name_plural = _("new names")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).none()


class SuccessorInline(RowsInline):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    verbose_name = _("successor")
    verbose_name_plural = _("successors")


@admin.register(Country)
class CountryAdmin(DeskAdmin):
    form = CountryForm
    list_display = ["name", "code", "kind", "exists_from", "exists_until"]
    list_filter = ["kind"]
    search_fields = ["code"]
    ordering = ["code"]
    fieldsets = [
        (None, {"fields": ["label_en", "label_ru", "label_tr"]}),
        (None, {"fields": ["code", "kind", "exists_from", "exists_until"]}),
        (_("Names"), {"fields": ["known_names"]}),
    ]
    readonly_fields = ["known_names"]
    inlines = [SuccessorInline, NewNameInline]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = words(search_term)
        if not typed:
            return queryset, False
        named = Name.objects.filter(country__isnull=False, key__contains=folded(typed) or "\uffff").values(
            "country"
        )
        return queryset.filter(Q(code=typed.lower()) | Q(pk__in=named)), False

    @admin.display(description=_("known names"))
    def known_names(self, country: Country) -> str:
        """By language and kind, in words: as form fields they would take seconds to show."""
        names = country.names.order_by("language", "kind", "text", "pk") if country.pk else []
        groups: dict[tuple[str, str], list[str]] = {}
        for name in names:
            groups.setdefault((name.language or "–", name.get_kind_display()), []).append(name.text)
        listed = format_html_join(
            "",
            "<dt>{}, {}</dt><dd>{}</dd>",
            ((language, kind, "; ".join(texts)) for (language, kind), texts in groups.items()),
        )
        all_of_them = reverse("admin:entities_name_changelist") + f"?country__id__exact={country.pk}"
        return format_html(
            '<dl class="names">{}</dl><a href="{}">{}</a>', listed, all_of_them, _("Change or remove one")
        )

    @admin.display(description=_("name"), ordering="labels__en")
    def name(self, country: Country) -> str:
        return country.name
