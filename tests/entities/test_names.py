import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from entities.folding import folded
from entities.models import Address, AgreementRelation, Name, Organisation, Tag, TagSynonym
from entities.models.addresses import slug_of
from tests.factories import country, make_agreement, make_organisation, make_person

pytestmark = pytest.mark.django_db


@given(st.text())
def test_a_folded_key_folds_to_itself(text):
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TÜRKİYE", "türkiye"),
        ("ISPARTA", "ısparta"),
        ("Королёв", "КОРОЛЕВ"),
        ("Əliyev", "eliyev"),
        ("Ｆｕｌｌ", "full"),
        ("O’Neill", "O'Neill"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert folded(one) == folded(other)


def test_й_is_not_и():
    assert folded("Андрей") != folded("Андреи")


def test_every_record_has_its_own_name_in_the_one_table_of_names():
    organisation = make_organisation("Sample Works")
    organisation.name = "Sample Motor Works"
    organisation.save()
    assert organisation.names.get(is_main=True).key == "sample motor works"


def test_bulk_writes_keep_the_name_too():
    Organisation.objects.bulk_create([Organisation(name="One"), Organisation(name="Two")])
    assert Name.objects.filter(is_main=True, organisation__name__in=["One", "Two"]).count() == 2


def test_two_organisations_share_a_name_only_when_something_tells_them_apart():
    make_organisation("Ministry of Trade", country=country("tr"))
    make_organisation("Ministry of Trade", country=country("kz"))
    with pytest.raises(ValidationError, match="tell"):
        Organisation(name="MINISTRY OF TRADE", country=country("tr")).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation("Ministry of trade", country=country("tr"))
    assert make_organisation("Ministry of Trade", country=country("tr"), told_apart_by="until 2011").pk


def test_a_name_belongs_to_exactly_one_record():
    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.create(text="Somebody", person=make_person(), organisation=make_organisation())


@given(st.text(max_size=300))
def test_a_slug_is_never_empty_long_or_reserved(text):
    slug = slug_of(text)
    assert 0 < len(slug) <= 80
    assert slug not in {"feed", "feeds"}


def test_slugs_keep_the_letters_of_every_language():
    assert slug_of("Диалог: Россия — Турция") == "диалог-россия-турция"
    assert slug_of("Enerji Güvenliği") == "enerji-güvenliği"


def test_an_address_is_kept_for_ever_and_nobody_else_takes_it():
    first, second = (
        make_organisation("Sample", public=True),
        make_organisation("Sample", country=country("tr"), public=True),
    )
    first.take_address("sample-works")
    first.save()
    assert (first.slug, second.slug) == ("sample-works", "sample-2")
    assert Address.objects.record_of("organisation", "sample") == first.pk


def test_relations_of_one_type_never_go_round():
    a, b, c = (make_agreement() for _ in range(3))
    AgreementRelation.objects.create(source=a, kind="amends", target=b)
    AgreementRelation.objects.create(source=b, kind="amends", target=c)
    AgreementRelation.objects.create(source=c, kind="cites", target=a)
    with pytest.raises(IntegrityError, match="come back"), transaction.atomic():
        AgreementRelation.objects.create(source=c, kind="amends", target=a)


def test_one_tag_however_it_is_spelled():
    tags = Tag.objects.named(["Enerji", "ENERJİ", "enerji "])
    assert [tag.key for tag in tags] == ["enerji"]
    assert Tag.objects.get(key="enerji").slug == "enerji"


def test_a_synonym_leads_to_its_tag():
    [trade] = Tag.objects.named(["trade"])
    TagSynonym.objects.create(tag=trade, text="Ticaret")
    assert Tag.objects.named(["ticaret", "Trade"]) == [trade]


def test_a_tag_of_signs_alone_is_no_tag():
    assert Tag.objects.named(["!!!", "  "]) == []


def test_names_find_their_way_by_similarity():
    make_person("Kassym-Jomart Tokayev")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM entities_name WHERE person_id IS NOT NULL AND key %% %s",
            ["kasym jomart tokaev"],
        )
        assert cursor.fetchall() == [("Kassym-Jomart Tokayev",)]
