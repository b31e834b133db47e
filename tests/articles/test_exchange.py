import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article
from entities.models import Address, Agreement, ImportedRow, Organisation, Person, Source, Tag
from tests.factories import make_user

pytestmark = pytest.mark.django_db

STORY = {
    "title": "A delegation came to Bursa",
    "published": "2022-12-13",
    "language": "en",
    "summary": "A delegation spoke of suppliers.",
    "body": "<p>A delegation of Sample Works came to Türkiye. They spoke of trade.</p>",
    "source": "Sample Gazette",
    "source_url": "https://gazette.example/bursa",
    "countries": ["tr", "ru"],
    "primary_countries": ["tr"],
    "organisations": ["Sample Works"],
    "people": [],
    "tags": ["Trade"],
    "evidence": {"Sample Works": "A delegation of Sample Works came to Türkiye."},
}


def run(command, path, *options):
    out, err = StringIO(), StringIO()
    call_command(command, path, *options, stdout=out, stderr=err)
    return out.getvalue().splitlines()


def write(tmp_path, *rows, name="rows.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def test_a_story_is_brought_in_with_its_links_and_published(tmp_path):
    lines = run("import_articles", write(tmp_path, STORY), "--publish")
    assert lines[-1] == "imported 1 (1 new, 0 updated), unchanged 0, skipped 0, refused 0"
    article = Article.objects.published().get()
    assert {m.country.code: m.about for m in article.mentions.filter(country__isnull=False)} == {
        "tr": True,
        "ru": False,
    }
    mention = article.mentions.get(organisation__name="Sample Works")
    assert mention.quotes[0]["exact"] == "A delegation of Sample Works came to Türkiye."
    assert mention.organisation.public


def test_running_it_twice_changes_nothing(tmp_path):
    path = write(tmp_path, STORY)
    run("import_articles", path, "--publish")
    before = Article.objects.get().revision
    assert run("import_articles", path, "--publish")[-1].startswith(
        "imported 0 (0 new, 0 updated), unchanged 1"
    )
    assert Article.objects.get().revision == before


def test_a_dry_run_saves_nothing(tmp_path):
    assert run("import_articles", write(tmp_path, STORY), "--dry-run")[-1].startswith("dry run: imported 1")
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_a_field_that_an_editor_changed_is_kept_and_reported(tmp_path):
    run("import_articles", write(tmp_path, STORY))
    article = Article.objects.get()
    article.summary = "The editor's summary."
    article.save()
    lines = run(
        "import_articles", write(tmp_path, {**STORY, "title": "A delegation came", "summary": "Newer"})
    )
    article.refresh_from_db()
    assert (article.title, article.summary) == ("A delegation came", "The editor's summary.")
    assert "summary was changed by an editor and is kept" in lines[0]


def test_a_link_that_an_editor_took_away_stays_away(tmp_path):
    run("import_articles", write(tmp_path, STORY))
    Article.objects.get().mentions.filter(country__code="ru").delete()
    run("import_articles", write(tmp_path, {**STORY, "organisations": []}))
    article = Article.objects.get()
    assert [mention.country.code for mention in article.mentions.all()] == ["tr"]


def test_a_link_that_an_editor_confirmed_survives_the_file(tmp_path):
    run("import_articles", write(tmp_path, STORY))
    Article.objects.get().mentions.filter(organisation__isnull=False).update(confirmed_by=make_user())
    run("import_articles", write(tmp_path, {**STORY, "organisations": []}))
    assert Article.objects.get().mentions.filter(organisation__name="Sample Works").exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**STORY, "published": "2022-13-12"}, "published: “2022-13-12” is not a date"),
        ({**STORY, "title": ""}, "title: is empty"),
        ({**STORY, "countries": ["zz"]}, "countries: “zz” is no country"),
        (
            {**STORY, "source_url": "javascript:alert(1)"},
            "source_url: “javascript:alert(1)” is no web address",
        ),
        ({**STORY, "evidence": "x"}, "evidence:"),
        ({**STORY, "title": "a\x00b"}, "title: holds a NUL"),
        ({**STORY, "title": "x" * 501}, "at most 500"),
        ("{not json", "not JSON"),
        ("[1]", "not a JSON object"),
    ],
)
def test_a_bad_row_is_refused_with_line_and_reason_and_stops_nothing(tmp_path, row, reason):
    lines = run("import_articles", write(tmp_path, row, {**STORY, "source_url": "https://gazette.example/2"}))
    assert lines[0].startswith("line 1: refused: ")
    assert reason in lines[0]
    assert lines[-1].startswith("imported 1 (1 new, 0 updated), unchanged 0, skipped 0, refused 1")


def test_a_row_that_lacks_what_publishing_needs_becomes_a_draft_and_is_told(tmp_path):
    lines = run("import_articles", write(tmp_path, {**STORY, "source": ""}), "--publish")
    assert any("kept as a draft: " in line for line in lines)
    assert Article.objects.get().state == "draft"


def test_csv_lists_are_parted_by_semicolons(tmp_path):
    path = write(
        tmp_path,
        "title;published;countries;tags",
        '"Meeting";2020-05;"tr; ru";"energy; trade"',
        name="rows.csv",
    )
    run("import_articles", path)
    assert sorted(m.country.code for m in Article.objects.get().mentions.all()) == ["ru", "tr"]
    assert Tag.objects.count() == 2


def test_foreign_headers_are_mapped(tmp_path):
    path = write(tmp_path, {"Headline": "Meeting", "Land": ["tr"]})
    run("import_articles", path, "--map", "title=Headline", "--map", "countries=Land")
    assert Article.objects.get().title == "Meeting"


def test_a_name_that_fits_two_records_is_skipped_with_that_reason(tmp_path):
    rows = [{"name": "Ministry of Trade", "country": code} for code in ("tr", "kz")]
    run("import_organisations", write(tmp_path, *rows))
    lines = run(
        "import_organisations",
        write(tmp_path, {"name": "Ministry of trade", "website": "https://x.example/"}),
    )
    assert lines[0].startswith("line 1: skipped: “Ministry of trade” fits 2 records")


def test_people_come_with_their_positions(tmp_path):
    row = {
        "name": "Person One",
        "country": "tr",
        "positions": [{"title": "Director", "organisation": "Sample Works", "since": "1994-04"}],
    }
    run("import_people", write(tmp_path, row))
    position = Person.objects.get().positions.get()
    assert (position.title, position.organisation.name, str(position.since)) == (
        "Director",
        "Sample Works",
        "1994-04",
    )


def test_an_agreement_is_known_by_its_reference_else_by_title_date_and_parties(tmp_path):
    rows = [
        {"title": "Treaty", "signed": "1992", "parties": ["ru", "tr"]},
        {"title": "Treaty", "signed": "1992", "parties": ["tr", "kz"]},
        {"title": "Treaty A", "register": "Series", "reference": "1", "parties": ["tr"]},
        {"title": "Treaty", "signed": "1992", "parties": ["Turkey", "Russian Federation"]},
    ]
    assert run("import_agreements", write(tmp_path, *rows))[-1].startswith(
        "imported 3 (3 new, 0 updated), unchanged 1"
    )
    again = {"title": "Treaty B", "register": "Series", "reference": "1", "parties": ["tr"]}
    assert run("import_agreements", write(tmp_path, again))[-1].startswith("imported 1 (0 new, 1 updated)")
    assert Agreement.objects.filter(title="Treaty B", reference="1").count() == 1


REGISTER = {
    "sources": [
        {"name": "Sample Gazette", "rights": "full", "country": "tr", "website": "https://gazette.example/"}
    ],
    "tags": [{"name": "Trade", "synonyms": ["Ticaret"]}],
    "organisations": [
        {
            "name": "Sample Works",
            "country": "ru",
            "kind": "company",
            "aliases": ["SW", {"text": "Пример", "language": "ru"}],
        },
        {"name": "Sample Daughter", "parent": "Sample Works", "country": "ru"},
    ],
    "people": [
        {
            "name": "Person One",
            "country": "ru",
            "positions": [{"title": "Director", "organisation": "Sample Works"}],
        }
    ],
    "agreements": [
        {
            "title": "=Treaty",
            "signed": "1921-03-16",
            "kind": "treaty",
            "parties": ["rsfsr", "tr"],
            "subject": ["Trade"],
        },
        {
            "title": "Protocol",
            "kind": "protocol",
            "signed": "1994-04",
            "parties": ["ru", {"party": "Sample Works", "capacity": "contractor"}],
            "relations": [{"type": "amends", "to": "=Treaty"}],
        },
    ],
    "articles": [
        {**STORY, "agreements": ["=Treaty"], "people": ["Person One"]},
        {
            "title": "Без даты",
            "language": "ru",
            "date_missing": True,
            "source": "Sample Gazette",
            "countries": ["kz"],
        },
    ],
}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_is_exported_is_read_back_and_exported_the_same(tmp_path, form):
    for name, rows in REGISTER.items():
        run(f"import_{name}", write(tmp_path, *rows), *(["--publish"] if name == "articles" else []))
    first, second = tmp_path / "first", tmp_path / "second"
    run("export_register", first)
    for model in (Article, Agreement, Person, Organisation, Source, Tag):
        if model is Organisation:
            Organisation.objects.update(parent=None)
        for record in model.objects.all():
            if model is Article:
                record.mentions.all().delete()
            record.delete()
    Address.objects.all().delete()
    ImportedRow.objects.all().delete()
    for name in REGISTER:
        lines = run(
            f"import_{name}", first / f"{name}.{form}", *(["--publish"] if name == "articles" else [])
        )
        assert lines[-1].endswith("skipped 0, refused 0")
    run("export_register", second)
    for name in REGISTER:
        assert (first / f"{name}.json").read_text() == (second / f"{name}.json").read_text()


LIVE = (
    *(
        "=1+1",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("https://x.example")',
        "=IMPORTXML(A1)",
    ),
    *("'=1+1", "''=1+1", "\u00a0=1+1", "＝1+1", "＋1+1", "－2+3", "＠SUM(1)", '=DDE("cmd";"/C calc")'),
)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_no_cell_of_an_export_is_a_live_formula_and_all_come_back(tmp_path, form):
    titles = [f"{live} {number}" for number, live in enumerate(LIVE)]
    run("import_agreements", write(tmp_path, *[{"title": title, "place": title} for title in titles]))
    run("export_register", tmp_path / "out")
    with (tmp_path / "out/agreements.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(cell.startswith("'") for row in rows for cell in (row["title"], row["place"]))
    Agreement.objects.all().delete()
    ImportedRow.objects.all().delete()
    run("import_agreements", tmp_path / f"out/agreements.{form}")
    assert set(Agreement.objects.values_list("title", flat=True)) == {title.strip() for title in titles}


def test_only_the_public_register_is_exported(tmp_path):
    Organisation.objects.create(name="Secretmarker Works")
    run("import_articles", write(tmp_path, {**STORY, "title": "Secretmarker draft", "organisations": []}))
    run("export_register", tmp_path / "out")
    assert "secretmarker" not in "".join(path.read_text() for path in (tmp_path / "out").iterdir()).lower()
