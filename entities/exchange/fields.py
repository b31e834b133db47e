"""The cells of one row, read with an error that names the column and quotes the value."""

import datetime
import json
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ..folding import folded
from ..partial_dates import InvalidPartialDate, PartialDate
from .dates import DateColumn

# What tables made by programs hold in a cell that is empty.
MISSING = frozenset({"NA", "N/A", "n/a", "#N/A", "NULL", "null", "NaN", "nan", "None", "-", "?"})
_IS_ADDRESS = URLValidator(schemes=["http", "https"])
_MORE_THAN_AN_ADDRESS = re.compile(
    r"\s+[|;]\s.*$|\s*\|\s*https?://.*$|\s+\((?:pp?\.|text|in )[^()]*\)$", re.IGNORECASE
)
_WITHOUT_SCHEME = re.compile(
    r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|int|gov|edu|eu|info|[a-z]{2})(?:/|$))", re.IGNORECASE
)
TRUE = frozenset({"1", "true", "yes", "y"})
FALSE = frozenset({"0", "false", "no", "n", ""})


class Refused(Exception):
    """The row is wrong; the message says in which column and how, as “column: what”."""


class Skipped(Exception):
    """The row is not wrong, but cannot be brought in; the message says why."""


class Cells:
    """``dates`` say how the dates of a column are written; without, as in a file of ours."""

    def __init__(self, values: dict[str, Any], dates: dict[str, DateColumn] | None = None) -> None:
        self.values = values
        self.dates = dates or {}
        self.asked: set[str] = set()

    def has(self, column: str) -> bool:
        self.asked.add(column)
        return column in self.values

    def optional(self, column: str, longest: int | None = None) -> str:
        """Text, empty also where a program wrote what it has for nothing."""
        text = self.text(column, longest=longest)
        return "" if text in MISSING else text

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
        try:
            return self.dates.get(column, DateColumn()).read(text)
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
        text = self.optional(column).lower()
        text = (also or {}).get(text, text)
        if not text:
            return default
        if text not in set(choices):
            raise Refused(f"{column}: “{text}” is none of {', '.join(sorted(choices))}")
        return text

    def url(self, column: str, longest: int = 2000) -> str:
        """A web address: the first of several, without quotes and page numbers around it."""
        text = _MORE_THAN_AN_ADDRESS.sub("", self.optional(column).strip('"“”\u00a0 ')).strip('"“”\u00a0 ')
        if not text or text in MISSING:
            return ""
        if _WITHOUT_SCHEME.match(text):
            text = f"http://{text}"
        text = re.sub(r"\s+", "%20", text)
        if len(text) > longest:
            raise Refused(f"{column}: {len(text)} characters, at most {longest} are kept")
        try:
            _IS_ADDRESS(text)
        except ValidationError as error:
            raise Refused(f"{column}: “{text[:200]}” is no web address") from error
        return text

    def _json(self, column: str, value: str) -> Any:
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Refused(f"{column}: neither a list with semicolons nor JSON ({error})") from error


def _shown(value: Any) -> str:
    return f"“{str(value)[:60]}”"
