"""The desk as an editor works it: every chord and every click is one act, typed words are none."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

# Where words stand on the screen, after scrolling there.
PLACE_OF = """words => {
    const piece = [...document.querySelectorAll("[data-s]")].find((one) => one.textContent.includes(words));
    const range = document.createRange(), at = piece.firstChild.data.indexOf(words);
    range.setStart(piece.firstChild, at);
    range.setEnd(piece.firstChild, at + words.length);
    piece.scrollIntoView({block: "center"});
    const box = range.getBoundingClientRect();
    return [box.left, box.right, box.top + box.height / 2];
}"""


class Desk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def act(self, do: Callable[[], Any]) -> None:
        """The one place that counts: what an editor does is done through here."""
        self.acts += 1
        do()
        expect(self.page.locator(".review.is-busy")).to_have_count(0)

    def press(self, name: str, exact: bool = True, within: Any = None) -> None:
        self.click((within or self.page).get_by_role("button", name=name, exact=exact).first)

    def click(self, what: Any) -> None:
        self.act(what.click)

    def key(self, key: str) -> None:
        self.act(lambda: self.page.keyboard.press(key))

    def paste(self, text: str) -> None:
        """Into the field that has the focus: a chord."""
        self.act(lambda: self.page.keyboard.insert_text(text))

    def write(self, words: str) -> None:
        """Into the field that has the focus: no act."""
        self.page.keyboard.insert_text(words)

    def select(self, words: str) -> None:
        """Drag over words of the text."""
        box = self.page.evaluate(PLACE_OF, words)
        self.act(lambda: self._drag(*box))

    def _drag(self, left: float, right: float, middle: float) -> None:
        self.page.mouse.move(left, middle)
        self.page.mouse.down()
        self.page.mouse.move(right, middle, steps=4)
        self.page.mouse.up()

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
        self.click(line.get_by_role("button", name=f"{verdict} {name}", exact=True))
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
