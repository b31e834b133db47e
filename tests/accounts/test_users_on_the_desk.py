import contextlib
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User

from ..factories import PASSWORD, make_user

EVERYTHING = {
    "is_superuser": "on",
    "is_staff": "on",
    "is_active": "",
    "role": "administrator",
    "groups": "1",
    "user_permissions": "1",
    "id": "1",
    "pk": "1",
    "password": "md5$x$y",
    "email": "stolen@desk.example",
    "username": "stolen",
    "date_joined": "2001-01-01",
    "last_login": "2001-01-01",
}


@pytest.fixture
def desk(signed_in, administrator):
    return signed_in(administrator)


def change(desk, user, **fields):
    current = {name: getattr(user, name) for name in ("username", "email", "name", "role", "language")}
    return desk.post(f"/admin/accounts/user/{user.pk}/change/", current | fields, follow=True)


def act(desk, action, *users):
    fields = {"action": action, "_selected_action": [user.pk for user in users]}
    return desk.post("/admin/accounts/user/", fields, follow=True)


def test_an_administrator_creates_a_user_who_can_sign_in(desk):
    fields = {
        "username": "newcomer",
        "email": "new@desk.example",
        "role": "editor",
        "language": "ru",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert desk.post("/admin/accounts/user/add/", fields).status_code == 302
    assert (
        Client().post("/accounts/login/", {"username": "newcomer", "password": PASSWORD}).status_code == 302
    )
    assert User.objects.get(username="newcomer").role == "editor"


def test_the_list_shows_what_the_roster_needs_in_few_queries(desk, superuser, django_assert_max_num_queries):
    users = [make_user("contributor") for _ in range(12)]
    with django_assert_max_num_queries(8):
        page = desk.get("/admin/accounts/user/").text
    assert "superuser" in page and all(user.email in page for user in users)


def test_an_administrator_changes_a_role(desk, editor):
    change(desk, editor, role="contributor")
    editor.refresh_from_db()
    assert editor.role == "contributor"


def test_deactivated_and_back(desk, editor):
    act(desk, "deactivate", editor)
    assert (
        Client().post("/accounts/login/", {"username": editor.username, "password": PASSWORD}).status_code
        == 200
    )
    act(desk, "reactivate", editor)
    assert (
        Client().post("/accounts/login/", {"username": editor.username, "password": PASSWORD}).status_code
        == 302
    )
    said = LogEntry.objects.order_by("action_time").values_list("change_message", flat=True)
    assert list(said) == ["Deactivated.", "Reactivated."]


def test_the_buttons_of_the_form_do_the_same(desk, editor):
    fields = {"CHANGE_FORM-action": "deactivate", "_selected_action": editor.pk}
    desk.post(f"/admin/accounts/user/{editor.pk}/change/", fields)
    editor.refresh_from_db()
    assert not editor.is_active


def test_nobody_is_deleted(desk, superuser, signed_in, editor):
    for client in (desk, signed_in(superuser)):
        assert client.post(f"/admin/accounts/user/{editor.pk}/delete/", {"post": "yes"}).status_code == 403
        act(client, "delete_selected", editor)
    assert User.objects.filter(pk=editor.pk).exists()


def test_an_administrator_sees_superusers_but_does_not_touch_them(desk, superuser):
    assert desk.get(f"/admin/accounts/user/{superuser.pk}/change/").status_code == 200
    assert change(desk, superuser, email="taken@desk.example").status_code == 403
    for action in ("deactivate", "send_password_link"):
        assert "only be changed by a superuser" in act(desk, action, superuser).text
    assert User.objects.get(pk=superuser.pk).is_active
    assert User.objects.get(pk=superuser.pk).email == superuser.email
    assert not mail.outbox


def test_a_superuser_manages_everybody(signed_in, superuser, administrator):
    other = make_user("administrator", is_superuser=True)
    desk = signed_in(superuser)
    act(desk, "deactivate", administrator, other)
    assert not User.objects.filter(pk__in=[administrator.pk, other.pk], is_active=True).exists()


def test_nobody_changes_their_own_role_or_deactivates_themselves(desk, administrator):
    make_user("administrator")
    change(desk, administrator, role="contributor")
    page = act(desk, "deactivate", administrator).text
    assert "You cannot deactivate yourself." in page
    administrator.refresh_from_db()
    assert administrator.is_keeper


def test_the_last_administrator_stays(administrator, editor):
    for verb in (administrator.deactivate, lambda: administrator.change_role("editor")):
        with pytest.raises(ValidationError, match="last active administrator"):
            verb()
    assert User.objects.get(pk=administrator.pk).is_keeper
    editor.change_role("administrator")
    administrator.change_role("editor")


def test_the_last_superuser_stays(superuser, editor):
    with pytest.raises(ValidationError, match="last active administrator"):
        superuser.deactivate()


def test_another_keeper_must_be_active(administrator):
    make_user("administrator").deactivate()
    with pytest.raises(ValidationError, match="last active administrator"):
        administrator.deactivate()


def test_a_link_for_a_new_password_is_sent_and_shown_once(desk, editor):
    page = act(desk, "send_password_link", editor).text
    link = re.search(r"http://localhost:8000(/accounts/reset/\S+/)", mail.outbox[-1].body).group(0)
    assert link in page
    assert link not in desk.get("/admin/accounts/user/").text
    assert mail.outbox[-1].to == [editor.email]


@pytest.mark.parametrize("path", ["add/", "{pk}/change/"])
def test_forms_of_the_desk_set_nothing_that_they_do_not_show(desk, editor, path):
    fields = EVERYTHING | {"language": "en", "role": "editor", "password1": PASSWORD, "password2": PASSWORD}
    desk.post(f"/admin/accounts/user/{path.format(pk=editor.pk)}", fields)
    user = User.objects.get(username="stolen")
    assert not user.is_superuser and user.is_active and user.role == "editor"
    assert user.check_password(PASSWORD)
    assert user.date_joined.year > 2001


def test_the_profile_changes_name_and_language_alone(signed_in, editor):
    client = signed_in(editor)
    before = User.objects.values().get(pk=editor.pk)
    client.post("/accounts/profile/", EVERYTHING | {"name": "Editor One", "language": "tr"})
    after = User.objects.values().get(pk=editor.pk)
    assert after == before | {"name": "Editor One", "language": "tr"}


def test_an_invitation_decides_role_and_address(desk):
    desk.post(
        "/admin/accounts/invitation/add/",
        {"email": "guest@desk.example", "role": "contributor", "token_hash": "x", "expires_at": "2099-01-01"},
    )
    link = re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body).group(1)
    Client().post(link, EVERYTHING | {"language": "en", "password1": PASSWORD, "password2": PASSWORD})
    user = User.objects.get(username="stolen")
    assert (user.email, user.role, user.is_superuser) == ("guest@desk.example", "contributor", False)
    assert user.is_active and user.check_password(PASSWORD)


def test_changing_the_password_changes_the_password_alone(signed_in, editor):
    client = signed_in(editor)
    new = {"old_password": PASSWORD, "new_password1": "another staple", "new_password2": "another staple"}
    client.post("/accounts/password/", EVERYTHING | new)
    editor.refresh_from_db()
    assert (editor.role, editor.is_superuser, editor.is_active) == ("editor", False, True)
    assert editor.username != "stolen" and editor.check_password("another staple")


@pytest.mark.parametrize(
    "lookup",
    [
        "password__startswith",
        "password__regex",
        "username__regex",
        "last_login__isnull",
        "date_joined__year",
        "invitation__token_hash__startswith",
        "logentry__object_repr__contains",
        "is_superuser__exact",
        "email__contains",
    ],
)
def test_the_list_answers_no_lookup_about_hidden_columns(desk, lookup):
    assert desk.get("/admin/accounts/user/", {lookup: "("}).status_code == 400
    assert desk.get("/admin/accounts/invitation/", {lookup: "("}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=(",
        "o=99",
        "o=-x",
        "p=99999999999999999999",
        "role__exact=%00",
        "is_active__exact=maybe",
        "all=",
    ],
)
@pytest.mark.parametrize("model", ["accounts/user", "accounts/invitation", "axes/accessattempt"])
def test_odd_questions_to_the_lists_break_nothing(desk, model, query):
    assert desk.get(f"/admin/{model}/?{query}").status_code in (200, 302, 400)


def test_usernames_and_addresses_are_unique_in_any_case(editor):
    for fields in ({"username": editor.username.upper()}, {"email": editor.email.upper()}):
        with pytest.raises(ValidationError):
            make_user("editor", **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(**({"username": "x", "email": "x@desk.example"} | fields))


def test_staff_is_who_is_active(editor):
    assert editor.is_staff
    editor.is_active = False
    assert not editor.is_staff


def test_the_command_that_makes_superusers_works(db):
    from django.core.management import call_command

    call_command("createsuperuser", username="root", email="root@desk.example", interactive=False)
    user = User.objects.get(username="root")
    assert user.is_superuser and user.role == "administrator" and not user.has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_demote_each_other_at_once_leave_one():
    pair = [make_user("administrator"), make_user("administrator")]
    together = threading.Barrier(2)

    def demote(user):
        together.wait()
        with contextlib.closing(connection), contextlib.suppress(ValidationError):
            user.change_role("editor")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, pair))
    assert User.objects.keepers().count() == 1


def test_the_desk_leads_to_the_profile_and_out(desk, administrator):
    page = desk.get("/admin/accounts/").text
    assert f'<a href="/accounts/profile/" data-user="{administrator.pk}">{administrator.username}</a>' in page
    assert 'action="/admin/logout/"' in page
    assert desk.post("/admin/logout/").url == "/"
    assert desk.get("/admin/").status_code == 302
