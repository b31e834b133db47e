"""Nothing is written without the form's own token, and reading writes nothing."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from .addresses import path_of, routes

FORGETFUL = {"django_session"}  # tables that may change when somebody comes
QUESTIONS = ("?q=talks", "?page=1", "?_facets=True", "?open=1", "?add=person&words=x", "?from=1")


def dump() -> dict[str, str]:
    """A digest of every table's rows."""
    with connection.cursor() as cursor:
        digests = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - FORGETFUL):
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{table}\" t")
            digests[table] = str(cursor.fetchone()[0])
    return digests


@pytest.mark.parametrize("role", ["visitor", "superuser"])
def test_every_post_without_the_forms_token_is_refused(
    role: str, browser_of: Any, arguments: Mapping[str, tuple]
):
    browser = browser_of(role, enforce_csrf_checks=True)
    before = dump()
    for route in routes():
        path = path_of(route, arguments)
        response = browser.post(path, {"post": "yes", "title": "Taken", "_publish": "1"})
        assert response.status_code == 403, path
    assert dump() == before


def test_a_token_of_another_site_is_refused(browser_of: Any):
    browser = browser_of("superuser", enforce_csrf_checks=True)
    browser.get("/admin/articles/article/intake/")
    form = {"text": "A text.", "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    foreign = {"origin": "https://elsewhere.example"}
    assert browser.post("/admin/articles/article/intake/", form, headers=foreign).status_code == 403
    assert browser.post("/admin/articles/article/intake/", form).status_code == 200


@pytest.mark.parametrize("role", ["visitor", "superuser"])
def test_reading_every_address_writes_to_no_table(
    role: str, browser_of: Any, world: SimpleNamespace, arguments: Mapping[str, tuple]
):
    browser = browser_of(role)
    before = dump()
    assert len(before) > 30
    for route in routes():
        path = path_of(route, arguments)
        browser.get(path)
        if is_worth_asking(route):
            browser.head(path)
            browser.options(path)
            for question in QUESTIONS:
                browser.get(path + question)
    changed = [table for table, digest in dump().items() if before[table] != digest]
    assert changed == []


def is_worth_asking(route: str) -> bool:
    return route.endswith(
        ("article/", "review/", "article/<path:object_id>/history/compare/", "stories/", "search/")
    )


def test_the_dump_would_notice_a_write(world: SimpleNamespace):
    before = dump()
    world.draft.submit()
    changed = {table for table, digest in dump().items() if before[table] != digest}
    assert {"articles_article", "history_change"} <= changed
