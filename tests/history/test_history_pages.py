"""The desk's history of a record: seen by who may see it, restored by who may change it."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.texts import set_body
from history.record import versions

from ..factories import country, make_article, make_mention, make_organisation, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    client = Client()
    client.force_login(make_user("editor"), backend="accounts.backends.RoleBackend")
    return client


def address(record, page="history"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def edited_article(**fields):
    article = make_article("First title", about=["tr"], body="<p>Two sides met.</p>", **fields)
    version = versions(article)[0]
    article.refresh_from_db()
    article.title = "Second title"
    article.save()
    set_body(article, "<p>Three sides met.</p>")
    return article, version


def send_restore(client, article, version, revision=None):
    revision = Article.objects.get(pk=article.pk).revision if revision is None else revision
    return client.post(
        address(article, "restore"), {"version": version.at, "revision": revision}, follow=True
    )


def test_the_history_says_who_changed_what_by_any_path(desk):
    organisation = make_organisation("Example Bank")
    desk.post(
        reverse("admin:entities_organisation_change", args=[organisation.pk]),
        {
            "name": "Example Bank of Examples",
            "name_language": "en",
            "kind": "bank",
            "revision": organisation.revision,
            "names-TOTAL_FORMS": 0,
            "names-INITIAL_FORMS": 0,
        },
    )
    page = desk.get(address(organisation)).content.decode()
    assert "editor" in page
    assert "Example Bank of Examples" in page


def test_the_history_of_an_article_shows_its_links(desk):
    article, _ = edited_article()
    make_mention(article, country("kz"))
    assert "Kazakhstan" in desk.get(address(article)).content.decode()


def test_two_versions_are_compared_word_by_word(desk):
    article, version = edited_article()
    page = desk.get(address(article, "compare"), {"from": version.at}).content.decode()
    assert "<del>First</del><ins>Second</ins> title" in page
    assert "<del>Two</del><ins>Three</ins> sides met." in page


def test_the_order_in_which_two_versions_are_chosen_does_not_matter(desk):
    article, first = edited_article()
    last = versions(article)[0]
    pages = [
        desk.get(address(article, "compare"), {"from": one.at, "to": other.at}).context["differences"]
        for one, other in ((first, last), (last, first))
    ]
    assert pages[0] == pages[1] != []


def test_a_compared_text_is_shown_as_text_and_never_as_markup(desk):
    article, version = edited_article()
    article.summary = "<script>alert(1)</script>"
    article.save()
    page = desk.get(address(article, "compare"), {"from": version.at}).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_an_editor_restores_a_version(desk):
    article, version = edited_article()
    page = send_restore(desk, article, version)
    article.refresh_from_db()
    assert (article.title, article.text.body) == ("First title", "<p>Two sides met.</p>")
    assert "Restored." in page.content.decode()
    assert versions(article)[0].who.role == "editor"


def test_a_restore_from_a_page_out_of_date_changes_nothing(desk):
    article, version = edited_article()
    page = send_restore(desk, article, version, revision=1)
    assert Article.objects.get(pk=article.pk).title == "Second title"
    assert "nothing was changed" in page.content.decode()


def test_a_restore_is_asked_for_by_post_alone(desk):
    article, version = edited_article()
    response = desk.get(address(article, "restore"), {"version": version.at, "revision": article.revision})
    assert response.status_code == 405
    assert Article.objects.get(pk=article.pk).title == "Second title"


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999", "-1"])
def test_a_version_that_is_none_is_answered_with_a_sentence(desk, version):
    article, _ = edited_article()
    data = {"version": version, "revision": article.revision}
    assert (
        "There is no such version."
        in desk.post(address(article, "restore"), data, follow=True).content.decode()
    )
    assert desk.get(address(article, "compare"), {"from": version, "to": version}).status_code == 200


def test_a_contributor_sees_the_history_of_own_drafts_and_restores_nothing():
    contributor = make_user("contributor")
    client = Client()
    client.force_login(contributor, backend="accounts.backends.RoleBackend")
    own, _ = edited_article(created_by=contributor)
    other, version = edited_article()
    assert client.get(address(own)).status_code == 200
    assert client.get(address(other)).status_code == 302
    send_restore(client, other, version)
    assert Article.objects.get(pk=other.pk).title == "Second title"


def test_what_is_no_article_is_compared_but_not_restored(desk):
    organisation = make_organisation("First name")
    version = versions(organisation)[0]
    organisation.name = "Second name"
    organisation.save()
    page = desk.get(address(organisation, "compare"), {"from": version.at}).content.decode()
    assert "Restore this version" not in page
    data = {"version": version.at, "revision": organisation.revision}
    assert desk.post(address(organisation, "restore"), data).status_code == 403


def test_a_visitor_is_sent_to_sign_in():
    article, version = edited_article()
    assert Client().get(address(article)).status_code == 302
    send_restore(Client(), article, version)
    assert Article.objects.get(pk=article.pk).title == "Second title"


@pytest.mark.parametrize("page", ["history", "compare"])
def test_a_record_that_is_not_there_leads_back_to_the_desk(desk, page):
    response = desk.get(reverse(f"admin:articles_article_{page}", args=[999999]))
    assert response.status_code == 302


def test_the_history_takes_the_same_queries_however_long_it_is(desk, django_assert_max_num_queries):
    article, _ = edited_article()
    for code in ("kz", "de", "ru", "az", "uz", "ge"):
        make_mention(article, country(code))
    with django_assert_max_num_queries(30):
        desk.get(address(article))


def test_the_batches_are_listed_and_not_edited(desk):
    assert desk.get(reverse("admin:history_batch_changelist")).status_code == 200
    assert desk.get(reverse("admin:history_batch_add")).status_code == 403
