"""Whatever is done to an article, in any order and by any path, each moment of it can be told and had back."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Mention
from articles.texts import set_body
from history.models import Change
from history.record import present, state_at
from history.restoring import restore

from ..factories import country, make_article, make_mention

pytestmark = pytest.mark.django_db
# A save that changes nothing else moves these two and is no line of the log, so it is no moment either.
COUNTERS = ("revision", "updated_at")
CODES = ["tr", "kz", "ru", "de"]
codes, words = st.sampled_from(CODES), st.sampled_from(["Energy", "Trade", "Culture"])


def save(article, word):
    article = Article.objects.get(pk=article.pk)
    article.title = article.byline = word
    article.save()


def update_in_bulk(article, word):
    Article.objects.filter(pk=article.pk).update(summary=word)


def write_raw(article, word):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET source_url = %s WHERE id = %s",
            [f"https://{word}.example", article.pk],
        )


def set_text(article, word):
    set_body(article, f"<p>{word}.</p>")


def set_tags(article, *chosen):
    article.tags.set(chosen)


def link(article, code):
    if not article.mentions.filter(country__code=code).exists():
        make_mention(article, country(code))


def unlink(article, code):
    article.mentions.filter(country__code=code).delete()


def turn_links(article):
    article.mentions.update(about=True)


def move_links_away(article, code):
    if not Mention.objects.exclude(article=article).filter(country__code=code).exists():
        article.mentions.filter(country__code=code).update(article=Article.objects.get(title="The other"))


deeds = st.one_of(
    st.tuples(st.sampled_from([save, update_in_bulk, write_raw, set_text]), words),
    st.tuples(st.just(set_tags), words, words),
    st.tuples(st.sampled_from([link, unlink, move_links_away]), codes),
    st.tuples(st.just(turn_links)),
)


def content(state, *besides):
    return {
        (part.name, key): {name: value for name, value in row.items() if name not in besides}
        for part, rows in state.rows.items()
        for key, row in rows.items()
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, min_size=3, max_size=10), st.data())
def test_each_moment_is_told_as_it_was_and_any_comes_back(db, done, data):
    with transaction.atomic():
        make_article("The other")
        article = make_article("First", about=["tr"], tags=["Energy"], body="<p>First.</p>")
        held = {}
        for deed, *arguments in done:
            deed(article, *arguments)
            held[Change.objects.newest_first().first().pk] = content(present(article), *COUNTERS)
        assert {at: content(state_at(article, at), *COUNTERS) for at in held} == held
        at = data.draw(st.sampled_from(sorted(held)))
        outcome = restore(article, at)
        back, wanted = (content(state, *COUNTERS) for state in (present(article), state_at(article, at)))
        assert back == wanted or outcome.left_out
        transaction.set_rollback(True)
