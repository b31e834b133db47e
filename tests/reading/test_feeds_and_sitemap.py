"""What programs read: feeds, the sitemap, robots.txt and the two health checks."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client

from entities.models import Country
from tests.factories import make_article

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries_of(client: Client, path: str) -> list[str]:
    feed = ElementTree.fromstring(client.get(path).content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_a_feed_has_the_rows_of_its_page(client: Client, register: SimpleNamespace) -> None:
    lists = [
        "/stories/",
        "/countries/tr/",
        "/countries/ru/tr/",
        "/tags/trade/",
        register.works.get_absolute_url(),
    ]
    for path in (*lists, register.director.get_absolute_url(), register.treaty.get_absolute_url()):
        page = client.get(path).context["list"]
        assert entries_of(client, f"{path}feed/") == [article.title for article in page.articles], path


def test_a_feed_keeps_the_conditions_of_its_page(client: Client, register: SimpleNamespace) -> None:
    assert entries_of(client, "/stories/feed/?country=kz") == ["Talks in Ankara"]
    assert 'href="/stories/feed/?country=kz"' in client.get("/stories/?country=kz").content.decode()


def test_a_feed_links_to_the_sites_own_address(
    client: Client, register: SimpleNamespace, settings: object
) -> None:
    settings.SITE_URL = "https://register.example"
    feed = ElementTree.fromstring(client.get("/ru/stories/feed/").content)
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert links and all(link.startswith("https://register.example/ru/") for link in links)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"


@pytest.mark.parametrize("text", ["<b>&amp; ]]>", "\x0b\x1f control", "“—” ٪ 🦊", "{{ 9801 }}", "<!-- -->"])
def test_feeds_and_sitemap_stay_well_formed(client: Client, db: None, text: str) -> None:
    make_article(f"Title {text}", summary=text, tags=[f"tag {text}"], published=True)
    for path in ("/stories/feed/", "/sitemap-stories-1.xml", "/sitemap-tags-1.xml"):
        ElementTree.fromstring(client.get(path).content)


def test_an_empty_feed_does_not_change_by_itself(client: Client, db: None) -> None:
    first = client.get("/countries/kz/feed/")
    assert b"2000-01-01" in first.content
    assert client.get("/countries/kz/feed/")["ETag"] == first["ETag"]


def locations(client: Client, path: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(path).content)
    return [location.text for location in tree.iter(f"{SITEMAP}loc")]


def test_the_sitemap_names_every_published_page_in_three_languages(
    client: Client, register: SimpleNamespace
) -> None:
    named = [address for part in locations(client, "/sitemap.xml") for address in locations(client, part)]
    pages = [
        register.visit,
        register.works,
        register.director,
        register.treaty,
        Country.objects.get(code="suhh"),
    ]
    for page in pages:
        path = page.get_absolute_url()
        for prefix in ("", "/ru", "/tr"):
            assert f"http://localhost:8000{prefix}{path}" in named
    for address in named:
        if "/ru/" not in address and "/tr/" not in address:
            assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address


def test_a_country_without_content_is_not_in_the_sitemap(client: Client, register: SimpleNamespace) -> None:
    named = locations(client, "/sitemap-countries-1.xml")
    assert "http://localhost:8000/countries/tr/" in named
    assert "http://localhost:8000/countries/fj/" not in named


def test_there_is_no_part_of_the_sitemap_beyond_the_last(client: Client, register: SimpleNamespace) -> None:
    for part in ("stories-0", "stories-2", "drafts-1", "stories-99999999999999999999"):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_kept_out_of_the_desk_and_told_of_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text and "Disallow: /ru/search/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_the_process_is_healthy_without_a_database(client: Client) -> None:
    # No database fixture here: a query would fail the test.
    assert client.get("/healthz").content == b"ok\n"


def test_ready_means_that_every_migration_is_applied(client: Client, db: None) -> None:
    assert client.get("/readyz").content == b"ready\n"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'articles'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"not applied" in response.content


def test_health_is_never_stored(client: Client, db: None) -> None:
    for path in ("/healthz", "/readyz"):
        assert "no-store" in client.get(path)["Cache-Control"]
