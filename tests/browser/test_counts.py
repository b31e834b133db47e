"""How few acts a review takes, from the pasted text to the published story: a chord or a click is one."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import make_organisation, make_person

from .desk import Desk

TEXT = """Kazakhstan and Türkiye agree on grain trains

18 November 2026

The Minister of Transport of Kazakhstan, Aidar Samplebek, and the Minister of Trade of Türkiye, Deniz Örnek, met in \
Ankara on Monday. They signed a Memorandum of Understanding on grain transport between Kazakhstan and Türkiye on 17 \
November 2026.

Trains of Steppe Rail Company LLP will carry the grain to the sea, from where ships of Caspian Sample Lines JSC take \
it on, as the grain terminal announced. The Eurasian Grain Association welcomed the memorandum.

Officials of Azerbaijan and Georgia took part in the talks. "The corridor is open to everybody," Aidar Samplebek said.
"""
ORGANISATIONS = ("Steppe Rail Company LLP", "Caspian Sample Lines JSC", "Eurasian Grain Association")
RIGHT = {
    *("Kazakhstan", "Türkiye", "Azerbaijan", "Georgia"),
    *ORGANISATIONS,
    *("Aidar Samplebek", "Deniz Örnek"),
    "Memorandum of Understanding on grain transport between Kazakhstan and Türkiye",
}


@pytest.fixture
def desk(open_page, editor):
    """The intake page is open; nothing is pasted yet. The register knows the organisations, not the people."""
    for name in ORGANISATIONS:
        make_organisation(name)
    page = open_page(editor)
    page.goto(reverse("admin:articles_intake"))
    return Desk(page)


def take_in(desk: Desk) -> None:
    desk.paste(TEXT)
    desk.key("Control+Enter")
    expect(desk.page.locator("#review")).to_be_visible()
    assert set(desk.names_to_judge()) == RIGHT


def publish_as_of(desk: Desk, source: str) -> Article:
    desk.key("s")
    desk.write(source)
    desk.key("Control+Enter")
    expect(desk.page.locator(".state-published")).to_be_visible()
    return Article.objects.published().get()


def go_to(desk: Desk, name: str) -> None:
    names = desk.names_to_judge()
    current = desk.page.locator(".line.is-current .line-name").inner_text().strip()
    for _step in range(abs(names.index(name) - names.index(current))):
        desk.key("j" if names.index(name) > names.index(current) else "k")
    expect(desk.page.locator(".line:focus .line-name")).to_have_text(name)


def test_ten_proposals_that_are_all_right_take_five_acts(desk):
    take_in(desk)
    desk.key("*")
    article = publish_as_of(desk, "Sample Gazette")
    assert {str(link) for link in article.mentions.all()} == RIGHT
    assert (article.source.name, str(article.dated)) == ("Sample Gazette", "2026-11-18")
    assert desk.acts <= 5


def test_three_wrong_ones_among_ten_take_twelve_acts(desk):
    meant = make_person("Deniz A. Örnek")
    take_in(desk)
    desk.reject("Georgia")
    desk.click(desk.line("Deniz Örnek").get_by_role("link", name="Change Deniz Örnek"))
    desk.press(meant.name, exact=False, within=desk.page.locator("#candidates"))
    desk.select("grain terminal")
    desk.press("organisation", within=desk.page.get_by_role("toolbar"))
    desk.press("Make and link")
    desk.key("*")
    article = publish_as_of(desk, "Sample Gazette")
    linked = RIGHT - {"Georgia", "Deniz Örnek"} | {"Deniz A. Örnek", "grain terminal"}
    assert {str(link) for link in article.mentions.all()} == linked
    assert article.mentions.get(person=meant).quotes
    assert desk.acts <= 12


def test_the_same_review_by_keyboard_alone_takes_few_acts_more(desk):
    make_person("Deniz A. Örnek")
    take_in(desk)
    go_to(desk, "Deniz Örnek")
    desk.key("t")
    desk.key("Enter")
    desk.key("Enter")
    go_to(desk, "Georgia")
    desk.key("r")
    desk.key("l")
    desk.write("grain terminal")
    desk.key("Tab")
    desk.page.keyboard.type("organisation")
    desk.key("Tab")
    desk.key("Enter")
    desk.key("Control+Enter")
    desk.key("*")
    article = publish_as_of(desk, "Sample Gazette")
    assert {"Deniz A. Örnek", "grain terminal"} <= {str(link) for link in article.mentions.all()}
    assert not article.mentions.filter(country__code="ge").exists()
    assert desk.acts <= 24
