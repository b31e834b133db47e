import pytest
from django.utils import translation

from articles.texts import set_body
from history.comparison import compare, segments
from history.record import present

from ..factories import country, make_article, make_mention

pytestmark = pytest.mark.django_db


def differences(record, change):
    before = present(record)
    change()
    return compare(before, present(record))


def shown(segments):
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[segment.kind].format(segment.text) for segment in segments)


def test_texts_are_compared_by_words():
    found = segments("The sides signed a treaty.", "The sides signed an agreement.")
    assert shown(found) == "The sides signed [-a treaty-][+an agreement+]."


def test_paragraphs_are_compared_one_by_one():
    found = segments("<p>One.</p><p>Two.</p>", "<p>One.</p><p>New.</p><p>Two.</p>")
    assert shown(found) == "<p>One.</p>[+<p>New.</p>+]<p>Two.</p>"


def test_words_of_any_script_stay_whole():
    assert shown(segments("Стороны подписали", "Стороны подпишут")) == "Стороны [-подписали-][+подпишут+]"


def test_a_long_passage_that_both_have_is_shortened_to_its_ends():
    passage = " ".join(str(number) for number in range(2000))
    first = segments(f"{passage} old", f"{passage} new")[0]
    assert first.kind == "same" and "[…]" in first.text and len(first.text) < 500


@pytest.mark.parametrize(("old", "new"), [("a b", "a c"), ("", "x"), ("x", ""), ("<p>a</p>\n", "<p>a</p>")])
def test_the_segments_hold_both_texts_whole(old, new):
    found = segments(old, new)
    assert "".join(segment.text for segment in found if segment.kind != "new") == old
    assert "".join(segment.text for segment in found if segment.kind != "gone") == new


def test_a_text_too_long_to_match_is_shown_whole_before_and_after():
    old, new = ("x " * 3000).strip(), ("y " * 3000).strip()
    assert [segment.kind for segment in segments(old, new)] == ["gone", "new"]


def test_a_foreign_key_is_shown_by_its_name():
    article = make_article()
    (row,) = differences(article, lambda: make_mention(article, country("kz"), about=True))
    assert (row.label, row.title, row.operation) == ("link", "Kazakhstan", "I")
    assert ("country", "Kazakhstan") in [(field.label, field.new) for field in row.fields]


def test_a_record_that_is_gone_is_shown_by_its_number():
    article = make_article()
    source = article.source = make_article(published=True).source
    article.save()
    before = present(article)
    before.own["source_id"] = 999999
    (row,) = compare(before, present(article))
    assert [(field.old, field.new) for field in row.fields] == [("no. 999999, no longer there", source.name)]


def test_choices_and_labels_are_in_the_readers_language():
    article = make_article()
    article.state = "review"
    before = present(make_article())
    with translation.override("en"):
        (row,) = differences(article, article.save)
    assert [(field.label, field.old, field.new) for field in row.fields] == [("state", "draft", "in review")]
    assert before


def test_keys_digests_and_revisions_are_left_out():
    article = make_article(title="First", body="<p>First.</p>")
    article.title = "Second"
    rows = differences(article, lambda: (article.save(), set_body(article, "<p>Second.</p>")))
    assert [field.label for row in rows for field in row.fields] == ["title", "text"]


def test_equal_states_have_no_difference():
    article = make_article(about=["tr"], tags=["Energy"])
    assert differences(article, lambda: None) == []


def test_of_a_link_that_came_what_is_empty_is_left_out():
    article = make_article()
    (row,) = differences(article, lambda: make_mention(article, country("kz")))
    assert [field.label for field in row.fields] == ["country"]


def test_quotes_are_shown_by_their_words():
    article = make_article()
    quotes = [{"field": "text", "start": 0, "end": 3, "exact": "Two", "before": "", "after": " sides"}]
    (row,) = differences(article, lambda: make_mention(article, country("kz"), quotes=quotes))
    assert ("quotes", "“Two”") in [(field.label, field.new) for field in row.fields]
