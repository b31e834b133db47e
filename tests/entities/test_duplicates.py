"""What looks like one record is listed with the reason; what an editor called different never again."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entities.duplicates import duplicates_of
from entities.models import Agreement, Distinct, Organisation, Person, Source, Tag, TagSynonym

from ..factories import country, make_agreement, make_name, make_organisation, make_person, make_source

pytestmark = pytest.mark.django_db


def found(model):
    return [({str(pair.one), str(pair.other)}, pair.why) for pair in duplicates_of(model)]


def body(name, code="ru", **fields):
    return make_organisation(name, country=country(code) if code else None, **fields)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Kamaz Motors", "Камаз Моторс", "spelled"),
        ("Sergei Yakovlev Fund", "Sergey Iakovlev Fund", "spelled"),
        ("Meijo University", "Meio University", ""),
        ("Ashiya University", "Asia University", ""),
        ("University of Toulouse II", "University of Toulouse III", ""),
        ("Şişecam Holding", "Шишеджам Холдинг", ""),
        ("Bank of Moscow", "Moscow Bank", "words"),
        ("Black Sea Organization", "Black Sea Organisation", "near"),
        ("School Number 12", "School Number 13", ""),
        ("Ministry of Finance", "Ministry of Defence", ""),
        ("Eastern Shipping Company", "Western Shipping Company", ""),
    ],
)
def test_organisations_are_paired_by_their_names(one, other, why):
    body(one), body(other)
    assert found(Organisation) == ([({one, other}, why)] if why else [])


def test_a_shared_other_name_pairs_two_records_of_one_country():
    one, _other = body("Truck Works"), body("Kama Trucks")
    make_name(one, "Kama Trucks", kind="former")
    assert found(Organisation) == [({"Truck Works", "Kama Trucks"}, "name")]


def test_one_name_in_two_countries_is_no_pair():
    body("Ministry of Finance"), body("Ministry of Finance", "tr")
    assert found(Organisation) == []


def test_a_name_without_country_is_paired_only_where_one_record_bears_it():
    body("Ministry of Finance", None), body("Ministry of Finance")
    assert [why for _pair, why in found(Organisation)] == ["name"]
    body("Ministry of Finance", "tr")
    assert found(Organisation) == []


def test_what_an_editor_has_told_apart_is_no_pair():
    body("Truck Works", told_apart_by="in the north"), body("Truck Works", told_apart_by="in the south")
    assert found(Organisation) == []


def test_an_acronym_pairs_within_a_country_only():
    for name, code in (
        ("Federal Finance Office", "at"),
        ("Bundesamt der Finanzen", "at"),
        ("Bread Mill Fund", "tr"),
    ):
        make_name(body(name, code), "BMF", kind="acronym")
    assert found(Organisation) == [({"Federal Finance Office", "Bundesamt der Finanzen"}, "acronym")]


def test_people_are_paired_by_the_order_of_their_names_and_by_script_not_by_gender():
    for name in ("Ivan Petrov", "Petrov Ivan", "Иван Петров", "Ivan Petrova"):
        make_person(name, country=country("ru"))
    pairs = found(Person)
    assert ({"Ivan Petrov", "Petrov Ivan"}, "words") in pairs
    assert ({"Ivan Petrov", "Иван Петров"}, "spelled") in pairs
    assert all("Ivan Petrova" not in pair for pair, _why in pairs)


def pact(title, **fields):
    return make_agreement(title, parties=["ru", "tr"], signed="1994-04-01", **fields)


def test_agreements_are_paired_by_parties_day_and_title():
    pact("Treaty between Russia and Türkiye on Trade")
    pact("Treaty on Trade, Russia and Türkiye", register="B", reference="1")
    assert [why for _pair, why in found(Agreement)] == ["day"]


@pytest.mark.parametrize("other", ["Agreement on Culture", "Treaty on Sport"])
def test_other_agreements_of_the_same_day_are_no_pair(other):
    pact("Treaty on Trade"), pact(other)
    assert found(Agreement) == []


def test_two_references_of_one_register_are_two_agreements():
    for number in "12":
        pact("Exchange of Notes", register="A", reference=number)
    assert found(Agreement) == []


def test_an_agreement_without_a_date_is_paired_by_title_and_parties():
    pact("Treaty on Trade"), make_agreement("Treaty on Trade", parties=["tr", "ru"])
    assert [why for _pair, why in found(Agreement)] == ["undated"]


def test_tags_are_paired_by_number_and_spelling_and_synonym():
    one, *_rest = Tag.objects.named(["loan", "loans", "fishing", "fighting"])
    TagSynonym.objects.create(tag=one, text="x")
    TagSynonym.objects.update(text="loans", key="loans", tag=Tag.objects.get(key="fishing"))
    assert found(Tag) == [({"fishing", "loans"}, "synonym"), ({"loan", "loans"}, "near")]


def test_sources_are_paired_by_address_and_by_spelling():
    (
        make_source("Works Press", website="https://www.works.example/"),
        make_source("Trucks", website="http://works.example/en"),
    )
    make_source("Вестник"), make_source("Vestnik")
    (
        make_source("A page", website="https://host.example/a"),
        make_source("Another", website="https://host.example/b"),
    )
    assert sorted(why for _pair, why in found(Source)) == ["spelled", "website"]


def test_a_pair_called_different_is_never_listed_again():
    one, other = body("Bank of Moscow"), body("Moscow Bank")
    Distinct.objects.say("organisation", other.pk, one.pk)
    assert found(Organisation) == []


@pytest.mark.parametrize("model", [Organisation, Person, Agreement, Tag, Source])
def test_many_pairs_take_as_many_queries_as_few(model):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            [(pair.one_about, pair.reason) for pair in duplicates_of(model)]
        return len(asked)

    fill(3)
    few = queries()
    fill(20)
    assert queries() == few <= 4


def fill(number):
    start = Organisation.objects.count()
    for n in map(str, range(start, start + number)):
        word = "".join("abcdefghij"[int(digit)] * 2 + "u" for digit in n) + "grad"
        for name in (f"Bank of {word}", f"{word} bank"):
            body(name), make_person(name, country=country("ru")), pact(f"Pact of {name}"), make_source(name)
            Tag.objects.named([word, f"{word}s"])


def test_the_command_prints_pairs_with_their_reason(capsys):
    body("Bank of Moscow"), body("Moscow Bank")
    call_command("duplicates", "organisation")
    printed = capsys.readouterr().out
    assert "the same words in another order" in printed and "organisations: 1" in printed
