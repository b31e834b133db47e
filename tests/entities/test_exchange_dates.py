"""Dates as registers write them: order from the column, what means nothing, and what is kept as it is known."""

import pytest

from entities.exchange.dates import DateColumn, Order, date_columns
from entities.partial_dates import InvalidPartialDate

DAY_FIRST = DateColumn(Order.DAY_FIRST)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["03/06/1991", "25/12/1990"], "day first (1 dates say so)"),
        (["03/06/1991", "12/25/1990"], "month first (1 dates say so)"),
        (["30.10.1947", "1995", "31.12.9999"], "day first (1 dates say so)"),
        (["03.06.1991"], "day first"),
        (["03/06/1991"], "which number is the day cannot be told"),
        (["13/06/1991"] * 40 + ["06/13/1991"], "day first (40 dates say so, 1 against it)"),
    ],
)
def test_the_order_is_found_from_the_whole_column(values, said):
    assert str(date_columns({"signed": values})["signed"]) == said


def test_a_column_without_proof_follows_the_others_of_its_file():
    columns = date_columns({"signed": ["12/25/1990"], "ended": ["03/06/1991"]})
    assert str(columns["ended"].read("03/06/1991")) == "1991-03-06"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NA",
        "N/A",
        "n/a",
        "-9",
        "?",
        "0000",
        "0000-00-00",
        "00/00/0000",
        "9999-12-31",
        "31.12.9999",
        "9999",
        "нет",
    ],
)
def test_what_registers_write_for_no_date_is_none(text):
    assert DAY_FIRST.read(text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1964-06", "1964-06"),
        ("1897-05-15?", "1897-05-15?"),
        ("1961-01-26~", "1961-01-26~"),
        ("1964-XX-16", "1964-XX-16"),
        ("1990-XX-XX", "1990"),
        ("1981-09..1981-10", "1981-09/1981-10"),
        ("196X", "1960/1969"),
        ("03/06/1991", "1991-06-03"),
        ("1921/03/16", "1921-03-16"),
        ("06/1994", "1994-06"),
        ("19911226", "1991-12-26"),
        ("43831", "2020-01-01"),
        ("2010-12-08T10:00:00Z", "2010-12-08"),
        ("12 March 1990", "1990-03-12"),
        ("March 12, 1990", "1990-03-12"),
        ("12-Mar-1990", "1990-03-12"),
        ("март 1990 г.", "1990-03"),
        ("5 Mayıs 1992", "1992-05-05"),
        ("ca. 1900", "1900~"),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_is_known(text, kept):
    assert str(DAY_FIRST.read(text)) == kept


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0014-022005", "is not a date"),
        ("1953-05-5", "is not a date"),
        ("1972-06-31?", "day that its month does not have"),
        ("2010-XX-XX-", "is not a date"),
        ("12/25/1990", "has no month 25"),
        ("03/06/91", "two digits"),
        ("soon", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidPartialDate, match=reason):
        DAY_FIRST.read(text)


def test_two_days_that_nothing_tells_apart_are_refused():
    with pytest.raises(InvalidPartialDate, match="may be two days"):
        DateColumn().read("03/06/1991")
    assert str(DateColumn().read("03/03/1991")) == "1991-03-03"
