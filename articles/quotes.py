"""Quotes: exact words of a text or a summary, with where they stand and a little of what is around them.

A quote is ``{"field": "text" | "summary", "start", "end", "exact", "before", "after"}``, offsets in characters.
"""

import os.path
import re
from typing import TypedDict

CONTEXT = 32


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


def found_again(quote: Quote, source: str) -> Quote | None:
    """Return the quote where its words stand now: at their old place, or at the only one that fits.

    Words that stand in several places are told apart by what is around them; a mere lookalike is never taken.
    """
    exact, field = quote["exact"], quote["field"]
    if source[quote["start"] : quote["end"]] == exact:
        return quote_at(source, quote["start"], quote["end"], field)
    places = [match.start() for match in re.finditer(re.escape(exact), source)] if exact else []
    if len(places) > 1:
        fits = [_fit(quote, source, place) for place in places]
        places = [place for place, fit in zip(places, fits, strict=True) if fit == max(fits) > 0]
    return quote_at(source, places[0], places[0] + len(exact), field) if len(places) == 1 else None


def _fit(quote: Quote, source: str, start: int) -> int:
    """Return how many characters around the place are those that were around the quote."""
    end = start + len(quote["exact"])
    before = source[max(0, start - CONTEXT) : start]
    shared_before = os.path.commonprefix([quote["before"][::-1], before[::-1]])
    return len(shared_before) + len(os.path.commonprefix([quote["after"], source[end : end + CONTEXT]]))
