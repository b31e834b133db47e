"""Records of a JSON file: a list, an object that holds one however deep, or one object a line."""

import json
from typing import Any

from .row import Row, UnreadableFile

_WRAPPINGS = frozenset({"_source", "attributes", "properties", "fields", "record"})
_DEEPEST = 12


def json_lines(text: str, notes: list[str], known: frozenset[str] = frozenset()) -> list[Row]:
    # Not splitlines(): a JSON text may hold a line separator of Unicode as it is.
    lines = enumerate(text.split("\n"), 1)
    return [_line(number, line) for number, line in lines if line.strip()]


def _line(number: int, line: str) -> Row:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"not JSON: {error}")
    return Row(number, values) if isinstance(values, dict) else Row(number, {}, "not a JSON object")


def json_rows(text: str, notes: list[str], known: frozenset[str] = frozenset()) -> list[Row]:
    """The line of a record is its place in the list, from 1."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"not JSON: {error}") from error
    records, path = _records(content, known)
    if records is None:
        raise UnreadableFile("expected a list of objects")
    if path:
        notes.append(f"records found under {path}")
    return [_record(number, values) for number, values in enumerate(records, 1)]


def _record(number: int, values: Any) -> Row:
    if not isinstance(values, dict):
        return Row(number, {}, "not a JSON object")
    for name in _WRAPPINGS & values.keys():  # {"_id": …, "_source": {the record}}
        if isinstance(values[name], dict) and len(values[name]) >= len(values) - 1:
            return Row(number, values[name])
    return Row(number, values)


def _records(content: Any, known: frozenset[str]) -> tuple[list[Any] | None, str]:
    if isinstance(content, list):
        return content, ""
    if not isinstance(content, dict):
        return None, ""
    if known & content.keys():
        return [content], ""
    found = max(
        _lists(content, "", 0), key=lambda place: (len(place[0]), -place[1].count(" → ")), default=None
    )
    return found if found else ([content], "")


def _lists(content: dict[str, Any], path: str, depth: int) -> list[tuple[list[Any], str]]:
    """Every list of objects within, with the names that lead to it; lists within records are no lists of records."""
    found = []
    for name, value in content.items():
        here = f"{path} → {name}" if path else name
        if isinstance(value, dict) and depth < _DEEPEST:
            found += _lists(value, here, depth + 1)
        elif isinstance(value, list) and value and any(isinstance(item, dict) for item in value):
            found.append((value, here))
    return found


def at(values: dict[str, Any], path: str) -> Any:
    """The value of a column, or what a dotted path leads to within it; ``*`` goes through a list."""
    if path in values:
        return values[path]
    found = [values]
    many = False
    for step in path.split("."):
        if step == "*":
            many = True
            found = [item for value in found if isinstance(value, list) for item in value]
        else:
            found = [_step(value, step) for value in found]
        found = [value for value in found if value is not None]
    return found if many else found[0] if found else None


def _step(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and step.isdigit():
        return value[int(step)] if int(step) < len(value) else None
    return None
