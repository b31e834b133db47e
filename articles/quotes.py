"""Quotes: exact words of a text or a summary, with where they stand and a little of what is around them.

A quote is ``{"field": "text" | "summary", "start", "end", "exact", "before", "after"}``, offsets in characters.
"""

import os.path
import re
from typing import TypedDict

CONTEXT = 32  # characters on each side
TELLING = 3  # words that stood once and stand once
BESIDE = 8  # characters beside a name that stood once and stands once
ENOUGH = 12  # characters beside a quote that can tell where it stood
SENTENCE = 6  # words that are no name, and stand for no other reason
_SPACES = re.compile(r"\s+")


class Quote(TypedDict):
    field: str
    start: int
    end: int
    exact: str
    before: str
    after: str


def quote_at(source: str, start: int, end: int, field: str = "text") -> Quote:
    """Return the quote of ``source[start:end]``."""
    return Quote(
        field=field,
        start=start,
        end=end,
        exact=source[start:end],
        before=source[max(0, start - CONTEXT) : start],
        after=source[end : end + CONTEXT],
    )


def quote_of(words: str, source: str, field: str = "text") -> Quote | None:
    """Return the first place where these words stand in the source, None where they do not."""
    start = source.find(words) if words else -1
    return quote_at(source, start, start + len(words), field) if start >= 0 else None


def found_again(quote: Quote, source: str, old: str = "") -> Quote | None:
    """Return the quote where its words stand now, None where nothing says that a place is the one that was meant.

    ``old`` is the text that the quote was taken from, if it is still known: what stood in it once is telling. Words
    that stand once, then and now, are the ones that were quoted if they are as many as ``TELLING``, or a little beside
    them is as it was. Otherwise what is around them must be as it was, spaces aside: on both sides, or on one that was
    telling. Of several such places that one is taken that more speaks for; where nothing tells them apart, the place
    where the quote stood, or none.
    """
    exact = quote["exact"]
    if source == old and source[quote["start"] : quote["end"]] == exact:
        return quote_at(source, quote["start"], quote["end"], quote["field"])
    places = [match.start() for match in re.finditer(f"(?={re.escape(exact)})", source)] if exact else []
    sides = _Sides(quote, old)
    if len(places) == 1:
        many = len(exact.split()) >= (TELLING if old.count(exact) == 1 else SENTENCE)
        if many or (old.count(exact) == 1 and sides.shared(source, places[0]) >= BESIDE):
            return quote_at(source, places[0], places[0] + len(exact), quote["field"])
    fits = {place: sides.fit(source, place) for place in places}
    best = max(fits.values(), default=0)
    fitting = [place for place, fit in fits.items() if fit == best > 0]
    if len(fitting) > 1:
        fitting = [place for place in fitting if place == quote["start"]]
    return quote_at(source, fitting[0], fitting[0] + len(exact), quote["field"]) if fitting else None


class _Sides:
    """What stood before and after a quote, and whether one of these, with the quote, stood only there in the old text.

    A side that is short ended with the text, and the text must end there still unless enough stood there to tell.
    """

    def __init__(self, quote: Quote, old: str) -> None:
        self.quote = quote
        self.before, self.after = _even(quote["before"]), _even(quote["after"])
        exact, old = _even(quote["exact"]), _even(old)
        self.tells_before = old.count(self.before + exact) == 1
        self.tells_after = old.count(exact + self.after) == 1
        self.ends_before = len(quote["before"]) < (ENOUGH if self.tells_before else CONTEXT)
        self.ends_after = len(quote["after"]) < (ENOUGH if self.tells_after else CONTEXT)

    def fit(self, source: str, start: int) -> int:
        """Return how many characters around the place are those that were around the quote; 0 for too few."""
        before, after = self._around(source, start)
        whole_before = before == self.before if self.ends_before else before.endswith(self.before)
        whole_after = after == self.after if self.ends_after else after.startswith(self.after)
        tells = (whole_before and (whole_after or self.tells_before)) or (whole_after and self.tells_after)
        return 1 + self.shared(source, start) if tells else 0

    def shared(self, source: str, start: int) -> int:
        """Return how many characters directly before and after are as they were."""
        before, after = self._around(source, start)
        shared_before = os.path.commonprefix([self.before[::-1], before[::-1]])
        return len(shared_before) + len(os.path.commonprefix([self.after, after]))

    def _around(self, source: str, start: int) -> tuple[str, str]:
        end = start + len(self.quote["exact"])
        return _even(source[max(0, start - 2 * CONTEXT) : start]), _even(source[end : end + 2 * CONTEXT])


def _even(text: str) -> str:
    return _SPACES.sub(" ", text)
