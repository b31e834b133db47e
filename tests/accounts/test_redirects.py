from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from ..factories import PASSWORD

ELSEWHERE = [
    "https://evil.example",
    "http://evil.example/admin/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "HTTPS://EVIL.EXAMPLE",
    " https://evil.example",
    "\thttps://evil.example",
    "\nhttps://evil.example",
    "\x00//evil.example",
    "\x08//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "ht\ntps://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "ftp://evil.example",
    "http://testserver@evil.example/",
    "http://testserver:80@evil.example/",
    "http://testserver.evil.example/",
    "//testserver@evil.example",
    "http://evil.example#@testserver/",
    "http://evil.example?testserver",
    "http://[::1]@evil.example",
    "http://[evil.example",
    "//evil。example",
    "〱evil.example//",
]


def stays_here(url):
    """As a browser reads it: a backslash is a slash, and what is relative is so to this page."""
    parts = urlsplit(urljoin("http://testserver/accounts/login/", url.replace("\\", "/")))
    return (parts.scheme, parts.netloc) == ("http", "testserver")


@pytest.fixture(scope="module")
def addresses():
    assert len(ELSEWHERE) >= 30
    return ELSEWHERE


def test_signing_in_never_leads_to_another_site(addresses, editor):
    for address in addresses:
        known = {"username": editor.username, "password": PASSWORD}
        for fields, query in ((known, {"next": address}), (known | {"next": address}, {})):
            response = Client().post("/accounts/login/", fields, query_params=query)
            assert response.status_code == 302 and stays_here(response.url), address


def test_neither_do_the_door_for_those_inside_nor_signing_out(addresses, client, editor):
    for address in addresses:
        client.force_login(editor)
        assert stays_here(client.get("/accounts/login/", {"next": address}).url), address
        assert stays_here(client.post("/accounts/logout/", {"next": address}).url), address


def test_nor_the_old_door_of_the_admin(addresses, client):
    for address in addresses:
        response = client.get("/admin/login/", {"next": address}, follow=True)
        assert all(stays_here(url) for url, _status in response.redirect_chain), address
        assert stays_here(response.context["next"]), address


def test_a_page_of_this_site_is_reached(client, editor):
    fields = {"username": editor.username, "password": PASSWORD, "next": "/accounts/profile/?a=b"}
    assert client.post("/accounts/login/", fields).url == "/accounts/profile/?a=b"
