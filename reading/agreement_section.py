"""The agreements of a country or of two, as their page shows them on the day that is asked for."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from entities.models import Country
from entities.models.agreements import DatedQuerySet
from entities.status import Status

from .agreement_filters import AgreementFilter
from .agreement_listing import (
    AgreementRow,
    agreement_rows,
    agreements_of,
    css_of_status,
    listed,
    status_counts,
)


@dataclass(frozen=True, slots=True)
class StatusCount:
    css: str
    label: str
    count: int
    url: str


class AgreementSection:
    def __init__(self, request: HttpRequest, countries: list[Country], shown: int) -> None:
        self.countries, self.shown, self.path = countries, shown, request.path
        asked = QueryDict(mutable=True)
        asked.setlist("on", request.GET.getlist("on"))
        self.filter = AgreementFilter(
            asked, queryset=listed(country=[country.pk for country in countries]), today=timezone.localdate()
        )

    @property
    def day(self) -> datetime.date:
        return self.filter.day

    @property
    def asked_day(self) -> datetime.date | None:
        """The day that the reader named; None for today."""
        return self.filter.chosen.get("on")

    @property
    def notices(self) -> list[str]:
        return self.filter.notices

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What other addresses of the page carry along."""
        return [("on", self.asked_day.isoformat())] if self.asked_day else []

    @property
    def queryset(self) -> DatedQuerySet:
        return self.filter.qs

    def as_known(self, queryset: DatedQuerySet) -> DatedQuerySet:
        """Put the same day to other agreements."""
        return queryset.known_on(self.asked_day) if self.asked_day else queryset

    @cached_property
    def _by_status(self) -> dict[str, int]:
        return status_counts(self.queryset, self.day)

    @property
    def total(self) -> int:
        return sum(self._by_status.values())

    @property
    def in_force(self) -> int:
        return self._by_status.get(Status.IN_FORCE, 0)

    @property
    def statuses(self) -> list[StatusCount]:
        """Return each status that occurs, with the address of the agreements in it."""
        return [
            StatusCount(css_of_status(status), str(status.label), count, self._url(("status", status.value)))
            for status in Status
            if (count := self._by_status.get(status.value, 0))
        ]

    @cached_property
    def rows(self) -> list[AgreementRow]:
        keys = list(self.queryset.newest_first().values_list("pk", flat=True)[: self.shown])
        return agreement_rows(agreements_of(keys), self.day, [country.pk for country in self.countries])

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    @property
    def url(self) -> str:
        return self._url()

    def _url(self, *further: tuple[str, str]) -> str:
        pairs = [*(("country", country.code) for country in self.countries), *further, *self.kept]
        return f"{reverse('reading:agreements')}?{urlencode(pairs)}"
