"""Recognising again: what an editor has said stays said, and one thing is proposed once whatever it is called."""

import pytest

from articles.intake.proposing import propose
from articles.models import Article, Proposal
from entities.models import Name
from tests.factories import make_article, make_name, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(
        "Talks in Lima",
        body="<p>The Zentrum Works and the Savings Bank of Peru met in Lima.</p>",
        language="en",
    )


def judge(proposal: Proposal, verdict: str = "rejected") -> None:
    Proposal.objects.filter(pk=proposal.pk).update(verdict=verdict, judged_at=proposal.created_at)


def organisations(article: Article) -> list[tuple[str, str, int | None]]:
    rows = article.proposals.filter(kind="organisation").order_by("value")
    return list(rows.values_list("value", "verdict", "organisation"))


def test_a_rejected_record_stays_rejected_under_its_new_name(article):
    works = make_organisation("Zentrum Works")
    propose(article)
    judge(article.proposals.get(organisation=works))
    works.name = "Wagon Works"
    works.save()
    make_name(works, "Zentrum Works", kind=Name.Kind.FORMER)
    before = organisations(article)
    propose(article)
    assert organisations(article) == before


def test_rejected_words_stay_rejected_when_the_register_comes_to_know_them(article):
    judge(
        Proposal.objects.create(
            article=article, kind="organisation", value="Zentrum Works", score=0.5, version="1"
        )
    )
    works = make_organisation("Wagon Works")
    make_name(works, "Zentrum Works")
    propose(article)
    assert not article.proposals.filter(organisation=works).exists()


def test_an_open_proposal_follows_its_record_to_a_new_name(article):
    works = make_organisation("Zentrum Works")
    propose(article)
    kept = article.proposals.get(organisation=works)
    works.name = "Wagon Works"
    works.save()
    make_name(works, "Zentrum Works", kind=Name.Kind.FORMER)
    propose(article, only={("organisation", works.pk)})
    assert article.proposals.get(organisation=works).pk == kept.pk
    assert article.proposals.get(organisation=works).value == "Wagon Works"


def test_words_that_were_new_become_the_record_s_when_it_has_them(article):
    Proposal.objects.create(
        article=article, kind="organisation", value="Zentrum Works", score=0.5, version="1"
    )
    works = make_organisation("Wagon Works")
    make_name(works, "Zentrum Works")
    propose(article, only={("organisation", works.pk)})
    assert [row for row in organisations(article) if "Works" in row[0]] == [("Wagon Works", "open", works.pk)]


def test_only_the_records_that_are_asked_for_are_proposed_and_nothing_else_is_touched(article):
    Proposal.objects.create(article=article, kind="person", value="Nobody There", score=0.5, version="1")
    works, _bank = make_organisation("Zentrum Works"), make_organisation("Savings Bank of Peru")
    new = propose(article, only={("organisation", works.pk)})
    assert [proposed.record for proposed in new] == [works.pk]
    assert set(article.proposals.values_list("value", flat=True)) == {"Nobody There", "Zentrum Works"}
    assert propose(article, only={("organisation", works.pk)}) == []


def test_a_proposal_that_an_editor_has_opened_again_is_renewed(article):
    works = make_organisation("Zentrum Works")
    propose(article)
    Proposal.objects.filter(organisation=works).update(score=0.1, version="0")
    propose(article)
    assert article.proposals.get(organisation=works).score > 0.5
