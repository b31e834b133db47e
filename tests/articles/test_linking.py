"""What a text says of agreements that the register knows, by other words than their titles."""

import pytest
from django.core.exceptions import ValidationError

from articles.desk import verdicts
from articles.intake.draft import take_in
from articles.intake.extract import Extracted
from articles.intake.linking import linked
from articles.intake.proposing import propose
from articles.intake.recognise import Proposed, recognise
from articles.intake.register import matcher_for
from articles.models import Article, Proposal
from articles.texts import set_body
from entities.models import Agreement, Name, Organisation, Person
from tests.factories import make_agreement, make_organisation, make_person, make_user


def read(text: str, language: str = "en", title: str = "") -> list[Proposed]:
    extracted = Extracted(title, None, language, "", "", "", "", text, "text")
    return linked(recognise(extracted, matcher_for(language)), text, language)


def records_of(kind: str, proposals: list[Proposed]) -> set:
    return {proposed.record for proposed in proposals if proposed.kind == kind} - {None}


def between(title: str, signed: str, *codes: str, **more) -> Agreement:
    return make_agreement(title, signed=signed, parties=codes, **more)


TREATY = "Treaty on Friendship and Co-operation between the Republic of Kazakhstan and Mongolia"


def test_a_treaty_is_known_by_its_kind_parties_and_year(db):
    treaty = between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    assert records_of("agreement", read("Kazakhstan and Mongolia still rely on the 1992 treaty.")) == {
        treaty.pk
    }
    assert records_of("agreement", read("Казахстан и Монголия опираются на договор 1992 года.", "ru")) == {
        treaty.pk
    }
    text = "Kazakistan ile Moğolistan arasında imzalanan 1992 tarihli antlaşma hâlâ geçerli."
    assert records_of("agreement", read(text, "tr")) == {treaty.pk}


def test_another_year_or_kind_is_another_instrument(db):
    between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    assert not records_of("agreement", read("Kazakhstan and Mongolia still rely on the 1994 treaty."))
    assert not records_of("agreement", read("Kazakhstan and Mongolia still rely on the 1992 memorandum."))


def test_two_of_one_year_are_left_to_the_editor(db):
    between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    between("Treaty on Borders between Kazakhstan and Mongolia", "1992-09", "kz", "mn", kind="treaty")
    assert not records_of("agreement", read("Kazakhstan and Mongolia still rely on the 1992 treaty."))


def test_a_shortened_title_is_known_by_its_words_and_parties(db):
    treaty = between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    text = "The ministers recalled the Treaty on Friendship and Co-operation between Kazakhstan and Mongolia."
    assert records_of("agreement", read(text)) == {treaty.pk}


def test_another_language_is_known_by_parties_and_date(db):
    treaty = between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    text = "25 мая 1992 года был подписан Договор о дружбе и сотрудничестве между Казахстаном и Монголией."
    assert records_of("agreement", read(text, "ru")) == {treaty.pk}


def test_entry_into_force_becomes_a_change_with_its_sentence(db):
    treaty = between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    text = "Kazakhstan and Mongolia rely on the 1992 treaty. The treaty entered into force on 1 March 1993."
    (change,) = [proposed for proposed in read(text) if proposed.kind == "fact"]
    assert (change.record, change.value) == (treaty.pk, "1993-03-01")
    assert change.payload == {"field": f"in_force:{treaty.pk}"}
    assert change.quotes[0].exact == "The treaty entered into force on 1 March 1993."


def test_the_end_of_a_treaty_is_read_in_three_languages(db):
    between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    for language, text in {
        "en": "The 1992 treaty between Kazakhstan and Mongolia was terminated on 31 March 2019.",
        "ru": "Договор 1992 года между Казахстаном и Монголией был расторгнут 31 марта 2019 года.",
        "tr": "Kazakistan ile Moğolistan arasındaki 1992 tarihli antlaşma 31 Mart 2019 tarihinde sona erdi.",
    }.items():
        changes = [proposed for proposed in read(text, language) if proposed.kind == "fact"]
        assert [change.value for change in changes] == ["2019-03-31"], language
        assert changes[0].payload["field"].startswith("ended:")


def test_what_the_register_has_is_no_change(db):
    between(TREATY, "1992-05-25", "kz", "mn", kind="treaty", in_force="1993-03-01")
    text = "Kazakhstan and Mongolia rely on the 1992 treaty, which entered into force in March 1993."
    assert "fact" not in {proposed.kind for proposed in read(text)}


def test_what_has_not_entered_into_force_is_no_change(db):
    between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    text = (
        "The 1992 treaty between Kazakhstan and Mongolia has not entered into force, they said on 2 May 2001."
    )
    assert "fact" not in {proposed.kind for proposed in read(text)}


def test_a_person_is_known_by_a_name_in_the_other_alphabet(db):
    person = make_person("Sergey Primerov")
    text = "Генеральный директор Сергей Примеров рассказал о планах. Примеров приехал в Астану."
    assert records_of("person", read(text, "ru")) == {person.pk}


def test_two_who_sound_alike_are_left_to_the_editor(db):
    make_person("Sergey Primerov")
    make_person("Sergei Primerov", told_apart_by="the other one")
    assert not records_of("person", read("Генеральный директор Сергей Примеров рассказал о планах.", "ru"))


def test_an_organisation_is_known_by_a_name_in_the_other_alphabet(db):
    firm = make_organisation("Primerprom")
    assert records_of("organisation", read("Компания «Примерпром» подписала контракт с Чили.", "ru")) == {
        firm.pk
    }


def test_a_renamed_record_is_known_by_sound_at_once(db):
    person = make_person("Anna Testova")
    text = "Министр Сергей Примеров рассказал о планах."
    assert not records_of("person", read(text, "ru"))
    Name.objects.create(person=person, text="Sergei Primerov")
    assert records_of("person", read(text, "ru")) == {person.pk}
    assert Person.objects.count() == 1
    assert not Organisation.objects.exists()


DRAFT = "Kazakhstan and Mongolia rely on the 1992 treaty. The treaty entered into force on 1 March 1993."


def proposed_date(article) -> Proposal:
    return article.proposals.get(kind="fact", field__startswith="in_force:")


def drafted() -> tuple[Agreement, Article]:
    treaty = between(TREATY, "1992-05-25", "kz", "mn", kind="treaty")
    return treaty, take_in(DRAFT).article


def test_an_accepted_date_stands_in_the_register_with_its_evidence(db):
    treaty, article = drafted()
    verdicts.accept(proposed_date(article), make_user())
    treaty.refresh_from_db()
    assert treaty.in_force == "1993-03-01"
    assert article.mentions.get(agreement=treaty).quotes[0]["exact"].endswith("1 March 1993.")


def test_taking_the_verdict_back_takes_the_date_back(db):
    treaty, article = drafted()
    verdicts.accept(proposed_date(article), make_user())
    verdicts.undo(proposed_date(article))
    treaty.refresh_from_db()
    assert treaty.in_force is None
    assert proposed_date(article).is_open
    assert not article.mentions.filter(agreement=treaty).exists()


def test_a_date_set_since_is_not_taken_back(db):
    treaty, article = drafted()
    verdicts.accept(proposed_date(article), make_user())
    Agreement.objects.filter(pk=treaty.pk).update(in_force="1993-04")
    verdicts.undo(proposed_date(article))
    treaty.refresh_from_db()
    assert treaty.in_force == "1993-04"


def test_a_rejected_date_does_not_come_back(db):
    treaty, article = drafted()
    verdicts.reject(proposed_date(article), make_user())
    propose(article)
    assert proposed_date(article).verdict == "rejected"
    assert article.proposals.open().filter(kind="agreement", agreement=treaty).exists()


def test_a_date_that_the_text_tells_no_more_is_proposed_no_more(db):
    _, article = drafted()
    set_body(article, "<p>Kazakhstan and Mongolia rely on the 1992 treaty.</p>")
    propose(article)
    assert not article.proposals.filter(kind="fact").exists()


def test_a_contributor_leaves_the_date_to_an_editor(db):
    _, article = drafted()
    with pytest.raises(ValidationError, match="Only an editor"):
        verdicts.accept(proposed_date(article), make_user(role="contributor"))
