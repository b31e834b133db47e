"""The pages that the site is for: one partner country, and two of them together."""

import datetime
from collections.abc import Iterable

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from entities.date_words import in_words
from entities.folding import folded
from entities.models import Agreement, Country, Organisation
from entities.status import Status

from .. import listing
from ..lifeline import LifeLine, event_of, life_lines
from ..links import country_links
from ..registers import (
    AgreementRow,
    agreement_counts_by_country,
    agreement_rows,
    agreements_by_party,
    css_of_status,
    predecessors_of,
)
from ..responses import moved, public
from ..storylist import StoryList
from ..timeline import timeline

ORGANISATIONS_SHOWN = 12
AGREEMENTS_SHOWN = 12


@public
def countries(request: HttpRequest) -> HttpResponse:
    stories, agreements = listing.all_counts("country"), agreement_counts_by_country()
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
    today = timezone.localdate()
    stories = StoryList(request, {"country": [country.pk]})
    every_story = listing.stories(country=country.pk)
    predecessors = predecessors_of(country)[country]
    agreements = agreements_by_party([country, *(state for state, _basis in predecessors)])
    rows = agreement_rows(agreements[country.pk], today, leave_out=[country.pk])
    former = [
        {
            "country": state,
            "basis": basis,
            "rows": agreement_rows(agreements[state.pk], today, leave_out=[state.pk]),
        }
        for state, basis in predecessors
    ]
    direct = set(country.successions_from.values_list("predecessor", flat=True))
    companions = listing.companions(country)
    return render(
        request,
        "reading/country.html",
        {
            "country": country,
            "list": stories,
            "all_stories": stories.total if not stories.conditions else every_story.count(),
            "agreements": rows[:AGREEMENTS_SHOWN],
            "more_agreements": max(0, len(rows) - AGREEMENTS_SHOWN),
            "agreement_count": len(rows),
            "in_force": sum(row.standing.status == Status.IN_FORCE for row in rows),
            "former_states": [state for state in former if state["rows"]],
            "predecessors": [state for state in former if state["country"].pk in direct],
            "successors": country.successions_to.select_related("successor"),
            "partners": partners(country, companions),
            **life_of(rows, listing.stories_by_year(every_story), today.year),
            **organisations_of(country, every_story),
        },
    )


def life_of(rows: list[AgreementRow], stories: dict[int, int], this_year: int) -> dict[str, object]:
    """Return the drawings of a life line and the table that says the same."""
    events = [
        event
        for row in rows
        if (
            event := event_of(
                row.agreement,
                row.standing,
                f"{in_words(row.agreement.first_known_date)}, {row.standing.label}",
            )
        )
    ]
    drawings: list[LifeLine] = life_lines(events, stories, this_year)
    years: dict[int, dict] = {}
    for row in rows:
        if row.agreement.first_known_date:
            year = years.setdefault(row.agreement.first_known_date.year, {"rows": [], "stories": 0})
            year["rows"].append(row)
    for number, count in stories.items():
        years.setdefault(number, {"rows": [], "stories": 0})["stories"] = count
    seen = {row.standing.status for row in rows if row.agreement.first_known_date}
    return {
        "life_lines": drawings,
        "life_table": sorted(years.items(), reverse=True),
        "life_key": [(css_of_status(status), status.label) for status in Status if status in seen],
    }


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
    today = timezone.localdate()
    stories = StoryList(request, {"country": [first.pk, second.pk]})
    every_story = listing.stories(country=[first.pk, second.pk])
    agreements = Agreement.objects.published().between(first, second).newest_first().for_listing()
    rows = agreement_rows(agreements, today, leave_out=[first.pk, second.pk])
    former = agreements_of_predecessors(first, second, today)
    return render(
        request,
        "reading/pair.html",
        {
            "countries": sorted((first, second), key=lambda country: folded(country.name)),
            "list": stories,
            "all_stories": stories.total if not stories.conditions else every_story.count(),
            "agreements": rows,
            "in_force": sum(row.standing.status == Status.IN_FORCE for row in rows),
            "former_states": former,
            "years": timeline(stories, rows, today),
            **life_of(
                [*rows, *(row for state in former for row in state["rows"])],
                listing.stories_by_year(every_story),
                today.year,
            ),
        },
    )


def agreements_of_predecessors(
    first: Country, second: Country, today: datetime.date
) -> list[dict[str, object]]:
    """Return the treaties between what these two countries came after, by former state and with the basis."""
    before = predecessors_of(first, second)
    lines = {country: [(country, ""), *before[country]] for country in (first, second)}
    agreements = agreements_by_party({state for line in lines.values() for state, _basis in line})
    groups = []
    for one, one_basis in lines[first]:
        for other, other_basis in lines[second]:
            if (one, other) == (first, second) or one == other:
                continue
            of_other = {agreement.pk for agreement in agreements[other.pk]}
            common = [agreement for agreement in agreements[one.pk] if agreement.pk in of_other]
            if common:
                bases = [(state, basis) for state, basis in ((one, one_basis), (other, other_basis)) if basis]
                rows = agreement_rows(common, today, leave_out=[one.pk, other.pk])
                groups.append({"countries": (one, other), "bases": bases, "rows": rows})
    return groups
