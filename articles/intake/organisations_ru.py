"""Organisations in Russian text."""

import re

from .bodies_ru import bodies
from .firms_ru import Place, capitals, latin, listed, quoted
from .sentences import Sentences

_ADJECTIVE_FIRST = re.compile(r"([А-ЯЁ][а-яё-]+(?:ск|цк)(?:ий|ая|ое|ие))\s(\S+)$")


def find(text: str, sentences: Sentences, busy: bytearray) -> list[Place]:
    """Return (start, end, base form, confidence, reason) for each place that looks like an organisation."""
    found = _with_own_names(text, bodies(text, sentences, busy), quoted(text, busy))
    found += [*latin(text, busy), *capitals(text, busy)]
    return _of_one_state(found + listed(text, found, busy))


def _with_own_names(text: str, of_kind: list[Place], named: list[Place]) -> list[Place]:
    """ "Пробный банк развития «Пример»": kind and name are one; the name alone stands for it elsewhere."""
    by_start = {place[0]: place for place in named}
    kept: list[Place] = []
    for start, end, name, confidence, reason in of_kind:
        follows = re.match(r"\s[«„\"]", text[end : end + 2])
        own = by_start.get(end + 2) if follows else None
        if own:
            name, end, confidence = f"{name} «{own[2]}»", own[1] + 1, 0.85
        kept.append((start, end, name, confidence, reason))
    return kept + named


def _of_one_state(found: list[Place]) -> list[Place]:
    """ "Японский МИД" and "МИД Японии" are one: where a text has both, it is shown as the second."""
    owned = {
        name.split()[0]: name for _, _, name, *_ in found if re.fullmatch(r"[А-ЯЁ]\w+\s[А-ЯЁ][\w\s-]+", name)
    }
    places = []
    for start, end, name, confidence, reason in found:
        first = _ADJECTIVE_FIRST.match(name)
        other = owned.get(first[2]) if first else None
        if first and other and other.split()[1][:4].casefold() == first[1][:4].casefold():
            name = other
        places.append((start, end, name, confidence, reason))
    return places
