"""The text of a story as readers see it: the quotes marked in place, or its beginning only."""

import html
from html.parser import HTMLParser
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from articles.sanitising import SOFT_HYPHEN, sanitised

EXCERPT_WORDS = 60
Range = tuple[int, int]


def merged(ranges: list[Range]) -> list[Range]:
    """Return the ranges in order, those that touch or overlap as one."""
    whole: list[Range] = []
    for start, end in sorted(ranges):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        elif start < end:
            whole.append((start, end))
    return whole


def body_with_marks(body: str, plain: str, ranges: list[Range]) -> SafeString:
    """Return sanitised markup with these ranges of its plain text marked.

    Markup and plain text differ in spaces and soft hyphens, so a place is found by counting the other characters;
    where they differ in more, nothing is marked rather than the wrong words.
    """
    body = sanitised(body)
    counts = [0, *accumulate(not character.isspace() for character in plain)]
    marks = [
        (counts[start], counts[min(end, len(plain))], start)
        for start, end in merged(ranges)
        if 0 <= start < len(plain)
    ]
    marker = _Marker(marks)
    marker.feed(body)
    marker.close()
    if marker.count != counts[-1]:
        return mark_safe(body)
    return mark_safe("".join(marker.parts))


class _Marker(HTMLParser):
    def __init__(self, marks: list[tuple[int, int, int]]) -> None:
        super().__init__(convert_charrefs=True)
        self.marks, self.parts, self.count = marks, [], 0
        self.named: set[int] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        start = 0
        inside = self._mark_at(self.count) if data and not data[0].isspace() else None
        for place, character in enumerate(data):
            if character.isspace() or character == SOFT_HYPHEN:
                continue
            mark = self._mark_at(self.count)
            if mark is not inside:
                self._write(data[start:place], inside)
                start, inside = place, mark
            self.count += 1
        self._write(data[start:], inside)

    def _mark_at(self, count: int) -> tuple[int, int, int] | None:
        while self.marks and self.marks[0][1] <= count:
            self.marks.pop(0)
        return self.marks[0] if self.marks and self.marks[0][0] <= count else None

    def _write(self, text: str, mark: tuple[int, int, int] | None) -> None:
        if not text:
            return
        escaped = html.escape(text, quote=False)
        if mark is None or text.isspace():
            self.parts.append(escaped)
            return
        words, spaces = escaped.rstrip(), escaped[len(escaped.rstrip()) :]
        name = "" if mark[2] in self.named else f' id="q{mark[2]}"'
        self.named.add(mark[2])
        self.parts.append(f"<mark{name}>{words}</mark>{spaces}")


def excerpt(plain: str, words: int = EXCERPT_WORDS) -> str:
    """Return the first words of a text, whole lines kept apart; the end says when there is more."""
    count = 0
    for place, character in enumerate(plain):
        if character.isspace() and place and not plain[place - 1].isspace():
            count += 1
            if count == words:
                return f"{plain[:place].rstrip(' ,;:–—-')} …"
    return plain
