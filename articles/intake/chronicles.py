"""Dates of a chronicle or a list of treaties: an entry's line begins with its date, and what is signed below it has it too."""

import re

from .dates import find_dates
from .sentences import Sentence, Sentences

_LATER = re.compile(
    r"yürürlü(?!ğe\s+girme)|onayla(?!nma)|katıl|taraf\s+ol|(?:[ns][ıiuü]nd[ae]n|laşmadan|leşmeden)\s+çekil|fesh|askıya|sona\s+er|iptal|uzatıl"
    r"|in(?:to)?\s+force|ratif|acced|joined|withdr|terminat|expire|suspend|вступ|ратифиц|присоедин|денонс|приостан|прекращ",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:[-•*–—]\s+)?")
_PARTED = re.compile(r"^(?:['’]\w+)?\s*(?:[:—–]|-\s)")


def entry_date(
    text: str, end: int, sentence: Sentence, sentences: Sentences, *, is_signed: bool
) -> str | None:
    """The date of the entry in which an instrument that ends at ``end`` is named, when nothing else happens to it there."""
    if _LATER.search(text[end : sentence.end]):
        return None
    if own := _begins_with_date(sentence.text):
        return own
    number = sentences.number(sentence.start)
    above = sentences.all[number - 1] if number else None
    if above is None or not is_signed or text[above.end : sentence.start] != "\n":
        return None
    return None if any(date.value for date in find_dates(sentence.text)) else _begins_with_date(above.text)


def _begins_with_date(line: str) -> str | None:
    start = _MARK.match(line).end()  # type: ignore[union-attr]
    if not line[start : start + 1].isdigit():
        return None
    dates = [date for date in find_dates(line[:60]) if date.value]
    fits = dates and dates[0].start == start and _PARTED.match(line[dates[0].end :])
    return dates[0].value if fits else None
