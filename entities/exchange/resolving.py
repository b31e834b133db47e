"""Which record a name in a file means: by code, reference or any full name, never by an acronym alone."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from ..folding import folded, script_of
from ..models import Agreement, Country, Name, Organisation, Person, Succession
from ..partial_dates import PartialDate
from .fields import Refused, Skipped

FULL_NAMES = (Name.Kind.OFFICIAL, Name.Kind.SHORT, Name.Kind.FORMER, Name.Kind.TRANSLITERATION)
# Words that lists leave out, put last or in brackets: "Netherlands The", "Korea, Republic of".
_SMALL_WORDS = frozenset({"the", "of", "and", "la", "le", "les", "el", "l", "in", "de", "du", "st", "saint"})


class Countries:
    """All countries by code and by name, read once for a file."""

    def __init__(self) -> None:
        self.by_code = {country.code: country for country in Country.objects.all()}
        self.by_pk = {country.pk: country for country in self.by_code.values()}
        self._in_english: dict[str, set[int]] = defaultdict(set)
        self._in_any: dict[str, set[int]] = defaultdict(set)
        self._by_words: dict[frozenset[str], set[int]] = defaultdict(set)
        self._parts: dict[str, set[int]] = defaultdict(set)
        kinds = [*FULL_NAMES, Name.Kind.ACRONYM, Name.Kind.SUBDIVISION]
        names = Name.objects.filter(country__isnull=False, kind__in=kinds)
        for key, country_id, language, kind in names.values_list("key", "country_id", "language", "kind"):
            if kind == Name.Kind.SUBDIVISION:
                self._parts[key].add(country_id)
                continue
            self._in_any[key].add(country_id)
            if language in ("en", ""):
                self._in_english[key].add(country_id)
                if kind != Name.Kind.ACRONYM:
                    self._by_words[_words(key)].add(country_id)
        self._predecessors: dict[int, list[int]] = defaultdict(list)
        self._successors: dict[int, list[int]] = defaultdict(list)
        for before, after in Succession.objects.values_list("predecessor_id", "successor_id"):
            self._predecessors[after].append(before)
            self._successors[before].append(after)

    @property
    def keys(self) -> list[str]:
        return list(self._in_english)

    def find(self, text: str, on: PartialDate | None = None) -> Country | None:
        """Return the country of this code or name; of two that share it the one that existed then, or exists now."""
        text = text.strip()
        if country := self.by_code.get(text.lower()):
            return country
        key = folded(text)
        for found in (self._in_english.get(key), self._by_words.get(_words(key)), self._in_any.get(key)):
            if found and (country := self.one_of(found, on)):
                return country
        return None

    def part_named(self, key: str) -> Country | None:
        """The country that a subdivision of this name is part of."""
        found = self._parts.get(key, ())
        return self.by_pk[next(iter(found))] if len(found) == 1 else None

    def one_of(self, found: set[int], on: PartialDate | None) -> Country | None:
        countries = [self.by_pk[pk] for pk in found]
        if len(countries) > 1 and on:
            countries = [country for country in countries if existed(country, on)] or countries
        if len(countries) > 1:
            countries = [country for country in countries if not country.is_former] or countries
        return countries[0] if len(countries) == 1 else None

    def named(self, text: str, column: str) -> Country:
        country = self.find(text)
        if country is None:
            raise Refused(f"{column}: “{text}” is no country that the register knows")
        return country

    def then(self, country: Country, on: PartialDate | None) -> Country:
        """Return the state that stood in the country's place on a day when it did not exist itself.

        Where several did, or none is known, the country itself: the source named it.
        """
        if on is None or existed(country, on):
            return country
        later = country.first_day is not None and on.latest < country.first_day
        steps = self._predecessors if later else self._successors
        seen, reached = {country.pk}, [country.pk]
        while reached:
            reached = list({pk for start in reached for pk in steps[start]} - seen)
            seen.update(reached)
            if found := [self.by_pk[pk] for pk in reached if existed(self.by_pk[pk], on)]:
                return _alike(country, found) or country
        return country


def _alike(country: Country, found: list[Country]) -> Country | None:
    """The only one; of several the only one that is called alike: of Russia's predecessors the Russian Empire."""
    stem = folded(country.name_in("en"))[:5]
    alike = [one for one in found if folded(one.name_in("en")).startswith(stem)]
    return found[0] if len(found) == 1 else alike[0] if len(alike) == 1 else None


def existed(country: Country, on: PartialDate) -> bool:
    return (country.first_day is None or country.first_day <= on.latest) and (
        country.last_day is None or on.earliest <= country.last_day
    )


def _words(key: str) -> frozenset[str]:
    words = key.replace("peoples s", "peoples").replace("people s", "peoples").split()
    return frozenset(words) - _SMALL_WORDS or frozenset(words)


def records_named(model: type[models.Model], text: str) -> list[models.Model]:
    """Return the records that bear this full name, the oldest first."""
    owner = model._meta.model_name
    owners = Name.objects.filter(key=folded(text)[:500], kind__in=FULL_NAMES, **{f"{owner}__isnull": False})
    return list(model.objects.filter(pk__in=owners.values(owner)).order_by("pk"))


def all_named(queryset: models.QuerySet, texts: Iterable[str]) -> dict[str, list[models.Model]]:
    """Return for many names at once, by folded key, the records that bear each, the oldest first."""
    owner = queryset.model._meta.model_name
    keys = {folded(text)[:500] for text in texts}
    rows = Name.objects.filter(key__in=keys, kind__in=FULL_NAMES, **{f"{owner}__isnull": False})
    bearers: dict[str, set[int]] = defaultdict(set)
    for key, pk in rows.values_list("key", owner):
        bearers[key].add(pk)
    records = queryset.in_bulk({pk for found in bearers.values() for pk in found})
    return {key: [records[pk] for pk in sorted(found) if pk in records] for key, found in bearers.items()}


def one_of(candidates: list, country: Country | None, text: str) -> models.Model | None:
    """Return the one that fits the country (or says none), None for none; raise Skipped when several do."""
    if country is not None:
        fitting = [record for record in candidates if record.country_id == country.pk]
        candidates = fitting or [record for record in candidates if record.country_id is None]
    if len(candidates) > 1:
        raise Skipped(f"“{text}” fits {len(candidates)} records; a country or a note must tell them apart")
    return candidates[0] if candidates else None


def by_address(model: type[models.Model], text: str) -> models.Model | None:
    """Return the record at ``@slug``, the form that an export uses where a name alone does not tell."""
    return model.objects.filter(slug=text[1:]).first() if text.startswith("@") else None


def organisation_named(text: str, country: Country | None = None) -> Organisation | None:
    return by_address(Organisation, text) or one_of(records_named(Organisation, text), country, text)


def person_named(text: str, country: Country | None = None) -> Person | None:
    return by_address(Person, text) or one_of(records_named(Person, text), country, text)


def agreement_called(text: str) -> Agreement | None:
    """Return the agreement of this reference, title or other name; raise Skipped when several bear it."""
    if found := by_address(Agreement, text):
        return found
    register, _, reference = text.rpartition(" ")
    by_reference = Agreement.objects.filter(reference=text).order_by("pk") or Agreement.objects.filter(
        register=register, reference=reference
    ).exclude(reference="")
    candidates = list(by_reference) or records_named(Agreement, text)
    if len(candidates) > 1:
        raise Skipped(f"“{text}” fits {len(candidates)} agreements; name the reference instead")
    return candidates[0] if candidates else None


def add_names(record: models.Model, names: Iterable[tuple[str, str, str]]) -> None:
    """Add other names as (text, language, kind), leaving those that are there."""
    Name.objects.bulk_create(names_of(record, names), ignore_conflicts=True)


def names_of(record: models.Model, names: Iterable[tuple[str, str, str]]) -> list[Name]:
    owner = record._meta.model_name
    return [
        Name(text=text, language=language, kind=kind, script=script_of(text), **{owner: record})
        for text, language, kind in names
        if folded(text)
    ]
