import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from articles.intake.draft import copies_of, take_in
from articles.intake.extract import MAX_BYTES, UnreadableInput, read_bytes
from articles.intake.output import as_json
from articles.intake.recognise import recognise
from articles.intake.register import matcher_for
from articles.models import Article

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class Command(BaseCommand):
    help = "Turn texts into drafts with proposals: files of plain text or HTML, or - for what comes in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "inputs", nargs="+", metavar="PATH|URL|-", help="a file, an address, or - for standard input"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.add_argument("--dry-run", action="store_true", help="save nothing")

    def handle(self, *, inputs: list[str], **options: Any) -> None:
        failed = 0
        for name in inputs:
            try:
                row, article = self._one(name, dry_run=options["dry_run"])
            except (UnreadableInput, ValidationError, OSError, DatabaseError) as error:
                failed += 1
                self._say_error(name, _sentence(error), as_json=options["json"])
                continue
            self.stdout.write(json.dumps(row, ensure_ascii=False) if options["json"] else _line(row, article))
        if failed:
            sys.exit(1)

    def _one(self, name: str, *, dry_run: bool) -> tuple[dict[str, Any], Article | None]:
        data, filename = _read(name)
        if dry_run:
            extracted, article = read_bytes(data, filename=filename), None
        else:
            taken = take_in(data, filename)
            extracted, article = taken.extracted, taken.article
        proposals = recognise(extracted, matcher_for(extracted.language))
        row = as_json(name, extracted, proposals, copies_of(extracted, article))
        return row, article

    def _say_error(self, name: str, sentence: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"input": name, "error": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(f"{name}: {sentence}")


def _read(name: str) -> tuple[bytes, str]:
    if _ADDRESS.fullmatch(name):
        raise UnreadableInput("Addresses are not fetched yet: save the page and give the file.")
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), ""
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1), Path(name).name


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, OSError):
        return f"It could not be read: {error.strerror or error}."
    return str(error)


def _line(row: dict[str, Any], article: Article | None) -> str:
    where = (
        f"draft {article.pk}"
        if article and not article.is_published
        else article.slug
        if article
        else "not saved"
    )
    counts = ", ".join(
        f"{len(row[kind])} {kind}" for kind in ("countries", "organisations", "people", "agreements")
    )
    copies = f", copies of {', '.join(row['copies_of'])}" if row["copies_of"] else ""
    facts = f"{row['title'] or 'no headline'} ({row['published'] or 'no date'}, {row['language']})"
    return f"{row['input']}: {where}: {facts}; {counts}{copies}"
