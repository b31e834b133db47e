from urllib.parse import unquote

import pytest
from django.test import Client

from accounts import roles
from accounts.models import User

ALLOWED = {
    "articles.view_article": {"contributor", "editor", "administrator"},
    "articles.add_article": {"contributor", "editor", "administrator"},
    "articles.change_article": {"contributor", "editor", "administrator"},
    "articles.delete_article": {"editor", "administrator"},
    "articles.publish_article": {"editor", "administrator"},
    "articles.change_proposal": {"contributor", "editor", "administrator"},
    "entities.view_organisation": {"contributor", "editor", "administrator"},
    "entities.add_organisation": {"editor", "administrator"},
    "entities.change_agreement": {"editor", "administrator"},
    "entities.change_country": {"editor", "administrator"},
    "entities.change_source": {"editor", "administrator"},
    "entities.add_tag": {"editor", "administrator"},
    "accounts.view_user": {"administrator"},
    "accounts.change_user": {"administrator"},
    "accounts.delete_user": set(),
    "accounts.add_invitation": {"administrator"},
    "auth.change_permission": set(),
    "sessions.view_session": set(),
}


@pytest.mark.parametrize("permission", ALLOWED)
def test_each_role_may_what_the_table_says(permission, contributor, editor, administrator):
    allowed = {user.role for user in (contributor, editor, administrator) if user.has_perm(permission)}
    assert allowed == ALLOWED[permission]


def test_every_permission_named_in_the_table_exists():
    everything = roles.everything()
    for role in roles.TABLE:
        assert roles.permissions_of(role) <= everything


def test_every_role_has_an_entry():
    assert set(roles.TABLE) == set(User.Role.values)


def test_a_superuser_may_everything(superuser):
    assert all(superuser.has_perm(permission) for permission in ALLOWED)
    assert superuser.get_all_permissions() == roles.everything()


def test_permissions_are_never_answered_about_single_objects(administrator, editor):
    assert not administrator.has_perm("accounts.change_user", editor)


def test_whoever_may_do_something_can_be_listed(contributor, editor, administrator, superuser):
    def who(permission):
        return set(User.objects.with_perm(permission, backend="accounts.backends.RoleBackend"))

    assert who("articles.publish_article") == {editor, administrator, superuser}
    assert who("accounts.delete_user") == {superuser}


def test_an_inactive_user_may_nothing(administrator):
    administrator.is_active = False
    assert not administrator.has_perm("articles.view_article")
    assert not administrator.get_all_permissions()


def test_a_changed_role_counts_at_the_next_request(signed_in, administrator):
    client = signed_in(administrator)
    assert client.get("/admin/accounts/user/").status_code == 200
    User.objects.filter(pk=administrator.pk).update(role="editor")
    assert client.get("/admin/accounts/user/").status_code == 403


def test_a_deactivated_user_is_out_at_the_next_request(signed_in, editor):
    client = signed_in(editor)
    assert client.get("/admin/").status_code == 200
    editor.deactivate()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("role", ["contributor", "editor"])
@pytest.mark.parametrize("path", ["user/", "user/add/", "invitation/", "invitation/add/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_administrators_reach_users_and_invitations(signed_in, request, role, path, method):
    client = signed_in(request.getfixturevalue(role))
    assert getattr(client, method)(f"/admin/accounts/{path}").status_code == 403


def test_visitors_are_led_to_the_door(db):
    response = Client().get("/admin/accounts/user/", follow=True)
    assert unquote(response.redirect_chain[-1][0]) == "/accounts/login/?next=/admin/accounts/user/"
