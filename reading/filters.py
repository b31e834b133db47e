"""What lists can be filtered by. A value that means nothing is left out and said so, never an error."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, ArticleText, PublishedStory
from articles.search import LONGEST_QUERY, matching
from entities.folding import folded
from entities.models import Agreement, Country, Organisation, Person, Source, Tag
from entities.partial_dates import InvalidPartialDate, parse

MOST_VALUES = 10
Find = Callable[[list[str]], Iterable[models.Model]]


class RecordsField(forms.Field):
    """A repeatable parameter that names records by code, slug or key."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *args: Any, find: Find, attribute: str, **kwargs: Any) -> None:
        self.find, self.attribute = find, attribute
        self.unknown: list[str] = []
        super().__init__(*args, **kwargs)

    def clean(self, value: list[str] | None) -> list[models.Model]:
        asked = list(dict.fromkeys(text.strip() for text in value or [] if text.strip()))
        asked, too_many = asked[:MOST_VALUES], asked[MOST_VALUES:]
        sound = [text for text in asked if "\x00" not in text and len(text) <= 200]
        found = {str(getattr(record, self.attribute)): record for record in self.find(sound)} if sound else {}
        self.unknown = [text for text in asked if text not in found] + too_many
        return [found[text] for text in asked if text in found]


class RecordField(RecordsField):
    """The same for a parameter that is given once; of several, the last one counts."""

    def clean(self, value: list[str] | None) -> models.Model | None:
        return next(iter(super().clean((value or [])[-1:])), None)


class WordsField(forms.CharField):
    """Words to look for; too many are cut, and the reader is told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.was_cut = False
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        text = " ".join(str(value or "").replace("\x00", " ").split())
        self.was_cut = len(text) > LONGEST_QUERY
        return text[:LONGEST_QUERY].strip()


class YearField(forms.RegexField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(r"^[12][0-9]{3}$", *args, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        return int(text) if text else None


class DecadeField(YearField):
    """The first year of the decade that a year lies in."""

    def clean(self, value: Any) -> int | None:
        year = super().clean(value)
        return year - year % 10 if year else None


class LanguageField(forms.RegexField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", *args, **kwargs)


class DayField(forms.CharField):
    """A day on which to look at the register; of a month or a year, its last day."""

    def clean(self, value: Any) -> datetime.date | None:
        text = super().clean(value)
        try:
            date = parse(text)
        except InvalidPartialDate as error:
            raise ValidationError(str(error)) from error
        return date.latest if date else None


class RecordsFilter(django_filters.Filter):
    """Rows whose array of keys holds all of the records."""

    field_class = RecordsField

    def filter(self, queryset: models.QuerySet, value: list[models.Model] | None) -> models.QuerySet:
        if not value:
            return queryset
        return queryset.filter(**{f"{self.field_name}__contains": [record.pk for record in value]})


class RecordFilter(django_filters.Filter):
    field_class = RecordField

    def filter(self, queryset: models.QuerySet, value: models.Model | None) -> models.QuerySet:
        return queryset if value is None else queryset.filter(**{self.field_name: value.pk})


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class YearFilter(django_filters.Filter):
    field_class = YearField


class DecadeFilter(django_filters.Filter):
    field_class = DecadeField


class LanguageFilter(django_filters.Filter):
    field_class = LanguageField


class DayFilter(django_filters.Filter):
    field_class = DayField


def public_tags() -> models.QuerySet[Tag]:
    """Tags that a visitor can meet: on a published story or a public agreement."""
    on_story = Article.objects.published().filter(tagged__tag=models.OuterRef("pk"))
    on_agreement = Agreement.objects.published().filter(tagged__tag=models.OuterRef("pk"))
    return Tag.objects.filter(models.Exists(on_story) | models.Exists(on_agreement))


def countries_called(codes: list[str]) -> models.QuerySet[Country]:
    return Country.objects.published().filter(code__in=codes)


def organisations_at(slugs: list[str]) -> models.QuerySet[Organisation]:
    return Organisation.objects.published().filter(slug__in=slugs)


def tags_at(slugs: list[str]) -> models.QuerySet[Tag]:
    return public_tags().filter(slug__in=slugs)


def _sources(keys: list[str]) -> models.QuerySet[Source]:
    return Source.objects.filter(key__in=keys, articles__in=Article.objects.published()).distinct()


class ListFilter(django_filters.FilterSet):
    """A FilterSet whose conditions can be left out one by one, as facet counts need."""

    def qs_without(self, *left_out: str) -> models.QuerySet:
        """Return the rows under all conditions but these."""
        queryset = self.queryset.all()
        for name, value in self.chosen.items():
            if name not in left_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The conditions that hold, by parameter."""
        self.form.is_valid()  # cleans; what is wrong is left out
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}

    @property
    def notices(self) -> list[str]:
        """Say what of the query was left out, for the top of the page."""
        notices = []
        for name, field in self.form.fields.items():
            unknown = [*getattr(field, "unknown", [])]
            if name in self.form.errors:
                unknown.append(str(self.data.get(name, "")))
            notices += [UNKNOWN.get(name, UNKNOWN[""]) % {"value": value[:60]} for value in unknown]
            if getattr(field, "was_cut", False):
                notices.append(CUT % {"count": LONGEST_QUERY})
        return notices


CUT = _("The words were cut after %(count)d characters.")
UNKNOWN = {
    "country": _("There is no country “%(value)s” here; this condition was left out."),
    "organisation": _("There is no organisation “%(value)s” here; this condition was left out."),
    "tag": _("There is no tag “%(value)s” here; this condition was left out."),
    "subject": _("There is no subject “%(value)s” here; this condition was left out."),
    "source": _("There is no source “%(value)s” here; this condition was left out."),
    "year": _("“%(value)s” is not a year; this condition was left out."),
    "language": _("“%(value)s” is no code of a language; this condition was left out."),
    "on": _("“%(value)s” is not a date such as 1994, 1994-04 or 1994-04-01; this condition was left out."),
    "": _("“%(value)s” means nothing here; this condition was left out."),
}


class StoryFilter(ListFilter):
    country = RecordsFilter(
        "country_ids", label=_("Partner country"), find=countries_called, attribute="code"
    )
    organisation = RecordsFilter(
        "organisation_ids", label=_("Organisation"), find=organisations_at, attribute="slug"
    )
    tag = RecordsFilter("tag_ids", label=_("Subject"), find=tags_at, attribute="slug")
    language = LanguageFilter("language", label=_("Language"))
    source = RecordFilter("source_id", label=_("Source"), find=_sources, attribute="key")
    year = YearFilter("year", label=_("Year"))
    q = WordsFilter(method="with_words", label=_("Words"))

    class Meta:
        model = PublishedStory
        fields: list[str] = []

    def with_words(self, queryset: models.QuerySet, name: str, words: str) -> models.QuerySet:
        titles = Article.objects.published().filter(matching(words, "title_search")).values("pk")
        texts = ArticleText.objects.filter(matching(words, "search")).values("pk")
        return queryset.filter(Q(pk__in=titles) | Q(pk__in=texts))


def _by_key(queryset: models.QuerySet, words: str) -> models.QuerySet:
    """Rows one of whose names holds every word, however it is spelled."""
    for word in folded(words).split()[:MOST_VALUES]:
        queryset = queryset.filter(
            pk__in=queryset.model.objects.filter(names__key__contains=word).values("pk")
        )
    return queryset


class OrganisationFilter(ListFilter):
    kind = django_filters.ChoiceFilter(choices=Organisation.Kind, label=_("Kind"))
    country = RecordFilter("country_id", label=_("Country"), find=countries_called, attribute="code")
    q = WordsFilter(method="with_words", label=_("Name"))

    class Meta:
        model = Organisation
        fields: list[str] = []

    def with_words(self, queryset: models.QuerySet, name: str, words: str) -> models.QuerySet:
        return _by_key(queryset, words)


class PersonFilter(ListFilter):
    country = RecordFilter("country_id", label=_("Country"), find=countries_called, attribute="code")
    organisation = RecordFilter(
        method="at_organisation", label=_("Organisation"), find=organisations_at, attribute="slug"
    )
    q = WordsFilter(method="with_words", label=pgettext_lazy("of a person", "Name"))

    class Meta:
        model = Person
        fields: list[str] = []

    def at_organisation(
        self, queryset: models.QuerySet, name: str, organisation: Organisation
    ) -> models.QuerySet:
        return queryset.filter(pk__in=organisation.positions.values("person"))

    def with_words(self, queryset: models.QuerySet, name: str, words: str) -> models.QuerySet:
        return _by_key(queryset, words)
