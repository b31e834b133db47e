"""The review page: one address, shown by GET and judged by POST."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from history.revisions import StaleRevision

from ..models import Proposal
from ..quotes import Quote
from . import lookup, verdicts
from .answers import NO_CONTENT, ReviewAnswers, fetched
from .editor import KINDS, NEW, Editor, editor_again, editor_for, selected_quote
from .forms import FactsForm
from .records import FORMS, unknown_parties
from .state import state_of

CONFLICT = 409


class ReviewDesk(ReviewAnswers):
    """What the buttons of the review page do; each is a method of the button's name."""

    def judge(self) -> HttpResponse:
        posted = self.request.POST
        verb = next((verb for verb in VERBS if verb in posted), None)
        if verb is None:
            return self._back()
        if self.partial:
            self.before = state_of(self.article)
            self._compare(self.request.headers.get("X-State", ""))
        try:
            return VERBS[verb](self, posted[verb]) or self._back()
        except ValidationError as error:
            for message in error.messages:
                messages.error(self.request, message)
        except StaleRevision:
            messages.error(
                self.request, _("Somebody else changed this story at the same moment. Please try again.")
            )
        self.is_refused = True
        return self._back()

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
        undone = verdicts.undo_last(self.article, self.request.user)
        if not undone:
            messages.info(self.request, _("There is nothing to undo."))
        self.anchor = f"p{undone[-1].pk}" if undone and undone[-1].pk else ""
        return None

    def change(self, key: str) -> HttpResponse:
        """Take a verdict back and open its form as it was, to say it in other words."""
        proposal = self._proposal(key)
        record = proposal.target if proposal.made_record else None
        self.editor = editor_again(self.article, proposal, record)
        verdicts.undo(proposal)
        self.partial = self.partial and "review"
        self.article = fetched(self.model_admin, self.request, self.article.pk)
        return self.show()

    def about(self, key: str) -> None:
        """``p12:1`` or ``m5:0``: a proposal or a link, about it or only naming it."""
        ref, _colon, about = key.partition(":")
        if ref[:1] in ("p", "m") and ref[1:].isdecimal() and len(ref) < 19:
            self.anchor = ref
            kind = "mention" if ref[0] == "m" else "proposal"
            verdicts.set_about(self.article, kind, int(ref[1:]), about == "1")

    def accept_above(self, _key: str) -> None:
        self._accept_from(verdicts.SURE)

    def accept_all(self, _key: str) -> None:
        self._accept_from(0)

    def _accept_from(self, score: float) -> None:
        accepted, refusals = verdicts.accept_above(self.article, self.request.user, score)
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
            self.editor = self._editor_posted()
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

    def _editor_posted(self) -> Editor | None:
        posted = self.request.POST
        key, kind = posted.get("open", ""), posted.get("add", "")
        if not key and kind not in KINDS:
            return None
        return editor_for(self.article, self._proposal(key) if key else None, posted, "create", kind)

    def _quote_of_post(self) -> Quote | None:
        quote = selected_quote(self.article, self.request.POST)
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

        def now() -> HttpResponse:
            self.article.publish()
            self._say_with_links(_("Published. Readers see it now: {}"))
            return self._onward()

        return self.save(key, now)

    def schedule(self, key: str) -> HttpResponse | None:
        self._must_publish()

        def later() -> HttpResponse:
            moment = self.article.go_live_at
            if moment is None or moment <= timezone.now():
                raise ValidationError(_("Say when it is to go live: a moment that is still to come."))
            if missing := self.article.missing_for_publication():
                raise ValidationError(
                    _("It cannot go live yet: it lacks %(missing)s."),
                    params={"missing": "; ".join(str(item) for item in missing)},
                )
            self.article.schedule(moment)
            self._say_with_links(_("Ready. It goes live when its minute comes: {}"))
            return self._onward()

        return self.save(key, later)

    def withdraw(self, key: str) -> HttpResponse | None:
        self._must_publish()

        def away() -> None:
            self.article.withdraw()
            messages.success(self.request, _("Withdrawn. Readers do not see it any more."))

        return self.save(key, away)

    def submit(self, key: str) -> HttpResponse | None:
        def to_editors() -> HttpResponse:
            self.article.submit()
            self._say_with_links(_("Handed to the editors: {}"))
            return self._onward()

        return self.save(key, to_editors)

    def back_to_draft(self, key: str) -> HttpResponse | None:
        return self.save(key, self.article.back_to_draft)

    def _say_with_links(self, said: str) -> None:
        """Say it with the story's name, which leads back to it: the next draft stands there by then."""
        address = reverse("admin:articles_review", args=[self.article.pk])
        link = format_html('<a href="{}">{}</a>', address, self.article.title)
        messages.success(self.request, format_html(said, link))

    def _must_publish(self) -> None:
        if not self.request.user.has_perm("articles.publish_article"):
            raise PermissionDenied


# In this order: a facts form that is sent carries one button, but a script may send several names.
VERBS = {
    name: getattr(ReviewDesk, name)
    for name in (
        *("accept", "reject", "undo", "change", "about", "accept_above", "accept_all"),
        *("correct", "retarget", "create", "remove"),
        *("publish", "schedule", "withdraw", "submit", "back_to_draft", "save"),
    )
}


def review_view(model_admin: admin.ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    if request.headers.get("X-As", "") not in ("", str(request.user.pk)):
        return HttpResponse(status=CONFLICT)  # the page was made for somebody who has left this browser since
    article = fetched(model_admin, request, key)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    desk = ReviewDesk(model_admin, request, article)
    if request.method == "POST":
        return desk.judge()
    if "X-Unless" in request.headers and request.headers["X-Unless"] == state_of(article).token:
        return HttpResponse(status=NO_CONTENT)  # nothing changed since
    return desk.show()
