"""The register knows all countries after ``migrate``, and loading again never undoes a person's work."""

import pytest
from django.apps import apps

from entities.country_data import countries, name_entries, successions
from entities.loading import load_countries, unload_countries
from entities.models import Country, Name, Succession
from history.models import Batch

pytestmark = pytest.mark.django_db
NOTHING = {"country": 0, "succession": 0, "name": 0}


def name_of(code: str, text: str, language: str = "en") -> Name:
    return Name.objects.get(country__code=code, text=text, language=language)


def test_migrate_alone_leaves_a_register_that_knows_all_countries():
    assert Country.objects.count() == len(list(countries()))
    assert Country.objects.present().count() == 250
    assert Succession.objects.count() == len(list(successions()))
    assert Name.objects.filter(country__isnull=False).count() == len(name_entries())


def test_what_was_loaded_is_what_the_tables_say():
    soviet_union = Country.objects.get(code="suhh")
    assert soviet_union.labels == {"en": "Soviet Union", "ru": "СССР", "tr": "Sovyetler Birliği"}
    assert (str(soviet_union.exists_from), str(soviet_union.exists_until)) == ("1922-12-30", "1991-12-26")
    assert "13 January 1992" in Succession.objects.get(predecessor=soviet_union, successor__code="ru").basis


def test_names_are_loaded_with_key_and_script():
    turk = name_of("tr", "турок", "ru")
    assert (turk.kind, turk.key, turk.script, turk.is_ambiguous) == ("demonym", "турок", "Cyrl", False)
    assert name_of("kr", "Korean").is_ambiguous


def test_loading_again_changes_nothing():
    batches = Batch.objects.count()
    assert load_countries() == NOTHING
    assert Batch.objects.count() == batches


def test_what_is_missing_since_the_tables_grew_is_added(monkeypatch):
    more = [*name_entries(), name_entries()[0].__class__("tr", "Toorkey", "en", "former", "toorkey")]
    monkeypatch.setattr("entities.loading.name_entries", lambda: more)
    assert load_countries() == {**NOTHING, "name": 1}
    assert name_of("tr", "Toorkey").kind == "former"


def test_a_name_that_the_tables_dropped_goes_unless_a_person_changed_it(monkeypatch):
    changed = name_of("tr", "Turkey")
    changed.is_ambiguous = True
    changed.save()
    fewer = [n for n in name_entries() if (n.code, n.text) not in {("tr", "Turkey"), ("tr", "Turk")}]
    monkeypatch.setattr("entities.loading.name_entries", lambda: fewer)
    load_countries()
    assert Name.objects.filter(country__code="tr", text="Turkey").exists()
    assert not Name.objects.filter(country__code="tr", text="Turk", language="en").exists()


def test_what_a_person_renamed_is_not_brought_back():
    renamed = name_of("tr", "Turk")
    renamed.text = "Turkman"
    renamed.save()
    assert load_countries() == NOTHING
    assert not Name.objects.filter(country__code="tr", text="Turk", language="en").exists()


def test_what_a_person_renamed_and_then_removed_is_not_brought_back():
    renamed = name_of("tr", "Turk")
    renamed.text = "Turkman"
    renamed.save()
    renamed.delete()
    assert load_countries() == NOTHING


def test_what_a_person_added_stays():
    turkey = Country.objects.get(code="tr")
    Name.objects.create(country=turkey, text="Asia Minor", language="en", kind="former")
    load_countries()
    assert name_of("tr", "Asia Minor").kind == "former"


def test_a_field_that_a_person_changed_is_kept_while_the_others_follow_the_tables(monkeypatch):
    turkey = Country.objects.get(code="tr")
    turkey.labels = {**turkey.labels, "en": "Turkey"}
    turkey.save()
    rows = list(countries())
    moved = [r if r.code != "tr" else r.__class__("tr", "territory", r.labels) for r in rows]
    monkeypatch.setattr("entities.loading.countries", lambda: moved)
    assert load_countries() == {**NOTHING, "country": 1}
    turkey.refresh_from_db()
    assert (turkey.labels["en"], turkey.kind, turkey.exists_from) == ("Turkey", "territory", None)


def test_a_country_that_a_person_removed_stays_away_with_its_names():
    Country.objects.get(code="confederate-states").delete()
    assert load_countries() == NOTHING
    assert not Name.objects.filter(text="Confederate States of America").exists()


def test_a_load_is_one_batch_of_the_change_log():
    batch = Batch.objects.of_kind("countries").get()
    assert batch.finished_at
    assert batch.counts["country"] == Country.objects.count()


def test_the_load_can_be_undone_and_done_again():
    before = Name.objects.filter(country__isnull=False).count()
    unload_countries(apps)
    assert not Country.objects.exists()
    load_countries()
    assert Name.objects.filter(country__isnull=False).count() == before
