import datetime

import pytest

from entities.models import Agreement
from entities.partial_dates import parse
from entities.status import Status, standing_of
from tests.factories import make_agreement

TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("dates", "status", "certain"),
    [
        ({"signed": "2027-03"}, "planned", True),
        ({"signed": "1994-04"}, "unverified", True),
        ({}, "unverified", True),
        ({"signed": "2020", "in_force": "2027"}, "signed", True),
        ({"signed": "2020", "in_force": "2021-05-01"}, "in_force", True),
        ({"signed": "2020", "in_force": "2026"}, "in_force", False),
        ({"in_force": "1990", "ended": "2001"}, "ended", True),
        ({"in_force": "1990", "ended": "2026"}, "ended", False),
        ({"in_force": "1990", "ended": "2030"}, "in_force", True),
    ],
)
def test_status_follows_from_the_dates_and_says_when_it_is_open(dates, status, certain):
    agreement = Agreement(title="An agreement", **dates)
    standing = agreement.standing(TODAY)
    assert (standing.status, standing.is_certain) == (Status(status), certain)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["treaty", "declaration"])
def test_the_query_by_status_finds_what_the_computed_status_says(kind):
    dates = [None, "1990", "2020-05", "2026", "2026-11-21", "2026-11-22", "2030"]
    for signed in dates:
        for in_force in dates:
            for ended in (None, "2001", "2026", "2040"):
                make_agreement(kind=kind, signed=signed, in_force=in_force, ended=ended)
    for status in Status:
        found = set(Agreement.objects.in_status(status, TODAY).values_list("pk", flat=True))
        assert found == {a.pk for a in Agreement.objects.all() if a.standing(TODAY).status == status}


def test_unknown_entry_into_force_is_told_with_the_last_check():
    standing = standing_of("treaty", parse("1992-05-25"), None, None, TODAY, datetime.date(2026, 11, 3))
    assert standing.status == Status.UNVERIFIED
    assert str(standing.reason) == "no entry into force recorded, last checked November 2026"


def test_a_declaration_is_signed_and_nothing_more():
    assert standing_of("declaration", parse("2004-12"), None, None, TODAY).status == Status.SIGNED


@pytest.mark.django_db
def test_the_register_as_it_stood_leaves_out_what_came_later():
    old, new = make_agreement(signed="1992-05"), make_agreement(signed="2004-12-06")
    undated = make_agreement()
    known = Agreement.objects.known_on(datetime.date(1992, 5, 10))
    assert set(known) == {old, undated}
    assert new not in known
