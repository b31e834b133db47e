"""What holds for every public page."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

LANGUAGES = ("", "/ru", "/tr")
MACHINES = ("/robots.txt", "/sitemap.xml", "/sitemap-stories-1.xml", "/healthz", "/readyz")


def test_every_page_answers_in_three_languages(client: Client, paths: list[str]) -> None:
    for prefix in LANGUAGES:
        for path in paths:
            assert client.get(prefix + path).status_code == 200, prefix + path


def test_machines_are_answered_without_a_language(client: Client, register: object) -> None:
    for path in MACHINES:
        assert client.get(path).status_code == 200, path
        assert client.get(f"/ru{path}").status_code == 404, path


def test_paths_cover_every_url_of_the_public_site(
    client: Client, paths: list[str], downloads: list[str]
) -> None:
    reading = {
        name for name in get_resolver().namespace_dict["reading"][1].reverse_dict if isinstance(name, str)
    }
    met = {client.get(path).resolver_match.url_name for path in (*paths, *downloads)}
    assert reading - {"preview"} == met  # the desk's, for those who are signed in: test_preview.py


LISTS = ("/", "/stories/", "/countries/", "/organisations/", "/people/", "/agreements/", "/tags/")
RECORDS = ("/stories/a/", "/countries/tr/", "/organisations/a/", "/people/a/", "/agreements/a/", "/tags/a/")
OTHERS = ("/countries/kz/tr/", "/search/", "/about/")
FEEDS = (
    "/stories/feed/",
    "/countries/tr/feed/",
    "/countries/kz/tr/feed/",
    "/people/a/feed/",
    "/tags/a/feed/",
)


def test_downloads_are_saved_and_never_run(client: Client, downloads: list[str]) -> None:
    for path in downloads:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Content-Disposition"].startswith("attachment; filename="), path
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not re.search("html|svg|xml|script", response["Content-Type"]), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_pages_are_only_read(client: Client, method: str) -> None:
    # No database fixture here: a refused request does not reach it.
    for path in (*LISTS, *RECORDS, *OTHERS, *FEEDS, *MACHINES):
        response = getattr(client, method)(path)
        assert (path, response.status_code, response.get("Allow")) == (path, 405, "GET, HEAD")


def test_head_is_answered_like_get_without_a_body(client: Client, paths: list[str]) -> None:
    for path in paths:
        response = client.head(path)
        assert (response.status_code, response.content) == (200, b"")


def test_pages_may_be_stored_but_are_asked_for_again(client: Client, paths: list[str]) -> None:
    for path in paths:
        response = client.get(path)
        assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}, path
        again = client.get(path, headers={"if-none-match": response["ETag"]})
        assert (path, again.status_code, again.content) == (path, 304, b"")


def test_pages_are_the_same_for_everybody(client: Client, paths: list[str]) -> None:
    for path in paths:
        response = client.get(path, headers={"cookie": "sessionid=somebody; csrftoken=x"})
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path
        assert response.content == client.get(path).content, path


def test_pages_carry_the_security_headers(client: Client, paths: list[str]) -> None:
    for path in (*paths, "/nothing/"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Permissions-Policy" in headers
        assert "Referrer-Policy" in headers


def test_pages_ask_no_other_host_for_anything(client: Client, paths: list[str]) -> None:
    for path in paths:
        if path.endswith("/feed/"):
            continue
        html = client.get(path).content.decode()
        loaded = re.findall(
            r"<(?:script|img|iframe|source|video|audio|use)[^>]*(?:src|href)=\"([^\"]+)\"", html
        )
        loaded += re.findall(r"<link rel=\"(?:stylesheet|icon|preload)\"[^>]*href=\"([^\"]+)\"", html)
        assert loaded and all(address.startswith("/static/") for address in loaded), path


def test_nothing_is_inline(client: Client, paths: list[str]) -> None:
    for path in paths:
        html = client.get(path).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), path


def test_the_language_is_that_of_the_path_alone(client: Client, register: object) -> None:
    headers = {"accept-language": "tr", "cookie": "django_language=ru"}
    assert client.get("/countries/tr/", headers=headers)["Content-Language"] == "en"
    assert b'<html lang="ru">' in client.get("/ru/countries/tr/").content


def test_the_language_switch_keeps_the_page_and_its_query(client: Client, register: object) -> None:
    html = client.get("/tr/stories/?country=tr&year=2022").content.decode()
    assert 'href="/stories/?country=tr&amp;year=2022"' in html
    assert 'href="/ru/stories/?country=tr&amp;year=2022"' in html


def test_every_page_names_its_other_languages(client: Client, paths: list[str]) -> None:
    html = client.get("/ru/countries/tr/").content.decode()
    for language, path in (("en", ""), ("ru", "/ru"), ("tr", "/tr"), ("x-default", "")):
        assert f'hreflang="{language}" href="http://localhost:8000{path}/countries/tr/"' in html


def test_every_page_has_one_heading_a_title_and_a_way_past_the_masthead(
    client: Client, paths: list[str]
) -> None:
    for path in paths:
        if path.endswith("/feed/"):
            continue
        html = client.get(path).content.decode()
        assert html.count("<h1") == 1, path
        assert re.search(r"<title>\s*\S+.* – Entente</title>", html), path
        assert 'href="#content"' in html and 'id="content"' in html, path


def test_the_links_of_every_page_lead_somewhere(client: Client, paths: list[str]) -> None:
    seen: dict[str, list[str]] = {}
    for path in paths:
        for address in re.findall(r'href="(/[^"#]*)', client.get(path).content.decode()):
            shape = re.sub(r"(?<==)[^&]*|(?<=/countries/)[a-z-]+", "", address)
            seen.setdefault(shape, []).append(address.replace("&amp;", "&"))
    for address in (addresses[0] for addresses in seen.values() if not addresses[0].startswith("/static/")):
        assert client.get(address).status_code == 200, address


def test_an_empty_register_has_every_list_and_says_so(client: Client, db: None) -> None:
    for path in (
        "/",
        "/stories/",
        "/organisations/",
        "/people/",
        "/agreements/",
        "/tags/",
        "/countries/kz/tr/",
    ):
        html = client.get(path).content.decode()
        assert 'class="empty"' in html or "still empty" in html, path
