import datetime
import pickle
import re
from itertools import combinations

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from entities.date_words import After, in_words
from entities.models import Agreement
from entities.partial_dates import InvalidPartialDate, PartialDate, parse
from tests.factories import make_agreement

days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)).map(datetime.date.isoformat)
points = st.builds(
    lambda day, length, mark: day[:length] + mark,
    days,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~"]),
)


def is_span(pair: tuple[str, str]) -> bool:
    first, second = (PartialDate(text) for text in pair)
    return first.earliest < second.earliest and first.latest < second.latest


texts = points | st.tuples(points, points).filter(is_span).map("/".join)
dates = texts.map(PartialDate)


@given(texts)
def test_a_date_is_written_as_it_was_read(text):
    assert str(PartialDate(text)) == text


@given(dates, dates)
def test_dates_sort_by_their_first_and_then_their_last_day(one, other):
    if (one.earliest, one.latest) < (other.earliest, other.latest):
        assert one < other


@given(dates, dates)
def test_two_dates_overlap_when_a_day_may_belong_to_both(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)
    assert one.overlaps(other) == (max(one.earliest, other.earliest) <= min(one.latest, other.latest))


@given(dates)
def test_a_date_lies_within_its_days_and_knows_whether_it_is_one(date):
    assert date.earliest <= date.latest
    assert date.is_exact_day == (date.text == date.earliest.isoformat() == date.latest.isoformat())
    assert date.is_span == ("/" in date.text)


@given(dates, dates)
def test_two_dates_are_the_same_only_when_they_are_written_the_same(one, other):
    assert (one == other) == (one.text == other.text) == (hash(one) == hash(other))
    assert one == PartialDate(one.text) == parse(f" {one.text} ") == pickle.loads(pickle.dumps(one))


@given(st.lists(dates, min_size=3, max_size=3))
def test_the_order_of_dates_is_total(some):
    first, second, third = sorted(some)
    assert first <= second <= third and first <= third
    for one, other in combinations(some, 2):
        assert (one < other) + (other < one) + (one == other) == 1


@given(dates, dates)
def test_of_dates_that_do_not_overlap_one_is_wholly_before(one, other):
    first, second = sorted((one, other))
    assert one.overlaps(other) != (first.latest < second.earliest)


@given(points, st.sampled_from(["", "?", "~"]))
def test_a_doubt_changes_no_day_and_is_kept(text, mark):
    plain, doubted = PartialDate(text.rstrip("?~")), PartialDate(text.rstrip("?~") + mark)
    assert (plain.earliest, plain.latest) == (doubted.earliest, doubted.latest)
    assert doubted.text.endswith(mark) and (plain == doubted) == (mark == "")


WORDS = {
    "en": ("about", "(uncertain)", "between"),
    "ru": ("около", "(под вопросом)", "между"),
    "tr": ("yaklaşık", "(kesin değil)", "arasında"),
}


@given(dates, st.sampled_from(["en", "ru", "tr"]))
def test_a_date_is_printed_with_all_that_is_known_and_nothing_more(date, language):
    with translation.override(language):
        said = in_words(date)
        about, uncertain, between = (word in said for word in WORDS[language])
    for point in date.text.split("/"):
        numbers = [int(number) for number in point.rstrip("?~").split("-")]
        assert str(numbers[0]) in said
        assert len(numbers) < 3 or str(numbers[2]) in said
    digits = re.findall(r"\d+", said)
    assert len(digits) == sum(1 + (point.count("-") == 2) for point in date.text.split("/"))
    assert (about, uncertain, between) == ("~" in date.text, "?" in date.text, date.is_span)


@given(dates, st.sampled_from(list(After)), st.sampled_from(["en", "ru", "tr"]))
def test_a_date_can_be_said_after_any_word_in_any_language(date, after, language):
    with translation.override(language):
        said = in_words(date, after=after)
    assert str(date.earliest.year) in said and said == said.strip()


@given(st.text(max_size=12))
def test_any_other_text_is_refused_by_name(text):
    try:
        date = parse(text)
    except InvalidPartialDate as error:
        assert text.strip() in str(error)
    else:
        assert (str(date) if date else "") == text.strip()


@pytest.mark.django_db
def test_a_date_is_stored_and_read_as_it_was_written():
    agreement = make_agreement()

    @given(dates)
    def same(date):
        agreement.signed = date
        Agreement.objects.filter(pk=agreement.pk).update(signed=date)
        stored = Agreement.objects.get(pk=agreement.pk)
        assert stored.signed == date
        assert (stored.signed_earliest, stored.signed_latest) == (date.earliest, date.latest)

    same()


@pytest.mark.django_db
def test_the_database_sorts_dates_as_they_compare():
    some = ["1992", "1992?", "1992-01-01", "1990/1992", "1992/1993", "1992-12", "1351-08~", "0940-05", "9999"]
    for text in some:
        make_agreement(text, signed=text)
    by_days = Agreement.objects.oldest_first().values_list("signed", flat=True)
    assert [(d.earliest, d.latest) for d in by_days] == [
        (d.earliest, d.latest) for d in sorted(PartialDate(text) for text in some)
    ]


@pytest.mark.django_db
def test_the_database_reckons_the_same_days():
    @given(dates)
    def same(date):
        with connection.cursor() as cursor:
            cursor.execute("SELECT entente_earliest(%s), entente_latest(%s)", [date.text, date.text])
            assert cursor.fetchone() == (date.earliest, date.latest)

    same()


@pytest.mark.parametrize(
    "text",
    [
        "1994-13",
        "1994-02-30",
        "94",
        "1994-4",
        "04.1994",
        "1992/1990",
        "1992/1992",
        "0000",
        "1994-04-01T00",
        "soon",
        "1992//1993",
    ],
)
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(InvalidPartialDate, match=text[:4]):
        PartialDate(text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["1994-02-30", "94", "soon", "1994-04-01 "])
def test_the_database_refuses_it_too(text):
    agreement = make_agreement()
    with pytest.raises((IntegrityError, DataError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE entities_agreement SET signed = %s WHERE id = %s", [text, agreement.pk])


@pytest.mark.django_db
def test_unknown_is_null_and_blank_is_unknown():
    assert parse("") is None
    assert make_agreement(signed="").signed is None
    assert Agreement.objects.filter(signed__isnull=True, signed_earliest__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("text", "english", "russian", "turkish"),
    [
        ("1921-03-16", "16 March 1921", "16 марта 1921\u202fг.", "16 Mart 1921"),
        ("1994-04", "April 1994", "апрель 1994\u202fг.", "Nisan 1994"),
        ("1992", "1992", "1992", "1992"),
    ],
)
def test_a_date_is_shown_only_as_precisely_as_it_is_known(text, english, russian, turkish):
    date = PartialDate(text)
    assert [in_words(date, language) for language in ("en", "ru", "tr")] == [english, russian, turkish]


def test_doubt_and_spans_are_said_in_words():
    with translation.override("en"):
        assert in_words(PartialDate("1897-05?")) == "May 1897 (uncertain)"
        assert in_words(PartialDate("1985~")) == "about 1985"
        assert in_words(PartialDate("1990/1992")) == "between 1990 and 1992"


@pytest.mark.parametrize(
    ("text", "russian", "turkish"),
    [
        ("1921-03-16", "с 16 марта 1921\u202fг.", "16 Mart 1921’den beri"),
        ("1994-04", "с апреля 1994\u202fг.", "Nisan 1994’ten beri"),
        ("1990", "с 1990\u202fг.", "1990’dan beri"),
        ("1985~", "с около 1985\u202fг.", "yaklaşık 1985’ten beri"),
        (
            "1990/1992",
            "с некоторого дня между 1990\u202fг. и 1992\u202fг.",
            "1990 ile 1992 arasındaki bir günden beri",
        ),
    ],
)
def test_a_date_is_inflected_as_its_sentence_asks(text, russian, turkish):
    said = {}
    for language in ("ru", "tr"):
        with translation.override(language):
            date = in_words(PartialDate(text), after=After.SINCE)
            said[language] = translation.gettext("since %(date)s") % {"date": date}
    assert said == {"ru": russian, "tr": turkish}


def test_every_turkish_year_has_the_ending_of_its_last_spoken_word():
    endings = {1991: "e", 1992: "ye", 1996: "ya", 1990: "a", 1950: "ye", 1970: "e", 1900: "e", 2000: "e"}
    said = {year: in_words(PartialDate(str(year)), "tr", After.UNTIL).partition("’")[2] for year in endings}
    assert said == endings


def test_a_russian_month_stands_in_the_case_of_its_preposition():
    date = PartialDate("1985-02")
    with translation.override("ru"):
        assert in_words(date, after=After.ENDED) == "в феврале 1985\u202fг."
        assert in_words(PartialDate("1985-02/1985-05")) == "между февралём 1985\u202fг. и маем 1985\u202fг."
