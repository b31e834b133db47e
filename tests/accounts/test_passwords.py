import re
import threading

import pytest
from django.core import mail
from django.test import Client

from accounts import mails

from ..factories import PASSWORD, make_user

NEW = "another staple entirely"
LINK = re.compile(r"http://localhost:8000(/accounts/reset/\S+)")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def ask(email, client=None, **more):
    response = (client or Client()).post("/accounts/reset/", {"email": email}, follow=True, **more)
    for thread in threading.enumerate():
        if thread.name == mails.BACKGROUND:
            thread.join()
    return response


def last_link():
    return LINK.search(mail.outbox[-1].body).group(1)


def choose(path, password=NEW):
    client = Client()
    form = client.get(path, follow=True)
    if not form.redirect_chain:
        return form
    fields = {"new_password1": password, "new_password2": password}
    return client.post(form.redirect_chain[-1][0], fields)


def test_a_forgotten_password_is_replaced_by_mail(editor):
    ask(editor.email)
    assert choose(last_link()).url == "/accounts/login/"
    editor.refresh_from_db()
    assert editor.check_password(NEW)


def test_a_link_works_once(editor):
    ask(editor.email)
    choose(last_link())
    assert "no longer holds" in choose(last_link(), "yet another one here").text
    editor.refresh_from_db()
    assert editor.check_password(NEW)


def test_a_link_holds_for_a_day(editor, settings):
    ask(editor.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "no longer holds" in choose(last_link()).text


def test_a_new_password_ends_every_session(signed_in, editor):
    client = signed_in(editor)
    ask(editor.email)
    choose(last_link())
    assert client.get("/accounts/profile/").status_code == 302


def test_the_answer_for_an_unknown_address_is_the_same_to_the_byte(editor):
    known, unknown = ask(editor.email), ask("nobody@desk.example")
    assert len(mail.outbox) == 1
    assert known.content == unknown.content
    assert known.redirect_chain == unknown.redirect_chain
    assert known.headers == unknown.headers


def test_a_deactivated_user_gets_no_link(editor):
    editor.deactivate()
    ask(editor.email)
    assert not mail.outbox


def test_the_answer_at_the_door_does_not_tell_a_known_name(editor):
    sleeper = make_user("editor", username="sleeper")
    sleeper.deactivate()

    def answer(username, password="wrong"):
        response = Client().post("/accounts/login/", {"username": username, "password": password})
        assert response.status_code == 200
        return TOKEN.sub(b"", response.content).replace(username.encode(), b"")

    answers = {answer(editor.username), answer("nobody"), answer("sleeper"), answer("sleeper", PASSWORD)}
    assert len(answers) == 1


def test_the_link_does_not_believe_the_host_header(editor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    ask(editor.email, headers=headers)
    assert "evil" not in str(mail.outbox[-1].message())
    assert last_link()


@pytest.mark.parametrize("path", ["login/", "reset/", "reset/sent/", "reset/x/y/", "invitation/x/"])
def test_no_page_repeats_the_host_header(settings, path):
    settings.ALLOWED_HOSTS = ["*"]
    page = Client().get(f"/accounts/{path}", headers={"host": "evil.example"})
    assert settings.SITE_NAME in page.text
    assert "evil" not in page.text + str(page.headers)


def test_a_foreign_host_is_refused(db):
    assert Client().get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


def test_the_letter_is_in_the_language_of_its_reader(editor, monkeypatch):
    said = []
    monkeypatch.setattr(
        mails, "render_to_string", lambda *args: said.append(mails.translation.get_language()) or ""
    )
    editor.language = "tr"
    mails.new_password_mail(editor)
    assert said == ["tr"]


def test_the_token_leaves_the_address_bar(editor):
    ask(editor.email)
    first = Client().get(last_link())
    assert first.url.endswith("/set-password/")


@pytest.mark.parametrize(
    "path", ["reset/MQ/x-y/", "reset/%00/x/", "reset/9999999999999999999/x/", "reset/-/-/"]
)
def test_made_up_links_are_refused(db, path):
    page = Client().get(f"/accounts/{path}")
    assert page.status_code == 200 and "no longer holds" in page.text


@pytest.mark.parametrize(
    "address", ["", "x", "a@b", "\x00@desk.example", "a@desk.example\r\nBcc: b@desk.example", "é" * 300]
)
def test_what_is_no_address_is_refused_at_the_form(db, address):
    assert Client().post("/accounts/reset/", {"email": address}).status_code == 200
    assert not mail.outbox
