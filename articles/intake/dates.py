"""Dates as a text gives them, no more exact than they are written: ``2004-12-05``, ``1994-04``, ``2009``."""

import re
from dataclasses import dataclass

_MONTHS = (
    "january jan|january|январь января январе январю январем янв|ocak ocağı oca",
    "february feb|february|февраль февраля феврале февралю февралем фев|şubat şubatı şub",
    "march mar|march|март марта марте марту мартом мар|mart",
    "april apr|april|апрель апреля апреле апрелю апрелем апр|nisan nis",
    "may|may|май мая мае маю маем|mayıs",
    "june jun|june|июнь июня июне июню июнем июн|haziran haz",
    "july jul|july|июль июля июле июлю июлем июл|temmuz tem",
    "august aug|august|август августа августе августу августом авг|ağustos ağu",
    "september sept sep|september|сентябрь сентября сентябре сентябрю сентябрем сен|eylül eyl",
    "october oct|october|октябрь октября октябре октябрю октябрем окт|ekim eki",
    "november nov|november|ноябрь ноября ноябре ноябрю ноябрем ноя|kasım kas",
    "december dec|december|декабрь декабря декабре декабрю декабрем дек|aralık ara",
)
MONTHS = {
    word: number
    for number, words in enumerate(_MONTHS, 1)
    for language in words.split("|")
    for word in language.split()
}
_HYPHENS = str.maketrans("\u2010\u2011\u00a0\u202f", "--  ")


def _plain(word: str) -> str:
    return word.replace("İ", "i").lower().replace("ı", "i")


_NUMBERS = {_plain(word): number for word, number in MONTHS.items()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR_TAIL = r"(?:-(?:м|й|го|му)(?!\w))?(?:\s*(?:года|году|годом|год|г\.)(?!\w))?"
_TR_SUFFIX = r"(?:['’][a-zçğıöşü]+)?"

_PATTERNS = (
    (
        "iso",
        re.compile(rf"(?<![\d-])({_YEAR})-(\d\d)-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])"),
    ),
    ("ymd", re.compile(rf"(?<![\d/.])({_YEAR})[/.](\d\d)[/.](\d\d)(?![\d/.])")),
    (
        "dmy",
        re.compile(rf"(?<![\d.])(\d\d?)\.\s?(\d\d?)\.\s?({_YEAR}){_YEAR_TAIL}(?![\d])"),
    ),
    ("slash", re.compile(rf"(?<![\d/-])(\d\d?)(?:/|-)(\d\d?)(?:/|-)({_YEAR})(?![\d/-])")),
    ("short", re.compile(r"(?<![\d.])(\d\d)\.(\d\d)\.(\d\d)(?![\d.])")),
    (
        "day_month_year",
        re.compile(
            rf"(?<![\w.])(\d\d?)(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH})\.?,?\s+({_YEAR}){_YEAR_TAIL}{_TR_SUFFIX}(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "month_day_year",
        re.compile(rf"(?<!\w)({_MONTH})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+({_YEAR})(?!\d)", re.IGNORECASE),
    ),
    (
        "month_year",
        re.compile(
            rf"(?<!\w)({_MONTH})\.?,?(?:\s+of)?\s+({_YEAR}){_YEAR_TAIL}{_TR_SUFFIX}(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "year_month",
        re.compile(rf"(?<![\w-])({_YEAR})\s+(?:yılı\s+)?({_MONTH})(?!\w)", re.IGNORECASE),
    ),
    (
        "day_month",
        re.compile(rf"(?<![\w.,])(\d\d?)(?:st|nd|rd|th)?\s+({_MONTH})(?!\w)", re.IGNORECASE),
    ),
    (
        "month_day",
        re.compile(rf"(?<!\w)({_MONTH})\.?\s+(\d\d?)(?:st|nd|rd|th)?(?![\w%])", re.IGNORECASE),
    ),
    (
        "year",
        re.compile(rf"(?<![\w.,/–—-])({_YEAR}){_YEAR_TAIL}{_TR_SUFFIX}(?![\w%]|[.,/–-]\d)"),
    ),
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at its place. ``value`` is partial EDTF; empty for a day and month without a year."""

    start: int
    end: int
    value: str

    @property
    def exact(self) -> bool:
        return len(self.value) == 10


def _month(word: str) -> int:
    return _NUMBERS[_plain(word)]


def _numbers(kind: str, match: re.Match) -> tuple[str, int, int]:
    """Return year, month and day (0 where the text has none)."""
    a, b, c = (*match.groups(), None, None)[:3]
    if kind in ("iso", "ymd"):
        return a, int(b), int(c)
    if kind == "dmy":
        return c, int(b), int(a)
    if kind == "short":
        return ("20" if int(c) < 50 else "19") + c, int(b), int(a)
    if kind == "slash":
        return _slashed(int(a), int(b), c)
    if kind == "day_month_year":
        return c, _month(b), int(a)
    if kind == "month_day_year":
        return c, _month(a), int(b)
    if kind == "month_year":
        return b, _month(a), 0
    if kind == "year_month":
        return a, _month(b), 0
    return (a, 0, 0) if kind == "year" else ("", 0, 0)


def _slashed(first: int, second: int, year: str) -> tuple[str, int, int]:
    """Day or month first? Where both are possible and differ, only the year is sure."""
    if first > 12 or first == second:
        return year, second, first
    if second > 12:
        return year, first, second
    return year, 0, 0


def _value(year: str, month: int, day: int) -> str | None:
    if not 0 <= month <= 12 or day > 31:
        return None
    if not year:
        return ""
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates of a text in order; a longer reading wins over a shorter one at the same place."""
    text = text.translate(_HYPHENS)
    taken: list[FoundDate] = []
    busy = bytearray(len(text))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if busy.find(1, match.start(), match.end()) >= 0:
                continue
            try:
                value = _value(*_numbers(kind, match))
            except (KeyError, ValueError):
                continue
            if value is None:
                continue
            busy[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            taken.append(FoundDate(match.start(), match.end(), value))
    return sorted(taken, key=lambda found: found.start)


def parse_date(text: str | None) -> str | None:
    """Return the one date that a field of metadata holds, as precise as it is given."""
    found = [date for date in find_dates(text or "") if date.value]
    return found[0].value if found else None
