"""Any batch comes back row by row, unless somebody else has built on it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Mention
from entities.models import Agreement, ImportedRow, Name, Organisation, Tag
from history.attribution import recorded_batch
from history.models import Batch, Change
from history.undoing import CannotUndo, plan_of, undo

from ..factories import country, make_agreement, make_article, make_name, make_organisation, make_user
from .dumps import dump

pytestmark = pytest.mark.django_db


def recorded(work, kind="import_test"):
    with recorded_batch(kind, "a file") as batch:
        work()
    return batch


def make_some():
    works = make_organisation("Truck Works", country=country("ru"), public=True)
    make_name(works, "Грузовой завод", language="ru")
    pact = make_agreement("Pact on Trucks", parties=["ru", "tr", works], signed="1994", public=True)
    pact.subjects.add("trade")
    make_article("Pact signed", mentions=[works, pact], tags=["trade"], body="<p>Signed.</p>", published=True)


def change_all():
    Organisation.objects.update(website="https://works.example", name="Works", key="works")
    Name.objects.filter(organisation__isnull=False, is_main=False).update(text="Завод", key="завод")
    Article.objects.update(language="tr", summary="Ours.")


def delete_all():
    Mention.objects.all().delete()
    Article.objects.all().delete()
    Agreement.objects.all().delete()
    Organisation.objects.all().delete()
    Tag.objects.all().delete()


@pytest.mark.parametrize("work", [make_some, change_all, delete_all])
def test_what_a_batch_added_changed_or_deleted_is_as_before(work):
    make_some() if work is not make_some else None
    before = dump()
    batch = recorded(work)
    assert dump() != before
    undo(batch)
    assert dump() == before


def test_a_batch_that_did_everything_to_the_same_rows_is_as_before():
    make_some()
    before = dump()
    batch = recorded(lambda: (change_all(), delete_all(), make_some(), change_all()))
    undo(batch)
    assert dump() == before


def test_an_emptied_table_is_full_again():
    make_some()
    before = dump()

    def empty():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE articles_proposal, articles_mention")

    undo(recorded(empty))
    assert dump() == before


def test_an_undo_is_a_batch_of_whoever_did_it_and_can_be_undone():
    batch, user = recorded(make_some), make_user()
    after = dump()
    made = undo(batch, user)
    assert (made.kind, made.undoes, made.who) == ("undo", batch, user)
    assert batch.undone and Change.objects.in_batch(made).by(user).exists()
    undo(made)
    batch.refresh_from_db()
    assert dump() == after and not batch.undone


def test_what_was_undone_and_redone_can_be_undone_again():
    before = dump()
    batch = recorded(make_some)
    undo(undo(batch))
    batch.refresh_from_db()
    undo(batch)
    assert dump() == before


def test_a_batch_is_undone_once():
    batch = recorded(make_some)
    undo(batch)
    with pytest.raises(CannotUndo, match="already"):
        undo(batch)


def test_a_row_that_somebody_changed_since_is_named_and_nothing_is_touched():
    batch = recorded(make_some)
    Organisation.objects.update(website="https://works.example")
    before = dump()
    with pytest.raises(CannotUndo) as refused:
        undo(batch)
    [conflict] = refused.value.conflicts
    assert (conflict.model, conflict.reason) == (Organisation, "changed since")
    assert dump() == before


def test_a_change_of_other_fields_is_no_clash_and_stays():
    make_some()
    batch = recorded(change_all)
    Organisation.objects.update(kind="company")
    undo(batch)
    works = Organisation.objects.get()
    assert (works.name, works.kind) == ("Truck Works", "company")


def test_a_change_that_was_taken_back_is_no_clash():
    before = dump()
    batch = recorded(make_some)
    for website in ("https://works.example", ""):
        Organisation.objects.update(website=website)
    undo(batch)
    assert dump() == before


def test_a_later_batch_stands_against_it_until_it_is_undone():
    make_some()
    before = dump()
    first = recorded(change_all)
    second = recorded(lambda: Organisation.objects.update(website="https://other.example"))
    with pytest.raises(CannotUndo):
        undo(first)
    undo(second)
    undo(first)
    assert dump() == before


def test_a_record_that_somebody_links_to_does_not_go():
    batch = recorded(make_organisation)
    make_article(mentions=[Organisation.objects.get()])
    with pytest.raises(CannotUndo) as refused:
        undo(batch)
    assert refused.value.conflicts[0].by[0] is Mention


def test_leaving_out_keeps_what_somebody_changed_with_all_that_belongs_to_it():
    batch = recorded(make_some)
    Organisation.objects.update(website="https://works.example")
    made = undo(batch, leave_out=True)
    works = Organisation.objects.get()
    assert works.names.count() == 2 and works.website
    assert not Agreement.objects.exists() and not Article.objects.exists()
    assert made.counts["left out"] == 4  # the record, two names, its address


def test_leaving_out_keeps_what_the_kept_points_at():
    def make_with_parent():
        make_organisation("Daughter", parent=make_organisation("Parent"))

    batch = recorded(make_with_parent)
    Organisation.objects.filter(name="Daughter").update(kind="bank")
    undo(batch, leave_out=True)
    assert Organisation.objects.count() == 2


def test_a_record_that_comes_back_without_its_left_out_name_gets_one_again():
    works, other = make_organisation("Truck Works"), make_organisation("Other")

    def give_away():
        works.names.update(organisation=other, is_main=False)
        works.delete()

    batch = recorded(give_away)
    Name.objects.filter(text="Truck Works").update(text="Trucks", key="trucks")
    undo(batch, leave_out=True)
    assert [str(name) for name in Organisation.objects.get(name="Truck Works").names.all()] == ["Truck Works"]
    assert other.names.count() == 2


def test_lists_are_right_after_an_undo():
    make_some()
    batch = recorded(delete_all)
    undo(batch)
    listing = Agreement.objects.get().listing
    assert listing.organisation_ids == [Organisation.objects.get().pk]
    assert Article.objects.get().listing.agreement_ids == [listing.pk]


def test_an_undone_import_is_new_again(tmp_path):
    file = tmp_path / "bodies.csv"
    file.write_text("name,country,acronym\nTruck Works,ru,TW\nSteel Works,ru,SW\n")
    before = dump()
    call_command("import_organisations", file)
    call_command("undo", str(Batch.objects.first().pk))
    assert dump() == before and not ImportedRow.objects.exists()
    call_command("import_organisations", file)
    assert Batch.objects.first().counts["new"] == 2


def test_the_command_says_what_it_would_do_and_does_nothing(capsys):
    batch = recorded(make_some)
    before = dump()
    call_command("undo", str(batch.pk), "--dry-run")
    assert "organisation: 1 added" in capsys.readouterr().out
    assert dump() == before


def test_the_command_lists_what_stands_against_it(capsys):
    batch = recorded(make_some)
    Organisation.objects.update(website="https://works.example")
    with pytest.raises(CommandError, match="--leave-out"):
        call_command("undo", str(batch.pk))
    assert "Truck Works: changed since" in capsys.readouterr().out


def test_the_command_lists_the_newest_batches(capsys):
    batch = recorded(make_some)
    call_command("undo")
    assert f"{batch.pk} " in capsys.readouterr().out


def test_an_undo_takes_as_many_queries_for_many_rows(django_assert_max_num_queries):
    batch = recorded(lambda: [make_organisation(public=True) for _ in range(30)])
    with django_assert_max_num_queries(90):
        undo(batch)


def test_only_who_may_change_the_records_may_undo():
    plan = plan_of(recorded(make_some))
    assert plan.may_be_undone_by(make_user("editor"))
    assert not plan.may_be_undone_by(make_user("contributor"))
    assert not plan_of(recorded(make_user)).may_be_undone_by(make_user("editor"))


def desk(role="editor"):
    client = Client()
    client.force_login(make_user(role), backend="accounts.backends.RoleBackend")
    return client


def address(batch, page="undo"):
    return reverse(f"admin:history_batch_{page}", args=[batch.pk])


def test_the_desk_lists_batches_with_their_kind_and_state():
    made = undo(recorded(make_some, kind="import_organisation"))
    page = desk().get(reverse("admin:history_batch_changelist")).content.decode()
    assert "Import: organisations" in page and "undone" in page
    assert "Import: organisations, a file" in desk().get(address(made, "change")).content.decode()


def test_the_page_of_a_batch_says_what_it_wrote_and_leads_to_the_undo():
    batch = recorded(make_some)
    page = desk().get(address(batch, "change")).content.decode()
    assert "Truck Works" in page and address(batch) in page


def test_an_editor_undoes_a_batch_on_the_desk():
    client, before = desk(), dump()
    batch = recorded(make_some)
    assert "3 added" in client.get(address(batch)).content.decode()
    answer = client.post(address(batch), follow=True)
    assert dump() == before and "Undone: removed" in answer.content.decode()


def test_the_desk_names_what_stands_against_it_and_offers_to_leave_it_out():
    batch, client = recorded(make_some), desk()
    Organisation.objects.update(website="https://works.example")
    page = client.get(address(batch)).content.decode()
    assert "Truck Works: changed since" in page and "leave_out" in page
    assert "Nothing was changed" in client.post(address(batch), follow=True).content.decode()
    client.post(address(batch), {"leave_out": "1"})
    assert Organisation.objects.exists() and not Article.objects.exists()


def test_a_contributor_undoes_nothing():
    batch = recorded(make_some)
    assert desk("contributor").post(address(batch)).status_code == 403
    assert Organisation.objects.exists()


def test_nobody_undoes_what_they_could_not_have_done():
    batch = recorded(make_user)
    assert desk().post(address(batch)).status_code == 403


def test_the_history_of_a_record_leads_to_the_batch():
    batch = recorded(make_some)
    works = Organisation.objects.get()
    page = desk().get(reverse("admin:entities_organisation_history", args=[works.pk])).content.decode()
    assert address(batch, "change") in page
