"""Nothing that comes in by any way runs, loads or leads away when it is shown, on the site or on the desk."""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from articles.models import Article, ArticleText
from articles.sanitising import ATTRIBUTES, TAGS
from articles.texts import sanitised
from tests.factories import country, make_superuser, make_user

from . import payloads
from .judging import active_in
from .riddled import desk_pages, packed, public_pages, riddled_register

INTAKE = "/admin/articles/article/intake/"
LONG = " The ministers met in Ankara and spoke about trade between Türkiye and Russia for two days."
WHOLE = os.environ.get("PAYLOADS") == "all"
LANGUAGES = ("", "/ru", "/tr")


@pytest.fixture(scope="module")
def riddled(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    with riddled_register(django_db_blocker) as made:
        made.superuser, made.editor = make_superuser(), make_user("editor")
        yield made


@pytest.fixture
def desk(riddled: SimpleNamespace, db: None, client: Client) -> Client:
    client.force_login(riddled.superuser, backend="accounts.backends.RoleBackend")
    return client


def unknown_in(body: str) -> list[str]:
    """Tags and attributes of a text beyond those that a text may have."""
    tree = html.fragment_fromstring(body, create_parent="div")
    found = [f"<{node.tag}>" for node in tree.iterdescendants() if node.tag not in TAGS]
    for node in tree.iterdescendants():
        found += [
            name
            for name in node.attrib
            if name not in ATTRIBUTES.get(node.tag, set()) | ATTRIBUTES["*"] | {"rel"}
        ]
    return found


def some(items: list[Any], every: int) -> list[Any]:
    return items if WHOLE else items[::every]


def test_the_judge_sees_what_is_active():
    for kind in ("frames and objects", "handlers that a reader calls", "styles"):
        seen = [payload for payload in payloads.KINDS[kind] if active_in(payload)]
        assert len(seen) >= 0.8 * len(payloads.KINDS[kind]), set(payloads.KINDS[kind]) - set(seen)
    assert not active_in("<body><p class=x>1 &lt; 2 <a href='https://gazette.example/'>x</a></p></body>")


def test_there_are_more_than_four_hundred_payloads_of_many_kinds_and_no_two_are_alike():
    assert len(set(payloads.ALL)) == len(payloads.ALL) >= 400
    assert len(payloads.KINDS) >= 17 and len(payloads.TEMPLATES) >= 40 and len(payloads.ADDRESSES) >= 40


def test_a_text_is_inert_once_it_is_sanitised():
    for payload in payloads.ALL:
        for markup in (
            payload,
            f"<p>Before {payload} after</p>",
            f"<ul><li>{payload}<table><tr><td>{payload}",
        ):
            body = sanitised(markup)
            assert not active_in(f"<body>{body}</body>"), payload
            assert not unknown_in(body), (payload, unknown_in(body))


def test_no_public_page_brings_it_to_life_in_any_language(riddled: SimpleNamespace, db: None, client: Client):
    for number, page in enumerate(public_pages(riddled)):
        for language in LANGUAGES if WHOLE else [LANGUAGES[number % 3]]:
            response = client.get(f"{language}{page}", follow=True)
            assert response.status_code == 200, page
            assert active_in(response.content) == [], (language, page)


def test_no_page_of_the_desk_brings_it_to_life(riddled: SimpleNamespace, desk: Client):
    for page in desk_pages(riddled):
        response = desk.get(page)
        assert response.status_code == 200, page
        assert active_in(response.content) == [], page


def test_what_is_asked_in_a_search_box_is_only_words(riddled: SimpleNamespace, desk: Client):
    boxes = (
        "/search/",
        "/ru/stories/",
        "/admin/articles/article/",
        "/admin/entities/organisation/",
        "/tr/agreements/",
    )
    for number, asked in enumerate(packed(1500)):
        for box in boxes if WHOLE else [boxes[number % len(boxes)]]:
            response = desk.get(box, {"q": asked, "country": asked, "tag": asked, "page": asked}, follow=True)
            assert active_in(response.content) == [], (box, number)


def test_a_page_and_a_text_of_payloads_come_in_as_words_alone(riddled: SimpleNamespace, desk: Client):
    paragraphs = [f"Paragraph {number}: {payload} {LONG}" for number, payload in enumerate(payloads.ALL)]
    markup = "<html><head><title>Talks</title></head><body><article>{}</article></body></html>"
    inner = markup.format("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    for fields in (
        {"files": [SimpleUploadedFile("page.html", inner.encode())]},
        {"files": [SimpleUploadedFile("text.txt", "\n\n".join(paragraphs).encode())]},
        {"text": "\n\n".join(["Talks that were pasted", *paragraphs]).replace("\x00", "")},
        {
            "text": inner.replace("Talks", "Pasted").replace("\x00", ""),
            "title": next(packed(400)),
            "source": next(packed(250)),
        },
    ):
        response = desk.post(INTAKE, fields, follow=True)
        assert response.redirect_chain, active_in(response.content)
        article = Article.objects.latest("pk")
        assert active_in(response.content) == []
        assert active_in(f"<body>{article.text.body}</body>") == [] == unknown_in(article.text.body)
        assert active_in(desk.get(f"/preview/{article.pk}/").content) == []


def test_a_file_may_bear_any_name(riddled: SimpleNamespace, desk: Client):
    names = [f"{payload[:80]}.txt".replace("/", "-").replace("\x00", "") for payload in payloads.ALL]
    for start in range(0, len(names), 90):
        files = [SimpleUploadedFile(name, b"") for name in names[start : start + 90]]
        response = desk.post(INTAKE, {"files": files})
        assert active_in(response.content) == []
        assert len(response.context["outcomes"]) >= len(files) / 2


def test_every_form_keeps_words_without_it(riddled: SimpleNamespace, desk: Client):
    article = riddled.draft
    for number, text in enumerate(some(list(packed(450)), 6)):
        article.refresh_from_db()
        form = {
            "title": f"{number} {text}",
            "language": "en",
            "revision": article.revision,
            "body": f"<p>{text}</p>",
        }
        form |= {
            "summary": text,
            "byline": text[:290],
            "tags": f'"{text[:80]}"',
            "dated": "2022",
            "_continue": "1",
        }
        response = desk.post(f"/admin/articles/article/{article.pk}/change/", form, follow=True)
        assert active_in(response.content) == [], text
        body = ArticleText.objects.get(article=article).body
        assert active_in(f"<body>{body}</body>") == [] == unknown_in(body), text


def test_the_review_page_edits_facts_without_it(riddled: SimpleNamespace, desk: Client):
    article = riddled.draft
    for text in some(list(packed(450)), 12):
        article.refresh_from_db()
        facts = {
            "facts": "1",
            "title": text,
            "source_name": text[:250],
            "summary": text,
            "byline": text[:250],
        }
        facts |= {"language": "en", "dated": "2022", "tags": "", "revision": article.revision, "save": "1"}
        response = desk.post(f"/admin/articles/article/{article.pk}/review/", facts, follow=True)
        assert response.status_code == 200
        assert active_in(response.content) == [], text


def test_names_of_countries_are_only_words(riddled: SimpleNamespace, db: None, client: Client):
    page = client.get("/ru/countries/riddled/").content.decode()
    assert "&lt;script" in page and active_in(page) == []
    assert country("tr").name_in("en") in client.get("/countries/").content.decode()
