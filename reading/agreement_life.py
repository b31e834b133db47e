"""The line of one agreement's life: signed, in force, ended, each drawn as long as its date leaves it open.

Geometry only, for two widths; a table on the page says the same.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from entities.date_words import After, in_words
from entities.models import Agreement, AgreementParty
from entities.partial_dates import PartialDate
from entities.status import DECLARATORY

from .lifeline import CHARACTER, GAP, MARGIN, ticks_of

ROW, LABEL_ROW, LANE = 26, 17, 30
MOST_LANES = 12  # parties drawn; the table has all


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the table: what happened when, to whom, and between which days it may have been."""

    what: str
    date: PartialDate
    party: AgreementParty | None = None

    @property
    def is_open(self) -> bool:
        return self.date.earliest != self.date.latest or not self.date.is_exact_day


@dataclass(slots=True)
class Band:
    x: float
    y: float
    width: float
    css: str
    title: str


@dataclass(slots=True)
class Point:
    x: float
    width: float
    y: float
    css: str
    title: str
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    anchor: str = "start"

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def is_span(self) -> bool:
        return self.width > 5

    @property
    def top(self) -> float:
        return self.y - 5


@dataclass(slots=True)
class Drawing:
    css: str
    width: int
    height: float = 0
    axis_y: float = 0
    today_x: float = 0
    bands: list[Band] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    names: list[tuple[float, str]] = field(default_factory=list)
    ticks: list[tuple[float, str, str]] = field(default_factory=list)


def happenings(
    agreement: Agreement, parties: Sequence[AgreementParty], today: datetime.date
) -> list[Happening]:
    """Return all that is dated, oldest first: the agreement's own dates and those of its parties."""
    found = [Happening(words, date) for _css, words, date in _dates(agreement, today)]
    for party in parties:
        found += [Happening(words, date, party) for _css, words, date in _dates(party, today)]
    return sorted(found, key=lambda happening: happening.date)


def _dates(record: Agreement | AgreementParty, today: datetime.date) -> list[tuple[str, str, PartialDate]]:
    """Return (css, words, date) of what is known of an agreement or of one party's part in it."""
    words = (
        ("signed", record.signed, _("signed"), _("signature foreseen")),
        ("in-force", record.in_force, _("entered into force"), _("entry into force foreseen")),
        ("ended", record.ended, _("ended"), _("end foreseen")),
    )
    return [
        (css, foreseen if date.earliest > today else past, date)
        for css, date, past, foreseen in words
        if date
    ]


def drawings(agreement: Agreement, parties: Sequence[AgreementParty], today: datetime.date) -> list[Drawing]:
    """Return the drawing for two widths; none when no date is known."""
    dated = [party for party in parties if party.signed or party.in_force or party.ended][:MOST_LANES]
    known = [happening.date for happening in happenings(agreement, dated, today)]
    if not known:
        return []
    first = min(date.earliest for date in known).year
    last = max(today.year, *(date.latest.year for date in known))
    first = min(first, last - 4)
    return [
        _draw(css, width, agreement, dated, today, first, last)
        for css, width in (("wide", 760), ("narrow", 344))
    ]


def _draw(
    css: str,
    width: int,
    agreement: Agreement,
    dated: Sequence[AgreementParty],
    today: datetime.date,
    first: int,
    last: int,
) -> Drawing:
    year_width = (width - 2 * MARGIN) / (last - first + 1)

    def x_of(day: datetime.date) -> float:
        return round(MARGIN + (day.year - first + (day.timetuple().tm_yday - 1) / 366) * year_width, 1)

    drawing = Drawing(css, width, today_x=x_of(today))
    points = _points(agreement, today, x_of, 0)
    rows = _place_labels(points, width)
    y = rows * LABEL_ROW + ROW / 2
    for point in points:
        point.y = y
        point.label_y = y - 12 - point.label_y * LABEL_ROW
    drawing.bands += _bands(agreement, today, x_of, y, agreement.kind in DECLARATORY)
    drawing.points += points
    y += ROW / 2
    for party in dated:
        y += LANE
        drawing.names.append((y - 11, str(party.record.name)))
        drawing.bands += _bands(party, today, x_of, y, False)
        drawing.points += _points(party, today, x_of, y)
    drawing.axis_y = y + 12
    drawing.height = drawing.axis_y + 24
    drawing.ticks = ticks_of(first, last, year_width, width)
    return drawing


def _points(
    record: Agreement | AgreementParty,
    today: datetime.date,
    x_of: Callable[[datetime.date], float],
    y: float,
) -> list[Point]:
    points = []
    for css, words, date in _dates(record, today):
        start, end = x_of(date.earliest), x_of(date.latest)
        said = in_words(date, after=After.ENDED if css == "ended" else None)
        points.append(
            Point(start, round(end - start, 1), y, css, f"{words}: {in_words(date)}", f"{words} {said}")
        )
    return points


def _bands(
    record: Agreement | AgreementParty,
    today: datetime.date,
    x_of: Callable[[datetime.date], float],
    y: float,
    is_declaration: bool,
) -> list[Band]:
    """What held between the dates; between the first and the last day of a date known in part, possibly."""
    signed, in_force, ended = record.signed, record.in_force, record.ended
    until = ended.earliest if ended else max(today, in_force.latest if in_force else today)
    spans: list[tuple[datetime.date, datetime.date, str, str]] = []
    if signed:
        to = in_force.earliest if in_force else until
        css, words = (
            ("signed", _("signed")) if in_force or is_declaration else ("unverified", _("unverified"))
        )
        spans.append((signed.latest, to, css, words))
    if in_force:
        spans.append((in_force.earliest, in_force.latest, "in-force perhaps", _("possibly in force")))
        spans.append((in_force.latest, until, "in-force", _("in force")))
    if ended and (in_force or signed):
        words = _("possibly in force") if in_force else _("unverified")
        spans.append((ended.earliest, ended.latest, "in-force perhaps" if in_force else "unverified", words))
    return [
        Band(x_of(start), y, round(x_of(end) - x_of(start), 1), css, words)
        for start, end, css, words in spans
        if start < end
    ]


def _place_labels(points: list[Point], width: int) -> int:
    """Put each label on the lowest row where it meets no other; return the rows used."""
    taken: list[tuple[int, float, float]] = []
    for point in points:
        length = len(point.label) * CHARACTER
        left = min(max(0.0, point.middle - 4), max(0.0, width - length))
        row = 0
        while any(
            row == other and left < end + GAP and start < left + length + GAP for other, start, end in taken
        ):
            row += 1
        taken.append((row, left, left + length))
        point.label_x, point.label_y = round(left, 1), row
    return max((row for row, _start, _end in taken), default=-1) + 1
