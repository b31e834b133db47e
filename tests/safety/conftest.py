"""One small register with something public and something hidden of every kind, and somebody of every role."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Invitation
from articles.models import Article, Proposal
from articles.quotes import quote_of
from entities.models import Position, Tag
from history.models import Batch
from imports.models import Import
from jobs.models import Job
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_country,
    make_name,
    make_organisation,
    make_person,
    make_source,
    make_superuser,
    make_user,
)

STORY = "Zyxstory"  # stands in everything about a draft of somebody else
ASKED = "Kyxasked"  # stands beside it, and is what is searched for: an answer may repeat it
HIDDEN = "Zyxhidden"  # stands in records that nobody has released
ROLES = ("visitor", "contributor", "owner", "editor", "administrator", "superuser")


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    users = SimpleNamespace(
        contributor=make_user("contributor", username="contributor-one"),
        owner=make_user("contributor", username="owner-one"),
        editor=make_user("editor", username="editor-one"),
        administrator=make_user("administrator", username="administrator-one"),
        superuser=make_superuser(username="superuser-one"),
    )
    world = SimpleNamespace(users=users)
    add_what_is_public(world)
    add_what_is_hidden(world)
    world.draft = add_draft(users.owner)
    world.batch = Batch.objects.create(kind="import", label="a file")
    world.job = Job.objects.create(path="somewhere.work", label="a file", owner=users.editor)
    world.run = Import.objects.create(
        kind="tag", file_name="tags.csv", owner=users.editor, is_mapped=True, result={"read": 0, "counts": {}}
    )
    world.invitation = Invitation(email="guest@desk.example")
    world.invitation.renew(users.administrator)
    return world


def add_what_is_public(world: SimpleNamespace) -> None:
    world.works = make_organisation("Truck Works", country=country("ru"), kind="company", public=True)
    world.other_name = make_name(world.works, "Грузовой завод", language="ru")
    world.director = make_person("Director One", country=country("ru"), public=True)
    Position.objects.create(person=world.director, title="Director", organisation=world.works)
    world.treaty = make_agreement(
        "Treaty on Principles", parties=["ru", "tr"], signed="1992-05-25", public=True
    )
    world.treaty.subjects.add("diplomacy")
    world.treaty.text_file.save("treaty.txt", ContentFile(b"Article 1"))
    world.source = make_source("Works Press", rights="full")
    world.country = make_country("sample")  # without the hundreds of names that others have
    world.story = make_article(
        "Delegation visits Bursa",
        about=["ru", "tr"],
        mentions=[world.works, world.director, world.treaty],
        tags=["trade"],
        body="<p>The delegation of Truck Works visited Bursa.</p>",
        summary="A delegation came to talk about components.",
        source=world.source,
        published=True,
    )


def add_what_is_hidden(world: SimpleNamespace) -> None:
    world.hidden_works = make_organisation(f"{HIDDEN} {ASKED} works", country=country("tr"))
    world.hidden_person = make_person(f"{HIDDEN} {ASKED} person", country=country("tr"))
    world.hidden_agreement = make_agreement(f"{HIDDEN} {ASKED} pact", parties=["ru", "tr"], signed="1999")
    world.hidden_source = make_source(f"{HIDDEN} {ASKED} gazette", rights="full")
    world.hidden_tag = Tag.objects.named([f"{HIDDEN} {ASKED} tag"])[0]


def add_draft(owner: object, marker: str = STORY) -> Article:
    draft = make_article(
        f"{marker} talks {ASKED}",
        about=["ru", "tr"],
        tags=["trade"],
        body=f"<p>{marker} delegation of {ASKED} met Turkish companies.</p>",
        summary=f"{marker} summary of {ASKED}.",
        byline=f"{marker} byline",
        created_by=owner,
        dated="2022-12-13",
    )
    for kind, value, target in (
        ("country", "Turkish", country("tr")),
        ("organisation", f"{marker} delegation", None),
    ):
        Proposal.objects.create(
            article=draft,
            kind=kind,
            value=value,
            score=0.9,
            version="1",
            quotes=[quote_of(value, draft.text.plain)],
            **({"country": target} if target else {}),
        )
    return draft


@pytest.fixture
def browser_of(world: SimpleNamespace) -> Callable[[str], Client]:
    """Return a browser of a visitor or of the one of that role."""

    def make(role: str, **options: object) -> Client:
        client = Client(**options)
        if role != "visitor":
            client.force_login(getattr(world.users, role), backend="accounts.backends.RoleBackend")
        return client

    return make


@pytest.fixture
def browsers(browser_of: Callable[[str], Client]) -> dict[str, Client]:
    return {role: browser_of(role) for role in ROLES}


@pytest.fixture
def arguments(world: SimpleNamespace) -> dict[str, tuple]:
    """What an address of the URLconf is filled with, by the beginning of its route."""
    return {
        "admin/articles/article/look-for/": ("organisation", world.works.pk),
        "admin/articles/article/": (world.draft.pk,),
        "admin/entities/agreement/": (world.treaty.pk,),
        "admin/entities/country/": (world.country.pk,),
        "admin/entities/organisation/": (world.works.pk,),
        "admin/entities/person/": (world.director.pk,),
        "admin/entities/source/": (world.source.pk,),
        "admin/entities/name/": (world.other_name.pk,),
        "admin/entities/tag/": (Tag.objects.get(slug="trade").pk,),
        "admin/history/batch/": (world.batch.pk,),
        "admin/jobs/job/": (world.job.pk,),
        "admin/imports/import/": (world.run.pk,),
        "admin/accounts/user/": (world.users.contributor.pk,),
        "admin/accounts/invitation/": (world.invitation.pk,),
        "admin/axes/accessattempt/": (failed_attempt().pk,),
        "admin/r/<path:content": (ContentType.objects.get_for_model(Article).pk, world.story.pk),
        "admin/r/<path:record>": (f"{ContentType.objects.get_for_model(Article).pk}/{world.story.pk}",),
        "preview/": (world.draft.pk,),
        "accounts/reset/": ("MQ", "made-up"),
        "accounts/invitation/": ("made-up",),
        "sitemap-": ("stories", 1),
        "stories/": (world.story.slug,),
        "countries/": ("ru", "tr"),
        "organisations/": (world.works.slug,),
        "people/": (world.director.slug,),
        "agreements/": (world.treaty.slug, "bib"),
        "tags/": ("trade",),
    }


def failed_attempt() -> object:
    from axes.models import AccessAttempt

    return AccessAttempt.objects.get_or_create(
        username="somebody", ip_address="192.0.2.1", failures_since_start=1
    )[0]
