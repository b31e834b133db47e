"""How well the recogniser does, by the verdicts of those who use it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Proposal
from .forms import language_name

MONTHS = 12
WORDS = 30


@dataclass
class Tally:
    """Verdicts on one kind of thing; ``missed`` is what editors added by hand."""

    label: str
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    missed: int = 0
    parts: list["Tally"] = field(default_factory=list)

    def count(self, row: dict[str, Any]) -> None:
        verdict = "missed" if row.get("version") == Proposal.BY_HAND else row["verdict"]
        setattr(self, verdict, getattr(self, verdict) + row["number"])

    @property
    def judged(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def share(self) -> int | None:
        """Of a hundred proposals, how many were accepted as they stood."""
        return round(100 * self.accepted / self.judged) if self.judged else None

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """Class, beginning and width of each verdict's part of a bar of 100."""
        found, start = [], 0.0
        for verdict in ("accepted", "corrected", "rejected"):
            width = 100 * getattr(self, verdict) / self.judged if self.judged else 0
            found.append((verdict, round(start, 1), round(width, 1)))
            start += width
        return found


class ChoiceForm(forms.Form):
    """Which of the verdicts are counted; the choices are what there is."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    version = forms.ChoiceField(label=gettext_lazy("Version of the recogniser"), required=False)

    def __init__(self, data: Any, rows: list[dict[str, Any]]) -> None:
        super().__init__(data)
        for name, words in (("kind", kind_name), ("language", language_name), ("version", str)):
            found = {row[name] for row in rows} - {Proposal.BY_HAND}
            choices = sorted((key, words(key)) for key in found)
            self.fields[name].choices = [("", _("all")), *choices]

    @property
    def chosen(self) -> dict[str, str]:
        cleaned = self.cleaned_data if self.is_valid() else {}
        return {name: cleaned[name] for name in self.fields if cleaned.get(name)}


def kind_name(kind: str) -> str:
    return str(Proposal.Kind(kind).label)


def tallies(rows: Iterable[dict[str, Any]], *levels: tuple[str, Callable[[Any], str]]) -> list[Tally]:
    """Sums by the first level, each with its parts by the next ones, in the order of the rows."""
    (name, words), *rest = levels
    found: dict[Any, tuple[Tally, list[dict[str, Any]]]] = {}
    for row in rows:
        tally, own = found.setdefault(row[name], (Tally(words(row[name])), []))
        tally.count(row)
        own.append(row)
    for tally, own in found.values():
        tally.parts = tallies(own, *rest) if rest else []
    return [tally for tally, _own in found.values()]


def month_name(month: datetime.datetime) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def _total(rows: list[dict[str, Any]]) -> Tally:
    total = Tally(_("All"))
    for row in rows:
        total.count(row)
    return total


def recognition_view(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied
    judged = Proposal.objects.judged_since(_first_day())
    rows = list(judged.tallied())
    form = ChoiceForm(request.GET, rows)
    chosen = form.chosen
    shown = [row for row in rows if _is_chosen(row, chosen)]
    found = _chosen(judged.by_recogniser(), chosen)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("How well recognition does"),
        "opts": model_admin.opts,
        "is_nav_sidebar_enabled": False,
        "form": form,
        "chosen": chosen,
        "months": MONTHS,
        "total": _total(shown),
        "by_month": tallies(
            reversed(shown), ("month", month_name), ("kind", kind_name), ("language", language_name)
        ),
        "by_kind": tallies(
            sorted(shown, key=_kind_and_language), ("kind", kind_name), ("language", language_name)
        ),
        "by_version": [one for one in tallies(shown, ("version", str)) if one.judged],
        "by_score": tallies(found.tallied_by_score(), ("tenth", _tenth)),
        "words": [row | {"kind_name": kind_name(row["kind"])} for row in found.most_rejected()[:WORDS]],
    }
    return TemplateResponse(request, "admin/articles/article/recognition.html", context)


def _first_day() -> datetime.datetime:
    """The first day of the month by which the last twelve begin."""
    today = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = today.year * 12 + today.month - MONTHS
    return today.replace(year=months // 12, month=months % 12 + 1)


def _is_chosen(row: dict[str, Any], chosen: dict[str, str]) -> bool:
    """What editors added belongs to every version: it is what that one missed."""
    return all(
        row[name] == value or (name == "version" and row[name] == Proposal.BY_HAND)
        for name, value in chosen.items()
    )


def _chosen(found: QuerySet, chosen: dict[str, str]) -> QuerySet:
    fields = {"language": "article__language"}
    return found.filter(**{fields.get(name, name): value for name, value in chosen.items()})


def _kind_and_language(row: dict[str, Any]) -> tuple[str, str]:
    return row["kind"], row["language"]


def _tenth(tenth: float) -> str:
    return _("%(low)d to %(high)d %%") % {"low": tenth * 10, "high": tenth * 10 + 10}
