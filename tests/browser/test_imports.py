"""An import in a browser, the whole way, and its pages for everybody."""

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from entities.models import Agreement
from tests.factories import make_user
from tests.imports.conftest import FILE
from tests.jobs.conftest import work_off  # noqa: F401

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def look(page):
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def test_an_import_goes_from_the_file_to_the_undoing(open_page, transactional_db, work_off, tmp_path):  # noqa: F811
    (tmp_path / "treaties.csv").write_text(FILE, encoding="utf-8")
    page = open_page(make_user())
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Import", exact=True).click()
    look(page)
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "treaties.csv")
    page.get_by_role("button", name="Look at the file").click()
    look(page)
    page.get_by_label("Place", exact=True).select_option("+Treaty name")
    expect(
        page.locator("tr", has=page.get_by_label("Place", exact=True)).locator(".sample").first
    ).to_have_text("Treaty of Alpha")
    page.get_by_label("Place", exact=True).select_option("")
    page.get_by_role("button", name="See what the rows become").click()
    look(page)
    work_off()
    page.get_by_label("Who “Atlantis” is").fill("Greece")  # the page follows the check by itself
    look(page)
    page.get_by_role("button", name="Remember the answers and check again").click()
    work_off()
    page.get_by_role("button", name="Bring in 3 rows").click()
    work_off()
    expect(page.get_by_role("link", name="Download the report")).to_be_visible()
    look(page)
    assert Agreement.objects.filter(parties__country__code="gr").count() == 1
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".messagelist")).to_contain_text("Undone")
    assert not Agreement.objects.exists()
