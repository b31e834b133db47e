"""A list of agreements as a file: exactly the rows that its conditions leave, in its order, with every column."""

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.http import StreamingHttpResponse
from django.urls import reverse

from entities.models import Agreement, Organisation

from .agreement_filters import SORTS
from .agreementlist import AgreementList
from .export import DICTIONARY, agreements_as_rows, cell, names_by_key

CHUNK = 500
COLUMNS = tuple(DICTIONARY["agreements"])
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def as_file(listed: AgreementList, form: str) -> StreamingHttpResponse:
    """Return the rows as they are fetched, so that a long list needs no more room than a short one."""
    order = SORTS[listed.filter.sorted_by][1]
    keys = list(order(listed.filter.qs).values_list("pk", flat=True))
    write = _as_csv if form == "csv" else _as_json
    return StreamingHttpResponse(
        write(_rows(keys)),
        content_type=TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="agreements.{form}"',
            "Link": f'<{reverse("reading:about-data")}>; rel="describedby"',
            "X-Robots-Tag": "noindex",
        },
    )


def _rows(keys: list[int]) -> Iterator[dict[str, Any]]:
    titles, organisations = names_by_key(Agreement, "title"), names_by_key(Organisation, "name")
    for chunk in batched(keys, CHUNK, strict=False):
        found = Agreement.objects.published().filter(pk__in=chunk)
        rows = {row["slug"]: row for row in agreements_as_rows(found, titles, organisations)}
        slugs = dict(found.values_list("pk", "slug"))
        yield from (rows[slugs[key]] for key in chunk if slugs.get(key) in rows)


class _Line:
    """What csv writes to: gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([cell(row[column]) for column in COLUMNS])


def _as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"
