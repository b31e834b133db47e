"""The review page by keyboard and pointer: what is marked, where the focus is, what comes next."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Proposal
from articles.quotes import quote_of
from entities.models import Agreement, Person
from tests.factories import country, make_article, make_person

from .desk import Desk

TEXT = "<p>Minister Ivan Sample visited Turkey and signed a Pact of Trucks.</p><p>Turkey hopes for more.</p>"


@pytest.fixture
def article(transactional_db):
    return draft("A visit")


def draft(title, **fields):
    article = make_article(title, body=TEXT, **fields)
    for kind, value, score, told in [
        ("country", "Turkey", 0.99, {"country": country("tr"), "about": True}),
        ("agreement", "Pact of Trucks", 0.85, {"payload": {"type": "agreement", "date": "2021"}}),
        ("person", "Ivan Sample", 0.6, {"payload": {"position": "Minister"}}),
    ]:
        places = [quote_of(value, article.text.plain)]
        if kind == "country":
            start = article.text.plain.rindex(value)
            places.append(places[0] | {"start": start, "end": start + len(value)})
        Proposal.objects.create(
            article=article, kind=kind, value=value, score=score, quotes=places, version="1", **told
        )
    return article


def address(article):
    return reverse("admin:articles_review", args=[article.pk])


@pytest.fixture
def page(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    return page


def has_visible_focus(page):
    """Something has the focus, is on the screen and is drawn otherwise than without it."""
    return page.evaluate("""() => {
        const one = document.activeElement, box = one.getBoundingClientRect();
        if (one === document.body) return "nothing has the focus";
        if (box.bottom < 0 || box.top > innerHeight || !box.width) return `${one.outerHTML} is off the screen`;
        const style = getComputedStyle(one);
        const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
        return shown ? "" : `${one.outerHTML} does not show it`;
    }""")


def test_every_act_is_a_key_and_the_focus_is_seen_after_each(page, article):
    make_person("Ivan I. Sample")
    keys = "j k j j k k g g j g Enter r u e Escape t ArrowDown Enter u b s Escape d Escape l Escape"
    for key in f"{keys} ? Escape * u Shift+A k u Control+s".split():
        page.keyboard.press(key)
        expect(page.locator(".review.is-busy")).to_have_count(0)
        assert has_visible_focus(page) == "", key
    assert article.proposals.open().count() == 3


def test_tab_reaches_every_control_and_is_seen_there(page):
    seen = set()
    page.locator(".review-bar a, .review-bar button, .review-bar summary").first.focus()
    while page.evaluate("document.activeElement !== document.body"):
        assert has_visible_focus(page) == ""
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        page.keyboard.press("Tab")
    assert {"Publish", "Save", "Accept Ivan Sample", "Reject Turkey", "Change Pact of Trucks"} <= seen
    assert {"id_title", "id_dated", "id_source_name", "id_language", "id_summary"} <= seen


def test_letters_work_on_a_keyboard_without_latin_letters(page, article):
    page.evaluate("""() => document.body.dispatchEvent(
        new KeyboardEvent("keydown", {key: "к", code: "KeyR", bubbles: true}))""")
    expect(page.locator(".line")).to_have_count(2)


def test_evidence_and_proposal_are_lit_by_each_other_under_the_pointer(page):
    page.locator("mark", has_text="Turkey").first.hover()
    expect(page.locator(".line.is-hinted .line-name")).to_have_text("Turkey")
    expect(page.locator("mark.is-hinted")).to_have_text(["Turkey", "Turkey"])
    page.locator(".line-person .line-name").hover()
    expect(page.locator("mark.is-hinted")).to_have_text(["Ivan Sample"])


def test_evidence_and_proposal_are_lit_by_each_other_by_focus_and_click(page):
    page.get_by_role("button", name="Accept Pact of Trucks").focus()
    expect(page.locator("mark.is-current")).to_have_text(["Pact of Trucks"])
    page.locator("mark", has_text="Turkey").nth(1).focus()
    expect(page.locator(".line.is-current .line-name")).to_have_text("Turkey")
    page.locator("mark", has_text="Ivan Sample").click()
    expect(page.locator(".line:focus .line-name")).to_have_text("Ivan Sample")
    page.locator(".line-country").click(position={"x": 8, "y": 8})
    expect(page.locator("mark.is-current")).to_have_text(["Turkey", "Turkey"])


def test_a_sentence_is_lit_as_one_place_with_the_country_that_stands_in_it(page, article):
    sentence = "Minister Ivan Sample visited Turkey"
    article.proposals.filter(kind="agreement").update(quotes=[quote_of(sentence, article.text.plain)])
    page.reload()
    page.locator(".line-agreement").click(position={"x": 8, "y": 8})
    expect(page.locator("mark.is-first")).to_have_text(["Minister ", "Ivan Sample", " visited ", "Turkey"])
    for _twice in range(2):
        page.keyboard.press("g")
        expect(page.locator("mark:focus")).to_have_text("Minister ")


def test_accepting_a_name_accepts_all_its_places(page, article):
    Desk(page).accept("Turkey")
    assert len(article.mentions.get().quotes) == 2
    expect(page.locator("mark.is-linked")).to_have_text(["Turkey", "Turkey"])


def test_keys_pressed_faster_than_answers_come_judge_one_line_each(page, article):
    page.evaluate("""() => { for (const key of ["a", "a", "r"])
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})) }""")
    expect(page.locator(".line")).to_have_count(0)
    verdicts = article.proposals.order_by("score").values_list("verdict", flat=True)
    assert list(verdicts) == ["accepted", "accepted", "rejected"]


def test_a_verdicts_answer_is_small_and_an_undo_puts_all_back(page, article):
    before = page.locator("#proposals").inner_text()
    with page.expect_response(address(article)) as answer:
        page.keyboard.press("a")
    assert 'id="changes"' in answer.value.text()
    assert 'id="facts"' not in answer.value.text()
    expect(page.locator(".line")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator(".line")).to_have_count(3)
    assert page.locator("#proposals").inner_text() == before


def test_the_title_of_a_person_is_corrected_in_four_acts(page):
    desk = Desk(page)
    desk.key("e")
    desk.key("Tab")
    desk.key("Tab")
    desk.write("Deputy Minister")
    desk.key("Enter")
    expect(page.locator(".line-judged", has_text="Ivan Sample")).to_be_visible()
    assert Person.objects.get().positions.get().title == "Deputy Minister"
    assert desk.acts <= 4


def test_the_date_of_an_accepted_agreement_is_corrected_from_its_line(page):
    desk = Desk(page)
    desk.accept("Pact of Trucks")
    desk.press("Change Pact of Trucks")
    field = page.get_by_label("Signed")
    expect(field).to_have_value("2021")
    desk.click(field)
    field.fill("2021-05-04")
    desk.key("Enter")
    expect(page.locator(".line-judged", has_text="Pact of Trucks")).to_be_visible()
    assert str(Agreement.objects.get().signed) == "2021-05-04"
    assert desk.acts <= 4


def test_after_publishing_the_next_draft_opens_until_none_waits(open_page, editor, article):
    second = draft("A second visit")
    page = open_page(editor)
    page.goto(address(article))
    desk = Desk(page)
    expect(page.locator(".queue")).to_contain_text("1 of 2")
    for story in (article, second):
        expect(page.get_by_label("Title", exact=True)).to_have_value(story.title)
        before = desk.acts
        desk.key("*")
        page.get_by_label("Source", exact=True).fill("Sample Gazette")
        page.get_by_label("Date", exact=True).fill("2022")
        desk.key("Control+Enter")
        assert desk.acts == before + 2
        expect(page.get_by_text("Published. Readers see it now")).to_be_visible()
    expect(page.locator(".state-published")).to_be_visible()
    assert Article.objects.published().count() == 2


def test_going_on_saves_what_was_typed(open_page, editor, article):
    second = draft("A second visit")
    page = open_page(editor)
    page.goto(address(article))
    page.get_by_label("Byline").fill("Editor One")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_label("Title", exact=True)).to_have_value(second.title)
    article.refresh_from_db()
    assert article.byline == "Editor One"
    page.keyboard.press("Shift+N")
    expect(page.get_by_label("Byline")).to_have_value("Editor One")


def test_publishing_what_lacks_something_leads_to_its_field(page):
    desk = Desk(page)
    desk.accept("Turkey")
    desk.key("p")
    expect(page.get_by_label("Source", exact=True)).to_be_focused()
    desk.write("Sample Gazette")
    desk.key("Control+Enter")
    expect(page.get_by_label("Date", exact=True)).to_be_focused()
    desk.key("Escape")
    desk.key("Shift+D")
    desk.key("p")
    expect(page.locator(".state-published")).to_be_visible()


def test_a_corrected_language_is_recognised_anew_and_keeps_verdicts(page, article):
    desk = Desk(page)
    desk.reject("Ivan Sample")
    desk.accept("Turkey")
    page.get_by_label("Language").select_option("tr")
    desk.key("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".line-judged", has_text="Türkiye")).to_be_visible()
    assert not article.proposals.open().filter(value="Ivan Sample").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_in_all_its_states_is_accessible(open_page, editor, article, scheme, width):
    page = open_page(editor, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(address(article))
    desk = Desk(page)
    desk.accept("Turkey")
    desk.reject("Pact of Trucks")
    page.get_by_label("Byline").fill("Editor One")
    Article.objects.update(byline="Editor Two")
    page.reload()
    desk.click(desk.line("Ivan Sample").get_by_role("link", name="Change Ivan Sample"))
    for state in ("an open form", "the sheet of keys", "a difference"):
        if state == "the sheet of keys":
            page.locator(".keys summary").click()
        if state == "a difference":
            page.keyboard.press("Escape")
            desk.press("Save")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, f"{state}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
