import pytest
from django.test import Client

from ..factories import PASSWORD


@pytest.mark.parametrize(("language", "home"), [("en", "Home"), ("ru", "Начало"), ("tr", "Giriş")])
def test_the_desk_speaks_the_language_of_its_user(signed_in, editor, language, home):
    client = signed_in(editor)
    client.post("/accounts/profile/", {"language": language})
    page = client.get("/admin/accounts/", headers={"accept-language": "de"})
    for path in ("/admin/", "/accounts/profile/", "/accounts/password/"):
        page = client.get(path, headers={"accept-language": "de"})
        assert f'lang="{language}"' in page.text
        assert page["Content-Language"] == language


@pytest.mark.parametrize(
    ("asked", "given"), [("tr-TR,tr;q=0.9", "tr"), ("ru", "ru"), ("fr", "en"), ("\x00", "en"), ("", "en")]
)
def test_visitors_read_the_door_in_their_browsers_language(db, asked, given):
    page = Client().get("/accounts/login/", headers={"accept-language": asked})
    assert f'<html lang="{given}">' in page.text
    assert page["Content-Language"] == given
    assert "Accept-Language" in page["Vary"]


def test_the_language_of_one_visitor_does_not_reach_the_next(db):
    Client().get("/accounts/login/", headers={"accept-language": "tr"})
    assert '<html lang="en">' in Client().get("/accounts/login/").text


def test_a_language_that_we_do_not_have_is_refused(signed_in, editor):
    client = signed_in(editor)
    assert client.post("/accounts/profile/", {"language": "de"}).status_code == 200
    editor.refresh_from_db()
    assert editor.language == "en"


def test_a_refused_profile_does_not_rename_the_masthead(signed_in, editor):
    page = signed_in(editor, PASSWORD).post("/accounts/profile/", {"name": "x" * 200, "language": "en"})
    assert page.context["user"].name == ""
