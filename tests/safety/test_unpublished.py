"""What is not public is in no answer of the site to those who may not see it, in no language and no format."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Article, PublishedStory
from reading.sitemaps import SECTIONS
from tests.factories import country, make_article, make_organisation

from .addresses import is_public, path_of, routes
from .conftest import ASKED, HIDDEN, STORY, add_draft

STATES = ("draft", "review", "ready", "withdrawn")
QUERIES = (f"q={ASKED}", "q=delegation&country=tr&tag=trade&year=2022&on=1999-06")


@pytest.fixture
def public_paths(arguments: Mapping[str, tuple]) -> list[str]:
    """Every public address in the three languages, lists also with questions."""
    paths = [path_of(route, arguments) for route in routes() if is_public(route)]
    paths = [path for path in paths if path not in ("/healthz", "/readyz")]
    paths += [f"/sitemap-{name}-1.xml" for name in SECTIONS if name != "stories"]
    machines = ("/robots.txt", "/sitemap")
    pages = [path for path in paths if not path.startswith(machines)]
    return paths + [f"/{code}{path}" for code in ("ru", "tr") for path in pages]


def asked(paths: list[str]) -> list[str]:
    lists = (
        "/stories/",
        "/countries/ru/",
        "/organisations/",
        "/people/",
        "/agreements/",
        "/search/",
        "/tr/search/",
    )
    return paths + [f"{path}?{query}" for path in lists for query in QUERIES]


@pytest.fixture
def drafts(world: SimpleNamespace) -> list[Article]:
    """One in each state that is not published, with links to records that nobody has released."""
    drafts = [world.draft, *(add_draft(world.users.owner) for _state in STATES[1:])]
    hidden = (world.hidden_works, world.hidden_person, world.hidden_agreement)
    for draft in drafts:
        for record in hidden:
            draft.mentions.create(**{record._meta.model_name: record})
        draft.tags.add(world.hidden_tag.name)
        draft.source = world.hidden_source
        draft.save()
    drafts[1].submit()
    drafts[2].schedule(timezone.now() + datetime.timedelta(days=1))
    drafts[3].publish()  # so that it has an address, and its records had been released
    drafts[3].withdraw()
    for record in hidden:
        type(record).objects.filter(pk=record.pk).update(public=False)
    assert [draft.state for draft in drafts] == list(STATES)
    return drafts


def test_no_public_answer_holds_a_word_of_it(drafts: list[Article], client: Client, public_paths: list[str]):
    for path in asked(public_paths):
        answer = client.get(path)
        assert answer.status_code in (200, 301), path
        body = answer.content.decode().lower()
        assert STORY.lower() not in body, path
        assert HIDDEN.lower() not in body, path


def test_its_address_is_nobodys(drafts: list[Article], world: SimpleNamespace, browsers: dict[str, Client]):
    world.hidden_works.refresh_from_db()
    slugs = {drafts[3].slug, world.hidden_works.slug, f"{STORY}-talks-{ASKED}".lower()}
    slugs |= {f"{HIDDEN}-{ASKED}-{kind}".lower() for kind in ("person", "pact", "tag")}
    assert len(slugs - {None}) >= 5
    for slug in slugs:
        for kind in ("stories", "organisations", "people", "agreements", "tags"):
            for client in (browsers["visitor"], browsers["superuser"]):
                assert client.get(f"/{kind}/{slug}/").status_code == 404, (kind, slug)
                assert client.get(f"/tr/{kind}/{slug}/feed/").status_code == 404, (kind, slug)


def test_no_answer_to_a_contributor_holds_a_word_of_anothers_draft(
    browser_of: Any, arguments: Mapping[str, tuple]
):
    stranger = browser_of("contributor")
    for route in routes():
        path = path_of(route, arguments)
        assert STORY.lower() not in stranger.get(path, follow=True).content.decode().lower(), path


def test_no_export_holds_a_word_of_it(drafts: list[Article], tmp_path: Path):
    call_command("export_register", str(tmp_path), verbosity=0)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    for path in written:
        text = path.read_bytes().lower()
        assert STORY.lower().encode() not in text, path.name
        assert HIDDEN.lower().encode() not in text, path.name


def test_a_hundred_drafts_change_no_byte_of_any_public_page(
    world: SimpleNamespace, client: Client, public_paths: list[str]
):
    paths = [path for path in asked(public_paths) if not path.startswith("/ru/")]
    before = {path: client.get(path).content for path in paths}
    bank = make_organisation("Sample bank of drafts", country=country("tr"))
    for number in range(100):
        make_article(
            f"Delegation {number}",
            about=["tr" if number % 2 else "kz"],
            mentions=[world.works, world.director, world.treaty, bank] if number % 10 == 0 else [],
            tags=["trade", f"tag {number % 7}"] if number % 10 == 0 else [],
            source=world.source,
            dated="2022-12-13",
            created_by=world.users.owner,
        )
    add_draft(world.users.owner, marker="Delegation")
    changed = [path for path in paths if client.get(path).content != before[path]]
    assert changed == []


def test_a_page_is_the_same_for_everybody(
    browsers: dict[str, Client], public_paths: list[str], world: SimpleNamespace
):
    for path in public_paths:
        if path.startswith("/ru/"):
            continue
        answers = {browsers[role].get(path).content for role in ("visitor", "contributor", "superuser")}
        assert len(answers) == 1, path


def test_what_is_withdrawn_takes_its_address_out_of_every_list(world: SimpleNamespace, client: Client):
    slug = world.story.slug
    pages = ("/", "/stories/", "/stories/feed/", "/sitemap-stories-1.xml", "/countries/tr/", "/tags/trade/")
    assert all(slug in client.get(path).content.decode() for path in pages[:4])
    world.story.withdraw()
    assert not [path for path in pages if slug in client.get(path).content.decode()]
    assert client.get(f"/stories/{slug}/").status_code == 404


def test_the_one_definition_of_public_and_what_is_derived_from_it_hold_the_same_rows(world: SimpleNamespace):
    for state in STATES:
        add_draft(world.users.owner, marker=f"Other{state}")
    published = set(Article.objects.published().values_list("pk", flat=True))
    assert set(PublishedStory.objects.values_list("pk", flat=True)) == published == {world.story.pk}
