"""What the register knows of countries from the first day: states, territories, former states, names.

Display names come from CLDR through Babel; everything else from the tables in ``entities/data``, which hold
facts of language and history only. ``docs/decisions.md`` says where each came from.
"""

import csv
import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel import localedata

from entities.folding import folded

TABLES = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru", "tr")
FEWEST_NAMES = 230  # of 250: a language that CLDR covers less is left out
KINDS = ("official", "short", "acronym", "former", "adjective", "demonym", "capital", "prefix", "subdivision")
SAME_AS_ADJECTIVE = "="
_NAME_BEHIND_OF = re.compile(
    r"((?:.+ )?(?:Republic|States?|Kingdom|Commonwealth|Principality|Bailiwick) of)( the)? (.+)"
)


@dataclass(frozen=True, slots=True)
class CountryRow:
    """``labels`` holds the name shown by language; ``region`` is the UN M49 code of the subregion."""

    code: str
    kind: str
    labels: dict[str, str] = field(hash=False)
    existence_from: str | None = None
    existence_until: str | None = None
    alpha3: str = ""
    iso_numeric: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    predecessor: str
    successor: str
    basis: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """One way to write a country, or what points at it; what is ``ambiguous`` means something else too."""

    code: str
    text: str
    language: str
    kind: str
    key: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class LookalikeRow:
    """A phrase that holds a country's name and means no country: the Indian Ocean."""

    text: str
    language: str


def countries() -> Iterator[CountryRow]:
    """Yield the 249 countries of ISO 3166-1 and Kosovo, then the former states."""
    shown = {language: _territories(language) for language in LANGUAGES}
    for row in _table("countries.csv"):
        labels = {language: names[row["code"].upper()] for language, names in shown.items()}
        yield CountryRow(
            code=row["code"],
            kind=row["kind"],
            labels=labels,
            existence_from=row["from"] or None,
            alpha3=row["alpha3"],
            iso_numeric=row["numeric"],
            region=row["region"],
        )
    for row in _table("former_states.csv"):
        labels = {language: row[f"label_{language}"] for language in LANGUAGES}
        yield CountryRow(row["code"], "former", labels, row["from"] or None, row["until"])


def successions() -> Iterator[SuccessionRow]:
    for row in _table("successions.csv"):
        yield SuccessionRow(row["from"], row["to"], row["basis"])


def lookalikes() -> Iterator[LookalikeRow]:
    for row in _table("lookalikes.csv"):
        yield LookalikeRow(row["text"], row["language"])


def name_entries(*, all_languages: bool = True) -> list[NameRow]:
    """Return every name, one row for each country, language and folded key; or those in ``LANGUAGES`` alone.

    Where two kinds of name share a key ("German" is adjective and demonym) the first in ``KINDS`` stays.
    A name in another language that is written as in English is left out: English is always looked for.
    """
    rows: dict[tuple[str, str, str], NameRow] = {}
    for row in _all_names(all_languages):
        in_english = row.language not in LANGUAGES and (row.code, "en", row.key) in rows
        if row.key and not in_english:
            place = (row.code, row.language, row.key)
            rows[place] = min(rows.get(place, row), row, key=lambda name: KINDS.index(name.kind))
    return list(rows.values())


def _all_names(all_languages: bool) -> Iterator[NameRow]:
    marked = _marked_ambiguous()
    for code, text, language, kind in _written_names():
        key = folded(text)
        ambiguous = (language, key, code) in marked
        yield NameRow(code, text, language, kind, key, ambiguous)
        for derived, derived_kind in _derived(text, language, kind):
            yield NameRow(code, derived, language, derived_kind, folded(derived), ambiguous)
    if all_languages:
        yield from _names_in_other_languages()


def _written_names() -> Iterator[tuple[str, str, str, str]]:
    for language in LANGUAGES:
        yield from _own_names(language)
        yield from _former_state_names(language)
        for code, text in _displayed(language):
            yield code, text, language, "acronym" if _is_acronym(text) else "short"
        for row in _table("subdivisions.csv"):
            for text in _several(row[language]):
                yield row["country"], text, language, "subdivision"


def _own_names(language: str) -> Iterator[tuple[str, str, str, str]]:
    for row in _table(f"names_{language}.csv"):
        for kind in KINDS[:-1]:
            for text in _several(row[kind]):
                if text == SAME_AS_ADJECTIVE:
                    text = _several(row["adjective"])[0]
                yield row["code"], text, language, kind


def _former_state_names(language: str) -> Iterator[tuple[str, str, str, str]]:
    for row in _table("former_states.csv"):
        yield row["code"], row[f"label_{language}"], language, "short"
        for text in _several(row[f"names_{language}"]):
            yield row["code"], text, language, "acronym" if _is_acronym(text) else "official"
        for text in _several(row[f"adjectives_{language}"]):
            yield row["code"], text, language, "adjective"


def _displayed(language: str) -> Iterator[tuple[str, str]]:
    names = _territories(language)
    for row in _table("countries.csv"):
        if name := names.get(row["code"].upper()):
            yield row["code"], name


def _names_in_other_languages() -> Iterator[NameRow]:
    """CLDR's names; one that two countries share in its language is ambiguous there."""
    for language in _other_languages():
        keyed = [(code, text, folded(text)) for code, text in _displayed(language)]
        shared = Counter(key for _, _, key in keyed)
        for code, text, key in keyed:
            yield NameRow(code, text, language, "short", key, shared[key] > 1)


def _derived(text: str, language: str, kind: str) -> Iterator[tuple[str, str]]:
    """What the tables need not spell out: Turk → Turks, Republic of Korea → Korea, Republic of,
    турецкий → турецко- (as in турецко-казахстанский).
    """
    if language == "en" and kind in ("official", "short", "former"):
        yield from ((inverted, kind) for inverted in _inverted(text))
    if language == "en" and kind == "demonym" and _takes_an_s(text):
        yield f"{text}s", kind
    if language == "ru" and kind == "adjective" and text.endswith(("ский", "цкий")):
        yield f"{text[:-2]}о-", "prefix"


def _inverted(english: str) -> Iterator[str]:
    """The forms that lists sort by: Korea, Republic of; Congo, Democratic Republic of (the)."""
    if match := _NAME_BEHIND_OF.fullmatch(english):
        first, article, name = match.groups()
        yield f"{name}, {first}"
        if article:
            yield f"{name}, {first}{article}"


def _takes_an_s(english: str) -> bool:
    return not english.endswith(("s", "sh", "ch", "ese", "men", "man", "woman", "z"))


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 1 < len(letters) <= 6 and letters.isupper() and letters.isalpha()


def _marked_ambiguous() -> set[tuple[str, str, str]]:
    return {
        (row["language"], folded(row["text"]), code)
        for row in _table("ambiguous_names.csv")
        for code in row["codes"].split()
    }


def _several(cell: str) -> list[str]:
    return [text.strip() for text in cell.split(";") if text.strip()]


@functools.cache
def _territories(language: str) -> dict[str, str]:
    return localedata.load(language, merge_inherited=False).get("territories", {})


def _other_languages() -> list[str]:
    """Languages with a code of two letters that CLDR has nearly all countries in."""
    others = (language for language in localedata.locale_identifiers() if len(language) == 2)
    return sorted(
        language for language in others if language not in LANGUAGES and _names_nearly_all(language)
    )


def _names_nearly_all(language: str) -> bool:
    names = _territories(language)
    return sum(row["code"].upper() in names for row in _table("countries.csv")) >= FEWEST_NAMES


@functools.cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
