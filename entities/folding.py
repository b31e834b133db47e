"""The one key by which names are compared, kept unique and sorted.

PostgreSQL's own ``lower()`` and collations differ between servers, so every key is made here.
"""

import re
import unicodedata
from functools import cache

# Letters that Unicode does not decompose, or that would part one name into several spellings.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "İ": "i",
        "ə": "e",
        "Ə": "e",
        "ё": "е",
        "Ё": "е",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ħ": "h",
        "ŧ": "t",
        "й": "й",  # kept whole: decomposing it would make и and й one letter
        "Й": "й",
        "ў": "ў",
        "Ў": "ў",
        "ї": "ї",
        "Ї": "ї",
        "ґ": "г",
        "Ґ": "г",
    }
)
_KEPT_WHOLE = frozenset("йўї")
_APOSTROPHES = re.compile(r"['’‘ʼ`´ʹʻ]")
_NOT_WORD = re.compile(r"[\W_]+")


@cache
def _without_marks(character: str) -> str:
    if character in _KEPT_WHOLE:
        return character
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


def folded(text: str) -> str:
    """Return the key of a name: no case, accents, punctuation or width; one space between words.

    Idempotent. Empty for text without a letter or digit. Apostrophes vanish (``O'Neill`` is ``oneill``),
    other punctuation parts words.
    """
    text = unicodedata.normalize("NFC", text)
    text = _APOSTROPHES.sub("", text).translate(_LETTERS).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFC", text)
    text = "".join(_without_marks(c) for c in text).casefold()
    return _NOT_WORD.sub(" ", text).strip()


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script that most letters of the text are in, or ``Zyyy``."""
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = _script_of_letter(character)
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else "Zyyy"


_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
}


@cache
def _script_of_letter(character: str) -> str:
    return _SCRIPTS.get(unicodedata.name(character, "").split(" ")[0], "Zyyy")
