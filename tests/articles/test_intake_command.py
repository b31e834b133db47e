"""manage.py intake: a line or a JSON object for each document, errors beside, nothing half saved."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Article

pytestmark = pytest.mark.django_db
FIELDS = [
    *("input", "title", "published", "language", "source", "countries", "primary_countries"),
    *("organisations", "people", "agreements", "copies_of"),
]
TEXT = """Ministers meet in Lima
2024-05-06

Chile and Peru signed a memorandum of understanding on tuna on 3 May 2024. The Soviet Union once bought fish."""


def write(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def intake(*arguments: str) -> tuple[list[str], str, int]:
    """Lines printed, errors printed, exit status."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("intake", *arguments, stdout=out, stderr=err)
    except SystemExit as left:
        return out.getvalue().splitlines(), err.getvalue(), int(left.code or 0)
    return out.getvalue().splitlines(), err.getvalue(), 0


def test_a_document_prints_the_promised_object(tmp_path):
    [line], _, status = intake("--json", write(tmp_path, "a.txt", TEXT))
    row = json.loads(line)
    assert list(row) == FIELDS and status == 0
    assert (row["title"], row["published"], row["language"], row["source"]) == (
        "Ministers meet in Lima",
        "2024-05-06",
        "en",
        None,
    )


def test_former_states_stay_out_of_the_codes(tmp_path):
    row = json.loads(intake("--json", write(tmp_path, "a.txt", TEXT))[0][0])
    assert set(row["countries"]) == {"CL", "PE"} == set(row["primary_countries"])


def test_a_memorandum_prints_as_mou_with_its_parties_in_english(tmp_path):
    [agreement] = json.loads(intake("--json", write(tmp_path, "a.txt", TEXT))[0][0])["agreements"]
    assert (agreement["type"], agreement["date"], agreement["parties"]) == (
        "MoU",
        "2024-05-03",
        ["Chile", "Peru"],
    )
    assert (
        agreement["evidence"] == "Chile and Peru signed a memorandum of understanding on tuna on 3 May 2024."
    )


def test_kosovo_prints_as_xk(tmp_path):
    row = json.loads(
        intake(
            "--json",
            write(tmp_path, "a.txt", "Kosovo and Malta opened talks about their air links, officials said."),
        )[0][0]
    )
    assert "XK" in row["countries"]


def test_a_failed_input_is_told_and_the_others_go_on(tmp_path):
    lines, _, status = intake(
        "--json",
        write(tmp_path, "bad.txt", b""),
        write(tmp_path, "good.txt", TEXT),
        str(tmp_path / "none.txt"),
    )
    bad, good, none = map(json.loads, lines)
    assert (set(bad), set(none), status) == ({"input", "error"}, {"input", "error"}, 1)
    assert good["title"] and Article.objects.count() == 1


def test_an_address_is_refused_with_a_sentence():
    lines, errors, status = intake("https://times.example/a/1")
    assert (lines, status) == ([], 1) and "not fetched yet" in errors


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(999), bytes(range(256)) * 40, b"x" * 10_000_000]
)
def test_bad_input_saves_nothing(tmp_path, data):
    _, errors, status = intake(write(tmp_path, "bad.bin", data))
    assert status == 1 and errors.rstrip().endswith(".") and not Article.objects.exists()


def test_a_dry_run_saves_nothing(tmp_path):
    lines, _, _ = intake("--dry-run", write(tmp_path, "a.txt", TEXT))
    assert "not saved" in lines[0] and not Article.objects.exists()


def test_the_same_input_twice_is_one_draft(tmp_path):
    path = write(tmp_path, "a.txt", TEXT)
    assert intake(path, path)[0][0] == intake(path)[0][0]
    assert Article.objects.count() == 1


def test_a_copy_names_the_draft_it_repeats(tmp_path):
    intake(write(tmp_path, "a.txt", TEXT))
    head = "<head><title>Ministers meet in Lima</title><link rel='canonical' href='https://times.example/a'></head>"
    page = f"<html>{head}<body><article><p>{TEXT.splitlines()[3]}</p></article></body></html>"
    row = json.loads(intake("--json", write(tmp_path, "a.html", page))[0][0])
    assert row["copies_of"] == [f"draft:{Article.objects.order_by('pk').first().pk}"]


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert intake("-")[0][0].startswith("-: draft ")
