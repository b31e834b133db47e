"""A page asks the database as often for many rows as for ten; `make bench CHECKS=safety` asks with a hundred."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entities.models import Tag
from history.models import Batch
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_organisation,
    make_person,
    make_source,
    make_superuser,
    make_user,
)

MANY = int(os.environ.get("ROWS", "30"))
PUBLIC = [
    *(
        "/",
        "/stories/",
        "/stories/?country=tr&q=delegation",
        "/organisations/",
        "/people/",
        "/agreements/",
        "/tags/",
    ),
    *(
        "/countries/",
        "/countries/tr/",
        "/countries/ru/tr/",
        "/tags/trade/",
        "/search/?q=delegation",
        "/stories/feed/",
    ),
    *(
        "/countries/tr/feed/",
        "/countries/ru/tr/feed/",
        "/tags/trade/feed/",
        "/sitemap.xml",
        "/sitemap-stories-1.xml",
    ),
    *("/organisations/body-one/", "/people/person-one/", "/agreements/pact-one/", "/stories/delegation-one/"),
    *("/organisations/body-one/feed/", "/agreements/?status=signed", "/about/"),
]
DESK = [
    *(
        "articles/article/",
        "articles/article/?q=delegation",
        "articles/article/intake/",
        "entities/organisation/",
    ),
    *("entities/person/", "entities/agreement/", "entities/source/", "entities/tag/", "entities/country/"),
    *("entities/name/?q=body", "history/batch/", "accounts/user/", ""),
]


def rows(count: int, tag: str) -> None:
    """As many rows of everything, all linked to the one country, organisation, person and agreement."""
    body, person, pact = first_ones()
    for number in range(count):
        name = f"{tag} {number}"
        other = make_organisation(f"Body {name}", country=country("tr"), public=True)
        somebody = make_person(f"Person {name}", country=country("tr"), public=True)
        somebody.positions.create(title="Director", organisation=body)
        agreement = make_agreement(f"Pact {name}", parties=["ru", "tr", other], signed="1994", public=True)
        agreement.subjects.add("trade")
        make_article(
            f"Delegation {name}",
            about=["ru", "tr"],
            mentions=[body, person, pact, other, agreement],
            tags=["trade", f"tag {name}"],
            body="<p>The delegation came.</p>",
            source=make_source(f"Paper {name}"),
            published=number % 5 != 0,
            dated="2022-12-13",
        )
        Batch.objects.create(kind="import", label=name)
        if number < 5:
            make_user("contributor", username=f"user-{name}".replace(" ", "-"))


def first_ones() -> tuple:
    from entities.models import Agreement, Organisation, Person

    known = Organisation.objects.filter(name="Body one").first()
    if known:
        return known, Person.objects.get(name="Person one"), Agreement.objects.get(title="Pact one")
    body = make_organisation("Body one", country=country("tr"), public=True)
    person = make_person("Person one", public=True)
    person.positions.create(title="Director", organisation=body)
    pact = make_agreement("Pact one", parties=["ru", "tr"], signed="1994", public=True)
    make_article(
        "Delegation one", about=["ru", "tr"], mentions=[body, person, pact], tags=["trade"], published=True
    )
    return body, person, pact


@pytest.fixture
def counted(db: None) -> Iterator[Any]:
    """Return how many queries each page asks."""
    editor = Client()
    editor.force_login(make_superuser(), backend="accounts.backends.RoleBackend")

    def ask() -> dict[str, int]:
        asked = {}
        for path in [*PUBLIC, *(f"/admin/{page}" for page in DESK)]:
            with CaptureQueriesContext(connection) as queries:
                assert editor.get(path).status_code == 200, path
            asked[path] = len(queries)
        return asked

    yield ask


def test_no_page_asks_more_for_more_rows(counted: Any):
    rows(10, "few")
    counted()  # what is remembered between requests is remembered now
    few = counted()
    rows(MANY - 10, "more")
    many = counted()
    assert Tag.objects.count() >= MANY
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}
    assert max(many.values()) <= 40, many


def test_a_review_asks_the_same_however_much_was_recognised(counted: Any):
    from articles.models import Proposal

    editor = Client()
    editor.force_login(make_superuser(), backend="accounts.backends.RoleBackend")
    article = make_article("A visit", body="<p>Delegation of Body One came.</p>")
    asked = []
    for count in (10, 100):
        for number in range(count):
            body = make_organisation(f"Body {count} {number}")
            fields = {"kind": "organisation", "value": str(body), "organisation": body}
            Proposal.objects.create(article=article, score=0.9, version="1", **fields)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(f"/admin/articles/article/{article.pk}/review/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
