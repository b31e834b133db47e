"""A register in which every text that anybody can give holds every payload."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction

from articles.models import Article, Proposal
from articles.quotes import quote_at
from entities.models import (
    Agreement,
    AgreementParty,
    AgreementRelation,
    Position,
    Tag,
)
from history.models import Batch
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_country,
    make_name,
    make_organisation,
    make_person,
    make_source,
)

from . import payloads


@contextmanager
def riddled_register(blocker: Any) -> Iterator[SimpleNamespace]:
    """One register for all tests of a module, gone when they are done."""
    with blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL idle_in_transaction_session_timeout = 0"
            )  # a browser may be busy meanwhile
        yield riddle()
        transaction.set_rollback(True)


def packed(longest: int, given: Iterable[str] = ()) -> Iterator[str]:
    """All payloads, as many in one text as fit; none is parted unless it alone is too long."""
    text = ""
    for payload in given or payloads.ALL + payloads.TEMPLATES:
        payload = payload.replace("\x00", "")  # which PostgreSQL has no place for, so that forms refuse it
        if text and len(text) + len(payload) >= longest:
            yield text
            text = ""
        text = f"{text} {payload}"[:longest].lstrip()
    yield text


def riddle() -> SimpleNamespace:
    """Make the register: stories of every kind with riddled facts, and records with riddled names."""
    made = SimpleNamespace(tags=[], organisations=[], people=[], agreements=[])
    made.sources = [
        make_source(f"Press {number} {text}", rights="full") for number, text in enumerate(packed(280))
    ]
    made.country = make_country(
        "riddled", labels={language: next(packed(200)) for language in ("en", "ru", "tr")}
    )
    for number, text in enumerate(packed(280)):
        made.organisations.append(
            make_organisation(
                f"Works {number} {text}", country=country("tr"), told_apart_by=text[:190], public=True
            )
        )
    for number, text in enumerate(packed(250)):
        made.people.append(make_person(f"Official {number} {text}", told_apart_by=text[:190], public=True))
        Position.objects.create(
            person=made.people[-1],
            title=text[:200],
            organisation=made.organisations[number % 9],
            country=country("ru"),
        )
    for number, text in enumerate(packed(900)):
        made.agreements.append(_agreement(number, text, made))
    made.tags = Tag.objects.named([f"{number} {text}" for number, text in enumerate(packed(90))])
    make_name(made.organisations[0], f"Also {next(packed(250))}")
    Batch.objects.create(kind="import", label=next(packed(150)))
    made.stories = list(_stories(made))
    made.draft = _draft()
    return made


def _agreement(number: int, text: str, made: SimpleNamespace) -> Agreement:
    record = make_agreement(
        f"Treaty {number} {text}",
        parties=["ru", "tr"],
        public=True,
        place=text[:200],
        register=f"Register {text}"[:200],
        reference=f"{number} {text}"[:200],
        summary=text,
        signed="1992-05-25",
    )
    AgreementParty.objects.create(
        agreement=record, organisation=made.organisations[number % 5], capacity=text[:100]
    )
    if made.agreements:
        AgreementRelation.objects.create(source=record, kind="amends", target=made.agreements[0])
    return record


def _stories(made: SimpleNamespace) -> Iterator[Article]:
    """One story for each kind of payloads in its text, and one for each title full of them."""
    texts = [
        "".join(f"<p>Delegation {payload} came.</p>" for payload in kind) for kind in payloads.KINDS.values()
    ]
    for number, title in enumerate(packed(480)):
        mentions = [
            made.organisations[number],
            made.people[number],
            made.agreements[number % len(made.agreements)],
        ]
        story = make_article(
            f"{number} {title}",
            summary=f"Summary {' '.join(payloads.ALL[number * 9 : number * 9 + 9])}".replace("\x00", ""),
            byline=title[:290],
            body=texts[number % len(texts)],
            source=made.sources[number % len(made.sources)],
            source_url=f"https://gazette.example/?{number}",
            about=["tr", "ru"],
            mentions=mentions,
            published=True,
        )
        story.tags.add(*made.tags[number * 3 : number * 3 + 3])
        mention = story.mentions.filter(organisation__isnull=False).get()
        mention.quotes = [quote_at(story.text.plain, 0, 60), quote_at(story.summary, 0, 200, "summary")]
        mention.save()
        yield story


def _draft() -> Article:
    """A draft with every payload in its text, and among its proposals."""
    body = "".join(
        f"<p>Delegation {number} {payload} came.</p>" for number, payload in enumerate(payloads.ALL)
    )
    draft = make_article(
        f"Draft {next(packed(400))}", summary=next(packed(900)), body=body, dated="2022-12-13"
    )
    for number, text in enumerate(packed(900)):
        Proposal.objects.create(
            article=draft,
            kind=("organisation", "person", "agreement")[number % 3],
            value=f"{number} {text}",
            reason=text[:300],
            payload={"title": text, "place": text},
            score=0.5 + number / 1000,
            version="1",
            quotes=[quote_at(draft.text.plain, number * 40, number * 40 + 30)],
        )
    return draft


def public_pages(made: SimpleNamespace) -> list[str]:
    """Every kind of public page that shows something of it."""
    some = [*made.stories, made.organisations[0], made.organisations[-1], made.people[0], made.people[-1]]
    some += [*made.agreements, *made.tags[:2], made.stories[-1].tags.last()]
    lists = [
        "/",
        "/stories/",
        "/organisations/",
        "/people/",
        "/agreements/",
        "/tags/",
        "/countries/",
        "/about/",
    ]
    lists += [
        "/countries/tr/",
        "/countries/ru/tr/",
        "/countries/riddled/",
        "/search/?q=delegation",
        "/search/?q=works",
    ]
    lists += ["/stories/?page=2", "/organisations/?page=2", "/people/?page=2"]
    return lists + [record.get_absolute_url() for record in some]


def desk_pages(made: SimpleNamespace) -> list[str]:
    """Lists, forms, histories, reviews and pages of deletion on the desk."""
    pages = [
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/?q=delegation",
        "/admin/articles/article/intake/",
    ]
    records = {
        "articles/article": [made.stories[0], made.draft],
        "entities/organisation": made.organisations[:2],
        "entities/person": made.people[:2],
        "entities/agreement": made.agreements[:2],
        "entities/source": made.sources[:2],
        "entities/tag": made.tags[:2],
        "entities/country": [made.country],
    }
    for path, of_a_kind in records.items():
        pages.append(f"/admin/{path}/")
        for record in of_a_kind:
            pages += [f"/admin/{path}/{record.pk}/{page}" for page in ("change/", "history/", "delete/")]
    pages += [
        "/admin/entities/name/?q=also",
        "/admin/history/batch/",
        f"/admin/articles/article/{made.draft.pk}/review/",
    ]
    pages += [
        f"/admin/articles/article/{made.stories[0].pk}/{page}" for page in ("review/", "history/compare/")
    ]
    pages.append(
        f"/admin/articles/article/{made.draft.pk}/review/?add=organisation&words=<svg onload=alert(9801)>"
    )
    return [*pages, f"/preview/{made.draft.pk}/", f"/preview/{made.stories[0].pk}/"]
