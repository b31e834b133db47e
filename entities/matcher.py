"""The matcher of names: finds every name the register knows in a text, at its place, in any inflection.

Nothing here knows the database: names come in as entries, places go out as matches.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from .inflection import (
    is_turkish_suffix,
    russian_adjective_forms,
    russian_demonym_forms,
    russian_forms,
)

_SINGLE = {
    "ı": "i", "İ": "i", "ə": "e", "Ə": "e", "ё": "е", "Ё": "е", "ø": "o", "Ø": "o", "ł": "l",
    "Ł": "l", "đ": "d", "Đ": "d", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": " ",
    "‑": " ", "-": " ", "–": " ", "—": " ", "\n": " ", "\t": " ", "\u00a0": " ", "\u202f": " ",
    "“": '"', "”": '"', "й": "й", "Й": "й",
}  # fmt: skip
# A country inside the name of an organisation or agreement is named all the same.
_COUNTRY_LIKE = frozenset({"country", "lookalike"})
_ONLY_APOSTROPHE = frozenset({"prefix", "subdivision", "capital"})
_ADJECTIVE_KINDS = frozenset({"adjective", "demonym"})
_SMALL_IN_RUSSIAN = _ADJECTIVE_KINDS | {"prefix"}
_ENGLISH_PLURAL = re.compile(r"(?:e?s)$")


def _fold_character(character: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    ).lower()
    return plain if len(plain) == 1 else character.lower()[:1] or character


class _Folding(dict):
    """Character to folded character, for ``str.translate``; one that is new is folded and kept."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDING = _Folding({ord(character): folded for character, folded in _SINGLE.items()})


def folded_in_place(text: str) -> str:
    """Fold a text character by character, so that every place in it stays where it was."""
    return text.translate(_FOLDING)


folded_word = lru_cache(maxsize=20_000)(folded_in_place)


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name of one record. ``target`` is what the caller wants back: a country code or a record's key."""

    text: str
    language: str
    kind: str
    record_kind: str
    target: object


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    entry: NameEntry
    reason: str


class Matcher:
    """Built once from all names; ``find`` may be called from several threads.

    ``beside`` are other matchers whose names count as this one's, so that what rarely changes is built once.
    """

    def __init__(self, entries: Iterable[NameEntry], beside: Iterable["Matcher"] = ()):
        patterns: dict[str, list[NameEntry]] = {}
        for entry in entries:
            for form in _forms(entry):
                patterns.setdefault(form, []).append(entry)
        self._entries = list(patterns.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(patterns), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

        self._beside = tuple(beside)

    def __len__(self) -> int:
        return len(self._entries) + sum(map(len, self._beside))

    def find(self, text: str, language: str = "") -> list[Match]:
        """Return the names in a text in order, the longest at each place, countries apart from other records.

        Several entries of one name all come.
        """
        folded = folded_in_place(text)
        found = [
            place for matcher in (self, *self._beside) for place in matcher._places(text, folded, language)
        ]
        countries = [place for place in found if place[2].entry.record_kind in _COUNTRY_LIKE]
        records = [place for place in found if place[2].entry.record_kind not in _COUNTRY_LIKE]
        return sorted(_longest(countries) + _longest(records), key=lambda match: (match.start, match.end))

    def _places(self, text: str, folded: str, language: str) -> Iterator[tuple[int, int, Match]]:
        if not self._entries:
            return
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum():
                continue
            for entry in self._entries[index]:
                if match := _verified(entry, text, folded, start, end, language):
                    yield start, end, match


def _longest(found: list[tuple[int, int, Match]]) -> list[Match]:
    """The longest name at each place, without its endings: Nijerya is no Nijer with a suffix."""
    found.sort(key=lambda place: (place[0], -place[1]))
    kept: list[tuple[int, int, Match]] = []
    for start, end, match in found:
        if not kept or start >= kept[-1][2].end or (start, end) == kept[-1][:2]:
            kept.append((start, end, match))
    return [match for _, _, match in kept]


def _forms(entry: NameEntry) -> set[str]:
    name = folded_in_place(entry.text).strip()
    if len(name) < 2:
        return set()
    if entry.language != "ru" or entry.kind == "acronym":
        return {name}
    if entry.kind == "adjective":
        return russian_adjective_forms(name)
    if entry.kind == "demonym":
        return russian_demonym_forms(name)
    return russian_forms(name.split(" "), person=entry.record_kind == "person") | {name}


def _verified(entry: NameEntry, text: str, folded: str, start: int, end: int, language: str) -> Match | None:
    """Check the letters around a place, and the case of what is written there."""
    if entry.language not in ("", "en", language) and language:
        return None
    rest_end = end
    while rest_end < len(folded) and folded[rest_end].isalnum():
        rest_end += 1
    rest = folded[end:rest_end]
    if rest and not _may_follow(entry, rest, language):
        return None
    written = text[start:end]
    if not _written_as_name(entry, written):
        return None
    return Match(
        start, rest_end if rest and rest.isalpha() and entry.language != "ru" else end, entry, entry.kind
    )


def _may_follow(entry: NameEntry, rest: str, language: str) -> bool:
    if entry.kind == "acronym":
        return bool(re.fullmatch("[а-я]{1,3}", rest)) and entry.text.isupper() and rest in _CYRILLIC_ENDINGS
    if entry.language == "tr" or language == "tr":
        return entry.kind not in _ONLY_APOSTROPHE and is_turkish_suffix(rest)
    return entry.language == "en" and entry.kind in _ADJECTIVE_KINDS and rest in ("s", "es")


_CYRILLIC_ENDINGS = frozenset(("а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах", "ой"))


def _written_as_name(entry: NameEntry, written: str) -> bool:
    if entry.kind == "acronym" or entry.text.isupper():
        bare = re.sub(r"[\s.]", "", entry.text)
        return written == entry.text or (bare.isupper() and written.isupper())
    if entry.kind == "phrase" or (entry.language == "ru" and entry.kind in _SMALL_IN_RUSSIAN):
        return True
    first = next((c for c in written if c.isalpha()), "")
    return first.isupper() or not first.isalpha() or first.lower() == first.upper()
