import pytest
from django.urls import reverse

from tests.factories import make_article, make_organisation, make_source, make_user

pytestmark = pytest.mark.django_db


def address(article):
    return reverse("reading:preview", args=[article.pk])


def test_a_draft_is_looked_at_as_readers_will_see_it(client):
    client.force_login(make_user("editor"))
    article = make_article(
        "A draft", about=["tr"], mentions=[make_organisation("Sample Trucks")], source=make_source()
    )
    response = client.get(address(article))
    assert "A draft" in response.content.decode()
    assert "Sample Trucks" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_draft_without_anything_is_looked_at_too(client):
    client.force_login(make_user("editor"))
    article = make_article("Bare")
    assert client.get(address(article)).status_code == 200
    article.refresh_from_db()
    assert article.slug is None


def test_nobody_else_sees_it(client):
    contributor = make_user("contributor")
    own, other = make_article(created_by=contributor), make_article()
    assert [client.get(address(article)).status_code for article in (own, other)] == [404, 404]
    client.force_login(contributor)
    assert [client.get(address(article)).status_code for article in (own, other)] == [200, 404]
    assert client.post(address(own)).status_code == 405
