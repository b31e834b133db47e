import pytest
from django.db import connection, transaction

from entities.models import Name, Source
from history.watching import Watch
from tests.factories import country, make_name, make_source


@pytest.fixture
def watch(db):
    watch = Watch(["entities_name"])
    watch.has_changed()
    return watch


def test_the_first_look_finds_everything_new(db):
    assert Watch(["entities_name"]).has_changed()


def test_nothing_happened_is_nothing_changed(watch):
    assert not watch.has_changed()
    make_source()
    assert not watch.has_changed()


@pytest.mark.parametrize(
    "change",
    [
        lambda: make_name(country("tr"), "Anatolia"),
        lambda: Name.objects.bulk_create([Name(country=country("tr"), text="A b", key="a b")]),
        lambda: Name.objects.filter(country__code="tr").update(is_ambiguous=True),
        lambda: Name.objects.filter(country__code="tr", is_main=False).delete(),
        lambda: run("UPDATE entities_name SET text = text || '!' WHERE language = 'tr' AND NOT is_main"),
    ],
    ids=["create", "bulk", "update", "delete", "sql"],
)
def test_a_change_by_any_path_is_seen_once(watch, change):
    change()
    assert watch.has_changed()
    assert not watch.has_changed()


def test_a_second_change_in_the_same_transaction_is_seen(watch):
    make_name(country("tr"), "Anatolia")
    watch.has_changed()
    make_name(country("tr"), "Asia Minor")
    assert watch.has_changed()


def test_a_change_that_is_taken_back_is_a_change(watch):
    with transaction.atomic():
        make_name(country("tr"), "Anatolia")
        watch.has_changed()
        transaction.set_rollback(True)
    assert watch.has_changed()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_after_a_later_one_is_seen():
    early, late = make_source("Source A"), make_source("Source B")
    watch, other = Watch(["entities_source"]), connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN; UPDATE entities_source SET name = 'Early' WHERE id = %s", [early.pk])
        Source.objects.filter(pk=late.pk).update(name="Late")
        watch.has_changed()
        assert not watch.has_changed()
        cursor.execute("COMMIT")
        assert watch.has_changed()
    other.close()
    assert not watch.has_changed()


@pytest.mark.django_db(transaction=True)
def test_looking_again_and_again_never_looks_further_back_than_the_last_time():
    watch = Watch(["entities_source"])
    make_source()
    watch.has_changed()
    watch.has_changed()
    assert watch.known == set()


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
