"""Russian names of people, brought out of the case that a sentence puts them in."""

import itertools
import re

from entities.matcher import folded_word

from .given_names import russian_given_names, russian_women
from .roles import ROLE
from .vocabulary import vocabulary

_ROLE_CASES = (
    (1, re.compile(r"(?:ого|[рктдлнзв]а|ля|ря|[вн]ы|ца|ика|цы)$")),
    (4, re.compile(r"(?:ом|ем|[вн]ой|им|ым|цей)$")),
    (2, re.compile(r"(?:ому|[рктднв]у|лю|рю|ику)$")),
    (0, re.compile(r"(?:[ртлдк]|ль|рь|ва|ик|ий|ец)$")),
)
_SURNAME_CASES = (
    (r"(?:ов|ев|ёв|ин|ын)ым$", 4),
    (r"(?:ов|ев|ёв|ин|ын)у$", 2),
    (r"(?:ск|цк)ого$", 1),
    (r"(?:ск|цк)им$", 4),
)


def case_of_role(before: str) -> int | None:
    """The case that the nearest role word before a name stands in, which is the name's own."""
    for match in reversed(list(ROLE.finditer(before[-90:]))):
        word = match[0].casefold()
        if word.startswith(("глав", "г-н", "член")):
            return {"глава": 0, "главы": 1, "главе": 2, "главу": 3, "главой": 4}.get(
                word, 1 if word.endswith("а") else 0
            )
        return next((case for case, ending in _ROLE_CASES if ending.search(word)), None)
    return None


def nominative(parts: list[str], text: str = "", role_case: int | None = None) -> list[str]:
    """Bring a Russian name out of its case: ``Владимиром Путиным`` is ``Владимир Путин``."""
    known = russian_given_names().get(folded_word(parts[0]))
    if len(parts) == 1:
        return [_surname(parts[0], role_case, False, text)]
    case = known[1] if known else role_case
    female = bool(known and folded_word(known[0]) in russian_women())
    if known is None and case is None:
        case = next((number for ending, number in _SURNAME_CASES if re.search(ending, parts[-1])), None)
    given = known[0] if known else _surname(parts[0], case, False, text) if case else parts[0]
    if known and folded_word(parts[0]) == folded_word(known[0]) and _is_indeclinable(known[0]):
        case = role_case
    middle = [
        _father(part) if following in ("оглы", "кызы") else _patronymic(part, case)
        for part, following in itertools.pairwise(parts[1:])
    ]
    return [given, *middle, _surname(parts[-1], case, female, text)]


def _is_indeclinable(name: str) -> bool:
    return name[-1] in "оеуюиэы"


def _father(part: str) -> str:
    """ "Абдуллы оглы": the father's name in the nominative."""
    known = russian_given_names().get(folded_word(part))
    return known[0] if known else re.sub(r"ы$", "а", part)


def _patronymic(part: str, case: int | None) -> str:
    if re.search(r"ич(?:а|у|ем|е)$", part):
        return re.sub(r"(ич)(?:а|у|ем|е)$", r"\1", part)
    return re.sub(r"(вн|ичн)(?:ы|е|у|ой)$", r"\1а", part)


def _surname(part: str, case: int | None, female: bool, text: str) -> str:
    if case == 0 or (female and case is None):
        return part
    if female:
        return re.sub(r"(ов|ев|ин|ын)(?:ой|у)$", r"\1а", re.sub(r"(ск|цк)(?:ой|ую)$", r"\1ая", part))
    if match := re.search(r"(?:(ов|ев|ёв|ин|ын)(?:а|у|ым|е)|(ск|цк)(?:ого|ому|им|ом))$", part):
        return part[: match.end(1)] if match[1] else part[: match.end(2)] + "ий"
    if case is None:
        stem = re.sub(r"(?:а|у|ом|ем|е)$", "", part)
        return stem if stem != part and stem in vocabulary(text).words else part
    if case in (1, 3) and part.endswith("ы"):
        return part[:-1] + "а"
    if case == 5 or case == 2:
        return re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])[уе]$", "", part)
    if case == 4 and part.endswith("ем") and part[-3:-2] in ("а", "е", "и", "о", "у"):
        return part[:-2] + "й"
    if case == 4:
        return re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])[оеё]м$", "", re.sub(r"ой$", "а", part))
    if part.endswith("я"):
        return part[:-1] + ("й" if part[-2] in "аеиоуы" else "ь")
    return re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])а$", "", part)
