"""Files of every kind are read, or refused in words; what was found out about them is said."""

import datetime
import io
import json
import zipfile

import openpyxl
import pytest

from entities.exchange.encodings import decoded
from entities.exchange.row import UnreadableFile
from entities.exchange.rows import read_file
from tests.entities.exchange import table

RUSSIAN = "Название;Дата\nДоговор о дружбе между Россией и Турцией;1921\nСоглашение о сотрудничестве;1992\n"
TURKISH = "Başlık;Tarih\nTürkiye ile Kazakistan arasında dostluk anlaşması; İşbirliği; Çağrı; Şubat\n"
FRENCH = "Titre;Date\nMinistère des affaires étrangères;Gouvernement fédéral; Trésor; français\n"
POLISH = "Tytuł\nUmowa między Rządem Rzeczypospolitej Polskiej a Rządem; współpracy; Łódź; świętość\n"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        (RUSSIAN, "cp866", "CP866"),
        (RUSSIAN, "mac_cyrillic", "Mac Cyrillic"),
        (RUSSIAN, "utf-16", "UTF-16"),
        (RUSSIAN, "utf-16-le", "UTF-16-LE"),
        (RUSSIAN, "utf-8-sig", "UTF-8"),
        (TURKISH, "cp1254", "Windows-1254"),
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH, "mac_roman", "Mac Roman"),
        (POLISH, "cp1250", "Windows-1250"),
    ],
)
def test_an_encoding_is_told_by_the_letters(text, encoding, said):
    assert decoded(text.encode(encoding)) == (text, said)


def test_a_few_signs_of_mac_roman_are_enough(tmp_path):
    path = tmp_path / "trade.csv"
    path.write_bytes(
        b'title,source\r\nTreaty,"ARGENTINA\xd1BRAZIL. (1988).\xcaLegal,\xca27(4), 901\xd0921."\r\n'
    )
    file = read_file(path)
    assert file.rows[0].values["source"] == "ARGENTINA—BRAZIL. (1988).\u00a0Legal,\u00a027(4), 901–921."
    assert file.notes == ["read as Mac Roman"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_parts_all_rows_alike(tmp_path, delimiter):
    path = table(
        tmp_path, ("title", "parties"), ('A "b", c; d', "tr\nkz"), ("E", "f,g,h;i"), delimiter=delimiter
    )
    rows = read_file(path).rows
    assert [row.values for row in rows] == [
        {"title": 'A "b", c; d', "parties": "tr\nkz"},
        {"title": "E", "parties": "f,g,h;i"},
    ]
    assert [row.line for row in rows] == [2, 4]


def test_a_line_with_more_cells_than_names_is_a_fault_of_its_own(tmp_path):
    path = table(tmp_path, ("a", "b"), ("1", "2", "3"), ("4", "5", ""))
    assert [row.fault for row in read_file(path).rows] == ["3 cells, but the first line names 2 columns", ""]


def test_records_are_found_however_deep_a_json_file_wraps_them(tmp_path):
    path = tmp_path / "hits.json"
    records = [{"_id": "1", "_source": {"name": "A", "links": [{"value": "x"}]}}, {"_source": {"name": "B"}}]
    path.write_text(json.dumps({"took": 1, "hits": {"total": {"value": 2}, "hits": records}}))
    file = read_file(path)
    assert [row.values["name"] for row in file.rows] == ["A", "B"]
    assert file.notes == ["records found under hits → hits"]


def test_one_record_of_ours_is_no_wrapping(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"title": "Treaty", "parties": [{"party": "tr"}, {"party": "kz"}]}))
    assert [row.values["title"] for row in read_file(path, frozenset({"title"})).rows] == ["Treaty"]


def workbook(*rows: tuple, **more: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, value in more.items():
        sheet[cell] = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_is_read_as_its_cells_show_it(tmp_path):
    path = tmp_path / "book.xlsx"
    day = datetime.datetime(1994, 4, 1)
    path.write_bytes(workbook(("The treaties of 1994",), (), ("title", "signed", "no"), ("Treaty", day, 5.0)))
    [row] = read_file(path).rows
    assert (row.line, row.values) == (4, {"title": "Treaty", "signed": "1994-04-01", "no": "5"})


def test_a_formula_without_a_stored_result_is_a_fault(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(("title", "no"), ("Treaty", "=1+1")))
    assert "no: holds a formula" in read_file(path).rows[0].fault


def archive(name: str, content: bytes) -> bytes:
    data = io.BytesIO(workbook(("title", "signed"), ("A", "1990")))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"  \n", "the file is empty"),
        ("twice.csv", b"a,b,a\n1,2,3\n", "stands twice"),
        ("odd.json", b"[1, 2", "not JSON"),
        ("no.xlsx", b"PK\x03\x04 nonsense", "not a workbook"),
        ("empty.xlsx", workbook(), "no sheet has rows"),
        ("bomb.xlsx", archive("xl/bomb.bin", b"0" * 500_000_000), "unpacks to more than"),
        ("entities.xlsx", archive("xl/e.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "declares entities"),
        ("book.csv", workbook(("a", "b")), "under a wrong name"),
        ("notes.pdf", b"%PDF", "expected one of .csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=said):
        read_file(path)
