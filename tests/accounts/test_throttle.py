import datetime

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from ..factories import PASSWORD

LIMIT = 10


def attempt(user, password="wrong", address="192.0.2.1", path="/accounts/login/"):
    client = Client(REMOTE_ADDR=address)
    return client.post(path, {"username": user.username, "password": password})


@pytest.fixture
def locked_out(editor):
    for _ in range(LIMIT):
        attempt(editor)
    return editor


def test_nine_mistakes_do_not_keep_the_owner_out(editor):
    for _ in range(LIMIT - 1):
        assert attempt(editor).status_code == 200
    assert attempt(editor, PASSWORD).status_code == 302


def test_the_eleventh_try_is_refused_even_with_the_right_password(locked_out):
    response = attempt(locked_out, PASSWORD)
    assert response.status_code == 429
    assert "accounts/locked.html" in [template.name for template in response.templates]


def test_the_owner_elsewhere_still_gets_in(locked_out):
    assert attempt(locked_out, PASSWORD, address="198.51.100.7").status_code == 302


def test_a_forwarded_address_does_not_get_around_the_limit(locked_out):
    client = Client(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    fields = {"username": locked_out.username, "password": PASSWORD}
    assert client.post("/accounts/login/", fields).status_code == 429


def test_after_a_quarter_of_an_hour_the_door_opens_again(locked_out):
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))
    assert attempt(locked_out, PASSWORD).status_code == 302


def test_an_administrator_lets_somebody_in_again(locked_out, administrator, signed_in):
    blocked = AccessAttempt.objects.get()
    desk = signed_in(administrator)
    assert locked_out.username in desk.get("/admin/axes/accessattempt/").text
    desk.post(f"/admin/axes/accessattempt/{blocked.pk}/delete/", {"post": "yes"})
    assert attempt(locked_out, PASSWORD).status_code == 302


def test_the_admin_has_no_door_of_its_own(editor):
    response = attempt(editor, PASSWORD, path="/admin/login/?next=/admin/articles/")
    assert response.url == "/accounts/login/?next=/admin/articles/"


def test_guessing_the_old_password_is_limited_as_well(signed_in, editor):
    client = signed_in(editor)
    fields = {
        "old_password": "wrong",
        "new_password1": "a new one indeed",
        "new_password2": "a new one indeed",
    }
    answers = [client.post("/accounts/password/", fields).status_code for _ in range(LIMIT)]
    assert answers == [200] * (LIMIT - 1) + [429]
    assert client.post("/accounts/password/", fields | {"old_password": PASSWORD}).status_code == 429


def test_no_password_is_kept_with_a_failed_attempt(signed_in, editor):
    client = signed_in(editor)
    attempt(editor, "secret-at-the-door")
    fields = {"old_password": "secret-old", "new_password1": "secret-new", "new_password2": "secret-new"}
    client.post("/accounts/password/", fields)
    kept = "".join(str(row) for row in AccessAttempt.objects.values())
    assert editor.username in kept
    assert "secret" not in kept


def test_behind_a_proxy_the_address_it_saw_counts():
    from django.test import RequestFactory

    from accounts.backends import address_seen_by_proxy

    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9", REMOTE_ADDR="10.0.0.1")
    assert address_seen_by_proxy(request) == "203.0.113.9"
