"""A text cut into paragraphs and pieces, so that every proposal's evidence is marked in its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")


@dataclass(frozen=True)
class Place:
    """Where a proposal or a link has its evidence; ``ref`` is the id of its line on the page."""

    start: int
    end: int
    ref: str
    kind: str
    state: str


@dataclass
class Piece:
    """Words under the same marks; ``start`` counts characters of the whole plain text."""

    start: int
    text: str
    places: list[Place] = field(default_factory=list)

    @property
    def refs(self) -> str:
        return " ".join(place.ref for place in self.places)

    @property
    def classes(self) -> str:
        """The kind of the shortest evidence here, and whether anything is still to be judged."""
        shortest = min(self.places, key=lambda place: place.end - place.start)
        state = "open" if any(place.state == "open" for place in self.places) else shortest.state
        return f"mark-{shortest.kind} is-{state}"


@dataclass
class Paragraph:
    start: int
    pieces: list[Piece]

    @property
    def ref(self) -> str:
        return f"t{self.start}"

    @property
    def markup(self) -> SafeString:
        """Its pieces as HTML, made here because a long text has thousands of them."""
        return format_html_join("", "{}", ((_markup_of(piece),) for piece in self.pieces))


def _markup_of(piece: Piece) -> SafeString:
    if not piece.places:
        return format_html('<span data-s="{}">{}</span>', piece.start, piece.text)
    return format_html(
        '<mark class="{}" data-s="{}" data-refs="{}" tabindex="-1">{}</mark>',
        piece.classes,
        piece.start,
        piece.refs,
        piece.text,
    )


def paragraphs(plain: str, places: Iterable[Place]) -> list[Paragraph]:
    ordered = sorted(
        (place for place in places if place.start < place.end), key=lambda place: (place.start, place.end)
    )
    result, waiting, following = [], [], 0
    for match in _PARAGRAPH.finditer(plain):
        while following < len(ordered) and ordered[following].start < match.end():
            waiting.append(ordered[following])
            following += 1
        waiting = [place for place in waiting if place.end > match.start()]
        result.append(Paragraph(match.start(), _pieces(plain, match.start(), match.end(), waiting)))
    return result


def _pieces(plain: str, start: int, end: int, places: list[Place]) -> list[Piece]:
    cuts = {start, end}
    for place in places:
        cuts |= {max(start, place.start), min(end, place.end)}
    bounds = sorted(cuts)
    return [
        Piece(one, plain[one:other], [place for place in places if place.start <= one and place.end >= other])
        for one, other in pairwise(bounds)
    ]
