"""Lists of organisations and people as pages show them, with their facets; what every such list has in common."""

from collections.abc import Callable, Iterable
from functools import cached_property

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest

from entities.models import Organisation, Person

from .facets import Chip, Conditions, Facet, Option, Page
from .filters import ListFilter, OrganisationFilter, PersonFilter
from .links import Link, country_links, organisation_links
from .listing import page_number

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
