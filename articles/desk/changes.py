"""What one verdict changed on the review page, so that the page's script replaces that and no more."""

from dataclasses import dataclass
from functools import cached_property

from .marks import Paragraph
from .page import Group, Line, Review


@dataclass(frozen=True)
class OpenLine:
    """A line that is to be judged (again), with the id of the one that it stands before."""

    line: Line
    before: str


@dataclass(frozen=True)
class Changes:
    review: Review
    refs: set[str]

    @cached_property
    def lines(self) -> list[Line]:
        return [line for line in self.review.lines if line.ref in self.refs]

    @property
    def gone(self) -> list[str]:
        return [line.ref for line in self.lines if not line.is_open]

    @property
    def open(self) -> list[OpenLine]:
        """From the last to the first, so that each finds the one that it stands before."""
        found, following = [], ""
        for line in reversed(self.review.open):
            if line.ref in self.refs:
                found.append(OpenLine(line, following))
            following = line.ref
        return found

    @property
    def groups(self) -> list[Group]:
        kinds = {line.kind for line in self.lines}
        return [group for group in self.review.groups if group.kind in kinds]

    @property
    def paragraphs(self) -> list[Paragraph]:
        starts = sorted(quote["start"] for line in self.lines for quote in line.in_text)
        bounds = zip(self.review.text, [*self.review.text[1:], None], strict=True)
        return [
            one
            for one, other in bounds
            if any(one.start <= start and (other is None or start < other.start) for start in starts)
        ]
