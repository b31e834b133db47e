"""A contributor and the draft of another: every way in with the keys swapped is shut, and nothing of it is shown."""

import hashlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from articles.intake.draft import take_in
from articles.models import Article, Mention, Proposal
from tests.factories import country, make_mention

from .conftest import ASKED, STORY, add_draft

LIST = "/admin/articles/article/"


@pytest.fixture
def stranger(browser_of: Any) -> Client:
    return browser_of("contributor")


@pytest.fixture
def own(world: SimpleNamespace) -> Article:
    return add_draft(world.users.contributor, marker="Ownwords")


def state_of(article: Article) -> list:
    """All that is kept about an article, to be compared with later."""
    kept = [Article.objects.filter(pk=article.pk), Proposal.objects.filter(article=article)]
    kept += [Mention.objects.filter(article=article), article.tagged.all()]
    return [list(rows.order_by("pk").values()) for rows in kept] + [article.text.body]


@pytest.mark.parametrize("page", ["", "change/", "history/", "history/compare/", "delete/", "review/"])
def test_no_page_about_it_opens(world: SimpleNamespace, stranger: Client, page: str):
    response = stranger.get(f"{LIST}{world.draft.pk}/{page}", follow=True)
    assert STORY not in response.content.decode()
    assert stranger.get(f"{LIST}{world.draft.pk}/{page}").status_code in (302, 403, 404)


POSTS = {
    "change/": {"title": "Taken", "language": "en", "revision": "1", "_publish": "1"},
    "delete/": {"post": "yes"},
    "history/restore/": {"version": "1", "revision": "1"},
    "review/": {"save": "1", "title": "Taken", "language": "en"},
}


@pytest.mark.parametrize("page", POSTS)
def test_no_form_about_it_is_taken(world: SimpleNamespace, stranger: Client, page: str):
    before = state_of(world.draft)
    response = stranger.post(f"{LIST}{world.draft.pk}/{page}", POSTS[page])
    assert response.status_code in (302, 403, 404)
    assert state_of(world.draft) == before


VERBS = ("accept", "reject", "undo", "about", "accept_above", "correct", "retarget", "create", "remove")
VERBS += ("publish", "schedule", "withdraw", "submit", "back_to_draft", "save")


@pytest.mark.parametrize("verb", VERBS)
def test_no_verdict_reaches_it_through_ones_own_draft(
    world: SimpleNamespace, stranger: Client, own: Article, verb: str
):
    """The address is the own draft's; the keys in the form are the other's."""
    link = make_mention(world.draft, country("kz"))
    theirs = world.draft.proposals.first()
    Proposal.objects.filter(pk=theirs.pk).update(
        became=link, verdict="accepted", judged_at="2022-12-13T00:00Z"
    )
    before = state_of(world.draft)
    for value in (theirs.pk, link.pk, f"p{theirs.pk}:1", f"m{link.pk}:1", f"country:{country('kz').pk}"):
        form = {verb: value, "open": theirs.pk, "value": "Taken", "title": "Own", "language": "en"}
        response = stranger.post(f"{LIST}{own.pk}/review/", form)
        assert response.status_code in (200, 302, 403)
    assert state_of(world.draft) == before


@pytest.mark.parametrize("action", ["publish", "withdraw", "submit", "delete_selected"])
def test_no_action_of_the_list_reaches_it(world: SimpleNamespace, stranger: Client, action: str):
    before = state_of(world.draft)
    response = stranger.post(
        LIST, {"action": action, "_selected_action": [world.draft.pk], "post": "yes"}, follow=True
    )
    assert STORY not in response.content.decode()
    assert state_of(world.draft) == before


@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected"])
def test_a_contributors_own_draft_is_published_and_deleted_by_editors_only(
    stranger: Client, own: Article, action: str
):
    stranger.post(LIST, {"action": action, "_selected_action": [own.pk], "post": "yes"})
    own.refresh_from_db()
    assert own.state == Article.State.DRAFT


@pytest.mark.parametrize(
    "query", ["", f"q={ASKED}", "state__exact=draft", "about=tr", "_facets=True", "all="]
)
def test_the_list_neither_shows_nor_counts_it(world: SimpleNamespace, stranger: Client, query: str):
    response = stranger.get(f"{LIST}?{query}")
    assert STORY not in response.content.decode()
    assert response.context["cl"].result_count == 0


def test_no_lookup_of_the_list_tells_what_stands_in_it(world: SimpleNamespace, stranger: Client):
    before = stranger.get(LIST).context["cl"].result_count
    for lookup in (
        "title__startswith=Zyx",
        "created_by__password__startswith=p",
        "text__plain__contains=Zyx",
    ):
        response = stranger.get(f"{LIST}?{lookup}")
        assert response.status_code in (302, 400) or response.context["cl"].result_count == before


def test_no_autocomplete_offers_articles(stranger: Client, world: SimpleNamespace):
    for field in ("source", "tags", "created_by"):
        asked = {
            "app_label": "articles",
            "model_name": "article",
            "field_name": field,
            "term": ASKED,
        }
        assert STORY not in stranger.get("/admin/autocomplete/", asked).content.decode()
    for model in ("mention", "proposal", "taggedarticle"):
        asked = {
            "app_label": "articles",
            "model_name": model,
            "field_name": "article",
            "term": ASKED,
        }
        assert STORY not in stranger.get("/admin/autocomplete/", asked).content.decode()


def test_taking_in_what_another_has_taken_in_shows_nothing_of_it(world: SimpleNamespace, stranger: Client):
    page = (
        "<html><head><title>%s</title><link rel=canonical href='https://gazette.example/1'></head>"
        "<body><p>%s The ministers met in Ankara and spoke about trade for two days.</p></body></html>"
    )
    known = take_in(page % (STORY, STORY), "page.html", world.users.owner).article
    before = state_of(known)
    response = stranger.post(
        reverse("admin:articles_intake"),
        {"text": page % ("Mine", "Mine."), "title": "Mine", "source": "Works Press"},
    )
    assert response.status_code == 200
    assert STORY not in response.content.decode()
    assert f"/{known.pk}/" not in response.content.decode()
    assert state_of(known) == before


def test_the_desk_of_a_contributor_shows_their_drafts_alone(stranger: Client, own: Article):
    for address in ("/admin/", "/admin/articles/", "/admin/articles/article/intake/"):
        assert STORY not in stranger.get(address).content.decode(), address
    review = stranger.get(f"{LIST}{own.pk}/review/").content.decode()
    assert "Ownwords" in review
    assert STORY not in review


def test_what_is_handed_on_and_published_is_not_the_contributors_any_more(
    world: SimpleNamespace, stranger: Client, own: Article
):
    Article.objects.filter(pk=own.pk).update(source=world.source)
    own.refresh_from_db()
    own.publish()
    for page in ("change/", "review/", "history/", "delete/"):
        assert stranger.get(f"{LIST}{own.pk}/{page}").status_code in (302, 403, 404)


def test_the_past_of_a_record_names_no_draft(world: SimpleNamespace, stranger: Client):
    """Tags, countries and organisations are linked by drafts; their history is theirs alone."""
    make_mention(world.draft, world.works)
    for record in (world.works, country("tr"), world.draft.tags.first()):
        for page in ("history/", "history/compare/", "change/"):
            address = f"/admin/entities/{record._meta.model_name}/{record.pk}/{page}"
            response = stranger.get(address)
            assert response.status_code == 200
            assert STORY not in response.content.decode(), address


def test_view_on_site_leads_only_to_what_readers_see(world: SimpleNamespace, browsers: dict[str, Client]):
    """A withdrawn story keeps its address, which says its title."""
    from django.contrib.contenttypes.models import ContentType

    world.story.withdraw()
    for record in (world.story, world.draft, world.hidden_works, world.hidden_agreement):
        kind = ContentType.objects.get_for_model(type(record)).pk
        for role in ("contributor", "editor"):
            response = browsers[role].get(f"/admin/r/{kind}/{record.pk}/")
            assert response.status_code in (404, 410), (role, record)


def table_hash(model: type[models.Model]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t ORDER BY 1')
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def test_a_contributor_changes_no_record_of_the_register(world: SimpleNamespace, stranger: Client):
    from entities.models import Agreement, Country, Name, Organisation, Person, Source, Tag

    kinds = (Agreement, Country, Name, Organisation, Person, Source, Tag)
    before = {kind: table_hash(kind) for kind in kinds}
    for record in (world.works, world.director, world.treaty, world.source, world.hidden_tag, country("tr")):
        address = f"/admin/entities/{record._meta.model_name}/"
        for page in ("add/", f"{record.pk}/change/", f"{record.pk}/delete/"):
            response = stranger.post(f"{address}{page}", {"name": "Taken", "title": "Taken", "post": "yes"})
            assert response.status_code == 403, page
        for action in ("release", "delete_selected"):
            stranger.post(address, {"action": action, "_selected_action": [record.pk], "post": "yes"})
    assert {kind: table_hash(kind) for kind in kinds} == before
