"""A text that was sanitised is not changed by sanitising it again: not by any payload, and not the real ones."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.extract import UnreadableInput, read_bytes
from articles.texts import markup_of, plain_text, sanitised, set_body
from tests.factories import make_article

from . import payloads

MATERIAL = os.environ.get("ENTENTE_MATERIAL")
PIECES = st.sampled_from(
    [
        *payloads.ALL,
        *"<>&\"'=/ ;:-!?[]",
        "<p>",
        "</p>",
        "<b>",
        "<a href=",
        "<table><tr><td>",
        "<!--",
        "-->",
        "&lt",
        "x",
    ]
)


def changed(markup: str) -> bool:
    once = sanitised(markup)
    return sanitised(once) != once


def test_no_payload_is_changed_by_sanitising_it_twice():
    assert [payload for payload in payloads.ALL if changed(payload) or changed(f"<p>x {payload} y</p>")] == []
    assert [pair for pair in pairwise(payloads.ALL) if changed("".join(pair))] == []
    for kind in payloads.KINDS.values():
        assert not changed("\n".join(kind))


@given(st.lists(PIECES, max_size=8))
def test_no_mixture_of_payloads_is_changed_by_sanitising_it_twice(pieces: list[str]):
    assert not changed("".join(pieces))


@given(st.text(max_size=60), st.sampled_from(payloads.ALL))
def test_no_words_among_payloads_are_changed_by_sanitising_them_twice(words: str, payload: str):
    assert not changed(f"{words}{payload}{words}<td>{words}")


def test_the_demonstration_register_is_not_changed_by_sanitising_it_twice():
    file = Path(__file__).parents[2] / "demo/articles.jsonl"
    stories = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    bodies = [story.get("body") or markup_of(story.get("text") or story["summary"]) for story in stories]
    assert len(bodies) >= 50
    assert [body for body in bodies if changed(body)] == []


@pytest.mark.skipif(not MATERIAL, reason="ENTENTE_MATERIAL names no material")
def test_real_documents_are_not_changed_by_sanitising_them_twice():
    files = [*Path(MATERIAL or "").glob("intake/docs/*.txt"), *Path(MATERIAL or "").glob("seeds/*.txt")]
    read = []
    for file in files:
        try:
            read.append(read_bytes(file.read_bytes(), filename=file.name).body_html)
        except UnreadableInput:
            continue
    assert len(read) >= 24
    assert [body for body in read if sanitised(body) != body] == []


@pytest.mark.django_db
def test_saving_a_text_again_leaves_it_as_it_is():
    article = make_article(body="".join(f"<p>{payload}</p>" for payload in payloads.ALL))
    body, plain = article.text.body, article.text.plain
    set_body(article, body)
    article.text.refresh_from_db()
    assert (article.text.body, article.text.plain) == (body, plain) and plain_text(body) == plain
