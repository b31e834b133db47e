"""What is not published appears nowhere, and changes no count."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Mention, TaggedArticle
from entities.models import Tag
from tests.factories import country, make_agreement, make_article, make_name, make_organisation, make_person

MARKER = "Zyxmarker"
WORD = "hiddenword"  # asked for, so that the answer may repeat it


def hide_things(how: str) -> None:
    """Make a story that is not public, and all that hangs on it, with the marker in every text."""
    works = make_organisation(f"{MARKER} {WORD} works", country=country("tr"), kind="company")
    make_name(works, f"{WORD} {MARKER}")
    person = make_person(f"{MARKER} {WORD} person", country=country("tr"))
    agreement = make_agreement(f"{MARKER} {WORD} agreement", parties=["ru", "tr", works], signed="1999")
    agreement.subjects.add(f"{MARKER} subject")
    article = make_article(
        f"{MARKER} {WORD} story",
        about=["ru", "tr", "az"],
        mentions=[works, person, agreement],
        tags=["trade", f"{MARKER} tag"],
        body=f"<p>{MARKER} {WORD} delegation</p>",
        summary=f"{MARKER} summary of the delegation",
        dated="2023-01-01",
    )
    if how == "scheduled":
        article.schedule(timezone.now() + datetime.timedelta(days=1))
    elif how == "review":
        article.submit()
    elif how == "withdrawn":
        # Published once, so that it has an address and its records were released; then all is taken back.
        article.source = Article.objects.published().first().source
        article.save()
        article.publish()
        article.withdraw()
        for record in (works, person, agreement):
            type(record).objects.filter(pk=record.pk).update(public=False)


@pytest.mark.parametrize("how", ["draft", "review", "scheduled", "withdrawn"])
def test_what_is_not_published_is_seen_nowhere(client: Client, paths: list[str], how: str) -> None:
    before = {path: client.get(path).content for path in (*paths, "/sitemap.xml", "/sitemap-stories-1.xml")}
    hide_things(how)
    asked = [
        f"/search/?q={WORD}",
        f"/stories/?q={WORD}",
        f"/organisations/?q={WORD}",
        f"/people/?q={WORD}",
        f"/agreements/?q={WORD}",
        "/countries/az/",
        "/countries/az/tr/",
        "/sitemap-tags-1.xml",
        "/sitemap-organisations-1.xml",
    ]
    for path in (*paths, *asked):
        assert MARKER.lower() not in client.get(path).content.decode().lower(), path
    for path, content in before.items():
        assert client.get(path).content == content, path


@pytest.mark.parametrize("how", ["draft", "withdrawn"])
def test_the_address_of_what_is_not_published_is_not_found(
    client: Client, register: SimpleNamespace, how: str
) -> None:
    hide_things(how)
    for kind in ("stories", "organisations", "people", "agreements", "tags"):
        for slug in ("story", "works", "person", "agreement"):
            address = f"/{kind}/{MARKER}-{WORD}-{slug}/".lower()
            assert client.get(address).status_code == client.get(f"{address}feed/").status_code == 404
    assert client.get(f"/tags/{MARKER}-tag/".lower()).status_code == 404


def test_a_hundred_drafts_change_no_page(client: Client, paths: list[str]) -> None:
    before = {path: client.get(path).content for path in paths}
    trade = Tag.objects.get(key="trade")
    drafts = Article.objects.bulk_create(Article(title=f"Draft {n}", dated="2022-12-13") for n in range(100))
    Mention.objects.bulk_create(
        Mention(article=a, country=country(c), about=True) for a in drafts for c in ("ru", "tr")
    )
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag=trade) for article in drafts)
    assert Article.objects.unpublished().count() == 100
    assert {path: client.get(path).content for path in paths} == before


def test_a_hidden_tag_organisation_or_source_is_no_condition(
    client: Client, register: SimpleNamespace
) -> None:
    hide_things("draft")
    every = client.get("/stories/").context["list"].total
    for query in (f"tag={MARKER.lower()}-tag", f"organisation={MARKER.lower()}-{WORD}-works"):
        listed = client.get(f"/stories/?{query}").context["list"]
        assert (listed.total, listed.chips, len(listed.filter.notices)) == (every, [], 1)


def test_a_hidden_party_is_not_named_on_a_public_agreement(client: Client, register: SimpleNamespace) -> None:
    hidden = make_organisation(f"{MARKER} bank")
    register.treaty.parties.create(organisation=hidden)
    for path in ("/agreements/", register.treaty.get_absolute_url(), "/countries/tr/", "/"):
        assert MARKER not in client.get(path).content.decode()


def test_a_hidden_relation_is_not_named(client: Client, register: SimpleNamespace) -> None:
    hidden = make_agreement(f"{MARKER} protocol")
    hidden.relations.create(kind="amends", target=register.treaty)
    assert MARKER not in client.get(register.treaty.get_absolute_url()).content.decode()
