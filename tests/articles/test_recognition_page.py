"""The desk's page about the recogniser: verdicts by kind, language, month and version, and the words rejected most."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.desk import verdicts
from articles.models import Proposal
from articles.quotes import quote_of
from tests.factories import country, make_article, make_organisation, make_user

pytestmark = pytest.mark.django_db
PAGE = "admin:articles_recognition"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


def judged(kind="person", verdict="accepted", value="Ivan Sample", language="en", months=0, **fields):
    article = make_article(body=f"<p>{value} was there.</p>", language=language)
    quotes = [quote_of(value, article.text.plain)]
    at = timezone.now().replace(day=1) - datetime.timedelta(days=28 * months)
    fields = {"score": 0.85, "version": "1"} | fields
    return Proposal.objects.create(
        article=article, kind=kind, value=value, verdict=verdict, judged_at=at, quotes=quotes, **fields
    )


def labelled(tallies):
    return {tally.label: (tally.accepted, tally.corrected, tally.rejected, tally.missed) for tally in tallies}


def test_verdicts_are_counted_by_kind_and_language(client, editor):
    for verdict in ("accepted", "accepted", "corrected", "rejected"):
        judged(verdict=verdict)
    judged(language="ru", verdict="rejected")
    judged(kind="organisation")
    by_kind = client.get(reverse(PAGE)).context["by_kind"]
    assert labelled(by_kind) == {"organisation": (1, 0, 0, 0), "person": (2, 1, 2, 0)}
    assert labelled(by_kind[1].parts) == {"English": (2, 1, 1, 0), "Russian": (0, 0, 1, 0)}
    assert by_kind[1].share == 40


def test_verdicts_are_counted_by_month_the_newest_first(client, editor):
    judged(months=1)
    judged(verdict="rejected")
    judged(months=14)
    by_month = client.get(reverse(PAGE)).context["by_month"]
    assert [(month.accepted, month.rejected) for month in by_month] == [(0, 1), (1, 0)]


def test_versions_of_the_recogniser_are_told_apart(client, editor):
    judged(version="1", verdict="rejected")
    judged(version="2")
    response = client.get(reverse(PAGE))
    assert labelled(response.context["by_version"]) == {"1": (0, 0, 1, 0), "2": (1, 0, 0, 0)}
    chosen = client.get(reverse(PAGE), {"version": "2"})
    assert labelled(chosen.context["by_kind"]) == {"person": (1, 0, 0, 0)}
    assert not chosen.context["words"]


def test_what_an_editor_added_by_hand_counts_as_missed(client, editor):
    article = make_article(body="<p>Sample Trucks came.</p>")
    quote = quote_of("Sample Trucks", article.text.plain)
    verdicts.add_link(article, make_organisation("Sample Trucks"), quote, editor)
    context = client.get(reverse(PAGE)).context
    assert labelled(context["by_kind"]) == {"organisation": (0, 0, 0, 1)}
    assert not context["by_version"]
    assert not context["by_score"]


def test_the_words_that_cause_most_rejections_come_first(client, editor):
    for _time in range(2):
        judged("country", "rejected", "turkey", country=country("tr"))
    judged(verdict="rejected", value="Ivan")
    judged(value="Sample")
    words = client.get(reverse(PAGE)).context["words"]
    assert [(row["words"], row["kind"], row["number"]) for row in words] == [
        ("turkey", "country", 2),
        ("ivan", "person", 1),
    ]


def test_a_score_is_compared_with_the_verdicts_on_it(client, editor):
    for score, verdict in [(0.8, "accepted"), (0.89, "rejected"), (0.3, "rejected"), (1, "accepted")]:
        judged(score=score, verdict=verdict)
    by_score = client.get(reverse(PAGE)).context["by_score"]
    assert [(band.label, band.share) for band in by_score] == [
        ("30 to 40 %", 0),
        ("80 to 90 %", 50),
        ("90 to 100 %", 100),
    ]


def test_a_choice_that_does_not_exist_is_told_and_changes_nothing(client, editor):
    judged()
    response = client.get(reverse(PAGE), {"kind": "planet", "version": "\x00"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["total"].judged == 1


def test_an_empty_register_says_so(client, editor):
    assert "No proposal was judged" in client.get(reverse(PAGE)).content.decode()


def test_the_page_asks_no_more_for_more_verdicts(client, editor, django_assert_max_num_queries):
    judged()
    client.get(reverse(PAGE))
    with django_assert_max_num_queries(10) as asked:
        client.get(reverse(PAGE))
        few = len(asked)
    for number in range(8):
        judged(value=f"Person {number}", language=["en", "ru"][number % 2], version=str(number))
    with django_assert_max_num_queries(few):
        client.get(reverse(PAGE))


def test_it_is_the_editors_page_and_the_desk_leads_to_it(client, editor):
    assert reverse(PAGE) in client.get("/admin/").content.decode()
    client.force_login(make_user("contributor"))
    assert client.get(reverse(PAGE)).status_code == 403
    assert reverse(PAGE) not in client.get("/admin/").content.decode()
