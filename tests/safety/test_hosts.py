"""What a client says about the host, the scheme or its own address changes nothing and is not repeated."""

import re
from collections.abc import Mapping
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client

from accounts import mails
from tests.factories import PASSWORD

from .addresses import is_public, path_of, routes

FOREIGN = "elsewhere.example"
FORWARDED = {
    "x-forwarded-host": FOREIGN,
    "x-forwarded-proto": "https",
    "x-forwarded-for": "192.0.2.66",
    "x-forwarded-port": "666",
    "x-forwarded-prefix": f"/{FOREIGN}",
    "x-host": FOREIGN,
    "x-original-url": "/admin/",
    "x-rewrite-url": "/admin/",
    "x-http-method-override": "DELETE",
    "forwarded": f"host={FOREIGN};proto=https;for=192.0.2.66",
    "accept-language": "tr",
    "true-client-ip": "192.0.2.66",
}


@pytest.fixture(autouse=True)
def _register(world: SimpleNamespace):
    """Every test here asks pages of the small register."""


@pytest.mark.parametrize("host", [FOREIGN, f"localhost@{FOREIGN}", f"testserver.{FOREIGN}", "a b", "x" * 300])
def test_a_foreign_host_is_refused_everywhere_and_not_repeated(
    host: str, client: Client, arguments: Mapping[str, tuple]
):
    for route in routes():
        response = client.get(path_of(route, arguments), headers={"host": host})
        assert response.status_code == 400, route
        assert host not in response.content.decode() + str(response.headers), route


def test_forwarded_headers_change_no_public_page(client: Client, arguments: Mapping[str, tuple]):
    for route in routes():
        if route.startswith("admin/"):
            continue
        path = path_of(route, arguments)
        plain = client.get(path)
        told = client.get(path, headers={k: v for k, v in FORWARDED.items() if k != "accept-language"})
        assert told.status_code == plain.status_code, path
        assert without_token(told.content) == without_token(plain.content), path
        assert FOREIGN not in str(told.headers), path


def test_no_header_of_a_visitor_changes_a_public_page(client: Client, arguments: Mapping[str, tuple]):
    for route in routes():
        if is_public(route) and route not in ("healthz", "readyz"):
            path = path_of(route, arguments)
            plain = client.get(path)
            told = client.get(path, headers=FORWARDED | {"cookie": "django_language=tr; csrftoken=x"})
            assert told.content == plain.content, path
            assert "Set-Cookie" not in told.headers, path
            assert not told.cookies, path


def without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", content)


def test_the_mail_for_a_new_password_names_the_site_and_not_the_host(
    client: Client, world: SimpleNamespace, settings: object, monkeypatch: pytest.MonkeyPatch
):
    settings.SITE_URL = "https://register.example"
    monkeypatch.setattr(mails, "in_background", lambda message: message.send())
    form = {"email": world.users.editor.email}
    assert client.post("/accounts/reset/", form, headers=FORWARDED).status_code == 302
    (letter,) = mail.outbox
    assert "https://register.example/accounts/reset/" in letter.body
    assert FOREIGN not in letter.body + letter.subject + str(letter.extra_headers)
    assert not re.search(r"https?://(?!register\.example/)", letter.body)


def test_the_door_leads_to_pages_of_this_site_only(client: Client, world: SimpleNamespace):
    user = {"username": world.users.editor.username, "password": PASSWORD}
    for onward in (
        *(
            "https://elsewhere.example/",
            "//elsewhere.example",
            "\\\\elsewhere.example",
            "/\\elsewhere.example",
        ),
        *(
            "https:elsewhere.example",
            "///elsewhere.example",
            "http:///elsewhere.example",
            "javascript:alert(1)",
        ),
        *(
            "\thttps://elsewhere.example",
            "https://testserver@elsewhere.example",
            "/%0d%0aLocation:x",
            "//e%00",
        ),
    ):
        response = client.post("/accounts/login/", user | {"next": onward})
        assert response.status_code == 302
        assert response.url.startswith("/") and not response.url.startswith(("//", "/\\")), onward
        client.logout()


def test_the_header_of_a_proxy_is_not_believed_unless_there_is_one(client: Client):
    assert not client.get("/", headers=FORWARDED).wsgi_request.is_secure()
