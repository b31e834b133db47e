"""Lists of instruments: a line with a mark or number before it that names one is one, from its first word to its last.

What a list names is not told again by what stands inside its lines, nor by "five agreements" above it. Turkish lists and
chronicles, where dates begin the lines, are read by ``instruments_tr`` and ``chronicles``.
"""

import re

from .dates import find_dates

Place = tuple[int, int, str, str, bool]  # start, end, title, kind, counted

_ITEM = re.compile(r"^[ \t]*(?:[-–—•*▪●◦]|\(?\d{1,3}[.)]|\(?[a-zа-я]\))[ \t]+(\S.{7,420})$", re.MULTILINE)
_BEGINS = {
    "en": re.compile(
        r"[“”\"'‘’]?(?:[A-Z][\w.&’'-]*,?\s+(?:(?:of|the|and|for|on|in)\s+){0,2}){0,9}?"
        r"(?P<noun>Agreement|Memorand(?:um|a)|Treaty|Convention|Protocol|Declaration|Joint\s+(?:Statement|Communiqu[eé])|MO[Uu]"
        r"|Arrangement|Programme|Contract|Accord|Pact|Charter|Plan\s+of\s+Action|Letter\s+of\s+Intent|Exchange\s+of\s+(?:Notes|Letters))\b"
    ),
    "ru": re.compile(
        r"[«\"“]?(?:[А-ЯЁ]?[а-яё-]+(?:ое|ый|ий|ая|яя|ее)\s+){0,4}"
        r"(?P<noun>соглашение|меморандум|договор|протокол|декларация|конвенция|контракт|заявление|программа|план|дорожная\s+карта)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip
_KINDS = (
    (r"memorand|mou|меморандум", "memorandum"),
    (r"treaty|convention|pact|charter|договор|конвенц", "treaty"),
    (r"protocol|протокол", "protocol"),
    (r"declaration|statement|communiqu|деклараци|заявлени", "declaration"),
    (r"contract|контракт", "contract"),
    (r"programme|plan|программ|план", "programme"),
)  # fmt: skip
_SENTENCE_INSIDE = re.compile(r"[a-zа-яçğıöşü)»”\"]\.\s+[A-ZА-ЯЁÇĞİÖŞÜ]")
_SAYS_MORE = re.compile(
    r"\s(?:was|were|is|has|have|will|had|been|entered|signed\s+by\s+the|provides?|aims?|был[аио]?|будет|будут|вступил\w*|предусматрива\w+)\s",
    re.IGNORECASE,
)
_ENDING = re.compile(r"[\s;,.:]*(?:\s(?:and|и))?[\s;,.]*$")
_DATED = re.compile(r"[\s,(–—-]*(?:(?:signed|dated|подписан\w*|от|of)\s*(?:on|in|в)?\s*)?$", re.IGNORECASE)
_FEW = 2  # items that make a list


def listed_instruments(text: str, language: str) -> list[Place]:
    """Return the instruments that the items of a list name; none where fewer than two items name any."""
    begins = _BEGINS.get(language)
    if begins is None:
        return []
    found: list[Place] = []
    for item in _ITEM.finditer(text):
        words = _ENDING.sub("", item[1])
        match = begins.match(words)
        if match is None or _SENTENCE_INSIDE.search(words) or _SAYS_MORE.search(words[match.end() :]):
            continue
        title = _without_date(words)
        start = item.start(1)
        found.append((start, start + len(title), _plain(title), _kind(match["noun"]), False))
    return found if len(found) >= _FEW else []


def outside(places: list[Place], listed: list[Place]) -> list[Place]:
    """The places that a list does not tell: neither inside its items nor a count of them just above."""
    if not listed:
        return places
    first = listed[0][0]
    return [
        place
        for place in places
        if not any(start <= place[0] < end for start, end, *_ in listed)
        and not (place[4] and 0 <= first - place[1] < 600)
    ]


def _without_date(words: str) -> str:
    """The item without the date and place that stand behind its name."""
    for date in find_dates(words):
        if date.start > 20 and date.value:
            before = _DATED.sub("", words[: date.start])
            return (
                re.sub(r"[\s(]+[\w .-]{2,30},?$", "", before)
                if before.count("(") > before.count(")")
                else before
            )
    return words


def _plain(title: str) -> str:
    title = re.sub(r"(?<=\w)\s[‘'“\"](?=on\s|for\s)", " ", title)
    return (
        re.sub(r"\s+", " ", title).strip(" ‘’'“”\"«»")
        if title[0] in "‘'“\"«" or title[-1] in "’'"
        else re.sub(r"\s+", " ", title)
    )


def _kind(noun: str) -> str:
    folded = noun.casefold()
    return next((kind for pattern, kind in _KINDS if re.match(pattern, folded)), "agreement")
