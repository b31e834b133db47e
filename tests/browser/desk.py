"""The desk as an editor works it: every press of a key or a button is one act, typed words are none."""

from typing import Any

from playwright.sync_api import Page, expect


class Desk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def press(self, name: str, exact: bool = True, within: Any = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=exact).first.click()
        self._done()

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self._done()

    def _done(self) -> None:
        self.acts += 1
        expect(self.page.locator(".review.is-busy")).to_have_count(0)

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(words)

    def take_in(self, text: str) -> None:
        self.page.goto("/admin/articles/article/intake/")
        self.type("Paste a text", text)
        self.press("Take in")
        expect(self.page.locator("#review")).to_be_visible()

    def line(self, name: str) -> Any:
        """The open proposal of this name."""
        return self.page.locator(".line").filter(has=self.page.locator(f'.line-name:text-is("{name}")')).first

    def names_to_judge(self) -> list[str]:
        return [name.strip() for name in self.page.locator(".line .line-name").all_inner_texts()]

    def linked(self) -> list[str]:
        return [
            name.strip()
            for name in self.page.locator(".line-judged:not(.is-rejected) .line-name").all_inner_texts()
        ]

    def accept(self, name: str) -> None:
        self._judge(name, "Accept")

    def reject(self, name: str) -> None:
        self._judge(name, "Reject")

    def _judge(self, name: str, verdict: str) -> None:
        line = self.line(name)
        line.get_by_role("button", name=f"{verdict} {name}", exact=True).click()
        self._done()
        expect(line).to_have_count(0)

    def accept_all_above(self) -> None:
        before = self.page.locator(".line").count()
        self.press("Accept", exact=False, within=self.page.locator(".review-acts"))
        expect(self.page.locator(".line")).not_to_have_count(before)

    def be_about(self, *countries: str) -> None:
        """Switch every linked country to what the story is: about it, or only naming it."""
        for name in self.page.locator("#group-country ~ .judged .line-name").all_inner_texts():
            pressed = self.page.get_by_role("button", name=f"about {name}", exact=True).count() == 1
            if pressed != (name in countries):
                self.press(f"{'about' if pressed else 'named'} {name}")

    def publish(self) -> None:
        self.press("Publish")
        expect(self.page.locator(".state-published")).to_be_visible()
