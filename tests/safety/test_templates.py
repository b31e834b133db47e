"""Template syntax is only words, wherever somebody writes it: nothing is solved, named or left out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from articles.models import Article
from entities.models import Tag
from tests.factories import (
    make_agreement,
    make_article,
    make_organisation,
    make_person,
    make_source,
    make_superuser,
)

from .payloads import SOLVED, TEMPLATES

SYNTAX = " ".join(TEMPLATES)
LONG = "The ministers met in Ankara and spoke about trade between Türkiye and Russia for two days."
SECRETS = ("pbkdf2", "md5$", "django-insecure", "csrfmiddlewaretoken value")


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    client.force_login(make_superuser(), backend="accounts.backends.RoleBackend")
    return client


def solved_in(page: str) -> list[str]:
    return [value for value in (*SOLVED, *SECRETS) if value in page]


def test_syntax_in_every_field_is_shown_as_it_was_written(desk: Client):
    source = make_source(f"Press {SYNTAX}"[:300], rights="full")
    works = make_organisation(f"Works {SYNTAX}"[:300], told_apart_by=SYNTAX[:200], public=True)
    person = make_person(f"Official {SYNTAX}"[:300], public=True)
    person.positions.create(title=SYNTAX[:300], organisation=works)
    treaty = make_agreement(
        f"Treaty {SYNTAX}"[:1000], public=True, summary=SYNTAX, place=SYNTAX[:200], parties=["tr"]
    )
    fields = {"summary": SYNTAX, "byline": SYNTAX[:300], "body": f"<p>{escape(SYNTAX)}</p>", "source": source}
    story = make_article(f"Talks {SYNTAX}"[:500], mentions=[works, person, treaty], published=True, **fields)
    [tag] = Tag.objects.named([SYNTAX[:100]])
    story.tags.add(tag)
    public = [record.get_absolute_url() for record in (story, works, person, treaty, tag)]
    public += ["/", "/stories/", "/stories/feed/", "/organisations/", "/people/", "/agreements/", "/tags/"]
    desk_of = {
        "articles/article": story,
        "entities/organisation": works,
        "entities/agreement": treaty,
        "entities/tag": tag,
    }
    pages = [
        f"/admin/{kind}/{one.pk}/{page}/"
        for kind, one in desk_of.items()
        for page in ("change", "history", "delete")
    ]
    pages += [
        f"/admin/articles/article/{story.pk}/review/",
        f"/preview/{story.pk}/",
        "/admin/articles/article/",
    ]
    for page in [*public, *(f"/ru{path}" for path in public), *(f"/tr{path}" for path in public), *pages]:
        response = desk.get(page, follow=True)
        assert response.status_code == 200, page
        assert solved_in(response.content.decode()) == [], page
    shown = desk.get(story.get_absolute_url()).content.decode()
    assert all(escape(syntax) in shown for syntax in TEMPLATES)


def test_syntax_that_is_asked_pasted_or_uploaded_is_only_words(desk: Client):
    for number, syntax in enumerate(TEMPLATES):
        box = ("/search/", "/ru/stories/", "/admin/articles/article/", "/tr/agreements/")[number % 4]
        assert solved_in(desk.get(box, {"q": syntax, "country": syntax}).content.decode()) == [], syntax
    text = f"Talks of the ministers\n\n{LONG}\n\n" + "\n\n".join(f"Line {syntax}." for syntax in TEMPLATES)
    lines = "".join(f"<p>{escape(syntax)}, {LONG}</p>" for syntax in TEMPLATES)
    page = f"<html><title>Talks</title><p>{LONG}</p>{lines}"
    for fields in (
        {"text": text, "title": SYNTAX[:490], "source": SYNTAX[:250]},
        {
            "files": [
                SimpleUploadedFile(
                    f"{SYNTAX[:80]}.txt".replace("/", "-"), text.replace("two", "six").encode()
                )
            ]
        },
        {"files": [SimpleUploadedFile("page.html", page.encode())]},
    ):
        answer = desk.post("/admin/articles/article/intake/", fields, follow=True)
        assert solved_in(answer.content.decode()) == []
        plain = Article.objects.latest("pk").text.plain
        assert [syntax for syntax in TEMPLATES if " ".join(syntax.split()) not in plain] == []
