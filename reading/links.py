"""Names and addresses of records by key, fetched once for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from entities.models import Agreement, Country, Organisation, Person, Source, Tag


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str
    value: str  # what a filter calls it: code, slug or key
    language: str = ""


def country_links(keys: Iterable[int]) -> dict[int, Link]:
    base = reverse("reading:countries")
    countries = Country.objects.published().filter(pk__in=set(keys)).only("code", "labels", "kind")
    return {country.pk: Link(country.name, f"{base}{country.code}/", country.code) for country in countries}


def organisation_links(keys: Iterable[int]) -> dict[int, Link]:
    return _named_links(Organisation, "organisations", keys)


def person_links(keys: Iterable[int]) -> dict[int, Link]:
    return _named_links(Person, "people", keys)


def _named_links(model: type, listed: str, keys: Iterable[int]) -> dict[int, Link]:
    base = reverse(f"reading:{listed}")
    rows = (
        model.objects.published().filter(pk__in=set(keys)).values_list("pk", "name", "slug", "name_language")
    )
    return {pk: Link(name, f"{base}{quote(slug)}/", slug, language) for pk, name, slug, language in rows}


def agreement_links(keys: Iterable[int]) -> dict[int, Link]:
    base = reverse("reading:agreements")
    rows = (
        Agreement.objects.published()
        .filter(pk__in=set(keys))
        .values_list("pk", "title", "slug", "name_language")
    )
    return {pk: Link(title, f"{base}{quote(slug)}/", slug, language) for pk, title, slug, language in rows}


def tag_links(keys: Iterable[int]) -> dict[int, Link]:
    base = reverse("reading:tags")
    rows = Tag.objects.filter(pk__in=set(keys)).values_list("pk", "name", "slug")
    return {pk: Link(name, f"{base}{quote(slug)}/", slug) for pk, name, slug in rows}


def source_links(keys: Iterable[int]) -> dict[int, Link]:
    rows = Source.objects.filter(pk__in=set(keys)).values_list("pk", "name", "key")
    base = reverse("reading:stories")
    return {pk: Link(name, f"{base}?source={quote(key)}", key) for pk, name, key in rows}
