"""Partial dates in words, exactly as precise as they are known: "April 1994", "апрель 1994 года"."""

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language, gettext

from .partial_dates import PartialDate


def in_words(date: PartialDate | None, language: str | None = None) -> str:
    """Return the date for a reader in English, Russian or Turkish; an empty string for None."""
    if date is None:
        return ""
    language = (language or get_language() or "en")[:2]
    first, _, second = date.text.partition("/")
    if second:
        return gettext("between %(first)s and %(second)s") % {
            "first": _point(first, language),
            "second": _point(second, language),
        }
    return _point(first, language)


def _point(text: str, language: str) -> str:
    date = PartialDate(text.rstrip("?~"))
    locale = "en_GB" if language == "en" else language
    parts = date.text.count("-")
    if parts == 2:
        words = format_date(date.earliest, format="long", locale=locale)
    elif parts == 1:
        words = format_skeleton("yMMMM", date.earliest, locale=locale)
    else:
        words = str(date.earliest.year)
    if text.endswith("?"):
        return gettext("%(date)s (uncertain)") % {"date": words}
    if text.endswith("~"):
        return gettext("about %(date)s") % {"date": words}
    return words
