"""Lists and pages of agreements, organisations, people and tags."""

from types import SimpleNamespace

from django.test import Client

from entities.models import Position
from tests.factories import country, make_agreement, make_article, make_organisation, make_person


def titles(client: Client, query: str) -> list[str]:
    return [row.agreement.title for row in client.get(f"/agreements/?{query}").context["list"].rows]


def make_treaties() -> None:
    make_agreement("Ended", kind="treaty", parties=["ru", "tr"], signed="1990", ended="2000", public=True)
    make_agreement(
        "Valid", kind="treaty", parties=["kz", "tr"], signed="1994-04", in_force="1995", public=True
    )
    make_agreement("Spread", kind="protocol", parties=["kz", "tr"], signed="1989/1991", public=True)
    make_agreement("Future", kind="programme", parties=["kz"], signed="2999", public=True)
    make_agreement("Words", kind="declaration", parties=["ru", "tr"], signed="2004-12-06", public=True)


def test_agreements_stand_newest_first(client: Client, db: None) -> None:
    make_treaties()
    assert titles(client, "") == ["Future", "Words", "Valid", "Ended", "Spread"]


def test_agreements_are_filtered_by_what_they_are(client: Client, db: None) -> None:
    make_treaties()
    assert titles(client, "country=kz&country=tr") == ["Valid", "Spread"]
    assert titles(client, "kind=treaty") == ["Valid", "Ended"]
    assert titles(client, "q=vali") == ["Valid"]
    assert titles(client, "status=in_force") == ["Valid"]
    assert titles(client, "status=ended&country=ru") == ["Ended"]


def test_a_date_known_in_part_lies_in_each_decade_it_may_be_of(client: Client, db: None) -> None:
    make_treaties()
    assert titles(client, "decade=1980") == ["Spread"]
    assert titles(client, "decade=1990") == ["Valid", "Ended", "Spread"]
    assert titles(client, "decade=1994") == titles(client, "decade=1990")


def test_the_register_is_shown_as_it_stood(client: Client, db: None) -> None:
    make_treaties()
    rows = {
        row.agreement.title: str(row.standing.status)
        for row in client.get("/agreements/?on=1994-12").context["list"].rows
    }
    assert (
        rows == {"Valid": "unverified", "Ended": "unverified", "Spread": "unverified"}
        or rows["Valid"] == "signed"
    )
    assert "Words" not in rows and "Future" not in rows


def test_a_month_or_year_means_its_last_day(client: Client, db: None) -> None:
    assert str(client.get("/agreements/?on=1994-02").context["list"].day) == "1994-02-28"
    assert str(client.get("/agreements/?on=1994").context["list"].day) == "1994-12-31"


def test_every_option_of_the_agreements_counts_what_it_leads_to(client: Client, db: None) -> None:
    make_treaties()
    for query in ("", "country=tr", "status=in_force", "kind=treaty&decade=1990", "on=1996"):
        for facet in client.get(f"/agreements/?{query}").context["list"].facets:
            for option in facet.options:
                if not option.is_chosen:
                    there = client.get(option.url).context["list"].total
                    assert (query, facet.name, option.label, option.count) == (
                        query,
                        facet.name,
                        option.label,
                        there,
                    )


def test_the_statuses_add_up(client: Client, db: None) -> None:
    make_treaties()
    facet = next(f for f in client.get("/agreements/").context["list"].facets if f.name == "status")
    assert {o.label: o.count for o in facet.options} == {
        "planned": 1,
        "signed": 1,
        "in force": 1,
        "ended": 1,
        "unverified": 1,
    }


def test_a_status_is_told_by_word_and_shape(client: Client, db: None) -> None:
    make_treaties()
    html = client.get("/agreements/").content.decode()
    for css in ("planned", "signed", "in-force", "ended", "unverified"):
        assert f'class="status {css}"' in html


def test_an_agreement_tells_all_the_register_knows_of_it(client: Client, register: SimpleNamespace) -> None:
    bank = make_organisation("Export Bank", public=True)
    register.treaty.parties.create(organisation=bank, capacity="guarantor", signed="1992-06", position=3)
    fields = {
        "place": "Moscow",
        "text_url": "https://texts.example/1",
        "register": "Treaty Series",
        "reference": "I-1",
    }
    for name, value in fields.items():
        setattr(register.treaty, name, value)
    register.treaty.save()
    html = client.get(register.treaty.get_absolute_url()).content.decode()
    for words in (
        *fields.values(),
        "Export Bank",
        "guarantor",
        "June 1992",
        "supersedes",
        "Treaty of Neutrality",
    ):
        assert words in html
    assert "superseded by" in client.get(register.old.get_absolute_url()).content.decode()


def test_organisations_are_filtered_by_kind_country_and_any_of_their_names(
    client: Client, register: SimpleNamespace
) -> None:
    make_organisation("State Bank", kind="bank", country=country("kz"), public=True)
    for query, names in {
        "": ["State Bank", "Truck Works"],
        "kind=bank": ["State Bank"],
        "country=ru": ["Truck Works"],
        "q=грузовой": ["Truck Works"],
        "country=ru&kind=bank": [],
    }.items():
        rows = client.get(f"/organisations/?{query}").context["rows"]
        assert [organisation.name for organisation, _count in rows] == names, query


def test_an_organisation_shows_its_other_names_people_and_parts(
    client: Client, register: SimpleNamespace
) -> None:
    make_organisation("Engine Plant", parent=register.works, public=True)
    make_organisation("Hidden Plant", parent=register.works)
    html = client.get(register.works.get_absolute_url()).content.decode()
    assert '<span lang="ru">Грузовой завод</span>' in html
    assert "Director One" in html and "since 2002" in html
    assert "Engine Plant" in html and "Hidden Plant" not in html


def test_people_are_found_by_where_they_serve(client: Client, register: SimpleNamespace) -> None:
    make_person("Somebody Else", public=True)
    rows = client.get(f"/people/?organisation={register.works.slug}").context["rows"]
    assert [person.name for person, _count in rows] == ["Director One"]


def test_a_position_at_a_hidden_organisation_does_not_name_it(
    client: Client, register: SimpleNamespace
) -> None:
    hidden = make_organisation("Hidden Ministry")
    Position.objects.create(person=register.director, title="Adviser", organisation=hidden)
    for path in ("/people/", register.director.get_absolute_url()):
        html = client.get(path).content.decode()
        assert "Adviser" in html and "Hidden Ministry" not in html


def test_tags_count_published_stories_and_public_agreements(
    client: Client, register: SimpleNamespace
) -> None:
    make_article(tags=["trade"], about=["tr"])
    rows = {
        tag.name: (stories, agreements) for tag, stories, agreements in client.get("/tags/").context["rows"]
    }
    assert rows == {"trade": (2, 0), "diplomacy": (0, 1)}


def test_a_tag_shows_its_stories_and_agreements(client: Client, register: SimpleNamespace) -> None:
    context = client.get("/tags/diplomacy/").context
    assert [row.agreement for row in context["agreements"]] == [register.treaty]
    assert context["list"].total == 0
