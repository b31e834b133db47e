"""What comes of a press on the review page: the next draft, what changed, a verdict taken back to say it otherwise."""

import pytest

from articles.desk import verdicts
from articles.desk.records import resolved_parties
from articles.models import Article
from tests.factories import country, make_article, make_user

from .review import TEXT, facts, page, propose, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    return make_article("A visit", body=TEXT)


def test_a_verdict_whose_link_was_removed_elsewhere_still_shows(client, editor, article):
    proposal = propose(article, "person", "Ivan Sample")
    client.post(page(article), {"open": proposal.pk, "create": "person", "name": "Ivan Sample Jr"})
    article.mentions.all().delete()
    article.proposals.update(person=None)
    assert 'name="undo"' in client.get(page(article)).content.decode()


def test_the_queue_tells_where_one_is_and_goes_round(client, editor, article):
    second, third = make_article("Second"), make_article("Third")
    make_article("Out already", published=True)
    turn = client.get(page(second)).context["turn"]
    assert (turn.position, turn.total, turn.previous, turn.next) == (2, 3, article, third)
    turn = client.get(page(article)).context["turn"]
    assert (turn.position, turn.previous, turn.next) == (1, third, second)


def test_what_was_handed_on_waits_no_more_for_who_handed_it_on(client):
    contributor = make_user("contributor")
    client.force_login(contributor)
    own = [make_article(title, body=TEXT, created_by=contributor) for title in ("First", "Second")]
    make_article("Somebody else's")
    response = client.post(page(own[0]), facts(own[0]) | {"submit": "1"})
    assert response.url == page(own[1])
    turn = client.get(page(own[0])).context["turn"]
    assert (turn.position, turn.total, turn.next) == (0, 1, own[1])


def test_undoing_the_last_act_leaves_a_colleagues_alone(client, editor, article):
    theirs = propose(article, "person", "Ivan Sample")
    mine = propose(article, "country", "Turkey", country=country("tr"))
    client.post(page(article), {"reject": mine.pk})
    verdicts.reject(theirs, make_user("editor"))
    for _press in range(2):
        client.post(page(article), {"undo": "last"})
    assert list(article.proposals.open()) == [mine]


def test_a_verdict_is_answered_with_what_it_changed_alone(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"))
    other = propose(article, "organisation", "Sample Trucks")
    small = {"X-Partial": "verdict"}
    body = client.post(page(article), {"accept": proposal.pk}, headers=small).content.decode()
    assert f'data-gone="p{proposal.pk}"' in body
    assert 'id="judged-country"' in body
    assert "visited" in body
    assert f'id="p{other.pk}"' not in body
    assert "hopes for more" not in body


def test_a_verdict_from_an_old_page_is_answered_with_the_whole(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"))
    token = client.get(page(article)).context["review"].state.token
    Article.objects.filter(pk=article.pk).update(byline="Editor Two")
    old = {"X-Partial": "verdict", "X-State": token}
    response = client.post(page(article), {"accept": proposal.pk}, headers=old)
    assert response.context["is_stale"]
    assert "in another tab or by somebody else" in said(response)[0]
    assert article.mentions.exists()


def test_a_page_that_is_as_it_was_is_not_sent_again(client, editor, article):
    token = client.get(page(article)).context["review"].state.token
    asked = {"X-Partial": "review", "X-Unless": token}
    assert client.get(page(article), headers=asked).status_code == 204
    propose(article, "person", "Ivan Sample")
    assert client.get(page(article), headers=asked).status_code == 200


def test_a_page_made_for_somebody_else_is_refused(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"))
    other = {"X-Partial": "verdict", "X-As": str(make_user("editor").pk)}
    assert client.post(page(article), {"accept": proposal.pk}, headers=other).status_code == 409
    assert not article.mentions.exists()


def test_changing_a_verdict_takes_it_back_and_opens_its_form_as_it_was(client, editor, article):
    proposal = propose(article, "person", "Ivan Sample", payload={"position": "Director"})
    typed = {"open": proposal.pk, "create": "person", "name": "Ivan Sample", "position": "Deputy Director"}
    client.post(page(article), typed)
    response = client.post(page(article), {"change": proposal.pk})
    assert response.context["editor"].form.initial["position"] == "Deputy Director"
    assert not article.mentions.exists()
    client.post(page(article), typed | {"position": "Director"})
    assert article.mentions.get().person.positions.get().title == "Director"


def test_changing_a_link_that_was_added_opens_the_form_for_the_same_words(client, editor, article):
    posted = {"add": "organisation", "create": "organisation", "words": "Sample Trucks"}
    client.post(page(article), posted | {"name": "Sample Trucks Ltd", "kind": "company"})
    response = client.post(page(article), {"change": article.proposals.get().pk})
    editor = response.context["editor"]
    assert (editor.proposal, editor.words, editor.kind) == (None, "Sample Trucks", "organisation")
    assert editor.form.initial["name"] == "Sample Trucks Ltd"
    assert not article.proposals.exists()


def test_all_that_is_open_is_accepted_at_once_and_undone_at_once(client, editor, article):
    propose(article, "country", "Turkey", score=0.3, country=country("tr"))
    propose(article, "person", "Ivan Sample", score=0.9)
    client.post(page(article), {"accept_all": "1"})
    assert article.mentions.count() == 2
    client.post(page(article), {"undo": "last"})
    assert article.proposals.open().count() == 2


def test_publishing_leads_to_the_next_draft(client, editor, article):
    waiting = make_article("Second")
    propose(article, "country", "Turkey", country=country("tr"), about=True)
    client.post(page(article), {"accept_all": "1"})
    typed = facts(article, source_name="Sample Gazette", dated="2022") | {"publish": "1"}
    response = client.post(page(article), typed, follow=True)
    assert response.redirect_chain == [(page(waiting), 302)]
    assert f'Readers see it now: <a href="{page(article)}">A visit</a>' in said(response)[-1]


def test_next_draft_leads_through_the_queue(client, editor, article):
    second = make_article("Second")
    assert client.get(page(article)).context["turn"].next == second
    assert client.get(page(second)).context["turn"].next == article


def test_a_party_whose_name_is_written_alike_in_two_languages_is_one_party():
    assert resolved_parties("Türkiye; Kazakhstan; Nowhere") == ([country("tr"), country("kz")], ["Nowhere"])
