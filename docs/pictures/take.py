"""Take the pictures of the editors' guide from a running demonstration, and write them beside this file.

    make demo PORT=8000                                   in one terminal
    .venv/bin/python docs/pictures/take.py http://localhost:8000 var/demo-logins.txt

Needs the tools for tests (`make test` installs them) and a Chromium. It takes in the sample story beside it, reviews
and publishes it, imports the sample register and undoes that, so it is for a fresh demonstration only.
"""

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from palette import with_palette
from playwright.sync_api import Locator, Page, expect, sync_playwright

HERE = Path(__file__).parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDTH, HEIGHT = 1280, 860
# Where words of the text stand on the screen.
PLACE_OF = """words => {
    const piece = [...document.querySelectorAll("[data-s]")].find((one) => one.textContent.includes(words));
    const range = document.createRange(), at = piece.firstChild.data.indexOf(words);
    range.setStart(piece.firstChild, at);
    range.setEnd(piece.firstChild, at + words.length);
    const boxes = [...range.getClientRects()], [first, last] = [boxes[0], boxes[boxes.length - 1]];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address")
    parser.add_argument("logins", type=Path)
    options = parser.parse_args()
    logins = dict(line.split() for line in options.logins.read_text("utf-8").splitlines() if line.strip())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(base_url=options.address, viewport={"width": WIDTH, "height": HEIGHT})
        sign_in(page, "editor", logins["editor"])
        take_in(page)
        judge(page)
        publish(page)
        import_register(page)
        import_more(page)
        browser.close()


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/**")


def take(page: Page, name: str, height: int = HEIGHT) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    keep(name, page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height}))


def keep(name: str, picture: bytes) -> None:
    smaller = with_palette(picture)
    (HERE / f"{name}.png").write_bytes(smaller)
    print(f"{name}.png: {len(smaller):,} bytes")


def act(page: Page, do: Callable[[], object]) -> None:
    do()
    page.wait_for_timeout(100)
    expect(page.locator(".review.is-busy")).to_have_count(0)


def line(page: Page, name: str) -> Locator:
    """The open proposal of this name."""
    return page.locator("li.line").filter(has=page.locator(".line-name", has_text=name)).first


def select(page: Page, words: str) -> None:
    left, top, right, bottom = page.evaluate(PLACE_OF, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()


def take_in(page: Page) -> None:
    """From the pasted text to its proposals."""
    page.goto("/admin/articles/article/intake/")
    field = page.locator("textarea[name=text]")
    field.fill((HERE / "ferry-line.txt").read_text("utf-8"))
    field.evaluate("field => field.scrollTo(0, 0)")
    take(page, "take-in")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review/**")
    take(page, "review")


def judge(page: Page) -> None:
    """One is rejected, one corrected, one added, and the rest is right."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("mark", has_text="Aidar Samplebek").click()
    take(page, "evidence")
    act(page, line(page, "Sample Institute").get_by_role("button", name="Reject").click)
    line(page, "agreement on transit").get_by_role("link", name="Change").click()
    form = page.locator(".new-record")
    form.get_by_label("Title").fill("Agreement on Transit")
    form.get_by_label("Signed").fill("2019-06")
    form.get_by_label("In force").fill("2020")
    take(page, "correct")
    act(page, form.get_by_role("button", name="Make and link").click)
    select(page, "harbour office of Aktau")
    take(page, "select")
    page.get_by_role("toolbar").get_by_role("button", name="organisation").click()
    expect(page.locator(".new-record")).to_be_visible()
    act(page, page.get_by_role("button", name="Make and link").click)
    page.keyboard.press("Escape")
    act(page, lambda: page.keyboard.press("*"))


def publish(page: Page) -> None:
    """The facts, and what readers see."""
    page.locator("#id_source_name").fill("Sample Gazette")
    page.locator("#id_source_url").fill("https://gazette.example/2026/ferry-line")
    page.locator("#id_tags").fill("transport, trade")
    page.locator("#id_summary").fill(
        "Kazakhstan and Türkiye agreed on ferries between the Caspian ports, and on the trains that meet them."
    )
    page.keyboard.press("Control+s")
    expect(page.locator(".complete")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    take(page, "ready")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".state-published")).to_be_visible()
    page.get_by_role("link", name="On the site").click()
    take(page, "story")
    page.goto("/countries/kz/")
    take(page, "country")
    page.goto("/admin/articles/article/recognition/")
    take(page, "recognition")


def import_register(page: Page) -> None:
    """From a file of somebody else's to the undoing of all that it brought."""
    page.goto("/admin/imports/import/add/")
    page.locator("select[name=kind]").select_option("agreement")
    page.locator("input[type=file]").set_input_files(HERE / "example-register.csv")
    take(page, "import-upload", height=480)
    page.get_by_role("button", name="Look at the file").click()
    page.locator("#id_from_signed").select_option(label="Done on")
    page.locator("#id_always_register").fill("Example Register")
    page.locator(".import-columns tr", has=page.locator("#id_from_kind")).evaluate(
        "row => scrollTo(0, row.offsetTop)"
    )
    take(page, "import-columns")
    page.get_by_role("button", name="See what the rows become").click()
    page.wait_for_selector("#names-heading")
    page.get_by_label("Who “Kirghiz Rep” is").fill("Kyrgyzstan")
    page.get_by_role("row", name="Black Sea Sample Union").get_by_role("checkbox").check()
    take(page, "import-preview")
    page.get_by_role("button", name="Remember the answers").click()
    expect(page.locator(".job-state")).to_contain_text("Not brought in yet", timeout=60_000)
    page.get_by_role("button", name="Bring in").click()
    while not page.locator("#result-heading").count():
        page.goto(page.url)
    take(page, "import-report")
    page.get_by_role("link", name="Undo this import").click()
    take(page, "import-undo")
    page.get_by_role("button", name="Undo it").click()
    page.wait_for_load_state()
    take(page, "import-undone")


def import_more(page: Page) -> None:
    """The same register ten times over, because the short one is in before its progress can be seen."""
    heading, *rows = (HERE / "example-register.csv").read_text("utf-8").splitlines()
    longer = [row.replace("ER-", f"ER-{turn}") for turn in range(1, 11) for row in rows]
    file = {
        "name": "example-register.csv",
        "mimeType": "text/csv",
        "buffer": "\n".join([heading, *longer]).encode(),
    }
    page.goto("/admin/imports/import/add/")
    page.locator("select[name=kind]").select_option("agreement")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    page.locator("#id_always_register").fill("Longer Example Register")
    page.get_by_role("button", name="See what the rows become").click()
    page.get_by_role("button", name="Bring in").click()
    shots = []
    while not page.locator("#result-heading").count():
        if page.locator("progress").count():
            shots.append(page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": 260}))
        page.goto(page.url)
    keep("import-running", shots[len(shots) // 2])


if __name__ == "__main__":
    main()
