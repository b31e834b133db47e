"""Moments of one record, told apart by transaction, and how it stood after each."""

import pytest
from django.db import transaction

from articles.models import Mention
from articles.texts import set_body
from history.attribution import attributed_to, recorded_batch
from history.models import Change
from history.record import present, state_at, state_at_revision, versions

from ..factories import (
    country,
    make_agreement,
    make_article,
    make_mention,
    make_name,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


def moments(record):
    """Oldest first: which parts each moment touched, and how."""
    return [
        sorted((change.part.name, change.operation) for change in version.changes)
        for version in reversed(versions(record))
    ]


def test_each_transaction_is_a_version_with_its_author():
    user = make_user()
    with transaction.atomic():
        article = make_article(title="First", about=["tr"])
    with attributed_to(user):
        article.title = "Second"
        article.save()
    newest, oldest = versions(article)
    assert (newest.who, oldest.who) == (user, None)
    assert moments(article) == [[("", "I"), ("mentions", "I"), ("text", "I")], [("", "U")]]


def test_a_version_knows_the_values_before_and_after():
    article = make_article(title="First")
    article.title = "Second"
    article.save()
    change = versions(article)[0].changes[0]
    assert (change.before["title"], change.after["title"]) == ("First", "Second")
    assert "title" in change.columns and "byline" not in change.columns


def test_what_happened_to_links_tags_and_text_belongs_to_the_article():
    with transaction.atomic():
        article = make_article(body="<p>First.</p>")
    make_mention(article, country("kz"))
    article.tags.set(["Energy"])
    set_body(article, "<p>Second.</p>")
    article.mentions.all().delete()
    assert moments(article)[1:] == [
        [("mentions", "I")],
        [("tagged", "I")],
        [("text", "U")],
        [("mentions", "D")],
    ]


def test_another_articles_links_are_no_part_of_this_ones_history():
    article, other = make_article(), make_article()
    before = len(versions(article))
    make_mention(other, country("kz"))
    assert len(versions(article)) == before


def test_a_link_that_moved_away_is_gone_here_and_added_there():
    here, there = make_article(), make_article()
    mention = make_mention(here, country("kz"))
    Mention.objects.filter(pk=mention.pk).update(article=there)
    assert moments(here)[-1] == [("mentions", "D")]
    assert moments(there)[-1] == [("mentions", "I")]


def test_several_writes_of_one_transaction_are_one_change():
    article = make_article(title="First")
    with transaction.atomic():
        for title in ("Second", "Third"):
            article.title = title
            article.save()
    change = versions(article)[0].changes[0]
    assert (change.before["title"], change.after["title"]) == ("First", "Third")


def test_what_was_added_and_taken_back_in_one_transaction_is_no_version():
    article = make_article()
    before = len(versions(article))
    with transaction.atomic():
        make_mention(article, country("kz")).delete()
    assert len(versions(article)) == before


def test_a_version_names_its_batch():
    with recorded_batch("import_organisations", "list.csv") as batch:
        organisation = make_organisation("Example Bank")
    assert versions(organisation)[0].batch == batch


def test_the_state_after_each_version_is_what_the_database_held_then():
    article = make_article(title="First", about=["tr"], tags=["Energy"])
    held = {versions(article)[0].at: present(article)}
    article.title = "Second"
    article.save()
    held[versions(article)[0].at] = present(article)
    article.mentions.all().delete()
    set_body(article, "<p>Other words.</p>")
    article.tags.set(["Trade"])
    for at, state in held.items():
        assert state_at(article, at).rows == state.rows


def test_a_record_is_known_as_it_stood_at_a_revision():
    article = make_article(title="First")
    read = article.revision
    for title in ("Second", "Third"):
        article.title = title
        article.save()
    assert state_at_revision(article, read).own["title"] == "First"
    assert state_at_revision(article, read + 1).own["title"] == "Second"
    assert state_at_revision(article, article.revision).own["title"] == "Third"


def test_a_deleted_record_keeps_its_past():
    article = make_article(title="Gone", about=["tr"])
    at, pk = versions(article)[0].at, article.pk
    article.delete()
    article.pk = pk
    state = state_at(article, at)
    assert state.own["title"] == "Gone"
    assert len(state.of("mentions")) == 1
    assert present(article).own is None


def test_rows_of_one_number_in_two_owners_are_kept_apart():
    organisation, agreement = (
        make_organisation("Example Bank", pk=77),
        make_agreement("Example Treaty", pk=77),
    )
    make_name(organisation, "EB")
    make_name(agreement, "ET")
    names = {row["text"] for row in present(organisation).of("names").values()}
    assert names == {"Example Bank", "EB"}
    assert len(versions(organisation)) == 2


def test_neither_generated_nor_secret_columns_are_in_a_state():
    user = make_user()
    assert "password" not in present(user).own
    assert "title_search" not in present(make_article()).own


def test_reading_the_past_takes_the_same_queries_however_long_it_is(django_assert_max_num_queries):
    article = make_article()
    for number in range(12):
        article.title = f"Title {number}"
        article.save()
    with django_assert_max_num_queries(13):
        assert len(versions(article)) >= 13
    assert Change.objects.of(article).count() == 13
