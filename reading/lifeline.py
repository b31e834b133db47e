"""The life line of a country or pair: agreements on an axis of years, stories a year as bars under it.

Where there are too many agreements to tell apart, they stand as columns on the axis, one for some years.

Geometry only; the template writes it out as SVG attributes and the style sheet colours it. It is computed for three
widths, because text in a picture must not shrink with it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from entities.models import Agreement
from entities.partial_dates import PartialDate
from entities.status import Standing

CHARACTER = 6.1  # width of an average letter of the labels, in px
LANE = 19
GAP = 7
MARGIN = 8
AXIS_GAP = 16
BARS = 42
SHORTEST_SPAN = 12  # years an axis shows at least
FULL_SCALE = 4  # stories a year that fill the bars' height, where no year has more
COLUMN = 76  # height of the highest column of agreements
NARROWEST = 4  # width of a column; of a longer time, one stands for several years
_KINDS = "agreement|treaty|declaration|protocol|memorandum|convention|contract|programme|statement|notes|plan"
_ON_SUBJECT = re.compile(
    rf"^((?:[\w-]+\s){{0,2}}?(?:{_KINDS}))\b.{{20,}}?\b(?:on|concerning|regarding)\s+(?:the\s+)?(.{{8,}})$",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"(?:\s+(?:the|of|and|on|to|for|a|an|in|between|their|its|with|by|as|at))+$", re.IGNORECASE
)


@dataclass(slots=True)
class Mark:
    """An agreement at its date; of a date known in part, the whole time that it may have been."""

    x: float
    width: float
    css: str
    title: str
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    anchor: str = "start"
    leader_top: float = 0
    top: float = 0

    @property
    def is_span(self) -> bool:
        return self.width > 5

    @property
    def square_x(self) -> float:
        return self.middle - 4.5

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(slots=True)
class Block:
    """Agreements of some years in one status, as a part of a column."""

    x: float
    y: float
    width: float
    height: float
    css: str
    title: str


@dataclass(slots=True)
class LifeLine:
    css: str
    width: int
    height: float
    axis_y: float
    ticks_y: float
    base_y: float
    marks: list[Mark] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    ticks: list[tuple[float, str, str]] = field(default_factory=list)
    highest: int = 0
    highest_column: int = 0


@dataclass(slots=True)
class Event:
    """What the axis shows of one agreement."""

    date: PartialDate
    title: str
    css: str
    words: str


def event_of(agreement: Agreement, standing: Standing, words: str) -> Event | None:
    date = agreement.first_known_date
    if date is None:
        return None
    return Event(date, agreement.title, str(standing.status.value).replace("_", "-"), words)


def life_lines(events: Iterable[Event], stories: Mapping[int, int], this_year: int) -> list[LifeLine]:
    """Return the drawing for three widths of screen; none when there is nothing to draw."""
    events = sorted(events, key=lambda event: (event.date.earliest, event.date.latest, event.title))
    years = [year for event in events for year in (event.date.earliest.year, event.date.latest.year)] + list(
        stories
    )
    if not years:
        return []
    first, last = min(years), max(*years, this_year)
    first = min(first, last - SHORTEST_SPAN)
    return [
        _draw("wide", 1120, 6, 60, events, stories, first, last),
        _draw("medium", 720, 6, 46, events, stories, first, last),
        _draw("narrow", 344, 6, 32, events, stories, first, last),
    ]


def _draw(
    css: str,
    width: int,
    lanes: int,
    letters: int,
    events: list[Event],
    stories: Mapping[int, int],
    first: int,
    last: int,
) -> LifeLine:
    year_width = (width - 2 * MARGIN) / (last - first + 1)

    def x_of(date) -> float:
        return MARGIN + (date.year - first + (date.timetuple().tm_yday - 1) / 366) * year_width

    marks = []
    for event in events:
        start, end = x_of(event.date.earliest), x_of(event.date.latest)
        marks.append(
            Mark(round(start, 1), round(max(0, end - start), 1), event.css, f"{event.words}: {event.title}")
        )
    used = _place_labels(
        marks, [f"{e.date.year} {short_title(e.title, letters)}" for e in events], width, lanes
    )
    axis_y = used * LANE + AXIS_GAP
    for mark in marks:
        mark.top = axis_y - 4.5
        if mark.label:
            mark.label_y = round(axis_y - AXIS_GAP - mark.label_y * LANE, 1)
            mark.leader_top = mark.label_y + 4
    highest = max(stories.values(), default=0)
    ticks_y = axis_y + 24
    base_y = ticks_y + 12 + BARS if highest else ticks_y
    line = LifeLine(css, width, base_y + 6, axis_y, ticks_y, base_y, marks, highest=highest)
    line.bars = _bars(stories, first, year_width, base_y, highest)
    line.ticks = ticks_of(first, last, year_width, width)
    return line


Columns = Mapping[int, list[tuple[str, str, int]]]


def life_columns(columns: Columns, stories: Mapping[int, int], this_year: int) -> list[LifeLine]:
    """Return the drawing for three widths of screen, of (css, status, agreements) by year."""
    years = [*columns, *stories]
    if not years:
        return []
    first, last = min(years), max(*years, this_year)
    first = min(first, last - SHORTEST_SPAN)
    widths = (("wide", 1120), ("medium", 720), ("narrow", 344))
    return [_draw_columns(css, width, columns, stories, first, last) for css, width in widths]


def _draw_columns(
    css: str, width: int, columns: Columns, stories: Mapping[int, int], first: int, last: int
) -> LifeLine:
    year_width = (width - 2 * MARGIN) / (last - first + 1)
    step = next((step for step in (1, 2, 5, 10, 20, 25, 50) if step * year_width >= NARROWEST), 100)
    stacks: dict[int, dict[str, list]] = {}
    for year, found in columns.items():
        stack = stacks.setdefault(year - year % step, {})
        for status_css, label, count in found:
            stack.setdefault(status_css, [label, 0])[1] += count
    most = max((sum(count for _l, count in stack.values()) for stack in stacks.values()), default=1)
    axis_y = COLUMN + 8
    highest = max(stories.values(), default=0)
    ticks_y = axis_y + 24
    base_y = ticks_y + 12 + BARS if highest else ticks_y
    line = LifeLine(css, width, base_y + 6, axis_y, ticks_y, base_y, highest=highest, highest_column=most)
    for start, stack in sorted(stacks.items()):
        begin, end = max(first, start), min(last, start + step - 1)
        x = MARGIN + (begin - first) * year_width
        years = str(begin) if begin == end else f"{begin}–{end}"
        y = float(axis_y)
        for status_css, (label, count) in stack.items():
            height = COLUMN * count / most
            y -= height
            block_width = max(1.5, (end - begin + 1) * year_width - 1)
            line.blocks.append(
                Block(
                    round(x, 1),
                    round(y, 1),
                    round(block_width, 1),
                    round(height, 1),
                    status_css,
                    f"{years}: {count} {label}",
                )
            )
    line.bars = _bars(stories, first, year_width, base_y, highest)
    line.ticks = ticks_of(first, last, year_width, width)
    return line


def _bars(
    stories: Mapping[int, int], first: int, year_width: float, base_y: float, highest: int
) -> list[Bar]:
    width = round(min(14, max(2, year_width - 1.5)), 1)
    bars = []
    for year, count in sorted(stories.items()):
        height = round(max(2, BARS * count / max(highest, FULL_SCALE)), 1)
        x = round(MARGIN + (year - first) * year_width + (year_width - width) / 2, 1)
        bars.append(Bar(x, round(base_y - height, 1), width, height, f"{year}: {count}"))
    return bars


def ticks_of(first: int, last: int, year_width: float, width: int) -> list[tuple[float, str, str]]:
    """Round years about 90 px apart, and the two ends of the axis."""
    step = next((step for step in (1, 2, 5, 10, 20, 25, 50, 100) if step * year_width >= 70), 200)
    ticks = [(MARGIN, str(first), "start"), (float(width - MARGIN), str(last), "end")]
    for year in range(first - first % step + step, last, step):
        x = MARGIN + (year - first) * year_width
        if x > MARGIN + 48 and x < width - MARGIN - 60:
            ticks.append((round(x, 1), str(year), "middle"))
    return sorted(ticks)


@dataclass(slots=True)
class _Label:
    mark: Mark
    words: str
    anchor: str
    start: float
    end: float
    lane: int

    def meets(self, other: "_Label") -> bool:
        """Whether words run into words, or the leader line of the higher one through the lower one's words."""
        if self.lane == other.lane:
            return self.start < other.end + GAP and other.start < self.end + GAP
        low, high = (self, other) if self.lane < other.lane else (other, self)
        return low.start - 2 < high.mark.middle < low.end + 2


def _place_labels(marks: list[Mark], labels: list[str], width: int, lanes: int) -> int:
    """Give marks labels in lanes above the axis; return the lanes used.

    Served first are the newest and some from each time before it, from the top lane down, so that the labels of a
    crowded end climb like stairs; then all sink as low as they can. What fits nowhere stays a mark with a tooltip
    and a row in the table.
    """
    placed: list[_Label] = []
    pairs = list(zip(marks, labels, strict=True))[::-1]
    step = -(-len(pairs) // (2 * lanes)) or 1
    for mark, words in [*pairs[::step], *pairs]:
        if len(placed) < 2 * lanes and all(label.mark is not mark for label in placed):
            label = _free_place(mark, words, width, lanes, placed)
            placed += [label] if label else []
    for label in sorted(placed, key=lambda label: label.lane):
        others = [other for other in placed if other is not label]
        top = label.lane
        for lane in range(top + 1):
            label.lane = lane
            if lane == top or not any(label.meets(other) for other in others):
                break
    used = sorted({label.lane for label in placed})
    for label in placed:
        mark = label.mark
        mark.label, mark.anchor, mark.label_x = label.words, label.anchor, round(mark.middle, 1)
        mark.label_y = used.index(label.lane)
    return len(used)


def _free_place(mark: Mark, words: str, width: int, lanes: int, placed: list[_Label]) -> _Label | None:
    length = len(words) * CHARACTER
    for anchor, start in (("end", mark.middle - length), ("start", mark.middle - 2)):
        if start < 0 or start + length + 2 > width:
            continue
        for lane in reversed(range(lanes)):
            label = _Label(mark, words, anchor, start, start + length + 2, lane)
            if not any(label.meets(other) for other in placed):
                return label
    return None


def short_title(title: str, letters: int) -> str:
    """Return a title that fits: of a long English one its kind and subject, cut between words."""
    title = " ".join(title.split())
    if len(title) > letters and (match := _ON_SUBJECT.match(title)):
        title = f"{match[1]} on {match[2]}"
    if len(title) <= letters:
        return title
    cut = title[:letters].rpartition(" ")[0] or title[:letters]
    return f"{_DANGLING.sub('', cut).rstrip(' ,;:–-')}…"
