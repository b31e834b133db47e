"""Rows of a file of any kind that we read, with the line each stands on and what was found out about the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .csv_rows import csv_rows
from .encodings import UnknownEncoding, decoded
from .json_rows import json_lines, json_rows
from .row import Row, UnreadableFile
from .xlsx_rows import xlsx_rows

MAX_BYTES = 500_000_000
_TEXTS: dict[str, Callable[..., list[Row]]] = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".txt": csv_rows,
    ".json": json_rows,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
}
READABLE = (*_TEXTS, ".xlsx")


@dataclass
class RowFile:
    """``columns`` are the file's own, in its order; ``notes`` say how it was read."""

    name: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        seen: dict[str, None] = {}
        for row in self.rows:
            seen.update(dict.fromkeys(row.values))
        return list(seen)


def read_file(path: Path, known: frozenset[str] = frozenset()) -> RowFile:
    """Read all rows; a bad line is a row with a fault, a file that cannot be read at all raises UnreadableFile.

    ``known`` are columns that a record of ours may have: a JSON object that has one is a record, not a wrapping.
    """
    return read_data(path.name, _bytes(path), known)


def read_data(name: str, data: bytes, known: frozenset[str] = frozenset()) -> RowFile:
    """Read the bytes of a file of this name."""
    suffix = Path(name).suffix.lower()
    found = RowFile(name)
    try:
        if suffix == ".xlsx":
            found.rows = xlsx_rows(data, found.notes)
        elif suffix in _TEXTS:
            found.rows = _TEXTS[suffix](_text(data, found.notes), found.notes, known)
        else:
            raise UnreadableFile(f"expected one of {', '.join(READABLE)}, not “{suffix or 'no suffix'}”")
    except UnreadableFile as error:
        raise UnreadableFile(f"{name}: {error}") from error
    return found


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def _text(data: bytes, notes: list[str]) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableFile("this is an office document or an archive under a wrong name, not text")
    try:
        text, encoding = decoded(data)
    except (UnknownEncoding, UnicodeDecodeError) as error:
        raise UnreadableFile(str(error)) from error
    if encoding != "UTF-8":
        notes.append(f"read as {encoding}")
    return text
