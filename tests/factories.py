"""Objects for tests: every field that a test does not care about has a plain value."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import models

from accounts.models import User
from articles.models import Article, Mention
from articles.texts import set_body
from entities.models import Agreement, AgreementParty, Country, Name, Organisation, Person, Source

_numbers = count(1)
PASSWORD = "correct horse battery"


def make_user(role: str = User.Role.EDITOR, **fields: Any) -> User:
    """A user who signs in with PASSWORD; the username is the role and a number unless given."""
    fields.setdefault("username", f"{role}{next(_numbers)}")
    fields.setdefault("email", f"{fields['username']}@desk.example")
    fields.setdefault("password", PASSWORD)
    return User.objects.make(role=role, **fields)


def make_superuser(**fields: Any) -> User:
    return make_user(role=User.Role.ADMINISTRATOR, is_superuser=True, **fields)


def country(code: str) -> Country:
    """One of the countries that every register has."""
    return Country.objects.get(code=code)


def make_country(code: str, **fields: Any) -> Country:
    """A state that no register has by itself."""
    fields.setdefault("kind", Country.Kind.STATE)
    fields.setdefault("labels", {"en": code.upper()})
    return Country.objects.create(code=code, **fields)


def make_source(name: str = "", **fields: Any) -> Source:
    return Source.objects.create(name=name or f"Source {next(_numbers)}", **fields)


def make_organisation(name: str = "", *, public: bool = False, **fields: Any) -> Organisation:
    record = Organisation.objects.create(name=name or f"Organisation {next(_numbers)}", **fields)
    return _released(record) if public else record


def make_person(name: str = "", *, public: bool = False, **fields: Any) -> Person:
    record = Person.objects.create(name=name or f"Person {next(_numbers)}", **fields)
    return _released(record) if public else record


def make_agreement(
    title: str = "", *, parties: Iterable[str | Organisation] = (), public: bool = False, **fields: Any
) -> Agreement:
    """Parties are country codes or organisations."""
    record = Agreement.objects.create(title=title or f"Agreement {next(_numbers)}", **fields)
    for party in parties:
        named = {"country": country(party)} if isinstance(party, str) else {"organisation": party}
        AgreementParty.objects.create(agreement=record, **named)
    return _released(record) if public else record


def _released(record: Any) -> Any:
    type(record).objects.filter(pk=record.pk).release()
    record.refresh_from_db()
    return record


def make_article(
    title: str = "",
    *,
    about: Iterable[str] = (),
    mentions: Iterable[Any] = (),
    tags: Iterable[str] = (),
    body: str = "",
    published: bool = False,
    **fields: Any,
) -> Article:
    """A draft, or a published story with a source and a date; ``about`` are codes, ``mentions`` records."""
    if published:
        fields.setdefault("source", make_source())
        if not fields.get("date_missing"):
            fields.setdefault("dated", "2022-12-13")
    article = Article.objects.create(title=title or f"Story {next(_numbers)}", **fields)
    set_body(article, body)
    for code in about or (["tr"] if published else []):
        make_mention(article, country(code), about=True)
    for record in mentions:
        make_mention(article, record)
    article.tags.set(tags)
    if published:
        article.publish()
    return article


def make_mention(article: Article, record: models.Model, about: bool = False, **fields: Any) -> Mention:
    fields[record._meta.model_name] = record
    return Mention.objects.create(article=article, about=about, **fields)


def make_name(record: models.Model, text: str, **fields: Any) -> Name:
    return Name.objects.create(text=text, **{record._meta.model_name: record}, **fields)
