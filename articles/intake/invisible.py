"""Characters that are not seen: those of writing stay, those of a page's layout go."""

import re
import unicodedata

from articles.sanitising import SOFT_HYPHEN

_FORMAT = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_JOINERS, _SIDES = "\u200c\u200d", "\u061c\u200e\u200f\u2066\u2067\u2068\u2069"
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINED = re.compile(r"[^\W\d_]")


def without_marks(line: str) -> str:
    """Return the line with soft hyphens, joiners of emoji and of scripts that join, and marks among right-to-left words.

    Between Latin and Cyrillic letters joiners are leftovers of layout, and part names that are one word.
    """
    if not _FORMAT.search(line):
        return line
    flags = {place for match in _FLAG.finditer(line) for place in range(match.start(), match.end())}
    is_rtl = bool(_RIGHT_TO_LEFT.search(line))
    kept: list[str] = []
    for place, character in enumerate(line):
        if place in flags or not _FORMAT.match(character) or _stays(character, kept[-1:], is_rtl):
            kept.append(character)
    return "".join(kept)


def _stays(character: str, before: list[str], is_rtl: bool) -> bool:
    if character == SOFT_HYPHEN:
        return True
    if character in _SIDES:
        return is_rtl
    return character in _JOINERS and bool(before) and not _is_european(before[0])


def _is_european(character: str) -> bool:
    return character.isspace() or (
        bool(_JOINED.match(character))
        and unicodedata.name(character, "").startswith(("LATIN", "CYRILLIC", "GREEK"))
    )
