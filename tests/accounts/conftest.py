import pytest
from django.test import Client

from ..factories import PASSWORD, make_superuser, make_user


@pytest.fixture(autouse=True)
def _database(db):
    """Everything here is about users."""


@pytest.fixture
def contributor():
    return make_user("contributor")


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def administrator():
    return make_user("administrator")


@pytest.fixture
def superuser():
    return make_superuser()


@pytest.fixture
def signed_in():
    """Return a browser in which this user has signed in at the door."""

    def sign_in(user, password=PASSWORD, **extra) -> Client:
        client = Client(**extra)
        client.post("/accounts/login/", {"username": user.username, "password": password})
        assert client.session.get("_auth_user_id") == str(user.pk)
        return client

    return sign_in
