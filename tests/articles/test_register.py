import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.intake.register import matcher_for
from entities.models import Name
from tests.factories import country, make_name, make_organisation

ADDED = """
    INSERT INTO entities_name (organisation_id, text, key, language, script, kind, is_main, is_ambiguous)
    VALUES (%s, 'Zentrum Works', 'zentrum works', 'en', 'Latn', 'official', false, false)
"""


def targets(text: str, language: str = "en") -> set:
    return {match.entry.target for match in matcher_for(language).find(text, language)}


@pytest.mark.django_db(transaction=True)
def test_a_name_that_another_connection_commits_is_found_at_once():
    works, other = make_organisation("Truck Works"), connection.copy()
    assert targets("Truck Works and Zentrum Works") == {works.pk}
    bank = make_organisation("Savings Bank")
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(ADDED, [bank.pk])
        assert targets("Truck Works and Zentrum Works") == {works.pk}
        cursor.execute("COMMIT")
    other.close()
    assert targets("Truck Works and Zentrum Works") == {works.pk, bank.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru", "tr", "de", ""])
def test_a_renamed_record_is_found_by_its_new_name_only(language):
    works = make_organisation("Truck Works")
    assert targets("Truck Works", language) == {works.pk}
    works.name = "Wagon Works"
    works.save()
    assert targets("Truck Works. Wagon Works.", language) == {works.pk}
    assert len(matcher_for(language).find("Truck Works", language)) == 0


@pytest.mark.django_db
def test_a_country_that_gets_a_name_is_found_by_it():
    assert targets("Zyxland") == set()
    name = make_name(country("tr"), "Zyxland", language="en")
    assert targets("Zyxland") == {"tr"}
    Name.objects.filter(pk=name.pk).delete()
    assert targets("Zyxland") == set()


@pytest.mark.django_db
def test_names_of_a_language_are_found_in_its_texts_and_english_ones_everywhere():
    bank = make_organisation("Savings Bank")
    make_name(bank, "Сбережения", language="ru")
    assert targets("Savings Bank", "ru") == {bank.pk}
    assert targets("Сбережения", "ru") == {bank.pk}
    assert targets("Сбережения", "tr") == set()
    assert targets("Сбережения", "") == {bank.pk}


@pytest.mark.django_db
def test_a_matcher_that_is_current_costs_one_query():
    matcher_for("ru")
    with CaptureQueriesContext(connection) as queries:
        assert matcher_for("ru") is matcher_for("ru")
    assert len(queries) == 2


@pytest.mark.django_db
def test_a_new_organisation_does_not_read_the_countries_anew():
    matcher_for("ru")
    make_organisation("Savings Bank")
    with CaptureQueriesContext(connection) as queries:
        matcher_for("ru")
    assert not [
        query["sql"] for query in queries if "country_id" in query["sql"] and "NOT NULL" in query["sql"]
    ]


@pytest.mark.django_db
def test_many_languages_do_not_pile_up():
    for language in "az be de el es et fa fi fr he hy it ka kk ky lv pl uk uz zh".split():
        assert targets("Turkey", language) == {"tr"}
