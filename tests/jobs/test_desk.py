import pytest
from django.urls import reverse

from jobs.models import Job
from tests.factories import make_user

from .samples import make_sources


@pytest.fixture
def job(db):
    return Job.objects.create(
        path=make_sources.module_path, label="three of them", state="running", done=1200, total=4800
    )


@pytest.fixture
def editor(client, db):
    client.force_login(make_user(), backend="accounts.backends.RoleBackend")
    return client


def test_the_desk_lists_background_work_with_its_progress(editor, job):
    page = editor.get(reverse("admin:jobs_job_changelist"))
    assert [text in page.text for text in ("Make sources", "three of them", "1200 of 4800")] == [True] * 3


def test_a_running_job_is_followed(editor, job):
    page = editor.get(job.get_absolute_url())
    assert 'max="4800" value="1200"' in page.text
    assert "(25 %)" in page.text
    assert "data-follow" in page.text


def test_a_finished_job_shows_its_report_and_is_followed_no_more(editor, job):
    job.state, job.finished_at = "done", job.created_at
    job.report = {"counts": [("new", 17)], "lines": ["line 3: <b>refused</b>"]}
    job.save()
    page = editor.get(job.get_absolute_url()).text
    assert ("<dt>New</dt><dd>17</dd>" in page, "&lt;b&gt;refused" in page) == (True, True)
    assert "data-follow" not in page


def test_an_editor_stops_a_job(editor, job):
    editor.post(reverse("admin:jobs_job_stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "stopped"


def test_a_contributor_neither_sees_nor_stops_background_work(client, job):
    client.force_login(make_user("contributor"), backend="accounts.backends.RoleBackend")
    assert client.get(job.get_absolute_url()).status_code == 403
    assert client.post(reverse("admin:jobs_job_stop", args=[job.pk])).status_code == 403


def test_work_that_the_code_knows_no_more_is_still_listed(editor, db):
    Job.objects.create(path="gone.away.count_things")
    assert "count_things" in editor.get(reverse("admin:jobs_job_changelist")).text
