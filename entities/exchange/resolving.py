"""Which record a name in a file means: by code, reference or any full name, never by an acronym alone."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from ..folding import folded, script_of
from ..models import Agreement, Country, Name, Organisation, Person
from .fields import Refused, Skipped

FULL_NAMES = (Name.Kind.OFFICIAL, Name.Kind.SHORT, Name.Kind.FORMER, Name.Kind.TRANSLITERATION)


class Countries:
    """All countries by code and by name, read once for a file."""

    def __init__(self) -> None:
        self.by_code = {country.code: country for country in Country.objects.all()}
        self._by_pk = {country.pk: country for country in self.by_code.values()}
        self._by_key: dict[str, set[int]] = defaultdict(set)
        names = Name.objects.filter(country__isnull=False, kind__in=[*FULL_NAMES, Name.Kind.ACRONYM])
        for key, country_id in names.values_list("key", "country_id"):
            self._by_key[key].add(country_id)

    def find(self, text: str) -> Country | None:
        country = self.by_code.get(text.strip().lower())
        if country:
            return country
        found = self._by_key.get(folded(text), set())
        present = {pk for pk in found if not self._by_pk[pk].is_former} or found
        return self._by_pk[present.pop()] if len(present) == 1 else None

    def named(self, text: str, column: str) -> Country:
        country = self.find(text)
        if country is None:
            raise Refused(f"{column}: “{text}” is no country that the register knows")
        return country


def records_named(model: type[models.Model], text: str) -> list[models.Model]:
    """Return the records that bear this full name, the oldest first."""
    owner = model._meta.model_name
    owners = Name.objects.filter(key=folded(text)[:500], kind__in=FULL_NAMES, **{f"{owner}__isnull": False})
    return list(model.objects.filter(pk__in=owners.values(owner)).order_by("pk"))


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
    owner = record._meta.model_name
    Name.objects.bulk_create(
        [
            Name(text=text, language=language, kind=kind, script=script_of(text), **{owner: record})
            for text, language, kind in names
            if folded(text)
        ],
        ignore_conflicts=True,
    )
