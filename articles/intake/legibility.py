"""How unlike written words a text looks: bytes read by the wrong table look stranger than by the right one.

The measure is a cost, roughly the negative logarithm of how likely each character beyond ASCII is where it stands, so
costs of several readings of the same bytes can be compared, and a difference of 3 is one of twenty to one.
"""

import math
import re
import unicodedata

SAMPLE = 8_000
IMPOSSIBLE, ODD = 12.0, 8.0

# How often letters are written, in thousandths; capitals cost what their place says.
_RUSSIAN = dict(zip(
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3,
     3, 1.5, 1),
    strict=True,
))  # fmt: skip
_TURKISH = {"ı": 51, "ü": 19, "ş": 18, "ç": 12, "ğ": 11, "ö": 8, "i̇": 5, "â": 0.6, "î": 0.3, "û": 0.4}
_WESTERN = dict.fromkeys("éèêàáäåæñóôúíëïßãõœ", 2)
_WESTERN |= {"é": 4, "ä": 3, "ß": 1, "ã": 1, "õ": 1, "œ": 0.7, "ø": 0.7}
_WESTERN |= dict.fromkeys("ąćęłńśźżěščřž", 1) | dict.fromkeys("āēīūůďťňă", 0.4)
_OTHERS = dict.fromkeys("ііїєґўәғқңөұүһ", 1) | {"і": 20}
_COSTS = {
    letter: -math.log(share / 1000) for letter, share in (_OTHERS | _WESTERN | _TURKISH | _RUSSIAN).items()
}
# Other letters. Only a page that says its encoding is read by tables that have the latter scripts.
_SCRIPTS = {"LATIN": 9.0, "CYRILLIC": 9.0, "CJK": 7.5, "HIRAGANA": 6.0, "KATAKANA": 6.0, "HANGUL": 7.5}
_SCRIPTS |= dict.fromkeys(("GREEK", "HEBREW", "ARABIC", "GEORGIAN", "ARMENIAN", "THAI"), 3.6)

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WINDOWS = re.compile(r"[\x00-\x7f]{0,24}[^\x00-\x7f][\x00-\x7f]{0,24}")
_TOKEN = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_HARD_CYRILLIC = re.compile(
    r"^[ьъы]|[аеёиоуыэюя][ьъ]|[йьъ][ьъ]|[йь][ыэ]|ъ[^еёюя]|ъ$|[жш]ы|[чщ][яюы]|ы[ыэёюуао]|[бвгджзклмнпрстфхцчшщ]{5}"
    r"|[аеёиоуыэюя]{4}|[бвгджзклмнпрстфхцчшщй]й|(.)\1\1"
)
_CYRILLIC_VOWEL = re.compile("[аеёиоуыэюяіїє]")
_DISHARMONY = re.compile("[eöüi][^aeıioöuü]+ı")
_VOWELS = frozenset("aeiouı")
_OPENING, _CLOSING = frozenset("«„“‘"), frozenset("»”’“")
_OPENS = re.compile(r"(?<!\w)[«„“](?=\w)")
_CLOSES = re.compile(r"(?<![\s(])[»”“](?!\w)")
_OPENS_SINGLE = re.compile(r"(?<!\w)‘(?=\w)")
_CLOSES_SINGLE = re.compile(r"(?<=[\w.,!?])’(?!\w)")
_CYRILLIC_WORD = re.compile("[а-яёА-ЯЁ]{2}")
_CYRILLIC_ALONE = re.compile("[а-яёА-ЯЁ]")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|that|with|by|is|on|from|at|as)\b", re.IGNORECASE)
_TURKISH_WORDS = re.compile(r"\b(?:ve|bir|bu|ile|da|de|olarak|gibi|en|ya|her|daha|ise)\b", re.IGNORECASE)
_NO_ENGLISH_LETTERS = re.compile("[ığşİĞŞďťňřůűőţýþđ]")
_TURKISH_LETTER = re.compile("[ığüşöçİĞÜŞÖÇ]")
_ENGLISH_END = re.compile(r"’(?:s|t|d|m|re|ve|ll)\b")
_FIXED_SPACES = re.compile("[\u00a0\u2009\u202f]")
_CONTROLS = re.compile("[\x80-\x9f]")
_COMMON_SIGNS = frozenset("•·°©®™€£§")
_RARE_SIGNS = frozenset("²³½¼×÷±µ¿¡´†‡‰¢¥¶ªº\u00ad")


def strangeness(text: str) -> tuple[float, int]:
    """Return the cost of the text's characters beyond ASCII, and how many there are."""
    first = _BEYOND_ASCII.search(text)
    start = max(0, first.start() - 24) if first else len(text)
    sample = "".join(_WINDOWS.findall(text[start : start + SAMPLE * 40]))[:SAMPLE]
    cost = _of_spaces(sample) + _of_quotes(sample) + _of_company(sample)
    for token in _TOKEN.findall(sample):
        if not token.isascii():
            cost += _of_letters(token) + _of_signs(token)
    return cost, sum(character > "\x7f" for character in sample)


def is_legible(text: str) -> bool:
    """Whether the text is stranger than any in a language whose letters it has; Cyrillic ones are costed closely."""
    cost, characters = strangeness(text)
    most = 3.75 if len(_CYRILLIC_ALONE.findall(text[:SAMPLE])) > characters / 2 else 8.0
    return cost <= most * characters + 5


def _of_spaces(sample: str) -> float:
    """A space that does not break stands between words; controls (0085 counts as a space) stand nowhere."""
    cost = IMPOSSIBLE * len(_CONTROLS.findall(sample))
    for match in _FIXED_SPACES.finditer(sample):
        before, after = sample[match.start() - 1 : match.start()], sample[match.end() : match.end() + 1]
        if not before.strip() or not after.strip():
            cost += IMPOSSIBLE
        else:
            cost += 5.5 if before.isalpha() and after.isalpha() else 3.0
    return cost


def _of_quotes(sample: str) -> float:
    unpaired = abs(len(_OPENS.findall(sample)) - len(_CLOSES.findall(sample)))
    single = max(0, len(_OPENS_SINGLE.findall(sample)) - len(_CLOSES_SINGLE.findall(sample)))
    return 3.0 * unpaired + 7.0 * single


def _of_company(sample: str) -> float:
    """A Cyrillic letter among Latin words, or a Turkish one among English words, is a sign read wrongly."""
    alone = 0 if _CYRILLIC_WORD.search(sample) else len(_CYRILLIC_ALONE.findall(sample))
    english = len(_ENGLISH.findall(sample)) > len(_TURKISH_WORDS.findall(sample))
    return 6.0 * alone + (3.0 * len(_NO_ENGLISH_LETTERS.findall(sample)) if english else 0.0)


def _of_letters(token: str) -> float:
    cost = 0.0
    for match in _LETTERS.finditer(token):
        run = match[0]
        if run.isascii():
            continue
        before = token[match.start() - 1 : match.start()]
        cost += sum(_of_letter(letter) for letter in run if letter > "\x7f")
        cost += _of_case(run) + _of_scripts(run)
        if len(run) == 1 and before not in {"'", "’"}:
            cost += _of_a_letter_alone(run, token[match.end() : match.end() + 1])
    return cost


def _of_letter(letter: str) -> float:
    known = _COSTS.get(letter.lower())
    if known is not None:
        return known
    if "\u3400" <= letter <= "\u4dbf":
        return ODD + 2  # hardly ever written; two letters of an older encoding make one of them in UTF-8
    script = unicodedata.name(letter, "").split(" ")[0]
    return _SCRIPTS.get(script, ODD + 2)


def _of_case(run: str) -> float:
    """Words are small, begin with a capital, or are all capitals."""
    if run.islower() or run.lower() == run.upper():
        return 0.0
    if run.isupper():
        return (0.5 if len(run) < 5 else 0.8) * sum(letter > "\x7f" for letter in run)
    if run[1:].islower():
        return 2.0 if run[0] > "\x7f" and run[0] != "İ" else 0.0
    return 6.0 + 2.0 * sum(letter.isupper() and letter > "\x7f" for letter in run[1:])


def _of_scripts(run: str) -> float:
    names = {unicodedata.name(letter, "?").split(" ")[0] for letter in run}
    if len(names) > 1:
        return 10.0
    if names == {"CYRILLIC"}:
        small = run.lower()
        heaps = 4.0 * sum(1 for _heap in _HARD_CYRILLIC.finditer(small))
        if len(run) == 1 or _CYRILLIC_VOWEL.search(small):
            return heaps
        return heaps + (2.5 if run == small else 1.5)
    return _of_syllables(run) if names == {"LATIN"} and _TURKISH_LETTER.search(run) else 0.0


def _of_syllables(run: str) -> float:
    """Turkish has no heaps of consonants or vowels, and its vowels agree with each other."""
    heap, cost = 0, {"ğ": 6.0, "ı": 5.0, "Ğ": 4.0}.get(run[0], 0.0)
    kinds = [unicodedata.normalize("NFD", letter.lower())[0] in _VOWELS for letter in run]
    for place, is_vowel in enumerate(kinds):
        heap = heap + 1 if place and is_vowel == kinds[place - 1] else 1
        if (is_vowel and heap == 2) or (not is_vowel and heap == (2 if place == 1 else 3)):
            cost += 2.5
    if _DISHARMONY.search(run.lower()):
        cost += 2.5
    return cost + (2.5 if len(run) > 2 and not any(kinds) else 0.0)


def _of_a_letter_alone(letter: str, after: str) -> float:
    if letter in "авикосуяАВИКОСУЯ":
        return 0.0
    if letter.isupper() and after == ".":
        return 0.5
    return 4.0


def _of_signs(token: str) -> float:
    return sum(
        0.5
        if _ENGLISH_END.match(token, place) and place
        else _of_sign(sign, token[place - 1 : place] if place else " ", token[place + 1 : place + 2] or " ")
        for place, sign in enumerate(token)
        if sign > "\x9f" and not sign.isalpha() and not unicodedata.combining(sign)
    )


def _of_sign(sign: str, before: str, after: str) -> float:
    inside = before.isalnum() and after.isalnum()
    if sign in _OPENING and not before.isalnum() and (after.isalnum() or after in "«„“\"'‘…("):
        return 3.0
    if sign in _CLOSING and before not in " (" and not after.isalnum():
        return 3.0
    if sign == "’" and inside:
        return 2.5
    if sign in "–—":
        if before.isalpha() and after.islower():
            return 6.0
        return 3.0 if (before == " ") == (after == " ") or not after.isalnum() else ODD
    if sign == "…":
        return 4.0 if before != " " and not after.isalnum() else ODD
    if sign == "№":
        return 4.0 if not before.isalpha() and not after.isalpha() else ODD + 4
    if sign in _COMMON_SIGNS:
        return 6.0 + 4 * (before.isalpha() or (before == after == " " and sign not in "•·")) + 4 * inside
    if sign in _RARE_SIGNS or sign in _OPENING | _CLOSING:
        return ODD + 4 * (before.isalpha() or after.isalpha())
    return IMPOSSIBLE
