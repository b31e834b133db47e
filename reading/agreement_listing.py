"""The one place that lists and counts agreements: every page, facet and figure of agreements is asked here.

It reads the flat table of public agreements; the rows shown are then fetched through ``published()`` by their keys.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, models

from entities.models import Agreement, PublishedAgreement
from entities.models.agreements import DatedQuerySet
from entities.status import Standing, Status, status_expression

from .agreement_filters import SORTS, AgreementFilter
from .listing import Counts

PAGE_SIZE = 50
MOST_OPTIONS = 30
ARRAYS = {"country": "country_ids", "organisation": "organisation_ids", "subject": "tag_ids"}
SINGLES = ("kind", "sides", "register", "status")
COLUMNS = (*ARRAYS.values(), "kind", "sides", "register", "signed_earliest", "signed_latest", "status")


@dataclass(slots=True)
class AgreementRow:
    agreement: Agreement
    standing: Standing
    parties: list[models.Model]
    is_from_title: bool = False  # whether any of the parties was read from the title and is not confirmed

    @property
    def css(self) -> str:
        return css_of(self.standing)


def css_of_status(status: Status) -> str:
    return str(status.value).replace("_", "-")


def css_of(standing: Standing) -> str:
    return css_of_status(standing.status)


def listed(**keys: int | Sequence[int]) -> DatedQuerySet:
    """Listed agreements between or under all of these: ``listed(country=[1, 2], subject=3)``."""
    conditions = {
        f"{ARRAYS[name]}__contains": [value] if isinstance(value, int) else list(value)
        for name, value in keys.items()
    }
    return PublishedAgreement.objects.filter(**conditions)


def with_status(queryset: DatedQuerySet, on: datetime.date) -> models.QuerySet[PublishedAgreement]:
    """Add to each row its status on the day; an agreement has exactly one."""
    return queryset.annotate(status=status_expression(on))


def counted(filtered: AgreementFilter) -> Counts:
    """Count rows and options in one statement.

    An option that adds a condition is counted among the rows shown. Facets of which one option is chosen at a time are
    counted together, by every combination of theirs that occurs: so each is known with and without the others.
    """
    tables, params = [], []

    def common_table(name: str, queryset: DatedQuerySet) -> None:
        rows = with_status(queryset.order_by(), filtered.day).values_list(*COLUMNS)
        sql, values = rows.query.sql_with_params()
        tables.append(f"{name} ({', '.join(COLUMNS)}) AS MATERIALIZED ({sql})")
        params.extend(values)

    common_table("hits", filtered.qs)
    combined, every_decade = "hits", "hits"
    if any(facet in filtered.chosen for facet in SINGLES):
        combined = "combined"
        common_table(combined, filtered.qs_without(*SINGLES))
    if "decade" in filtered.chosen:
        every_decade = "every_decade"
        common_table(every_decade, filtered.qs_without("decade"))
    selects = [ADDING.format(facet=facet, column=column) for facet, column in ARRAYS.items()]
    selects += [COMBINATIONS.format(rows=combined), DECADES.format(rows=every_decade)]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", params)
        rows = cursor.fetchall()
    by_facet: dict[str, list[tuple[object, int]]] = {facet: [] for facet in ARRAYS}
    for facet, key, count, *_rest in rows:
        if facet in by_facet:
            by_facet[facet].append((key, count))
    combinations = [row[2:7] for row in rows if row[0] == "combined"]
    total, choices = _choices(combinations, filtered.chosen)
    return Counts(
        total, {**by_facet, **choices, "decade": _decades([row for row in rows if row[0] == "decade"])}
    )


ADDING = (
    "(SELECT '{facet}', option, count(*), NULL, NULL, NULL, NULL, NULL::int, NULL::int"
    " FROM (SELECT unnest({column}) AS option FROM hits WHERE {column} <> '{{}}') AS options"
    f" GROUP BY option ORDER BY count(*) DESC, option LIMIT {MOST_OPTIONS})"
)
COMBINATIONS = (
    "SELECT 'combined', NULL, count(*), kind, sides, register, status, NULL, NULL"
    " FROM {rows} GROUP BY kind, sides, register, status"
)
DECADES = (
    "SELECT 'decade', NULL, count(*), NULL, NULL, NULL, NULL,"
    " extract(year FROM signed_earliest)::int / 10 * 10 AS first,"
    " extract(year FROM signed_latest)::int / 10 * 10 AS last"
    " FROM {rows} WHERE signed_earliest IS NOT NULL GROUP BY first, last"
)


def _choices(
    combinations: Iterable[tuple], chosen: Mapping[str, object]
) -> tuple[int, dict[str, list[tuple[object, int]]]]:
    """Sum up (rows, kind, sides, register, status) for the whole list and for each facet."""
    found: dict[str, Counter] = {facet: Counter() for facet in SINGLES}
    total = 0
    for count, *values in combinations:
        of = dict(zip(SINGLES, values, strict=True))
        missed = [facet for facet in SINGLES if facet in chosen and chosen[facet] != of[facet]]
        if not missed:
            total += count
        for facet in SINGLES if not missed else missed if len(missed) == 1 else ():
            if of[facet] != "":
                found[facet][of[facet]] += count
    return total, {
        facet: sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:MOST_OPTIONS]
        for facet, counts in found.items()
    }


def _decades(rows: Iterable[tuple]) -> list[tuple[object, int]]:
    """Count a date known in part in each decade that it may be of."""
    decades: Counter = Counter()
    for _facet, _key, count, *_nothing, first, last in rows:
        for decade in range(first, last + 1, 10):
            decades[decade] += count
    return sorted(decades.items(), reverse=True)


def keys_of_page(queryset: DatedQuerySet, sorted_by: str, offset: int, total: int) -> list[int]:
    """Return the keys of one page in this order, walking from the nearer end of the list."""
    size = min(PAGE_SIZE, total - offset)
    ordered = SORTS[sorted_by][1](queryset).values_list("pk", flat=True)
    if offset > total // 2:
        from_end = total - offset - size
        return list(ordered.reverse()[from_end : from_end + size])[::-1]
    return list(ordered[offset : offset + size])


def agreements_of(keys: Sequence[int]) -> list[Agreement]:
    """Return these agreements in this order; what is not public, by whatever mistake, is not returned."""
    found = Agreement.objects.published().for_listing().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def newest(queryset: DatedQuerySet, count: int) -> list[Agreement]:
    return agreements_of(list(queryset.newest_first().values_list("pk", flat=True)[:count]))


def agreement_rows(
    agreements: Iterable[Agreement], on: datetime.date, leave_out: Iterable[int] = ()
) -> list[AgreementRow]:
    """Return rows with status on the day and the parties a visitor may see, without the countries of the page."""
    hidden = set(leave_out)
    rows = []
    for agreement in agreements:
        seen = agreement.visible_parties
        parties = [party.record for party in seen if party.country_id not in hidden]
        is_from_title = any(party.is_from_title for party in seen)
        rows.append(AgreementRow(agreement, agreement.standing(on), parties, is_from_title))
    return rows


def status_counts(queryset: DatedQuerySet, on: datetime.date) -> dict[str, int]:
    """Count the rows in each status on the day."""
    rows = with_status(queryset.order_by(), on).values("status").annotate(rows=models.Count("pk"))
    return dict(rows.values_list("status", "rows"))


def counts_by_country() -> dict[int, int]:
    """Count the public agreements of every country that is a party to any."""
    return _counts_by("country_ids")


def counts_by_tag() -> dict[int, int]:
    return _counts_by("tag_ids")


def _counts_by(column: str) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT one, count(*) FROM entities_publishedagreement, unnest({column}) AS one GROUP BY one"
        )
        return dict(cursor.fetchall())
