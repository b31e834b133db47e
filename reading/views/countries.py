"""The pages that the site is for: one partner country, and two of them together."""

from collections.abc import Iterable

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from entities.folding import folded
from entities.models import Country, Organisation

from .. import listing
from ..agreement_listing import counts_by_country, listed
from ..agreement_section import AgreementSection
from ..life import life_of
from ..links import country_links
from ..responses import moved, public
from ..storylist import StoryList
from ..succession import between_predecessors, of_predecessors
from ..timeline import timeline

ORGANISATIONS_SHOWN = 12
AGREEMENTS_SHOWN = 12
PAIR_AGREEMENTS_SHOWN = 50


@public
def countries(request: HttpRequest) -> HttpResponse:
    stories, agreements = listing.all_counts("country"), counts_by_country()
    everything = [
        {
            "country": country,
            "url": f"{reverse('reading:countries')}{country.code}/",
            "stories": stories.get(country.pk, 0),
            "agreements": agreements.get(country.pk, 0),
        }
        for country in Country.objects.published().by_name()
    ]
    home = set(listing.home_country_keys())
    known = [
        row for row in everything if (row["stories"] or row["agreements"]) and row["country"].pk not in home
    ]
    return render(
        request,
        "reading/countries.html",
        {
            "known": [row for row in known if not row["country"].is_former],
            "known_former": [row for row in known if row["country"].is_former],
            "letters": by_letter(row for row in everything if not row["country"].is_former),
            "former": [row for row in everything if row["country"].is_former],
        },
    )


def by_letter(rows: Iterable[dict]) -> list[tuple[str, list[dict]]]:
    """Group rows that are in the reader's order by the first letter of the name."""
    letters: dict[str, list[dict]] = {}
    for row in rows:
        letters.setdefault(folded(row["country"].name)[:1].upper() or "#", []).append(row)
    return list(letters.items())


def country_of(code: str) -> Country:
    country = Country.objects.published().filter(code=code.lower()).first()
    if country is None:
        raise Http404("no such country")
    return country


@public
def country(request: HttpRequest, code: str) -> HttpResponse:
    country = country_of(code)
    if code != country.code:
        return moved(request, country.get_absolute_url())
    agreements = AgreementSection(request, [country], AGREEMENTS_SHOWN)
    stories = StoryList(request, {"country": [country.pk]}, kept=agreements.kept)
    every_story = listing.stories(country=country.pk)
    return render(
        request,
        "reading/country.html",
        {
            "country": country,
            "list": stories,
            "all_stories": stories.total if not stories.conditions else every_story.count(),
            "agreements": agreements,
            "former_states": of_predecessors(country, agreements.day, agreements.as_known(listed())),
            "predecessors": country.successions_from.select_related("predecessor"),
            "successors": country.successions_to.select_related("successor"),
            "partners": partners(country, listing.companions(country)),
            **life_of(
                agreements.queryset,
                agreements.total,
                agreements.day,
                listing.stories_by_year(every_story),
                timezone.localdate().year,
            ),
            **organisations_of(country, every_story),
        },
    )


def partners(country: Country, companions: list[tuple[int, int]]) -> list[dict[str, object]]:
    """Return the countries most often together with this one, each with the address of the pair."""
    links = country_links(key for key, _count in companions)
    most = companions[0][1] if companions else 1
    return [
        {
            "name": links[key].name,
            "url": pair_path(country.code, links[key].value),
            "count": count,
            "share": round(100 * count / most),
        }
        for key, count in companions
    ]


def pair_path(one: str, other: str) -> str:
    return reverse("reading:pair", args=sorted((one, other)))


def organisations_of(country: Country, stories: models.QuerySet) -> dict[str, object]:
    """Return the country's own organisations, those with most stories about it first."""
    known = list(Organisation.objects.published().filter(country=country).values_list("pk", flat=True))
    counts = listing.story_counts("organisation", known)
    first = sorted(known, key=lambda key: (-counts.get(key, 0), key))[:ORGANISATIONS_SHOWN]
    found = Organisation.objects.in_bulk(first)
    return {
        "organisations": [{"organisation": found[key], "count": counts.get(key, 0)} for key in first],
        "organisation_count": len(known),
    }


@public
def pair(request: HttpRequest, code: str, other: str) -> HttpResponse:
    first, second = country_of(code), country_of(other)
    if first == second:
        raise Http404("a pair is of two countries")
    if (code, other) != tuple(sorted((first.code, second.code))):
        return moved(request, pair_path(first.code, second.code))
    agreements = AgreementSection(request, [first, second], PAIR_AGREEMENTS_SHOWN)
    stories = StoryList(request, {"country": [first.pk, second.pk]}, kept=agreements.kept)
    every_story = listing.stories(country=[first.pk, second.pk])
    former = between_predecessors(first, second, agreements.day, agreements.as_known(listed()))
    return render(
        request,
        "reading/pair.html",
        {
            "countries": sorted((first, second), key=lambda country: folded(country.name)),
            "list": stories,
            "all_stories": stories.total if not stories.conditions else every_story.count(),
            "agreements": agreements,
            "former_states": former,
            "years": timeline(stories, agreements.rows, timezone.localdate()),
            **life_of(
                agreements.queryset,
                agreements.total,
                agreements.day,
                listing.stories_by_year(every_story),
                timezone.localdate().year,
            ),
        },
    )
