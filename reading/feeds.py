"""An Atom feed under each list of stories: the same rows as the page, conditions kept."""

import datetime
import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from articles.models import Article
from articles.texts import markup_of
from entities.date_words import in_words
from entities.models import Agreement, Organisation, Person

from .addresses import found_or_moved
from .filters import public_tags
from .listing import PAGE_SIZE, newest
from .responses import moved, public
from .storylist import StoryList
from .views.countries import country_of, pair_path

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
MODELS = {"organisation": Organisation, "person": Person, "agreement": Agreement}


@public
def feed(request: HttpRequest, kind: str = "", **address: str) -> HttpResponse:
    subject = subject_of(request, kind, **address)
    return subject if isinstance(subject, HttpResponse) else StoriesFeed()(request, subject=subject)


def subject_of(
    request: HttpRequest, kind: str, **address: str
) -> HttpResponse | tuple[str, dict[str, list[int]]]:
    """Return (heading, scope) of the list that the feed stands under, or the redirect to where it is now."""
    if not kind:
        return _("Stories"), {}
    if kind in ("country", "pair"):
        return _countries_subject(request, kind, **address)
    if kind == "tag":
        tag = public_tags().filter(slug=address["slug"]).first()
        if tag is None:
            raise Http404("no such tag")
        return tag.name, {"tag": [tag.pk]}
    record = found_or_moved(request, MODELS[kind].objects.all(), address["slug"], suffix="feed/")
    return record if isinstance(record, HttpResponse) else (str(record), {kind: [record.pk]})


def _countries_subject(
    request: HttpRequest, kind: str, code: str, other: str = ""
) -> HttpResponse | tuple[str, dict[str, list[int]]]:
    first = country_of(code)
    if kind == "country":
        if code != first.code:
            return moved(request, f"{first.get_absolute_url()}feed/")
        return first.name, {"country": [first.pk]}
    second = country_of(other)
    if first == second:
        raise Http404("a pair is of two countries")
    if (code, other) != tuple(sorted((first.code, second.code))):
        return moved(request, f"{pair_path(first.code, second.code)}feed/")
    return _("%(one)s and %(other)s") % {"one": first.name, "other": second.name}, {
        "country": [first.pk, second.pk]
    }


class SteadyAtom(Atom1Feed):
    """Atom that stays the same while its entries do: an empty feed is not "updated now"."""

    def latest_post_date(self) -> datetime.datetime:
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))


class StoriesFeed(Feed):
    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, subject: tuple[str, dict]) -> dict[str, object]:
        heading, scope = subject
        page = request.path.removesuffix("feed/")
        return {"heading": heading, "list": StoryList(request, scope), "page": page, "path": request.path}

    def title(self, subject: dict) -> str:
        return clean(f"{subject['heading']} – {settings.SITE_NAME}")

    def link(self, subject: dict) -> str:
        query = subject["list"].conditions.query
        return f"{settings.SITE_URL}{subject['page']}{f'?{query}' if query else ''}"

    def feed_url(self, subject: dict) -> str:
        query = subject["list"].conditions.query
        return f"{settings.SITE_URL}{subject['path']}{f'?{query}' if query else ''}"

    def items(self, subject: dict) -> list[Article]:
        return newest(subject["list"].filter.qs, PAGE_SIZE)

    def item_title(self, article: Article) -> str:
        return clean(article.title)

    def item_description(self, article: Article) -> str:
        """The date, the source and our summary as markup, which is what readers of feeds take it for."""
        dated = in_words(article.dated) or _("date not given")
        return markup_of(
            clean("\n\n".join(part for part in (f"{dated} · {article.source}", article.summary) if part))
        )

    def item_link(self, article: Article) -> str:
        return f"{settings.SITE_URL}{article.get_absolute_url()}"

    def item_guid(self, article: Article) -> str:
        return f"{settings.SITE_URL}/stories/{article.pk}"

    def item_author_name(self, article: Article) -> str:
        return clean(article.source.name)

    def item_pubdate(self, article: Article) -> datetime.datetime | None:
        return article.released_at

    def item_updateddate(self, article: Article) -> datetime.datetime:
        return article.updated_at


def clean(text: str) -> str:
    """Return the text without the characters that XML cannot carry."""
    return _CONTROLS.sub("", text)
