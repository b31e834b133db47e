"""Stories from files of others: a WordPress export, and texts without links, in which names are recognised."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article
from tests.entities.exchange import jsonl, run

pytestmark = pytest.mark.django_db
MATERIAL = Path(os.environ.get("ENTENTE_MATERIAL", "/nowhere")) / "data" / "news"
needs_material = pytest.mark.skipif(not MATERIAL.exists(), reason="ENTENTE_MATERIAL names no material")

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Sample Gazette</title><language>en-US</language>
<wp:author><wp:author_login>one</wp:author_login><wp:author_display_name>Editor One</wp:author_display_name></wp:author>
{}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://gazette.example/{link}</link><pubDate>{pub}</pubDate>
<dc:creator>one</dc:creator><content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_date>{date}</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<category domain="category" nicename="trade"><![CDATA[Trade]]></category>
<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category></item>"""


def item(**values):
    plain = {
        "title": "A delegation came",
        "link": "1",
        "pub": "Tue, 13 Dec 2022 10:00:00 +0000",
        "body": "Kazakhstan and Türkiye met.\n\nThey spoke of trade.",
        "date": "2022-12-13 10:00:00",
        "status": "publish",
        "kind": "post",
    }
    return ITEM.format(**{**plain, **values})


def export(folder, *items):
    path = folder / "gazette.wxr.xml"
    path.write_text(EXPORT.format("\n".join(items)), encoding="utf-8")
    return path


def test_a_post_comes_with_its_date_paragraphs_author_and_tags(tmp_path):
    run("import_articles", export(tmp_path, item()))
    article = Article.objects.get()
    assert (str(article.dated), article.byline, article.source.name) == (
        "2022-12-13",
        "Editor One",
        "Sample Gazette",
    )
    assert article.text.body == "<p>Kazakhstan and Türkiye met.</p>\n<p>They spoke of trade.</p>"
    assert [tag.name for tag in article.tags.all()] == ["Trade"]


def test_what_is_no_published_text_is_skipped_with_its_reason(tmp_path):
    others = [
        item(kind="nav_menu_item"),
        item(kind="attachment"),
        item(status="draft", title="Half"),
        item(status="future"),
    ]
    lines = run("import_articles", export(tmp_path, item(), *others))
    assert lines[-1] == "imported 1 (1 new, 0 updated), unchanged 0, skipped 4, refused 0"
    reasons = [line.partition("title: ")[2] for line in lines if ": skipped: " in line]
    assert reasons == [
        "is a menu item, no text",
        "is an attached file, no text",
        "is a draft",
        "is planned for the future",
    ]


@pytest.mark.parametrize(
    ("date", "pub", "dated"),
    [
        ("2008-09-05 00:27:25", "Fri, 05 Sep 20081 00:27:25 +000", "2008-09-05"),
        ("0000-00-00 00:00:00", "Tue, 13 Dec 2022 10:00:00 +0000", "2022-12-13"),
        ("0000-00-00 00:00:00", "Fri, 05 Sep 20081 00:27:25 +000", None),
    ],
)
def test_an_odd_date_is_read_from_the_other_or_missing(tmp_path, date, pub, dated):
    run("import_articles", export(tmp_path, item(date=date, pub=pub)))
    article = Article.objects.get()
    assert (str(article.dated) if article.dated else None) == dated
    assert article.date_missing == (dated is None)


def test_a_text_without_links_gets_proposals_and_stays_a_draft(tmp_path):
    lines = run("import_articles", export(tmp_path, item()), "--publish")
    article = Article.objects.get()
    assert {p.country.code for p in article.proposals.all() if p.country_id} == {"kz", "tr"}
    assert article.state == "draft"
    assert any("kept as a draft: " in line and "partner country" in line for line in lines)


def test_the_same_export_again_changes_nothing(tmp_path):
    path = export(tmp_path, item(), item(link="2", title="Another", body="Plain text & more."))
    run("import_articles", path)
    before = dict(Article.objects.values_list("pk", "revision"))
    assert run("import_articles", path)[-1].startswith("imported 0 (0 new, 0 updated), unchanged 2")
    assert dict(Article.objects.values_list("pk", "revision")) == before


def test_a_file_with_links_is_not_recognised_unless_asked(tmp_path):
    story = {"title": "Story", "text": "Kazakhstan and Türkiye met.", "countries": ["kz"]}
    run("import_articles", jsonl(tmp_path, story))
    assert not Article.objects.get().proposals.exists()
    run(
        "import_articles",
        jsonl(tmp_path, {**story, "text": "Kazakhstan and Türkiye met again."}),
        "--recognise",
    )
    assert Article.objects.filter(proposals__country__code="tr").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '<!DOCTYPE r [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>',
            "declares entities",
        ),
        ("<rss><channel>", "not XML"),
        ("<html/>", "no WordPress export"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path, content, said):
    path = tmp_path / "x.xml"
    path.write_text(content)
    with pytest.raises(CommandError, match=said):
        run("import_articles", path)


@needs_material
def test_the_theme_test_of_wordpress_is_read_whole(tmp_path):
    lines = run("import_articles", MATERIAL / "wordpress-theme-unit-test.wxr.xml", "--no-recognise")
    assert lines[-1] == "imported 76 (76 new, 0 updated), unchanged 0, skipped 110, refused 0"
