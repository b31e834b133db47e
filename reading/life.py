"""What the life line of a country or pair draws, and the table that says the same."""

import datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from entities.date_words import in_words
from entities.models import Agreement
from entities.models.agreements import DatedQuerySet
from entities.status import Status

from .agreement_listing import AgreementRow, css_of_status, with_status
from .lifeline import event_of, life_columns, life_lines

MOST_MARKS = 100  # agreements that are drawn one by one; of more, columns of years


def life_of(
    agreements: DatedQuerySet, total: int, on: datetime.date, stories: dict[int, int], this_year: int
) -> dict[str, object]:
    """Return the drawings and the table for a template; ``total`` is how many agreements there are."""
    if total > MOST_MARKS:
        return _in_columns(agreements, on, stories, this_year)
    keys = agreements.order_by().values("pk")
    records = Agreement.objects.published().filter(pk__in=keys).newest_first().defer("summary")
    return _one_by_one(records, on, stories, this_year)


def _one_by_one(
    records: QuerySet[Agreement], on: datetime.date, stories: dict[int, int], this_year: int
) -> dict[str, object]:
    rows = [AgreementRow(record, record.standing(on), []) for record in records if record.first_known_date]
    events = [
        event_of(
            row.agreement, row.standing, f"{in_words(row.agreement.first_known_date)}, {row.standing.label}"
        )
        for row in rows
    ]
    years: dict[int, dict] = {}
    for row in rows:
        year = years.setdefault(row.agreement.first_known_date.year, {"rows": [], "stories": 0})
        year["rows"].append(row)
    return {
        "life_lines": life_lines((event for event in events if event), stories, this_year),
        "life_table": _with_stories(years, stories),
        "life_key": _key({str(row.standing.status) for row in rows}),
    }


def _in_columns(
    agreements: DatedQuerySet, on: datetime.date, stories: dict[int, int], this_year: int
) -> dict[str, object]:
    """Count by year and status: nobody can tell a thousand marks apart."""
    counts = (
        with_status(agreements.order_by(), on)
        .annotate(year=ExtractYear(Coalesce("signed_earliest", "in_force_earliest")))
        .filter(year__isnull=False)
        .values_list("year", "status")
        .annotate(rows=Count("pk"))
    )
    by_year: dict[int, dict[str, int]] = {}
    for year, status, count in counts:
        by_year.setdefault(year, {})[status] = count
    columns = {
        year: [
            (css_of_status(status), str(status.label), found[status.value])
            for status in Status
            if status.value in found
        ]
        for year, found in sorted(by_year.items())
    }
    years: dict[int, dict] = {year: {"counts": found, "stories": 0} for year, found in columns.items()}
    return {
        "life_lines": life_columns(columns, stories, this_year),
        "life_table": _with_stories(years, stories),
        "life_key": _key({status for found in by_year.values() for status in found}),
    }


def _with_stories(years: dict[int, dict], stories: dict[int, int]) -> list[tuple[int, dict]]:
    for number, count in stories.items():
        years.setdefault(number, {"rows": [], "stories": 0})["stories"] = count
    return sorted(years.items(), reverse=True)


def _key(seen: set[str]) -> list[tuple[str, str]]:
    return [(css_of_status(status), str(status.label)) for status in Status if status.value in seen]
