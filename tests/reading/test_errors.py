"""Pages for what goes wrong."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from reading import errors


def test_a_missing_page_speaks_the_readers_language(client: Client) -> None:
    response = client.get("/ru/stories/nothing-here.html")
    assert (response.status_code, response["Content-Language"]) == (404, "ru")
    assert b'<html lang="ru">' in response.content


def test_a_missing_page_is_ours_and_not_stored(client: Client) -> None:
    response = client.get("/nothing/")
    assert b"There is no such page" in response.content
    assert "no-store" in response["Cache-Control"]
    assert b"/nothing/" not in response.content


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.page_not_found, 404),
        (errors.server_error, 500),
    ],
)
def test_error_pages_need_no_database(rf: RequestFactory, answer: object, status: int) -> None:
    # No database fixture here: a query would fail the test.
    request: HttpRequest = rf.get("/somewhere/")
    request.resolver_match = None
    response = answer(request)
    assert response.status_code == status
    assert b"<h1" in response.content


def test_a_broken_page_tells_no_secret(rf: RequestFactory) -> None:
    request = rf.get("/somewhere/?token=secret")
    request.resolver_match = None
    content = errors.server_error(request).content.decode()
    assert "secret" not in content and "Traceback" not in content


def test_a_foreign_host_gets_our_bad_request_page(client: Client) -> None:
    response = client.get("/about/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"makes no sense" in response.content
