"""A real browser, without the policy that is the second line of defence, finds nothing in a riddled register to run.

Pages are answered by the test client, on the register of this test's own transaction; everything that a page asks for
elsewhere is noted, and so is every call of what payloads call.
"""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from articles.models import Article
from tests.factories import make_superuser
from tests.safety import payloads
from tests.safety.judging import BROWSER_JUDGE, PARSE_AND_JUDGE
from tests.safety.riddled import desk_pages, packed, public_pages, riddled_register

HOST = "http://testserver"
WHOLE = os.environ.get("PAYLOADS") == "all"
INTAKE = "/admin/articles/article/intake/"
PAGE = "<html><head><title>{}</title></head><body>{}</body></html>"
LONG = " The ministers met in Ankara and spoke about trade between Türkiye and Russia for two days."
HOOKS = """
  window.called = window.called || [];
  const hook = (name) => (...given) => { top.called.push(`${name} ${given}`); };
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = hook(name);
"""


@pytest.fixture(scope="module")
def riddled(django_db_setup: None, django_db_blocker: Any, browser: Browser) -> Iterator[SimpleNamespace]:
    with riddled_register(django_db_blocker) as made:
        made.user = make_superuser()
        yield made


class Window:
    """A page without a policy whose every request is answered here."""

    def __init__(self, browser: Browser, client: Client) -> None:
        self.client, self.raw, self.strayed = client, "", []
        self.path, self.answer = "", None
        self.context = browser.new_context(bypass_csp=True)
        self.context.add_init_script(HOOKS)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.dismiss())

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == route.request.url:
            self.strayed.append(route.request.url)
            route.abort()
        elif path == "/raw/":
            route.fulfill(
                body=f"<!doctype html><meta charset=utf-8><body>{self.raw}", content_type="text/html"
            )
        elif path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/").partition("?")[0])
            route.fulfill(path=found) if found else route.fulfill(status=404)
        elif path == self.path and self.answer is not None:
            route.fulfill(body=self.answer.content, content_type=self.answer["Content-Type"])
        else:
            route.fulfill(status=404)

    def show(self, path: str) -> list[str]:
        """Open the page; return what it ran, where it strayed, and what in it would run when somebody acts."""
        self.strayed.clear()
        self.path, self.answer = path, None
        if (
            path != "/raw/"
        ):  # asked here: the browser's own thread of work has another connection to the database
            self.answer = self.client.get(path)
            assert self.answer.status_code == 200, (path, self.answer.status_code)
        self.page.goto(f"{HOST}{path}", wait_until="load")
        called = self.page.evaluate("new Promise(done => setTimeout(() => done(top.called), 20))")
        judged = self.page.evaluate(f"() => ({BROWSER_JUDGE})(document)")
        return [*called, *self.strayed, *(said for said in judged if not is_ours(said))]


def is_ours(said: str) -> bool:
    """Templates that our forms clone, and the height of the bar that our script notes on the root."""
    ours = (
        "template: <template data-",
        'style: <html lang="en" dir="ltr" data-theme="auto" class="has-script" style="--bar:',
    )
    return said.startswith(ours) or (said.startswith("template:") and "empty-form" in said)


@pytest.fixture
def window(browser: Browser, riddled: SimpleNamespace, db: None, client: Client) -> Iterator[Window]:
    client.force_login(riddled.user, backend="accounts.backends.RoleBackend")
    window = Window(browser, client)
    yield window
    window.context.close()


def test_the_payloads_bite_where_nobody_takes_their_teeth(window: Window):
    seen, ran = 0, 0
    tried = payloads.ALL if WHOLE else payloads.ALL[::24]
    for payload in tried:
        window.raw = payload
        found = (
            window.show("/raw/") if "location=" not in payload and "http-equiv" not in payload.lower() else []
        )
        seen += bool(found)
        ran += any(
            said.startswith(("alert", "confirm", "prompt", "print", "https://elsewhere")) for said in found
        )
    assert seen >= 0.7 * len(tried) and ran >= 0.25 * len(tried), (seen, ran, len(tried))


def test_stories_with_every_kind_of_payload_run_nothing(window: Window, riddled: SimpleNamespace):
    for story in riddled.stories if WHOLE else riddled.stories[: len(payloads.KINDS)]:
        assert window.show(story.get_absolute_url()) == []


def test_what_was_pasted_or_uploaded_runs_nothing_on_review_preview_and_story(
    window: Window, riddled: SimpleNamespace
):
    before = Article.objects.count()
    paragraphs = [f"Paragraph {number}: {payload} {LONG}" for number, payload in enumerate(payloads.ALL)]
    page = PAGE.format(
        "Talks", "".join(f"<p>{one.replace('Paragraph', 'Passage')}</p>" for one in paragraphs)
    )
    text = "\n\n".join(["Talks in the capital", *paragraphs])
    for fields in (
        {"text": text.replace("\x00", ""), "title": next(packed(400)), "source": next(packed(250))},
        {"files": [SimpleUploadedFile("page.html", page.encode())]},
        {"files": [SimpleUploadedFile("text.txt", text.replace("capital", "town").encode())]},
    ):
        assert shown_everywhere(window, riddled, fields) == []
    assert Article.objects.count() >= before + 2  # payloads that name an address make two of them one story


@pytest.mark.skipif(not WHOLE, reason="long: make bench CHECKS=payloads")
def test_each_payload_alone_runs_nothing_whichever_way_it_comes(window: Window, riddled: SimpleNamespace):
    for number, payload in enumerate(payloads.ALL):
        markup = PAGE.replace("{}", f"Talks {number}", 1).replace(
            "{}", f"<p>{LONG} {number}</p><p>{payload}</p>"
        )
        text = f"Talks in town {number}\n\n{LONG} {number}\n\n{payload}"
        ways: list[dict[str, Any]] = [
            {"text": markup.replace("Talks", "Pasted").replace("\x00", "")},
            {"text": text.replace("\x00", ""), "title": f"{number} {payload}".replace("\x00", "")[:490]},
            {"files": [SimpleUploadedFile("page.html", markup.encode())]},
            {"files": [SimpleUploadedFile("text.txt", text.replace("town", "capital").encode())]},
        ]
        for fields in ways:
            assert shown_everywhere(window, riddled, fields) == [], (number, payload)


def shown_everywhere(window: Window, riddled: SimpleNamespace, fields: dict[str, Any]) -> list[str]:
    """Take it in and publish it; return what its review page, its preview and its public page ran."""
    last = Article.objects.latest("pk").pk
    answer = window.client.post(INTAKE, fields)
    article = Article.objects.latest("pk")
    if article.pk == last:
        assert answer.status_code == 302 or answer.context["outcomes"][0].error, answer.context["form"].errors
        return []
    article.source, article.date_missing, article.dated = riddled.sources[0], True, None
    article.save()
    article.mentions.get_or_create(country=riddled.country, about=True)
    found = window.show(f"/admin/articles/article/{article.pk}/review/") + window.show(
        f"/preview/{article.pk}/"
    )
    article.publish()
    return found + window.show(article.get_absolute_url())


def test_the_browser_finds_nothing_active_on_any_page(window: Window, riddled: SimpleNamespace):
    window.raw = ""
    window.show("/raw/")
    pages = [f"{('', '/ru', '/tr')[number % 3]}{page}" for number, page in enumerate(public_pages(riddled))]
    for path in [*pages, *desk_pages(riddled)] if WHOLE else [*pages[::6], *desk_pages(riddled)[::3]]:
        answer = window.client.get(path, follow=True).content.decode()
        found = [said for said in window.page.evaluate(PARSE_AND_JUDGE, answer) if not is_ours(said)]
        assert found == [], path
