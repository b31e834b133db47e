"""What programs read of a riddled register is well-formed: feeds, sitemaps, JSON, CSV and the exported files."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import etree, html

from articles.models import Article
from entities.exchange.csv_rows import FORMULA
from tests.factories import make_article

from .riddled import public_pages, riddled_register

STRICT = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
LISTS = (
    "/stories/",
    "/organisations/",
    "/people/",
    "/agreements/",
    "/tags/",
    "/countries/",
    "/countries/tr/",
)


@pytest.fixture(scope="module")
def riddled(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    with riddled_register(django_db_blocker) as made:
        yield made


def feeds_and_maps(made: SimpleNamespace, client: Client) -> Iterator[str]:
    lists = ["/stories/", "/countries/tr/", "/countries/ru/tr/", "/tr/stories/", "/ru/countries/tr/"]
    lists += [made.organisations[0].get_absolute_url(), made.stories[0].tags.first().get_absolute_url()]
    yield from (path for path in (f"{one}feed/" for one in lists) if client.get(path).status_code == 200)
    index = etree.fromstring(client.get("/sitemap.xml").content, STRICT)
    for place in index.iter("{*}loc"):
        yield (
            place.text.partition("//")[2].partition("/")[1] + place.text.partition("//")[2].partition("/")[2]
        )


def test_feeds_and_sitemaps_are_well_formed(riddled: SimpleNamespace, db: None, client: Client):
    paths = list(feeds_and_maps(riddled, client))
    assert len([path for path in paths if path.endswith("/feed/")]) >= 4 and len(paths) >= 6
    for path in paths:
        content = client.get(path).content
        assert etree.fromstring(content, STRICT) is not None, path
        assert ElementTree.fromstring(content) is not None, path


def test_a_feed_of_control_characters_is_well_formed(riddled: SimpleNamespace, db: None, client: Client):
    signs = "".join(chr(number) for number in (*range(1, 32), 127, 0x85, 0xFFFE, 0xFFFF, 0x202E))
    make_article(f"Title {signs} end", summary=f"Summary {signs} end", byline=f"By {signs}", published=True)
    feed = etree.fromstring(client.get("/stories/feed/").content, STRICT)
    assert "Summary" in html.tostring(html.fromstring(etree.tostring(feed)), encoding="unicode")


def test_markup_inside_a_feed_is_inert_too(riddled: SimpleNamespace, db: None, client: Client):
    feed = etree.fromstring(client.get("/stories/feed/").content, STRICT)
    for node in feed.iter("{*}content", "{*}summary", "{*}description"):
        if node.get("type") == "html":
            words = html.fragment_fromstring(node.text or "", create_parent="div")
            assert {inner.tag for inner in words.iterdescendants()} <= {"p", "br"}
    for node in feed.iter():
        href = node.get("href", "")
        assert not href or href.startswith(("http://", "https://")), href


def test_lists_as_json_and_csv_are_well_formed(riddled: SimpleNamespace, db: None, client: Client):
    answered = 0
    for path in LISTS:
        for form in ("json", "csv"):
            response = client.get(path, {"format": form})
            kind = response["Content-Type"].partition(";")[0]
            if kind == "application/json":
                assert json.loads(response.getvalue()) is not None
                answered += 1
            elif kind == "text/csv":
                assert_rows_are_whole(response.getvalue().decode())
                answered += 1
    assert answered >= 2


def assert_rows_are_whole(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows and {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


def test_the_exported_register_is_well_formed(riddled: SimpleNamespace, db: None, tmp_path: Path):
    call_command("export_register", str(tmp_path), stdout=io.StringIO())
    for file in tmp_path.glob("*.json"):
        assert json.loads(file.read_text(encoding="utf-8")), file
    for file in tmp_path.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as opened:
            assert_rows_are_whole(opened.read())
    stories = json.loads((tmp_path / "articles.json").read_text(encoding="utf-8"))
    assert {row["title"] for row in stories} >= {story.title for story in riddled.stories}


def test_linked_data_in_pages_is_well_formed(riddled: SimpleNamespace, db: None, client: Client):
    for path in public_pages(riddled)[::7]:
        tree = html.document_fromstring(client.get(path, follow=True).content.decode())
        for script in tree.xpath("//script[contains(@type, 'json')]/text()"):
            assert json.loads(script)
            assert "</" not in script and "<!--" not in script
    assert Article.objects.published().count() >= len(riddled.stories)
