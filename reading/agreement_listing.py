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
from .listing import MOST_OPTIONS, Counts

PAGE_SIZE = 50
ARRAYS = {"country": "country_ids", "organisation": "organisation_ids", "subject": "tag_ids"}
SINGLES = ("kind", "sides", "register", "status", "decade")
COLUMNS = (*ARRAYS.values(), "kind", "sides", "register", "signed_earliest", "signed_latest", "status")


@dataclass(slots=True)
class AgreementRow:
    agreement: Agreement
    standing: Standing
    parties: list[models.Model]

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
    A date known in part counts in each decade it may be of.
    """
    tables, params = [], []

    def common_table(name: str, queryset: DatedQuerySet) -> None:
        rows = with_status(queryset.order_by(), filtered.day).values_list(*COLUMNS)
        sql, values = rows.query.sql_with_params()
        tables.append(f"{name} ({', '.join(COLUMNS)}) AS MATERIALIZED ({sql})")
        params.extend(values)

    common_table("hits", filtered.qs)
    combined = "hits"
    if any(facet in filtered.chosen for facet in SINGLES):
        combined = "combined"
        common_table(combined, filtered.qs_without(*SINGLES))
    selects = [ADDING.format(facet=facet, column=column) for facet, column in ARRAYS.items()]
    selects.append(COMBINATIONS.format(rows=combined))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", params)
        rows = cursor.fetchall()
    found = _choices([row[2:] for row in rows if not row[0]], filtered.chosen)
    for facet in ARRAYS:
        found.by_facet[facet] = [(key, count) for name, key, count, *_rest in rows if name == facet]
    return found


ADDING = (
    "(SELECT '{facet}', option, count(*), NULL, NULL, NULL, NULL, NULL::int, NULL::int"
    " FROM (SELECT unnest({column}) AS option FROM hits WHERE {column} <> '{{}}') AS options"
    f" GROUP BY option ORDER BY count(*) DESC, option LIMIT {MOST_OPTIONS})"
)
COMBINATIONS = (
    "SELECT '', NULL, count(*), kind, sides, register, status,"
    " extract(year FROM signed_earliest)::int / 10 * 10 AS first,"
    " extract(year FROM signed_latest)::int / 10 * 10 AS last"
    " FROM {rows} GROUP BY kind, sides, register, status, first, last"
)


def _choices(combinations: Iterable[tuple], chosen: Mapping[str, object]) -> Counts:
    """Sum up (rows, kind, sides, register, status, first and last decade) for each facet and for the whole list."""
    found: dict[str, Counter] = {facet: Counter() for facet in SINGLES}
    total = 0
    for count, kind, sides, register, status, first, last in combinations:
        values = {"kind": (kind,), "sides": (sides,), "register": (register,), "status": (status,)}
        values["decade"] = tuple(range(first, last + 1, 10)) if first is not None else ()
        missed = [facet for facet in SINGLES if facet in chosen and chosen[facet] not in values[facet]]
        if not missed:
            total += count
        for facet in SINGLES if not missed else missed if len(missed) == 1 else ():
            for value in values[facet]:
                if value != "":
                    found[facet][value] += count
    by_facet = {
        facet: sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:MOST_OPTIONS]
        for facet, counts in found.items()
        if facet != "decade"
    }
    return Counts(total, {**by_facet, "decade": sorted(found["decade"].items(), reverse=True)})


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
    return [
        AgreementRow(
            agreement,
            agreement.standing(on),
            [party.record for party in agreement.visible_parties if party.country_id not in hidden],
        )
        for agreement in agreements
    ]


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
