"""The cells of one row, read with an error that names the column and quotes the value."""

import datetime
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from ..folding import folded
from ..partial_dates import InvalidPartialDate, PartialDate, parse

# What registers write where they know nothing.
UNKNOWN = frozenset({"", "na", "n/a", "-", "–", "?", "null", "none", "-9"})
TRUE = frozenset({"1", "true", "yes", "y"})
FALSE = frozenset({"0", "false", "no", "n", ""})


class Refused(Exception):
    """The row is wrong; the message says in which column and how."""


class Skipped(Exception):
    """The row is not wrong, but cannot be brought in; the message says why."""


class Cells:
    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.asked: set[str] = set()

    def has(self, column: str) -> bool:
        self.asked.add(column)
        return column in self.values

    def text(self, column: str, *, required: bool = False, longest: int | None = None) -> str:
        self.asked.add(column)
        value = self.values.get(column)
        if value is not None and not isinstance(value, str | int | float):
            raise Refused(f"{column}: expected text, not {_shown(value)}")
        text = str(value if value is not None else "").strip()
        if "\x00" in text:
            raise Refused(f"{column}: holds a NUL character")
        if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
            raise Refused(f"{column}: holds half a character (a lone surrogate)")
        if required and not text:
            raise Refused(f"{column}: is empty")
        if longest and len(text) > longest:
            raise Refused(f"{column}: {len(text)} characters, at most {longest} are kept")
        return text

    def name(self, column: str, longest: int) -> str:
        """A name or title: text with a letter or digit in it."""
        text = self.text(column, required=True, longest=longest)
        if not folded(text):
            raise Refused(f"{column}: “{text}” has no letter or digit")
        return text

    def list(self, column: str) -> list[Any]:
        """A JSON list, or the parts of a cell between semicolons."""
        self.asked.add(column)
        value = self.values.get(column)
        if value is None:
            return []
        if isinstance(value, str):
            if value.lstrip().startswith(("[", "{")):
                value = self._json(column, value)
            else:
                return [part.strip() for part in value.split(";") if part.strip()]
        if not isinstance(value, list):
            raise Refused(f"{column}: expected a list, not {_shown(value)}")
        return [item.strip() if isinstance(item, str) else item for item in value if item not in ("", None)]

    def mapping(self, column: str) -> dict[str, Any]:
        self.asked.add(column)
        value = self.values.get(column)
        if isinstance(value, str) and value.strip():
            value = self._json(column, value)
        if not value:
            return {}
        if not isinstance(value, dict):
            raise Refused(f"{column}: expected an object, not {_shown(value)}")
        return value

    def date(self, column: str) -> PartialDate | None:
        text = self.text(column)
        if text.lower() in UNKNOWN:
            return None
        try:
            return parse(text)
        except InvalidPartialDate as error:
            raise Refused(f"{column}: {error}") from error

    def day(self, column: str) -> datetime.date | None:
        date = self.date(column)
        if date and not date.is_exact_day:
            raise Refused(f"{column}: “{date}” is not a full day")
        return date.earliest if date else None

    def flag(self, column: str) -> bool:
        self.asked.add(column)
        value = self.values.get(column)
        word = str(value if value is not None else "").strip().lower()
        if word not in TRUE | FALSE:
            raise Refused(f"{column}: expected yes or no, not {_shown(value)}")
        return word in TRUE

    def choice(
        self, column: str, choices: Iterable[str], default: str, also: dict[str, str] | None = None
    ) -> str:
        text = self.text(column).lower()
        text = (also or {}).get(text, text)
        if not text:
            return default
        if text not in set(choices):
            raise Refused(f"{column}: “{text}” is none of {', '.join(sorted(choices))}")
        return text

    def url(self, column: str) -> str:
        text = self.text(column, longest=2000)
        if text:
            try:
                parts = urlsplit(text)
            except ValueError as error:
                raise Refused(f"{column}: “{text}” is no web address") from error
            if parts.scheme not in {"http", "https"} or not parts.netloc:
                raise Refused(f"{column}: “{text}” is no web address")
        return text

    def _json(self, column: str, value: str) -> Any:
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Refused(f"{column}: neither a list with semicolons nor JSON ({error})") from error


def _shown(value: Any) -> str:
    return f"“{str(value)[:60]}”"
