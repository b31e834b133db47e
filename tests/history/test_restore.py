"""A version comes back whole, through the ordinary write path."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Article, PublishedStory
from articles.texts import set_body
from history.attribution import attributed_to
from history.models import Change
from history.record import present
from history.restoring import restore
from history.revisions import StaleRevision

from ..factories import (
    country,
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
QUOTE = {"field": "text", "start": 0, "end": 3, "exact": "Two", "before": "", "after": " sides"}


def now():
    """The newest line of the log: the moment to come back to."""
    return Change.objects.newest_first().first().pk


def edited(published=False):
    """An article that was changed in every part since the version that is returned with it."""
    article = make_article(
        "First title",
        about=["tr"],
        mentions=[make_organisation("Example Bank")],
        tags=["Energy", "Trade"],
        body="<p>Two sides met.</p>",
        published=published,
    )
    make_mention(article, make_person(), quotes=[QUOTE], confirmed_by=make_user())
    version, held = now(), present(article)
    article.refresh_from_db()
    article.title, article.dated, article.source = "Another", "1992", make_source()
    article.save()
    set_body(article, "<p>Nobody met.</p>")
    article.mentions.filter(country=None).delete()
    article.mentions.update(about=False)
    make_mention(article, country("kz"), about=True)
    article.tags.set(["Trade", "Culture"])
    return article, version, held


def rows_of(state, *besides):
    return {
        part.name: {key: {n: v for n, v in row.items() if n not in besides} for key, row in rows.items()}
        for part, rows in state.rows.items()
    }


def test_an_article_comes_back_with_text_links_and_tags_to_the_byte():
    article, version, held = edited()
    assert restore(article, version).changed
    besides = ("revision", "updated_at")
    assert rows_of(present(article), *besides) == rows_of(held, *besides)


def test_a_restore_is_itself_in_the_log_with_its_author():
    article, version, _ = edited()
    user, before = make_user(), now()
    with attributed_to(user):
        restore(article, version)
    lines = Change.objects.filter(pk__gt=before)
    assert {line.who for line in lines} == {user}
    assert {line.table_name for line in lines} >= {
        "articles_article",
        "articles_articletext",
        "articles_mention",
        "articles_taggedarticle",
    }


def test_a_restore_can_be_taken_back():
    article, version, _ = edited()
    later, held = now(), present(article)
    restore(article, version)
    restore(article, later)
    besides = ("revision", "updated_at")
    assert rows_of(present(article), *besides) == rows_of(held, *besides)


def test_a_restore_raises_the_revision():
    article, version, _ = edited()
    before = Article.objects.get(pk=article.pk).revision
    restore(article, version)
    assert Article.objects.get(pk=article.pk).revision > before


def test_a_restore_leaves_state_and_address_as_they_are():
    article = make_article("First title", about=["tr"], source=make_source(), dated="1994")
    version = now()
    article.refresh_from_db()
    article.publish()
    article.title = "Second title"
    article.save()
    restore(article, version)
    article.refresh_from_db()
    assert (article.title, article.state, article.slug) == ("First title", "published", "first-title")


def test_what_the_public_list_holds_follows_the_restore():
    article, version, _ = edited(published=True)
    restore(article, version)
    assert PublishedStory.objects.get(article=article).country_ids == [country("tr").pk]


def test_a_public_article_is_not_restored_to_what_could_not_be_published():
    article = make_article("No country yet", source=make_source(), dated="1994")
    version = now()
    make_mention(article, country("tr"), about=True)
    article.refresh_from_db()
    article.publish()
    held = present(article)
    with pytest.raises(ValidationError, match="partner country"):
        restore(article, version)
    assert present(article).rows == held.rows


def test_a_restore_from_a_page_that_is_out_of_date_is_refused():
    article, version, _ = edited()
    with pytest.raises(StaleRevision):
        restore(article, version, revision=1)


def test_restoring_the_present_writes_nothing():
    article = make_article(tags=["Energy"], about=["tr"])
    before = now()
    assert not restore(article, before).changed
    assert now() == before


def test_a_link_to_a_record_that_is_gone_is_left_out_and_said():
    bank = make_organisation("Example Bank")
    article = make_article(mentions=[bank], about=["tr"])
    version = now()
    article.mentions.all().delete()
    bank.delete()
    outcome = restore(article, version)
    assert [mention.record for mention in article.mentions.all()] == [country("tr")]
    assert len(outcome.left_out) == 1


def test_a_link_confirmed_by_somebody_who_is_gone_comes_back_without_the_name():
    article, version, _ = edited()
    for user in type(make_user()).objects.all():
        user.delete()
    restore(article, version)
    assert article.mentions.get(person__isnull=False).confirmed_by is None


def test_a_deleted_record_is_not_restored_by_this():
    article = make_article()
    version, pk = now(), article.pk
    article.delete()
    article.pk = pk
    with pytest.raises(ValidationError, match="nothing to restore"):
        restore(article, version)


def test_a_restore_that_fails_changes_nothing():
    article, version, _ = edited()
    held = present(article)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        restore(article, version)
        raise ZeroDivisionError
    assert present(article).rows == held.rows
