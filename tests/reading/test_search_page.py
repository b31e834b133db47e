"""Looking for something: names first, then stories, then agreements."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import (
    make_agreement,
    make_article,
    make_name,
    make_organisation,
    make_person,
    make_source,
)


def found(client: Client, words: str) -> dict:
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    return response.context


def names(client: Client, words: str) -> list[str]:
    return [str(hit.record) for hit in found(client, words)["names"]]


def titles(client: Client, words: str) -> list[str]:
    return [hit.article.title for hit in found(client, words)["stories"]]


def test_the_same_name_comes_first_then_its_beginning(client: Client, db: None) -> None:
    for name in ("Boreal Steelworks Trade House", "Boreal Steelworks", "Borealis"):
        make_organisation(name, public=True)
    assert names(client, "boreal steelworks")[:2] == ["Boreal Steelworks", "Boreal Steelworks Trade House"]


def test_a_name_is_found_in_any_script_accent_and_with_a_slip(client: Client, db: None) -> None:
    works = make_organisation("Şişecam Holding", public=True)
    make_name(works, "Шишеджам", language="ru")
    for words in ("şişecam", "SISECAM", "шишеджам", "sisecan"):
        assert names(client, words)[0] == "Şişecam Holding", words


def test_a_name_is_found_by_a_word_in_its_middle(client: Client, db: None) -> None:
    make_organisation("Chamber of Commerce of Bursa", public=True)
    assert "Chamber of Commerce of Bursa" in names(client, "bursa")


def test_a_country_is_found_by_its_names_in_the_readers_words(client: Client, db: None) -> None:
    for words in ("Türkiye", "turkey", "Турция", "турции"):
        assert names(client, words)[0] == "Türkiye", words


def test_a_record_is_listed_once_whatever_many_names_fit(client: Client, db: None) -> None:
    person = make_person("Director Alpha", public=True)
    make_name(person, "Director Alfa", language="tr")
    make_name(person, "Alpha, Director", language="en")
    assert names(client, "director alpha") == ["Director Alpha"]


def test_headlines_come_before_texts(client: Client, db: None) -> None:
    make_article("A visit", body="<p>They spoke of pipelines.</p>", dated="2024", published=True)
    make_article("A pipeline is laid", dated="2001", published=True)
    assert titles(client, "pipelines") == ["A pipeline is laid", "A visit"]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "They signed two agreements.", "agreement"),
        ("ru", "Подписаны два соглашения о поставках.", "соглашение поставка"),
        ("tr", "İki anlaşmaları imzaladılar.", "anlaşma"),
        ("tr", "Türkiye ile görüştüler.", "turkiye"),
    ],
)
def test_words_are_found_inflected_in_the_storys_language(
    client: Client, db: None, language: str, text: str, words: str
) -> None:
    make_article("Headline", body=f"<p>{text}</p>", language=language, published=True)
    assert titles(client, words) == ["Headline"]


def test_what_was_found_is_marked_and_nothing_else_is_markup(client: Client, db: None) -> None:
    full = make_source(rights="full")
    make_article("Rails & <b>ports</b>", body="<p>Rails for 1 &lt; 2 ports</p>", source=full, published=True)
    html = client.get("/search/?q=rails").content.decode()
    assert "<mark>Rails</mark> &amp; &lt;b&gt;ports&lt;/b&gt;" in html
    assert "<mark>Rails</mark> for 1 &lt; 2 ports" in html


@pytest.mark.parametrize("rights", ["excerpt", "link"])
def test_the_words_around_a_hit_are_shown_only_of_full_texts(client: Client, db: None, rights: str) -> None:
    source = make_source(rights=rights)
    make_article(
        "Headline", body="<p>Secret wording about rails.</p>", summary="Ours.", source=source, published=True
    )
    html = client.get("/search/?q=rails").content.decode()
    assert "Headline" in html and "Ours." in html
    assert "Secret wording" not in html


def test_words_can_be_excluded_and_kept_together(client: Client, db: None) -> None:
    make_article("Grain corridor opened", published=True)
    make_article("Corridor for grain and steel", published=True)
    assert titles(client, "grain -steel") == ["Grain corridor opened"]
    assert titles(client, '"grain corridor"') == ["Grain corridor opened"]


def test_agreements_are_found_by_title(client: Client, register: SimpleNamespace) -> None:
    rows = found(client, "treaty on principles")["agreements"]
    assert rows[0].agreement == register.treaty


def test_what_is_not_public_is_not_found(client: Client, db: None) -> None:
    make_organisation("Quarry Unseen")
    make_agreement("Quarry Unseen Agreement")
    make_article("Quarry Unseen Story", summary="Quarry Unseen")
    context = found(client, "quarry unseen")
    assert (context["names"], context["stories"], context["agreements"]) == ([], [], [])


def test_many_hits_are_paged(client: Client, db: None) -> None:
    for number in range(21):
        make_article(f"Harvest report {number}", published=True)
    assert len(found(client, "harvest")["stories"]) == 20
    assert len(client.get("/search/?q=harvest&page=2").context["stories"]) == 1
    assert client.get("/search/?q=harvest&page=3").status_code == 404


def test_without_words_the_page_says_how_to_search(client: Client, db: None) -> None:
    for path in ("/search/", "/search/?q=", "/search/?q=%20%00"):
        assert b"Type a name or words" in client.get(path).content


def test_too_many_words_are_cut_with_a_notice(client: Client, db: None) -> None:
    assert b"were cut after 200 characters" in client.get("/search/", {"q": "word " * 100}).content
    assert b"were cut" not in client.get("/search/", {"q": "word"}).content


def test_search_pages_are_not_for_search_engines(client: Client, db: None) -> None:
    assert b'<meta name="robots" content="noindex">' in client.get("/search/?q=x").content
