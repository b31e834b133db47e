"""No address of another scheme than the web's is stored, whatever way it came."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from lxml import html

from articles.models import ArticleText, Proposal
from articles.texts import set_body
from tests.factories import make_agreement, make_article, make_organisation, make_source, make_superuser

from .payloads import ADDRESSES, KINDS

WHOLE = os.environ.get("PAYLOADS") == "all"
INTAKE = "/admin/articles/article/intake/"
LONG = "The ministers met in Ankara and spoke about trade between Türkiye and Russia for two days."
WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
COLUMNS = {
    "organisations": ("name", "website"),
    "sources": ("name", "website"),
    "agreements": ("title", "url"),
    "articles": ("title", "source_url", "text", "source"),
}


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    client.force_login(make_superuser(), backend="accounts.backends.RoleBackend")
    return client


def columns_of_addresses() -> list[tuple[str, str]]:
    """Every column that holds an address, of every table."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return [
        (field.model._meta.db_table, field.column) for field in fields if isinstance(field, models.URLField)
    ]


def stored() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table, column in columns_of_addresses():
            cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> %s', [""])
            yield from (value for (value,) in cursor.fetchall())
        cursor.execute("SELECT body FROM articles_articletext WHERE body <> ''")
        for (body,) in cursor.fetchall():
            for _node, _name, address, _place in html.fragment_fromstring(
                body, create_parent="div"
            ).iterlinks():
                yield re.sub(r"[\t\n\r]", "", address).strip()  # which browsers leave out of links


def unsafe() -> list[str]:
    return [address for address in stored() if not WEB.match(address) and not address.startswith("mailto:")]


def test_every_column_of_addresses_is_known_and_ruled_by_the_database(db: None):
    columns = columns_of_addresses()
    assert {("entities_source", "website"), ("entities_agreement", "text_url")} <= set(columns)
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c'")
        rules = {name for (name,) in cursor.fetchall()}
    assert [
        f"{table}_{column}_is_web" for table, column in columns if f"{table}_{column}_is_web" not in rules
    ] == []


def test_the_database_refuses_them_by_itself(db: None):
    records = {
        "website": (make_source(), make_organisation()),
        "text_url": (make_agreement(),),
        "source_url": (make_article(),),
    }
    for column, owners in records.items():
        for owner in owners:
            rows = type(owner).objects.filter(pk=owner.pk)
            rows.update(**{column: "HTTPS://gazette.example/ü?x=1#y"})
            for address in ADDRESSES:
                with pytest.raises(IntegrityError), transaction.atomic():
                    rows.update(**{column: address})
    assert len(list(stored())) == 4 and unsafe() == []


def test_no_form_stores_them(desk: Client):
    inline = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    for number, address in enumerate(ADDRESSES):
        if WHOLE or number % 4 == 0:
            desk.post(INTAKE, {"text": f"Talks {number}\n\n{LONG} {number} {address}", "source_url": address})
        for kind in ("source", "organisation") if WHOLE else ("source", "organisation")[number % 2 :][:1]:
            form = {
                "name": f"Body {number}",
                "name_language": "en",
                "kind": "other",
                "rights": "link",
                "website": address,
            }
            answer = desk.post(f"/admin/entities/{kind}/add/", form | inline)
            assert answer.status_code in (200, 302)
    assert unsafe() == []


def test_no_review_stores_them(desk: Client):
    article = make_article("Talks", body=f"<p>{LONG}</p>", dated="2022-12-13")
    review = f"/admin/articles/article/{article.pk}/review/"
    for address in ADDRESSES if WHOLE else ADDRESSES[::4]:
        article.refresh_from_db()
        facts = {
            "title": "Talks",
            "language": "en",
            "dated": "2022",
            "revision": article.revision,
            "tags": "",
        }
        assert desk.post(review, facts | {"save": "1", "source_url": address}).status_code < 500
        article.proposals.all().delete()
        fact = {"kind": "fact", "field": "source_url", "value": address, "score": 0.9, "version": "1"}
        proposal = Proposal.objects.create(article=article, **fact)
        for act in ({"accept": proposal.pk}, {"correct": proposal.pk, "value": address}):
            assert desk.post(review, act, follow=True).status_code < 500, (address, act)
    assert unsafe() == []


def test_no_text_stores_them(desk: Client):
    article = make_article()
    for address in ADDRESSES:
        set_body(article, f"<p><a href='{address}'>x</a><q cite='{address}'>y</q></p>")
        assert unsafe() == [], address
    links = "".join(f"<p>{LONG} {number} {link}</p>" for number, link in enumerate(KINDS["schemes of links"]))
    told = "<base href='javascript:x'><link rel=canonical href='javascript:x'><meta property=og:url content='data:x'>"
    page = f"<html><head><title>Talks</title>{told}</head><body>{links}</body></html>"
    desk.post(INTAKE, {"files": [SimpleUploadedFile("page.html", page.encode())]})
    desk.post(INTAKE, {"text": page.replace("two days", "six days").replace("\x00", "")})
    assert ArticleText.objects.filter(body__contains="The ministers met in Ankara").count() == 2
    assert unsafe() == []


@pytest.mark.parametrize("kind", COLUMNS)
@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_no_file_stores_them(db: None, tmp_path: Path, kind: str, suffix: str):
    names = COLUMNS[kind]
    rows = [
        dict(zip(names, (f"Brought in {number}", address, f"{LONG} {number}", "Press"), strict=False))
        for number, address in enumerate(ADDRESSES)
    ]
    file = tmp_path / f"{kind}{suffix}"
    write(file, names, rows)
    said = io.StringIO()
    with suppress(SystemExit, CommandError):  # rows are refused with a line: what is stored is what counts
        call_command(f"import_{kind}", str(file), stdout=said, stderr=said)
    assert said.getvalue().count("refused: ") >= len(ADDRESSES) / 2, said.getvalue()[-300:]
    assert unsafe() == []


def write(file: Path, names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    if file.suffix == ".json":
        file.write_text(json.dumps(rows), encoding="utf-8")
        return
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(rows)


def test_what_is_refused_is_said_in_words(desk: Client):
    shown = SimpleNamespace(
        answer=desk.post(INTAKE, {"text": f"Talks\n\n{LONG}", "source_url": "javascript:alert(1)"})
    )
    assert "valid URL" in shown.answer.content.decode()
    source = make_source()
    source.website = "ftp://gazette.example/"
    with pytest.raises(Exception, match="http:// or https://"):
        source.full_clean()
