"""Dates that are known only in part, in a subset of EDTF (ISO 8601-2).

``1921-03-16``, ``1994-04``, ``1992``, ``1964-XX-16`` (the 16th of an unknown month), each with ``?`` (uncertain) or
``~`` (approximate) behind it, and ``1990/1992`` for "some time between". One date has one encoding. The SQL functions
``entente_earliest`` and ``entente_latest`` (migrations ``entities.0001`` and ``0011``) say the same as
``PartialDate.earliest`` and ``.latest``.
"""

import calendar
import datetime
import functools
import re

from django.utils.translation import gettext

UNKNOWN_MONTH = "-XX-"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_POINT = rf"\d{{4}}(?:-(?:0[1-9]|1[0-2])(?:-{_DAY})?|-XX-{_DAY})?[?~]?"
# Also the database's check; POSIX and Python read it alike.
PATTERN = f"^{_POINT}(/{_POINT})?$".replace("(?:", "(").replace(r"\d", "[0-9]")
_MATCH = re.compile(PATTERN)


class InvalidPartialDate(ValueError):
    """The text is no date of the subset; the message quotes it and says why."""


@functools.total_ordering
class PartialDate:
    """A day, month, year or span of them, sorted by earliest, then latest day, then text."""

    __slots__ = ("earliest", "latest", "text")
    text: str
    earliest: datetime.date
    latest: datetime.date

    def __init__(self, text: str) -> None:
        text = text.strip() if isinstance(text, str) else str(text)
        if not _MATCH.match(text):
            raise InvalidPartialDate(
                gettext("“%(text)s” is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992")
                % {"text": text}
            )
        first, _, second = text.partition("/")
        earliest, latest = _days(first)
        if second:
            second_earliest, second_latest = _days(second)
            if second_earliest <= earliest or second_latest <= latest:
                raise InvalidPartialDate(
                    gettext("“%(text)s” ends before it begins, or is one date written twice") % {"text": text}
                )
            latest = second_latest
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a partial date does not change")

    def __deepcopy__(self, memo: dict) -> "PartialDate":
        return self

    def __reduce__(self) -> tuple:
        return PartialDate, (self.text,)

    @classmethod
    def of_day(cls, day: datetime.date) -> "PartialDate":
        return cls(day.isoformat())

    @property
    def is_span(self) -> bool:
        return "/" in self.text

    @property
    def is_exact_day(self) -> bool:
        return self.earliest == self.latest and self.text[-1] not in "?~"

    @property
    def year(self) -> int:
        return self.earliest.year

    def overlaps(self, other: "PartialDate") -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.text == other
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: "PartialDate") -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.earliest, self.latest, self.text) < (other.earliest, other.latest, other.text)


def _days(point: str) -> tuple[datetime.date, datetime.date]:
    if UNKNOWN_MONTH in point:  # January and December have all days
        return _days(point.replace(UNKNOWN_MONTH, "-01-"))[0], _days(point.replace(UNKNOWN_MONTH, "-12-"))[1]
    numbers = [int(part) for part in point.rstrip("?~").split("-")]
    year = numbers[0]
    if year == 0:
        raise InvalidPartialDate(gettext("“%(text)s” has no year 0") % {"text": point})
    month_from, month_to = (numbers[1], numbers[1]) if len(numbers) > 1 else (1, 12)
    last = calendar.monthrange(year, month_to)[1]
    if len(numbers) > 2:
        if numbers[2] > last:
            raise InvalidPartialDate(
                gettext("“%(text)s” names a day that its month does not have") % {"text": point}
            )
        day = datetime.date(year, month_to, numbers[2])
        return day, day
    return datetime.date(year, month_from, 1), datetime.date(year, month_to, last)


def parse(value: "str | PartialDate | datetime.date | None") -> PartialDate | None:
    """Return the date, None for None or blank text; raise InvalidPartialDate for anything else."""
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime.datetime):
        return PartialDate(value.date().isoformat())
    if isinstance(value, datetime.date):
        return PartialDate.of_day(value)
    return PartialDate(value) if value.strip() else None
