import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article, ArticleText, Mention, PublishedStory
from entities.models import Agreement, Organisation, Person, Source
from history.revisions import StaleRevision
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_mention,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db


def complete(**fields):
    fields.setdefault("dated", "2022-12")
    return make_article(about=["tr"], source=Source.objects.called("Sample Gazette"), **fields)


def test_only_published_articles_are_public():
    published = make_article(published=True)
    for state in set(Article.State.values) - {"published"}:
        Article.objects.filter(pk=make_article().pk).update(state=state)
    assert list(Article.objects.published()) == [published]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [({"source": None}, "a source"), ({"dated": None}, "a date"), ({"about": []}, "a partner country")],
)
def test_publishing_says_what_is_missing(lacking, said):
    fields = {"source": Source.objects.called("Sample Gazette"), "dated": "2022", "about": ["tr"], **lacking}
    with pytest.raises(ValidationError, match=said):
        make_article(**fields).publish()


def test_a_story_without_a_date_is_published_when_that_is_said():
    article = make_article(
        about=["tr"], source=Source.objects.called("Sample Gazette"), dated=None, date_missing=True
    )
    article.publish()
    assert article.is_published


def test_the_database_lets_no_path_publish_what_is_incomplete():
    article = make_article(dated=None, source=None)
    with pytest.raises(IntegrityError, match="published_is_complete"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state="published")


def test_publishing_makes_public_what_the_story_mentions():
    organisation, person = make_organisation(public=False), make_person(public=False)
    agreement, other = make_agreement(public=False), make_organisation(public=False)
    article = complete()
    for record in (organisation, person, agreement):
        make_mention(article, record)
    article.publish()
    assert Organisation.objects.published().get() == organisation
    assert (Person.objects.published().get(), Agreement.objects.published().get()) == (person, agreement)
    assert Organisation.objects.unreleased().get() == other


def test_an_address_is_given_at_publication_and_survives_renaming_and_withdrawal():
    article = complete(title="Delegation in Bursa")
    article.publish()
    first_moment = article.released_at
    article.withdraw()
    article.title = "Another headline"
    article.save()
    article.publish()
    assert (article.slug, article.released_at) == ("delegation-in-bursa", first_moment)


def test_fifty_stories_of_one_title_have_fifty_addresses():
    slugs = {make_article("One and the same", published=True).slug for _ in range(50)}
    assert len(slugs) == 50


def test_ready_becomes_published_when_its_minute_comes_and_only_once():
    due, later = complete(), complete()
    due.schedule(timezone.now() - datetime.timedelta(minutes=1))
    later.schedule(timezone.now() + datetime.timedelta(hours=1))
    assert [Article.objects.release_due(), Article.objects.release_due()] == [1, 0]
    assert list(Article.objects.published()) == [due]


def test_a_stale_save_is_refused():
    article = make_article("As it was")
    mine, theirs = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
    theirs.title = "Theirs"
    theirs.save()
    mine.title = "Mine"
    with pytest.raises(StaleRevision):
        mine.save()
    assert Article.objects.get(pk=article.pk).title == "Theirs"


def test_a_bulk_change_makes_open_forms_stale_too():
    article = make_article()
    Article.objects.filter(pk=article.pk).update(byline="Somebody")
    with pytest.raises(StaleRevision):
        article.save()


def test_a_story_sorts_by_its_earliest_day_and_without_one_by_the_day_the_desk_published_it():
    dated = make_article(published=True, dated="1994-04")
    undated = make_article(published=True, date_missing=True, dated=None)
    assert dated.sort_date == datetime.date(1994, 4, 1)
    undated.refresh_from_db()
    assert undated.sort_date == undated.released_at.date()


def test_what_is_brought_in_without_a_date_is_no_news_and_comes_last():
    dated = make_article(published=True, dated="1921-03-16")
    undated = complete(dated=None, date_missing=True)
    undated.publish(as_news=False)
    assert list(Article.objects.published().newest_first()) == [dated, undated]


def test_an_article_is_linked_to_a_record_once():
    article = make_article(about=["tr"])
    with pytest.raises(IntegrityError), transaction.atomic():
        make_mention(article, country("tr"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(article=article, country=country("kz"), organisation=make_organisation())


def test_the_text_follows_the_language_of_its_article():
    article = make_article(language="tr")
    assert ArticleText.objects.get(article=article).language == "tr"
    Article.objects.filter(pk=article.pk).update(language="ru")
    assert ArticleText.objects.get(article=article).language == "ru"


def test_a_contributor_sees_their_own_drafts_and_an_editor_everything():
    from tests.factories import make_user

    contributor, editor = make_user("contributor"), make_user("editor")
    own, other = make_article(created_by=contributor), make_article(created_by=editor)
    make_article(created_by=contributor, published=True)
    assert list(Article.objects.editable_by(contributor)) == [own]
    assert other in Article.objects.editable_by(editor)


def listed() -> set[tuple]:
    return {tuple(map(str, row)) for row in PublishedStory.objects.values_list()}


def test_listed_stories_are_the_published_ones_whatever_happens():
    """Every way of writing leaves the derived rows as a recomputation from nothing would make them."""
    works = make_organisation()
    stories = [
        make_article(published=True, about=["tr", "kz"], tags=["energy"], mentions=[works]) for _ in range(3)
    ]
    stories[0].withdraw()
    stories[1].tags.set(["trade"])
    Mention.objects.filter(article=stories[2], country=country("kz")).update(about=False)
    Mention.objects.filter(article=stories[1], organisation=works).delete()
    Article.objects.filter(pk=stories[2].pk).update(language="ru", dated="1994")
    Article.objects.filter(pk=make_article(published=True).pk).delete()
    kept = listed()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_publishedstory")
        cursor.execute("SELECT entente_list_stories(array_agg(id)) FROM articles_article")
    assert kept == listed()
    published = Article.objects.published().values_list("pk", flat=True)
    assert set(PublishedStory.objects.values_list("pk", flat=True)) == set(published)


def test_the_first_page_after_its_minute_finds_the_story_published(client, settings):
    settings.RELEASE_EVERY = 0
    article = complete(title="On the minute")
    article.schedule(timezone.now() - datetime.timedelta(seconds=1))
    client.get("/about/")
    assert Article.objects.published().get() == article
