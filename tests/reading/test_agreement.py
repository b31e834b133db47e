"""The page of one agreement: its life, its lineage, its text and how it is cited."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from entities.models import Agreement, AgreementParty
from reading.agreement_life import Drawing, drawings, happenings
from reading.citations import as_bibtex, as_ris, in_plain_words
from reading.lineage import Step, lineage_of, successions_of
from tests.factories import country, make_agreement, make_article, make_organisation, make_source

TODAY = datetime.date(2026, 11, 22)


def drawn(**dates: str) -> Drawing:
    return drawings(Agreement(title="Treaty", kind=dates.pop("kind", "treaty"), **dates), [], TODAY)[0]


def bands(drawing: Drawing) -> list[str]:
    return [band.css for band in drawing.bands]


def test_a_life_goes_from_signature_to_force_to_its_end() -> None:
    life = drawn(signed="1992-05-25", in_force="1993-07-01", ended="2010-01-01")
    assert [point.css for point in life.points] == ["signed", "in-force", "ended"]
    assert bands(life) == ["signed", "in-force"]
    assert [point.middle for point in life.points] == sorted(point.middle for point in life.points)


def test_a_date_known_in_part_is_drawn_as_a_span_of_possible_days() -> None:
    life = drawn(signed="1992-05-25", in_force="1993/1999")
    force = life.points[1]
    assert force.is_span and not life.points[0].is_span
    assert bands(life) == ["signed", "in-force perhaps", "in-force"]


def test_without_entry_into_force_nothing_is_drawn_as_in_force() -> None:
    assert bands(drawn(signed="1992-05-25")) == ["unverified"]
    assert bands(drawn(signed="1992-05-25", kind="declaration")) == ["signed"]
    assert drawings(Agreement(title="Undated"), [], TODAY) == []


def test_what_is_in_force_lasts_until_today_in_the_drawing() -> None:
    life = drawn(signed="1992-05-25", in_force="1993-07-01")
    assert life.bands[-1].x + life.bands[-1].width == pytest.approx(life.today_x, abs=0.2)


def test_labels_of_one_life_stay_in_the_picture_and_apart() -> None:
    for dates in (("2020-01-01", "2020-02-01", "2020-03"), ("1351", "1990/2020", "2026-11-21")):
        for line in drawings(
            Agreement(title="T", signed=dates[0], in_force=dates[1], ended=dates[2]), [], TODAY
        ):
            assert all(point.label_x >= 0 and 0 < point.label_y < point.y for point in line.points)
            assert len({(point.label_y, point.label_x) for point in line.points}) == 3


@pytest.mark.django_db
def test_the_table_of_a_life_tells_the_dates_of_each_party() -> None:
    agreement = make_agreement(parties=["tr"], signed="1992-05-25", public=True)
    party = agreement.parties.get()
    party.in_force = AgreementParty(in_force="1994").in_force
    told = [(h.party, h.what, str(h.date), h.is_open) for h in happenings(agreement, [party], TODAY)]
    assert told == [
        (None, "signed", "1992-05-25", False),
        (party, "entered into force", "1994", True),
    ]
    assert drawings(agreement, [party], TODAY)[0].names[0][1] == "Türkiye"


def told(steps: list[Step]) -> list:
    return [(step.relation, str(step.record), told(step.further)) for step in steps]


@pytest.mark.django_db
def test_a_lineage_is_told_over_several_steps_both_ways() -> None:
    first, second, third = (make_agreement(f"Treaty {n}", public=True) for n in (1, 2, 3))
    second.relations.create(kind="supersedes", target=first)
    third.relations.create(kind="amends", target=second)
    assert told(lineage_of(third)[0]) == [("amends", "Treaty 2", [("supersedes", "Treaty 1", [])])]
    assert told(lineage_of(first)[1]) == [("superseded by", "Treaty 2", [("amended by", "Treaty 3", [])])]
    assert lineage_of(first)[0] == lineage_of(third)[1] == []


@pytest.mark.django_db
def test_a_lineage_of_several_kinds_never_comes_back_to_where_it_was() -> None:
    one, other = make_agreement("One", public=True), make_agreement("Other", public=True)
    one.relations.create(kind="cites", target=other)
    other.relations.create(kind="implements", target=one)
    assert told(lineage_of(one)[0]) == [("cites", "Other", [])]
    assert told(lineage_of(one)[1]) == [("implemented by", "Other", [])]


@pytest.mark.django_db
def test_a_lineage_ends_at_an_agreement_that_nobody_may_see() -> None:
    first, hidden, last = (
        make_agreement("A", public=True),
        make_agreement("B"),
        make_agreement("C", public=True),
    )
    last.relations.create(kind="amends", target=hidden)
    hidden.relations.create(kind="amends", target=first)
    assert lineage_of(last) == lineage_of(first) == ([], [])


@pytest.mark.django_db
def test_what_became_of_a_party_is_told_with_the_ground() -> None:
    union = successions_of([country("suhh"), country("tr")])
    assert [str(step.record.code) for step in union] == ["suhh"]
    after = {step.record.code: step.basis for step in union[0].further}
    assert {"ru", "kz"} <= set(after) and all(after.values())


@pytest.mark.django_db
def test_succession_goes_on_until_a_state_of_today() -> None:
    soviet_russia = successions_of([country("rsfsr")])[0]
    assert [step.record.code for step in soviet_russia.further] == ["suhh"]
    assert "ru" in [step.record.code for step in soviet_russia.further[0].further]


def test_the_page_shows_status_with_its_reason_and_meaning(client: Client, db: None) -> None:
    treaty = make_agreement(signed="1992-05", checked_on="2026-11-03", public=True)
    html = client.get(treaty.get_absolute_url()).content.decode()
    assert "no entry into force recorded, last checked November 2026" in html
    assert "The agreement may be in force; the register does not know." in html
    assert html.count('<svg class="life one') == 2


def test_sentences_of_stories_follow_the_rights_of_their_source(
    client: Client, register: SimpleNamespace
) -> None:
    words = "under the Treaty on Principles"
    for rights, is_shown in (("link", False), ("excerpt", True)):
        story = make_article(
            source=make_source(rights=rights), body=f"<p>They met {words}.</p>", about=["tr"], published=True
        )
        start = story.text.plain.index(words)
        quote = {"field": "text", "start": start, "end": start + len(words), "exact": words}
        story.mentions.create(agreement=register.treaty, quotes=[quote])
        assert (words in client.get(register.treaty.get_absolute_url()).content.decode()) == is_shown


def test_a_text_is_answered_for_public_agreements_only(client: Client, db: None) -> None:
    hidden = make_agreement(slug="hidden-one")
    hidden.text_file.save("hidden.pdf", ContentFile(b"%PDF"))
    without = make_agreement(public=True)
    for slug in ("hidden-one", without.slug):
        assert client.get(f"/agreements/{slug}/text/").status_code == 404
    assert client.get(f"/media/{hidden.text_file.name}").status_code == 404


@pytest.mark.parametrize("name", ["text.html", "text.svg", "text.xml", "text", "text.pdf.js"])
def test_a_text_that_a_browser_might_run_is_refused(name: str) -> None:
    agreement = Agreement(title="Treaty", text_file=SimpleUploadedFile(name, b"<script>"))
    with pytest.raises(ValidationError, match=r"\.pdf"):
        agreement.clean()


def test_a_text_may_be_so_large_and_no_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entities.models.agreements.LARGEST_TEXT_FILE", 4)
    Agreement(title="Treaty", text_file=SimpleUploadedFile("text.pdf", b"%PDF")).clean()
    with pytest.raises(ValidationError, match="larger"):
        Agreement(title="Treaty", text_file=SimpleUploadedFile("text.pdf", b"%PDF-")).clean()


def test_a_file_of_another_kind_that_is_there_all_the_same_is_no_page(client: Client, db: None) -> None:
    agreement = make_agreement(public=True)
    agreement.text_file.save("page.html", ContentFile(b"<script>alert(1)</script>"))
    response = client.get(f"{agreement.get_absolute_url()}text/")
    assert response["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="[\w-]+\.bin"', response["Content-Disposition"])


NASTY = "50% of {x} & $5_a #1 ~b^2 \\input{c}\nER  - \rTY  - JOUR"


def cited(**fields: str) -> Agreement:
    return Agreement(title=NASTY, slug="treaty-1", kind="treaty", **fields)


def test_bibtex_prints_what_was_written_and_runs_nothing() -> None:
    entry = as_bibtex(cited(signed="1992-05", place="Köln & Bonn"), ["A & B", "C"])
    title = next(line for line in entry.splitlines() if line.startswith("  title"))
    assert title == (
        r"  title = {{50\% of \{x\} \& \$5\_a \#1 \textasciitilde{}b\textasciicircum{}2"
        r" \textbackslash{}input\{c\} ER - TY - JOUR}},"
    )
    assert entry.startswith("@misc{treaty-1,\n") and entry.endswith("}\n")
    assert "date = {1992-05}" in entry and r"{A \& B} and {C}" in entry
    assert entry.count("{") == entry.count("}")


def test_ris_has_a_field_a_line_and_one_end() -> None:
    lines = as_ris(cited(signed="1992-05", place="Moscow\r\nER  - "), ["A"]).split("\r\n")
    assert [line[:6] for line in lines if line] == [
        f"{tag}  - " for tag in ("TY", "TI", "AU", "PY", "DA", "M3", "CY", "LA", "UR", "ER")
    ]
    assert "DA  - 1992/05//" in lines


@pytest.mark.parametrize(
    ("date", "said"),
    [("1992-05-25", "1992/05/25/"), ("1992~", "1992///1992~"), ("1990/1992", "1990///1990/1992")],
)
def test_ris_dates_keep_what_is_not_certain(date: str, said: str) -> None:
    assert f"DA  - {said}\r\n" in as_ris(cited(signed=date), [])


def test_plain_words_tell_parties_date_place_and_register() -> None:
    agreement = Agreement(title="Treaty on Air", slug="treaty-on-air", signed="1992-05", place="Moscow")
    agreement.register, agreement.reference = "Treaty Series", "I-1"
    assert in_plain_words(agreement, ["Russia", "Türkiye"]) == (
        "Treaty on Air (Russia, Türkiye), signed at Moscow, May 1992. Treaty Series, I-1."
        " http://localhost:8000/agreements/treaty-on-air/"
    )


def test_a_citation_names_no_party_that_is_hidden(client: Client, db: None) -> None:
    agreement = make_agreement(parties=["tr", make_organisation("Hidden Bank")], public=True)
    for form in ("bib", "ris", "txt"):
        text = client.get(f"{agreement.get_absolute_url()}citation.{form}").content.decode()
        assert "Hidden Bank" not in text and "Türkiye" in text


def test_a_party_that_was_only_read_from_the_title_is_shown_as_such(client: Client, db: None) -> None:
    agreement = make_agreement(parties=["tr", "kz"], public=True)
    pages = (agreement.get_absolute_url(), "/agreements/", "/countries/tr/", "/countries/kz/tr/")
    assert all("from the title" not in client.get(page).content.decode() for page in pages)
    agreement.parties.filter(country=country("kz")).update(is_from_title=True)
    for page in pages:
        assert client.get(page).content.decode().count('class="from-title"') == 1, page
