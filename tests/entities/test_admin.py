"""The register on the desk: every list, form and autocomplete answers, in a fixed number of queries."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from entities.models import Agreement, AgreementParty, Country, Name, Organisation, Person, Source, Tag
from tests.factories import (
    country,
    make_agreement,
    make_name,
    make_organisation,
    make_person,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

MODELS = [Agreement, Country, Name, Organisation, Person, Source, Tag]


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


def at(model, page="changelist", *args):
    return reverse(f"admin:entities_{model._meta.model_name}_{page}", args=args)


def one_of_each(number):
    tr = country("tr")
    organisation = make_organisation(f"Body {number}", country=tr)
    person = make_person(f"Person {number}", country=tr)
    person.positions.create(title="Director", organisation=organisation)
    make_agreement(f"Pact {number}", signed="1994-04", parties=["tr", organisation]).subjects.add("trade")
    make_source(f"Paper {number}", country=tr)
    Tag.objects.named([f"tag {number}"])


def one(model):
    return Name.objects.filter(is_main=False).first() if model is Name else model.objects.first()


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_form_answers_without_asking_more_for_more(
    client, editor, model, django_assert_max_num_queries
):
    one_of_each(1)
    client.get(at(model))
    with django_assert_max_num_queries(12) as asked:
        assert client.get(at(model)).status_code == 200
        few = len(asked)
    for number in range(2, 6):
        one_of_each(number)
    with django_assert_max_num_queries(few):
        client.get(at(model))
    assert client.get(at(model, "add")).status_code == 200
    for page in ("change", "history", "delete"):
        assert client.get(at(model, page, one(model).pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_a_hostile_address_is_no_fault(client, editor, model):
    one_of_each(1)
    field = {Country: "code", Agreement: "title", Name: "text"}.get(model, "name")
    for query in (
        f"{field}__regex=(",
        f"{field}__exact=%00",
        "q=%00",
        "q=!!!",
        "updated_at__year=99999",
        "o=x",
    ):
        assert client.get(f"{at(model)}?{query}").status_code in (200, 302, 400)


def test_a_form_with_many_rows_asks_no_more_than_one_with_few(client, editor, django_assert_max_num_queries):
    pact = make_agreement("Pact", parties=["tr", "ru"])
    form = at(Agreement, "change", pact.pk)
    client.get(form)
    with django_assert_max_num_queries(15) as asked:
        client.get(form)
        few = len(asked)
    for code in ("kz", "az", "cn", "ge", "de"):
        pact.parties.create(country=country(code))
    with django_assert_max_num_queries(few):
        shown = client.get(form).content.decode()
    assert "Kazakhstan</option>" in shown


def test_records_are_found_by_any_of_their_names(client, editor):
    make_name(make_organisation("Sample Trucks"), "Örnek Kamyonları", language="tr")
    for words in ("sample", "ornek kamyon", "ÖRNEK"):
        response = client.get(at(Organisation), {"q": words})
        assert [record.name for record in response.context["cl"].result_list] == ["Sample Trucks"]


def test_autocomplete_finds_a_country_in_another_language(client, editor):
    query = {"app_label": "entities", "model_name": "organisation", "field_name": "country", "term": "турци"}
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert "Türkiye" in [result["text"] for result in found]


def test_releasing_gives_records_their_addresses(client, editor):
    record = make_organisation("Sample Trucks")
    client.post(at(Organisation), {"action": "release", "_selected_action": [record.pk]})
    record.refresh_from_db()
    assert (record.public, record.slug) == (True, "sample-trucks")


def organisation_form(record=None, **typed):
    names = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    values = {
        "name": "",
        "name_language": "en",
        "kind": "company",
        "country": "",
        "parent": "",
        "website": "",
    }
    return names | values | ({"revision": record.revision} if record else {}) | typed


def test_a_second_organisation_of_one_name_is_refused_with_a_sentence(client, editor):
    make_organisation("Sample Trucks", country=country("tr"))
    doubled = organisation_form(name="SAMPLE trucks", country=country("tr").pk)
    response = client.post(at(Organisation, "add"), doubled)
    assert "say what tells them apart" in response.content.decode()
    client.post(at(Organisation, "add"), doubled | {"told_apart_by": "of Bursa"})
    assert Organisation.objects.count() == 2


def test_a_second_source_of_one_name_is_refused_with_a_sentence(client, editor):
    make_source("Sample Gazette")
    response = client.post(at(Source, "add"), {"name": "sample gazette", "rights": "link", "website": ""})
    assert "There is already a record of this name." in response.content.decode()


def test_a_stale_form_is_refused_and_shown_as_a_difference(client, editor):
    record = make_organisation("Sample Trucks")
    Organisation.objects.filter(pk=record.pk).update(website="https://theirs.example/")
    mine = organisation_form(record, name="Sample Trucks", website="https://mine.example/")
    page = client.post(at(Organisation, "change", record.pk), mine).content.decode()
    assert "https://theirs.example/" in page
    assert 'value="https://mine.example/"' in page
    over = re.search(r'name="over" value="(\d+)"', page)[1]
    client.post(at(Organisation, "change", record.pk), mine | {"over": over})
    record.refresh_from_db()
    assert record.website == "https://mine.example/"


def test_a_used_record_is_not_deleted(client, editor):
    tr = country("tr")
    make_organisation("Sample Trucks", country=tr)
    client.post(at(Country, "delete", tr.pk), {"post": "yes"})
    assert Country.objects.filter(code="tr").exists()


def test_the_names_of_a_country_are_read_in_words_and_changed_one_by_one(client, editor):
    tr = country("tr")
    assert "турецкий" in client.get(at(Country, "change", tr.pk)).content.decode()
    listed = client.get(at(Name), {"country__id__exact": tr.pk, "q": "турец"})
    name = listed.context["cl"].result_list[0]
    assert client.get(at(Name, "change", name.pk)).status_code == 200
    client.post(at(Name, "delete", name.pk), {"post": "yes"})
    assert not Name.objects.filter(pk=name.pk).exists()


def test_a_main_name_is_changed_with_its_record_only(client, editor):
    main = make_organisation("Sample Trucks").names.get(is_main=True)
    assert client.post(at(Name, "delete", main.pk), {"post": "yes"}).status_code == 403
    assert client.post(at(Name, "change", main.pk), {"text": "Other"}).status_code == 403


def test_country_names_are_edited_without_touching_other_languages(client, editor):
    kz = country("kz")
    kz.labels["de"] = "Kasachstan"
    kz.save()
    form = {
        "label_en": "Kazakhstan (new)",
        "label_ru": "Казахстан",
        "label_tr": "",
        "code": "kz",
        "kind": "state",
        "revision": kz.revision,
    }
    form |= {
        f"{prefix}-{name}": 0
        for prefix in ("names", "successions_to")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    client.post(at(Country, "change", kz.pk), form)
    kz.refresh_from_db()
    assert (kz.labels["en"], kz.labels["de"], "tr" in kz.labels) == ("Kazakhstan (new)", "Kasachstan", False)


@pytest.mark.parametrize("model", MODELS)
def test_a_contributor_looks_and_does_not_touch(client, model):
    client.force_login(make_user("contributor"))
    one_of_each(1)
    record = one(model)
    assert client.get(at(model)).status_code == 200
    assert client.get(at(model, "add")).status_code == 403
    assert client.post(at(model, "change", record.pk), {"name": "x"}).status_code == 403
    assert client.post(at(model, "delete", record.pk), {"post": "yes"}).status_code == 403


def test_every_option_of_our_admins_is_one_that_django_knows():
    """A misspelt option is silent: Django ignores what it does not know."""
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in ("entities", "articles"):
            own = {name for name in vars(type(model_admin)) if not name.startswith("_")}
            data = {name for name in own if not callable(getattr(type(model_admin), name))}
            assert data - {"media", "can_restore"} <= set(dir(admin.ModelAdmin)), model


def test_parties_read_from_titles_are_listed_and_confirmed_in_bulk(client, editor):
    for number in range(3):
        make_agreement(f"Pact {number}", parties=["tr", "kz"])
    AgreementParty.objects.exclude(agreement__title="Pact 2").update(is_from_title=True)
    listed = Agreement.objects.with_unconfirmed_parties()
    assert list(
        client.get(at(Agreement), {"parties": "title"}).context["cl"].queryset.order_by("pk")
    ) == list(listed.order_by("pk"))
    chosen = {"action": "confirm_parties", "_selected_action": [one.pk for one in listed]}
    assert "4 parties are confirmed." in client.post(at(Agreement), chosen, follow=True).content.decode()
    assert not Agreement.objects.with_unconfirmed_parties().exists()
