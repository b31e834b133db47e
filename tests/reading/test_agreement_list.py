"""The register of agreements as a list: facets, order, pages."""

from itertools import combinations
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from entities.models import Organisation, PublishedAgreement
from reading.agreement_filters import SORTS
from reading.agreementlist import AgreementList
from tests.factories import make_agreement, make_name, make_organisation

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str) -> list[str]:
    return [row.agreement.title for row in client.get(f"/agreements/?{query}").context["list"].rows]


@pytest.fixture
def some() -> Organisation:
    bank = make_organisation("Export Bank", slug="export-bank", public=True)
    make_agreement(
        "Loan", parties=["tr", bank], kind="contract", signed="2001", register="Loans & credits", public=True
    )
    make_agreement("Air services", parties=["kz", "tr"], signed="1994-04", in_force="1995", public=True)
    many = make_agreement(
        "Convention", parties=["kz", "ru", "tr"], kind="treaty", signed="1989/1991", public=True
    )
    many.subjects.set(["energy", "trade"])
    stated = make_agreement(
        "Accord", parties=["ru"], sides="bilateral", ended="1999", register="Old series", public=True
    )
    stated.subjects.set(["trade"])
    make_name(stated, "Соглашение", language="ru")
    make_agreement("Undated", public=True)
    return bank


def test_agreements_are_filtered_by_organisation_sides_and_register(
    client: Client, some: Organisation
) -> None:
    assert titles(client, f"organisation={some.slug}") == ["Loan"]
    assert titles(client, "sides=bilateral") == ["Loan", "Air services", "Accord"]
    assert titles(client, "sides=multilateral") == ["Convention"]
    assert titles(client, "register=Loans+%26+credits") == ["Loan"]
    assert titles(client, "q=соглаш") == ["Accord"]


def test_the_order_stands_in_the_address_and_stays_under_further_conditions(
    client: Client, some: Organisation
) -> None:
    assert titles(client, "sort=oldest")[:2] == ["Convention", "Air services"]
    assert titles(client, "sort=title") == ["Accord", "Air services", "Convention", "Loan", "Undated"]
    assert titles(client, "sort=title-desc") == titles(client, "sort=title")[::-1]
    found = client.get("/agreements/?sort=title&country=tr").context["list"]
    assert [option.url for option in found.sorts if option.is_chosen] == [
        "/agreements/?country=tr&sort=title"
    ]
    assert all("sort=title" in option.url for facet in found.facets for option in facet.options)
    assert [chip.url for chip in found.chips] == ["/agreements/?sort=title"]


def test_an_order_that_is_none_is_said_and_left_out(client: Client, some: Organisation) -> None:
    found = client.get("/agreements/?sort=password").context["list"].filter
    assert (len(found.notices), found.sorted_by) == (1, "newest")


CONDITIONS = [
    *(("country", "tr"), ("organisation", "export-bank"), ("kind", "treaty"), ("sides", "bilateral")),
    *(("subject", "trade"), ("status", "unverified"), ("decade", "1990"), ("register", "Old series")),
    *(("on", "1996"), ("q", "a")),
]


def listed(address: str) -> AgreementList:
    return AgreementList(RequestFactory().get(address))


def combined(most: int) -> list[str]:
    some = [pairs for number in range(most + 1) for pairs in combinations(CONDITIONS, number)]
    return [f"/agreements/?{urlencode(pairs)}" for pairs in some]


def test_every_option_counts_the_rows_it_leads_to(some: Organisation) -> None:
    for address in combined(2):
        for facet in listed(address).facets:
            for option in facet.options:
                there = listed(option.url).total
                assert option.is_chosen or (address, option.label, option.count) == (
                    address,
                    option.label,
                    there,
                )


def test_the_total_is_the_number_of_rows(some: Organisation) -> None:
    for address in combined(3):
        found = listed(address)
        assert found.total == len(found.rows) == found.filter.qs.count(), address


def test_a_page_holds_its_share_of_the_whole_order() -> None:
    for number in range(120):
        date = [None, "1990", f"199{number % 9}-05"][number % 3]
        make_agreement(f"Agreement {number % 7}", signed=date, public=True)
    for sort, (_label, order) in SORTS.items():
        whole = list(order(PublishedAgreement.objects.all()).values_list("pk", flat=True))
        for page in (1, 2, 3):
            rows = listed(f"/agreements/?sort={sort}&page={page}").rows
            assert [row.agreement.pk for row in rows] == whole[50 * (page - 1) : 50 * page], (sort, page)


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def make_busy(bank: Organisation, rows: int) -> None:
    for number in range(rows):
        parties = ["tr", "kz", "ru"][: 1 + number % 3]
        agreement = make_agreement(
            "Accord", parties=[*parties, bank], register="Old series", signed="1994", public=True
        )
        agreement.subjects.set(["trade", f"matter {number}"])


def test_lists_ask_as_often_for_many_rows_as_for_few_under_any_conditions(
    client: Client, some: Organisation
) -> None:
    paths = [f"/agreements/?{urlencode(pairs)}" for pairs in combinations(CONDITIONS, 1)]
    make_busy(some, 3)
    few = {path: queries(client, path) for path in paths}
    make_busy(some, 60)
    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) <= 12
