"""The names that recognition starts from when there is no register: countries and what only looks like one."""

from collections.abc import Iterator
from functools import cache

from entities.country_data import lookalikes, name_entries
from entities.matcher import Matcher, NameEntry

from .known_organisations import known_organisations

LOOKALIKE = "lookalike"


def country_entries() -> Iterator[NameEntry]:
    """Yield every country's names with its code as target, and the lookalikes that hide one."""
    for row in name_entries(all_languages=False):
        yield NameEntry(row.text.rstrip("-"), row.language, row.kind, "country", row.code)
    for row in lookalikes():
        yield NameEntry(row.text, row.language, LOOKALIKE, LOOKALIKE, None)


@cache
def country_matcher() -> Matcher:
    return Matcher(country_entries())


@cache
def known_matcher() -> Matcher:
    return Matcher(known_organisations())
