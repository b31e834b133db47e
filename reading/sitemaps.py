"""What search engines may find: published pages only, each with its other languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.db.models import DateTimeField, QuerySet, Value
from django.urls import reverse

from articles.models import Article
from entities.models import Agreement, Country, Organisation, Person

from . import listing
from .agreement_listing import counts_by_country
from .filters import public_tags

PAGE_SIZE = 1000


@dataclass(frozen=True)
class Section:
    """A kind of page: its rows of (slug, last change), and the list whose address they stand under."""

    listed: str
    rows: Callable[[], QuerySet]

    def pages(self) -> int:
        return -(-self.rows().count() // PAGE_SIZE)

    def entries(self, start: int, end: int) -> Iterator[dict[str, object]]:
        base = reverse(f"reading:{self.listed}")
        for slug, changed in self.rows()[start:end]:
            yield entry(f"{base}{quote(slug)}/", changed)


class Pages(Section):
    """The lists themselves."""

    NAMES = ("home", "stories", "countries", "agreements", "organisations", "people", "tags", "about")

    def pages(self) -> int:
        return 1

    def entries(self, start: int, end: int) -> Iterator[dict[str, object]]:
        return (entry(reverse(f"reading:{name}"), None) for name in self.NAMES)


def entry(path: str, changed: object) -> dict[str, object]:
    """Return a page's address in each language; paths without prefix are English."""
    prefixes = [
        ("" if code == settings.LANGUAGE_CODE else f"/{code}", code) for code, _name in settings.LANGUAGES
    ]
    return {
        "urls": [(code, f"{settings.SITE_URL}{prefix}{path}") for prefix, code in prefixes],
        "changed": changed.date().isoformat() if changed else "",
    }


UNDATED = Value(None, output_field=DateTimeField())


def _records(queryset: QuerySet) -> QuerySet:
    return queryset.order_by("pk").values_list("slug", "updated_at")


def _countries() -> QuerySet:
    keys = listing.all_counts("country").keys() | counts_by_country().keys()
    countries = Country.objects.published().filter(pk__in=keys).order_by("code")
    return countries.values_list("code", UNDATED)


SECTIONS: dict[str, Section] = {
    "pages": Pages("home", Article.objects.none),
    "stories": Section("stories", lambda: _records(Article.objects.published())),
    "countries": Section("countries", _countries),
    "organisations": Section("organisations", lambda: _records(Organisation.objects.published())),
    "people": Section("people", lambda: _records(Person.objects.published())),
    "agreements": Section("agreements", lambda: _records(Agreement.objects.published())),
    "tags": Section("tags", lambda: public_tags().order_by("pk").values_list("slug", UNDATED)),
}
