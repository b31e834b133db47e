"""Nothing that comes in by any way runs, loads or leads away when it is shown, on the site or on the desk."""

import csv
import io
import re
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from articles.models import Article, ArticleText, Proposal
from articles.texts import sanitised, set_body
from entities.models import Organisation, Person, Source, Tag
from tests.factories import country, make_article, make_name, make_source

from . import payloads

INTAKE = "/admin/articles/article/intake/"
LONG = " The ministers met in Ankara and spoke about trade between Türkiye and Russia for two days."
LEADING = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "background",
    "xlink:href",
    "srcset",
)


SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")


def active_in(page: str | bytes) -> list[str]:
    """Everything in the page that would run code, load from elsewhere or lead to another scheme than the web's."""
    tree = html.document_fromstring(page or "<p>")
    found = [
        f"<{node.tag}>"
        for node in tree.iter("iframe", "object", "embed", "applet", "base", "portal", "frame")
    ]
    found += [
        f"script {node.text[:40]}"
        for node in tree.iter("script")
        if (node.text or "").strip() and is_code(node)
    ]
    found += [f"style {node.text[:40]}" for node in tree.iter("style") if node.text]
    found += ["refresh" for node in tree.iter("meta") if node.get("http-equiv", "").lower() == "refresh"]
    # This parser, unlike a browser's, reads nothing in `<img/onerror=x>`.
    found += re.findall(r"<[a-z]+/[a-z]+[^>]{0,40}", page if isinstance(page, str) else page.decode())
    for node in tree.iter():
        for name, value in node.attrib.items() if isinstance(node.tag, str) else ():
            address = "".join(character for character in value if character > " ").lower()
            if name.lower().startswith("on") or name.lower() == "style":
                found.append(f"{node.tag} {name}={value[:40]}")
            elif name.lower() in LEADING and SCHEME.match(address):
                found += (
                    [] if address.startswith(("http:", "https:", "mailto:")) else [f"{name}={value[:40]}"]
                )
            elif name == "src" and address.startswith(("//", "http")):
                found.append(f"src={value[:40]}")
    return found


def is_code(node: html.HtmlElement) -> bool:
    return node.get("type", "") in ("", "module", "text/javascript")


def test_the_judge_of_these_tests_sees_what_is_active():
    for payload in [*payloads.TAGS[:3], *payloads.TAGS[4:12], *payloads.HANDLERS, *payloads.LINKS[:3]]:
        assert active_in(payload), payload
    assert not active_in("<body><p class=x>1 &lt; 2 <a href='https://gazette.example/'>x</a></p></body>")


def test_there_are_more_than_sixty_payloads_and_no_two_are_alike():
    assert len(set(payloads.ALL)) == len(payloads.ALL) >= 75


def test_a_text_is_inert_once_it_is_sanitised_and_stays_as_it_is():
    for payload in payloads.ALL:
        body = sanitised(f"<p>Before {payload} after</p>")
        assert not active_in(f"<body>{body}</body>"), payload
        assert sanitised(body) == body, payload


@pytest.fixture
def editor(browser_of: Any) -> Client:
    return browser_of("editor")


@pytest.fixture
def riddled(world: SimpleNamespace) -> SimpleNamespace:
    """A register in which every text that anybody can give holds every kind of payload."""
    world.riddled = []
    world.full = make_source(f"Full {payloads.BREAKS[0]}", rights="full")
    for number, payload in enumerate(payloads.ALL):
        article = make_article(
            f"{number} {payload}",
            summary=f"Summary {payload}",
            byline=payload[:300],
            body=f"<p>Delegation {payload} came.</p>",
            source=world.full,
            published=number % 3 == 0,
            dated="2022-12-13",
        )
        world.riddled.append(article)
    for number, payload in enumerate(payloads.BREAKS + payloads.HANDLERS[:5]):
        name = f"{number} {payload}"
        works = Organisation.objects.create(
            name=name[:300], country=country("tr"), told_apart_by=payload[:200]
        )
        somebody = Person.objects.create(name=name[:300])
        somebody.positions.create(title=payload, organisation=works)
        make_name(works, f"Also {name}"[:300])
        Tag.objects.named([name[:100]])
        Proposal.objects.create(
            article=world.riddled[0],
            kind="organisation",
            value=name,
            reason=payload[:300],
            score=0.9,
            version="1",
        )
        world.riddled[0].tags.add(name[:100])
        for record in (works, somebody):
            world.riddled[0].mentions.create(**{record._meta.model_name: record})
    world.riddled[0].release_mentioned()
    return world


def test_no_page_of_the_site_or_the_desk_brings_it_to_life(riddled: SimpleNamespace, editor: Client):
    first = riddled.riddled[0]
    works = Organisation.objects.filter(name__contains="<script>").first()
    story, body = f"/admin/articles/article/{first.pk}/", f"/admin/entities/organisation/{works.pk}/"
    pages = [
        *(
            "/",
            "/stories/",
            "/organisations/",
            "/people/",
            "/tags/",
            "/countries/tr/",
            "/search/?q=delegation",
        ),
        *(article.get_absolute_url() for article in riddled.riddled if article.is_published),
        *(
            works.get_absolute_url(),
            "/admin/",
            "/admin/articles/article/",
            "/admin/articles/article/?q=delegation",
        ),
        *(f"{story}{page}" for page in ("change/", "review/", "history/", "history/compare/", "delete/")),
        *(f"{body}{page}" for page in ("change/", "history/", "delete/")),
        *(
            "/admin/entities/organisation/",
            "/admin/entities/person/",
            "/admin/entities/tag/",
            "/admin/entities/source/",
        ),
        *(
            "/admin/entities/name/?q=also",
            "/admin/articles/article/intake/",
            f"{story}review/?add=organisation&words=x",
        ),
        reverse("reading:preview", args=[riddled.riddled[1].pk]),
    ]
    for page in pages:
        response = editor.get(page)
        assert response.status_code == 200, page
        assert active_in(response.content) == [], page


def test_feeds_and_sitemaps_stay_well_formed(riddled: SimpleNamespace, client: Client):
    from lxml import etree

    for path in ("/stories/feed/", "/countries/tr/feed/", "/sitemap.xml", "/sitemap-stories-1.xml"):
        etree.fromstring(client.get(path).content)


def test_what_is_asked_in_a_search_box_is_only_words(world: SimpleNamespace, editor: Client):
    for number, payload in enumerate(payloads.ALL + payloads.TEMPLATES):
        path = ("/search/", "/stories/", "/admin/articles/article/", "/admin/entities/organisation/")[
            number % 4
        ]
        response = editor.get(path, {"q": payload, "country": payload})
        assert active_in(response.content) == [], (path, payload)
        assert not [value for value in payloads.SOLVED if value in response.content.decode()], payload


def test_pasted_texts_titles_and_file_names_come_in_without_it(world: SimpleNamespace, editor: Client):
    for number, payload in enumerate(payloads.ALL[::7]):
        text = f"Talks {number} in Ankara\n\n{payload}{LONG} {number}."
        pasted = {"text": text, "title": f"{number} {payload}"[:500], "source": f"Press {payload}"[:300]}
        response = editor.post(INTAKE, pasted, follow=True)
        assert response.status_code == 200
        assert active_in(response.content) == [], payload
        upload = SimpleUploadedFile(f"{payload[:60]}.html".replace("/", "-"), f"<p>{text}</p>".encode())
        response = editor.post(INTAKE, {"files": [upload]}, follow=True)
        assert active_in(response.content) == [], payload
    assert Article.objects.count() > 12
    for text in ArticleText.objects.all():
        assert active_in(f"<body>{text.body}</body>") == [], text.body[:200]


def test_a_page_of_payloads_comes_in_as_words_alone(world: SimpleNamespace, editor: Client):
    page = "<html><head><title>Talks in Ankara</title></head><body><article>%s</article></body></html>"
    inner = "".join(
        f"<p>Paragraph {number}: {payload} {LONG}</p>" for number, payload in enumerate(payloads.ALL)
    )
    response = editor.post(
        INTAKE, {"files": [SimpleUploadedFile("page.html", (page % inner).encode())]}, follow=True
    )
    assert active_in(response.content) == []
    for text in ArticleText.objects.all():
        assert active_in(f"<body>{text.body}</body>") == []


def test_the_form_of_an_article_keeps_its_text_without_it(world: SimpleNamespace, editor: Client):
    address = f"/admin/articles/article/{world.draft.pk}/change/"
    for payload in (*payloads.TAGS[::5], *payloads.HANDLERS[::5], *payloads.LINKS[::5]):
        world.draft.refresh_from_db()
        form = {
            "title": payload,
            "language": "en",
            "revision": world.draft.revision,
            "body": f"<p>{payload}</p>",
        }
        response = editor.post(address, form | {"summary": payload, "tags": "", "dated": "2022"}, follow=True)
        assert active_in(response.content) == [], payload
        assert active_in(f"<body>{ArticleText.objects.get(article=world.draft).body} </body>") == [], payload


def test_template_syntax_is_only_words_wherever_it_stands(world: SimpleNamespace, editor: Client):
    syntax = " ".join(payloads.TEMPLATES)
    story = make_article(
        f"Talks {syntax}"[:500], summary=syntax, body=f"<p>{syntax}</p>", source=world.source, published=True
    )
    works = Organisation.objects.create(name=f"Works {syntax}"[:300])
    story.mentions.create(organisation=works)
    story.release_mentioned()
    desk = f"/admin/articles/article/{story.pk}/"
    pages = [
        story.get_absolute_url(),
        works.get_absolute_url(),
        "/",
        "/stories/",
        "/stories/feed/",
        "/organisations/",
    ]
    pages += [f"{desk}{page}" for page in ("change/", "review/", "history/", "delete/")]
    pages += ["/search/?q={{ 9801 * 1000 + 547 }}", "/admin/articles/article/?q={{9801|add:547}}"]
    for page in pages:
        answer = editor.get(page).content.decode()
        assert not [value for value in payloads.SOLVED if value in answer], page
        assert "pbkdf2" not in answer


def test_no_address_of_another_scheme_is_stored_by_any_way(
    world: SimpleNamespace, editor: Client, tmp_path: Any
):
    for address in payloads.ADDRESSES:
        editor.post(INTAKE, {"text": f"Talks\n\n{LONG}{address}", "source_url": address})
        for kind, fields in (
            ("source", {"name": "Gazette", "website": address}),
            ("organisation", {"website": address}),
        ):
            form = {
                "name": f"Body {address}",
                "name_language": "en",
                "kind": "other",
                "rights": "link",
            } | fields
            inline = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
            editor.post(f"/admin/entities/{kind}/add/", form | inline)
        set_body(world.draft, f"<p><a href='{address}'>x</a></p>")
        assert "href" not in world.draft.text.body or "http:" in world.draft.text.body, address
    bring_in_from_files(tmp_path)
    stored = stored_addresses()
    assert [
        address for address in stored if address and not address.lower().startswith(("http://", "https://"))
    ] == []


def bring_in_from_files(folder: Path) -> None:
    """A row for each address in each kind of file that has a column for one."""
    columns = {
        "organisations": ("name", "website"),
        "sources": ("name", "website"),
        "agreements": ("title", "url"),
        "articles": ("title", "source_url", "text", "source"),
    }
    for kind, names in columns.items():
        file = folder / f"{kind}.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.writer(opened)
            writer.writerow(names)
            for number, address in enumerate(payloads.ADDRESSES):
                writer.writerow([f"Brought in {number}", address, f"{LONG} {number}", "Press"][: len(names)])
        with suppress(SystemExit):  # rows are refused with a line: what is stored is what counts
            call_command(f"import_{kind}", str(file), stdout=io.StringIO(), stderr=io.StringIO())


def stored_addresses() -> list[str]:
    """Every value of every column that is meant for an address."""
    columns = {"source_url", "website", "text_url"}
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = ANY(%s)",
            [list(columns)],
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT "{column}" FROM "{table}"')
            found += [value for (value,) in cursor.fetchall()]
    return found


def test_the_database_itself_refuses_a_storys_address_of_another_scheme(world: SimpleNamespace):
    for address in ("javascript:alert(1)", "data:text/html,x", "//elsewhere.example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=world.draft.pk).update(source_url=address)
    assert Source.objects.exists()
