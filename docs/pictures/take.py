"""Take the pictures of the editors' guide from a running demonstration, and write them beside this file.

    make demo PORT=8000                                   in one terminal
    .venv/bin/python docs/pictures/take.py http://localhost:8000 var/demo-logins.txt

Needs the tools for tests (`make test` installs them) and a Chromium. It takes in one text of its own, reviews it and
publishes it, so it is for a demonstration register only.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
TEXT = (
    "Shipyards of two seas sign for six ferries\n\n15 September 2026\n\n"
    "IZMIR - The Aegean Yards and the Caspian Ferry Company signed a contract for six ferries in Izmir on "
    "14 September 2026. Kazakhstan's Minister of Transport Askar Primerov and Türkiye's Minister of Industry "
    "Deniz Denemeci attended the ceremony.\n\n"
    "The contract follows the Memorandum of Understanding on Maritime Transport that Kazakhstan and Türkiye "
    "signed in Astana in October 2025. It will enter into force once the Development Bank of Kazakhstan has "
    "approved the loan.\n\n"
    '"We shall build the first two in Izmir and the others in Aktau," said Primerov. Experts of the Chamber of '
    "Shipping expect the Turkish yards to hire 300 people.\n"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address")
    parser.add_argument("logins", type=Path)
    options = parser.parse_args()
    logins = dict(line.split() for line in options.logins.read_text("utf-8").splitlines() if line.strip())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(base_url=options.address, viewport={"width": 1280, "height": 860})
        sign_in(page, "editor", logins["editor"])
        review(page)
        browser.close()


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/**")


def take(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=HERE / f"{name}.png")
    print(f"{name}.png")


def review(page: Page) -> None:
    """From a pasted text to its page."""
    page.goto("/admin/articles/article/intake/")
    page.locator("textarea[name=text]").fill(TEXT)
    take(page, "1-take-in")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review/**")
    take(page, "2-review")
    page.locator(".line .line-name").filter(has_text="Memorandum").first.hover()
    page.locator("li.line").filter(has_text="Memorandum").first.click(position={"x": 5, "y": 5})
    take(page, "3-evidence")
    while (rejected := page.locator("li.line").filter(has_text="Experts")).count():
        rejected.first.get_by_role("button", name="Reject").click()
    page.get_by_role("button", name="Accept all").first.click()
    page.wait_for_timeout(1500)
    take(page, "4-judged")


if __name__ == "__main__":
    main()
