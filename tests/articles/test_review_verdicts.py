"""Verdicts on proposals: what each does, and that undoing restores exactly what was there."""

import pytest
from django.core.exceptions import ValidationError

from articles.desk import verdicts
from articles.models import Mention, Proposal
from articles.quotes import quote_of
from entities.models import Agreement, Organisation, Person, Source
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_organisation,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db

TEXT = "<p>Director Ivan Sample of Sample Trucks visited Turkey. Sample Trucks and Turkey signed a memorandum.</p>"


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def article():
    return make_article("A visit", body=TEXT)


def propose(article, kind, value, score=0.9, **fields):
    fields.setdefault("quotes", [quote for quote in [quote_of(value, article.text.plain)] if quote])
    return Proposal.objects.create(
        article=article, kind=kind, value=value, score=score, version="1", **fields
    )


def state_of_register(article):
    article.refresh_from_db()
    return {
        "article": (article.title, str(article.dated), article.date_missing, article.source_id),
        "mentions": list(article.mentions.order_by("pk").values("pk", "about", "quotes", "evidence_lost")),
        "proposals": list(Proposal.objects.order_by("pk").values()),
        "organisations": list(Organisation.objects.order_by("pk").values("pk", "name")),
        "people": list(Person.objects.order_by("pk").values("pk", "name")),
        "agreements": list(Agreement.objects.order_by("pk").values("pk", "title")),
    }


def test_accepting_a_known_record_links_it_with_its_evidence(article, editor):
    proposal = propose(article, "country", "Turkey", country=country("tr"), about=True)
    verdicts.accept(proposal, editor)
    mention = article.mentions.get(country__code="tr")
    assert mention.about
    assert mention.quotes == proposal.quotes
    assert mention.confirmed_by == editor


def test_accepting_a_new_name_makes_one_record_that_no_visitor_sees_yet(article, editor):
    proposal = verdicts.accept(
        propose(article, "organisation", "Sample Trucks", payload={"kind": "company", "country": "ru"}),
        editor,
    )
    made = Organisation.objects.get(name="Sample Trucks")
    assert (made.kind, made.country.code, made.public) == ("company", "ru", False)
    assert proposal.made_record
    assert article.mentions.get().organisation == made


def test_a_name_accepted_in_one_draft_is_known_in_the_others(article, editor):
    other = make_article("Another visit", body=TEXT)
    waiting = propose(other, "organisation", "SAMPLE trucks")
    verdicts.accept(propose(article, "organisation", "Sample Trucks"), editor)
    waiting.refresh_from_db()
    assert waiting.organisation == Organisation.objects.get()
    verdicts.accept(waiting, editor)
    assert Organisation.objects.count() == 1


def test_an_agreement_is_made_with_its_date_and_parties(article, editor):
    payload = {"type": "MoU", "date": "1994-04", "parties": ["Turkey", "ru", "Nobody Knows"]}
    verdicts.accept(propose(article, "agreement", "Memorandum of Trucks", payload=payload), editor)
    agreement = Agreement.objects.get()
    assert (agreement.kind, str(agreement.signed)) == ("memorandum", "1994-04")
    assert [party.country.code for party in agreement.parties.all()] == ["tr", "ru"]


def test_agreements_of_one_title_and_different_days_are_two(article, editor):
    make_agreement("Memorandum of Understanding", signed="2001-01-01", parties=["tr", "ru"])
    payload = {"type": "memorandum", "date": "2005-05-05", "parties": ["tr", "ru"]}
    verdicts.accept(propose(article, "agreement", "Memorandum of Understanding", payload=payload), editor)
    assert Agreement.objects.count() == 2


def test_an_acronym_comes_with_its_organisation(article, editor):
    proposal = propose(article, "organisation", "Sample Engine Corporation (SEC)", payload={"acronym": "SEC"})
    assert verdicts.accept(proposal, editor).verdict == "accepted"
    made = Organisation.objects.get()
    assert made.name == "Sample Engine Corporation"
    assert made.names.filter(kind="acronym", text="SEC").exists()


def test_rejecting_links_nothing_and_is_remembered(article, editor):
    proposal = verdicts.reject(propose(article, "person", "Ivan Sample"), editor)
    assert (proposal.verdict, proposal.judged_by) == ("rejected", editor)
    assert not article.mentions.exists()


def test_a_proposal_is_judged_once(article, editor):
    proposal = propose(article, "person", "Ivan Sample")
    verdicts.reject(proposal, editor)
    with pytest.raises(ValidationError, match="judged already"):
        verdicts.accept(proposal, editor)


def test_retargeting_links_the_other_record_and_counts_as_corrected(article, editor):
    right = make_person("Ivan I. Sample")
    proposal = verdicts.retarget(
        propose(article, "person", "Ivan Sample", person=make_person("Ivan Sample")), right, editor
    )
    assert proposal.verdict == "corrected"
    assert article.mentions.get().person == right


def test_a_fact_sets_the_field_of_the_article(article, editor):
    article.date_missing = True
    article.save()
    verdicts.accept(propose(article, "fact", "2022-12", field="dated", quotes=[]), editor)
    article.refresh_from_db()
    assert (str(article.dated), article.date_missing) == ("2022-12", False)


def test_a_fact_that_the_field_cannot_hold_is_refused(article, editor):
    with pytest.raises(ValidationError, match="not a date"):
        verdicts.correct_fact(propose(article, "fact", "2022", field="dated", quotes=[]), "yesterday", editor)


def test_a_new_source_is_link_only(article, editor):
    verdicts.accept(propose(article, "fact", "Sample Gazette", field="source", quotes=[]), editor)
    article.refresh_from_db()
    assert article.source.rights == Source.Rights.LINK


@pytest.mark.parametrize(
    ("kind", "value", "fields"),
    [
        ("country", "Turkey", {}),
        ("organisation", "Sample Trucks", {"payload": {"acronym": "ST"}}),
        ("person", "Ivan Sample", {"payload": {"position": "Director"}}),
        ("agreement", "memorandum", {"payload": {"type": "memorandum", "parties": ["tr", "ru"]}}),
        ("fact", "2022-12-13", {"field": "dated"}),
        ("fact", "A better title", {"field": "title"}),
    ],
)
@pytest.mark.parametrize("verb", [verdicts.accept, verdicts.reject])
def test_undoing_restores_exactly(article, editor, kind, value, fields, verb):
    propose(article, "organisation", "Other Body", score=0.2)
    proposal = propose(article, kind, value, **fields)
    before = state_of_register(article)
    verb(proposal, editor)
    verdicts.undo_last(article, editor)
    assert state_of_register(article) == before


def test_undoing_keeps_a_record_that_something_else_uses(article, editor):
    proposal = verdicts.accept(propose(article, "organisation", "Sample Trucks"), editor)
    Mention.objects.create(article=make_article("Another"), organisation=Organisation.objects.get())
    verdicts.undo(proposal)
    assert Organisation.objects.count() == 1


def test_undoing_one_of_two_verdicts_keeps_the_link_of_the_other(article, editor):
    known = make_organisation("Sample Trucks")
    first = verdicts.accept(propose(article, "organisation", "Sample Trucks", organisation=known), editor)
    second = verdicts.retarget(propose(article, "organisation", "Trucks"), known, editor)
    verdicts.undo(first)
    assert article.mentions.get().quotes == second.quotes
    verdicts.undo(second)
    assert not article.mentions.exists()


def test_accepting_all_above_is_one_act_that_one_undo_takes_back(article, editor):
    propose(article, "country", "Turkey", score=0.95, country=country("tr"))
    propose(article, "person", "Ivan Sample", score=0.81)
    doubtful = propose(article, "organisation", "Sample Trucks", score=0.79)
    assert verdicts.accept_above(article, editor) == (2, [])
    assert list(article.proposals.open()) == [doubtful]
    verdicts.undo_last(article, editor)
    assert article.proposals.open().count() == 3
    assert not article.mentions.exists()


def test_a_missed_link_is_added_with_the_selected_words(article, editor):
    quote = quote_of("Sample Trucks", article.text.plain)
    mention = verdicts.add_link(article, make_organisation("Sample Trucks"), quote, editor)
    assert mention.quotes == [quote]
    verdicts.undo_last(article, editor)
    assert not article.mentions.exists()
    assert not article.proposals.exists()


def test_adding_what_was_rejected_takes_the_rejection_back(article, editor):
    proposal = verdicts.reject(propose(article, "organisation", "Sample Trucks"), editor)
    quote = quote_of("Sample Trucks", article.text.plain)
    verdicts.add_link(article, make_organisation("Sample Trucks"), quote, editor)
    assert article.proposals.get() == proposal
    assert article.mentions.count() == 1


def test_only_editors_add_records_to_the_register(article):
    with pytest.raises(ValidationError, match="Only an editor"):
        verdicts.accept(propose(article, "organisation", "Sample Trucks"), make_user("contributor"))
    assert not Organisation.objects.exists()


def test_the_same_name_in_another_country_is_another_body(article, editor):
    make_organisation("Ministry of Trade", country=country("tr"))
    verdicts.accept(
        propose(article, "organisation", "Ministry of Trade", payload={"country": "ru"}, quotes=[]), editor
    )
    assert Organisation.objects.filter(name="Ministry of Trade").count() == 2


def test_a_name_without_a_letter_is_refused(article, editor):
    with pytest.raises(ValidationError, match="letter"):
        verdicts.create(propose(article, "person", "Ivan Sample"), {"name": "!!!"}, editor)
