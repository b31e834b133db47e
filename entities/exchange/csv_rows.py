"""Rows of a table in text: any delimiter, quoted cells with line breaks, and the apostrophe that disarms formulas."""

import csv
import io
import re
from collections import Counter

from .row import Row, UnreadableFile

LONGEST_CELL = 20_000_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BEFORE_FORMULAS = "' \u00a0"  # what a spreadsheet may skip, and what we put there
_DELIMITERS = ",;\t|"
_SAID = {"\t": "tab"}
_TOLD_BY_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_ROWS = 60


def csv_rows(text: str, notes: list[str], known: frozenset[str] = frozenset()) -> list[Row]:
    csv.field_size_limit(LONGEST_CELL)
    if not text.strip():
        raise UnreadableFile("the file is empty")
    told = _TOLD_BY_EXCEL.match(text)
    delimiter = told[1] if told else _delimiter(text)
    if delimiter != ",":
        notes.append(f"cells parted by {_SAID.get(delimiter, delimiter)}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    if told:
        next(reader)
    names = _header(reader)
    rows = []
    last = reader.line_num
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                rows.append(_row(line, names, cells))
    except csv.Error as error:
        raise UnreadableFile(f"line {last + 1}: {error}") from error
    return rows


def _header(reader) -> list[str]:
    for cells in reader:
        if any(cell.strip() for cell in cells):
            break
    else:
        raise UnreadableFile("the file is empty")
    names = [cell.strip() or f"column {number}" for number, cell in enumerate(cells, 1)]
    while names and not cells[len(names) - 1].strip():
        names.pop()
    if len(set(names)) < len(names):
        twice = next(name for name, times in Counter(names).items() if times > 1)
        raise UnreadableFile(f"a column name stands twice in the first line: “{twice}”")
    return names


def _row(line: int, names: list[str], cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(names) :]):
        return Row(line, {}, f"{len(cells)} cells, but the first line names {len(names)} columns")
    return Row(line, dict(zip(names, map(disarmed, cells), strict=False)))


def _delimiter(text: str) -> str:
    """The one that parts most rows into as many cells as the first, and into the most."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text[:400_000], newline=""), delimiter=delimiter, strict=False)
        try:
            widths = [len(cells) for _, cells in zip(range(_SAMPLE_ROWS), reader, strict=False) if cells]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        even = sum(width == widths[0] for width in widths) / len(widths)
        if (score := (round(even, 1), widths[0])) > best_score:
            best, best_score = delimiter, score
    return best


def armed(cell: str) -> str:
    """Return a cell for a spreadsheet: what it would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(_BEFORE_FORMULAS).startswith(FORMULA) else cell


def disarmed(cell: str) -> str:
    """Undo ``armed``."""
    return cell[1:] if cell.startswith("'") and cell.lstrip(_BEFORE_FORMULAS).startswith(FORMULA) else cell
