"""The intake page: a pasted text or files become drafts, each with a line that says what came of it."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..intake.draft import take_in
from ..intake.extract import MAX_BYTES, UnreadableInput
from ..models import Article
from .facts import source_called
from .forms import IntakeForm

_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)


@dataclass
class Outcome:
    """What came of one input."""

    label: str
    article: Article | None = None
    created: bool = False
    may_open: bool = False
    error: str = ""


def intake_view(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = IntakeForm(request.POST or None, request.FILES or None)
    form.fields["files"].largest = largest()
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        outcomes = _taken_in(form, request)
        if len(outcomes) == 1 and outcomes[0].may_open:
            return HttpResponseRedirect(reverse("admin:articles_review", args=[outcomes[0].article.pk]))
        if outcomes and not any(outcome.error for outcome in outcomes):
            form = IntakeForm()
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Take in articles"),
        "opts": model_admin.opts,
        "is_nav_sidebar_enabled": False,
        "form": form,
        "outcomes": outcomes,
        "largest": largest(),
    }
    return TemplateResponse(request, "admin/articles/article/intake.html", context)


def largest() -> int:
    return min(settings.LARGEST_UPLOAD, MAX_BYTES)


def _taken_in(form: IntakeForm, request: HttpRequest) -> list[Outcome]:
    outcomes = []
    text = form.cleaned_data["text"]
    if text.strip():
        label = form.cleaned_data["title"] or " ".join(text.split())[:80]
        outcomes.append(_one(label, text, "", form.cleaned_data, request))
    for upload in form.cleaned_data["files"]:
        if upload.size > largest():
            outcomes.append(Outcome(upload.name, error=form.fields["files"].too_large(upload.size)))
        else:
            outcomes.append(_one(upload.name, upload.read(), upload.name, {}, request))
    return outcomes


def _one(label: str, data: bytes | str, filename: str, told: dict[str, Any], request: HttpRequest) -> Outcome:
    if isinstance(data, str) and _ADDRESS.fullmatch(data):
        said = _(
            "This is an address. Pages are not fetched yet: open it and paste its text, or choose its saved file."
        )
        return Outcome(label, error=said)
    try:
        with transaction.atomic():
            taken = take_in(data, filename, request.user)
            if taken.created:
                _tell(taken.article, told, request.user)
    except UnreadableInput as error:
        return Outcome(label, error=str(error))
    except ValidationError as error:
        return Outcome(label, error=" ".join(error.messages))
    article = taken.article
    may_open = Article.objects.editable_by(request.user).filter(pk=article.pk).exists()
    return Outcome(label, article, taken.created, may_open)


def _tell(article: Article, told: dict[str, Any], user: Any) -> None:
    """Keep what the editor typed beside the text: it is surer than what was found in it."""
    if told.get("title"):
        article.title = told["title"]
    if told.get("source_url"):
        article.source_url = told["source_url"]
    if told.get("source"):
        article.source = source_called(told["source"], user)
    if any(told.get(name) for name in ("title", "source_url", "source")):
        article.full_clean(exclude=["slug", "identity"], validate_unique=False)
        article.save()
