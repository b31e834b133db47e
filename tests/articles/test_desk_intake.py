"""The intake page: every input gets a line that says what came of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article
from tests.factories import make_user

pytestmark = pytest.mark.django_db

TEXT = """Trucks for Ankara

13 December 2022

The delegation visited Turkey and spoke with Russian companies about trucks.
"""


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


@pytest.fixture
def page():
    return reverse("admin:articles_intake")


def upload(name, data):
    return SimpleUploadedFile(name, data, content_type="text/plain")


def outcomes(response):
    return [(outcome.label, outcome.created, outcome.error) for outcome in response.context["outcomes"]]


def test_a_pasted_text_goes_straight_to_review(client, editor, page):
    response = client.post(page, {"text": TEXT})
    article = Article.objects.get()
    assert response.url == reverse("admin:articles_review", args=[article.pk])
    assert (article.title, str(article.dated), article.created_by) == (
        "Trucks for Ankara",
        "2022-12-13",
        editor,
    )
    assert {proposal.country.code for proposal in article.proposals.filter(kind="country")} == {"tr", "ru"}


def test_what_the_editor_typed_beside_the_text_counts(client, editor, page):
    typed = {"title": "My title", "source": "Sample Gazette", "source_url": "https://gazette.example/1"}
    client.post(page, {"text": TEXT} | typed)
    article = Article.objects.get()
    assert (article.title, article.source.name, article.source_url) == tuple(typed.values())


def test_the_same_text_twice_is_one_draft(client, editor, page):
    client.post(page, {"text": TEXT})
    response = client.post(
        page, {"text": TEXT.replace("\n", "\r\n"), "files": [upload("again.txt", TEXT.encode())]}
    )
    assert Article.objects.count() == 1
    assert [(created, error) for _, created, error in outcomes(response)] == [(False, ""), (False, "")]


def test_every_file_gets_its_line(client, editor, page):
    files = [
        upload("good.txt", TEXT.encode()),
        upload("empty.txt", b""),
        upload("picture.txt", bytes(range(256)) * 40),
        upload(
            "page.html", f"<html><body><p>{'Kazakhstan and Turkey agreed. ' * 9}</p></body></html>".encode()
        ),
    ]
    response = client.post(page, {"files": files})
    said = outcomes(response)
    assert [(label, created) for label, created, _ in said] == [
        ("good.txt", True),
        ("empty.txt", False),
        ("picture.txt", False),
        ("page.html", True),
    ]
    assert all(error for _, created, error in said if not created)
    assert Article.objects.count() == 2


def test_a_file_that_is_too_large_is_refused_by_name(client, editor, page, settings):
    settings.LARGEST_UPLOAD = 1000
    response = client.post(page, {"files": [upload("long.txt", b"word " * 1000)]})
    ((label, created, error),) = outcomes(response)
    assert (label, created) == ("long.txt", False)
    assert "too large" in error
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "address", ["https://example.org/story", "  http://example.org ", "www.example.org/a?b=c"]
)
def test_an_address_is_refused_with_a_sentence(client, editor, page, address):
    response = client.post(page, {"text": address})
    assert "not fetched yet" in outcomes(response)[0][2]
    assert not Article.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x00", "…", "<div>" * 30_000])
def test_what_holds_no_text_is_refused_and_nothing_is_saved(client, editor, page, text):
    response = client.post(page, {"text": text})
    assert response.status_code == 200
    assert response.context["form"].errors or outcomes(response)[0][2]
    assert not Article.objects.exists()


def test_a_refused_text_is_not_lost(client, editor, page):
    response = client.post(page, {"text": "Too short.", "source_url": "javascript:alert(1)"})
    assert "Too short.</textarea>" in response.content.decode()
    assert "source_url" in response.context["form"].errors


def test_a_contributor_takes_in_drafts_of_their_own(client, page):
    contributor = make_user("contributor")
    client.force_login(contributor)
    client.post(page, {"text": TEXT})
    assert Article.objects.get().created_by == contributor


def test_a_contributor_does_not_come_upon_the_drafts_of_others(client, editor, page):
    client.post(page, {"text": TEXT})
    client.force_login(make_user("contributor"))
    response = client.post(page, {"text": TEXT})
    assert "Already in the register." in response.content.decode()
    assert reverse("admin:articles_review", args=[Article.objects.get().pk]) not in response.content.decode()


def test_visitors_are_sent_to_the_door(client, page):
    assert client.get(page).status_code == 302
    assert client.post(page, {"text": TEXT}).status_code == 302
    assert not Article.objects.exists()
