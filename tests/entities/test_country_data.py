"""What the tables of countries promise to recognition, to the pages and to the importers."""

import re

import pytest

from entities.country_data import (
    KINDS,
    LANGUAGES,
    countries,
    lookalikes,
    name_entries,
    successions,
)
from entities.folding import folded
from entities.partial_dates import PartialDate

COUNTRIES = {row.code: row for row in countries()}
NAMES = name_entries()
FORMER_OF_ISO_3166_3 = (
    "aidj anhh bumm byaa cshh csxx ctki ddde dybj gehh hvbf nhvu nthh pchh pzpa rhzw skin suhh tptl vdvn "
    "ydye yucs zrcd"
)
NAMED_LIKE_THEIR_ADJECTIVE = {"li", "nz", "sb", "va"}  # "the New Zealand government"
WITHOUT_AN_ADJECTIVE = {"en": NAMED_LIKE_THEIR_ADJECTIVE, "ru": {"ck"}, "tr": set()}


def codes_of(text: str, language: str, *kinds: str) -> set[str]:
    key = folded(text)
    return {n.code for n in NAMES if n.key == key and n.language == language and n.kind in (kinds or KINDS)}


def test_there_are_250_present_countries_and_the_former_ones():
    present = [code for code, row in COUNTRIES.items() if row.kind != "former"]
    assert len(present) == 250
    assert all(re.fullmatch("[a-z]{2}", code) for code in present)
    assert set(FORMER_OF_ISO_3166_3.split()) <= COUNTRIES.keys()


def test_no_code_is_given_twice_and_every_code_may_stand_in_an_address():
    codes = [row.code for row in countries()]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not re.fullmatch("[a-z][a-z0-9-]{1,39}", code)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_to_show(language):
    assert [code for code, row in COUNTRIES.items() if not row.labels.get(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_show_the_same_name(language):
    shown = [folded(row.labels[language]) for row in COUNTRIES.values()]
    assert [name for name in set(shown) if shown.count(name) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_an_adjective(language):
    states = {code for code, row in COUNTRIES.items() if row.kind == "state"}
    described = {n.code for n in NAMES if n.language == language and n.kind == "adjective"}
    assert states - described == WITHOUT_AN_ADJECTIVE[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_but_city_states_has_a_capital(language):
    states = {code for code, row in COUNTRIES.items() if row.kind == "state"}
    seated = {n.code for n in NAMES if n.language == language and n.kind == "capital"}
    named_as_their_capital = {"dj", "gt", "kw", "lu", "mc", "pa", "sg", "sm", "va", "dz", "tn"}
    left_out = {"pw", "tk"} if language == "tr" else set()
    assert states - seated - named_as_their_capital - left_out == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_one_country_has_a_name_without_being_marked_ambiguous(language):
    owners = {}
    for name in NAMES:
        if name.language == language and not name.ambiguous:
            owners.setdefault(name.key, set()).add(name.code)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Korean", {"kr", "kp"}),
        ("Congolese", {"cd", "cg"}),
        ("Dominican", {"do", "dm"}),
        ("American", {"us"}),
        ("Indian", {"in"}),
    ],
)
def test_adjectives_of_two_meanings_are_marked(text, codes):
    marked = {n.code for n in NAMES if n.text == text and n.language == "en" and n.ambiguous}
    assert marked == codes


def test_georgia_is_the_country_unless_the_state_is_meant():
    georgia = {n.code: n.ambiguous for n in NAMES if n.text == "Georgia" and n.language == "en"}
    assert georgia == {"ge": False, "us": True}


def test_dates_of_existence_are_partial_dates_in_order():
    for row in COUNTRIES.values():
        first, last = (PartialDate(d) if d else None for d in (row.existence_from, row.existence_until))
        assert (last is not None) == (row.kind == "former"), row.code
        assert not (first and last) or first < last, row.code


def test_successions_refer_to_known_countries_and_say_why():
    for row in successions():
        assert {row.predecessor, row.successor} <= COUNTRIES.keys()
        assert row.basis.endswith("."), row
        assert COUNTRIES[row.predecessor].kind == "former"


def test_successions_never_come_back():
    after = {}
    for row in successions():
        after.setdefault(row.predecessor, set()).add(row.successor)

    def reached(code, path):
        assert code not in path, path
        for successor in after.get(code, ()):
            reached(successor, [*path, code])

    for code in after:
        reached(code, [])


def test_a_successor_does_not_end_before_its_predecessor_begins():
    for row in successions():
        first, later = COUNTRIES[row.predecessor], COUNTRIES[row.successor]
        if first.existence_from and later.existence_until:
            assert PartialDate(first.existence_from) < PartialDate(later.existence_until), row


def test_niger_and_nigeria_are_kept_apart():
    assert codes_of("Niger", "en") == {"ne"}
    assert codes_of("Nigerien", "en") == {"ne"}
    assert codes_of("Nigerian", "en") == {"ng"}
    assert codes_of("нигерский", "ru") == {"ne"}
    assert codes_of("нигерийский", "ru") == {"ng"}
    assert codes_of("Nijerli", "tr") == {"ne"}


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("tr", "en", "Republic of Turkey"),
        ("tr", "en", "Turkey"),
        ("tr", "ru", "Турецкая Республика"),
        ("tr", "tr", "Türkiye Cumhuriyeti"),
        ("ru", "en", "Russian Federation"),
        ("ru", "ru", "РФ"),
        ("us", "en", "U.S."),
        ("us", "ru", "США"),
        ("us", "tr", "ABD"),
        ("gb", "en", "UK"),
        ("gb", "tr", "İngiltere"),
        ("cn", "en", "PRC"),
        ("cn", "ru", "КНР"),
        ("cn", "tr", "ÇHC"),
        ("kp", "en", "DPRK"),
        ("kp", "ru", "КНДР"),
        ("ae", "ru", "ОАЭ"),
        ("ae", "tr", "BAE"),
        ("kz", "tr", "Kazakistanlı"),
        ("ru", "ru", "россиянин"),
        ("de", "en", "West Germany"),
        ("ir", "en", "Persia"),
        ("suhh", "tr", "SSCB"),
        ("ru", "en", "Tatarstan"),
        ("de", "ru", "Бавария"),
    ],
)
def test_a_country_is_known_by(code, language, text):
    assert code in codes_of(text, language)


@pytest.mark.parametrize(
    ("text", "code"),
    [("турецко-", "tr"), ("российско-", "ru"), ("казахстанско-", "kz"), ("советско-", "suhh")],
)
def test_russian_compounds_have_their_first_part(text, code):
    assert codes_of(text, "ru", "prefix") == {code}


def test_a_phrase_that_means_no_country_is_no_name_of_one():
    known = {(n.language, n.key) for n in NAMES}
    assert [row.text for row in lookalikes() if (row.language, folded(row.text)) in known] == []


def test_names_are_written_cleanly():
    assert [n for n in NAMES if n.text != n.text.strip() or "  " in n.text or n.kind not in KINDS] == []
    assert len(NAMES) == len({(n.code, n.language, n.key) for n in NAMES})


def test_every_mark_of_ambiguity_marks_a_name():
    from entities.country_data import _marked_ambiguous

    marked = {(n.language, n.key, n.code) for n in NAMES if n.ambiguous}
    assert _marked_ambiguous() - marked == set()


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_names_are_in_the_letters_of_their_language(language):
    latin = re.compile("[A-Za-z]")
    cyrillic = re.compile("[А-Яа-я]")
    wrong = latin if language == "ru" else cyrillic
    assert [n for n in NAMES if n.language == language and wrong.search(n.text)] == []
