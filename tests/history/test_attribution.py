import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from entities.models import Organisation
from history.attribution import attributed_to, recorded_batch
from history.middleware import AttributeChanges
from history.models import Batch, Change

from ..factories import make_organisation, make_user

pytestmark = pytest.mark.django_db


def author_of(record):
    return Change.objects.of(record).newest_first().first().who


def answer(user, method, view):
    request = getattr(RequestFactory(), method)("/")
    request.user = user
    return AttributeChanges(view)(request)


def test_a_request_that_writes_is_attributed_to_its_user():
    user, made = make_user(), []
    answer(user, "post", lambda request: made.append(make_organisation()) or HttpResponse())
    assert author_of(made[0]) == user


def test_the_next_request_of_the_connection_is_not_attributed_to_the_last_user():
    answer(make_user(), "post", lambda request: HttpResponse())
    assert author_of(make_organisation()) is None


def test_attribution_does_not_outlive_a_view_that_fails():
    def fail(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer(make_user(), "post", fail)
    assert author_of(make_organisation()) is None


def test_attribution_does_not_outlive_a_transaction_that_fails():
    with pytest.raises(IntegrityError), transaction.atomic(), attributed_to(make_user()):
        Organisation.objects.create(name="")
    assert author_of(make_organisation()) is None


def test_a_failed_statement_is_told_by_its_own_error_and_leaves_no_attribution():
    with pytest.raises(DataError), transaction.atomic(), attributed_to(make_user()):
        connection.cursor().execute("SELECT 1 / 0")
    assert author_of(make_organisation()) is None


def test_attribution_set_around_a_transaction_outlives_its_rollback():
    user = make_user()
    with attributed_to(user):
        with transaction.atomic():
            transaction.set_rollback(True)
        assert author_of(make_organisation()) == user


def test_reading_asks_neither_the_database_nor_the_session(django_assert_num_queries):
    class Untouchable:
        def __getattr__(self, name):
            raise AssertionError(f"the user was asked for {name}")

    with django_assert_num_queries(0):
        assert answer(Untouchable(), "get", lambda request: HttpResponse()).status_code == 200


def test_a_batch_within_a_request_keeps_the_user():
    user = make_user()
    with attributed_to(user), recorded_batch("import", "list.csv") as batch:
        organisation = make_organisation()
    change = Change.objects.of(organisation).get()
    assert (change.who, change.batch) == (user, batch)


def test_blocks_within_one_another_give_back_the_outer_user():
    outer, inner = make_user(), make_user()
    with attributed_to(outer):
        with attributed_to(inner):
            assert author_of(make_organisation()) == inner
        assert author_of(make_organisation()) == outer


def test_a_batch_that_fails_stays_open():
    with pytest.raises(ZeroDivisionError), recorded_batch("import", "list.csv"):
        raise ZeroDivisionError
    assert Batch.objects.unfinished().get().label == "list.csv"


def test_a_batch_keeps_its_counts():
    with recorded_batch("import", "list.csv") as batch:
        batch.finish(new=3, refused=1)
    assert Batch.objects.of_kind("import").get().counts == {"new": 3, "refused": 1}


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_within_a_request_takes_the_attribution_with_it():
    def lose_connection(request):
        connection.close()
        return HttpResponse()

    answer(make_user(), "post", lose_connection)
    assert author_of(make_organisation()) is None


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_cleared_is_closed():
    with attributed_to(make_user()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        end_session(pid)
    assert User.objects.count() == 1
    assert author_of(make_organisation()) is None


def end_session(pid):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()


@pytest.mark.django_db(transaction=True)
def test_a_commit_within_the_block_keeps_the_attribution():
    user = make_user()
    with attributed_to(user):
        with transaction.atomic():
            first = make_organisation()
        second = make_organisation()
    assert author_of(first) == author_of(second) == user
