"""Objects for tests: every field that a test does not care about has a plain value."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import models

from accounts.models import User
from articles.models import Article, Mention
from articles.texts import set_body
from entities.models import Agreement, Country, Name, Organisation, Person, Source

_numbers = count(1)
PASSWORD = "correct horse battery"  # noqa: S105


def make_user(role: str = User.Role.EDITOR, **fields: Any) -> User:
    """A user who signs in with PASSWORD; the username is the role and a number unless given."""
    fields.setdefault("username", f"{role}{next(_numbers)}")
    fields.setdefault("email", f"{fields['username']}@desk.example")
    fields.setdefault("password", PASSWORD)
    return User.objects.make(role=role, **fields)


def make_superuser(**fields: Any) -> User:
    return make_user(role=User.Role.ADMINISTRATOR, is_superuser=True, **fields)


def make_country(code: str = "tr", **fields: Any) -> Country:
    """The country of this code, made when it is none of those that migrations bring."""
    fields.setdefault("kind", Country.Kind.STATE)
    fields.setdefault("labels", {"en": code.upper()})
    return Country.objects.get_or_create(code=code, defaults=fields)[0]


def make_source(name: str = "Example Gazette", **fields: Any) -> Source:
    return Source.objects.get_or_create(name=name, defaults=fields)[0]


def make_organisation(name: str = "Example Bank", public: bool = True, **fields: Any) -> Organisation:
    return _released(Organisation.objects.create(name=name, **fields), public)


def make_person(name: str = "Editor One", public: bool = True, **fields: Any) -> Person:
    return _released(Person.objects.create(name=name, **fields), public)


def make_agreement(
    title: str = "Agreement on Examples", parties: Iterable[Country] = (), public: bool = True, **fields: Any
) -> Agreement:
    agreement = Agreement.objects.create(title=title, **fields)
    for position, country in enumerate(parties):
        agreement.parties.create(country=country, position=position)
    return _released(agreement, public)


def make_name(record: models.Model, text: str, **fields: Any) -> Name:
    return Name.objects.create(text=text, **{record._meta.model_name: record}, **fields)


def make_mention(article: Article, record: models.Model, about: bool = False, **fields: Any) -> Mention:
    fields[record._meta.model_name] = record
    return Mention.objects.create(article=article, about=about, **fields)


def make_article(
    title: str = "",
    about: Iterable[Country] = (),
    names: Iterable[models.Model] = (),
    tags: Iterable[str] = (),
    body: str = "<p>Two sides met.</p>",
    published: bool = False,
    **fields: Any,
) -> Article:
    """A dated draft with a source and a text; with ``published``, about Türkiye unless ``about`` says otherwise."""
    fields.setdefault("dated", "1994-04-01")
    if "source" not in fields:
        fields["source"] = make_source()
    article = Article.objects.create(title=title or f"Story {next(_numbers)}", **fields)
    set_body(article, body)
    for country in about or ([make_country()] if published else []):
        make_mention(article, country, about=True)
    for record in names:
        make_mention(article, record)
    article.tags.add(*tags)
    if published:
        article.publish()
    return article


def _released(record: Any, public: bool) -> Any:
    """As an importer brings it, public with an address; or as the desk knows it before its release."""
    if public:
        type(record).objects.filter(pk=record.pk).release()
        record.refresh_from_db()
    return record


def country(code: str) -> Country:
    """One of the countries that every register has."""
    return Country.objects.get(code=code)


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
        Mention.objects.create(article=article, country=country(code), about=True)
    for record in mentions:
        Mention.objects.create(article=article, **{record._meta.model_name: record})
    article.tags.set(tags)
    if published:
        article.publish()
    return article
