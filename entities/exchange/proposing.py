"""Which of a file's columns may be which of ours, from their headings and from what stands in them."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from ..folding import folded
from ..models import Agreement, Organisation
from ..partial_dates import InvalidPartialDate
from .agreements import OTHER_KINDS
from .dates import DateColumn, Order
from .fields import MISSING
from .organisations import OTHER_KINDS as OTHER_ORGANISATIONS
from .resolving import Countries
from .rows import RowFile
from .splitting import pieces, separators_of

SAMPLE = 300
_TABLE = Path(__file__).parent / "headings.json"
_COLUMNS = {
    "agreement": (
        *("title", "signed", "in_force", "ended", "parties", "reference", "url", "kind", "subject", "place"),
        *("register", "aliases", "summary"),
    ),
    "organisation": ("name", "country", "acronym", "kind", "aliases", "website", "parent"),
    "person": ("name", "country", "positions", "aliases"),
    "article": (
        *("title", "published", "body", "text", "source_url", "source", "language", "byline", "countries"),
        *("tags", "summary", "organisations", "people", "agreements"),
    ),
    "source": ("name", "website", "country", "rights"),
    "tag": ("name", "synonyms"),
}
_KINDS = {*Agreement.Kind.values, *OTHER_KINDS, *Organisation.Kind.values, *OTHER_ORGANISATIONS}
_DATES = frozenset({"signed", "in_force", "ended", "published"})
_COUNTRIES = frozenset({"parties", "country", "countries"})
_URLS = frozenset({"url", "website", "source_url"})
_PROSE = frozenset({"title", "name", "summary", "text", "body"})
_ENOUGH = 0.55


def propose(kind: str, file: RowFile) -> dict[str, str]:
    """Return ours → theirs for what is likely, each of theirs at most once, the surest first."""
    values = {column: _values(file, column) for column in file.columns}
    countries = Countries()
    scores = [
        (_score(ours, column, values[column], countries), -place, ours, column)
        for ours in _COLUMNS.get(kind, ())
        for place, column in enumerate(file.columns)
    ]
    proposal: dict[str, str] = {}
    for score, _place, ours, column in sorted(scores, reverse=True):
        if score >= _ENOUGH and ours not in proposal and column not in proposal.values():
            proposal[ours] = column
    _prefer_the_twin(proposal, file.columns)
    return {ours: proposal[ours] for ours in _COLUMNS.get(kind, ()) if ours in proposal}


def _prefer_the_twin(proposal: dict[str, str], columns: list[str]) -> None:
    """Other names stand in the column that is called as that of the names, but for its language: name_en, name_fr."""
    name = proposal.get("name") or proposal.get("title")
    if name and "aliases" in proposal:
        twins = [column for column in columns if column[:-2] == name[:-2] and column != name]
        proposal["aliases"] = next(
            (one for one in twins if one not in proposal.values()), proposal["aliases"]
        )


def _values(file: RowFile, column: str) -> list[str]:
    """What stands in a column, looked at all through the file."""
    found = []
    for row in file.rows[:: max(1, len(file.rows) // SAMPLE)]:
        value = row.values.get(column)
        text = (
            " ; ".join(map(str, value))
            if isinstance(value, list)
            else str(value if value is not None else "")
        )
        if text.strip() and text not in MISSING:
            found.append(text.strip())
    return found


def _score(ours: str, column: str, values: list[str], countries: Countries) -> float:
    heading = _heading(ours, column)
    content = _content(ours, values, countries)
    if content is None:
        return heading
    if content < (0.95 if ours == "kind" else 0.3):
        return 0.0
    if heading:
        in_english = 0.02 if folded(column).endswith(" en") else 0.0
        return 0.6 * heading + 0.4 * content + 0.05 * len(values) / SAMPLE + in_english
    return 0.6 * content + 0.05 if ours in ("title", "parties", "country") else 0.0


def _heading(ours: str, column: str) -> float:
    key = folded(re.sub(r"([a-zа-я])([A-ZА-Я])", r"\1 \2", column))
    words = _headings()[ours]
    if key in words:
        return 1.0 - 0.02 * min(words.index(key), 10)
    inside = [word for word in words if len(word) > 2 and re.search(rf"\b{re.escape(word)}\b", key)]
    return 0.75 if inside else 0.0


def _content(ours: str, values: list[str], countries: Countries) -> float | None:
    """How well the values are such values, from 0 to 1; None where anything may stand."""
    if not values:
        return None
    test: Callable[[str], Any] | None = None
    if ours in _DATES:
        test = _is_date
    elif ours in _COUNTRIES:
        marks = separators_of(values)
        return mean(_share_of_countries(value, marks, countries) for value in values[:100])
    elif ours in _URLS:
        test = re.compile(r"(https?://|www\.)\S+$", re.IGNORECASE).match
    elif ours == "kind":
        test = _KINDS.__contains__
        values = [value.lower() for value in values]
    elif ours == "reference":
        return len(set(values)) / len(values) if all(len(value) < 80 for value in values) else 0.0
    elif ours in _PROSE:
        if mean(map(_is_date, values)) > 0.5:
            return 0.0
        long = mean(min(1.0, len(value) / (200 if ours in ("text", "body") else 25)) for value in values)
        return long * (0.5 + 0.5 * len(set(values)) / len(values))
    elif ours == "acronym":
        test = re.compile(r"[\w&.\- /]{1,20}$").match
    return mean(bool(test(value)) for value in values) if test else None


def _share_of_countries(value: str, marks: str, countries: Countries) -> float:
    names = [piece.text for piece in pieces(value, marks)]
    return mean(countries.find(name) is not None for name in names) if names else 0.0


def _is_date(value: str) -> bool:
    try:
        DateColumn(Order.DAY_FIRST).read(value)
        return True
    except InvalidPartialDate:
        return bool(re.fullmatch(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}.*", value))


@cache
def _headings() -> dict[str, list[str]]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {ours: [folded(word) for word in words.split("|")] for ours, words in table.items()}
