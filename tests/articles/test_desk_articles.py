"""Articles in the admin: the list, the form, and what contributors may not."""

import re

import pytest
from django.urls import reverse

from articles.models import Article
from tests.factories import make_article, make_source, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(article, **values):
    source = article.source_id or ""
    return {
        "title": article.title,
        "summary": "",
        "tags": "",
        "source": source,
        "source_url": "",
        "byline": "",
        "dated": str(article.dated or ""),
        "language": "en",
        "body": "",
        "revision": article.revision,
    } | values


def listed(response):
    return [article.title for article in response.context["cl"].result_list]


def test_the_list_is_searched_by_words_of_title_and_text(client, editor):
    make_article("Trucks for Ankara", body="<p>Deliveries begin in spring.</p>")
    make_article("Something else")
    for words in ("truck", "delivery", "ANKAR"):
        assert listed(client.get(LIST, {"q": words})) == ["Trucks for Ankara"]


def test_the_list_is_filtered_by_partner_country_and_state(client, editor):
    make_article("Türkiye's", about=["tr"])
    make_article("Published", published=True, about=["ru"])
    assert listed(client.get(LIST, {"about": "tr"})) == ["Türkiye's"]
    assert listed(client.get(LIST, {"state__exact": "published"})) == ["Published"]


def test_facets_count_when_asked(client, editor):
    make_article(about=["tr"])
    assert "Türkiye (1)" in client.get(LIST, {"_facets": "True"}).content.decode()


def test_the_list_asks_no_more_for_more_articles(client, editor, django_assert_max_num_queries):
    for code in ("tr", "ru"):
        make_article(about=[code], source=make_source())
    client.get(LIST)
    with django_assert_max_num_queries(15) as asked:
        client.get(LIST)
        few = len(asked)
    for code in ("kz", "cn", "az"):
        make_article(about=[code], source=make_source())
    with django_assert_max_num_queries(few):
        client.get(LIST)


@pytest.mark.parametrize(
    "query",
    [
        "title__regex=(",
        "source__name__iregex=[",
        "created_at__year=99999",
        "created_at__year=0",
        "created_at__gte=yesterday",
        "language__exact=%00",
        "created_by__password__startswith=a",
        "q=%00",
        "q=%27%22%26|!:*()",
        "about=%00",
        "p=99999999999999999999",
        "p=-1",
        "o=99.x",
        "state__exact=x&state__exact=%00",
        "id__in=x",
        "id__exact=99999999999999999999999",
        "_facets=1&title__regex=(",
    ],
)
def test_a_hostile_address_of_the_list_is_no_fault(client, editor, query):
    make_article()
    assert client.get(f"{LIST}?{query}").status_code in (200, 302, 400)


def test_a_text_is_sanitised_once_and_for_all(client, editor):
    article = make_article()
    body = '<p onclick="x()">Kept <script>alert(1)</script><a href="javascript:x">link</a></p>'
    client.post(change(article), typed(article, body=body))
    article.refresh_from_db()
    once = article.text.body
    assert "script" not in once
    assert "onclick" not in once
    client.post(change(article), typed(article, body=once))
    assert Article.objects.get(pk=article.pk).text.body == once


def test_a_text_without_tags_becomes_paragraphs(client, editor):
    article = make_article()
    client.post(change(article), typed(article, body="First & foremost.\r\n\r\nSecond."))
    assert Article.objects.get(pk=article.pk).text.body == "<p>First &amp; foremost.</p>\n<p>Second.</p>"


def test_save_and_publish_is_one_press(client, editor):
    article = make_article(about=["tr"], source=make_source(), dated="2022")
    client.post(change(article), typed(article, title="Better title", _publish="1"))
    article.refresh_from_db()
    assert (article.state, article.title) == ("published", "Better title")


def test_a_stale_form_is_refused_and_loses_nothing(client, editor):
    article = make_article("Old title")
    mine = typed(article, title="My title", body="<p>My text</p>", revision=article.revision)
    client.post(change(article), typed(article, title="Their title"))
    response = client.post(change(article), mine)
    page = response.content.decode()
    article.refresh_from_db()
    assert article.title == "Their title"
    assert "Saved meanwhile by somebody else" in page
    assert "&lt;p&gt;My text&lt;/p&gt;</textarea>" in page
    over = re.search(r'name="over" value="(\d+)"', page)[1]
    client.post(change(article), mine | {"over": over})
    article.refresh_from_db()
    assert (article.title, article.text.body) == ("My title", "<p>My text</p>")


def test_actions_publish_what_is_complete_and_say_what_is_not(client, editor):
    complete = make_article(about=["tr"], source=make_source(), dated="2022")
    lacking = make_article("Lacking")
    posted = {"action": "publish", "_selected_action": [complete.pk, lacking.pk]}
    response = client.post(LIST, posted, follow=True)
    said = " ".join(str(message) for message in response.context["messages"])
    assert "1 article published." in said
    assert "“Lacking” cannot be published" in said
    client.post(LIST, posted | {"action": "withdraw"})
    complete.refresh_from_db()
    assert complete.state == "withdrawn"


def test_fields_that_are_not_on_the_form_cannot_be_set(client, editor):
    article = make_article()
    stolen = {"state": "published", "created_by": 1, "id": 99, "slug": "taken", "released_at": "2022-01-01"}
    client.post(change(article), typed(article) | stolen)
    article.refresh_from_db()
    assert (article.state, article.created_by, article.slug, article.released_at) == (
        "draft",
        None,
        None,
        None,
    )


@pytest.fixture
def contributor(client):
    user = make_user("contributor")
    client.force_login(user)
    return user


def test_a_contributor_lists_their_own_drafts_only(client, contributor):
    make_article("Own", created_by=contributor)
    make_article("Another's")
    make_article("Own, published", created_by=contributor, published=True)
    assert listed(client.get(LIST)) == ["Own"]


def test_a_contributor_reaches_nothing_of_anothers_draft(client, contributor):
    article = make_article("Another's secret draft")
    for path in ("change/", "history/", "history/compare/", "delete/", "review/"):
        response = client.get(f"{LIST}{article.pk}/{path}", follow=True)
        assert "secret" not in response.content.decode()
    client.post(change(article), typed(article, title="Mine now"))
    client.post(f"{LIST}{article.pk}/history/restore/", {"version": "1", "revision": "1"})
    client.post(LIST, {"action": "submit", "_selected_action": [article.pk]})
    article.refresh_from_db()
    assert (article.title, article.state) == ("Another's secret draft", "draft")


def test_a_contributor_neither_publishes_nor_deletes(client, contributor):
    own = make_article("Own", about=["tr"], source=make_source(), dated="2022", created_by=contributor)
    client.post(change(own), typed(own, _publish="1"))
    for action in ("publish", "withdraw", "delete_selected"):
        client.post(LIST, {"action": action, "_selected_action": [own.pk], "post": "yes"})
    client.post(f"{LIST}{own.pk}/delete/", {"post": "yes"})
    own.refresh_from_db()
    assert own.state == "draft"
    assert "Save and publish" not in client.get(change(own)).content.decode()


def test_a_contributor_restores_no_published_state(client, contributor):
    own = make_article(created_by=contributor)
    answer = client.post(f"{LIST}{own.pk}/history/restore/", {"version": "1", "revision": own.revision})
    assert answer.status_code == 403
