"""Dates, languages and addresses in templates."""

import datetime
from functools import lru_cache

from django import template
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entities.date_words import After, in_words
from entities.partial_dates import PartialDate
from entities.status import Standing

from ..languages import language_name

register = template.Library()


@register.filter
def date_words(date: PartialDate | None) -> str:
    """The date as precisely as it is known; nothing for None."""
    return in_words(date)


@register.filter
def since_words(date: PartialDate | None) -> str:
    """The date as it stands after "since"."""
    return in_words(date, after=After.SINCE)


@register.filter
def until_words(date: PartialDate | None) -> str:
    return in_words(date, after=After.UNTIL)


@register.filter
def ended_words(date: PartialDate | None) -> str:
    return in_words(date, after=After.ENDED)


@register.filter
def date_or_missing(date: PartialDate | None) -> str:
    return in_words(date) or _("date not given")


@register.filter
def machine_date(date: PartialDate | None) -> str:
    """The date for ``<time datetime>``, which knows no spans and no doubt."""
    return date.text if date and date.text[-1] not in "?~" and not date.is_span else ""


@register.filter
def in_language(code: str) -> str:
    return language_name(code)


@register.filter
def figure(number: int) -> str:
    return _figure(number, get_language())


@lru_cache(maxsize=4096)  # a page of facets has two hundred of them
def _figure(number: int, language: str) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def years(date: PartialDate | None) -> str:
    return str(date.year) if date else ""


@register.filter
def day_words(day: datetime.date) -> str:
    return in_words(PartialDate.of_day(day))


@register.filter
def kind_words(record: models.Model) -> str:
    """What a record is, in a word: "company", "person", "former state"."""
    kind = getattr(record, "get_kind_display", None)
    return str(kind() if kind else record._meta.verbose_name)


@register.filter
def says_it_all(standing: Standing) -> bool:
    """Whether the reason begins with the status itself: "in force since 1993"."""
    return standing.is_certain and str(standing.reason).startswith(str(standing.label))


@register.filter
def svg(number: float) -> str:
    """A coordinate, never with a decimal comma."""
    return f"{number:g}"


@register.filter
def add_number(number: float, other: float) -> float:
    """The sum of two coordinates; Django's own ``add`` knows whole numbers only."""
    return number + other
