import datetime

from entities.partial_dates import PartialDate
from reading.lifeline import CHARACTER, Event, LifeLine, life_lines, short_title

THIS_YEAR = 2026


def event(
    date: str, title: str = "Agreement on trade and economic cooperation", css: str = "in-force"
) -> Event:
    return Event(PartialDate(date), title, css, "signed")


def boxes(line: LifeLine) -> list[tuple[float, float, float]]:
    """Return (left, right, y) of every label."""
    spans = []
    for mark in line.marks:
        length = len(mark.label) * CHARACTER
        left = mark.label_x - length if mark.anchor == "end" else mark.label_x
        spans += [(left, left + length, mark.label_y)] if mark.label else []
    return spans


def test_there_is_nothing_to_draw_without_dates() -> None:
    assert life_lines([], {}, THIS_YEAR) == []


def test_labels_neither_meet_nor_leave_the_picture() -> None:
    events = [event(f"{year}-{month:02d}-01") for year in range(1921, 2026, 3) for month in (1, 2, 9)]
    for line in life_lines(events, {2020: 3}, THIS_YEAR):
        labels = boxes(line)
        assert len(labels) >= 4
        assert all(left >= 0 and right <= line.width for left, right, _y in labels)
        for number, (left, right, y) in enumerate(labels):
            for other_left, other_right, other_y in labels[number + 1 :]:
                assert y != other_y or right <= other_left or other_right <= left


def test_no_leader_line_runs_through_another_label() -> None:
    events = [event(f"{year}-06") for year in (1992, 1993, 1994, 2004, 2005, 2009, 2010, 2016, 2022)]
    for line in life_lines(events, {}, THIS_YEAR):
        leaders = [(mark.label_x, mark.label_y) for mark in line.marks if mark.label]
        for x, top in leaders:
            for left, right, y in boxes(line):
                assert not (y > top and left < x < right)


def test_a_partial_date_is_drawn_as_long_as_it_may_have_been() -> None:
    day, month, span = life_lines([event("2000-01-01"), event("2005-04"), event("2010/2014")], {}, THIS_YEAR)[
        0
    ].marks
    assert day.width == 0
    assert 0 < month.width < span.width
    assert span.is_span and not day.is_span


def test_the_axis_reaches_from_the_first_year_to_this_one() -> None:
    line = life_lines([event("1921-03-16")], {2022: 1, 2023: 6}, THIS_YEAR)[0]
    assert (line.ticks[0][1], line.ticks[-1][1]) == ("1921", "2026")
    assert [bar.title for bar in line.bars] == ["2022: 1", "2023: 6"]
    assert line.bars[0].height < line.bars[1].height


def test_what_lies_ahead_is_drawn_too() -> None:
    line = life_lines([event("2031-01-01", css="planned")], {}, THIS_YEAR)[0]
    assert line.ticks[-1][1] == "2031"
    assert line.marks[0].x < line.width


def test_a_long_title_says_its_kind_and_subject() -> None:
    long = "Agreement between the Government of One and the Government of Another on the construction of a bridge"
    assert short_title(long, 44) == "Agreement on construction of a bridge"
    assert short_title(
        "Joint Declaration between the One and the Other Federation on Deepening Friendship", 44
    ) == ("Joint Declaration on Deepening Friendship")
    assert short_title("Treaty of Brotherhood", 44) == "Treaty of Brotherhood"
    assert short_title("Соглашение о сотрудничестве в области энергетики и транспорта", 30) == (
        "Соглашение о сотрудничестве в…"
    )


def test_geometry_needs_no_day_beyond_the_year_9999() -> None:
    assert life_lines([event("9998")], {}, datetime.date.max.year)
