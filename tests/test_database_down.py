import pytest
from django.db import OperationalError

from articles.models import Article


@pytest.fixture
def away(monkeypatch, settings):
    """Every look into the database fails, as it does while the server starts again."""

    def fail(*args, **kwargs):
        raise OperationalError("the database system is starting up")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", fail)
    return settings


@pytest.mark.parametrize("path", ["/countries/", "/admin/", "/stories/", "/search/?q=x"])
@pytest.mark.django_db
def test_pages_say_so_while_the_database_is_away(client, path, away):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "somebody's"
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "5")


@pytest.mark.django_db
def test_middleware_that_finds_the_database_away_says_so_too(client, monkeypatch, settings):
    def fail(*args):
        raise OperationalError("gone")

    settings.RELEASE_EVERY = 0
    monkeypatch.setattr(type(Article.objects), "release_due", fail)
    client.raise_request_exception = False
    assert client.get("/countries/").status_code == 503
