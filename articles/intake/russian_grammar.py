"""Russian adjectives and nouns as the names of bodies and agreements need them."""

import re

from entities.inflection import russian_cases

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
