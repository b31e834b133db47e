import pytest
from django.urls import reverse

from articles.models import Article, Mention, Proposal
from jobs.models import Job
from jobs.worker import Worker
from tests.factories import make_article, make_mention, make_organisation, make_user

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def editor(client, db):
    client.force_login(make_user(), backend="accounts.backends.RoleBackend")
    return client


@pytest.fixture
def stories(db):
    """A published story with a proposal to judge, a draft without its evidence, and one to leave alone."""
    judged, lost = make_article("Talks in Lima", published=True), make_article("Talks in Quito")
    make_article("Talks in Bogota")
    Proposal.objects.create(article=judged, kind="organisation", value="Lima Works", score=0.5, version="1")
    mention = make_mention(lost, make_organisation("Quito Works"))
    Mention.objects.filter(pk=mention.pk).update(evidence_lost=True)
    return judged, lost


def test_the_list_shows_what_is_to_be_judged_and_what_has_lost_its_evidence(editor, stories):
    judged, lost = stories
    for chosen, story in (("to-judge", judged), ("lost", lost)):
        assert list(editor.get(LIST, {"links": chosen}).context["cl"].queryset) == [story]
    assert editor.get(LIST, {"links": "nonsense"}).status_code in (200, 302)


def test_the_desk_counts_them_and_leads_there(editor, stories):
    page = editor.get(reverse("admin:index")).text
    assert "1 published story with proposals to judge" in page
    assert f"{LIST}?links=lost" in page
    assert "1 article with lost evidence" in page


def test_words_for_lists_find_the_same(stories):
    judged, lost = stories
    assert list(Article.objects.to_judge()) == [judged]
    assert list(Article.objects.with_lost_evidence()) == [lost]


def test_a_record_s_names_are_looked_for_from_its_page(editor, django_capture_on_commit_callbacks):
    story = make_article(body="<p>The Zentrum Works opened a plant.</p>", published=True)
    works = make_organisation("Zentrum Works")
    address = reverse("admin:articles_look_for", args=["organisation", works.pk])
    assert address in editor.get(reverse("admin:entities_organisation_change", args=[works.pk])).text
    with django_capture_on_commit_callbacks(execute=True):
        onward = editor.post(address)
    job = Job.objects.get()
    assert (onward["Location"], job.owner.role) == (job.get_absolute_url(), "editor")
    worker = Worker()
    worker.work_off()
    worker.close()
    assert Proposal.objects.get().article == story
    page = editor.get(job.get_absolute_url()).text
    assert "<dt>New proposals</dt><dd>1</dd>" in page
    assert f"{LIST}?links=to-judge" in page


def test_pressing_twice_asks_once(editor):
    address = reverse("admin:articles_look_for", args=["organisation", make_organisation().pk])
    editor.post(address), editor.post(address)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("where", [("organisation", 999999), ("ship", 1)])
def test_a_record_that_is_not_there_is_not_looked_for(editor, where):
    assert editor.post(reverse("admin:articles_look_for", args=where)).status_code == 404


def test_a_contributor_is_not_offered_it(client, db):
    client.force_login(make_user("contributor"), backend="accounts.backends.RoleBackend")
    works = make_organisation("Zentrum Works")
    page = client.get(reverse("admin:entities_organisation_change", args=[works.pk]))
    assert "older stories" not in page.text
    address = reverse("admin:articles_look_for", args=["organisation", works.pk])
    assert client.post(address).status_code == 403
