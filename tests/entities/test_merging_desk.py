"""Merging on the desk: from the list, from a record, from the list of likely pairs."""

import pytest
from django.test import Client
from django.urls import reverse

from entities.merging import preview
from entities.models import Distinct, Organisation, Tag
from history.attribution import recorded_batch
from history.models import Batch
from history.undoing import undo

from ..factories import (
    country,
    make_agreement,
    make_article,
    make_name,
    make_organisation,
    make_person,
    make_source,
    make_user,
)
from ..history.dumps import dump

pytestmark = pytest.mark.django_db


def desk(role="editor"):
    client = Client()
    client.force_login(make_user(role), backend="accounts.backends.RoleBackend")
    return client


def address(page, model="organisation", *args):
    return reverse(f"admin:entities_{model}_{page}", args=args)


def two():
    return make_organisation("Truck Works", public=True), make_organisation(
        "Грузовой завод", country=country("ru")
    )


def send(client, kept, gone, **data):
    data = {"ids": [kept.pk, gone.pk], "keep": kept.pk, "stamp": preview(kept, [gone]).stamp} | data
    return client.post(address("merge"), data, follow=True)


def test_the_action_of_the_list_leads_to_the_preview():
    kept, gone = two()
    make_article("A story of trucks", mentions=[gone])
    answer = desk().post(
        address("changelist"), {"action": "merge", "_selected_action": [kept.pk, gone.pk]}, follow=True
    )
    page = answer.content.decode()
    assert "Грузовой завод" in page and "A story of trucks" in page and "Merge them" in page


def test_one_post_merges_and_offers_the_undo():
    kept, gone = two()
    page = send(desk(), kept, gone, choice_name=gone.pk).content.decode()
    kept.refresh_from_db()
    assert kept.name == "Грузовой завод" and kept.country == country("ru")
    assert reverse("admin:history_batch_undo", args=[Batch.objects.first().pk]) in page


def test_the_form_of_a_record_leads_to_merging_it_with_another():
    kept, gone = two()
    client = desk()
    assert (
        f"{address('merge')}?ids={kept.pk}"
        in client.get(address("change", "organisation", kept.pk)).content.decode()
    )
    page = client.get(address("merge"), {"ids": kept.pk, "q": "завод"}).content.decode()
    assert f"with={gone.pk}" in page
    assert "Merge them" in client.get(address("merge"), {"ids": kept.pk, "with": gone.pk}).content.decode()


@pytest.mark.parametrize("make", [make_organisation, make_person, make_agreement, make_source])
def test_every_kind_has_its_pages(make):
    one, other = make(), make()
    client, kind = desk(), type(one)._meta.model_name
    assert client.get(address("merge", kind), {"ids": one.pk}).status_code == 200
    assert "Merge them" in client.get(address("merge", kind), {"ids": [one.pk, other.pk]}).content.decode()
    assert client.get(address("duplicates", kind)).status_code == 200


def test_tags_have_them_too():
    one, other = Tag.objects.named(["trade", "trades"])
    client = desk()
    assert "trades" in client.get(address("duplicates", "tag")).content.decode()
    client.post(
        address("merge", "tag"),
        {"ids": [one.pk, other.pk], "keep": one.pk, "stamp": preview(one, [other]).stamp},
    )
    assert [str(tag) for tag in Tag.objects.all()] == ["trade"]


def test_a_preview_that_somebody_has_overtaken_merges_nothing():
    kept, gone = two()
    stamp = preview(kept, [gone]).stamp
    make_name(gone, "Another name")
    page = send(desk(), kept, gone, stamp=stamp).content.decode()
    assert "Nothing was changed" in page and Organisation.objects.count() == 2


def test_what_cannot_be_merged_says_why_and_has_no_button():
    kept = make_organisation("Kept")
    gone = make_organisation("Gone", parent=make_organisation("Middle", parent=kept))
    page = desk().get(address("merge"), {"ids": [kept.pk, gone.pk]}).content.decode()
    assert "Middle" in page and "Merge them" not in page


def test_the_list_of_pairs_remembers_which_are_different():
    one, other = (
        make_organisation(name, country=country("ru")) for name in ("Bank of Moscow", "Moscow Bank")
    )
    client = desk()
    assert "the same words in another order" in client.get(address("duplicates")).content.decode()
    client.post(address("duplicates"), {"ids": [one.pk, other.pk]})
    assert Distinct.objects.count() == 1
    assert "No two records look like one" in client.get(address("duplicates")).content.decode()


def test_who_asks_for_the_merged_record_is_led_to_the_kept_one():
    kept, gone = two()
    client = desk()
    send(client, kept, gone)
    answer = client.get(address("change", "organisation", gone.pk), follow=True)
    assert answer.redirect_chain[-1][0] == address("change", "organisation", kept.pk)
    assert "was merged into this record" in answer.content.decode()


def test_a_contributor_merges_nothing():
    kept, gone = two()
    client = desk("contributor")
    assert send(client, kept, gone).status_code == 403
    assert client.post(address("duplicates"), {"ids": [kept.pk, gone.pk]}).status_code == 403
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("ids", ["", "x", "9" * 400, "-1", "²", "0"])
def test_odd_numbers_are_nobody(ids):
    assert desk().get(address("merge"), {"ids": ids}).status_code == 200


@pytest.mark.parametrize("path", ["entities/country", "entities/organisation"])
def test_what_is_used_is_not_deleted_and_nothing_is_left_hanging(path):
    """A country or organisation in use: the desk says what uses it."""
    works = make_organisation("Truck Works", country=country("kz"))
    make_article(about=["kz"], mentions=[works])
    make_agreement(parties=["kz", works])
    record = works if path.endswith("organisation") else country("kz")
    answer = desk().post(f"/admin/{path}/{record.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 200 and type(record).objects.filter(pk=record.pk).exists()


def test_a_deleted_organisation_comes_back_with_its_names():
    works = make_organisation("Truck Works", country=country("kz"), public=True)
    make_name(works, "Грузовой завод")
    before = dump()
    with recorded_batch("deletion") as batch:
        works.delete()
    undo(batch)
    assert dump() == before
