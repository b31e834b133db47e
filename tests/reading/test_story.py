"""The page of one story: what is shown of its text, and the words behind its links."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from articles.models import Article
from articles.quotes import quote_of
from reading.evidence import passage
from reading.texts import body_with_marks, excerpt, merged
from tests.factories import country, make_article, make_mention, make_organisation, make_source

WORDS = " ".join(f"word{number}" for number in range(200))


def page_of(client: Client, article: Article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def story_from(rights: str, **fields: object) -> Article:
    """A story whose text and summary both name an organisation."""
    source = make_source("Own Paper", rights=rights)
    summary = "Our words say that Steel Mill signed."
    body = f"<p>In Ankara the Steel Mill signed a contract. More followed.</p><p>{WORDS}</p>"
    article = make_article("Signing", body=body, summary=summary, source=source, published=True, **fields)
    mill = make_organisation("Steel Mill")
    quotes = [
        quote_of("the Steel Mill", article.text.plain),
        quote_of("Steel Mill signed", summary, "summary"),
    ]
    make_mention(article, mill, quotes=quotes)
    article.publish()
    return article


def test_a_full_text_is_shown_with_its_quotes_marked(client: Client, db: None) -> None:
    html = page_of(client, story_from("full"))
    assert re.search(r'In Ankara <mark id="q10">the Steel Mill</mark> signed a contract', html)
    assert "word199" in html


def test_an_excerpt_is_the_first_sixty_words(client: Client, db: None) -> None:
    html = page_of(client, story_from("excerpt", source_url="https://paper.example/1"))
    assert "word40" in html and "word60" not in html
    assert 'cite="https://paper.example/1"' in html


def test_of_a_linked_source_only_our_own_words_are_shown(client: Client, db: None) -> None:
    html = page_of(client, story_from("link", source_url="https://paper.example/1"))
    assert "word1" not in html and "In Ankara" not in html
    assert "Our words say that <mark>Steel Mill signed</mark>." in html
    assert 'href="https://paper.example/1"' in html


def test_every_link_stands_beside_the_whole_sentence_that_says_it(client: Client, db: None) -> None:
    html = page_of(client, story_from("full"))
    assert re.search(
        r"<blockquote class=\"evidence\"[^>]*>In Ankara <mark>the Steel Mill</mark> signed a contract\.", html
    )
    assert "More followed.</blockquote>" not in html


@pytest.mark.parametrize(("rights", "is_shown"), [("full", True), ("excerpt", True), ("link", False)])
def test_lists_quote_as_far_as_the_rights_go(client: Client, db: None, rights: str, is_shown: bool) -> None:
    source = make_source(rights=rights)
    article = make_article(body="<p>They met the Steel Mill today.</p>", source=source, published=True)
    make_mention(
        article, make_organisation("Steel Mill"), quotes=[quote_of("the Steel Mill", article.text.plain)]
    )
    article.publish()
    assert (b"They met" in client.get("/organisations/steel-mill/").content) is is_shown


def test_evidence_that_was_lost_is_not_shown(client: Client, db: None) -> None:
    article = story_from("full")
    article.mentions.update(evidence_lost=True)
    assert "<mark" not in page_of(client, article)


def test_a_foreign_text_says_its_language(client: Client, db: None) -> None:
    html = page_of(client, story_from("full", language="tr"))
    assert '<h1 class="headline" lang="tr">' in html
    assert '<div class="body" lang="tr">' in html
    assert "Turkish" in html


def test_a_date_is_given_as_precisely_as_it_is_known(client: Client, db: None) -> None:
    assert "April 1994" in page_of(client, make_article(dated="1994-04", published=True))
    assert "date not given" in page_of(client, make_article(date_missing=True, published=True))


def test_a_country_that_is_only_named_is_no_partner(client: Client, db: None) -> None:
    article = make_article(about=["tr"], published=True)
    make_mention(article, country("gr"))
    response = client.get(article.get_absolute_url())
    assert [str(partner) for partner in response.context["partners"]] == ["Türkiye"]
    assert b'href="/countries/gr/"' in response.content
    assert client.get("/countries/gr/").context["list"].total == 0


def test_related_stories_share_what_the_story_is_about(client: Client, register: SimpleNamespace) -> None:
    near = make_article("Near", about=["ru", "tr"], mentions=[register.works], published=True)
    make_article("Far", about=["az"], published=True)
    make_article("Draft", about=["ru", "tr"], mentions=[register.works])
    related = client.get(register.visit.get_absolute_url()).context["related"]
    assert [row.article for row in related] == [near]


def test_a_story_is_cited_with_its_address(client: Client, register: SimpleNamespace) -> None:
    html = page_of(client, register.visit)
    assert "Works Press, 13 December 2022" in html
    assert f"http://localhost:8000{register.visit.get_absolute_url()}" in html


def test_an_old_address_leads_to_the_new_one_for_ever(client: Client, register: SimpleNamespace) -> None:
    for record in (register.visit, register.works, register.director, register.treaty):
        before = record.get_absolute_url()
        record.take_address("A new name")
        record.save()
        for suffix in ("", "feed/"):
            if suffix and record == register.visit:
                continue
            response = client.get(f"/ru{before}{suffix}?q=x")
            assert response.status_code == 301
            assert response["Location"] == f"/ru{record.get_absolute_url()}{suffix}?q=x"


def test_marks_follow_the_words_whatever_the_markup_around_them() -> None:
    body = "<p>One <b>big</b>\n  deal &amp; more</p><ul><li>next</li></ul>"
    plain = "One big deal & more\n\nnext"
    start = plain.index("big")
    marked = body_with_marks(body, plain, [(start, plain.index(" more"))])
    assert marked.startswith(f'<p>One <b><mark id="q{start}">big</mark></b>')
    assert "<mark>deal &amp;</mark> more" in marked


def test_text_that_does_not_fit_its_markup_is_left_unmarked() -> None:
    assert body_with_marks("<p>Other words</p>", "Some words that were", [(0, 4)]) == "<p>Other words</p>"


def test_marking_lets_nothing_active_through() -> None:
    marked = body_with_marks('<p onclick="x">Hi <script>alert(1)</script></p>', "Hi", [(0, 2)])
    assert marked.strip() == '<p><mark id="q0">Hi</mark> </p>'
    assert "&lt;b&gt;" in body_with_marks("<p>&lt;b&gt; x</p>", "<b> x", [(0, 3)])


def test_ranges_that_overlap_are_one_mark() -> None:
    assert merged([(5, 9), (0, 3), (2, 4), (9, 9)]) == [(0, 4), (5, 9)]


def test_an_excerpt_ends_between_words() -> None:
    assert excerpt("one two, three four", words=2) == "one two …"
    assert excerpt("one two", words=5) == "one two"


def test_a_passage_is_cut_at_its_sentence_or_says_that_it_is_cut() -> None:
    quote = {"exact": "Steel Mill", "before": "ed. In Ankara the ", "after": " signed. Then ot", "start": 100}
    assert (passage(quote).before, passage(quote).after) == ("In Ankara the ", " signed.")
    quote = {
        "exact": "Steel Mill",
        "before": "orning in Ankara the ",
        "after": " signed a contr",
        "start": 100,
    }
    assert (passage(quote).before, passage(quote).after) == ("… in Ankara the ", " signed a …")
