"""Rows of a workbook's first sheet that has any, as its cells show them; a formula counts as its stored value."""

import datetime
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from .row import Row, UnreadableFile

MAX_UNPACKED = 400_000_000
MAX_PARTS = 5_000
MAX_ROWS = 500_000
MAX_COLUMNS = 500
_DOCTYPE = b"<!DOCTYPE"


def xlsx_rows(data: bytes, notes: list[str]) -> list[Row]:
    _refuse_what_is_dangerous(data)
    try:
        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise UnreadableFile(f"not a workbook that can be read: {error}") from error
    try:
        for name in shown.sheetnames:
            if rows := _sheet(shown[name], written[name], notes):
                if len(shown.sheetnames) > 1:
                    notes.append(f"sheet “{name}” read, of {len(shown.sheetnames)}")
                return rows
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(f"not a workbook that can be read: {error}") from error
    finally:
        shown.close()
        written.close()
    raise UnreadableFile("no sheet has rows below a line of column names")


def _refuse_what_is_dangerous(data: bytes) -> None:
    """Say no to an archive that unpacks to very much, and to XML that brings entities of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise UnreadableFile(f"it unpacks to more than {MAX_UNPACKED // 1_000_000} MB")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        if _DOCTYPE in file.read(4096).upper():
                            raise UnreadableFile(
                                f"{part.filename} declares entities, which no workbook needs"
                            )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableFile(f"not a workbook that can be read: {error}") from error


def _sheet(shown: Any, written: Any, notes: list[str]) -> list[Row]:
    if not hasattr(shown, "iter_rows"):  # a sheet that is a chart
        return []
    shown.reset_dimensions()
    written.reset_dimensions()
    names: list[str] = []
    rows: list[Row] = []
    pairs = zip(shown.iter_rows(), written.iter_rows(), strict=False)
    for line, (cells, formulas) in enumerate(pairs, 1):
        if line > MAX_ROWS:
            raise UnreadableFile(f"more than {MAX_ROWS} rows")
        values = [_text(cell.value) for cell in cells[:MAX_COLUMNS]]
        if not any(values):
            continue
        if not names:
            # A heading above the table stands in one cell.
            if sum(bool(value) for value in values) > 1:
                names = _header(values)
            continue
        rows.append(_row(line, names, values, formulas))
    return rows


def _header(values: list[str]) -> list[str]:
    names = [value.strip() or f"column {get_column_letter(number)}" for number, value in enumerate(values, 1)]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise UnreadableFile(f"a column name stands twice in the first line: “{twice[0]}”")
    return names


def _row(line: int, names: list[str], values: list[str], formulas: Iterable[Any]) -> Row:
    for name, value, cell in zip(names, values, formulas, strict=False):
        if getattr(cell, "data_type", "") == "f" and not value:
            return Row(
                line,
                {},
                f"{name}: holds a formula whose result the file does not have; save it in a spreadsheet",
            )
        if getattr(cell, "data_type", "") == "e":
            return Row(line, {}, f"{name}: holds the error {value}")
    if any(values[len(names) :]):
        return Row(line, {}, f"{len(values)} cells, but the first line names {len(names)} columns")
    return Row(line, dict(zip(names, values, strict=False)))


def _text(value: Any) -> str:
    """A cell as a file of text would have it: days in ISO form, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
