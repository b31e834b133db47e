"""The review page: one address, shown by GET, judged by POST, whole or (for the page's script) its inside alone."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from history.revisions import StaleRevision

from ..models import Article, Proposal
from ..quotes import Quote, quote_at, quote_of
from . import lookup, verdicts
from .forms import FactsForm
from .page import HEADINGS, next_draft, review_of
from .records import FORMS, initial_for, unknown_parties

KINDS = [kind for kind in HEADINGS if kind != "fact"]
NEW = "new_%s"  # ids of the new record's fields, apart from those of the page's other forms
TEMPLATE = "admin/articles/article/review.html"


@dataclass
class Editor:
    """The one proposal, or the missing link, whose form stands open."""

    kind: str
    proposal: Proposal | None = None
    words: str = ""
    start: str = ""
    find: str = ""
    form: Any = None
    value: str = ""
    candidates: list[lookup.Candidate] = field(default_factory=list)
    unknown_parties: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return f"p{self.proposal.pk}" if self.proposal else ""


class ReviewDesk:
    """One request to the review page of one article."""

    def __init__(self, model_admin: admin.ModelAdmin, request: HttpRequest, article: Article) -> None:
        self.model_admin = model_admin
        self.request = request
        self.article = article
        self.facts: FactsForm | None = None
        self.editor: Editor | None = None
        self.anchor = ""

    # Showing

    def show(self) -> HttpResponse:
        partial = "X-Partial" in self.request.headers
        self.editor = self.editor or self._asked_editor()
        context = {} if partial else self.model_admin.admin_site.each_context(self.request)
        review = review_of(self.article)
        context |= {
            "title": _("Review"),
            "opts": self.model_admin.opts,
            "is_nav_sidebar_enabled": False,
            "article": self.article,
            "review": review,
            "facts": self.facts or FactsForm(instance=self.article, user=self.request.user),
            "editor": self.editor,
            "kinds": [(kind, Proposal.Kind(kind).label) for kind in KINDS],
            "missing": self.article.missing_for_publication(),
            "may_publish": self.request.user.has_perm("articles.publish_article"),
            "next_draft": next_draft(self.article, self.request.user),
            "is_partial": partial,
            "anchor": self.anchor,
        }
        response = TemplateResponse(self.request, TEMPLATE + ("#review" if partial else ""), context)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _asked_editor(self) -> Editor | None:
        asked = self.request.GET if self.request.method == "GET" else self.request.POST
        if (ref := asked.get("open", "")).isdecimal():
            proposal = self.article.proposals.open().filter(pk=int(ref[:18])).first()
            return self._editor_for(proposal, asked) if proposal else None
        if (kind := asked.get("add", "")) in KINDS:
            return self._editor_for(None, asked, kind)
        return None

    def _editor_for(self, proposal: Proposal | None, asked: Any, kind: str = "") -> Editor:
        # In a refused form "kind" is the new record's own field.
        chosen = asked.get("create" if self.request.method == "POST" else "kind")
        kind = chosen if chosen in KINDS else kind or proposal.kind
        quote = None if proposal else self._quote(asked)
        words = proposal.value if proposal else quote["exact"] if quote else asked.get("words", "")[:500]
        editor = Editor(
            kind,
            proposal,
            words,
            str(quote["start"]) if quote else "",
            lookup_words(asked.get("find", words)),
        )
        if kind == "fact":
            editor.value = proposal.value
            return editor
        editor.candidates = lookup.candidates(kind, editor.find)
        if kind in FORMS:
            told = proposal.payload if proposal and proposal.kind == kind else {}
            editor.form = FORMS[kind](initial=initial_for(kind, words, told), auto_id=NEW)
            editor.unknown_parties = unknown_parties(proposal) if proposal else []
        return editor

    def _quote(self, asked: Any) -> Quote | None:
        """The words that were selected, or typed: they must stand in the text."""
        plain = self.article.text.plain if hasattr(self.article, "text") else ""
        words, start = asked.get("words", "").replace("\r\n", "\n"), asked.get("start", "")
        if start.isdecimal() and plain[int(start[:9]) :][: len(words)] == words and words:
            return quote_at(plain, int(start), int(start) + len(words))
        return quote_of(words.strip(), plain)

    # Judging

    def judge(self) -> HttpResponse:
        posted = self.request.POST
        verb = next((verb for verb in VERBS if verb in posted), None)
        if verb is None:
            return self._back()
        try:
            return VERBS[verb](self, posted[verb]) or self._back()
        except ValidationError as error:
            for message in error.messages:
                messages.error(self.request, message)
        except StaleRevision:
            messages.error(
                self.request, _("Somebody else changed this story at the same moment. Please try again.")
            )
        return self._back()

    def _back(self) -> HttpResponse:
        """The same page again, at the same place; the page's script gets it at once."""
        if "X-Partial" in self.request.headers:
            self.article = fetched(self.model_admin, self.request, self.article.pk)
            return self.show()
        address = reverse("admin:articles_review", args=[self.article.pk])
        return HttpResponseRedirect(address + (f"#{self.anchor}" if self.anchor else ""))

    def _proposal(self, key: str) -> Proposal:
        proposal = (
            self.article.proposals.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        )
        if proposal is None:
            raise ValidationError(_("This proposal is not there any more."))
        self.anchor = f"p{proposal.pk}"
        return proposal

    def accept(self, key: str) -> None:
        proposal = self._proposal(key)
        left_out = unknown_parties(proposal) if proposal.target is None else []
        verdicts.accept(proposal, self.request.user)
        if left_out:
            messages.warning(
                self.request,
                _("Parties that the register does not have are left out: %(names)s.")
                % {"names": "; ".join(left_out)},
            )

    def reject(self, key: str) -> None:
        verdicts.reject(self._proposal(key), self.request.user)

    def undo(self, key: str) -> None:
        if key != "last":
            return verdicts.undo(self._proposal(key))
        undone = verdicts.undo_last(self.article)
        if not undone:
            messages.info(self.request, _("There is nothing to undo."))
        self.anchor = f"p{undone[-1].pk}" if undone and undone[-1].pk else ""
        return None

    def about(self, key: str) -> None:
        """``p12:1`` or ``m5:0``: a proposal or a link, about it or only naming it."""
        ref, _colon, about = key.partition(":")
        if ref[:1] in ("p", "m") and ref[1:].isdecimal() and len(ref) < 19:
            self.anchor = ref
            kind = "mention" if ref[0] == "m" else "proposal"
            verdicts.set_about(self.article, kind, int(ref[1:]), about == "1")

    def accept_above(self, _key: str) -> None:
        accepted, refusals = verdicts.accept_above(self.article, self.request.user)
        for refusal in dict.fromkeys(refusals):
            messages.warning(self.request, refusal)
        said = ngettext("%(count)d proposal accepted.", "%(count)d proposals accepted.", accepted)
        messages.success(self.request, said % {"count": accepted})

    def correct(self, key: str) -> None:
        verdicts.correct_fact(self._proposal(key), self.request.POST.get("value", ""), self.request.user)

    def retarget(self, ref: str) -> None:
        record = self._record(ref)
        if key := self.request.POST.get("open"):
            verdicts.retarget(self._proposal(key), record, self.request.user)
        else:
            mention = verdicts.add_link(self.article, record, self._quote_of_post(), self.request.user)
            self.anchor = f"p{mention.proposals.order_by('-judged_at').values_list('pk', flat=True).first()}"

    def create(self, kind: str) -> HttpResponse | None:
        if kind not in FORMS:
            return None
        posted, user = self.request.POST, self.request.user
        form = FORMS[kind](posted, auto_id=NEW)
        if not form.is_valid():
            self.editor = self._asked_editor()
            if self.editor:
                self.editor.form = form
                self.anchor = "editor"
                return self.show()
            raise ValidationError(form.errors.as_data())
        if key := posted.get("open"):
            verdicts.create(self._proposal(key), posted, user, kind=kind)
        else:
            verdicts.add_new(self.article, kind, posted, self._quote_of_post(), user)
        return None

    def remove(self, key: str) -> None:
        mention = (
            self.article.mentions.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        )
        if mention:
            verdicts.remove(mention)

    def _record(self, ref: str) -> Any:
        record = lookup.record_at(ref)
        if record is None:
            raise ValidationError(_("This record is not there any more."))
        return record

    def _quote_of_post(self) -> Quote | None:
        quote = self._quote(self.request.POST)
        if quote is None and self.request.POST.get("words", "").strip():
            raise ValidationError(
                _("“%(words)s” does not stand in the text."),
                params={"words": self.request.POST["words"][:100]},
            )
        return quote

    # The story itself

    def save(self, _key: str, and_then: Any = None) -> HttpResponse | None:
        """Save what was typed about the story, and then do what its button says."""
        form = FactsForm(self.request.POST, instance=self.article, user=self.request.user)
        if form.is_valid():
            try:
                self.article = form.save()
            except StaleRevision:
                self.article = fetched(self.model_admin, self.request, self.article.pk)
                form = FactsForm(self.request.POST, instance=self.article, user=self.request.user)
                form.is_valid()
            else:
                return and_then() if and_then else messages.success(self.request, _("Saved."))
        self.article = fetched(self.model_admin, self.request, self.article.pk)
        self.facts, self.anchor = form, "facts"
        return self.show()

    def publish(self, key: str) -> HttpResponse | None:
        self._must_publish()

        def now() -> None:
            self.article.publish()
            messages.success(self.request, _("Published. Readers see it now."))

        return self.save(key, now)

    def schedule(self, key: str) -> HttpResponse | None:
        self._must_publish()

        def later() -> None:
            moment = self.article.go_live_at
            if moment is None or moment <= timezone.now():
                raise ValidationError(_("Say when it is to go live: a moment that is still to come."))
            if missing := self.article.missing_for_publication():
                raise ValidationError(
                    _("It cannot go live yet: it lacks %(missing)s."),
                    params={"missing": "; ".join(str(item) for item in missing)},
                )
            self.article.schedule(moment)
            messages.success(self.request, _("Ready. It goes live when its minute comes."))

        return self.save(key, later)

    def withdraw(self, key: str) -> HttpResponse | None:
        self._must_publish()

        def away() -> None:
            self.article.withdraw()
            messages.success(self.request, _("Withdrawn. Readers do not see it any more."))

        return self.save(key, away)

    def submit(self, key: str) -> HttpResponse | None:
        def to_editors() -> None:
            self.article.submit()
            messages.success(self.request, _("Handed to the editors."))

        return self.save(key, to_editors)

    def back_to_draft(self, key: str) -> HttpResponse | None:
        return self.save(key, self.article.back_to_draft)

    def _must_publish(self) -> None:
        if not self.request.user.has_perm("articles.publish_article"):
            raise PermissionDenied


# In this order: a facts form that is sent carries one button, but a script may send several names.
VERBS = {
    name: getattr(ReviewDesk, name)
    for name in (
        *("accept", "reject", "undo", "about", "accept_above", "correct", "retarget", "create", "remove"),
        *("publish", "schedule", "withdraw", "submit", "back_to_draft", "save"),
    )
}


def lookup_words(typed: str) -> str:
    return typed.replace("\x00", " ").strip()[:200]


def fetched(model_admin: admin.ModelAdmin, request: HttpRequest, key: int) -> Article:
    article = model_admin.get_queryset(request).select_related("source", "text").filter(pk=key).first()
    if article is None:
        raise Http404
    return article


def review_view(model_admin: admin.ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    article = fetched(model_admin, request, key)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    desk = ReviewDesk(model_admin, request, article)
    return desk.judge() if request.method == "POST" else desk.show()
