"""One key for one name however it is written in Latin or Cyrillic letters: Сергей, Sergey and Sergei sound alike.

A key proves nothing by itself: it brings a name to the records that it may mean.
"""

import re

from .folding import folded

_ROMAN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "э": "e",
        "ә": "a", "ж": "zh", "з": "z", "и": "i", "й": "i", "і": "i", "ї": "i", "ы": "i", "к": "k", "қ": "k", "л": "l",
        "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u",
        "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "",
        "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_TURKISH = str.maketrans({"ş": "sh", "Ş": "sh", "ç": "ch", "Ç": "ch"})
_ALIKE = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("dzh", "j"), ("dj", "j"),
    ("zh", "j"), ("x", "ks"), ("ck", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("tz", "ts"), ("ou", "u"), ("oo", "u"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_GLIDE = re.compile(r"i(?=[aeou])|(?<=[aeou])i")


def sounding(text: str) -> str:
    """Return the key, word by word; empty for a name in neither alphabet."""
    words = folded(text.translate(_TURKISH)).translate(_ROMAN)
    if re.search(r"[^a-z0-9 ]", words):
        return ""
    for written, alike in _ALIKE:
        words = words.replace(written, alike)
    return " ".join(_GLIDE.sub("", _DOUBLE.sub(r"\1", word)) for word in words.split())


def sounding_of_person(text: str) -> str:
    """The key of a person's name, family name first or last."""
    return " ".join(sorted(sounding(text).split()))
