"""The pages of a country and of a pair."""

import datetime
import re
from types import SimpleNamespace

from django.test import Client

from entities.models import Country, Succession
from reading.succession import predecessors_of
from tests.factories import country, make_agreement, make_article, make_organisation


def test_codes_in_capitals_lead_to_the_country(client: Client, db: None) -> None:
    assert client.get("/ru/countries/TR/?year=2022")["Location"] == "/ru/countries/tr/?year=2022"
    assert client.get("/countries/TR/")["Location"] == "/countries/tr/"
    assert client.get("/countries/TR/").status_code == 301


def test_a_pair_has_one_address(client: Client, db: None) -> None:
    for path in ("/countries/tr/kz/", "/countries/KZ/tr/", "/countries/TR/KZ/"):
        response = client.get(f"{path}?tag=trade")
        assert (response.status_code, response["Location"]) == (301, "/countries/kz/tr/?tag=trade")
    assert client.get("/countries/tr/kz/feed/")["Location"] == "/countries/kz/tr/feed/"


def test_a_country_makes_no_pair_with_itself(client: Client, db: None) -> None:
    for path in ("/countries/tr/tr/", "/countries/tr/TR/", "/countries/tr/zz/", "/countries/zz/"):
        assert client.get(path).status_code == 404


def test_a_country_page_lists_the_stories_about_it_newest_first(
    client: Client, register: SimpleNamespace
) -> None:
    listed = client.get("/countries/tr/").context["list"]
    assert [row.article for row in listed.rows] == [register.visit, register.talks]


def test_an_agreement_stands_with_its_status_and_honest_date(
    client: Client, register: SimpleNamespace
) -> None:
    html = client.get("/countries/tr/").content.decode()
    row = re.search(r"<td class=\"when\">(?:(?!</tr>).)*Treaty on Principles.*?</tr>", html, re.DOTALL)[0]
    assert "25 May 1992" in row
    assert 'class="status in-force"' in row
    assert "in force since 1993" in row


def test_treaties_of_former_states_stand_apart_with_the_basis(
    client: Client, register: SimpleNamespace
) -> None:
    response = client.get("/countries/ru/")
    groups = {group.states[0].code: group for group in response.context["former_states"]}
    assert [row.agreement for row in groups["suhh"].rows] == [register.old]
    assert (
        str(Succession.objects.get(predecessor__code="suhh", successor__code="ru").basis)[:40]
        in response.content.decode()
    )
    assert register.old not in [row.agreement for row in response.context["agreements"].rows]


def test_former_states_have_pages_too(client: Client, register: SimpleNamespace) -> None:
    html = client.get("/countries/suhh/").content.decode()
    assert "Treaty of Neutrality" in html
    assert "30 December 1922" in html
    assert 'href="/countries/ru/"' in html


def test_partners_are_those_most_often_together_with_the_country(
    client: Client, register: SimpleNamespace
) -> None:
    make_article(about=["kz", "tr"], published=True)
    partners = client.get("/countries/tr/").context["partners"]
    assert [(p["name"], p["count"], p["url"]) for p in partners] == [
        ("Kazakhstan", 2, "/countries/kz/tr/"),
        ("Russia", 1, "/countries/ru/tr/"),
    ]


def test_the_home_country_is_left_out_of_partners(
    client: Client, register: SimpleNamespace, settings: object
) -> None:
    settings.HOME_COUNTRY = "tr"
    assert client.get("/countries/kz/").context["partners"] == []
    assert "Türkiye" not in [p["link"].name for p in client.get("/").context["partners"]]


def test_the_country_list_begins_with_those_that_have_content(
    client: Client, register: SimpleNamespace
) -> None:
    context = client.get("/countries/").context
    assert [(r["country"].code, r["stories"], r["agreements"]) for r in context["known"]] == [
        ("kz", 1, 0),
        ("ru", 2, 1),
        ("tr", 2, 2),
    ]
    assert [row["country"].code for row in context["known_former"]] == ["suhh"]
    named = sum(len(rows) for _letter, rows in context["letters"]) + len(context["former"])
    assert named == Country.objects.count()


def test_the_country_list_follows_the_readers_alphabet(client: Client, db: None) -> None:
    letters = [letter for letter, _rows in client.get("/ru/countries/").context["letters"]]
    assert letters[:2] == ["А", "Б"]
    assert letters == sorted(letters)


def test_an_organisation_shows_on_its_countrys_page_with_its_stories_first(
    client: Client, register: SimpleNamespace
) -> None:
    make_organisation("Another", country=country("ru"), public=True)
    make_organisation("Hidden", country=country("ru"))
    rows = client.get("/countries/ru/").context["organisations"]
    assert [(row["organisation"].name, row["count"]) for row in rows] == [("Truck Works", 1), ("Another", 0)]


def test_the_life_line_has_a_table_that_says_the_same(client: Client, register: SimpleNamespace) -> None:
    response = client.get("/countries/tr/")
    html = response.content.decode()
    assert html.count('<svg class="life ') == 3
    years = {year: (len(what["rows"]), what["stories"]) for year, what in response.context["life_table"]}
    assert years == {2022: (0, 2), 1992: (1, 0), 1925: (1, 0)}
    marks = response.context["life_lines"][0].marks
    assert [mark.css for mark in marks] == ["ended", "in-force"]


def test_a_pair_tells_stories_and_agreements_in_one_timeline(
    client: Client, register: SimpleNamespace
) -> None:
    years = client.get("/countries/ru/tr/").context["years"]
    told = [(year, [entry.event or "story" for entry in entries]) for year, entries in years]
    assert told == [(2022, ["story"]), (1993, ["entered into force"]), (1992, ["signed"])]


def test_under_conditions_the_timeline_tells_stories_only(client: Client, register: SimpleNamespace) -> None:
    years = client.get("/countries/ru/tr/?tag=trade").context["years"]
    assert [[entry.event for entry in entries] for _year, entries in years] == [[""]]


def test_each_event_of_a_long_timeline_stands_on_one_page(client: Client, db: None) -> None:
    for number in range(45):
        make_article(about=["kz", "tr"], dated=f"{1980 + number}-06-01", published=True)
    for year in range(1970, 2030, 2):
        make_agreement(parties=["kz", "tr"], signed=f"{year}-03-01", public=True)
    events = []
    for page in (1, 2, 3):
        years = client.get(f"/countries/kz/tr/?page={page}").context["years"]
        events += [entry.day for _year, entries in years for entry in entries if entry.event]
    assert events == sorted(events, reverse=True)
    assert events == [datetime.date(year, 3, 1) for year in range(2028, 1968, -2)]


def test_a_pair_shows_what_its_former_states_agreed(client: Client, register: SimpleNamespace) -> None:
    groups = client.get("/countries/ru/tr/").context["former_states"]
    assert [[row.agreement for row in group.rows] for group in groups] == [[register.old]]
    assert [state.code for state, _basis in groups[0].bases] == ["suhh"]


def line_of(code: str) -> list[str]:
    found = country(code)
    return [state.code for state, _basis in predecessors_of(found)[found]]


def test_the_state_that_continues_another_goes_back_beyond_it(db: None) -> None:
    line = line_of("ru")
    assert line[0] == "suhh"
    assert {"rsfsr", "russian-empire", "tsardom-of-russia"} <= set(line)


def test_other_successors_take_over_no_more_than_the_state_itself(db: None) -> None:
    assert "suhh" in line_of("kz")
    assert not {"rsfsr", "russian-empire", "azerbaijan-democratic-republic"} & set(line_of("kz"))


def test_what_a_state_annexed_long_after_it_began_is_no_line_of_its_own(db: None) -> None:
    assert not {"kokand", "crimean-khanate", "tuvan-peoples-republic"} & set(line_of("ru"))
