"""The desk's pages in a browser: by keyboard, without JavaScript, for everybody, under the site's own policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.desk import verdicts
from articles.models import Article, Proposal
from articles.quotes import quote_of
from entities.models import Organisation
from tests.factories import country, make_agreement, make_article, make_organisation, make_person, make_source

from .desk import Desk

TEXT = (
    "<p>Ivan Sample of Sample Trucks visited Turkey.</p>"
    "<p>Sample Trucks hopes for a memorandum with Örnek Holding 🚚 of Bursa.</p>"
)


@pytest.fixture
def article(transactional_db):
    article = make_article("A visit", body=TEXT)
    for kind, value, score, fields in [
        ("country", "Turkey", 0.99, {"country": country("tr"), "about": True}),
        ("organisation", "Sample Trucks", 0.85, {"payload": {"kind": "company"}}),
        ("person", "Ivan Sample", 0.6, {}),
    ]:
        quotes = [quote_of(value, article.text.plain)]
        Proposal.objects.create(
            article=article,
            kind=kind,
            value=value,
            score=score,
            quotes=quotes,
            reason="name",
            version="1",
            **fields,
        )
    return article


def address(article):
    return reverse("admin:articles_review", args=[article.pk])


def test_a_review_from_first_to_last_by_keyboard(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    desk = Desk(page)
    focused = page.locator(".line:focus .line-name")
    desk.key("j")
    expect(focused).to_have_text("Sample Trucks")
    desk.key("k")
    expect(focused).to_have_text("Ivan Sample")
    desk.key("ArrowDown")
    desk.key("ArrowDown")
    expect(focused).to_have_text("Turkey")
    desk.key("a")
    desk.key("r")
    expect(page.locator(".line")).to_have_count(1)
    desk.key("u")
    expect(page.locator(".line")).to_have_count(2)
    desk.key("Shift+A")
    expect(page.locator(".line")).to_have_count(1)
    expect(focused).to_have_text("Ivan Sample")
    desk.key("e")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type(" Jr")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(0)
    desk.type("Source", "Sample Gazette")
    desk.type("Date", "2022-12")
    page.get_by_label("Date", exact=True).evaluate("field => field.blur()")
    desk.key("p")
    expect(page.locator(".state-published")).to_be_visible()
    article.refresh_from_db()
    assert {str(mention) for mention in article.mentions.all()} == {
        "Türkiye",
        "Sample Trucks",
        "Ivan Sample Jr",
    }


def test_the_sheet_of_keys_opens_and_closes(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    page.keyboard.press("?")
    expect(page.get_by_text("undo the last verdict")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("undo the last verdict")).to_be_hidden()


def test_keys_do_nothing_while_somebody_types(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    page.get_by_label("Byline").press_sequentially("apru?")
    assert article.proposals.open().count() == 3
    expect(page.get_by_label("Byline")).to_have_value("apru?")


def test_evidence_and_proposal_point_at_each_other(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    page.locator("mark", has_text="Ivan Sample").click()
    expect(page.locator(".line.is-current")).to_contain_text("Ivan Sample")
    page.locator(".line-country").click(position={"x": 8, "y": 8})
    expect(page.locator("mark.is-current")).to_have_text("Turkey")


def test_a_missing_link_is_added_by_selecting_words(open_page, editor, article):
    record = make_organisation("Örnek Holding")
    page = open_page(editor)
    page.goto(address(article))
    desk = Desk(page)
    page.evaluate("""() => {
        const piece = [...document.querySelectorAll("[data-s]")].find((one) => one.textContent.includes("Örnek"));
        const node = piece.firstChild, at = node.data.indexOf("Örnek Holding");
        getSelection().setBaseAndExtent(node, at, node, at + "Örnek Holding".length);
    }""")
    desk.press("organisation", within=page.get_by_role("toolbar"))
    desk.press("Örnek Holding", exact=False, within=page.locator("#candidates"))
    expect(page.locator(".line-judged", has_text="Örnek Holding")).to_be_visible()
    (quote,) = article.mentions.get(organisation=record).quotes
    assert (quote["start"], quote["exact"]) == (article.text.plain.index("Örnek Holding"), "Örnek Holding")
    assert desk.acts == 2


def test_places_after_letters_beyond_the_first_plane_are_counted_right(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    page.evaluate("""() => {
        const piece = [...document.querySelectorAll("[data-s]")].find((one) => one.textContent.includes("Bursa"));
        const node = piece.firstChild, at = node.data.indexOf("Bursa");
        getSelection().setBaseAndExtent(node, at, node, at + 5);
    }""")
    expect(page.locator("[data-selection]")).to_have_attribute(
        "data-start", str(article.text.plain.index("Bursa"))
    )


def test_what_was_typed_about_the_story_survives_a_verdict(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    desk = Desk(page)
    desk.type("Byline", "Editor One")
    desk.accept("Turkey")
    expect(page.get_by_label("Byline")).to_have_value("Editor One")


def test_another_record_is_found_while_one_types(open_page, editor, article):
    wanted = make_person("Ivan I. Sample")
    page = open_page(editor)
    page.goto(address(article))
    page.locator(".line-person").get_by_role("link").click()
    page.get_by_label("Find in the register").fill("ivan i")
    page.locator("#candidates button", has_text="Ivan I. Sample").click()
    expect(page.locator(".line-judged", has_text="Ivan I. Sample")).to_be_visible()
    assert article.mentions.get().person == wanted


def test_the_whole_work_is_done_without_javascript(open_page, editor, article):
    page = open_page(editor, java_script_enabled=False)
    page.goto(address(article))
    page.get_by_role("button", name="Accept Turkey", exact=True).click()
    page.get_by_role("button", name="Reject Sample Trucks", exact=True).click()
    page.get_by_role("link", name="Change Ivan Sample").click()
    page.get_by_label("Position").fill("Director")
    page.get_by_role("button", name="Make and link").click()
    page.get_by_text("Add a link").click()
    page.get_by_label("Words in the text").fill("Örnek Holding")
    page.locator(".add-link select").select_option("organisation")
    page.locator(".add-link").get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Make and link").click()
    page.get_by_label("Source", exact=True).fill("Sample Gazette")
    page.get_by_label("date not given").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".state-published")).to_be_visible()
    linked = {str(mention) for mention in article.mentions.all()}
    assert linked == {"Türkiye", "Ivan Sample", "Örnek Holding"}


def test_files_are_dropped_on_the_intake_page(open_page, editor):
    page = open_page(editor)
    page.goto(reverse("admin:articles_intake"))
    page.evaluate("""() => {
        const files = new DataTransfer();
        for (const name of ["Turkey", "Kazakhstan"]) {
            const text = `Trucks for ${name}\\n\\nA delegation visited ${name} and spoke of many trucks and trains.`;
            files.items.add(new File([text], `${name}.txt`, {type: "text/plain"}));
        }
        document.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
    }""")
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.locator(".outcome.is-made")).to_have_count(2)
    assert Article.objects.count() == 2


def kinds_of_pages(article):
    """One of every kind of page that the desk has."""
    organisation, agreement = Organisation.objects.get(), make_agreement("Pact", parties=["tr"])
    person = make_person()
    return [
        "/admin/",
        "/admin/articles/",
        reverse("admin:articles_intake"),
        reverse("admin:articles_recognition"),
        address(article),
        f"{address(article)}?open={article.proposals.open().earliest('pk').pk}",
        f"{address(article)}?add=organisation&words=Bursa",
        "/admin/articles/article/",
        "/admin/articles/article/?_facets=True&q=visit",
        "/admin/articles/article/add/",
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{article.pk}/history/",
        f"/admin/articles/article/{article.pk}/history/compare/",
        f"/admin/articles/article/{article.pk}/delete/",
        "/admin/entities/country/",
        f"/admin/entities/country/{country('tr').pk}/change/",
        f"/admin/entities/organisation/{organisation.pk}/change/",
        f"/admin/entities/organisation/{organisation.pk}/delete/",
        f"/admin/entities/person/{person.pk}/change/",
        f"/admin/entities/agreement/{agreement.pk}/change/",
        "/admin/entities/agreement/",
        "/admin/entities/source/add/",
        f"/admin/entities/name/?country__id__exact={country('tr').pk}",
        "/admin/entities/tag/",
        "/admin/entities/tag/add/",
        "/admin/history/batch/",
    ]


def test_no_page_of_the_desk_breaks_the_policy_on_scripts_and_styles(open_page, editor, article):
    """The page fixture fails with what the browser's console says of a refused script, style or request."""
    verdicts.accept_above(article, editor)
    make_source("Sample Gazette")
    page = open_page(editor)
    for path in kinds_of_pages(article):
        response = page.goto(path)
        assert response.status == 200, path
        assert "default-src 'none'" in response.headers["content-security-policy"], path
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".select2-selection").first.click()
    expect(page.locator(".select2-results__option", has_text="Sample Gazette")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_desks_own_pages_are_accessible(open_page, editor, article, scheme, width):
    verdicts.accept(article.proposals.earliest("pk"), editor)
    page = open_page(editor, color_scheme=scheme, viewport={"width": width, "height": 900})
    paths = [
        reverse("admin:articles_intake"),
        reverse("admin:articles_recognition"),
        address(article),
        f"{address(article)}?add=agreement&words=memorandum",
    ]
    for path in paths:
        page.goto(path)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{path} is wider than {width}"
        )
