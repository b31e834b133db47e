from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleText, Mention
from entities.models import Source

from ..addresses import found_or_moved
from ..evidence import Passage, Quoted, shown_quotes
from ..listing import related_to
from ..responses import public
from ..storylist import StoryList, story_rows
from ..texts import body_with_marks, excerpt
from .countries import pair_path

MOST_PASSAGES = 3


@public
def stories(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/stories.html", {"list": StoryList(request)})


@dataclass(slots=True)
class Linked:
    """A record that the story is linked to, with the sentences that say so."""

    mention: Mention
    record: models.Model
    passages: list[Passage]


KINDS = {
    "country": _("Countries"),
    "organisation": _("Organisations"),
    "person": _("People"),
    "agreement": _("Agreements"),
}


@public
def story(request: HttpRequest, slug: str) -> HttpResponse:
    article = found_or_moved(request, Article.objects.select_related("source", "listing"), slug)
    if isinstance(article, HttpResponse):
        return article
    if not hasattr(article, "listing"):
        raise Http404("not listed")
    mentions = [m for m in article.mentions.with_records() if is_public(m.record)]
    context = story_page(article, mentions) | {"related": story_rows(related_to(article))}
    return render(request, "reading/story.html", context)


def story_page(article: Article, mentions: list[Mention]) -> dict[str, Any]:
    """What the page of a story shows, published or looked at beforehand."""
    text = ArticleText.objects.filter(article=article).only("body", "plain").first()
    rights = article.source.rights if article.source else Source.Rights.LINK
    shown = text if text and text.plain and rights != Source.Rights.LINK else None
    linked = linked_records(article, mentions, shown)
    partners = [link.record for link in linked if link.mention.country_id and link.mention.about]
    return {
        "article": article,
        "partners": partners,
        "pair_url": pair_path(*(country.code for country in partners)) if len(partners) == 2 else "",
        "linked": {label: found for kind, label in KINDS.items() if (found := of_kind(linked, kind))},
        "evidence": by_passages(linked),
        "body": shown_body(article, mentions, shown) if rights == Source.Rights.FULL else "",
        "excerpt": excerpt(shown.plain) if shown and rights == Source.Rights.EXCERPT else "",
        "tags": article.tags.all(),
    }


def by_passages(linked: list[Linked]) -> list[tuple[list[Linked], list[Passage]]]:
    """Return each set of sentences once, with all the links that it supports."""
    groups: dict[tuple[Passage, ...], list[Linked]] = {}
    for link in linked:
        if link.passages:
            groups.setdefault(tuple(link.passages), []).append(link)
    return [(links, list(passages)) for passages, links in groups.items()]


def is_public(record: models.Model) -> bool:
    return getattr(record, "public", True)


def of_kind(linked: list[Linked], kind: str) -> list[Linked]:
    """Return the linked records of a kind; partner countries are in the headline already."""
    return [
        link
        for link in linked
        if link.mention.kind == kind and not (kind == "country" and link.mention.about)
    ]


def linked_records(article: Article, mentions: list[Mention], shown: ArticleText | None) -> list[Linked]:
    rights = article.source.rights if article.source else Source.Rights.LINK
    quoted = Quoted(article.language, text=shown.plain if shown else "", summary=article.summary)
    return [
        Linked(
            mention,
            mention.record,
            list(dict.fromkeys(quoted.passage(q) for q in shown_quotes(mention, rights)))[:MOST_PASSAGES],
        )
        for mention in mentions
    ]


def shown_body(article: Article, mentions: list[Mention], text: ArticleText | None) -> str:
    if not text:
        return ""
    quotes = [q for m in mentions for q in shown_quotes(m, article.source.rights) if q.get("field") == "text"]
    ranges = [(q["start"], q["end"]) for q in quotes if text.plain[q["start"] : q["end"]] == q["exact"]]
    return body_with_marks(text.body, text.plain, ranges)
