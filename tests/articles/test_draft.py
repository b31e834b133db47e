"""A document becomes one draft with proposals: whole or not at all, however often it comes."""

import pytest

from articles.intake.draft import copies_of, take_in
from articles.intake.extract import UnreadableInput, read_text
from articles.intake.proposing import propose
from articles.models import Article, Mention, Proposal
from articles.texts import set_body
from tests.factories import country, make_organisation, make_person

pytestmark = pytest.mark.django_db

TEXT = """Ministers meet in Lima
2024-05-06

The Ministry of Fisheries of Peru and Chilean companies signed a memorandum of understanding on tuna on 3 May 2024.
Prime Minister Anna Exampleson of Chile thanked her hosts. Exampleson will return to Peru in June."""


def proposed(article: Article, kind: str) -> set[str]:
    return set(article.proposals.filter(kind=kind).values_list("value", flat=True))


def test_a_text_becomes_a_draft_with_proposals():
    article = take_in(TEXT).article
    assert (article.title, str(article.dated), article.language, article.state) == (
        "Ministers meet in Lima", "2024-05-06", "en", "draft",
    )  # fmt: skip
    assert proposed(article, "country") == {"Chile", "Peru"}
    assert proposed(article, "person") == {"Anna Exampleson"}
    assert proposed(article, "organisation") == {"Ministry of Fisheries of Peru"}


def test_an_agreement_is_proposed_with_what_the_text_says_of_it():
    payload = take_in(TEXT).article.proposals.get(kind="agreement").payload
    assert (payload["type"], payload["date"]) == ("memorandum", "2024-05-03")
    assert set(payload["parties"]) == {"pe", "cl"}


def test_quotes_point_into_the_text_as_it_is_saved():
    article = take_in(TEXT).article
    for proposal in article.proposals.all():
        assert proposal.quotes
        for quote in proposal.quotes:
            assert article.text.plain[quote["start"] : quote["end"]] == quote["exact"]


def test_the_same_input_twice_is_one_draft():
    first, second = take_in(TEXT), take_in(TEXT)
    assert (first.article, first.created, second.created) == (second.article, True, False)
    assert Article.objects.count() == 1


def test_what_cannot_be_read_leaves_nothing_behind():
    with pytest.raises(UnreadableInput):
        take_in(b"\x00\x01\x02" * 500)
    assert not Article.objects.exists() and not Proposal.objects.exists()


def test_the_register_s_records_are_proposed_as_themselves():
    ministry = make_organisation("Ministry of Fisheries of Peru")
    person = make_person("Anna Exampleson")
    article = take_in(TEXT).article
    assert article.proposals.get(kind="organisation").organisation == ministry
    assert article.proposals.get(kind="person").person == person


def test_a_new_name_in_the_register_is_recognised_at_once():
    take_in(TEXT)
    tuna = make_organisation("Tuna Council")
    article = take_in(
        "The tuna trade of Chile was discussed by the Tuna Council, which sits in Lima, yesterday."
    ).article
    assert article.proposals.get(organisation__isnull=False).organisation == tuna


def test_recognising_again_revives_nothing_that_was_rejected():
    article = take_in(TEXT).article
    rejected = article.proposals.get(kind="person")
    Proposal.objects.filter(pk=rejected.pk).update(verdict="rejected", judged_at=article.created_at)
    before = article.proposals.count()
    propose(article)
    assert article.proposals.count() == before
    assert article.proposals.get(kind="person").verdict == "rejected"


def test_recognising_again_proposes_nothing_that_is_linked():
    article = take_in(TEXT).article
    article.proposals.all().delete()
    Mention.objects.create(article=article, country=country("pe"))
    propose(article)
    assert proposed(article, "country") == {"Chile"}


def test_open_proposals_go_when_the_text_no_longer_holds_them():
    article = take_in(TEXT).article
    set_body(article, "<p>Only Iceland is named in the text as it stands now.</p>")
    propose(article)
    assert proposed(article, "country") == {"Iceland"}


def test_a_former_state_is_proposed_as_itself():
    article = take_in(
        "The Soviet Union and Finland agreed on the border in long talks about the north."
    ).article
    assert proposed(article, "country") == {"Soviet Union", "Finland"}


def test_the_same_words_under_another_headline_are_a_copy():
    article = take_in(TEXT).article
    other = read_text(TEXT)
    assert copies_of(other, None) == [f"draft:{article.pk}"]
    assert copies_of(other, article) == []
