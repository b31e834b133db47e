"""How the review page answers: whole, its inside alone, or what a verdict changed of it.

The page's script asks for less than the whole with the header ``X-Partial``: ``review`` or ``verdict``.
"""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Article, Proposal
from .changes import Changes
from .editor import KINDS, Editor, asked_editor
from .forms import FactsForm
from .page import review_of
from .queue import turn_of
from .state import State

TEMPLATE = "admin/articles/article/review.html"
NO_CONTENT = 204


class ReviewAnswers:
    """One request to the review page of one article."""

    def __init__(self, model_admin: admin.ModelAdmin, request: HttpRequest, article: Article) -> None:
        self.model_admin = model_admin
        self.request = request
        self.article = article
        self.facts: FactsForm | None = None
        self.editor: Editor | None = None
        self.anchor = ""
        self.partial = request.headers.get("X-Partial", "")
        self.is_refused = False
        self.before: State | None = None  # as it was before this request's verdict
        self.is_stale = False  # the page in the browser is older than another tab's or editor's work

    def show(self) -> HttpResponse:
        asked = self.request.POST if self.is_refused else self.request.GET
        self.editor = self.editor or asked_editor(self.article, asked)
        context = {} if self.partial else self.model_admin.admin_site.each_context(self.request)
        context |= self._context() | {
            "title": _("Review"),
            "opts": self.model_admin.opts,
            "is_nav_sidebar_enabled": False,
            "facts": self.facts or FactsForm(instance=self.article, user=self.request.user),
            "editor": self.editor,
            "kinds": [(kind, Proposal.Kind(kind).label) for kind in KINDS],
        }
        return self._response("#review" if self.partial else "", context)

    def _context(self) -> dict[str, Any]:
        """What the whole page and a verdict's answer both hold."""
        user = self.request.user
        return {
            "article": self.article,
            "review": review_of(self.article),
            "missing": self.article.missing_for_publication(),
            "may_publish": user.has_perm("articles.publish_article"),
            "may_change_records": user.has_perm("entities.change_organisation"),
            "turn": turn_of(self.article, user),
            "is_partial": bool(self.partial),
            "is_stale": self.is_stale,
            "anchor": self.anchor,
        }

    def _response(self, part: str, context: dict[str, Any]) -> HttpResponse:
        response = TemplateResponse(self.request, TEMPLATE + part, context)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _back(self) -> HttpResponse:
        """The same page again, at the same place; the page's script gets what it needs of it at once."""
        if not self.partial:
            address = reverse("admin:articles_review", args=[self.article.pk])
            return HttpResponseRedirect(address + (f"#{self.anchor}" if self.anchor else ""))
        self.article = fetched(self.model_admin, self.request, self.article.pk)
        if self.partial != "verdict" or self.is_stale or self.before is None:
            return self.show()
        context = self._context()
        changed = context["review"].state.changed_since(self.before)
        if changed is None:
            return self.show()
        context["changes"] = Changes(context["review"], changed)
        return self._response("#changes", context)

    def _onward(self) -> HttpResponse:
        """Go on to the next draft of the queue; where none waits, stay."""
        draft = turn_of(self.article, self.request.user).next
        if draft is None:
            return self._back()
        address = reverse("admin:articles_review", args=[draft.pk])
        if self.partial:
            return HttpResponse(status=NO_CONTENT, headers={"X-Onward": address})
        return HttpResponseRedirect(address)

    def _compare(self, token: str) -> None:
        """Tell a page that is older than what another tab, or somebody else, did meanwhile."""
        if token and self.before and token != self.before.token:
            self.is_stale = token.partition("-")[0] != str(self.before.revision)
            self.partial = "review"
            messages.info(
                self.request,
                _("This story was worked on in another tab or by somebody else. You see it as it is now."),
            )


def fetched(model_admin: admin.ModelAdmin, request: HttpRequest, key: int) -> Article:
    article = model_admin.get_queryset(request).select_related("source", "text").filter(pk=key).first()
    if article is None:
        raise Http404
    return article
