"""Two records become one: what belonged to either belongs to the one that is kept."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Mention, Proposal
from entities.merging import CannotMerge, Outdated, merge, preview
from entities.models import (
    Agreement,
    AgreementRelation,
    Distinct,
    ImportedRow,
    Merged,
    Organisation,
    Person,
    Position,
    Source,
    Tag,
    TagSynonym,
)
from history.record import versions
from history.undoing import undo

from ..factories import (
    country,
    make_agreement,
    make_article,
    make_mention,
    make_name,
    make_organisation,
    make_person,
    make_source,
    make_user,
)
from ..history.dumps import dump

# More of them: EXAMPLES=100 make test ARGS="tests/entities/test_merging.py"
EXAMPLES = int(os.environ.get("EXAMPLES", "8"))

pytestmark = pytest.mark.django_db


def names_of(record):
    return sorted(record.names.values_list("text", flat=True))


def test_the_names_travel_and_the_merged_one_is_called_so_too():
    kept, gone = make_organisation("Truck Works"), make_organisation("Грузовой завод", name_language="ru")
    make_name(gone, "ГЗ", kind="acronym", language="ru")
    merge(kept, [gone])
    assert names_of(kept) == ["Truck Works", "ГЗ", "Грузовой завод"]
    assert kept.names.get(text="Грузовой завод").language == "ru"
    assert kept.names.filter(is_main=True).get().text == "Truck Works"


def test_a_name_that_both_have_is_there_once():
    kept, gone = make_organisation("Truck Works"), make_organisation("Truck Works", told_apart_by="the other")
    for record in (kept, gone):
        make_name(record, "TW", kind="acronym")
    merge(kept, [gone])
    assert names_of(kept) == ["TW", "Truck Works"]


def test_two_links_of_one_story_become_one_with_the_words_of_both():
    kept, gone = make_organisation(), make_organisation()
    article = make_article()
    quotes = [
        {"field": "text", "start": at, "end": at + 1, "exact": "x", "before": "", "after": ""}
        for at in (5, 1)
    ]
    make_mention(article, kept, quotes=quotes[:1])
    make_mention(article, gone, about=True, quotes=quotes[1:], confirmed_by=make_user())
    merge(kept, [gone])
    mention = Mention.objects.get()
    assert mention.organisation == kept and mention.about
    assert [quote["start"] for quote in mention.quotes] == [1, 5]


def test_proposals_follow_and_no_verdict_deletes_the_kept_record():
    kept, gone = make_organisation(), make_organisation()
    article = make_article()
    mentions = [make_mention(article, record) for record in (kept, gone)]
    proposal = Proposal.objects.create(
        article=article,
        kind="organisation",
        value="X",
        score=1,
        version="1",
        organisation=gone,
        became=mentions[1],
        made_record=True,
        payload={"undo": {"created": True}},
    )
    merge(kept, [gone])
    proposal.refresh_from_db()
    assert (proposal.organisation, proposal.became, proposal.made_record) == (kept, mentions[0], False)
    assert proposal.payload["undo"]["created"] is False


def test_parties_positions_and_parts_travel_without_doubling():
    kept, gone = make_organisation(), make_organisation()
    both = make_agreement(parties=[kept, gone])
    one = make_agreement(parties=[gone])
    Position.objects.create(person=make_person(), title="Director", organisation=gone)
    daughter = make_organisation(parent=gone)
    merge(kept, [gone])
    daughter.refresh_from_db()
    assert [both.parties.count(), one.parties.get().organisation, daughter.parent] == [1, kept, kept]
    assert kept.positions.count() == 1


def test_the_merged_party_keeps_what_only_the_other_knew():
    kept, gone = make_organisation(), make_organisation()
    pact = make_agreement(parties=[kept, gone])
    pact.parties.filter(organisation=gone).update(capacity="guarantor")
    merge(kept, [gone])
    assert pact.parties.get().capacity == "guarantor"


def test_the_daughter_of_the_merged_is_no_part_of_itself():
    top = make_organisation()
    gone = make_organisation(parent=top)
    kept = make_organisation(parent=gone)
    merge(kept, [gone])
    assert kept.parent == top


def test_what_would_be_part_of_itself_is_refused_with_a_reason():
    kept = make_organisation("Kept")
    middle = make_organisation("Middle", parent=kept)
    gone = make_organisation("Gone", parent=middle)
    assert "Middle" in preview(kept, [gone]).obstacles[0]
    with pytest.raises(CannotMerge, match="Middle"):
        merge(kept, [gone])


def test_relations_travel_and_one_to_itself_disappears():
    kept, gone, other = make_agreement("A"), make_agreement("B"), make_agreement("C")
    for source, target in ((kept, gone), (gone, other), (kept, other)):
        AgreementRelation.objects.create(source=source, kind="amends", target=target)
    merge(kept, [gone])
    relation = AgreementRelation.objects.get()
    assert (relation.source, relation.target) == (kept, other)


def test_a_circle_of_relations_is_refused_with_a_reason():
    kept, middle, gone = make_agreement("A"), make_agreement("Middle"), make_agreement("B")
    for source, target in ((kept, middle), (middle, gone)):
        AgreementRelation.objects.create(source=source, kind="amends", target=target)
    with pytest.raises(CannotMerge, match="Middle"):
        merge(kept, [gone])
    assert Agreement.objects.count() == 3


def test_empty_fields_are_filled_and_others_chosen():
    kept = make_organisation("A", kind="bank")
    gone = make_organisation("B", kind="company", country=country("tr"), website="https://b.example")
    found = {choice.name: choice.chosen for choice in preview(kept, [gone]).choices}
    assert found == {"name": kept.pk, "kind": kept.pk, "country": gone.pk, "website": gone.pk}
    merge(kept, [gone], choices={"kind": gone.pk, "country": kept.pk})
    assert (kept.kind, kept.country, kept.website) == ("company", None, "https://b.example")


def test_the_merged_name_may_become_the_name():
    kept, gone = make_organisation("Old"), make_organisation("New")
    merge(kept, [gone], choices={"name": gone.pk})
    assert kept.name == "New" and names_of(kept) == ["New", "Old"]
    assert kept.names.get(is_main=True).text == "New"


def test_a_reference_goes_with_its_register():
    kept, gone = make_agreement(), make_agreement(register="UNTS", reference="7")
    merge(kept, [gone])
    assert (kept.register, kept.reference) == ("UNTS", "7")


def test_old_addresses_lead_to_the_kept_record(client):
    kept, gone = make_organisation("Kept"), make_organisation("Gone", public=True)
    merge(kept, [gone])
    assert kept.public and kept.slug == "gone"
    other = make_organisation("Other", public=True)
    merge(other, [kept])
    answer = client.get("/organisations/gone/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/organisations/other/")


def test_the_next_import_finds_the_kept_record():
    kept, gone = make_organisation(), make_organisation()
    ImportedRow.objects.create(kind="organisation", identity="x", record_id=gone.pk)
    merge(kept, [gone])
    assert ImportedRow.objects.get().record_id == kept.pk


def test_tags_merge_with_synonyms_stories_and_address(client):
    kept, gone = Tag.objects.named(["trade", "commerce"])[::-1]
    TagSynonym.objects.create(tag=gone, text="business")
    story = make_article(tags=["trade", "commerce"], published=True)
    make_agreement().subjects.add("commerce")
    merge(kept, [gone])
    assert sorted(map(str, kept.synonyms.all())) == ["business", "commerce"]
    assert [tag.name for tag in story.tags.all()] == ["trade"] and kept.tagged_agreements.count() == 1
    assert client.get("/tags/commerce/").headers["Location"] == "/tags/trade/"
    assert Tag.objects.named(["Commerce"]) == [kept]


def test_sources_merge_and_are_known_by_the_old_name():
    kept, gone = (
        make_source("Works Press"),
        make_source("Works-Press Agency", website="https://works.example"),
    )
    story = make_article(source=gone)
    merge(kept, [gone])
    story.refresh_from_db()
    assert story.source == kept and kept.website == "https://works.example"
    assert Source.objects.called("works press agency") == kept


def test_people_merge_with_their_positions():
    kept, gone = make_person("Director One"), make_person("Директор Один", name_language="ru")
    for person in (kept, gone):
        Position.objects.create(person=person, title="Director")
    merge(kept, [gone])
    assert kept.positions.count() == 1 and Person.objects.count() == 1


def test_three_become_one():
    kept, *gone = [make_organisation(f"Body {number}") for number in range(3)]
    merge(kept, gone)
    assert len(names_of(kept)) == 3 and Merged.objects.count() == 2


def test_a_merge_of_what_somebody_changed_since_the_preview_is_refused():
    kept, gone = make_organisation(), make_organisation()
    stamp = preview(kept, [gone]).stamp
    make_name(gone, "Another name")
    with pytest.raises(Outdated):
        merge(kept, [gone], stamp=stamp)


def test_unlike_records_are_not_merged():
    with pytest.raises(CannotMerge):
        merge(make_organisation(), [make_person()])
    with pytest.raises(CannotMerge):
        merge(country("tr"), [country("kz")])


def test_the_history_of_the_kept_record_says_what_was_merged_and_by_whom():
    kept, gone, user = make_organisation("Kept"), make_organisation("Gone"), make_user()
    batch = merge(kept, [gone], who=user)
    newest = versions(kept)[0]
    assert (newest.batch, newest.who) == (batch, user) and "Gone → Kept" in newest.batch.label


def test_different_pairs_stay_different_after_a_merge():
    kept, gone, other = (make_organisation() for _ in range(3))
    Distinct.objects.say("organisation", gone.pk, other.pk)
    merge(kept, [gone])
    assert {Distinct.objects.get().one_id, Distinct.objects.get().other_id} == {kept.pk, other.pk}


def test_lists_of_stories_and_agreements_follow():
    kept, gone = make_organisation(public=True), make_organisation(public=True)
    story, pact = make_article(mentions=[gone], published=True), make_agreement(parties=[gone], public=True)
    merge(kept, [gone])
    assert Article.objects.get(pk=story.pk).listing.organisation_ids == [kept.pk]
    assert Agreement.objects.get(pk=pact.pk).listing.organisation_ids == [kept.pk]


# The property


def make_world():
    works = [
        make_organisation(f"Works {n}", public=n == 1, country=country("ru") if n else None) for n in range(3)
    ]
    people = [make_person(f"Person {n}") for n in range(3)]
    pacts = [make_agreement(f"Pact {n}", signed="1994" if n else None, public=n != 2) for n in range(3)]
    for record in (*works, *people):
        make_name(record, "Same", kind="acronym")
    return {
        "organisation": works,
        "person": people,
        "agreement": pacts,
        "tag": Tag.objects.named(["a", "b", "c"]),
        "source": [make_source(f"Paper {n}") for n in range(3)],
    }


two = st.lists(st.integers(0, 2), min_size=2, max_size=2, unique=True)
links = st.lists(
    st.tuples(
        st.sampled_from(["party", "position", "relation", "story", "subject", "parent"]),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=12,
)


def link(world, what, one, other):
    works, people, pacts = (world[kind] for kind in ("organisation", "person", "agreement"))
    if what == "party":
        pacts[one].parties.get_or_create(organisation=works[other])
    elif what == "position":
        Position.objects.get_or_create(person=people[one], title="Director", organisation=works[other])
    elif what == "relation" and one < other:
        AgreementRelation.objects.get_or_create(source=pacts[one], kind="amends", target=pacts[other])
    elif what == "story":
        story = make_article(
            mentions=[works[one], works[other], people[one], pacts[other]][one == other :],
            tags=[world["tag"][one].name],
            source=world["source"][other],
            published=True,
        )
        story.tags.add(world["tag"][other].name)
    elif what == "subject":
        pacts[one].subjects.add(world["tag"][other].name)
    elif what == "parent" and one < other:
        Organisation.objects.filter(pk=works[other].pk).update(parent=works[one])


def edit_elsewhere(world):
    """Things that a merge of the other records does not touch."""
    make_article("Elsewhere", about=["tr"], published=True)
    make_organisation("Elsewhere", public=True)


def added_to(before, after):
    return {key: row for key, row in after.items() if key not in before}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["organisation", "person", "agreement", "tag", "source"]),
    pair=two,
    said=links,
    swap=st.booleans(),
    edited=st.booleans(),
)
def test_a_merge_undone_leaves_everything_as_it_was(db, kind, pair, said, swap, edited):
    with transaction.atomic():
        world = make_world()
        for what, one, other in said:
            link(world, what, one, other)
        kept, gone = (world[kind][number] for number in pair)
        choices = {"name": gone.pk, "title": gone.pk} if swap else {}
        before = dump()
        try:
            batch = merge(kept, [gone], choices=choices)
        except CannotMerge:
            assert dump() == before
        else:
            expected = before
            if edited:
                merged = dump()
                edit_elsewhere(world)
                now = dump()
                expected = {
                    table: rows | added_to(merged[table], now[table]) for table, rows in before.items()
                }
            undo(batch)
            assert dump() == expected
        transaction.set_rollback(True)
