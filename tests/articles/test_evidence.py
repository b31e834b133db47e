"""Evidence stays true: by whatever path a text changes, no link shows words that do not stand at their place."""

import json
import random
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, ArticleText, Mention, Proposal
from articles.quotes import found_again, quote_at, quote_of
from articles.texts import set_body
from history.record import versions
from history.restoring import restore
from tests.factories import country, make_article, make_mention, make_organisation, make_user

LETTERS = "абвгдежзик abcdefghij .,\n"
SENTENCES = [
    f"In {word} of that year a delegation of Turkey spoke about {word} with its hosts."
    for word in "January February March April May June July August September October November December".split()
]


# Any edit at all


@given(st.text(LETTERS, max_size=120), st.text(LETTERS, max_size=120), st.data())
def test_a_quote_that_is_found_says_what_stands_at_its_place(before, after, data):
    start = data.draw(st.integers(0, len(before)))
    quote = quote_at(before, start, data.draw(st.integers(start, len(before))))
    found = found_again(quote, after, data.draw(st.sampled_from([before, ""])))
    if found:
        assert after[found["start"] : found["end"]] == found["exact"] == quote["exact"]
        assert found == quote_at(after, found["start"], found["end"])


@given(st.text(LETTERS, min_size=1, max_size=200), st.data())
def test_a_quote_in_a_text_that_has_not_changed_stays_where_it_is(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    quote = quote_at(text, start, data.draw(st.integers(start + 1, len(text))))
    assert found_again(quote, text) == quote


@given(
    st.integers(0, len(SENTENCES) - 1), st.lists(st.sampled_from(SENTENCES), unique=True), st.text(LETTERS)
)
def test_a_name_goes_where_its_sentence_goes_and_with_it(number, kept, new):
    """Sentences that each name Turkey are left out, put in another order, and something is written before them."""
    mine, before = SENTENCES[number], " ".join(SENTENCES)
    place = before.index(mine) + mine.index("Turkey")
    after = " ".join([new, *kept])
    found = found_again(quote_at(before, place, place + len("Turkey")), after, before)
    if mine in kept:
        assert found["start"] == after.index(mine) + mine.index("Turkey")
    else:
        assert found is None


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_no_edit_moves_a_name_into_another_sentence(seed, edits):
    """Letters and stretches are cut out, written in, doubled; each sentence is known by the word that only it has."""
    chance, text = random.Random(seed), " ".join(SENTENCES)
    number = chance.randrange(len(SENTENCES))
    place = text.index(SENTENCES[number]) + SENTENCES[number].index("Turkey")
    quote = quote_at(text, place, place + len("Turkey"))
    own, old = SENTENCES[number].split()[1], text
    for _ in range(edits):
        start, length = chance.randrange(len(text) + 1), chance.choice([1, 3, 10, 60, 200])
        text = text[:start] + chance.choice(["", "x", "Turkey ", text[:length]]) + text[start + length :]
    found = found_again(quote, text, old)
    if found:
        around = text[max(0, found["start"] - 45) : found["end"] + 45]
        assert any(own[i : i + 3] in around for i in range(len(own) - 2)) or own in around


def test_of_two_sentences_that_are_the_same_neither_is_taken_for_the_other():
    sentence = "The delegation of Turkey came to the capital for talks about trade, and left."
    other = "Nothing else was said about it on that long day in the north of the country."
    text = f"{other} {sentence} {other}"
    quote = quote_of("Turkey", text)
    assert found_again(quote, f"New. {text} {text}", text) is None


def test_the_last_place_of_a_name_is_not_taken_for_one_that_was_cut():
    text = "Ministers of Turkey signed the protocol on transit in the morning. At night Turkey won the match."
    quote = quote_of("Turkey", text)
    assert found_again(quote, "At night Turkey won the match.", text) is None


def test_spaces_and_paragraphs_that_change_lose_nothing():
    text = "Ministers of Turkey signed the protocol.\n\nAll of them left."
    found = found_again(
        quote_of("Turkey", text), "Ministers of Turkey  signed the\n\nprotocol. All of them left."
    )
    assert found["start"] == text.index("Turkey")


# Every path

BODY = "<p>Ministers of Turkey signed the protocol on transit in the morning.</p><p>Kazakhstan was named.</p>"
NEW = "<p>First of all: ministers came.</p><p>Ministers of Turkey signed the protocol on transit in the morning.</p>"


@pytest.fixture
def article(db) -> Article:
    article = make_article(
        "Talks", body=BODY, summary="Uzbekistan was silent on that day, and so were all others."
    )
    plain = article.text.plain
    make_mention(article, country("tr"), quotes=[quote_of("Turkey", plain)])
    make_mention(article, country("kz"), quotes=[quote_of("Kazakhstan was named", plain)])
    make_mention(article, country("uz"), quotes=[quote_of("Uzbekistan", article.summary, "summary")])
    Proposal.objects.create(
        article=article, kind="organisation", value="Ministers", score=0.5, version="1",
        quotes=[quote_of("Ministers", plain)],
    )  # fmt: skip
    return article


def assert_true(article: Article) -> None:
    """Every quote that is not lost stands where it says."""
    article = Article.objects.get(pk=article.pk)
    sources = {"text": article.text.plain, "summary": article.summary}
    rows = [*article.mentions.filter(evidence_lost=False), *article.proposals.all()]
    for quote in (quote for row in rows for quote in row.quotes):
        assert sources[quote["field"]][quote["start"] : quote["end"]] == quote["exact"]


def lost(article: Article) -> set[str]:
    return set(article.mentions.filter(evidence_lost=True).values_list("country__code", flat=True))


def test_a_text_that_is_set_moves_quotes_and_says_what_is_lost(article):
    set_body(article, NEW)
    assert_true(article)
    assert lost(article) == {"kz"}
    set_body(article, BODY)
    assert_true(article)
    assert lost(article) == set()


def test_a_form_that_changes_text_and_summary(article, client):
    client.force_login(make_user(), backend="accounts.backends.RoleBackend")
    address = reverse("admin:articles_article_change", args=[article.pk])
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"body": NEW, "summary": "Nobody was silent.", "tags": "", "revision": article.revision}
    assert client.post(address, data).status_code == 302
    assert_true(article)
    assert lost(article) == {"kz", "uz"}


def test_a_fact_that_an_editor_accepts_and_takes_back(article):
    from articles.desk import verdicts

    fact = Proposal.objects.create(
        article=article, kind="fact", field="summary", value="Nobody was silent.", score=0.5, version="1"
    )
    verdicts.accept(fact, make_user())
    assert lost(article) == {"uz"}
    verdicts.undo(fact)
    assert_true(article)
    assert lost(article) == set()


def test_an_import_that_brings_a_new_text(db, tmp_path):
    from django.core.management import call_command

    works = make_organisation("Zentrum Works")
    row = {
        "title": "Talks", "published": "2022-12-13", "language": "en", "source": "Gazette", "countries": ["tr"],
        "source_url": "https://gazette.example/1", "organisations": ["Zentrum Works"], "summary": "",
        "text": "Ministers of Turkey met the Zentrum Works in the capital.",
    }  # fmt: skip
    file = tmp_path / "articles.jsonl"
    for text in (
        row["text"],
        "At last the ministers of Turkey met.",
        "They met. The Zentrum Works came later.",
    ):
        file.write_text(json.dumps(row | {"text": text}))
        call_command("import_articles", file)
        article = Article.objects.get()
        assert_true(article)
        named = article.mentions.get(organisation=works)
        assert named.evidence_lost or named.quotes[0]["exact"] in text


def test_a_version_that_is_restored(article, django_capture_on_commit_callbacks):
    set_body(article, NEW)
    article.refresh_from_db()
    proposal = Proposal.objects.create(
        article=article, kind="person", value="all", score=0.5, version="1",
        quotes=[quote_of("First of all", article.text.plain)],
    )  # fmt: skip
    restore(article, versions(article)[-1])
    assert_true(article)
    proposal.refresh_from_db()
    assert (lost(article), proposal.quotes) == (set(), []) or article.text.plain.startswith("First")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles_articletext SET plain = 'Before it: ' || plain",
        "UPDATE articles_articletext SET plain = replace(plain, 'Kazakhstan', 'Nobody')",
        "UPDATE articles_article SET summary = ''",
    ],
)
def test_raw_sql_leaves_no_quote_that_does_not_stand(article, sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert_true(article)
    assert lost(article) == {"Before": {"tr", "kz"}, "Nobody": {"kz"}}.get(
        next((word for word in ("Before", "Nobody") if word in sql), ""), {"uz"}
    )


@pytest.mark.django_db(transaction=True)
def test_what_the_application_found_again_the_database_leaves_alone(article):
    with transaction.atomic():
        set_body(article, NEW)
        moved = list(Mention.objects.order_by("pk").values("quotes", "evidence_lost"))
    assert list(Mention.objects.order_by("pk").values("quotes", "evidence_lost")) == moved
    assert lost(article) == {"kz"}


def test_sentences_of_the_tests_are_told_apart():
    assert all(one.split()[1] != other.split()[1] for one, other in pairwise(SENTENCES))
    assert ArticleText._meta.get_field("plain")
