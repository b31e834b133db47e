"""The agreements on the pages of a country and of a pair."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reading.life import MOST_MARKS
from tests.factories import make_agreement, make_article

pytestmark = pytest.mark.django_db


def make_some() -> None:
    make_agreement("Early", parties=["kz", "tr"], signed="1992", in_force="1993", ended="2000", public=True)
    make_agreement("Later", parties=["kz", "tr"], signed="1996-05", in_force="1997", public=True)
    make_agreement("Soviet", parties=["suhh", "tr"], signed="1967-03", in_force="1968", public=True)


@pytest.mark.parametrize("path", ["/countries/kz/", "/countries/kz/tr/"])
def test_agreements_are_shown_as_they_stood_on_a_day(client: Client, path: str) -> None:
    make_some()
    for on, told in {
        "": [("Later", "in_force"), ("Early", "ended")],
        "1996-05-01": [("Later", "signed"), ("Early", "in_force")],
        "1995": [("Early", "in_force")],
        "1990": [],
    }.items():
        section = client.get(f"{path}?on={on}").context["agreements"]
        assert [(r.agreement.title, r.standing.status.value) for r in section.rows] == told, on
        assert section.total == len(told)


def test_a_month_means_its_last_day_on_a_countrys_page_too(client: Client) -> None:
    assert str(client.get("/countries/kz/?on=1994-02").context["agreements"].day) == "1994-02-28"


def test_a_day_that_is_none_is_said_and_left_out(client: Client) -> None:
    make_some()
    section = client.get("/countries/kz/?on=yesterday").context["agreements"]
    assert (section.total, section.asked_day, len(section.notices)) == (2, None, 1)


def test_the_day_stays_while_stories_are_narrowed_down(client: Client) -> None:
    make_some()
    make_article(about=["kz"], tags=["trade"], published=True)
    context = client.get("/countries/kz/?on=1995&tag=trade").context
    assert [chip.url for chip in context["list"].chips] == ["/countries/kz/?on=1995-12-31"]
    assert context["agreements"].url == "/agreements/?country=kz&on=1995-12-31"


def test_a_page_of_another_day_is_not_for_search_engines(client: Client) -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in client.get("/countries/kz/?on=1995").content.decode()
    assert noindex not in client.get("/countries/kz/").content.decode()


def test_the_figures_of_a_country_are_its_own_and_not_of_the_state_before(client: Client) -> None:
    make_some()
    context = client.get("/countries/kz/").context
    assert (context["agreements"].total, context["agreements"].in_force) == (2, 1)
    assert [(g.states[0].code, g.total) for g in context["former_states"]] == [("suhh", 1)]
    marks = context["life_lines"][0].marks
    assert len(marks) == 2


def test_former_states_are_asked_for_the_same_day(client: Client) -> None:
    make_some()
    assert client.get("/countries/kz/?on=1966").context["former_states"] == []
    group = client.get("/countries/kz/tr/?on=1967-04").context["former_states"][0]
    assert [row.standing.status.value for row in group.rows] == ["signed"]


def test_every_status_leads_to_as_many_agreements_as_it_says(client: Client) -> None:
    make_some()
    for on in ("", "1996-12"):
        for status in client.get(f"/countries/kz/?on={on}").context["agreements"].statuses:
            assert client.get(status.url).context["list"].total == status.count


def test_a_former_states_more_agreements_are_a_click_away(client: Client) -> None:
    for number in range(14):
        make_agreement(f"Treaty {number}", parties=["suhh", "tr"], signed=f"19{50 + number}", public=True)
    group = client.get("/countries/kz/").context["former_states"][0]
    assert (group.total, len(group.rows), group.more) == (14, 12, 2)
    assert client.get(f"/agreements/?{group.query}").context["list"].total == 14


def make_many(number: int) -> None:
    for n in range(number):
        make_agreement(
            parties=["kz", "tr"],
            signed=f"{1990 + n % 30}-0{1 + n % 9}",
            ended="2021" if n % 2 else None,
            public=True,
        )


def test_of_very_many_agreements_the_life_line_shows_columns(client: Client) -> None:
    make_many(MOST_MARKS + 1)
    context = client.get("/countries/kz/").context
    line, table = context["life_lines"][0], context["life_table"]
    assert not line.marks and line.blocks
    counts = [count for _year, what in table for _css, _label, count in what["counts"]]
    assert sum(counts) == MOST_MARKS + 1
    titles = [int(re.search(r": (\d+) ", block.title)[1]) for block in line.blocks]
    assert sum(titles) == MOST_MARKS + 1
    assert all(block.y >= 0 and block.y + block.height <= line.axis_y + 0.1 for block in line.blocks)


def test_pages_ask_as_often_for_many_agreements_as_for_some(client: Client) -> None:
    make_some()
    make_many(4)

    def queries() -> dict[str, int]:
        found = {}
        for path in ("/countries/kz/", "/countries/kz/tr/", "/countries/kz/?on=1996"):
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            found[path] = len(captured)
        return found

    few = queries()
    make_many(40)
    assert queries() == few
