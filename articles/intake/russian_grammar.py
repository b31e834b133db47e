"""Russian adjectives and nouns as the names of bodies and agreements need them."""

import re
from functools import cache

from entities.country_data import countries, name_entries
from entities.inflection import is_adjective, russian_cases
from entities.matcher import folded_in_place

ADJECTIVE_ENDING = r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ом|ем)"
NOUN_ENDING = r"(?:а|у|ом|е|ы|ов|ам|ами|ах|ой|ою|о|и|ю|я|ей|ем|ии|ию|ией|ия|ие|ием|й)?"
_ENDS = re.compile(rf"(.+?)({ADJECTIVE_ENDING})$")


def agreeing(adjective: str, gender: str) -> str:
    """Bring an adjective into the nominative of its noun's gender: m, f or n."""
    match = _ENDS.match(adjective)
    if not match:
        return adjective
    stem = match[1]
    soft = stem.endswith("н") and match[2] in ("ий", "яя", "ее", "его", "ему", "им", "юю", "ем")
    hard = {"m": "ий" if stem[-1] in "кгх" else "ый", "f": "ая", "n": "ое"}[gender]
    return stem + ({"m": "ий", "f": "яя", "n": "ее"}[gender] if soft else hard)


def is_case_of(word: str, nominative: str) -> bool:
    return word in russian_cases(nominative)


def state_of_adjective(adjective: str) -> str:
    """Return a state's name in the genitive, "Японии" for "японского"; empty for what has no simple one."""
    return _genitives().get(folded_in_place(agreeing(adjective, "m")), "")


@cache
def _genitives() -> dict[str, str]:
    """By adjective in the masculine; names of one word, with an adjective before it or not, inflect simply."""
    names = {row.code: row.labels.get("ru", "") for row in countries()}
    codes: dict[str, set[str]] = {}
    for entry in name_entries(all_languages=False):
        if entry.language == "ru" and entry.kind == "adjective" and names.get(entry.code):
            codes.setdefault(folded_in_place(entry.text), set()).add(entry.code)
    return {
        adjective: _genitive(names[min(states)]) for adjective, states in codes.items() if len(states) == 1
    }


def _genitive(name: str) -> str:
    words = name.split()
    if name.isupper():
        return name
    if len(words) > 2 or (len(words) == 2 and not is_adjective(folded_in_place(words[0]))):
        return ""
    return " ".join(_with_letters_of(word, russian_cases(folded_in_place(word))[1]) for word in words)


def _with_letters_of(word: str, form: str) -> str:
    """The form in the spelling of the word: its capitals, its ё and й, as far as the two agree."""
    pairs = zip(folded_in_place(word), form, strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(word), len(form)))
    return word[:same] + form[same:]
