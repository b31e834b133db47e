"""Whatever stands in the address or the query, the answer is a page."""

import itertools

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = [
    "country",
    "organisation",
    "tag",
    "language",
    "source",
    "year",
    "q",
    "page",
    "on",
    "status",
    "kind",
    "decade",
]
NAMES += ["subject", "author__password", "order_by", "format", "country__code", "q[]", ""]
VALUES = [
    "",
    "0",
    "-1",
    "00",
    "1e9",
    str(10**30),
    "9" * 5000,
    "99999",
    "٣",
    "½",
    "NaN",
    "null",
    "tr",
    "TR",
    "zz",
    "%",
]
VALUES += [
    "\x00",
    "a\x00b",
    "\ud7ff",
    "\ufffe",
    "'",
    '"',
    "\\",
    "' OR 1=1 --",
    "(",
    ")",
    "&",
    "|",
    "!",
    "<->",
    ":*",
    "a:*",
]
VALUES += [
    "<script>alert(1)</script>",
    "{{ 9801 * 1000 + 547 }}",
    "{% url %}",
    "../../etc/passwd",
    "x" * 10_000,
    "🦊" * 300,
]
VALUES += [
    "-" * 500,
    '"' * 501,
    "a & b | (c",
    "2022-13-45",
    "0000",
    "9999/9998",
    "1994-04",
    "1990/1992",
    "in_force",
    "treaty",
]
PATHS = [
    "/stories/",
    "/countries/tr/",
    "/countries/ru/tr/",
    "/organisations/",
    "/people/",
    "/agreements/",
    "/search/",
]
PATHS += ["/stories/feed/", "/tags/", "/countries/", "/"]
CLEAN = {200, 301, 404}


@pytest.mark.parametrize("path", PATHS)
def test_no_parameter_breaks_a_page(client: Client, register: object, path: str) -> None:
    # Every value with a few names, others on each page: all of them would take minutes.
    for name, value in list(itertools.product(NAMES, VALUES))[PATHS.index(path) :: 3 * len(PATHS)]:
        assert client.get(path, {name: value}).status_code in CLEAN, (path, name, value[:40])


def test_impossible_pages_do_not_exist(client: Client, register: object) -> None:
    for page in ("0", "-1", "x", "", "1.5", "2", "99999999", str(10**30), "²"):
        assert client.get("/stories/", {"page": page}).status_code == 404, page
    assert client.get("/stories/", {"page": "1"}).status_code == 200


SEGMENTS = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "..%2f",
    "%0d%0aSet-Cookie:x=1",
    "feed",
    "x" * 2000,
    "🦊",
    "é",
    "e\u0301",
    "%",
]
SEGMENTS += ["-", "_", "TR", "suhh", "a b", "';--", "<script>", "{{7*7}}", "０"]


@pytest.mark.parametrize(
    "kind", ["stories", "countries", "organisations", "people", "agreements", "tags", "nothing"]
)
def test_no_address_breaks_the_site(client: Client, register: object, kind: str) -> None:
    for segment in SEGMENTS:
        for path in (f"/{kind}/{segment}/", f"/ru/{kind}/{segment}/feed/", f"/{kind}/{segment}/{segment}/"):
            response = client.get(path)
            assert response.status_code in CLEAN, path
            assert "Set-Cookie" not in response


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(PATHS),
    query=st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=60)), max_size=5),
)
def test_no_mixture_of_parameters_breaks_a_page(
    client: Client, register: object, path: str, query: list[tuple[str, str]]
) -> None:
    data: dict[str, list[str]] = {}
    for name, value in query:
        data.setdefault(name, []).append(value.encode("utf-8", "replace").decode())
    assert client.get(path, data).status_code in CLEAN


def test_what_is_asked_for_is_repeated_as_text_only(client: Client, register: object) -> None:
    for path in ("/search/", "/stories/", "/organisations/"):
        for name in ("q", "country", "year"):
            html = client.get(
                path, {name: "<script>alert(1)</script>{{ 9801 * 1000 + 547 }}"}
            ).content.decode()
            assert "<script>alert" not in html
            assert "9801547" not in html


def test_a_foreign_host_is_refused_and_not_repeated(client: Client, register: object) -> None:
    response = client.get("/stories/feed/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"elsewhere" not in response.content


def test_forwarded_headers_change_nothing(client: Client, register: object) -> None:
    plain = client.get("/stories/feed/").content
    headers = {
        "x-forwarded-host": "elsewhere.example",
        "x-forwarded-proto": "https",
        "x-original-url": "/admin/",
    }
    assert client.get("/stories/feed/", headers=headers).content == plain
