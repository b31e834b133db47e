"""Which states came before a country, and whose treaties stand on its pages under a heading of their own."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from entities.models import Country, Succession
from entities.models.agreements import DatedQuerySet

from .agreement_listing import AgreementRow, agreement_rows, agreements_of

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


SHOWN = 12


@dataclass(slots=True)
class FormerAgreements:
    """Treaties that belong to a state which is no more: whose, on what ground they stand here, and how many."""

    states: tuple[Country, ...]
    bases: list[tuple[Country, str]]
    total: int
    rows: list[AgreementRow]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    @property
    def query(self) -> str:
        return urlencode([("country", state.code) for state in self.states])


def of_predecessors(country: Country, on: datetime.date, agreements: DatedQuerySet) -> list[FormerAgreements]:
    """Return the treaties of the states that a country came after, each under the state that concluded them."""
    before = predecessors_of(country)[country]
    return _grouped([((state,), [(state, basis)]) for state, basis in before], on, agreements)


def between_predecessors(
    first: Country, second: Country, on: datetime.date, agreements: DatedQuerySet
) -> list[FormerAgreements]:
    """Return the treaties between what these two countries came after, by former state and with the basis."""
    before = predecessors_of(first, second)
    lines = [[(country, ""), *before[country]] for country in (first, second)]
    groups = [
        ((one, other), [(state, basis) for state, basis in ((one, one_basis), (other, other_basis)) if basis])
        for one, one_basis in lines[0]
        for other, other_basis in lines[1]
        if (one, other) != (first, second) and one != other
    ]
    for line in lines:  # one of each side: else all that either ever signed would be looked through
        agreements = agreements.filter(country_ids__overlap=[state.pk for state, _basis in line])
    return _grouped(groups, on, agreements)


def _grouped(
    groups: list[tuple[tuple[Country, ...], list[tuple[Country, str]]]],
    on: datetime.date,
    agreements: DatedQuerySet,
) -> list[FormerAgreements]:
    """Find the agreements of each group's states in a fixed number of queries, the newest of each group as rows."""
    if not groups:
        return []
    states = {state.pk for group, _bases in groups for state in group}
    found = agreements.filter(country_ids__overlap=list(states)).newest_first()
    parties = [(key, set(countries)) for key, countries in found.values_list("pk", "country_ids")]
    keys = [
        [key for key, countries in parties if all(state.pk in countries for state in group)]
        for group, _bases in groups
    ]
    records = {record.pk: record for record in agreements_of([key for some in keys for key in some[:SHOWN]])}
    return [
        FormerAgreements(
            group,
            bases,
            len(some),
            agreement_rows(
                [records[key] for key in some[:SHOWN]], on, leave_out=[state.pk for state in group]
            ),
        )
        for (group, bases), some in zip(groups, keys, strict=True)
        if some
    ]
