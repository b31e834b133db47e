"""The register's names as a matcher: built in parts, each once in a process, and again as soon as a name has changed."""

import threading
from collections.abc import Iterator

from django.db import connection

from entities.country_data import lookalikes
from entities.matcher import Matcher, NameEntry
from entities.models import Name
from entities.models.names import OWNERS
from entities.sounding import sounding, sounding_of_person
from history.watching import Watch

from .gazetteer import LOOKALIKE

_EVERYWHERE = ("", "en")  # names of these languages are found in texts of every language
_UNKNOWN = ("ru", "tr")  # and of these besides, in a text whose language nobody knows
_MOST_PARTS = 16
_COUNTRIES_NOW = """
    SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', text, name.language, name.kind, code), 0)), 0)
    FROM entities_name name JOIN entities_country country ON country.id = name.country_id
    WHERE name.language = ANY (%s)
"""


class _Part:
    """The names in some languages, of countries or of all other records."""

    def __init__(self, languages: tuple[str, ...], of_countries: bool) -> None:
        self.languages, self.of_countries = languages, of_countries
        self.state = self._state()
        entries = [*_countries(languages), *_hidden(languages)] if of_countries else _records(languages)
        self.matcher = Matcher(entries)

    def is_as_it_was(self) -> bool:
        """Whether this part is unchanged; countries hardly ever change, and there are thousands of their names."""
        return self.of_countries and self.state == self._state()

    def _state(self) -> tuple:
        if not self.of_countries:
            return ()
        with connection.cursor() as cursor:
            cursor.execute(_COUNTRIES_NOW, [list(self.languages)])
            return cursor.fetchone()


class _Register:
    """All parts that this process has needed, renewed when the log tells of a change."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.watch = Watch(["entities_name", "entities_country"])
        self.parts: dict[tuple[tuple[str, ...], bool], _Part] = {}
        self.matchers: dict[str, Matcher] = {}
        self.sounds: Sounds | None = None

    def matcher(self, language: str) -> Matcher:
        with self.lock:
            self._renew()
            if language not in self.matchers:
                self.matchers[language] = self._made(language)
            return self.matchers[language]

    def by_sound(self) -> "Sounds":
        with self.lock:
            self._renew()
            if self.sounds is None:
                self.sounds = _sounds()
            return self.sounds

    def _renew(self) -> None:
        if self.watch.has_changed():
            self.matchers, self.sounds = {}, None
            self.parts = {key: part for key, part in self.parts.items() if part.is_as_it_was()}

    def _made(self, language: str) -> Matcher:
        groups = [_EVERYWHERE]
        if not language:
            groups += [(other,) for other in _UNKNOWN]
        elif language not in _EVERYWHERE:
            groups.append((language,))
        return Matcher((), [self._part(group, kind).matcher for group in groups for kind in (True, False)])

    def _part(self, languages: tuple[str, ...], of_countries: bool) -> _Part:
        key = (languages, of_countries)
        if key not in self.parts:
            if len(self.parts) >= _MOST_PARTS:  # some rare language of long ago
                oldest = next(key for key in self.parts if key[0] != _EVERYWHERE)
                del self.parts[oldest]
                self.matchers = {}
            self.parts[key] = _Part(languages, of_countries)
        return self.parts[key]


Sounds = dict[tuple[str, str], set[int]]
_register = _Register()


def matcher_for(language: str) -> Matcher:
    """Return the matcher for a text of this language, as the register is now."""
    return _register.matcher(language)


def sounds() -> "Sounds":
    """Return the keys of organisations and people by what kind they are and how their full names sound."""
    return _register.by_sound()


def _sounds() -> "Sounds":
    found: Sounds = {}
    full = (Name.Kind.OFFICIAL, Name.Kind.SHORT, Name.Kind.FORMER, Name.Kind.TRANSLITERATION)
    rows = Name.objects.filter(kind__in=full).exclude(organisation=None, person=None)
    for text, organisation, person in rows.values_list("text", "organisation", "person").iterator():
        kind, key = ("person", sounding_of_person(text)) if person else ("organisation", sounding(text))
        found.setdefault((kind, key), set()).add(person or organisation)
    return found


def _countries(languages: tuple[str, ...]) -> Iterator[NameEntry]:
    """A country's target is its code."""
    rows = Name.objects.filter(language__in=languages, country__isnull=False)
    for text, language, kind, code in rows.values_list("text", "language", "kind", "country__code"):
        yield NameEntry(text.rstrip("-"), language, kind, "country", code)


def _records(languages: tuple[str, ...]) -> Iterator[NameEntry]:
    """Another record's target is its key."""
    rows = Name.objects.filter(language__in=languages, country__isnull=True)
    for text, language, kind, *keys in rows.values_list("text", "language", "kind", *OWNERS[1:]):
        owner, key = next(
            (owner, key) for owner, key in zip(OWNERS[1:], keys, strict=True) if key is not None
        )
        yield NameEntry(text, language, kind, owner, key)


def _hidden(languages: tuple[str, ...]) -> Iterator[NameEntry]:
    for row in lookalikes():
        if row.language in languages:
            yield NameEntry(row.text, row.language, LOOKALIKE, LOOKALIKE, None)
