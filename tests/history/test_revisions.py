"""Two people with one record: whoever is late is refused, on every path, and nothing of theirs is written."""

import threading

import pytest
from django.db import DatabaseError, connection
from django.forms import modelform_factory

from articles.models import Article
from entities.models import Organisation
from history.revisions import STALE, StaleRevision

from ..factories import make_article, make_organisation

pytestmark = pytest.mark.django_db


def twice(record):
    """The record as two people read it."""
    return type(record).objects.get(pk=record.pk), type(record).objects.get(pk=record.pk)


def test_every_write_counts_one_revision():
    article = make_article()
    first = article.revision
    article.save()
    Article.objects.filter(pk=article.pk).update(byline="A")
    article.refresh_from_db()
    assert article.revision == first + 2


def test_the_record_in_hand_can_be_saved_again():
    article = make_article()
    article.save()
    article.title = "Second"
    article.save(update_fields=["title"])
    assert Article.objects.get(pk=article.pk).title == "Second"


def test_a_stale_save_is_refused_and_writes_nothing():
    mine, theirs = twice(make_article(title="First"))
    theirs.title = "Theirs"
    theirs.save()
    mine.title = "Mine"
    with pytest.raises(StaleRevision):
        mine.save()
    assert Article.objects.get(pk=mine.pk).title == "Theirs"
    assert mine.title == "Mine"


def test_a_stale_save_of_one_field_is_refused():
    mine, theirs = twice(make_article())
    theirs.save()
    with pytest.raises(StaleRevision):
        mine.save(update_fields=["byline"])


def test_a_stale_form_is_refused():
    mine, theirs = twice(make_organisation("First"))
    form = modelform_factory(Organisation, fields=["name", "kind"])(
        {"name": "Mine", "kind": "bank"}, instance=mine
    )
    theirs.save()
    with pytest.raises(StaleRevision):
        form.save()
    assert Organisation.objects.get(pk=mine.pk).name == "First"


def test_a_stale_bulk_update_is_refused_whole():
    fresh = make_article(byline="Fresh")
    mine, theirs = twice(make_article(byline="First"))
    theirs.save()
    fresh.byline = mine.byline = "Mine"
    with pytest.raises(DatabaseError) as refusal:
        Article.objects.bulk_update([fresh, mine], ["byline", "revision"])
    assert refusal.value.__cause__.sqlstate == STALE


def test_a_stale_update_by_raw_sql_is_refused():
    article = make_article()
    with pytest.raises(DatabaseError, match="made from revision 0"), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET byline = 'A', revision = 0 WHERE id = %s", [article.pk])


def test_a_save_does_not_bring_back_what_somebody_deleted():
    mine, theirs = twice(make_article())
    theirs.delete()
    with pytest.raises(StaleRevision):
        mine.save()
    assert not Article.objects.filter(pk=mine.pk).exists()


def test_a_refusal_leaves_the_transaction_usable():
    mine, theirs = twice(make_article())
    theirs.save()
    with pytest.raises(StaleRevision):
        mine.save()
    assert Article.objects.filter(pk=mine.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_wins():
    copies = twice(make_article())
    together, refused = threading.Barrier(2), []

    def save(copy):
        copy.byline = threading.current_thread().name
        together.wait()
        try:
            copy.save()
        except StaleRevision:
            refused.append(copy.byline)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[copy]) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [Article.objects.get().byline] != refused
    assert len(refused) == 1
