"""What every answer carries, whatever its kind, and what no page holds."""

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from lxml import html

from .addresses import is_public, path_of, routes

MACHINES = ("robots.txt", "sitemap", "healthz", "readyz")


def refuse(request: HttpRequest) -> HttpResponse:
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


class faulty:
    """The site's own addresses with two that fail on purpose."""

    from config import urls as own

    urlpatterns = [path("on-purpose/403/", refuse), path("on-purpose/500/", fail), *own.urlpatterns]
    handler400, handler403 = own.handler400, own.handler403
    handler404, handler500 = own.handler404, own.handler500


KINDS = {
    "page": ("/", 200),
    "list": ("/stories/?country=tr&q=x", 200),
    "feed": ("/stories/feed/", 200),
    "program": ("/sitemap.xml", 200),
    "redirect for ever": ("/countries/TR/", 301),
    "missing slash": ("/stories", 301),
    "door": ("/admin/", 302),
    "form": ("/accounts/login/", 200),
    "missing": ("/nothing/here/", 404),
    "made-up invitation": ("/accounts/invitation/x/", 410),
    "refused": ("/on-purpose/403/", 403),
    "broken": ("/on-purpose/500/", 500),
    "health": ("/healthz", 200),
}


def check_headers(response: HttpResponse) -> None:
    headers = response.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "*" not in headers["Content-Security-Policy"] and "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_every_header(kind: str):
    address, status = KINDS[kind]
    with override_settings(ROOT_URLCONF=faulty):
        response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    check_headers(response)


@pytest.mark.django_db
def test_a_refused_host_and_a_refused_form_carry_every_header_too():
    check_headers(Client().get("/", headers={"host": "elsewhere.example"}))
    refused = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert refused.status_code == 403
    check_headers(refused)
    assert "<style" not in refused.content.decode()


def test_static_files_carry_the_headers_that_matter_for_files():
    from django.core.wsgi import get_wsgi_application

    with override_settings(DEBUG=True, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        client = Client()
        client.handler.load_middleware()
        for name in ("site.css", "site.js", "icons/mark.svg", "admin/css/base.css"):
            response = client.get(f"/static/{name}")
            assert response.status_code == 200, name
            check_headers(response)
            assert "text/html" not in response.headers["Content-Type"]
    assert get_wsgi_application()


METHODS = ("post", "put", "patch", "delete", "trace")


@pytest.mark.parametrize("method", METHODS)
def test_public_pages_answer_no_other_method_than_get_and_head(
    method: str, client: Client, arguments: Mapping[str, tuple]
):
    for route in routes():
        if is_public(route):
            response = getattr(client, method)(path_of(route, arguments))
            assert response.status_code == 405, route
            assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}, route


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_no_odd_method_breaks_or_changes_anything_on_the_desk(
    method: str, browser_of: Any, world: SimpleNamespace, arguments: Mapping[str, tuple]
):
    browser = browser_of("visitor")
    for route in routes():
        assert getattr(browser, method)(path_of(route, arguments)).status_code < 500, route


def test_public_answers_set_no_cookie_and_say_who_may_keep_them(
    browser_of: Any, arguments: Mapping[str, tuple]
):
    for role in ("visitor", "superuser"):
        for route in routes():
            if not is_public(route) or route in ("healthz", "readyz"):
                continue
            response = browser_of(role).get(path_of(route, arguments))
            assert not response.cookies, (role, route)
            assert response.headers["Cache-Control"] == "public, no-cache", route
            assert "Cookie" not in response.headers.get("Vary", ""), route
            assert response.headers["ETag"], route


def test_answers_to_a_person_are_kept_by_nobody(browser_of: Any, arguments: Mapping[str, tuple]):
    browser = browser_of("superuser")
    for route in routes():
        if is_public(route) or "jsi18n" in route:
            continue
        response = browser.get(path_of(route, arguments))
        said = response.headers["Cache-Control"]
        assert "no-store" in said or "private" in said, (route, said)
        assert "public" not in said, (route, said)


def test_a_page_is_asked_for_again_by_its_etag_and_changes_with_what_is_public(
    client: Client, world: SimpleNamespace
):
    first = client.get("/stories/")
    again = client.get("/stories/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    world.story.withdraw()
    changed = client.get("/stories/", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


LOADING = "//*[@src]/@src | //link[@rel='stylesheet' or @rel='icon' or contains(@rel, 'pre')]/@href"
LOADING += " | //form/@action | //object/@data | //iframe/@src | //@srcset | //@poster | //@formaction"


def test_no_page_of_the_site_or_the_desk_loads_anything_from_elsewhere(
    browser_of: Any, arguments: Mapping[str, tuple]
):
    browser = browser_of("superuser")
    pages = 0
    for route in routes():
        response = browser.get(path_of(route, arguments))
        if not response.headers.get("Content-Type", "").startswith("text/html") or not response.content:
            continue
        pages += 1
        tree = html.fromstring(response.content)
        for address in tree.xpath(LOADING):
            assert not urlsplit(address.strip()).netloc, (route, address)
            assert urlsplit(address.strip()).scheme in ("", "data") or not address, (route, address)
        assert not tree.xpath("//@style | //style | //@*[starts-with(name(), 'on')]"), route
        assert not [s for s in tree.xpath("//script[not(@src)]") if is_code(s)], route
    assert pages > 60


def is_code(script: html.HtmlElement) -> bool:
    return script.get("type", "") not in ("application/json", "text/template") and bool(script.text)


def test_styles_and_scripts_of_ours_name_no_other_host():
    files = [
        path for path in (settings.BASE_DIR / "static").rglob("*") if path.suffix in (".css", ".js", ".svg")
    ]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text), file.name
        assert "eval(" not in text and "innerHTML" not in text or file.name == "review.js", file.name
