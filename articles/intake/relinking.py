"""Proposing links in older stories: to records whose names are new, or whatever a better recogniser finds.

Nothing that an editor has said is touched (``proposing``), and nothing that readers see: proposals are for the desk.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entities.matcher import Matcher, NameEntry
from entities.models import Name
from entities.models.names import OWNERS
from history.attribution import recorded_batch
from history.models import Change
from jobs.running import RunningJob, in_background

from ..models import Article, ArticleText, Mention, Proposal
from .older_stories import stories_with
from .proposing import document, propose
from .recognise import RECOGNISER_VERSION, readable
from .register_names import is_weak

CHUNK = 50  # articles of a transaction
MOST_LINES = 200  # of a report
TARGETS = ("country__code", *OWNERS[1:])
Record = tuple[str, Any]  # kind, and a country's code or another record's key


class _TriedOnly(Exception):
    """Takes back what a dry run proposed."""


@dataclass
class Wanted:
    """The records to be looked for, and those of their names that identify them."""

    entries: list[NameEntry]

    @classmethod
    def of(cls, names: QuerySet[Name]) -> "Wanted":
        rows = names.values_list("text", "language", "kind", *TARGETS).order_by("pk")
        entries = []
        for text, language, kind, *owners in rows:
            ((owner, key),) = _record_of(owners)
            entries.append(NameEntry(text.rstrip("-"), language, kind, owner, key))
        return cls([entry for entry in entries if not is_weak(entry)])

    @property
    def records(self) -> set[Record]:
        return {(entry.record_kind, entry.target) for entry in self.entries}


def names_changed_since(moment: datetime.datetime, snapshot: str = "") -> QuerySet[Name]:
    """Names that were added, changed or given to another record since then, by whatever path.

    With the snapshot of that moment also what was begun before it and was committed later.
    """
    changes = Change.objects.to_table(Name).filter(operation__in="IU")
    since = changes.filter(made_at__gte=moment)
    later = changes.committed_after(snapshot) if snapshot else changes.none()
    keys = {key for some in (since, later) for keys in some.values_list("keys", flat=True) for key in keys}
    return Name.objects.filter(pk__in=keys)


def names_of(record: models.Model) -> QuerySet[Name]:
    return Name.objects.filter(**{record._meta.model_name: record})


def outdated_articles() -> QuerySet[Article]:
    """Articles with open proposals that an older recogniser made."""
    older = Proposal.objects.open().exclude(version=RECOGNISER_VERSION).exclude(kind=Proposal.Kind.FACT)
    return Article.objects.filter(pk__in=older.values("article"))


@in_background(gettext_lazy("Look for names in older stories"))
def look_for_names(job: RunningJob, names: list[int], snapshot: str = "", dry_run: bool = False) -> dict:
    """Propose links to the records that have these names, in every story whose text holds one of them.

    ``snapshot`` is only kept: of the database when the names were chosen.
    """
    wanted = Wanted.of(Name.objects.filter(pk__in=names))
    keys = stories_with(entry.text for entry in wanted.entries) if wanted.entries else []
    if keys is None:
        keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    return _go_through(job, keys, _Looking(wanted).propose_in, dry_run)


@in_background(gettext_lazy("Recognise older drafts again"))
def recognise_again(job: RunningJob, dry_run: bool = False) -> dict:
    """Propose anew, in articles whose open proposals an older recogniser made, what this one finds."""
    keys = list(outdated_articles().order_by("pk").values_list("pk", flat=True))
    return _go_through(job, keys, _again, dry_run)


def _go_through(job: RunningJob, keys: Sequence[int], propose_in: Any, dry_run: bool) -> dict:
    """Some articles a transaction; the cursor tells where the next begins."""
    counts = {"done": 0, "articles": 0, "proposals": 0, **job.cursor.get("counts", {})}
    lines: list[str] = job.cursor.get("lines", [])
    left = [key for key in keys if key > job.cursor.get("after", 0)]
    total = counts["done"] + len(left)
    with nullcontext() if dry_run else recorded_batch("relink", who=job.owner) as batch:
        for some in batched(left, CHUNK, strict=False):
            made = _propose(propose_in, some, dry_run)
            counts["done"] += len(some)
            counts["articles"] += len(made)
            counts["proposals"] += sum(len(values) for _article, values in made)
            lines += [f"{article}: {'; '.join(values)}" for article, values in made][
                : MOST_LINES - len(lines)
            ]
            job.say(
                counts["done"], total, _said(counts), {"after": some[-1], "counts": counts, "lines": lines}
            )
        if batch:
            batch.finish(**counts)
    names = {"done": _("articles looked at"), "articles": _("articles with new proposals")}
    names["proposals"] = _("new proposals")
    report: dict[str, Any] = {"counts": [(names[kind], counts[kind]) for kind in names], "lines": lines}
    if counts["proposals"]:
        report["address"] = f"{reverse('admin:articles_article_changelist')}?links=to-judge"
        report["address_label"] = _("Stories with proposals to judge")
    return report


def _propose(propose_in: Any, keys: Sequence[int], dry_run: bool) -> list[tuple[Article, list[str]]]:
    made: list[tuple[Article, list[str]]] = []
    try:
        with transaction.atomic():
            made += [(article, values) for article, values in propose_in(keys) if values]
            if dry_run:
                raise _TriedOnly
    except _TriedOnly:
        pass
    return made


def _said(done: dict[str, int]) -> str:
    return _("%(proposals)d new proposals in %(articles)d articles") % done


class _Looking:
    def __init__(self, wanted: Wanted) -> None:
        self.matcher = Matcher(wanted.entries)
        self.called = _called(wanted.records)

    def propose_in(self, keys: Sequence[int]) -> Iterator[tuple[Article, list[str]]]:
        """Recognise those texts only in which a wanted name stands that is neither linked nor proposed yet."""
        articles = Article.objects.filter(pk__in=keys).defer("title_search").order_by("pk")
        texts = dict(ArticleText.objects.filter(article__in=keys).values_list("article", "plain"))
        settled = _linked(keys)
        for article, record in self._proposed(keys):
            settled[article].add(record)
        for article in articles:
            text = readable(document(article, texts.get(article.pk, "")))
            named = {
                (match.entry.record_kind, match.entry.target)
                for match in self.matcher.find(text, article.language)
            }
            if new := named - settled[article.pk]:
                yield article, [one.value for one in propose(article, only=new)]

    def _proposed(self, keys: Sequence[int]) -> Iterator[tuple[int, Record]]:
        """What is judged, or waits under the record's present name."""
        rows = Proposal.objects.filter(article__in=keys).values_list("article", "verdict", "value", *TARGETS)
        for article, verdict, value, *owners in rows:
            for record in _record_of(owners):
                if verdict != Proposal.Verdict.OPEN or value == self.called.get(record, value):
                    yield article, record


def _called(records: set[Record]) -> dict[Record, str]:
    """Each record's own name, by which it is proposed; of countries, that in English never changes."""
    keys = {kind: {key for one, key in records if one == kind} for kind in OWNERS[1:]}
    some = Q()
    for kind, wanted in keys.items():
        some |= Q(**{f"{kind}__in": wanted})
    rows = Name.objects.filter(some, is_main=True).values_list("text", *TARGETS)
    return {record: text for text, *owners in rows for record in _record_of(owners)}


def _record_of(owners: Sequence[Any]) -> list[Record]:
    return [(kind, key) for kind, key in zip(OWNERS, owners, strict=True) if key is not None]


def _again(keys: Sequence[int]) -> Iterator[tuple[Article, list[str]]]:
    for article in Article.objects.filter(pk__in=keys, text__isnull=False).order_by("pk"):
        before = list(article.proposals.values_list("pk", flat=True))
        propose(article)
        yield article, list(article.proposals.exclude(pk__in=before).values_list("value", flat=True))


def _linked(keys: Sequence[int]) -> dict[int, set[Record]]:
    found: dict[int, set[Record]] = defaultdict(set)
    for article, *owners in Mention.objects.filter(article__in=keys).values_list("article", *TARGETS):
        found[article].update(_record_of(owners))
    return found
