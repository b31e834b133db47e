"""A list of agreements as pages show it: rows, facets, chosen conditions, order, and the same as files."""

import datetime
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from entities.models import Agreement
from entities.status import Status

from .agreement_filters import NEWEST, SORTS, AgreementFilter
from .agreement_listing import (
    PAGE_SIZE,
    AgreementRow,
    agreement_rows,
    agreements_of,
    counted,
    keys_of_page,
    listed,
)
from .facets import Facet, Option
from .links import country_links, organisation_links, tag_links
from .listing import home_country_keys
from .registers import Register


class AgreementList(Register):
    filter: AgreementFilter
    page_size = PAGE_SIZE

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        if self.filter.sorted_by != NEWEST:
            self.conditions.kept = [("sort", self.filter.sorted_by)]

    def make_filter(self, request: HttpRequest) -> AgreementFilter:
        return AgreementFilter(request.GET, queryset=listed(), today=timezone.localdate())

    @property
    def day(self) -> datetime.date:
        return self.filter.day

    @cached_property
    def counts(self):
        return counted(self.filter)

    @cached_property
    def total(self) -> int:
        return self.counts.total

    def _chosen(self) -> list[tuple[str, str, str]]:
        return [chosen for chosen in super()._chosen() if chosen[0] != "sort"]

    def words_of(self, name: str, item: object) -> str:
        if name == "decade":
            return decade_words(item)
        return str(item) if name == "register" else super().words_of(name, item)

    @cached_property
    def rows(self) -> list[AgreementRow]:
        keys = keys_of_page(self.filter.qs, self.filter.sorted_by, self.page.offset, self.total)
        return agreement_rows(agreements_of(keys), self.day)

    @property
    def csv_url(self) -> str:
        return self.conditions.as_file("csv")

    @property
    def json_url(self) -> str:
        return self.conditions.as_file("json")

    @property
    def sorts(self) -> list[Option]:
        """Return each order with its address."""
        return [
            Option(str(label), None, self.conditions.sorted(name, NEWEST), name == self.filter.sorted_by)
            for name, (label, _order) in SORTS.items()
        ]

    @cached_property
    def facets(self) -> list[Facet]:
        found, home = self.counts.by_facet, home_country_keys()
        parties = [(key, count) for key, count in found["country"] if key not in home]
        order = list(Status.values)
        found["status"].sort(key=lambda row: order.index(str(row[0])))
        facets = [
            self.choosing("status", found["status"], lambda value: str(Status(value).label)),
            self.adding("country", parties, country_links(key for key, _count in parties)).with_shares(),
            self.adding(
                "organisation",
                found["organisation"],
                organisation_links(key for key, _count in found["organisation"]),
            ),
            self.choosing("sides", found["sides"], lambda value: str(Agreement.Sides(value).label)),
            self.choosing("kind", found["kind"], lambda value: str(Agreement.Kind(value).label)),
            self.adding("subject", found["subject"], tag_links(key for key, _count in found["subject"])),
            self.choosing("decade", found["decade"], decade_words),
            self.choosing("register", found["register"], str),
        ]
        return [facet for facet in facets if facet.options]


def decade_words(first: object) -> str:
    return _("%(first)s–%(last)s") % {"first": first, "last": int(str(first)) + 9}
