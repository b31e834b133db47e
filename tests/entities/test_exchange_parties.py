"""Whom the cells of a register mean as parties: by name and by date, once each, and never by a guess."""

import pytest

from entities.exchange.parties import Parties
from entities.exchange.resolving import Countries
from entities.exchange.splitting import pieces, separators_of
from entities.models import Organisation
from entities.partial_dates import parse
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    parties = Parties(Countries())
    parties.prepare(["Sample Union", "Harbour Commission"])
    return parties


def read(parties, cell, on=None, marks=";"):
    found = parties.read(pieces(cell, marks), parse(on))
    return [party.name for party in found.parties], found.unknown


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("BARBADOS", "bb"),
        ("NETHERLANDS THE", "nl"),
        ("SOVIET UNION", "suhh"),
        ("KOREA REPUBLIC OF", "kr"),
        ("KOREA DEMOCRATIC PEOPLE'S REPUBLIC OF", "kp"),
        ("IRELAND, REPUBLIC OF", "ie"),
        ("GERMANY FEDERAL REPUBLIC", "de"),
        ("The Government of the Republic of Kazakhstan", "kz"),
        ("Falkland Islands (Islas Malvinas)", "fk"),
        ("Macedonia (FYROM)", "mk"),
        ("Queensland", "au"),
        ("LAND BERLIN", "de"),
        ("Турция", "tr"),
    ],
)
def test_a_country_is_known_however_a_list_writes_it(parties, name, code):
    assert read(parties, name) == ([code], [])


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Russia", "1925-05-01", "suhh"),
        ("Russia", "1900", "russian-empire"),
        ("Russia", "1995", "ru"),
        ("Turkey", "1878", "ottoman-empire"),
        ("Yugoslavia", "1925", "yucs"),
        ("Zaire", "2001", "cd"),
        ("Burma", "1995", "mm"),
    ],
)
def test_among_few_parties_a_name_means_the_state_of_that_day(parties, name, on, code):
    assert read(parties, f"{name}; Japan", on)[0] == [code, "jp"]


def test_among_many_a_state_may_have_joined_later(parties):
    names, _unknown = read(parties, "Croatia; France; Japan; Peru; Soviet Union", "1961")
    assert names == ["hr", "fr", "jp", "pe", "suhh"]


def test_a_party_named_twice_is_one(parties):
    assert read(parties, "BARBADOS;Barbados ; Japan") == (["bb", "jp"], [])


def test_a_misspelt_country_is_asked_about_and_not_guessed(parties):
    assert read(parties, "Buglaria; Croatia") == (["hr"], ["Buglaria"])
    assert parties.suggestion("Buglaria") == "Bulgaria"


def test_members_in_brackets_are_parties_as_members(parties):
    found = parties.read(pieces("ASEAN (Brunei Darussalam, Viet Nam), Japan", ","), None)
    assert [(party.name, party.capacity) for party in found.parties] == [
        ("Association of Southeast Asian Nations", ""),
        ("bn", "member of Association of Southeast Asian Nations"),
        ("vn", "member of Association of Southeast Asian Nations"),
        ("jp", ""),
    ]


def test_an_acronym_that_the_table_does_not_have_is_nobody(parties):
    make_organisation("Sample Union").names.create(text="SU", kind="acronym")
    assert read(parties, "SU; Japan") == (["jp"], ["SU"])


def test_a_name_that_can_only_be_an_organisations_becomes_one_when_it_is_written(parties):
    assert read(parties, "INTERNATIONAL HARBOUR COMMISSION")[0] == ["International Harbour Commission"]
    assert not Organisation.objects.exists()
    made = parties.organisation("International Harbour Commission")
    assert (made.kind, made.public) == ("commission", True)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["Ukraine, Uzbekistan", "Chile, Peru", "Korea, Republic of"], ["Ukraine", "Uzbekistan"]),
        (["IRELAND, REPUBLIC OF ; FRANCE", "CHINA"], ["IRELAND, REPUBLIC OF", "FRANCE"]),
        ([r"Serbia\r\n\r\n, Croatia\r\n"], ["Serbia", "Croatia"]),
        (["Japan|Peru"], ["Japan", "Peru"]),
    ],
)
def test_cells_are_parted_by_what_their_column_uses(cells, first):
    marks = separators_of(cells)
    assert [piece.text for piece in pieces(cells[0], marks)] == first
