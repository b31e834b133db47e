"""The first rows of a file as they would become, by a dry run within the request."""

from typing import Any

from entities.exchange.importing import Item, RowImporter
from entities.exchange.row import Row

from .kinds import OUTCOMES, column_title
from .models import Import
from .reading import shortened, storable
from .running import importer_of

FIRST = 20
LONGEST = 120
_AS_WRITTEN = {"body", "text"}  # kept by their digest, shown as the file has them


def preview_of(run: Import, rows: list[Row]) -> dict[str, Any]:
    importer = importer_of(run, dry=True)
    importer.first = FIRST
    items: list[Item] = []
    importer.told = items.append
    importer.run(rows)
    mapped = [ours for ours in run.columns.columns if any(_is_said(item, ours) for item in items)]
    more = sorted({name for item in items for name in item.wanted} - set(mapped) - _AS_WRITTEN)
    columns = mapped + [name for name in more if any(item.wanted.get(name) for item in items)]
    return {"columns": columns, "rows": [_row(importer, item, columns) for item in items]}


def _is_said(item: Item, ours: str) -> bool:
    return bool(item.wanted.get(ours) or item.row.values.get(ours))


def _row(importer: RowImporter, item: Item, columns: list[str]) -> dict[str, Any]:
    changed = set(item.changes) if item.outcome == "updated" else set()
    cells = []
    for name in columns:
        value = item.wanted.get(name) if name in item.wanted and name not in _AS_WRITTEN else None
        if value is None and (not item.wanted or name in _AS_WRITTEN):
            value = item.row.values.get(name)
        before = _said(importer, item.now.get(name)) if name in changed and name not in _AS_WRITTEN else None
        cells.append({"now": before, "value": _said(importer, value), "is_changed": name in changed})
    return {
        "line": item.row.line,
        "outcome": item.outcome,
        "reason": storable(item.reason),
        "notes": list(map(storable, item.notes or item.read_notes)),
        "cells": cells,
    }


def _said(importer: RowImporter, value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, dict):
        return _of_object(importer, value)
    if isinstance(value, list | tuple):
        return shortened("; ".join(filter(None, (_said(importer, one) for one in value))), LONGEST)
    text = "" if value is None else str(value)
    country = importer.countries.by_code.get(text) if len(text) == 2 else None
    return str(country.name) if country else shortened(text, LONGEST)


def _of_object(importer: RowImporter, value: dict[str, Any]) -> str:
    name = next((str(value[part]) for part in ("party", "text", "title") if value.get(part)), "")
    country = importer.countries.by_code.get(name)
    more = value.get("capacity") or value.get("language") or ""
    return f"{country.name if country else name}{f' ({more})' if more else ''}"


def shown(preview: dict[str, Any]) -> dict[str, Any] | None:
    """The kept preview with headings and outcomes in the reader's language."""
    if not preview:
        return None
    return {
        "headings": [column_title(name) for name in preview["columns"]],
        "rows": [{**row, "said": OUTCOMES[row["outcome"]]} for row in preview["rows"]],
    }
