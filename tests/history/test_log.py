"""Every path into a table leaves its line in the log."""

import pytest
from django.db import connection, transaction

from accounts.models import User
from articles.models import Article, Mention, TaggedArticle
from entities.models import Organisation
from history.attribution import attributed_to, recorded_batch
from history.models import Change

from ..factories import country, make_article, make_mention, make_organisation, make_source, make_user

pytestmark = pytest.mark.django_db


def newest(model):
    return Change.objects.to_table(model).newest_first().first()


def log_of(record):
    return [(line.operation, line.keys, line.rows) for line in Change.objects.of(record).order_by("pk")]


def execute(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_a_save_leaves_the_old_values_of_what_changed():
    article = make_article(title="Before", byline="Editor One")
    article.title = "After"
    article.save()
    assert log_of(article) == [
        ("I", [article.pk], None),
        (
            "U",
            [article.pk],
            [{"title": "Before", "key": "before", "revision": 1, "updated_at": newest_time(article)}],
        ),
    ]


def newest_time(record):
    return newest(type(record)).rows[0]["updated_at"]


def test_an_update_of_a_queryset_is_logged_row_by_row():
    one, two = make_article(byline="A"), make_article(byline="B")
    Article.objects.filter(pk__in=[one.pk, two.pk]).update(byline="C")
    change = newest(Article)
    assert change.keys == [one.pk, two.pk]
    assert [row["byline"] for row in change.rows] == ["A", "B"]


def test_raw_sql_is_logged():
    article = make_article(byline="A")
    execute("UPDATE articles_article SET byline = 'B' WHERE id = %s", article.pk)
    assert newest(Article).rows == [{"byline": "A", "revision": 1}]


def test_one_insert_of_many_rows_is_one_line_with_keys_and_no_values():
    before = Change.objects.to_table(Article).count()
    made = Article.objects.bulk_create(Article(title=f"Bulk {number}") for number in range(30))
    change = newest(Article)
    assert Change.objects.to_table(Article).count() == before + 1
    assert change.operation == "I" and change.rows is None
    assert change.keys == [article.pk for article in made]


def test_an_upsert_is_logged_as_what_it_did():
    make_source("Kept")
    execute(
        "INSERT INTO entities_source (name, key, website, rights, revision) VALUES"
        " ('New', 'new', '', 'link', 1), ('Kept', 'kept', 'https://kept.example', 'link', 1)"
        " ON CONFLICT (key) DO UPDATE SET website = excluded.website"
    )
    updated, inserted = Change.objects.filter(table_name="entities_source").order_by("pk")[1:]
    assert (inserted.operation, len(inserted.keys)) == ("I", 1)
    assert (updated.operation, updated.rows[0]["website"]) == ("U", "")


def test_a_delete_keeps_the_old_rows_whole():
    article = make_article(title="Gone", about=["tr"])
    key = article.pk
    article.delete()
    (row,) = newest(Mention).rows
    assert newest(Article).rows[0]["title"] == "Gone"
    assert (row["article_id"], row["country_id"], row["about"]) == (key, country("tr").pk, True)


def test_a_truncate_keeps_the_old_rows_whole():
    article = make_article(tags=["Energy"])
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("TRUNCATE articles_taggedarticle")
    change = newest(TaggedArticle)
    assert change.operation == "T"
    assert change.owners == [article.pk]


def test_a_delete_of_very_many_rows_is_cut_into_lines_of_500():
    Article.objects.bulk_create(Article(title=f"Bulk {number}") for number in range(1201))
    Article.objects.filter(title__startswith="Bulk")._raw_delete("default")
    lines = Change.objects.to_table(Article).filter(operation="D").order_by("pk")
    assert [len(line.rows) for line in lines] == [500, 500, 201]


def test_tags_and_links_are_logged_under_their_article():
    article = make_article(tags=["Energy"], about=["tr"])
    article.tags.clear()
    operations = Change.objects.of_rows_owned_by(TaggedArticle, article.pk).order_by("pk")
    assert [line.operation for line in operations] == ["I", "D"]
    assert Change.objects.of_rows_owned_by(Mention, article.pk).get().keys == [article.mentions.get().pk]


def test_a_write_that_changes_nothing_leaves_no_line():
    article = make_article()
    before = Change.objects.count()
    article.save()
    execute("UPDATE articles_article SET title = title WHERE id = %s", article.pk)
    assert Change.objects.count() == before


def test_generated_columns_are_not_stored():
    article = make_article()
    article.delete()
    assert {"title_search", "sort_date", "dated_earliest"}.isdisjoint(newest(Article).rows[0])


def test_no_digest_of_a_password_reaches_the_log():
    user = make_user()
    user.set_password("another long password")
    user.save()
    assert [operation for operation, _, _ in log_of(user)] == ["I"]
    user.delete()
    assert "password" not in newest(User).rows[0]


def test_signing_in_is_no_change_of_a_user():
    user = make_user()
    execute("UPDATE accounts_user SET last_login = now() WHERE id = %s", user.pk)
    assert [operation for operation, _, _ in log_of(user)] == ["I"]


def test_a_transaction_that_is_rolled_back_leaves_no_line():
    before = Change.objects.count()
    with transaction.atomic():
        make_organisation()
        transaction.set_rollback(True)
    assert Change.objects.count() == before


def test_every_table_of_the_register_is_under_the_log():
    derived = {
        "articles_publishedstory",
        "entities_publishedagreement",
        "entities_importedrow",
        "accounts_invitation",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname ~ '^(accounts|articles|entities)_' AND 4 > (SELECT count(*) FROM pg_trigger t"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = c.oid AND proname = 'entente_log_change')"
        )
        assert {name for (name,) in cursor.fetchall()} <= derived


def test_a_line_says_who_when_and_in_which_batch():
    user = make_user()
    with recorded_batch("import", "names.csv", who=user) as batch:
        organisation = make_organisation()
    change = Change.objects.of(organisation).get()
    assert (change.who, change.batch, change.operation) == (user, batch, "I")
    assert change in Change.objects.in_batch(batch) and change in Change.objects.by(user)
    assert batch.finished_at is not None


def test_changes_of_one_transaction_share_its_number_and_moment():
    with attributed_to(make_user()):
        article = make_article(about=["tr"])
    lines = Change.objects.in_transaction(Change.objects.of(article).first().transaction)
    assert {line.table_name for line in lines} >= {
        "articles_article",
        "articles_articletext",
        "articles_mention",
    }
    assert len({line.made_at for line in lines}) == 1


def test_a_link_that_moves_to_another_key_is_the_end_of_one_row_and_the_start_of_another():
    mention = make_mention(make_article(), country("tr"))
    execute("UPDATE articles_mention SET id = id + 100000 WHERE id = %s", mention.pk)
    ended, started = Change.objects.to_table(Mention).order_by("pk")[1:]
    assert (ended.operation, ended.keys) == ("D", [mention.pk])
    assert (started.operation, started.keys) == ("I", [mention.pk + 100000])


def test_deleting_a_user_leaves_the_log_as_it_was():
    user = make_user()
    with attributed_to(user):
        organisation = Organisation.objects.create(name="Outlives the user")
    pk = user.pk
    user.delete()
    assert Change.objects.of(organisation).get().who_id == pk
