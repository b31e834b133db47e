"""Looking for new names in older stories: what is proposed, what is left alone, and how it goes on after a kill."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.intake import relinking
from articles.intake.older_stories import stories_with
from articles.models import Mention, Proposal
from articles.texts import set_body
from entities.models import Name
from history.models import Batch
from jobs.models import Job
from jobs.running import Interrupted
from tests.factories import country, make_article, make_mention, make_name, make_organisation, make_person

pytestmark = pytest.mark.django_db
BODY = "<p>A delegation came to Lima. The Zentrum Works opened a plant there, and Zentrum Works will build another.</p>"


def relink(*arguments: str) -> str:
    output = io.StringIO()
    call_command("relink", *arguments, stdout=output)
    return output.getvalue()


def make_story(body: str = BODY, **fields):
    return make_article(body=body, language=fields.pop("language", "en"), **fields)


def proposed() -> set[tuple[int, str]]:
    return set(Proposal.objects.open().values_list("article", "value"))


def test_a_new_name_is_proposed_in_the_older_stories_that_hold_it():
    story, _other = make_story(published=True), make_story("<p>Nothing of it in Lima.</p>")
    works = make_organisation("Zentrum Works")
    said = relink("--record", f"organisation:{works.pk}")
    proposal = Proposal.objects.get()
    assert (proposal.article, proposal.organisation, len(proposal.quotes)) == (story, works, 2)
    assert "articles with new proposals 1, new proposals 1" in said


def test_readers_see_no_difference(client):
    story = make_story(published=True)
    make_organisation("Zentrum Works")
    before = client.get(story.get_absolute_url())
    relink("--name", "zentrum works")
    after = client.get(story.get_absolute_url())
    assert Proposal.objects.count() == 1
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Miralnur", "tr", "Toplantıya Miralnur'un yöneticileri katıldı."),
        ("Göl Bankası", "tr", "Anlaşma Göl Bankasının merkezinde imzalandı."),
        ("Озёрный банк", "ru", "Об этом договорились с Озёрным банком."),
        ("Мирта Заводская", "ru", "Гостей встретила Мирта Заводская."),
        ("O’Lake & Sons", "en", "A plant of O'Lake & Sons was opened."),
        ("Lake-Side Works", "en", "A plant of Lake-Side Works was opened."),
        ("Lake Works", "de", "Heute wurde ein Werk der Lake Works eröffnet."),
    ],
)
def test_a_name_is_found_in_any_inflection(name, language, text):
    story = make_story(f"<p>{text}</p>", language=language)
    works = make_organisation("Something else")
    make_name(works, name, language=language if language != "de" else "en")
    assert stories_with([name]) == [story.pk]
    relink("--name", name)
    assert Proposal.objects.get().organisation == works


def test_an_acronym_or_a_surname_alone_is_not_looked_for():
    make_story("<p>The ZWX and Lakeman were there, said ZWX.</p>")
    make_name(make_organisation("Zentrum Works"), "ZWX", kind=Name.Kind.ACRONYM)
    make_name(make_person("Anna Lakeman"), "Lakeman", kind=Name.Kind.SHORT)
    relink("--name", "ZWX")
    relink("--name", "Lakeman")
    assert proposed() == set()


def test_confirmed_links_stay_and_rejected_ones_do_not_come_back():
    works = make_organisation("Zentrum Works")
    confirmed, rejected = make_story(), make_story()
    link = make_mention(confirmed, works, confirmed_at=timezone.now())
    relink("--name", "Zentrum Works")
    Proposal.objects.filter(article=rejected).update(verdict="rejected", judged_at=timezone.now())
    make_name(works, "The Zentrum Works of Lima")
    relink("--record", f"organisation:{works.pk}")
    relink()
    assert proposed() == set()
    assert Mention.objects.get() == link


def test_running_twice_proposes_once():
    make_organisation("Zentrum Works")
    make_story()
    relink("--name", "Zentrum Works")
    before = list(Proposal.objects.values())
    assert "new proposals 0" in relink("--name", "Zentrum Works")
    assert list(Proposal.objects.values()) == before


def test_what_is_found_belongs_to_a_batch():
    make_organisation("Zentrum Works")
    make_story()
    relink("--name", "Zentrum Works")
    assert Batch.objects.of_kind("relink").get().counts["proposals"] == 1


def test_a_dry_run_says_it_and_saves_nothing():
    make_organisation("Zentrum Works")
    story = make_story()
    said = relink("--name", "Zentrum Works", "--dry-run")
    assert f"{story}: Zentrum Works" in said
    assert "dry run:" in said
    assert not (Proposal.objects.exists() or Job.objects.exists() or Batch.objects.of_kind("relink").exists())


@pytest.mark.django_db(transaction=True)
def test_a_name_given_to_another_record_is_proposed_for_that():
    works, wagons = make_organisation("Lima Works"), make_organisation("Wagon Works")
    name = make_name(works, "Zentrum Works")
    story = make_story()
    relink()
    name.organisation = wagons  # as a merge moves it
    name.save()
    relink()
    assert set(Proposal.objects.filter(article=story).values_list("organisation", flat=True)) >= {wagons.pk}


@pytest.mark.django_db(transaction=True)
def test_without_options_it_looks_for_names_that_changed_since_the_last_time():
    make_story()
    assert "This is the first time" in relink()
    assert "0 names" in relink()
    make_organisation("Zentrum Works")
    assert "1 name " in relink()
    assert Proposal.objects.get().value == "Zentrum Works"


@pytest.mark.django_db(transaction=True)
def test_since_takes_a_day_or_a_moment():
    moment = timezone.now()
    make_organisation("Zentrum Works")
    assert "1 name " in relink("--since", moment.isoformat())
    assert "names to look for" in relink("--since", (moment - datetime.timedelta(days=1)).date().isoformat())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "soon"], "no day"),
        (["--since", "2026-02-31"], "no day"),
        (["--name", "Nobody at all"], "No record of the register is called"),
        (["--record", "organisation:999999"], "There is no organisation 999999"),
        (["--record", "12"], "expected KIND:KEY"),
        (["--record", "ship:12"], "expected KIND:KEY"),
    ],
)
def test_bad_input_is_refused_in_words(arguments, said):
    with pytest.raises(CommandError, match=said):
        relink(*arguments)


def test_all_renews_what_an_older_recogniser_proposed_and_nothing_else():
    old, new = make_story(), make_story()
    set_body(old, "<p>Peru and Chile signed an agreement.</p>")
    for story, version in ((old, "0"), (new, relinking.RECOGNISER_VERSION)):
        Proposal.objects.create(article=story, kind="person", value="Zed Gone", score=0.5, version=version)
    relink("--all")
    assert not old.proposals.filter(value="Zed Gone").exists()
    assert old.proposals.filter(country=country("pe")).exists()
    assert list(new.proposals.values_list("value", flat=True)) == ["Zed Gone"]


def test_killed_in_the_middle_it_goes_on_where_it_was(monkeypatch):
    make_organisation("Zentrum Works")
    stories = [make_story() for _ in range(5)]
    monkeypatch.setattr(relinking, "CHUNK", 1)
    monkeypatch.setattr("jobs.running.EVERY", 0)
    looked_at = []
    original = relinking.propose

    def until_the_third(article, only):
        if len(looked_at) == 3:
            raise Interrupted
        looked_at.append(article.pk)
        return original(article, only)

    monkeypatch.setattr(relinking, "propose", until_the_third)
    with pytest.raises(CommandError):
        relink("--name", "Zentrum Works")
    monkeypatch.setattr(relinking, "propose", original)
    said = relink("--name", "Zentrum Works")
    assert "went on where" in said
    assert "articles looked at 5, articles with new proposals 5, new proposals 5" in said
    assert Proposal.objects.count() == len(stories)


def test_the_queries_of_a_story_without_the_name_do_not_grow():
    works = make_organisation("Zentrum Works")
    make_mention(make_story(), works)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            relink("--name", "Zentrum Works")
        costs.append(len(queries))
        for _ in range(5):
            make_mention(make_story(), works)
    assert costs[0] == costs[1]
