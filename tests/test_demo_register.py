"""The demonstration register as files: what they refer to is there, dated, and said in our own words."""

import csv
import html
import itertools
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from entities.folding import folded
from entities.models import Agreement, AgreementRelation, Organisation, Source
from entities.partial_dates import parse

PROJECT = Path(__file__).parent.parent
DATA = PROJECT / "entities" / "data"
LINKS = ("organisations", "people", "agreements")
LONGEST_RUN = 8  # words in a row that a text may share with the texts it retells


@cache
def rows(name: str) -> list[dict]:
    with (PROJECT / "demo" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def country_codes() -> set[str]:
    codes = set()
    for name in ("countries.csv", "former_states.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            codes |= {row["code"] for row in csv.DictReader(file)}
    return codes


def names(kind: str) -> set[str]:
    key = "title" if kind == "agreements" else "name"
    return {row[key] for row in rows(kind)}


def plain(story: dict) -> str:
    return html.unescape(re.sub(r"</?p>", "\n", story["body"]))


def party_names() -> list[str]:
    parties = [party for row in rows("agreements") for party in row["parties"]]
    return [party if isinstance(party, str) else party["party"] for party in parties]


@pytest.mark.parametrize("kind", ["sources", "tags", "organisations", "people", "agreements"])
def test_every_record_is_there_once(kind):
    key = "title" if kind == "agreements" else "name"
    counted = Counter(folded(row[key]) for row in rows(kind))
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("kind", ["organisations", "people", "agreements"])
def test_no_full_name_means_two_records(kind):
    key = "title" if kind == "agreements" else "name"
    bearers: dict[str, set[str]] = {}
    for row in rows(kind):
        full = [alias["text"] for alias in row["aliases"] if alias["kind"] != "acronym"]
        for text in (row[key], *full):
            bearers.setdefault(folded(text), set()).add(row[key])
    assert {name: owners for name, owners in bearers.items() if len(owners) > 1} == {}


def test_stories_have_headlines_and_addresses_of_their_own():
    for column in ("slug", "title", "source_url"):
        counted = Counter(story[column] for story in rows("articles") if story[column])
        assert [value for value, times in counted.items() if times > 1] == []


def test_references_of_registers_are_unique():
    counted = Counter((row["register"], row["reference"]) for row in rows("agreements") if row["reference"])
    assert [reference for reference, times in counted.items() if times > 1] == []


def test_every_link_of_a_story_leads_to_a_record():
    for story in rows("articles"):
        assert story["source"] in names("sources")
        assert set(story["tags"]) <= names("tags")
        for kind in LINKS:
            assert set(story[kind]) <= names(kind), story["slug"]


def test_every_country_is_one_that_the_register_knows():
    used = {code for story in rows("articles") for code in story["countries"]}
    used |= {row["country"] for kind in ("sources", "organisations", "people") for row in rows(kind)} - {None}
    assert used <= country_codes()


def test_partner_countries_are_among_the_countries_of_a_story():
    for story in rows("articles"):
        assert story["primary_countries"], story["slug"]
        assert set(story["primary_countries"]) <= set(story["countries"]), story["slug"]


def test_every_party_is_a_country_or_an_organisation():
    assert set(party_names()) <= country_codes() | names("organisations")


def test_parents_and_positions_name_organisations_of_the_register():
    parents = {row["parent"] for row in rows("organisations")} - {None}
    employers = {position["organisation"] for row in rows("people") for position in row["positions"]} - {None}
    assert parents | employers <= names("organisations")


def test_relations_lead_to_agreements_that_stand_before_them():
    seen: set[str] = set()
    for row in rows("agreements"):
        assert {relation["type"] for relation in row["relations"]} <= set(AgreementRelation.Kind.values)
        assert {relation["to"] for relation in row["relations"]} <= seen, row["title"]
        seen.add(row["title"])


def test_kinds_and_rights_are_those_of_the_register():
    assert {row["kind"] for row in rows("agreements")} == set(Agreement.Kind.values)
    assert {row["kind"] for row in rows("organisations")} <= set(Organisation.Kind.values)
    assert {row["rights"] for row in rows("sources")} == set(Source.Rights.values)


def test_every_date_can_be_read():
    for row in rows("agreements"):
        parties = [party for party in row["parties"] if isinstance(party, dict)]
        for dated in (row, *parties):
            for field in ("signed", "in_force", "ended", "checked_on"):
                parse(dated.get(field))
    for person in rows("people"):
        for position in person["positions"]:
            parse(position["since"]), parse(position["until"])


def test_agreements_enter_into_force_after_signature_and_before_their_end():
    for row in rows("agreements"):
        known = [parse(row[field]) for field in ("signed", "in_force", "ended") if row[field]]
        for earlier, later in itertools.pairwise(known):
            assert earlier.earliest <= later.latest, row["title"]


def test_a_story_has_a_date_or_says_that_its_source_gives_none():
    for story in rows("articles"):
        assert bool(parse(story["published"])) is not story["date_missing"], story["slug"]


def test_evidence_stands_word_for_word_in_its_story():
    for story in rows("articles"):
        links = [*story["countries"], *(name for kind in LINKS for name in story[kind])]
        assert sorted(story["evidence"]) == sorted(links), story["slug"]
        for name, sentence in story["evidence"].items():
            assert sentence in story["summary"] or sentence in plain(story), f"{story['slug']}: {name}"


def test_bodies_are_a_few_short_paragraphs():
    for story in rows("articles"):
        paragraphs = re.findall(r"<p>(.+?)</p>", story["body"])
        assert "".join(f"<p>{text}</p>" for text in paragraphs) == story["body"], story["slug"]
        assert 1 <= len(paragraphs) <= 5
        assert max(map(len, paragraphs)) < 900


def test_the_register_is_large_and_varied_enough_for_every_page():
    languages = Counter(story["language"] for story in rows("articles"))
    assert languages.total() >= 30
    assert min(languages["ru"], languages["tr"]) >= 3
    assert len({code for story in rows("articles") for code in story["primary_countries"]}) >= 15
    assert len(rows("agreements")) >= 25
    assert {"suhh", "rsfsr", "ottoman-empire"} <= set(party_names())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + LONGEST_RUN]) for i in range(len(found) - LONGEST_RUN + 1)}


def test_summaries_and_bodies_are_our_own_words():
    material = os.environ.get("ENTENTE_MATERIAL")
    if not material:
        pytest.skip("ENTENTE_MATERIAL names no directory with the texts that the stories retell")
    originals = sorted((Path(material) / "seeds").glob("*.txt"))
    assert originals, f"no texts in {material}/seeds"
    theirs = set().union(*(runs(path.read_text(encoding="utf-8")) for path in originals))
    official = sorted(names("organisations") | names("agreements"), key=len, reverse=True)
    for story in rows("articles"):
        ours = f"{story['summary']} {plain(story)}"
        for name in official:  # a name is no one's wording
            ours = ours.replace(name, "·")
        assert runs(ours) & theirs == set(), story["slug"]
