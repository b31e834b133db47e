"""A list of stories as a page shows it: rows, facets, what is chosen, and its place among the pages."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Article, Mention

from .evidence import Passage, passages_of
from .facets import Chip, Conditions, Facet, Option, Page
from .filters import StoryFilter
from .languages import language_name
from .links import Link, country_links, organisation_links, source_links, tag_links
from .listing import PAGE_SIZE, articles_of, counted, home_country_keys, keys_of_page, page_number, stories

ORGANISATIONS_SHOWN, TAGS_SHOWN, SUMMARY_SHOWN = 3, 3, 320


@dataclass(slots=True)
class StoryRow:
    article: Article
    countries: list[Link] = field(default_factory=list)
    organisations: list[Link] = field(default_factory=list)
    tags: list[Link] = field(default_factory=list)
    evidence: Passage | None = None

    @property
    def summary(self) -> str:
        return Truncator(self.article.summary).chars(SUMMARY_SHOWN)

    @property
    def foreign_language(self) -> str:
        """The name of the story's language where it is not the reader's."""
        same = self.article.language == (get_language() or "en")[:2]
        return "" if same else language_name(self.article.language)


class StoryList:
    """Stories within a scope (``{"country": [1, 2]}``) under the conditions of a request.

    ``kept`` are parameters of the page that are none of the list's, for its addresses to carry along.
    """

    def __init__(
        self,
        request: HttpRequest,
        scope: Mapping[str, Sequence[int]] | None = None,
        kept: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.scope = dict(scope or {})
        self.path = request.path
        self.asked_page = request.GET.get("page")
        self.filter = StoryFilter(request.GET, queryset=stories(**self.scope))
        self.conditions = Conditions(request.path, self._pairs())
        self.conditions.kept = list(kept)

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = []
        for name, value in self.filter.chosen.items():
            attribute = getattr(self.filter.form.fields[name], "attribute", None)
            values = value if isinstance(value, list) else [value]
            pairs += [(name, str(getattr(item, attribute) if attribute else item)) for item in values]
        return pairs

    @property
    def feed_path(self) -> str:
        """The address of the feed of this list, under the same conditions."""
        query = self.conditions.query
        return f"{self.path}feed/{f'?{query}' if query else ''}"

    @cached_property
    def counts(self):
        return counted(self.filter)

    @property
    def total(self) -> int:
        return self.counts.total

    @cached_property
    def page(self) -> Page:
        page = Page(page_number(self.asked_page), self.total, PAGE_SIZE, self.conditions)
        if page.number > page.pages:
            raise Http404("there are fewer pages")
        return page

    @cached_property
    def articles(self) -> list[Article]:
        if not self.total:
            return []
        return articles_of(keys_of_page(self.filter.qs, self.page.offset, self.total))

    def day_before_page(self) -> datetime.date | None:
        """The day of the story just before this page; None on the first."""
        if self.page.number == 1 or not self.total:
            return None
        queryset = self.filter.qs.order_by("-sort_date", "-article_id")
        return queryset.values_list("sort_date", flat=True)[self.page.offset - 1]

    @cached_property
    def rows(self) -> list[StoryRow]:
        return self.rows_of(self.articles)

    def rows_of(self, articles: list[Article]) -> list[StoryRow]:
        evidence = self._evidence(articles)
        rows = story_rows(articles, self._countries, self._organisations, leave_out=self.scope)
        for row in rows:
            passage = evidence.get(row.article.pk)
            # Words of the summary stand right above already.
            row.evidence = passage if passage and passage.exact not in row.summary else None
        return rows

    def _evidence(self, articles: list[Article]) -> dict[int, Passage]:
        """Where the list is of one record's stories, the sentence of each that names it."""
        kind = next((kind for kind in ("organisation", "person", "agreement") if kind in self.scope), None)
        if not kind or not articles:
            return {}
        mentions = Mention.objects.with_evidence().filter(
            **{"article__in": articles, f"{kind}__in": self.scope[kind]}
        )
        return passages_of(mentions, {a.pk: (a.source.rights, a.language) for a in articles})

    @cached_property
    def _countries(self) -> dict[int, Link]:
        keys = {key for key, _count in self.counts.by_facet["country"]}
        return country_links(keys.union(*(a.listing.country_ids for a in self.articles)))

    @cached_property
    def _organisations(self) -> dict[int, Link]:
        keys = {key for key, _count in self.counts.by_facet["organisation"]}
        return organisation_links(keys.union(*(a.listing.organisation_ids for a in self.articles)))

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, each with the address without it."""
        chips = []
        for name, value in self.filter.chosen.items():
            field = self.filter.form.fields[name]
            attribute = getattr(field, "attribute", None)
            for item in value if isinstance(value, list) else [value]:
                label = (
                    language_name(item) if name == "language" else f"“{item}”" if name == "q" else str(item)
                )
                query_value = getattr(item, attribute) if attribute else item
                chips.append(Chip(str(field.label), label, self.conditions.without(name, query_value)))
        return chips

    @cached_property
    def facets(self) -> list[Facet]:
        found = self.counts.by_facet
        tags = tag_links(key for key, _count in found["tag"])
        sources = source_links(key for key, _count in found["source"])
        facets = [
            self._adding(
                "country",
                _("Together with") if "country" in self.scope else _("Partner country"),
                self._countries,
            ).with_shares(),
            self._adding("tag", _("Subject"), tags),
            self._adding("organisation", _("Organisation"), self._organisations),
            self._choosing("year", _("Year"), sorted(found["year"], reverse=True)),
            self._choosing("language", _("Language"), found["language"]),
            self._choosing("source", _("Source"), found["source"], sources),
        ]
        return [facet for facet in facets if facet.options]

    def _adding(self, name: str, label: str, links: Mapping[int, Link]) -> Facet:
        hidden = {*self.scope.get(name, ()), *(home_country_keys() if name == "country" else ())}
        chosen = {record.pk for record in self.filter.chosen.get(name, [])}
        facet = Facet(name, label)
        for key, count in self.counts.by_facet[name]:
            if key in chosen:
                link = links.get(key)
                if link:
                    facet.options.append(
                        Option(link.name, count, self.conditions.without(name, link.value), True)
                    )
            elif key in links and key not in hidden:
                link = links[key]
                facet.options.append(Option(link.name, count, self.conditions.adding(name, link.value)))
        facet.options.sort(key=lambda option: not option.is_chosen)
        return facet

    def _choosing(
        self, name: str, label: str, found: list[tuple[object, int]], links: Mapping[int, Link] | None = None
    ) -> Facet:
        chosen = self.filter.chosen.get(name)
        chosen = chosen.pk if hasattr(chosen, "pk") else chosen
        facet = Facet(name, label)
        for value, count in found:
            if links is not None and value not in links:
                continue
            text = links[value].name if links is not None else str(value)
            text = language_name(text) if name == "language" else text
            asked = links[value].value if links is not None else value
            url = self.conditions.without(name) if value == chosen else self.conditions.choosing(name, asked)
            facet.options.append(Option(text, count, url, value == chosen))
        if len(facet.options) == 1 and not facet.options[0].is_chosen:
            facet.options = []
        return facet


def story_rows(
    articles: list[Article],
    countries: Mapping[int, Link] | None = None,
    organisations: Mapping[int, Link] | None = None,
    leave_out: Mapping[str, Sequence[int]] | None = None,
) -> list[StoryRow]:
    """Return rows with the names they need, without what the page is about anyway."""
    leave_out = leave_out or {}
    if countries is None:
        countries = country_links(key for a in articles for key in a.listing.country_ids)
    if organisations is None:
        organisations = organisation_links(key for a in articles for key in a.listing.organisation_ids)
    tags = tag_links(key for a in articles for key in a.listing.tag_ids)

    def named(links: Mapping[int, Link], kind: str, keys: list[int]) -> list[Link]:
        return [links[key] for key in keys if key in links and key not in leave_out.get(kind, ())]

    return [
        StoryRow(
            article,
            named(countries, "country", article.listing.country_ids),
            named(organisations, "organisation", article.listing.organisation_ids)[:ORGANISATIONS_SHOWN],
            named(tags, "tag", article.listing.tag_ids)[:TAGS_SHOWN],
        )
        for article in articles
    ]
