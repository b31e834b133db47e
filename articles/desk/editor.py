"""The short form under one proposal, or for a missing link: another record, a new one, or another fact."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from ..models import Article, Proposal
from ..quotes import Quote, quote_at, quote_of
from . import lookup
from .page import HEADINGS
from .records import FORMS, initial_for, initial_of, unknown_parties

KINDS = [kind for kind in HEADINGS if kind != "fact"]
NEW = "new_%s"  # ids of the new record's fields, apart from those of the page's other forms


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


def asked_editor(article: Article, asked: Any) -> Editor | None:
    """The editor that a request asks for: ``open`` names a proposal, ``add`` the kind of a missing link."""
    if (ref := asked.get("open", "")).isdecimal():
        proposal = article.proposals.open().filter(pk=int(ref[:18])).first()
        return editor_for(article, proposal, asked, "kind") if proposal else None
    if (kind := asked.get("add", "")) in KINDS:
        return editor_for(article, None, asked, "kind", kind)
    return None


def editor_for(
    article: Article, proposal: Proposal | None, asked: Any, kind_field: str, kind: str = ""
) -> Editor:
    """``kind_field`` says where the chosen kind stands: in a refused form "kind" is the new record's own."""
    chosen = asked.get(kind_field)
    kind = chosen if chosen in KINDS else kind or proposal.kind
    quote = None if proposal else selected_quote(article, asked)
    words = proposal.value if proposal else quote["exact"] if quote else asked.get("words", "")[:500]
    start = str(quote["start"]) if quote else ""
    editor = Editor(kind, proposal, words, start, lookup_words(asked.get("find", words)))
    if kind == "fact":
        editor.value = proposal.value
        return editor
    editor.candidates = lookup.candidates(kind, editor.find)
    if kind in FORMS:
        told = proposal.payload if proposal and proposal.kind == kind else {}
        editor.form = FORMS[kind](initial=initial_for(kind, words, told), auto_id=NEW)
        editor.unknown_parties = unknown_parties(proposal) if proposal else []
    return editor


def editor_again(article: Article, proposal: Proposal, record: models.Model | None) -> Editor:
    """The form of a verdict that was taken back, filled as the record that it had made was."""
    editor = editor_for(article, proposal, {}, "kind")
    if proposal.version == Proposal.BY_HAND:  # it goes with its verdict: the same words are added again
        quote = next(iter(proposal.quotes), None)
        asked = (
            {"words": quote["exact"], "start": str(quote["start"])} if quote else {"words": proposal.value}
        )
        editor = editor_for(article, None, asked, "kind", proposal.kind)
    if record is not None and editor.form is not None and record._meta.model_name == editor.kind:
        editor.form = FORMS[editor.kind](initial=initial_of(record), auto_id=NEW)
    return editor


def selected_quote(article: Article, asked: Any) -> Quote | None:
    """The words that were selected, or typed: they must stand in the text."""
    plain = article.text.plain if hasattr(article, "text") else ""
    words, start = asked.get("words", "").replace("\r\n", "\n"), asked.get("start", "")
    if start.isdecimal() and plain[int(start[:9]) :][: len(words)] == words and words:
        return quote_at(plain, int(start), int(start) + len(words))
    return quote_of(words.strip(), plain)


def lookup_words(typed: str) -> str:
    return typed.replace("\x00", " ").strip()[:200]
