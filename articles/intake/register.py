"""The register's names as a matcher, built once in a process and again as soon as a name has changed."""

from functools import lru_cache

from django.db import connection

from entities.country_data import lookalikes
from entities.matcher import Matcher, NameEntry
from entities.models import Name
from entities.models.names import OWNERS

from .gazetteer import LOOKALIKE

_ALWAYS = ("", "en", "ru", "tr")
_STATE = """
    SELECT count(*), coalesce(max(id), 0),
           coalesce(sum(hashtext(concat_ws('|', text, language, kind, country_id, organisation_id, person_id, agreement_id))::bigint), 0)
    FROM entities_name WHERE language = ANY(%s)
"""


def matcher_for(language: str) -> Matcher:
    """Return the matcher for a text of this language; English, Russian and Turkish names are always in it."""
    languages = _ALWAYS if language in _ALWAYS else (*_ALWAYS, language)
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [list(languages)])
        state = tuple(int(value) for value in cursor.fetchone())
    return _built(languages, state)


@lru_cache(maxsize=4)
def _built(languages: tuple[str, ...], state: tuple[int, ...]) -> Matcher:
    return Matcher([*_entries(languages), *_hidden()])


def _entries(languages: tuple[str, ...]) -> list[NameEntry]:
    """A country's target is its code, another record's its key."""
    rows = Name.objects.filter(language__in=languages).values_list(
        "text", "language", "kind", "country__code", *OWNERS[1:]
    )
    entries = []
    for text, language, kind, code, *keys in rows.iterator(chunk_size=5000):
        if code is not None:
            entries.append(NameEntry(text.rstrip("-"), language, kind, "country", code))
        else:
            owner, key = next(
                (owner, key) for owner, key in zip(OWNERS[1:], keys, strict=True) if key is not None
            )
            entries.append(NameEntry(text, language, kind, owner, key))
    return entries


def _hidden() -> list[NameEntry]:
    return [NameEntry(row.text, row.language, LOOKALIKE, LOOKALIKE, None) for row in lookalikes()]
