"""What lists of agreements can be filtered and sorted by."""

import datetime
from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from entities.folding import folded
from entities.models import Agreement, Name, PublishedAgreement
from entities.models.agreements import DatedQuerySet
from entities.status import Status

from .filters import (
    MOST_VALUES,
    DayFilter,
    DecadeFilter,
    ListFilter,
    RecordsFilter,
    WordsFilter,
    countries_called,
    organisations_at,
    tags_at,
)

NEWEST = "newest"
SORTS: dict[str, tuple[Any, Callable[[DatedQuerySet], DatedQuerySet]]] = {
    NEWEST: (_("newest first"), DatedQuerySet.newest_first),
    "oldest": (_("oldest first"), DatedQuerySet.oldest_first),
    "title": (_("title, A to Z"), DatedQuerySet.by_title),
    "title-desc": (_("title, Z to A"), lambda queryset: queryset.by_title().reverse()),
}


class RegisterFilter(django_filters.Filter):
    field_class = forms.CharField


class AgreementFilter(ListFilter):
    """Conditions on the flat rows of agreements; ``on`` and ``today`` say on which day their status counts."""

    country = RecordsFilter("country_ids", label=_("Party"), find=countries_called, attribute="code")
    organisation = RecordsFilter(
        "organisation_ids", label=_("Party, organisation"), find=organisations_at, attribute="slug"
    )
    kind = django_filters.ChoiceFilter(choices=Agreement.Kind, label=_("Kind"))
    sides = django_filters.ChoiceFilter(choices=Agreement.Sides, label=_("Number of parties"))
    subject = RecordsFilter("tag_ids", label=_("Subject"), find=tags_at, attribute="slug")
    status = django_filters.ChoiceFilter(method="in_status", choices=Status, label=_("Status"))
    decade = DecadeFilter(method="in_decade", label=_("Signed in"))
    register = RegisterFilter("register", label=_("Register of origin"), max_length=200)
    on = DayFilter(method="as_known_on", label=_("As it stood on"))
    q = WordsFilter(method="with_words", label=_("Title"))
    sort = django_filters.ChoiceFilter(
        method="unchanged", choices=[(name, label) for name, (label, _order) in SORTS.items()]
    )

    class Meta:
        model = PublishedAgreement
        fields: list[str] = []

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def day(self) -> datetime.date:
        """The day whose register is shown."""
        return self.chosen.get("on") or self.today

    @property
    def sorted_by(self) -> str:
        return self.chosen.get("sort", NEWEST)

    def in_status(self, queryset: DatedQuerySet, name: str, status: str) -> DatedQuerySet:
        return queryset.in_status(status, self.day)

    def in_decade(self, queryset: DatedQuerySet, name: str, year: int) -> DatedQuerySet:
        return queryset.filter(
            signed_earliest__lte=datetime.date(year + 9, 12, 31), signed_latest__gte=datetime.date(year, 1, 1)
        )

    def as_known_on(self, queryset: DatedQuerySet, name: str, day: datetime.date) -> DatedQuerySet:
        return queryset.known_on(day)

    def with_words(self, queryset: DatedQuerySet, name: str, words: str) -> DatedQuerySet:
        return queryset.filter(_is_any_of(self._keys_of_words))

    def unchanged(self, queryset: DatedQuerySet, name: str, value: str) -> DatedQuerySet:
        return queryset

    @cached_property
    def _keys_of_words(self) -> list[int]:
        """Agreements one of whose names holds every word, looked up once for the rows and all their counts."""
        found: models.QuerySet[PublishedAgreement] = PublishedAgreement.objects.all()
        for word in folded(self.chosen["q"]).split()[:MOST_VALUES]:
            names = Name.objects.filter(agreement__isnull=False, key__contains=word)
            found = found.filter(pk__in=names.values("agreement"))
        return list(found.values_list("pk", flat=True))


def _is_any_of(keys: list[int]) -> models.Func:
    """``pk IN (…)`` with one parameter: thousands of them take longer to send than to look up."""
    array = models.Value(keys, output_field=ArrayField(models.BigIntegerField()))
    return models.Func(
        models.F("pk"),
        array,
        arg_joiner=" = ANY (",
        template="%(expressions)s)",
        output_field=models.BooleanField(),
    )
