"""Whom every address of the site answers: the whole URLconf against one table."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from .addresses import path_of, routes
from .conftest import ROLES

NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(ROLES)
STAFF = EVERYBODY - {"visitor"}
EDITORS = frozenset({"editor", "administrator", "superuser"})
OWNERS = EDITORS | {"owner"}  # "owner" wrote the draft that the addresses below are about
ADMINISTRATORS = frozenset({"administrator", "superuser"})

READ_ONLY = (EVERYBODY, NOBODY)  # who gets an answer to GET, who to POST
PUBLIC = [
    *("", "stories/", "countries/", "organisations/", "people/", "agreements/", "tags/", "search/", "about/"),
    *("stories/feed/", "stories/<uslug:slug>/", "countries/<code:code>/", "countries/<code:code>/feed/"),
    *("countries/<code:code>/<code:other>/", "countries/<code:code>/<code:other>/feed/"),
    *("organisations/<uslug:slug>/", "organisations/<uslug:slug>/feed/", "people/<uslug:slug>/"),
    *("people/<uslug:slug>/feed/", "agreements/<uslug:slug>/", "agreements/<uslug:slug>/feed/"),
    *("tags/<uslug:slug>/", "tags/<uslug:slug>/feed/", "robots.txt", "sitemap.xml", "healthz", "readyz"),
    *("sitemap-<slug:section>-<int:page>.xml", "about/data/"),
    *("agreements/<uslug:slug>/citation.<citation:form>", "agreements/<uslug:slug>/text/"),
]
DOORS = {
    "accounts/login/": (EVERYBODY, EVERYBODY),
    "accounts/logout/": (NOBODY, EVERYBODY),
    "accounts/profile/": (STAFF, STAFF),
    "accounts/password/": (STAFF, STAFF),
    "accounts/reset/": (EVERYBODY, EVERYBODY),
    "accounts/reset/sent/": READ_ONLY,
    "accounts/reset/<uidb64>/<token>/": (EVERYBODY, EVERYBODY),  # a made-up token: says that it is none
    "accounts/invitation/<token>/": (NOBODY, NOBODY),  # the same: 410
    "admin/login/": (NOBODY, NOBODY),  # leads to the door
    "admin/logout/": (NOBODY, EVERYBODY),
    "admin/password_change/": (EVERYBODY, EVERYBODY),  # leads to the page above, which asks who it is
    "admin/password_change/done/": (EVERYBODY, EVERYBODY),
}
DESK = {
    "admin/": (STAFF, STAFF),
    "preview/<int:key>/": (OWNERS, NOBODY),
    "admin/autocomplete/": (NOBODY, NOBODY),  # says nothing without naming a field
    "admin/jsi18n/": (STAFF, NOBODY),
    "admin/r/<path:record>/": (NOBODY, NOBODY),  # pages are linked to directly
    "admin/r/<path:content_type_id>/<path:object_id>/": (NOBODY, NOBODY),
    "admin/^(?P<app_label>history|jobs|entities|articles|imports|accounts|axes)/$": (STAFF, STAFF),
    "admin/(?P<url>.*)$": (NOBODY, NOBODY),
    "admin/articles/article/intake/": (STAFF, STAFF),
    "admin/history/batch/<int:key>/undo/": (EDITORS, EDITORS),
    "admin/jobs/job/<int:key>/stop/": (NOBODY, EDITORS),
    "admin/imports/import/<int:key>/columns/": (EDITORS, EDITORS),
    "admin/imports/import/<int:key>/check/": (NOBODY, EDITORS),
    "admin/imports/import/<int:key>/names/": (NOBODY, EDITORS),
    "admin/imports/import/<int:key>/run/": (NOBODY, EDITORS),
    "admin/imports/import/<int:key>/report.csv": (EDITORS, NOBODY),
    "admin/articles/article/recognition/": (EDITORS, NOBODY),
    "admin/articles/article/look-for/<str:kind>/<int:key>/": (NOBODY, EDITORS),
    "admin/articles/article/<int:key>/review/": (OWNERS, OWNERS),
    "admin/articles/article/<path:object_id>/history/compare/": (OWNERS, NOBODY),
    "admin/articles/article/<path:object_id>/history/restore/": (NOBODY, EDITORS),
}


def pages_of(model: str, see: frozenset, add: frozenset, change: frozenset, delete: frozenset) -> dict:
    """The pages that the admin gives every model; ``<id>/`` only leads to ``<id>/change/``."""
    one = f"admin/{model}/<path:object_id>/"
    return {
        f"admin/{model}/": (STAFF if model == "articles/article" else see,) * 2,
        f"admin/{model}/add/": (add, add),
        f"{one}history/": (see, see),
        f"{one}delete/": (delete, delete),
        f"{one}change/": (see, change),
        one: (STAFF, STAFF),
    }


def past_of(model: str) -> dict:
    one = f"admin/{model}/<path:object_id>/history/"
    return {f"{one}compare/": (STAFF, NOBODY), f"{one}restore/": (NOBODY, NOBODY)}


TABLE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(PUBLIC, READ_ONLY),
    **DOORS,
    **DESK,
    **pages_of("articles/article", OWNERS, STAFF, OWNERS, EDITORS),
    **pages_of("history/batch", EDITORS, NOBODY, NOBODY, NOBODY),
    **pages_of("imports/import", EDITORS, EDITORS, NOBODY, EDITORS),
    **pages_of("jobs/job", EDITORS, NOBODY, NOBODY, NOBODY),
    **pages_of("accounts/user", ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS, NOBODY),
    **pages_of("accounts/invitation", ADMINISTRATORS, ADMINISTRATORS, NOBODY, NOBODY),
    **pages_of("axes/accessattempt", ADMINISTRATORS, NOBODY, NOBODY, ADMINISTRATORS),
}
for _model in ("agreement", "country", "organisation", "person", "source", "tag", "name"):
    TABLE |= pages_of(f"entities/{_model}", STAFF, EDITORS, EDITORS, EDITORS) | past_of(f"entities/{_model}")


for _model in ("agreement", "organisation", "person", "source", "tag"):
    TABLE |= {f"admin/entities/{_model}/{page}/": (EDITORS, EDITORS) for page in ("merge", "duplicates")}


def is_answered(client: Client, method: str, path: str) -> bool:
    """Whether the page does its work; refusals are a status, the door, or the way back to the desk's start."""
    with transaction.atomic():  # so that one role's POST leaves everything for the next
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    assert response.status_code < 500, (method, path)
    if response.status_code >= 400:
        return False
    onward = response.headers.get("Location", "")
    at_home = onward == "/admin/" and path.startswith("/admin/")
    return not (onward.startswith(("/accounts/login/", "/admin/login/")) or at_home)


def test_the_table_lists_every_address_of_the_site_and_no_other():
    assert sorted(routes()) == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_those_of_the_table_only(
    role: str, browser_of: Any, arguments: Mapping[str, tuple]
):
    browser, wrong = browser_of(role), []
    leaving = ("accounts/logout/", "admin/logout/")
    for route, allowed in TABLE.items():
        path = path_of(route, arguments)
        for method, who in zip(("get", "post"), allowed, strict=True):
            asking = browser_of(role) if route in leaving else browser
            if is_answered(asking, method, path) != (role in who):
                wrong.append(f"{method} {path} {'refused' if role in who else 'answered'}")
    assert not wrong


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_no_language_opens_a_door_that_english_keeps_shut(
    language: str, client: Client, arguments: Mapping[str, tuple]
):
    for route in TABLE:
        path = path_of(route, arguments)
        if not path.startswith(("/admin/", "/accounts/")):
            continue
        assert client.get(f"/{language}{path}").status_code == 404, path


def test_the_start_pages_of_the_apps_show_those_who_may_enter(browsers: dict[str, Client]):
    allowed = {"history": EDITORS, "imports": EDITORS, "jobs": EDITORS, "entities": STAFF, "articles": STAFF}
    allowed |= {"accounts": ADMINISTRATORS, "axes": ADMINISTRATORS}
    for app, who in allowed.items():
        assert {role for role in ROLES if is_answered(browsers[role], "get", f"/admin/{app}/")} == who, app
