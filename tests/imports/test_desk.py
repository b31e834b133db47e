"""An import on the desk, from the file to its undoing."""

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from entities.models import Agreement, Organisation, SavedMapping, Source, UnknownName
from history.models import Batch
from imports.models import Import, ImportFile, forget_files
from imports.running import start
from jobs.models import Job
from tests.factories import country, make_user

from .conftest import FILE


def page_of(editor, run):
    return editor.get(run.get_absolute_url(), follow=True)


# From a file to a mapping


def test_a_file_shows_how_it_was_read_and_what_its_columns_may_be(bring):
    page = bring()
    said = ["CSV, UTF-8, cells parted by semicolons", "month first", "2 dates say so", "Treaty of Alpha"]
    assert [words for words in said if words not in page.text] == []
    assert Import.objects.get().mapping["columns"] == {
        "title": "Treaty name",
        "signed": "Date of signature",
        "parties": "Signatories",
    }


def test_an_old_encoding_is_said(bring):
    bring("title;place\nTraité de Genève;Genève\n".encode("cp1252"))
    assert Import.objects.get().found["encoding"] == "Windows-1252"


def test_a_workbook_is_read(bring):
    book, data = openpyxl.Workbook(), io.BytesIO()
    for line in (["name", "country"], ["Truck Works", "ru"]):
        book.active.append(line)
    book.save(data)
    bring(data.getvalue(), "works.xlsx", "organisation")
    assert (Import.objects.get().found["format"], Import.objects.get().found["rows"]) == ("XLSX", 1)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("treaties.exe", "MZ", "is not read here; .csv"),
        ("treaties.csv", "", "The file is empty."),
        ("treaties.csv", "title,title\na,b\n", "a column name stands twice"),
        ("treaties.csv", "title\n", "no rows"),
        ("treaties.xlsx", "title\n", "treaties.xlsx"),
        ("treaties.json", "[{", "treaties.json"),
        ("treaties.csv", "ti\x00tle,b\na,b\n", "treaties.csv"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(bring, name, text, said):
    page = bring(text, name)
    assert (said in page.text, Import.objects.exists()) == (True, False)


def test_a_file_larger_than_the_site_takes_is_refused(bring, settings):
    settings.LARGEST_UPLOAD = 100
    assert "The file is too large" in bring().text
    assert not Import.objects.exists()


def test_without_a_file_the_desk_asks_for_one(editor, db):
    page = editor.post(reverse("admin:imports_import_add"), {"kind": "agreement"})
    assert "Choose a file." in page.text


def test_a_mapping_without_the_main_column_is_refused(bring, confirm):
    bring()
    page = confirm(Import.objects.get(), from_title="")
    assert "Every row needs this" in page.text
    assert not Import.objects.get().is_mapped


def test_a_mapping_kept_under_a_name_is_recognised_when_the_columns_come_again(bring, confirm):
    bring()
    confirm(Import.objects.get(), save_as="Atlantic treaties", from_place="=", always_place="Geneva")
    assert SavedMapping.objects.get().mapping["columns"]["place"] == {"constant": "Geneva"}
    page = bring()
    assert "the mapping “Atlantic treaties” fits them" in page.text
    assert Import.objects.first().mapping["columns"]["place"] == {"constant": "Geneva"}


def test_what_a_known_mapping_says_beyond_columns_is_kept(bring, confirm):
    columns = {"title": "Treaty name", "kind": {"from": "Signatories", "values": {}, "otherwise": "pact"}}
    SavedMapping.objects.create(kind="agreement", name="Odd", mapping={"columns": columns, "title": "Odd"})
    bring()
    confirm(Import.objects.get())
    assert Import.objects.get().mapping["columns"] == columns


def test_references_need_a_register_which_is_called_after_the_file(bring):
    bring("title,reference\nTreaty of Alpha,17\n", "Alpine register.csv")
    assert Import.objects.get().mapping["columns"]["register"] == {"constant": "Alpine register"}


def test_a_wordpress_export_is_read_for_articles_alone(bring):
    export = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">'
        "<channel><title>Works News</title><item><title>A visit</title><content:encoded>They came.</content:encoded>"
        "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>"
    )
    assert "is not read here" in bring(export, "blog.xml").text
    bring(export, "blog.xml", "article")
    run = Import.objects.get()
    assert (run.file_name, run.found["format"], run.found["rows"]) == ("blog.xml", "XML", 1)


# What would come of it


def test_the_first_rows_are_shown_as_they_would_become_and_nothing_is_saved(editor, run):
    page = page_of(editor, run).text
    assert [words in page for words in ("1992-05-13", "Russia; Türkiye", "“the day after”")] == [True] * 3
    assert [row["outcome"] for row in run.preview["rows"]] == ["new", "new", "refused"]
    assert (Agreement.objects.count(), Batch.objects.of_kind("import_agreement").exists()) == (0, False)


def test_a_preview_says_what_a_known_row_would_change(editor, run, press, bring, confirm):
    press("run", run)
    bring(FILE.replace("05/13/1992", "05/23/1992"))
    confirm(Import.objects.first())
    row = Import.objects.first().preview["rows"][0]
    assert row["outcome"] == "new"  # signed on another day it is another treaty
    bring(FILE.replace("Signatories", "Signatories;Place").replace("Turkey\n", "Turkey;Ankara\n"))
    confirm(Import.objects.first())
    assert Import.objects.first().preview["rows"][0]["outcome"] == "updated"


def test_the_whole_file_is_checked_in_the_background(editor, run, work_off):
    assert "The whole file is being checked" in page_of(editor, run).text
    work_off()
    run.refresh_from_db()
    assert run.checked["counts"] == {"new": 2, "updated": 0, "unchanged": 0, "skipped": 0, "refused": 1}
    assert (Agreement.objects.count(), run.has_file) == (0, True)


def test_a_name_not_known_is_asked_once_and_the_answer_is_used(editor, run, press):
    press("check", run)
    page = page_of(editor, run).text
    assert "1 name that the register does not know" in page
    press("names", run, **{"answer-0": "Greece"})
    assert UnknownName.objects.get(key="atlantis").country == country("gr")
    assert run.checked["names"] == []


def test_a_name_may_be_no_party(run, press):
    press("check", run)
    press("names", run, **{"nobody-0": "on"})
    unknown = UnknownName.objects.get(key="atlantis")
    assert (unknown.country, unknown.answered_at is None) == (None, False)


def test_an_answer_that_nobody_bears_is_given_back(run, press):
    press("check", run)
    page = press("names", run, **{"answer-0": "Lemuria"})
    assert "No country or organisation of the register has this name" in page.text
    assert 'value="Lemuria"' in page.text
    assert not UnknownName.objects.answered().exists()


# Bringing it in


def test_a_run_brings_the_rows_in_and_counts_all_that_were_read(editor, run, press):
    press("run", run)
    assert run.result["counts"] == {"new": 2, "updated": 0, "unchanged": 0, "skipped": 0, "refused": 1}
    assert (run.result["read"], Agreement.objects.count(), run.batch.counts["new"]) == (3, 2, 2)
    assert run.batch.who == run.owner
    assert "What came of it" in page_of(editor, run).text


def test_the_file_is_dropped_when_it_is_in(run, press):
    press("run", run)
    assert not ImportFile.objects.exists()


def test_the_same_file_again_changes_nothing(run, press, bring, confirm):
    press("run", run)
    bring()
    again = Import.objects.first()
    confirm(again)
    press("run", again)
    assert again.result["counts"] | {"refused": 0} == {
        "new": 0,
        "updated": 0,
        "unchanged": 2,
        "skipped": 0,
        "refused": 0,
    }


def test_a_run_that_was_killed_is_taken_up_in_the_same_batch_and_doubles_nothing(run, press):
    press("run", run)
    batch = run.batch
    ImportFile.objects.create(of=run, data=FILE.encode())
    Import.objects.update(result={}, report="")
    job = Job.objects.create(
        path=run.job.path, arguments=run.job.arguments, owner=run.owner, attempts=1, created_at=long_ago()
    )
    Import.objects.update(job=job)
    press("check", run)  # refused while the job waits; the worker takes it up
    assert (run.batch, Agreement.objects.count(), run.result["counts"]["unchanged"]) == (batch, 2, 2)
    assert "taken up again" in run.report


def test_what_was_stopped_and_undone_is_brought_in_as_a_new_batch(run, press):
    undone = Batch.objects.create(kind="import_agreement", undone=True)
    Import.objects.update(batch=undone)
    press("check", run)
    press("run", run)
    assert run.batch != undone
    assert (run.state, run.batch.undone) == ("done", False)


def long_ago():
    return timezone.now() - timedelta(hours=1)


def test_a_run_is_begun_once(run, press):
    user = run.owner
    press("check", run)
    assert start(run, user, dry=False) is not None
    assert start(run, user, dry=False) is None


def test_a_run_shows_how_far_it_is_and_can_be_left(editor, run):
    run.job.state, run.job.done, run.job.total, run.job.message = "running", 250, 1000, "new 249"
    run.job.arguments["dry"] = False
    run.job.save()
    page = page_of(editor, run).text
    assert 'max="1000" value="250"' in page
    assert [words in page for words in ("new 249", "Refresh", "data-follow")] == [True] * 3


def test_articles_are_published_only_when_that_is_asked_for(bring, confirm, press):
    Source.objects.create(name="Works Press", rights="full")
    row = {"title": "A visit", "text": "They came.", "published": "2001-02-03", "source": "Works Press"}
    row |= {"countries": ["ru", "tr"]}
    for publish in ("", "on"):
        bring(json.dumps([row]), "stories.json", "article")
        confirm(Import.objects.first(), **({"publish": "on"} if publish else {}))
        press("run", Import.objects.first())
        assert Article.objects.get().is_published == bool(publish)


# The report and the undoing


def test_the_report_is_a_table_of_what_was_refused(editor, run, press):
    press("run", run)
    response = editor.get(reverse("admin:imports_import_report", args=[run.pk]))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    refused = next(row for row in rows if row["outcome"] == "refused")
    assert [refused[name] for name in ("line", "column", "value")] == [
        "4",
        "Date of signature",
        "the day after",
    ]
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_no_cell_of_a_report_is_a_formula(editor, bring, confirm, press):
    bring("title,signed\nTreaty of Alpha,\"=cmd|' /C calc'!A0\"\n")
    run = Import.objects.get()
    confirm(run)
    press("run", run)
    text = editor.get(reverse("admin:imports_import_report", args=[run.pk])).content.decode("utf-8-sig")
    assert "'=cmd" in text
    assert all(
        not cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(text)) for cell in row
    )


def test_an_import_leads_to_its_undoing(editor, run, press):
    press("run", run)
    undo = reverse("admin:history_batch_undo", args=[run.batch.pk])
    assert undo in page_of(editor, run).text
    editor.post(undo)
    run.refresh_from_db()
    assert (Agreement.objects.count(), run.state) == (0, "undone")
    assert undo not in page_of(editor, run).text


def test_imports_are_listed_with_who_brought_them_and_what_came_of_it(editor, run, press):
    press("run", run)
    page = editor.get(reverse("admin:imports_import_changelist")).text
    assert [words in page for words in ("treaties.csv", run.owner.username, "new 2, refused 1")] == [True] * 3


def test_a_list_of_imports_costs_the_same_however_long(editor, run, press, django_assert_max_num_queries):
    press("run", run)
    for _number in range(5):
        Import.objects.create(kind="tag", file_name="tags.csv", owner=run.owner, batch=run.batch, job=run.job)
    with django_assert_max_num_queries(9):
        editor.get(reverse("admin:imports_import_changelist"))


# Who may, and what is kept


def test_a_contributor_brings_in_nothing_and_sees_no_import(client, run):
    client.force_login(make_user("contributor"), backend="accounts.backends.RoleBackend")
    report = reverse("admin:imports_import_report", args=[run.pk])
    addresses = [reverse("admin:imports_import_add"), run.get_absolute_url(), report]
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]
    assert "Import</a>" not in client.get(reverse("admin:index")).text


def test_another_editor_sees_an_import(client, run):
    client.force_login(make_user(), backend="accounts.backends.RoleBackend")
    assert "treaties.csv" in client.get(run.get_absolute_url()).text


def test_markup_in_a_file_stays_text(editor, bring, confirm):
    bring("title,<b>x</b>\n<script>alert(1)</script>,y\n", "<i>.csv")
    run = Import.objects.get()
    confirm(run)
    assert "<script>alert" not in page_of(editor, run).text


def test_a_file_that_nobody_brings_in_is_forgotten_after_some_days(run, work_off):
    work_off()
    forget_files()
    assert ImportFile.objects.exists()
    Import.objects.update(touched_at=timezone.now() - timedelta(days=8))
    forget_files()
    assert not ImportFile.objects.exists()


def test_an_import_whose_file_is_gone_says_so(editor, run, press):
    press("check", run)
    ImportFile.objects.all().delete()
    page = press("run", run)
    assert "The file is no longer here; bring it again." in page.text


def test_a_file_can_be_thrown_away(editor, run, work_off):
    work_off()
    editor.post(reverse("admin:imports_import_delete", args=[run.pk]), {"post": "yes"})
    assert not Import.objects.exists()
    assert not ImportFile.objects.exists()


def test_organisations_come_in_with_words_that_stand_for_every_row(bring, confirm, press):
    bring("Company\nTruck Works\nBus Works\n", "works.csv", "organisation")
    confirm(Import.objects.get(), from_name="+Company", from_kind="=", always_kind="company", from_country="")
    press("run", Import.objects.get())
    assert set(Organisation.objects.values_list("name", "kind")) == {
        ("Truck Works", "company"),
        ("Bus Works", "company"),
    }
