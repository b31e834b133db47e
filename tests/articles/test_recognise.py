"""Short texts of our own, each a trap: what must be found in them and what must not."""

import json
import re
from pathlib import Path

import pytest

from articles.intake.extract import Extracted
from articles.intake.output import as_json
from articles.intake.recognise import recognise
from entities.folding import folded

GOLD = Path(__file__).parent / "gold"
CASES = [
    (path.stem, json.loads(line))
    for path in sorted(GOLD.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


def read(text: str, language: str, title: str = "", published: str | None = None) -> dict:
    extracted = Extracted(title, published, language, "", "", "", "", text, "text")
    return as_json("text", extracted, recognise(extracted))


def keys(found: dict, kind: str) -> set[str]:
    values = found["primary_countries" if kind == "primary" else kind]
    return {folded(value["title"] if isinstance(value, dict) else value) for value in values}


def agreed(found: dict, title: str, date: str | None) -> bool:
    wanted = folded(title)
    return any(
        wanted in folded(agreement["title"]) and agreement["date"] == date
        for agreement in found["agreements"]
    )


@pytest.mark.parametrize(
    ("language", "case"), CASES, ids=[f"{language}-{case['id']}" for language, case in CASES]
)
def test_a_short_text_is_read_right(language, case):
    found = read(case["text"], language, case.get("title", ""), case.get("published"))
    for kind, values in case["must"].items():
        if kind == "agreements":
            assert all(agreed(found, title, date) for title, date in values), found["agreements"]
        else:
            assert {folded(value) for value in values} <= keys(found, kind), found
    for kind, values in case.get("must_not", {}).items():
        assert not {folded(value) for value in values} & keys(found, kind), found


def test_there_are_twenty_texts_for_each_language():
    for language in ("en", "ru", "tr"):
        assert sum(name == language for name, _ in CASES) >= 20


def test_every_quote_stands_where_it_says():
    text = "Türkiye and Japan signed an agreement on fisheries. The Turkish minister was glad."
    extracted = Extracted("Türkiye signs", None, "en", "", "", "", "", text, "text")
    for proposal in recognise(extracted):
        assert all(text[quote.start : quote.end] == quote.exact for quote in proposal.quotes)


def test_every_proposal_has_a_reason_and_a_score():
    extracted = Extracted(
        "", None, "en", "", "", "", "", "Prime Minister Anna Exampleson visited Chile.", "text"
    )
    assert all(
        re.search(r"\w", proposal.reason) and 0 <= proposal.score <= 1 for proposal in recognise(extracted)
    )


@pytest.mark.parametrize("part", ["Aa-", "A.B.", "Aa/", "Aa (AAAA) "])
def test_capitals_without_an_end_are_read_to_the_end(part):
    assert read(part * 400, "tr")["language"] == "tr"
