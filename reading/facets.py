"""The shape of a facet, and the addresses behind its options: all state of a list lives in its URL."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

SHOWN = 8


@dataclass(slots=True)
class Option:
    label: str
    count: int | None
    url: str
    is_chosen: bool = False
    share: int = 0  # of 100, for a bar


@dataclass(slots=True)
class Facet:
    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    has_bars: bool = False

    @property
    def first(self) -> list[Option]:
        return self.options[: self._fold]

    @property
    def rest(self) -> list[Option]:
        return self.options[self._fold :]

    @property
    def _fold(self) -> int:
        """Folding away one or two options would save no room."""
        return SHOWN if len(self.options) > SHOWN + 2 else len(self.options)

    def with_shares(self) -> "Facet":
        """Give each option its share of the largest one."""
        largest = max((option.count or 0 for option in self.options), default=0)
        for option in self.options:
            option.share = round(100 * (option.count or 0) / largest) if largest else 0
        self.has_bars = True
        return self


class Conditions:
    """The conditions of a list as its URL carries them; every change goes back to its first page.

    ``kept`` is carried along and no condition: the order of the rows.
    """

    def __init__(self, path: str, pairs: Iterable[tuple[str, str]]) -> None:
        self.path = path
        self.pairs = list(dict.fromkeys(pairs))
        self.kept: list[tuple[str, str]] = []

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def adding(self, name: str, value: object) -> str:
        return self._url([*self.pairs, (name, str(value))])

    def choosing(self, name: str, value: object) -> str:
        return self._url([*(pair for pair in self.pairs if pair[0] != name), (name, str(value))])

    def without(self, name: str, value: object = None) -> str:
        return self._url(
            [pair for pair in self.pairs if pair[0] != name or (value is not None and pair[1] != str(value))]
        )

    def page(self, number: int) -> str:
        return self._url([*self.pairs, ("page", str(number))] if number > 1 else self.pairs)

    @property
    def besides_words(self) -> list[tuple[str, str]]:
        """What a form for words must carry along."""
        return [pair for pair in [*self.pairs, *self.kept] if pair[0] != "q"]

    @property
    def besides_day(self) -> list[tuple[str, str]]:
        return [pair for pair in [*self.pairs, *self.kept] if pair[0] != "on"]

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    def sorted(self, order: str, usual: str) -> str:
        return self._address([*self.pairs, *([("sort", order)] if order != usual else [])])

    def as_file(self, form: str) -> str:
        return self._url([*self.pairs, ("format", form)])

    def _url(self, pairs: list[tuple[str, str]]) -> str:
        return self._address([*pairs, *self.kept])

    def _address(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


@dataclass(slots=True)
class Chip:
    """A chosen condition, with the address that takes it away."""

    name: str
    label: str
    url: str


@dataclass(slots=True)
class Page:
    """One page of a list: its place among the others."""

    number: int
    total: int
    size: int
    conditions: Conditions

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        return self.offset + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def newer(self) -> str:
        return self.conditions.page(self.number - 1) if self.number > 1 else ""

    @property
    def older(self) -> str:
        return self.conditions.page(self.number + 1) if self.number < self.pages else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """Return (number, address) of the pages worth a link; (0, "") where some are left out."""
        around = {1, self.pages, *range(self.number - 2, self.number + 3)}
        links: list[tuple[int, str]] = []
        for number in sorted(n for n in around if 1 <= n <= self.pages):
            if links and number - links[-1][0] > 1:
                links.append((0, ""))
            links.append((number, self.conditions.page(number)))
        return links
