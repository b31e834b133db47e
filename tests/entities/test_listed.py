"""The flat rows that lists of agreements are made from hold what the agreements hold, whoever writes."""

import pytest
from django.db import connection

from entities.models import Agreement, AgreementParty, PublishedAgreement, TaggedAgreement
from tests.factories import country, make_agreement, make_organisation

pytestmark = pytest.mark.django_db


def listed() -> set[tuple]:
    return {tuple(map(str, row)) for row in PublishedAgreement.objects.values_list()}


def sides(agreement: Agreement) -> str:
    return PublishedAgreement.objects.get(agreement=agreement).sides


def test_listed_agreements_are_the_public_ones_whatever_happens():
    """Every way of writing leaves the derived rows as a recomputation from nothing would make them."""
    hidden, seen = make_organisation(), make_organisation(public=True)
    some = [make_agreement(parties=["tr", "kz", hidden], public=True, signed="1994-04") for _ in range(4)]
    some[0].subjects.set(["energy"])
    some[1].parties.create(organisation=seen)
    type(hidden).objects.filter(pk=hidden.pk).release()
    type(seen).objects.filter(pk=seen.pk).update(public=False)
    AgreementParty.objects.filter(agreement=some[2], organisation=hidden).update(capacity="guarantor")
    AgreementParty.objects.filter(agreement=some[0], country=country("tr")).delete()
    TaggedAgreement.objects.filter(content_object=some[0]).update(content_object=some[1])
    Agreement.objects.filter(pk=some[3].pk).update(signed="1990/1992", ended="2001", kind="treaty")
    Agreement.objects.filter(pk=make_agreement(parties=["ru"], public=True).pk).delete()
    Agreement.objects.filter(pk=some[2].pk).update(public=False)
    kept = listed()
    PublishedAgreement.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT entente_list_agreements(array_agg(id)) FROM entities_agreement")
    assert kept == listed()
    published = Agreement.objects.published().values_list("pk", flat=True)
    assert set(PublishedAgreement.objects.values_list("pk", flat=True)) == set(published)


def test_two_parties_make_an_agreement_bilateral_and_more_multilateral():
    assert sides(make_agreement(parties=["tr", "kz"], public=True)) == "bilateral"
    assert sides(make_agreement(parties=["tr", "kz", "ru"], public=True)) == "multilateral"
    assert sides(make_agreement(parties=["tr"], public=True)) == ""


def test_what_the_register_says_of_the_sides_stands_above_counting():
    assert sides(make_agreement(parties=["tr", "kz", "ru"], sides="bilateral", public=True)) == "bilateral"
    assert sides(make_agreement(sides="multilateral", public=True)) == "multilateral"


def test_a_party_that_nobody_may_see_is_not_counted():
    agreement = make_agreement(parties=["tr", "kz", make_organisation()], public=True)
    assert sides(agreement) == "bilateral"


def test_a_party_counts_once_its_organisation_is_released():
    bank = make_organisation()
    agreement = make_agreement(parties=["tr", bank], public=True)
    assert sides(agreement) == ""
    type(bank).objects.filter(pk=bank.pk).release()
    assert sides(agreement) == "bilateral"


def test_an_agreement_that_is_no_longer_public_is_no_longer_listed():
    agreement = make_agreement(public=True)
    Agreement.objects.filter(pk=agreement.pk).update(public=False)
    assert not PublishedAgreement.objects.exists()
