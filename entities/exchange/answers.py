"""Names that a file had and nobody knew, written out to be answered, and the answers read back."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import models

from ..folding import folded
from ..models import UnknownName
from .csv_rows import armed
from .fields import Refused, Skipped
from .resolving import Countries, organisation_named
from .row import UnreadableFile
from .rows import read_file

COLUMNS = ("name", "times", "perhaps", "answer")
NO_PARTY = frozenset({"none", "no party", "nobody", "-", "нет", "yok"})


class InvalidAnswers(ValueError):
    """The file of answers cannot be used."""


def write_unknown(path: Path) -> None:
    """Write the open names; into ``answer`` goes a country's code or name, an organisation, or “none”."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for name in UnknownName.objects.open():
            writer.writerow([armed(name.text), name.times, armed(name.suggestion), ""])


def read_answers(path: Path) -> Iterator[str]:
    """Remember every answer; yield what could not be taken, with its line."""
    try:
        rows = read_file(path).rows
    except UnreadableFile as error:
        raise InvalidAnswers(str(error)) from error
    if rows and not {"name", "answer"} <= rows[0].values.keys():
        raise InvalidAnswers(f"{path.name}: expected the columns name and answer")
    countries = Countries()
    for row in rows:
        name, answer = (str(row.values.get(column) or "").strip() for column in ("name", "answer"))
        if not folded(name) or not answer:
            continue
        try:
            record = None if answer.lower() in NO_PARTY else record_called(answer, countries)
        except (Refused, Skipped) as reason:
            yield f"{path.name}, line {row.line}: {reason}"
            continue
        unknown, _made = UnknownName.objects.get_or_create(
            key=folded(name)[:500], defaults={"text": name[:500]}
        )
        unknown.answer(record)


def record_called(answer: str, countries: Countries) -> models.Model:
    record = countries.find(answer) or organisation_named(answer)
    if record is None:
        raise Refused(f"answer: “{answer}” is no country or organisation that the register knows")
    return record
