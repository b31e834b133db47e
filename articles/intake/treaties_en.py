"""Treaties that English text calls by their letters alone: UNCLOS, the NPT, New START."""

import re
from functools import cache

from .wordlists import lines


@cache
def _by_letters() -> dict[str, tuple[str, str]]:
    return {
        letters: (name, kind)
        for letters, name, kind in (line.split("|") for line in lines("known_treaties_en"))
    }


@cache
def _pattern() -> re.Pattern:
    letters = sorted(_by_letters(), key=len, reverse=True)
    return re.compile(rf"(?<![\w(“\"-])(?:{'|'.join(map(re.escape, letters))})(?![\w)”\"-])")


def find(text: str) -> list[tuple[int, int, str, str, bool]]:
    """Return the first place of each that the text does not also name in full or explain in brackets."""
    found: dict[str, tuple[int, int, str, str, bool]] = {}
    for match in _pattern().finditer(text):
        name, kind = _by_letters()[match[0]]
        if match[0] in found or f"({match[0]})" in text or name.casefold() in text.casefold():
            continue
        found[match[0]] = (match.start(), match.end(), match[0], kind, False)
    return list(found.values())
