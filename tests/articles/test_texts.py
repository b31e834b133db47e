import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.quotes import found_again, quote_at, quote_of
from articles.sanitising import CONTROLS, SOFT_HYPHEN, sanitised
from articles.texts import markup_of, plain_text, set_body
from tests.factories import country, make_article, make_mention


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="  java\tscript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<style>body{background:url(javascript:alert(1))}</style>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<p style='background:url(//evil.example)'>x</p>",
        "<form action=//evil.example><input name=x></form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<a href='vbscript:x'>x</a>",
        "<base href=//evil.example>",
        "<object data=x></object><embed src=x>",
    ],
)
def test_nothing_active_survives(markup):
    clean = sanitised(markup).lower()
    for sign in (
        "<script",
        "onerror",
        "onclick",
        "javascript:",
        "vbscript:",
        "data:",
        "<svg",
        "<iframe",
        "style",
        "<form",
        "<img",
        "<base",
        "<object",
    ):
        assert sign not in clean


@given(st.text())
def test_sanitising_twice_is_sanitising_once(markup):
    assert sanitised(sanitised(markup)) == sanitised(markup)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_plain_text_keeps_its_words(text):
    assert plain_text(markup_of(text)).split() == CONTROLS.sub("", text).replace(SOFT_HYPHEN, "").split()


@pytest.mark.parametrize(
    "text", ["1 < 2 && 3 > 2", "AT&T", "İstanbul ılık", "a &amp; b", "<b>not bold</b>", "“quoted” – dash"]
)
def test_plain_text_is_not_taken_for_markup(text):
    assert plain_text(sanitised(markup_of(text))) == text


def test_paragraphs_stay_paragraphs():
    assert plain_text("<p>One.</p><ul><li>Two</li><li>Three</li></ul>") == "One.\n\nTwo\n\nThree"


def test_a_quote_moves_with_its_words():
    old = "It was signed in Moscow."
    moved = found_again(quote_of("signed in Moscow", old), f"A new first sentence. {old}", old)
    assert (moved["start"], moved["exact"]) == (29, "signed in Moscow")


def test_a_lookalike_is_not_taken_for_the_quote():
    assert (
        found_again(quote_of("signed in Moscow", "It was signed in Moscow."), "It was signed in Ankara.")
        is None
    )


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them():
    source = "First they met. Then they met."
    quote = quote_at(source, 21, 29)
    moved = found_again(quote, "Again. First they met. Then they met.", source)
    assert moved["start"] == 28


@pytest.mark.django_db
def test_a_changed_text_keeps_quotes_or_says_that_evidence_is_lost():
    article = make_article(body="<p>Turkey was visited. Kazakhstan was named.</p>")
    plain = article.text.plain
    kept = make_mention(article, country("tr"), quotes=[quote_of("Turkey was visited.", plain)])
    lost = make_mention(article, country("kz"), quotes=[quote_of("Kazakhstan was named.", plain)])
    set_body(article, "<p>As we heard, Turkey was visited. Nobody else was named.</p>")
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.quotes[0]["start"], kept.evidence_lost) == (13, False)
    assert (lost.quotes[0]["exact"], lost.evidence_lost) == ("Kazakhstan was named.", True)
