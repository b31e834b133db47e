"""Dates as registers write them. Which number is the day is found from a whole column, never from one cell."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import product

from babel.dates import get_month_names

from ..folding import folded
from ..partial_dates import InvalidPartialDate, PartialDate

# What registers write where they know nothing.
UNKNOWN = frozenset(
    {
        *(
            "",
            "na",
            "n/a",
            "n.a.",
            "n.a",
            "nan",
            "nat",
            "null",
            "none",
            "nil",
            "#n/a",
            "unknown",
            "not known",
        ),
        *(
            "-",
            "--",
            "–",
            "—",
            "?",
            "??",
            "???",
            ".",
            "..",
            "x",
            "-1",
            "-9",
            "-99",
            "-999",
            "-9999",
            "0",
            "tbd",
            "tba",
        ),
        *(
            "нет",
            "неизвестно",
            "нет данных",
            "н/д",
            "н.д.",
            "б/д",
            "yok",
            "bilinmiyor",
            "inconnu",
            "s.d.",
            "s/d",
            "undated",
            "without date",
        ),
        *("no date", "not applicable", "not available", "no data", "never", "xxxx", "uuuu"),
    }
)
# No day, and "never": a year of zeros or nines, however it is written.
_NO_YEAR = r"(?:0000|9999|2999)"
_NO_DAY = re.compile(
    rf"^(?:{_NO_YEAR}(?:[-./]\d\d?){{0,2}}|(?:\d\d?[-./]){{1,2}}{_NO_YEAR}|9999\d{{4}}|0{{8}})(?:[T ]\d\d:.*)?$"
)
_NUMBERS = re.compile(r"^(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})([?~]?)$")
_YEAR_FIRST = re.compile(r"^(\d{4})([./ ])(\d{1,2})(?:\2(\d{1,2}))?([?~]?)$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[./](\d{4})$")
_TIME = re.compile(
    r"^(\d{4}-\d\d-\d\d|\d{1,2}[-./]\d{1,2}[-./]\d{4})"
    r"[T ]\d\d?:\d\d(:\d\d)?(\.\d+)?\s?([AP]M)?(Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(1[0-9]|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_SERIAL = re.compile(r"^[1-6]\d{4}(\.0+)?$")
_RANGE = re.compile(r"^(.+?)(?:\.\.|\s+to\s+|\s*/\s*)(.+)$")
_SHORT_YEAR = re.compile(r"^(\d{1,2})[-./](\d{1,2})[-./](\d{2})$")
_WORDS = re.compile(r"[^\W\d_]+\.?|\d+")
_SERIAL_DAY_0 = datetime.date(1899, 12, 30)
_MONTH_LANGUAGES = ("en", "ru", "tr", "fr", "de", "es", "it", "pt")
_FILLING = frozenset(
    {"of", "the", "de", "del", "года", "г", "год", "st", "nd", "rd", "th", "den", "le", "el", "do"}
)


class Order(StrEnum):
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    UNKNOWN = ""


_SAID = {Order.DAY_FIRST: "day first", Order.MONTH_FIRST: "month first"}


@dataclass(frozen=True)
class DateColumn:
    """How the dates of one column are to be read, and the rows that say so."""

    order: Order = Order.UNKNOWN
    proofs: int = 0
    against: int = 0
    told: bool = False
    seen: int = 0

    def __str__(self) -> str:
        if self.told:
            return f"{_SAID[self.order]}, as told"
        if not self.order:
            return "which number is the day cannot be told"
        against = f", {self.against} against it" if self.against else ""
        return (
            f"{_SAID[self.order]} ({self.proofs} dates say so{against})" if self.proofs else _SAID[self.order]
        )

    def read(self, text: str) -> PartialDate | None:
        """Return the date, None for what registers write for none; raise InvalidPartialDate for what is no date."""
        text = text.strip()
        if text.lower() in UNKNOWN or _NO_DAY.match(text):
            return None
        if match := _TIME.match(text):
            text = match[1]
        try:
            return PartialDate(_normalised(text))
        except InvalidPartialDate as error:
            first_error = error
        written = (
            self._numbers(text)
            or _year_first(text)
            or _compact(text)
            or _in_words(text)
            or _range(self, text)
        )
        if written is None:
            raise _explained(text, first_error)
        return PartialDate(written)

    def _numbers(self, text: str) -> str | None:
        if match := _MONTH_YEAR.match(text):
            return f"{match[2]}-{int(match[1]):02}"
        if not (match := _NUMBERS.match(text)):
            return None
        first, second, year, mark = int(match[1]), int(match[3]), match[4], match[5]
        order = self.order
        if first != second and not order:
            if first <= 12 and second <= 12:
                raise InvalidPartialDate(
                    f"“{text}” may be two days: no date of the file says whether the day or the month comes first"
                )
            order = Order.DAY_FIRST if first > 12 else Order.MONTH_FIRST
        day, month = (second, first) if order is Order.MONTH_FIRST else (first, second)
        if month > 12 >= day:
            raise InvalidPartialDate(f"“{text}” has no month {month}; the column is written {_SAID[order]}")
        return f"{year}-{month:02}-{day:02}{mark}"


def date_columns(columns: dict[str, Iterable[str]], told: Order = Order.UNKNOWN) -> dict[str, DateColumn]:
    """Find the order of every column from its own dates; a column without proof follows the others of its file."""
    evidence = {name: _evidence(values) for name, values in columns.items()}
    whole = sum(evidence.values(), Counter())
    seen = {name: counts["dots"] + counts["others"] for name, counts in evidence.items()}
    if told:
        return {name: DateColumn(told, told=True, seen=seen[name]) for name in columns}
    return {name: replace(_decided(counts, whole), seen=seen[name]) for name, counts in evidence.items()}


def _decided(counts: Counter, whole: Counter) -> DateColumn:
    for proofs in (counts, whole):
        day, month = proofs["day"], proofs["month"]
        if max(day, month) and min(day, month) <= max(day, month) // 20:
            order = Order.DAY_FIRST if day > month else Order.MONTH_FIRST
            return DateColumn(
                order, counts[("month", "day")[day > month]], counts[("day", "month")[day > month]]
            )
    if counts["dots"] and not counts["others"] and not (whole["day"] or whole["month"]):
        return DateColumn(Order.DAY_FIRST)  # nobody writes the month first with dots
    return DateColumn()


def _evidence(values: Iterable[str]) -> Counter:
    counts: Counter = Counter()
    for value in values:
        if match := _NUMBERS.match(_TIME.sub(r"\1", value.strip())):
            first, second = int(match[1]), int(match[3])
            counts["dots" if match[2] == "." else "others"] += 1
            if match[4] in ("9999", "0000", "2999"):
                continue
            counts["day"] += first > 12 >= second
            counts["month"] += second > 12 >= first
    return counts


def _normalised(text: str) -> str:
    """EDTF in our one encoding: what adds nothing goes, decades and centuries are spans."""
    text = text.replace("..", "/").replace(" / ", "/").replace("%", "~")
    text = re.sub(r"\[([^\[\]]+)\]", r"\1", text)
    text = re.sub(r"[xu]", "X", text) if re.fullmatch(r"[\dXxu-]+[?~]?", text) else text
    text = re.sub(r"^(\d{4}(?:-\d\d)?)(?:-XX){1,2}(?=[?~]?$)", r"\1", text)
    if match := re.fullmatch(r"(\d{3})X|(\d{2})XX", text):
        known = match[1] or match[2]
        return f"{known.ljust(4, '0')}/{known.ljust(4, '9')}"
    if match := re.fullmatch(r"(?:c|ca|circa|about|около|yaklaşık)\.?\s*(\d{4}(?:-\d\d)*)", text, re.I):
        return f"{match[1]}~"
    return text


def _year_first(text: str) -> str | None:
    match = _YEAR_FIRST.match(text)
    if not match:
        return None
    day = f"-{int(match[4]):02}" if match[4] else ""
    return f"{match[1]}-{int(match[3]):02}{day}{match[5]}"


def _compact(text: str) -> str | None:
    if _COMPACT.match(text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if _SERIAL.match(text):  # the number by which spreadsheets count days
        return (_SERIAL_DAY_0 + datetime.timedelta(days=int(float(text)))).isoformat()
    return None


def _range(column: DateColumn, text: str) -> str | None:
    if match := _RANGE.match(text):
        try:
            ends = [column.read(match[1]), column.read(match[2])]
        except InvalidPartialDate:
            return None
        if all(ends) and not any(end.is_span for end in ends):
            return f"{ends[0]}/{ends[1]}"
    return None


def _in_words(text: str) -> str | None:
    """“12 March 1990”, “March 12, 1990”, “12-Mar-1990”, “март 1990 г.”."""
    day = month = year = 0
    for word in _WORDS.findall(text):
        key = folded(word)
        if word.isdigit():
            if len(word) == 4 and not year:
                year = int(word)
            elif len(word) <= 2 and not day:
                day = int(word)
            else:
                return None
        elif key in _months() and not month:
            month = _months()[key]
        elif key not in _FILLING:
            return None
    if not (year and month):
        return None
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language, width, context in product(
        _MONTH_LANGUAGES, ("wide", "abbreviated"), ("format", "stand-alone")
    ):
        # `country_data` loads locales without what they inherit, and Babel keeps them so.
        with suppress(KeyError):
            for number, name in get_month_names(width, context, language).items():
                names.setdefault(folded(name), number)
    return {**names, "sept": 9}


def _explained(text: str, error: InvalidPartialDate) -> InvalidPartialDate:
    if _SHORT_YEAR.match(text):
        return InvalidPartialDate(f"“{text}” has a year of two digits, which may be of any century")
    return error
