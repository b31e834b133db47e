import datetime
import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, User

from ..factories import make_user

LINK = re.compile(r"http://localhost:8000(/accounts/invitation/[\w.-]+/)")
PASSWORD = "a quiet harbour town"
FORM = {"username": "newcomer", "language": "tr", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def desk(signed_in, administrator):
    return signed_in(administrator)


def invite(desk, email="guest@desk.example", role="contributor", **more):
    return desk.post("/admin/accounts/invitation/add/", {"email": email, "role": role, **more}, follow=True)


def act(desk, action, *invitations):
    fields = {"action": action, "_selected_action": [invitation.pk for invitation in invitations]}
    return desk.post("/admin/accounts/invitation/", fields, follow=True)


def last_link():
    return LINK.search(mail.outbox[-1].body).group(1)


def test_an_invited_person_chooses_a_name_and_is_in(desk):
    invite(desk, role="editor")
    visitor = Client()
    assert "guest@desk.example" in visitor.get(last_link()).text
    assert visitor.post(last_link(), FORM).url == "/admin/"
    assert visitor.get("/admin/").status_code == 200
    user = User.objects.get(username="newcomer")
    assert (user.email, user.role, user.language) == ("guest@desk.example", "editor", "tr")
    assert Invitation.objects.get().accepted_by == user


def test_the_link_is_shown_to_the_administrator_once(desk):
    shown = LINK.findall(invite(desk).text)
    assert shown == [last_link()]
    assert not LINK.findall(desk.get("/admin/accounts/invitation/").text)


def test_the_link_is_long_signed_and_not_stored(desk):
    invite(desk)
    secret, signature = last_link().split("/")[3].split(".")
    assert len(secret) * 6 >= 256 and len(signature) >= 43
    stored = str(Invitation.objects.values().get())
    assert secret not in stored and signature not in stored


def test_a_link_works_once(desk):
    invite(desk)
    Client().post(last_link(), FORM)
    again = Client()
    assert again.get(last_link()).status_code == 410
    assert again.post(last_link(), FORM | {"username": "second"}).status_code == 410
    assert not User.objects.filter(username="second").exists()


def test_a_link_holds_for_seven_days(desk):
    invite(desk)
    week = Invitation.objects.get().expires_at - timezone.now()
    assert datetime.timedelta(days=6, hours=23) < week <= datetime.timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().post(last_link(), FORM).status_code == 410
    assert Invitation.objects.get().state == "expired"


def test_sending_again_ends_the_old_link(desk):
    invite(desk)
    old = last_link()
    act(desk, "renew", Invitation.objects.get())
    assert Client().get(old).status_code == 410
    assert Client().post(last_link(), FORM).status_code == 302


def test_an_expired_invitation_can_be_sent_again(desk):
    invite(desk)
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    act(desk, "renew", Invitation.objects.get())
    assert Client().get(last_link()).status_code == 200


def test_a_withdrawn_link_is_dead_and_cannot_be_revived(desk):
    invite(desk)
    act(desk, "withdraw", Invitation.objects.get())
    act(desk, "renew", Invitation.objects.get())
    assert Client().post(last_link(), FORM).status_code == 410
    assert len(mail.outbox) == 1


def test_withdrawing_while_the_form_is_open_counts(desk, administrator, monkeypatch):
    from accounts import forms

    invite(desk)
    invitation = Invitation.objects.get()
    form = forms.AcceptInvitationForm(FORM, invitation=invitation)
    assert form.is_valid()
    Invitation.objects.get().withdraw()
    assert form.save() is None
    assert not User.objects.filter(username="newcomer").exists()


def test_a_link_dies_with_the_right_to_invite(desk, administrator):
    invite(desk)
    make_user("administrator")
    administrator.change_role("editor")
    assert Client().get(last_link()).status_code == 410


@pytest.mark.parametrize("token", ["x", "x.y", "." * 40, "%00", "a" * 3000, "../../admin", "ş.ı"])
def test_a_link_that_was_not_given_is_refused_like_a_used_one(desk, token):
    invite(desk)
    used = last_link()
    Client().post(used, FORM)
    made_up = Client().get(f"/accounts/invitation/{token}/")
    assert made_up.status_code in (404, 410)
    if made_up.status_code == 410:
        assert made_up.content == Client().get(used).content


def test_who_is_a_user_already_is_not_invited(desk, editor):
    assert "There is already a user with this email address." in invite(desk, email=editor.email.upper()).text
    assert not Invitation.objects.exists()


def test_nobody_has_two_open_invitations(desk, administrator):
    invite(desk)
    assert "already invited" in invite(desk, email="GUEST@desk.example").text
    with pytest.raises(IntegrityError, match="accounts_invitation_one_a_person"), transaction.atomic():
        Invitation(email="Guest@Desk.example", expires_at=timezone.now()).renew(administrator)


def test_whoever_got_an_account_meanwhile_is_told_so(desk):
    invite(desk)
    make_user("editor", email="guest@desk.example")
    assert "sign in instead" in Client().post(last_link(), FORM).text


def test_a_taken_username_is_said_at_the_form(desk, editor):
    invite(desk)
    page = Client().post(last_link(), FORM | {"username": editor.username.upper()})
    assert "There is already a user with this username." in page.text


def test_two_weak_passwords_are_refused(desk):
    invite(desk)
    page = Client().post(last_link(), FORM | {"password1": "password123", "password2": "password123"})
    assert page.status_code == 200 and "too common" in page.text
    assert not User.objects.filter(username="newcomer").exists()


def test_an_invitation_is_neither_edited_nor_deleted(desk):
    invite(desk)
    invitation = Invitation.objects.get()
    path = f"/admin/accounts/invitation/{invitation.pk}"
    assert (
        desk.post(f"{path}/change/", {"email": "x@desk.example", "role": "administrator"}).status_code == 403
    )
    assert desk.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    assert Invitation.objects.get().email == "guest@desk.example"


def test_the_letter_does_not_believe_the_host_header(desk, settings):
    settings.ALLOWED_HOSTS = ["*"]
    desk.post(
        "/admin/accounts/invitation/add/",
        {"email": "guest@desk.example", "role": "editor"},
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    assert "evil.example" not in mail.outbox[-1].body
    assert last_link()


def test_a_mail_server_that_is_away_is_said_and_the_link_shown(desk, settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9},
        }
    }
    page = invite(desk)
    assert "could not be sent" in page.text
    assert LINK.search(page.text)
