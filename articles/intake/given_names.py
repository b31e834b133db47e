"""Common given names, by which a person's name is told from other capitalised words."""

from functools import cache

from entities.inflection import russian_cases
from entities.matcher import folded_in_place

from .wordlists import words

_LOSES_A_VOWEL = {"павел": "павл", "лев": "льв", "петр": "петр"}


@cache
def latin_given_names() -> frozenset[str]:
    return frozenset(
        folded_in_place(name) for name in (*words("given_names_latin"), *words("given_names_world"))
    )


@cache
def russian_women() -> frozenset[str]:
    return frozenset(folded_in_place(name) for name in words("given_names_russian_female"))


@cache
def russian_given_names() -> dict[str, tuple[str, int]]:
    """Every case form of a Russian given name, folded, with its nominative and the number of the case."""
    names = words("given_names_russian_male") + words("given_names_russian_female")
    forms: dict[str, tuple[str, int]] = {}
    for name in names:
        for number, form in reversed(list(enumerate(_cases(folded_in_place(name))))):
            forms[form] = (name, number)
    return forms | {folded_in_place(name): (name, 0) for name in names}


def _cases(folded: str) -> tuple[str, ...]:
    if stem := _LOSES_A_VOWEL.get(folded):
        return (folded, *(stem + ending for ending in ("а", "у", "а", "ом", "е")))
    if folded.endswith("рь"):  # Игорь
        return tuple(folded[:-1] + ending for ending in ("ь", "я", "ю", "я", "ем", "е"))
    if folded.endswith("ий"):  # a name, no adjective: Дмитрий, Дмитрия
        return tuple(folded[:-1] + ending for ending in ("й", "я", "ю", "я", "ем", "и"))
    return russian_cases(folded)


@cache
def weak_given_names() -> frozenset[str]:
    return frozenset(folded_in_place(name) for name in words("given_names_weak"))
