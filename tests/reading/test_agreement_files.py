"""Lists of agreements as CSV and JSON."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client

from entities.models import Agreement
from reading.data_dictionary import AGREEMENT_COLUMNS
from reading.export import DICTIONARY
from tests.factories import make_agreement, make_organisation

pytestmark = pytest.mark.django_db


def rows(client: Client, query: str, form: str) -> list[dict]:
    response = client.get(f"/agreements/?{query}&format={form}")
    assert response["Content-Disposition"] == f'attachment; filename="agreements.{form}"'
    text = response.getvalue().decode()
    return json.loads(text) if form == "json" else list(csv.DictReader(io.StringIO(text)))


def make_some() -> None:
    make_agreement("Old", parties=["tr", "kz"], signed="1990", kind="treaty", public=True)
    make_agreement("=HYPERLINK(1)", parties=["tr"], signed="1994-04", public=True)
    make_agreement("Bank", parties=["kz", make_organisation("Hidden Bank")], signed="2001", public=True)
    make_agreement("Hidden", parties=["tr"], signed="2002")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_has_exactly_the_rows_of_the_list_in_its_order(client: Client, form: str) -> None:
    make_some()
    for query in ("", "country=tr", "kind=treaty", "sort=title", "country=tr&decade=1990&sort=oldest", "q=x"):
        shown = [row.agreement.slug for row in client.get(f"/agreements/?{query}").context["list"].rows]
        assert [row["slug"] for row in rows(client, query, form)] == shown, query


def test_a_file_holds_more_than_a_page_shows(client: Client) -> None:
    for number in range(60):
        make_agreement(f"Agreement {number}", public=True)
    assert len(rows(client, "page=2", "json")) == 60


def test_no_cell_is_a_formula(client: Client) -> None:
    make_some()
    cells = [cell for row in rows(client, "", "csv") for cell in row.values()]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_nothing_hidden_is_in_a_file(client: Client) -> None:
    make_some()
    for form in ("csv", "json"):
        assert "Hidden" not in str(rows(client, "", form))


def test_a_file_is_read_back_as_it_is(client: Client, tmp_path) -> None:
    make_agreement("Treaty", parties=["kz", "tr"], signed="1990/1992", sides="multilateral", public=True)
    before = rows(client, "", "json")
    file = tmp_path / "agreements.json"
    file.write_text(json.dumps(before), encoding="utf-8")
    Agreement.objects.all().delete()
    call_command("import_agreements", str(file), stdout=io.StringIO())
    after = rows(client, "", "json")
    for row in (*before, *after):
        row.pop("slug")  # an address is never given twice
    assert after == before


def test_every_column_is_explained(client: Client) -> None:
    make_some()
    assert list(AGREEMENT_COLUMNS) == list(DICTIONARY["agreements"]) == list(rows(client, "", "csv")[0])
    response = client.get("/agreements/?format=csv")
    assert response["Link"] == '</about/data/>; rel="describedby"'
    html = client.get("/about/data/").content.decode()
    assert all(f"<code>{column}</code>" in html for column in AGREEMENT_COLUMNS)
