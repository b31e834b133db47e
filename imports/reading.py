"""Bytes to rows, what the page says about a file, and which columns are proposed for it."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from entities.exchange.dates import DateColumn, Order, date_columns
from entities.exchange.encodings import UnknownEncoding, decoded
from entities.exchange.mapping import Mapping, mapping_for
from entities.exchange.proposing import propose
from entities.exchange.row import Row, UnreadableFile
from entities.exchange.rows import RowFile, read_data

from .kinds import KINDS
from .models import Import

SAMPLES = 3
LONGEST_SAMPLE = 80


def rows_of(kind: str, name: str, data: bytes) -> RowFile:
    """Read the file; raise UnreadableFile with what is wrong with it."""
    own = dict(KINDS[kind].more_files)
    suffix = Path(name).suffix.lower()
    if suffix in own:
        with TemporaryDirectory() as place:
            path = Path(place) / f"file{suffix}"
            path.write_bytes(data)
            file = own[suffix](path)
            file.name = name
            return file
    file = read_data(name, data, frozenset(KINDS[kind].columns))
    if not file.rows:
        raise UnreadableFile(f"{name}: no rows")
    return file


def look_at(run: Import, file: RowFile, data: bytes) -> None:
    """Keep what the file says of itself, and the mapping proposed for it."""
    if odd := next((column for column in file.columns if storable(column) != column), None):
        raise UnreadableFile(f"{file.name}: a column is called “{storable(odd)}”, which is no name")
    suffix = Path(file.name).suffix.lower().lstrip(".")
    delimiter = next((note for note in file.notes if note.startswith("cells parted by")), "")
    run.found = {
        "format": suffix.upper(),
        "encoding": "" if suffix in ("xlsx", "xml", "wxr") else _encoding(data),
        "delimiter": delimiter.removeprefix("cells parted by").strip()
        or ("," if suffix in ("csv", "tsv", "txt") else ""),
        "notes": [note for note in file.notes if not note.startswith(("cells parted by", "read as "))],
        "rows": len(file.rows),
        "columns": {column: _samples(file.rows, column) for column in file.columns},
    }
    mapping, how = proposed(run.kind, file)
    mapping.name_register(Path(run.file_name).stem)
    run.mapping, run.found["how"] = mapping.as_data(), how
    run.found["recognised"] = mapping.title if how == "known" else ""


def proposed(kind: str, file: RowFile) -> tuple[Mapping, str]:
    """The mapping to begin with: one that is known for these headings, the file's own, or what is likely."""
    columns = file.columns
    if found := mapping_for(kind, columns):
        return Mapping(dict(found.columns), found.name, found.title, found.skip), "known"
    own = {column: column for column in KINDS[kind].columns if column in columns}
    if KINDS[kind].importer.main_column in own:
        return Mapping(own), "own"
    return Mapping(dict(propose(kind, file))), "proposed"


def date_orders(kind: str, rows: Iterable[Row], told: str) -> dict[str, DateColumn]:
    rows = list(rows)
    columns: dict[str, Iterable[str]] = {
        name: [str(row.values[name]) for row in rows if isinstance(row.values.get(name), str | int | float)]
        for name in KINDS[kind].importer.date_columns
    }
    return {name: column for name, column in date_columns(columns, Order(told)).items() if column.seen}


def _encoding(data: bytes) -> str:
    try:
        return decoded(data)[1]
    except (UnknownEncoding, UnicodeDecodeError):
        return ""


def _samples(rows: list[Row], column: str) -> list[str]:
    found: dict[str, None] = {}
    for row in rows:
        value = row.values.get(column)
        if value not in (None, "", []):
            found[shortened(value)] = None
        if len(found) == SAMPLES:
            break
    return list(found)


def shortened(value: Any, longest: int = LONGEST_SAMPLE) -> str:
    text = storable(" ".join(str("; ".join(map(str, value)) if isinstance(value, list) else value).split()))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def orders_in_words(orders: dict[str, DateColumn]) -> dict[str, dict[str, Any]]:
    return {
        name: {"order": str(column.order), "proofs": column.proofs, "against": column.against}
        for name, column in orders.items()
    }


def storable(text: str) -> str:
    """What PostgreSQL keeps of a text: no NUL, no half characters."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
