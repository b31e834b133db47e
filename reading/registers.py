"""Lists of agreements, organisations and people as pages show them, with their facets."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, IntegerField, QuerySet
from django.db.models.functions import Cast, ExtractYear, Floor
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from entities.models import (
    Agreement,
    AgreementParty,
    Country,
    Organisation,
    Person,
    Succession,
    TaggedAgreement,
)
from entities.status import Standing, Status, status_condition

from .facets import Chip, Conditions, Facet, Option, Page
from .filters import AgreementFilter, ListFilter, OrganisationFilter, PersonFilter
from .links import Link, country_links, organisation_links, tag_links
from .listing import home_country_keys, page_number

MOST_OPTIONS = 40


class Register:
    """A filtered, paged list of one kind of record."""

    filter_class: type[ListFilter]
    page_size = 50

    def __init__(self, request: HttpRequest) -> None:
        self.filter = self.make_filter(request)
        self.asked_page = request.GET.get("page")
        self.conditions = Conditions(request.path, self._pairs())

    def make_filter(self, request: HttpRequest) -> ListFilter:
        raise NotImplementedError

    @cached_property
    def total(self) -> int:
        return self.filter.qs.count()

    @cached_property
    def page(self) -> Page:
        page = Page(page_number(self.asked_page), self.total, self.page_size, self.conditions)
        if page.number > page.pages:
            raise Http404("there are fewer pages")
        return page

    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, asked) for name, _label, asked in self._chosen()]

    def _chosen(self) -> list[tuple[str, str, str]]:
        """Return (parameter, words for it, value in the URL) of each condition."""
        chosen = []
        for name, value in self.filter.chosen.items():
            field = self.filter.form.fields[name]
            attribute = getattr(field, "attribute", None)
            choices = dict(getattr(field, "choices", ()))
            for item in value if isinstance(value, list) else [value]:
                label = self.words_of(name, item) or str(choices.get(item, item))
                chosen.append((name, label, str(getattr(item, attribute) if attribute else item)))
        return chosen

    def words_of(self, name: str, item: object) -> str:
        return f"“{item}”" if name == "q" else ""

    @cached_property
    def chips(self) -> list[Chip]:
        fields = self.filter.form.fields
        return [
            Chip(str(fields[name].label), label, self.conditions.without(name, asked))
            for name, label, asked in self._chosen()
        ]

    def choosing(
        self, name: str, found: Iterable[tuple[object, int]], label: Callable[[object], str]
    ) -> Facet:
        """Return a facet of which one option is chosen at a time."""
        chosen = self.filter.chosen.get(name)
        chosen = getattr(chosen, "pk", chosen)
        facet = Facet(name, str(self.filter.form.fields[name].label))
        for value, count in found:
            is_chosen = value == chosen
            url = self.conditions.without(name) if is_chosen else self.conditions.choosing(name, value)
            if count:
                facet.options.append(Option(label(value), count, url, is_chosen))
        return facet

    def choosing_record(self, name: str, found: list[tuple[int, int]], links: dict[int, Link]) -> Facet:
        chosen = getattr(self.filter.chosen.get(name), "pk", None)
        facet = Facet(name, str(self.filter.form.fields[name].label))
        for key, count in found:
            if key in links:
                is_chosen = key == chosen
                url = (
                    self.conditions.without(name)
                    if is_chosen
                    else self.conditions.choosing(name, links[key].value)
                )
                facet.options.append(Option(links[key].name, count, url, is_chosen))
        return facet

    def adding(self, name: str, found: list[tuple[int, int]], links: dict[int, Link]) -> Facet:
        """Return a facet whose options each add a condition."""
        chosen = {record.pk for record in self.filter.chosen.get(name, [])}
        facet = Facet(name, str(self.filter.form.fields[name].label))
        for key, count in found:
            if key in links:
                change = self.conditions.without if key in chosen else self.conditions.adding
                facet.options.append(
                    Option(links[key].name, count, change(name, links[key].value), key in chosen)
                )
        facet.options.sort(key=lambda option: not option.is_chosen)
        return facet


def tally(queryset: QuerySet, column: str) -> list[tuple[object, int]]:
    """Return (value, rows) of a column, most frequent first."""
    rows = queryset.order_by().values(column).annotate(rows=Count("pk", distinct=True))
    return list(rows.order_by("-rows", column).values_list(column, "rows")[:MOST_OPTIONS])


class OrganisationRegister(Register):
    def make_filter(self, request: HttpRequest) -> OrganisationFilter:
        return OrganisationFilter(request.GET, queryset=Organisation.objects.published())

    @cached_property
    def rows(self) -> list[Organisation]:
        start = self.page.offset
        queryset = self.filter.qs.select_related("country").order_by("key", "pk")
        return list(queryset[start : start + self.page_size])

    @cached_property
    def facets(self) -> list[Facet]:
        kinds = tally(self.filter.qs_without("kind"), "kind")
        countries = tally(self.filter.qs_without("country").filter(country__isnull=False), "country")
        facets = [
            self.choosing("kind", kinds, lambda kind: str(Organisation.Kind(kind).label)),
            self.choosing_record("country", countries, country_links(key for key, _count in countries)),
        ]
        return [facet for facet in facets if facet.options]


class PersonRegister(Register):
    def make_filter(self, request: HttpRequest) -> PersonFilter:
        return PersonFilter(request.GET, queryset=Person.objects.published())

    @cached_property
    def rows(self) -> list[Person]:
        start = self.page.offset
        queryset = self.filter.qs.select_related("country").prefetch_related(
            "positions__organisation", "positions__country"
        )
        return list(queryset.order_by("key", "pk")[start : start + self.page_size])

    @cached_property
    def facets(self) -> list[Facet]:
        countries = tally(self.filter.qs_without("country").filter(country__isnull=False), "country")
        at = tally(
            self.filter.qs_without("organisation").filter(positions__organisation__public=True),
            "positions__organisation",
        )
        facets = [
            self.choosing_record("country", countries, country_links(key for key, _count in countries)),
            self.choosing_record("organisation", at, organisation_links(key for key, _count in at)),
        ]
        return [facet for facet in facets if facet.options]


class AgreementRegister(Register):
    def make_filter(self, request: HttpRequest) -> AgreementFilter:
        return AgreementFilter(
            request.GET, queryset=Agreement.objects.published(), today=timezone.localdate()
        )

    @property
    def day(self) -> datetime.date:
        return self.filter.day

    def words_of(self, name: str, item: object) -> str:
        if name == "decade":
            return decade_words(item)
        return super().words_of(name, item)

    @cached_property
    def rows(self) -> list["AgreementRow"]:
        start = self.page.offset
        agreements = self.filter.qs.newest_first().for_listing()[start : start + self.page_size]
        return agreement_rows(agreements, self.day)

    @cached_property
    def facets(self) -> list[Facet]:
        rows = self.filter.qs
        home = home_country_keys()
        parties = tally(
            AgreementParty.objects.filter(agreement__in=rows, country__isnull=False).exclude(
                country__in=home
            ),
            "country",
        )
        subjects = tally(TaggedAgreement.objects.filter(content_object__in=rows), "tag")
        facets = [
            self._statuses(),
            self.adding("country", parties, country_links(key for key, _count in parties)).with_shares(),
            self.choosing(
                "kind",
                tally(self.filter.qs_without("kind"), "kind"),
                lambda kind: str(Agreement.Kind(kind).label),
            ),
            self.adding("subject", subjects, tag_links(key for key, _count in subjects)),
            self.choosing("decade", self._decades(), decade_words),
        ]
        return [facet for facet in facets if facet.options]

    def _statuses(self) -> Facet:
        """Count each status on the day; an agreement has exactly one."""
        counted = self.filter.qs_without("status").aggregate(
            **{
                f"count_{status.value}": Count("pk", filter=status_condition(status, self.day))
                for status in Status
            }
        )
        found = [(status.value, counted[f"count_{status.value}"]) for status in Status]
        return self.choosing("status", found, lambda value: str(Status(value).label))

    def _decades(self) -> list[tuple[int, int]]:
        """Count by the decades that a date of signature may fall in: a partial date may touch two."""
        decades: dict[int, int] = {}
        queryset = self.filter.qs_without("decade").filter(signed__isnull=False).order_by()
        bounds = queryset.values_list(
            10 * Cast(Floor(ExtractYear("signed_earliest") / 10.0), IntegerField()),
            10 * Cast(Floor(ExtractYear("signed_latest") / 10.0), IntegerField()),
        ).annotate(rows=Count("pk", distinct=True))
        for first, last, count in bounds:
            for decade in range(first, last + 1, 10):
                decades[decade] = decades.get(decade, 0) + count
        return sorted(decades.items(), reverse=True)


def decade_words(first: object) -> str:
    return _("%(first)s–%(last)s") % {"first": first, "last": int(str(first)) + 9}


@dataclass(slots=True)
class AgreementRow:
    agreement: Agreement
    standing: Standing
    parties: list[object]

    @property
    def css(self) -> str:
        return css_of(self.standing)


def css_of_status(status: Status) -> str:
    return str(status.value).replace("_", "-")


def css_of(standing: Standing) -> str:
    return css_of_status(standing.status)


def agreement_rows(
    agreements: Iterable[Agreement], on: datetime.date, leave_out: Iterable[int] = ()
) -> list[AgreementRow]:
    """Return rows with status on the day and the parties a visitor may see, without the countries of the page."""
    hidden = set(leave_out)
    return [
        AgreementRow(
            agreement,
            agreement.standing(on),
            [
                party.record
                for party in agreement.parties.all()
                if party.country_id not in hidden and (party.country_id or party.organisation.public)
            ],
        )
        for agreement in agreements
    ]


def agreement_counts_by_country() -> dict[int, int]:
    """Count the public agreements of every country that is a party to any."""
    rows = AgreementParty.objects.filter(country__isnull=False, agreement__in=Agreement.objects.published())
    return dict(rows.order_by().values_list("country").annotate(rows=Count("pk")))


def agreement_counts_by_tag() -> dict[int, int]:
    rows = TaggedAgreement.objects.filter(content_object__in=Agreement.objects.published())
    return dict(rows.order_by().values_list("tag").annotate(rows=Count("pk")))


AT_ONCE = datetime.timedelta(days=366)


def predecessors_of(*countries: Country) -> dict[Country, list[tuple[Country, str]]]:
    """Return, for each country, (former state, basis) of what it came after, nearest first.

    Those before a predecessor count only for the country that continues it, the first of its successors, and only
    where one state became the other: Russia goes back beyond the USSR, Kazakhstan does not, and neither takes over
    what the USSR annexed.
    """
    rows = Succession.objects.order_by("pk").values_list(
        "predecessor", "successor", "basis", "predecessor__last_day", "successor__first_day"
    )
    direct: dict[int, list[tuple[int, str]]] = {}
    became: dict[int, list[tuple[int, str]]] = {}
    continued_by: dict[int, int] = {}
    for before, after, basis, ended, began in rows:
        direct.setdefault(after, []).append((before, basis))
        continued_by.setdefault(before, after)
        if ended and began and abs(began - ended) <= AT_ONCE:
            became.setdefault(after, []).append((before, basis))
    found: dict[Country, dict[int, str]] = {}
    for country in countries:
        bases = found[country] = dict(direct.get(country.pk, ()))
        line = [key for key in bases if continued_by[key] == country.pk]
        while line:
            further = [edge for key in line for edge in became.get(key, ()) if edge[0] not in bases]
            bases |= dict(further)
            line = [key for key, _basis in further]
    states = Country.objects.in_bulk({key for bases in found.values() for key in bases})
    return {
        country: [(states[key], basis) for key, basis in bases.items()] for country, bases in found.items()
    }


def agreements_by_party(countries: Iterable[Country]) -> dict[int, list[Agreement]]:
    """Return the public agreements of each of these countries, newest first, in a fixed number of queries."""
    keys = {country.pk for country in countries}
    bound = AgreementParty.objects.filter(country__in=keys)
    agreements = (
        Agreement.objects.published().filter(pk__in=bound.values("agreement")).newest_first().for_listing()
    )
    found: dict[int, list[Agreement]] = {key: [] for key in keys}
    for agreement in agreements if keys else ():
        for party in agreement.parties.all():
            if party.country_id in keys:
                found[party.country_id].append(agreement)
    return found
