"""How stories are listed, counted and faceted, and in how many queries."""

import itertools
import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, ArticleText, Mention, PublishedStory, TaggedArticle
from entities.models import Agreement, AgreementParty, Organisation, Person, Tag
from reading import listing
from reading.filters import StoryFilter
from reading.storylist import StoryList
from tests.factories import country, make_agreement, make_article, make_organisation, make_person, make_source

CODES, TAGS = ("tr", "ru", "kz", "az"), ("trade", "energy", "transport")


def make_many(count: int, seed: int = 1) -> None:
    """Stories of every mixture of countries, organisations, tags, languages, sources and years."""
    chance = random.Random(seed)
    organisations = [make_organisation(public=True) for _number in range(3)]
    sources = [make_source() for _number in range(2)]
    for _number in range(count):
        dated = chance.choice(["2021", "2022-05", "2023-01-02", None])
        make_article(
            about=chance.sample(CODES, chance.randint(1, 3)),
            mentions=chance.sample(organisations, chance.randint(0, 2)),
            tags=chance.sample(TAGS, chance.randint(0, 2)),
            language=chance.choice(["en", "ru", "tr"]),
            source=chance.choice(sources),
            dated=dated,
            date_missing=dated is None,
            published=True,
        )


def listed(query: str = "", **scope: list[int]) -> StoryList:
    return StoryList(RequestFactory().get(f"/stories/?{query}"), scope)


def test_the_table_that_lists_are_read_from_holds_what_is_published(db: None) -> None:
    make_many(20)
    for article in Article.objects.published()[:5]:
        article.withdraw()
    rows = set(PublishedStory.objects.values_list("pk", flat=True))
    assert rows == set(Article.objects.published().values_list("pk", flat=True))
    assert len(rows) == 15


def test_every_facet_counts_the_rows_that_its_link_leads_to(db: None) -> None:
    make_many(30)
    queries = [
        "",
        "country=tr",
        "country=tr&country=ru",
        "year=2022",
        "language=ru&tag=trade",
        "tag=energy&year=2021",
    ]
    for query in queries:
        stories = listed(query)
        for name, option in ((facet.name, option) for facet in stories.facets for option in facet.options):
            if not option.is_chosen:
                there = listed(option.url.partition("?")[2])
                assert (query, name, option.label, option.count) == (query, name, option.label, there.total)


def test_counts_are_those_of_going_through_all_rows(db: None) -> None:
    make_many(30)
    turkey, trade = country("tr").pk, PublishedStory.objects.exclude(tag_ids=[]).first().tag_ids[0]
    rows = [row for row in PublishedStory.objects.all() if turkey in row.country_ids and trade in row.tag_ids]
    slug = Article.tags.through.tag_model().objects.get(pk=trade).slug
    stories = listed(f"country=tr&tag={slug}")
    assert stories.total == len(rows)
    by_source = dict(stories.counts.by_facet["source"])
    assert by_source == {pk: sum(row.source_id == pk for row in rows) for pk in by_source}


def test_a_chosen_option_is_taken_away_by_its_link(db: None) -> None:
    make_many(15)
    stories = listed("country=tr&tag=trade")
    chosen = [option for facet in stories.facets for option in facet.options if option.is_chosen]
    assert sorted(option.url for option in chosen) == ["/stories/?country=tr", "/stories/?tag=trade"]
    assert sorted(chip.url for chip in stories.chips) == ["/stories/?country=tr", "/stories/?tag=trade"]


def test_a_click_adds_a_country_but_replaces_a_year(db: None) -> None:
    make_many(15)
    facets = {facet.name: facet for facet in listed("country=tr&year=2022").facets}
    assert all(o.url.count("country=") == 2 for o in facets["country"].options if not o.is_chosen)
    assert all(o.url.count("year=") == 1 for o in facets["year"].options if not o.is_chosen)


def test_a_page_that_the_conditions_left_behind_is_not_carried_along(db: None) -> None:
    make_many(22)
    stories = listed("page=2")
    assert stories.page.number == 2
    assert not any("page=" in option.url for facet in stories.facets for option in facet.options)


def test_pages_follow_each_other_without_gap_or_repetition(db: None) -> None:
    make_many(42)
    keys = [[article.pk for article in listed(f"page={number}").articles] for number in (1, 2, 3)]
    assert [len(page) for page in keys] == [20, 20, 2]
    expected = list(Article.objects.published().newest_first().values_list("pk", flat=True))
    assert list(itertools.chain(*keys)) == expected


def test_the_home_country_is_no_partner_in_a_facet(db: None, settings: object) -> None:
    settings.HOME_COUNTRY = "tr"
    make_many(20)
    facet = next(facet for facet in listed().facets if facet.name == "country")
    assert "Türkiye" not in [option.label for option in facet.options]
    assert country("tr").pk not in [key for key, _count in listing.companions(country("ru"))]


def test_unknown_values_are_left_out_and_named(db: None) -> None:
    make_many(5)
    stories = listed("country=zz&year=0&tag=nothing&language=%21&organisation=x&source=y")
    assert (stories.total, stories.chips) == (5, [])
    assert len(stories.filter.notices) == 6
    assert any("“zz”" in str(notice) for notice in stories.filter.notices)


def test_conditions_hold_together_with_words(db: None) -> None:
    make_article("Railway talks", about=["kz"], body="<p>Freight trains</p>", published=True)
    make_article("Harbour talks", about=["kz"], published=True)
    make_article("Railway plans", about=["tr"], published=True)
    assert [a.title for a in listed("country=kz&q=railways").articles] == ["Railway talks"]
    assert [a.title for a in listed("q=train").articles] == ["Railway talks"]


def test_what_a_filter_compares_cannot_be_chosen_by_the_reader(db: None) -> None:
    make_many(10)
    everything = [a.pk for a in listed().articles]
    oracles = [
        "source__rights=full",
        "created_by__password__startswith=a",
        "article__text__plain__contains=a",
    ]
    oracles += [
        "order_by=-created_by__password",
        "ordering=title",
        "o=1",
        "state=draft",
        "go_live_at__isnull=0",
    ]
    for query in oracles:
        assert [a.pk for a in listed(query).articles] == everything


def test_filters_keep_the_last_of_values_that_are_given_once(db: None) -> None:
    form = StoryFilter(QueryDict("year=2021&year=2022"), queryset=PublishedStory.objects.all())
    assert form.chosen == {"year": 2022}


CODES_OF_MANY = ["ru", "az", "ge", "am", "kg", "uz", "tm", "tj", "ir", "iq", "sy", "gr"]


def make_busy(count: int) -> None:
    """Records, and stories that all name the same ones, in turn of 12 more countries; written in bulk."""
    turkey, others = country("tr"), [country(code) for code in CODES_OF_MANY]
    source, key = make_source(), make_source().pk
    named = (
        {"organisation": make_organisation(country=turkey, public=True)},
        {"person": make_person(country=turkey, public=True)},
        {"agreement": make_agreement(parties=["kz", "tr"], signed="2000", public=True)},
    )
    tags = Tag.objects.named([f"tag {number}" for number in range(min(count, 40))])
    fields = {"state": "published", "source": source, "released_at": timezone.now()}
    articles = Article.objects.bulk_create(
        Article(title=f"Story {n}", slug=f"story-{key}-{n}", dated=f"{2000 + n % 20}-01", **fields)
        for n in range(count)
    )
    mentions, tagged = [], []
    for number, article in enumerate(articles):
        about = (turkey, country("kz"), others[number % 12])
        mentions += [Mention(article=article, country=each, about=True) for each in about]
        mentions += [Mention(article=article, **record) for record in named]
        tagged.append(TaggedArticle(content_object=article, tag=tags[number % len(tags)]))
    Mention.objects.bulk_create(mentions)
    TaggedArticle.objects.bulk_create(tagged)
    ArticleText.objects.bulk_create(
        ArticleText(article=a, plain="They delivered.", body="They delivered.") for a in articles
    )
    public = {"public": True, "country": turkey}
    Organisation.objects.bulk_create(
        Organisation(name=f"O {key} {n}", slug=f"o-{key}-{n}", **public) for n in range(count)
    )
    Person.objects.bulk_create(
        Person(name=f"P {key} {n}", slug=f"p-{key}-{n}", **public) for n in range(count)
    )
    agreements = Agreement.objects.bulk_create(
        Agreement(title=f"A {n}", slug=f"a-{key}-{n}", public=True, signed="2001-02") for n in range(count)
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, country=each)
        for agreement in agreements
        for each in (turkey, country("kz"))
    )


def test_pages_ask_as_often_for_a_hundred_rows_as_for_ten(client: Client, db: None) -> None:
    story = make_article("One", about=["tr", "kz"], tags=["tag 1"], published=True).get_absolute_url()
    make_busy(10)
    records = [model.objects.published().first() for model in (Organisation, Person, Agreement)]
    paths = [
        "/",
        "/stories/",
        "/stories/?country=tr&tag=tag-1&year=2001&q=delivered",
        "/countries/",
        "/countries/tr/",
    ]
    paths += ["/countries/kz/tr/", "/organisations/", "/people/", "/agreements/", "/tags/", "/tags/tag-1/"]
    paths += ["/search/?q=story", "/stories/feed/", story, *(record.get_absolute_url() for record in records)]
    few = queries_of(client, paths)
    make_busy(90)
    assert queries_of(client, paths) == few
    assert max(few.values()) <= 26, few


def queries_of(client: Client, paths: list[str]) -> dict[str, int]:
    counts = {}
    for path in paths:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        counts[path] = len(captured)
    return counts


@pytest.mark.parametrize("path", ["/", "/stories/", "/countries/tr/", "/tags/tag-1/", "/stories/feed/"])
def test_lists_never_load_a_text(client: Client, db: None, path: str) -> None:
    make_busy(3)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    assert not [query for query in captured.captured_queries if '"articles_articletext"' in query["sql"]]
