"""Partial dates in words, exactly as precise as they are known: "April 1994", "апрель 1994 г."."""

from enum import Enum, auto
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language, gettext, pgettext

from .partial_dates import UNKNOWN_MONTH, PartialDate


class After(Enum):
    """The words that a date follows in a sentence: Russian and Turkish inflect it accordingly."""

    SINCE = auto()
    UNTIL = auto()
    ENDED = auto()
    ABOUT = auto()
    BETWEEN = auto()


def in_words(date: PartialDate | None, language: str | None = None, after: After | None = None) -> str:
    """Return the date for a reader in English, Russian or Turkish; an empty string for None."""
    if date is None:
        return ""
    language = (language or get_language() or "en")[:2]
    if not date.is_span:
        return _point(date.text, language, after)
    first, second = (_point(text, language, After.BETWEEN) for text in date.text.split("/"))
    if after is After.SINCE:
        said = pgettext("since", "a day between %(first)s and %(second)s")
    elif after is After.UNTIL:
        said = pgettext("until", "a day between %(first)s and %(second)s")
    else:
        said = gettext("between %(first)s and %(second)s")
    return said % {"first": first, "second": second}


def _point(text: str, language: str, after: After | None) -> str:
    date = PartialDate(text.rstrip("?~"))
    if text.endswith("~") and after not in (After.SINCE, After.UNTIL):
        after = After.ABOUT
    if UNKNOWN_MONTH in date.text:
        words = gettext("day %(day)s of an unknown month of %(year)s") % {
            "day": date.latest.day,
            "year": date.year,
        }
    else:
        words = _inflected(date, language, after)
    if text.endswith("?"):
        return gettext("%(date)s (uncertain)") % {"date": words}
    if text.endswith("~"):
        return gettext("about %(date)s") % {"date": words}
    return words


def _inflected(date: PartialDate, language: str, after: After | None) -> str:
    if language == "ru" and after and date.text.count("-") < 2:
        return _russian(date, after)
    words = _plain(date, language)
    if language == "tr" and after in (After.SINCE, After.UNTIL):
        return f"{words}’{_turkish_ending(date.year, after)}"
    return words


@lru_cache(maxsize=4096)  # Babel takes its time, and a page has a hundred of them
def _plain(date: PartialDate, language: str) -> str:
    locale = "en_GB" if language == "en" else language
    parts = date.text.count("-")
    if parts == 2:
        return format_date(date.earliest, format="long", locale=locale)
    if parts == 1:
        return format_skeleton("yMMMM", date.earliest, locale=locale)
    return str(date.year)


def _russian(date: PartialDate, after: After) -> str:
    """A month or a year in the case that its preposition asks for; a full date stays in the genitive."""
    words = f"{date.year}\u202fг."
    if date.text.count("-"):
        month = format_date(date.earliest, "MMMM", locale="ru")  # the genitive: "апреля"
        if after is After.ENDED:
            month = month[:-1] + "е"
        elif after is After.BETWEEN:
            stem = month[:-1]
            month = stem + ("ом" if month.endswith("а") else "ём" if stem.endswith(("р", "ал")) else "ем")
        words = f"{month} {words}"
    return f"в {words}" if after is After.ENDED else words


_ONES = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")


def _turkish_ending(year: int, after: After) -> str:
    """The ablative ("1994’ten") or the dative ("1994’e"), in harmony with the number as it is spoken."""
    spoken = _ONES[year % 10] or _TENS[year // 10 % 10] or ("yüz" if year % 1000 else "bin")
    last_vowel = [letter for letter in spoken if letter in "aeıioöuü"][-1]
    vowel = "a" if last_vowel in "aıou" else "e"
    if after is After.SINCE:
        return f"{'t' if spoken[-1] in 'çfhkpsşt' else 'd'}{vowel}n"
    return f"{'y' if spoken[-1] == last_vowel else ''}{vowel}"
