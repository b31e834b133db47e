"""Agreements from foreign registers: mappings, reports, names asked about once, parties from titles."""

import csv

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entities.models import Agreement, AgreementParty, Name, Organisation, SavedMapping, UnknownName
from history.models import Change
from tests.entities.exchange import jsonl, run, table

pytestmark = pytest.mark.django_db
HEADINGS = ("Name of treaty", "Signature date", "Entry into force", "Contracting parties", "Nr")
ROWS = (
    ("Treaty of friendship", "25/12/1990", "n/a", "KAZAKHSTAN ; TURKEY", "1"),
    ("Agreement on trade", "03/06/1991", "01/01/1992", "Buglaria ; TURKEY ; Turkey", "2"),
    ("Protocol", "31/02/1992", "", "TURKEY", "3"),
)
MAP = [
    f"--map={ours}={theirs}"
    for ours, theirs in zip(("title", "signed", "in_force", "parties"), HEADINGS[:4], strict=True)
]


def parties(title):
    return sorted(str(party.record) for party in Agreement.objects.get(title=title).parties.all())


def test_every_row_is_counted_and_what_is_left_out_is_told_with_line_column_and_value(tmp_path):
    lines = run("import_agreements", table(tmp_path, HEADINGS, *ROWS), *MAP, f"--report={tmp_path / 'r.csv'}")
    assert lines[-1] == "imported 2 (2 new, 0 updated), unchanged 0, skipped 0, refused 1"
    assert "note: dates in Signature date: day first (2 dates say so)" in lines
    with (tmp_path / "r.csv").open() as file:
        refused = [row for row in csv.DictReader(file) if row["outcome"] == "refused"]
    assert refused == [
        {
            "line": "4",
            "outcome": "refused",
            "column": "Signature date",
            "value": "31/02/1992",
            "reason": "signed (Signature date): “1992-02-31” names a day that its month does not have",
        }
    ]


def test_the_same_file_again_writes_nothing(tmp_path):
    path = table(tmp_path, HEADINGS, *ROWS)
    run("import_agreements", path, *MAP)
    changes = Change.objects.exclude(table_name="entities_unknownname").count()
    assert run("import_agreements", path, *MAP)[-1].startswith("imported 0 (0 new, 0 updated), unchanged 2")
    assert Change.objects.exclude(table_name="entities_unknownname").count() == changes


def test_a_mapping_is_kept_by_its_name(tmp_path):
    path = table(tmp_path, HEADINGS, *ROWS)
    run("import_agreements", path, *MAP, "--mapping", "ministry")
    assert SavedMapping.objects.get().name == "ministry"
    lines = run("import_agreements", path, "--mapping", "ministry")
    assert lines[-1].startswith("imported 0 (0 new, 0 updated), unchanged 2")


def test_a_file_with_foreign_columns_gets_a_proposal_and_is_not_read_without_a_word(tmp_path):
    path = table(tmp_path, HEADINGS, *ROWS)
    with pytest.raises(CommandError) as error:
        run("import_agreements", path)
    for pair in (
        "title=Name of treaty",
        "signed=Signature date",
        "in_force=Entry into force",
        "parties=Contracting parties",
    ):
        assert f'--map "{pair}"' in str(error.value)
    assert not Agreement.objects.exists()
    assert run("import_agreements", path, "--proposed")[-1].startswith("imported 2")


def test_a_name_not_known_is_asked_about_once_and_its_answer_is_remembered(tmp_path):
    path = table(tmp_path, HEADINGS, *ROWS)
    lines = run("import_agreements", path, *MAP, f"--unknown={tmp_path / 'unknown.csv'}")
    assert "note: parties: “Buglaria” is not known, 1 times; perhaps Bulgaria?" in lines
    assert parties("Agreement on trade") == ["Türkiye"]
    with (tmp_path / "unknown.csv").open() as file:
        assert list(csv.reader(file)) == [
            ["name", "times", "perhaps", "answer"],
            ["Buglaria", "1", "Bulgaria", ""],
        ]
    answers = table(tmp_path, ("name", "answer"), ("Buglaria", "bg"), name="answers.csv")
    assert run("import_agreements", path, *MAP, f"--answers={answers}")[-1].startswith(
        "imported 1 (0 new, 1 updated)"
    )
    assert parties("Agreement on trade") == ["Bulgaria", "Türkiye"]
    assert UnknownName.objects.get().country.code == "bg"


def test_an_answer_may_be_that_it_is_no_party(tmp_path):
    answers = table(
        tmp_path, ("name", "answer"), ("Buglaria", "none"), ("Nowhere", "Atlantis"), name="answers.csv"
    )
    lines = run("import_agreements", table(tmp_path, HEADINGS, *ROWS), *MAP, f"--answers={answers}")
    assert any("line 3: answer: “Atlantis” is no country or organisation" in line for line in lines)
    assert not any("Buglaria” is not known" in line for line in lines)


def test_without_a_column_of_parties_they_are_read_from_the_title_unconfirmed(tmp_path):
    rows = [
        {
            "title": "Agreement on fisheries between New Zealand and the Soviet Union concerning squid",
            "signed": "1978",
        },
        {"title": "Canada Portugal", "signed": "1954-05-28"},
        {"title": "Convention on the law of the sea near Cuba", "signed": "1982"},
    ]
    run("import_agreements", jsonl(tmp_path, *rows))
    assert AgreementParty.objects.filter(is_from_title=True).count() == 4
    assert parties(rows[0]["title"]) == ["New Zealand", "Soviet Union"]
    assert parties("Canada Portugal") == ["Canada", "Portugal"]
    assert parties(rows[2]["title"]) == []


def test_a_row_that_comes_twice_is_one_and_one_that_differs_is_skipped(tmp_path):
    row = {"title": "Treaty", "signed": "1992", "parties": ["tr", "kz"]}
    lines = run("import_agreements", jsonl(tmp_path, row, row, {**row, "in_force": "1993"}))
    assert "line 3: skipped: line 1 is about the same agreement and differs in in_force" in lines
    assert lines[-1] == "imported 1 (1 new, 0 updated), unchanged 1, skipped 1, refused 0"


def test_a_row_that_the_database_refuses_costs_its_neighbours_nothing(tmp_path):
    rows = [{"title": f"Treaty {number}", "parties": ["tr", "kz"], "place": "Bursa"} for number in range(9)]
    rows[4]["slug"] = "feed"  # reserved, and made free by the importer
    rows[5]["title"] = "\u202e"
    assert run("import_agreements", jsonl(tmp_path, *rows))[-1] == (
        "imported 8 (8 new, 0 updated), unchanged 0, skipped 0, refused 1"
    )


def test_statements_do_not_grow_with_the_rows_of_a_group(tmp_path):
    counts = []
    for number in (20, 120):
        rows = [
            {
                "title": f"Treaty {n} of {number}",
                "register": "R",
                "reference": f"{number}-{n}",
                "parties": "France; Japan",
                "subject": ["Trade"],
            }
            for n in range(number)
        ]
        with CaptureQueriesContext(connection) as queries:
            run("import_agreements", jsonl(tmp_path, *rows))
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_many_agreements_of_one_title_get_addresses_of_their_own(tmp_path):
    rows = [{"title": "Exchange of notes", "register": "R", "reference": str(number)} for number in range(30)]
    run("import_agreements", jsonl(tmp_path, *rows))
    slugs = set(Agreement.objects.values_list("slug", flat=True))
    assert slugs == {"exchange-of-notes", *(f"exchange-of-notes-{number}" for number in range(2, 31))}
    assert Name.objects.filter(agreement__isnull=False, is_main=True).count() == 30


def test_an_organisation_that_is_a_party_is_made_once(tmp_path):
    rows = [{"title": f"Loan {number}", "parties": "INTERNATIONAL HARBOUR BANK; Peru"} for number in range(3)]
    run("import_agreements", jsonl(tmp_path, *rows))
    assert Organisation.objects.get().name == "International Harbour Bank"


def test_nothing_is_kept_of_a_dry_run(tmp_path):
    lines = run("import_agreements", table(tmp_path, HEADINGS, *ROWS), *MAP, "--mapping=x", "--dry-run")
    assert lines[-1].startswith("dry run: imported 2")
    assert not (Agreement.objects.exists() or UnknownName.objects.exists() or SavedMapping.objects.exists())


def test_columns_are_proposed_from_headings_in_other_languages_and_from_what_stands_in_them(tmp_path):
    rows = (
        ("Номер", "Название договора", "Дата подписания", "Вступление в силу", "Стороны", "Место", "x"),
        (
            "1",
            "Договор о дружбе между Россией и Турцией",
            "16.03.1921",
            "22.07.1921",
            "РСФСР, Турция",
            "Москва",
            "",
        ),
        ("2", "Соглашение о торговле", "08.10.1937", "н/д", "СССР, Турция", "Анкара", ""),
    )
    path = table(tmp_path, *rows, delimiter=";", encoding="cp1251")
    lines = run("import_agreements", path, "--proposed")
    assert {"read as Windows-1251", "cells parted by ;"} <= set(lines)
    assert lines[-1] == "imported 2 (2 new, 0 updated), unchanged 0, skipped 0, refused 0"
    treaty = Agreement.objects.get(reference="1")
    assert (str(treaty.signed), treaty.place, treaty.register, treaty.kind) == (
        "1921-03-16",
        "Москва",
        "rows",
        "treaty",
    )
    assert sorted(party.country.code for party in treaty.parties.all()) == ["rsfsr", "tr"]
