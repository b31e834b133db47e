import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ..factories import PASSWORD, make_user

NEW = "another staple entirely"


def test_the_session_gets_a_new_id_at_sign_in(editor):
    client = Client()
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/accounts/login/", {"username": editor.username, "password": PASSWORD})
    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_a_session_is_dead_after_sign_out(signed_in, editor):
    client = signed_in(editor)
    replayed = client.cookies["sessionid"].value
    assert client.post("/accounts/logout/").status_code == 302
    client.cookies["sessionid"] = replayed
    assert client.get("/accounts/profile/").status_code == 302


def test_signing_out_needs_a_post(signed_in, editor):
    client = signed_in(editor)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.get("/accounts/profile/").status_code == 200


def test_signing_out_needs_the_form_of_this_site(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post("/accounts/logout/").status_code == 403
    assert client.get("/accounts/profile/").status_code == 200


def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(signed_in, editor):
    here, elsewhere = signed_in(editor), signed_in(editor)
    before = here.cookies["sessionid"].value
    here.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert here.get("/accounts/profile/").status_code == 200
    assert here.cookies["sessionid"].value != before
    assert elsewhere.get("/accounts/profile/").status_code == 302


def test_the_old_password_is_asked_for(signed_in, editor):
    client = signed_in(editor)
    client.post("/accounts/password/", {"old_password": "x", "new_password1": NEW, "new_password2": NEW})
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["password123", "1234567890123", "qwertyuiop", "short"])
def test_weak_passwords_are_refused(signed_in, editor, password):
    client = signed_in(editor)
    fields = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post("/accounts/password/", fields).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_long_password_is_kept_whole(signed_in):
    long = "Ünïcode-słowo пароль " * 12
    user = make_user("editor", password=long)
    assert not user.check_password(long[:-1])
    signed_in(user, password=long)


def test_somebody_signed_in_is_not_shown_the_door_again(signed_in, editor):
    client = signed_in(editor)
    assert client.get("/accounts/login/").url == "/admin/"
    assert client.get("/accounts/login/?next=/accounts/profile/").url == "/accounts/profile/"
    assert client.get("/accounts/login/?next=/accounts/login/").url == "/admin/"


@pytest.mark.parametrize("path", ["login/", "reset/", "reset/sent/", "reset/x/y/", "invitation/x/"])
def test_no_cache_and_no_search_engine_keeps_these_pages(db, client, path):
    response = client.get(f"/accounts/{path}")
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert b'<meta name="robots" content="noindex, nofollow">' in response.content


@pytest.mark.parametrize("path", ["profile/", "password/"])
def test_private_pages_lead_to_the_door(db, client, path):
    assert client.get(f"/accounts/{path}").url == f"/accounts/login/?next=/accounts/{path}"


@pytest.mark.parametrize("path", ["login/", "logout/", "profile/", "reset/", "invitation/x/"])
def test_trace_is_refused(client, editor, path):
    client.force_login(editor)
    assert client.trace(f"/accounts/{path}").status_code == 405


@pytest.mark.parametrize("path", ["login/", "logout/", "profile/", "password/", "reset/", "invitation/x/"])
def test_nothing_is_taken_without_the_forms_own_token(editor, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert (
        client.post(f"/accounts/{path}", {"username": editor.username, "password": PASSWORD}).status_code
        == 403
    )
