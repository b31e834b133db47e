"""Two states of a record side by side in words: names instead of keys, texts compared word by word."""

import datetime
import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from operator import eq
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .record import Part, Row, RowChange, State

WORDS = re.compile(r"\s+|<[^<>]*>|\w+|[^\w\s]")
PARAGRAPHS = re.compile(r"[^\n]*?</(?:p|li|h[1-6]|blockquote)>|[^\n]*\n|[^\n]+")
MOST_PAIRS = 4_000_000  # beyond, what changed is shown whole: matching may take the square of its length
LONGEST_PASSAGE = 200_000
LONGEST_SAME = 400
LONGEST_SHOWN = 20_000


@dataclass(frozen=True)
class Segment:
    """A stretch of text that both have ("same"), or only the older ("gone") or the newer ("new")."""

    kind: str
    text: str


Explain = Callable[[str, str], Iterable[Segment]]


@dataclass
class FieldDifference:
    label: str
    old: str
    new: str
    segments: list[Segment] = field(default_factory=list)


@dataclass
class RowDifference:
    """What differs in one row: the record's own, or one that belongs to it."""

    label: str
    title: str
    operation: str
    fields: list[FieldDifference]


def compare(older: State, newer: State) -> list[RowDifference]:
    changes = []
    for part, rows in newer.rows.items():
        before = older.of(part.name)
        for key in sorted({*before, *rows}):
            change = RowChange(part, key, before.get(key), rows.get(key))
            if change.before != change.after:
                changes.append(change)
    return described(changes)


def described(changes: Iterable[RowChange], names: "Names | None" = None) -> list[RowDifference]:
    """Changes in words. What no reader has a name for (keys, digests, revisions) is left out."""
    changes = list(changes)
    names = names or Names(changes)
    differences = []
    for change in changes:
        fields = [
            _difference(names, model_field, change)
            for model_field in shown_fields(change.part)
            if _tells(model_field.column, change)
        ]
        if fields:
            label = str(change.part.model._meta.verbose_name) if change.part.name else ""
            title = names.title(change.part, change.after or change.before or {})
            differences.append(RowDifference(label, title, change.operation, fields))
    return differences


def _tells(column: str, change: RowChange) -> bool:
    """Whether the column differs; of a row that came or went, what was empty says nothing."""
    if change.before is None or change.after is None:
        return bool((change.before or change.after or {}).get(column))
    return change.before.get(column) != change.after.get(column)


def shown_fields(part: Part) -> list[models.Field]:
    """The fields that have a label for people; where none has, all but the key and the owner."""
    fields = [
        model_field
        for model_field in part.model._meta.concrete_fields
        if not model_field.primary_key and not model_field.generated
    ]
    labelled = [model_field for model_field in fields if isinstance(model_field.verbose_name, Promise)]
    return labelled or [model_field for model_field in fields if model_field.column != part.column]


def segments(old: str, new: str) -> list[Segment]:
    """The difference of two texts by words, passages that both have shortened to their ends."""
    found: list[Segment] = []
    for segment in _matched(PARAGRAPHS.findall(old), PARAGRAPHS.findall(new), _by_words):
        if found and found[-1].kind == segment.kind:
            found[-1] = Segment(segment.kind, found[-1].text + segment.text)
        else:
            found.append(segment)
    return [_shortened(segment) for segment in found]


def _by_words(old: str, new: str) -> Iterable[Segment]:
    if len(old) + len(new) > LONGEST_PASSAGE:
        return _replaced(old, new)
    return _matched(WORDS.findall(old), WORDS.findall(new), _replaced)


def _matched(old: list[str], new: list[str], explain: Explain) -> Iterator[Segment]:
    """Match two lists of pieces, and have what differs explained."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    yield from _same(old[:start])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle[0]) * len(middle[1]) > MOST_PAIRS:
        yield from _replaced("".join(middle[0]), "".join(middle[1]))
    else:
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
            str.isspace, *middle, autojunk=False
        ).get_opcodes():
            was, becomes = middle[0][i1:i2], middle[1][j1:j2]
            yield from _same(was) if tag == "equal" else explain("".join(was), "".join(becomes))
    yield from _same(old[len(old) - end :])


def _alike(old: list[str], new: list[str]) -> int:
    """How many pieces both begin with."""
    return sum(takewhile(bool, map(eq, old, new)))


def _same(pieces: list[str]) -> list[Segment]:
    return [Segment("same", "".join(pieces))] if pieces else []


def _replaced(gone: str, added: str) -> list[Segment]:
    return [Segment(kind, text) for kind, text in (("gone", gone), ("new", added)) if text]


def _shortened(segment: Segment) -> Segment:
    longest = LONGEST_SAME if segment.kind == "same" else LONGEST_SHOWN
    if len(segment.text) <= longest:
        return segment
    start, end = segment.text[: longest // 2].rstrip(), segment.text[-longest // 2 :].lstrip()
    return Segment(segment.kind, f"{start} […] {end}")


def _difference(names: "Names", model_field: models.Field, change: RowChange) -> FieldDifference:
    column = model_field.column
    old = names.shown(model_field, change.before[column]) if column in (change.before or {}) else ""
    new = names.shown(model_field, change.after[column]) if column in (change.after or {}) else ""
    difference = FieldDifference(str(model_field.verbose_name), old, new)
    if change.before and change.after and _is_text(model_field) and old and new:
        difference.segments = segments(old, new)
    return difference


def _is_text(model_field: models.Field) -> bool:
    return isinstance(model_field, models.CharField | models.TextField) and not model_field.choices


class Names:
    """The records that the changes point at, asked for once per model."""

    def __init__(self, changes: Iterable[RowChange]) -> None:
        wanted: dict[type[models.Model], set[Any]] = {}
        for change in changes:
            for model_field in shown_fields(change.part):
                if model_field.is_relation:
                    ids = {(row or {}).get(model_field.column) for row in (change.before, change.after)}
                    wanted.setdefault(model_field.related_model, set()).update(ids - {None})
        self.records = {model: model._base_manager.in_bulk(ids) for model, ids in wanted.items()}

    def title(self, part: Part, row: Row) -> str:
        """What a row is called: the records it points at, else its first text; an only row needs no name."""
        if not part.name or part.column == part.model._meta.pk.column:
            return ""
        fields = shown_fields(part)
        linked = [item for item in fields if item.is_relation and row.get(item.column)]
        texts = [item for item in fields if _is_text(item) and 0 < len(row.get(item.column) or "") <= 200]
        return ", ".join(self.shown(item, row[item.column]) for item in linked or texts[:1])

    def shown(self, model_field: models.Field, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        own_words = getattr(model_field.model, "history_words", None)
        if own_words and (words := own_words(model_field.name, value)) is not None:
            return str(words)
        if model_field.is_relation:
            record = self.records.get(model_field.related_model, {}).get(value)
            return str(record) if record else _("no. %(number)s, no longer there") % {"number": value}
        if model_field.choices:
            return str(dict(model_field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list | dict):
            return json.dumps(value, ensure_ascii=False)
        value = model_field.to_python(value)
        return str(localize(value) if isinstance(value, datetime.date) else value)
