"""Rows of a file, with the line each stands on: CSV, JSON and JSON lines in UTF-8 or a guessed encoding."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

LONGEST_CELL = 20_000_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says what and where."""


@dataclass(frozen=True)
class Row:
    line: int
    values: dict[str, Any]
    fault: str = ""


def read_rows(path: Path, mapping: dict[str, str] | None = None) -> Iterator[Row]:
    """Yield the rows of a file; ``mapping`` renames columns, ours to theirs. A bad line is a row with a fault."""
    text = _decoded(path)
    suffix = path.suffix.lower()
    if suffix in {".jsonl", ".ndjson"}:
        rows = _json_lines(text)
    elif suffix == ".json":
        rows = _json_list(text, path)
    elif suffix in {".csv", ".tsv", ".txt"}:
        rows = _csv(text, path)
    else:
        raise UnreadableFile(f"{path.name}: expected .csv, .json or .jsonl, not “{suffix or 'no suffix'}”")
    theirs = {their: our for our, their in (mapping or {}).items()}
    for row in rows:
        yield Row(row.line, {theirs.get(name, name): value for name, value in row.values.items()}, row.fault)


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        guess = from_bytes(data).best()
        if guess is None:
            raise UnreadableFile(f"{path.name}: neither UTF-8 nor any known encoding ({error})") from error
        return str(guess)


def _json_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"not JSON: {error}")
    if not isinstance(values, dict):
        return Row(number, {}, "not a JSON object")
    return Row(number, values)


def _json_list(text: str, path: Path) -> Iterator[Row]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path.name}: not JSON: {error}") from error
    if not isinstance(content, list):
        raise UnreadableFile(f"{path.name}: expected a list of objects")
    for number, values in enumerate(content, 1):
        yield Row(number, values) if isinstance(values, dict) else Row(number, {}, "not a JSON object")


def _csv(text: str, path: Path) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    if not text.strip():
        raise UnreadableFile(f"{path.name}: the file is empty")
    header = text.lstrip().splitlines()[0]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    names = [name.strip() for name in next(reader)]
    if len(set(names)) < len(names):
        raise UnreadableFile(f"{path.name}: a column name stands twice in the first line")
    last = reader.line_num
    for cells in reader:
        line, last = last + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield Row(line, {}, f"{len(cells)} cells, but the first line names {len(names)} columns")
        else:
            yield Row(line, dict(zip(names, map(disarmed, cells), strict=False)))


def armed(cell: str) -> str:
    """Return a cell for a spreadsheet: what it would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def disarmed(cell: str) -> str:
    """Undo ``armed``."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
