"""Which of a foreign file's columns say what of ours: plain data, kept by name, given with --map, or proposed.

{"title": "Common.Name",                                  one column, or a path into JSON: "names.*.value"
 "in_force": ["effective_date", "event_date"],            the first that has a value
 "register": {"constant": "World Bank GPTAD"},
 "kind": {"from": "Type", "values": {"MOU": "memorandum"}, "otherwise": ""},
 "aliases": {"all": [{"from": "name_fr", "language": "fr"}]},
 "website": {"from": "web_pages", "first_of": "|"},
 "told_apart_by": {"lookup": "category", "in": "code", "take": "name_en", "where_repeated": "name_en"}}
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..models import SavedMapping
from .json_rows import at
from .row import Row

READY = Path(__file__).parent / "mappings"


class InvalidMapping(ValueError):
    """The mapping cannot be used; the message says which part and why."""


@dataclass
class Mapping:
    columns: dict[str, Any]
    name: str = ""
    title: str = ""
    skip: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: dict[str, Any], name: str = "") -> "Mapping":
        return cls(data["columns"], name, data.get("title", name), data.get("skip", {}))

    def as_data(self) -> dict[str, Any]:
        return {"columns": self.columns, "title": self.title, "skip": self.skip}

    @property
    def theirs(self) -> set[str]:
        """The file's columns that are read, without paths into them."""
        return {path.split(".*")[0] for spec in self.columns.values() for path in _paths(spec)}

    def fits(self, columns: Iterable[str]) -> bool:
        """Whether a file has every column of the mapping; a path counts by its first step."""
        present = set(columns)
        return bool(self.theirs) and all(
            path in present or path.split(".")[0] in present for path in self.theirs
        )

    def name_register(self, name: str) -> bool:
        """References are a register's own: without a column or word that names it, it is called by ``name``."""
        if "reference" not in self.columns or "register" in self.columns:
            return False
        self.columns["register"] = {"constant": name[:200]}
        return True

    def apply(self, rows: list[Row]) -> list[Row]:
        reading = _Reading(self, rows)
        return [reading.row(row) for row in rows]


class _Reading:
    """Looks up what needs the other rows: names by code, and which names repeat."""

    def __init__(self, mapping: Mapping, rows: list[Row]) -> None:
        self.mapping, self.rows = mapping, rows
        self._tables: dict[tuple[str, str], dict[str, Any]] = {}
        self._counts: dict[str, Counter] = {}
        self._headings = (
            {str(row.values.get(mapping.skip["heads"], "")) for row in rows} if mapping.skip else set()
        )

    def row(self, row: Row) -> Row:
        if row.fault:
            return row
        if self._is_heading(row.values):
            return Row(row.line, {}, "", {}, f"{self.mapping.skip['column']}: is a heading over other rows")
        values = {our: self.value(spec, row.values) for our, spec in self.mapping.columns.items()}
        theirs = {our: next(iter(_paths(spec)), our) for our, spec in self.mapping.columns.items()}
        return Row(row.line, values, "", theirs)

    def _is_heading(self, values: dict[str, Any]) -> bool:
        skip = self.mapping.skip
        if not skip or values.get(skip.get("unless", "")):
            return False
        return str(values.get(skip["column"], "")) in self._headings

    def value(self, spec: Any, values: dict[str, Any]) -> Any:
        if isinstance(spec, str):
            return at(values, spec)
        if isinstance(spec, list):
            found = [self.value(one, values) for one in spec]
            return next((value for value in found if not _is_empty(value)), None)
        if "constant" in spec:
            return spec["constant"]
        if "all" in spec:
            return [item for one in spec["all"] for item in _as_list(self.value(one, values))]
        if "each" in spec:
            return _each(spec, at(values, spec["each"]))
        if "lookup" in spec:
            return self._looked_up(spec, values)
        return _changed(spec, self.value(spec["from"], values))

    def _looked_up(self, spec: dict[str, str], values: dict[str, Any]) -> Any:
        repeated = spec.get("where_repeated")
        if repeated and self._count(repeated)[str(values.get(repeated, "")).casefold()] < 2:
            return ""
        place = spec["in"], spec["take"]
        if place not in self._tables:
            self._tables[place] = {
                str(row.values.get(place[0])): row.values.get(place[1]) for row in self.rows
            }
        return self._tables[place].get(str(values.get(spec["lookup"])), "")

    def _count(self, column: str) -> Counter:
        if column not in self._counts:
            self._counts[column] = Counter(str(row.values.get(column, "")).casefold() for row in self.rows)
        return self._counts[column]


def _changed(spec: dict[str, Any], value: Any) -> Any:
    if mark := spec.get("first_of"):
        value = str(value or "").split(mark)[0].strip()
    if "values" in spec:
        words = {str(word).casefold(): ours for word, ours in spec["values"].items()}
        texts = [str(one).strip().casefold() for one in _as_list(value)]
        return next((words[text] for text in texts if text in words), spec.get("otherwise", value))
    if spec.get("whole") and not _is_empty(value):
        return [str(value)]
    if "language" in spec or "kind" in spec:
        more = {name: spec[name] for name in ("language", "kind") if name in spec}
        return [{"text": text, **more} for text in map(str, _as_list(value)) if text.strip()]
    return value


def _each(spec: dict[str, Any], items: Any) -> Any:
    """Objects of a list: those that fit, and of them one value, or a name with its language and kind."""
    found = [
        item for item in _as_list(items) if isinstance(item, dict) and _fits(item, spec.get("where", {}))
    ]
    if "take" in spec:
        return next((item.get(spec["take"]) for item in found), None)
    kinds = spec.get("kinds", {})
    return [
        {
            "text": item[spec["text"]],
            "language": item.get(spec.get("language", ""), "") or "",
            **next(
                (
                    {"kind": kinds[word]}
                    for word in _as_list(item.get(spec.get("kind_from", "")))
                    if word in kinds
                ),
                {},
            ),
        }
        for item in found
        if item.get(spec["text"])
    ]


def _fits(item: dict[str, Any], where: dict[str, str]) -> bool:
    return all(word in _as_list(item.get(name)) for name, word in where.items())


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if _is_empty(value) else [value]


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _paths(spec: Any) -> Iterable[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, list):
        for one in spec:
            yield from _paths(one)
    elif "from" in spec:
        yield from _paths(spec["from"])
    elif "all" in spec:
        yield from _paths(spec["all"])
    elif "each" in spec:
        yield spec["each"]
    elif "lookup" in spec:
        yield spec["lookup"]


def from_pairs(pairs: Iterable[str], ours: Iterable[str]) -> dict[str, Any]:
    """Read ``ours=theirs``; several of theirs for one of ours with ``|`` between: the first that has a value."""
    known = set(ours)
    columns: dict[str, Any] = {}
    for pair in pairs:
        our, equals, theirs = pair.partition("=")
        if not equals or our not in known:
            raise InvalidMapping(f"--map {pair}: expected OURS=THEIRS with one of {', '.join(sorted(known))}")
        if theirs.startswith("'") and theirs.endswith("'") and len(theirs) > 1:
            columns[our] = {"constant": theirs[1:-1]}
        else:
            columns[our] = theirs.split("|") if "|" in theirs.strip("|") else theirs
    return columns


@cache
def _ready() -> dict[tuple[str, str], dict[str, Any]]:
    found = {}
    for path in sorted(READY.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found[data["kind"], path.stem] = data
    return found


def ready_for(kind: str) -> list[Mapping]:
    """Mappings that come with the application and those that were saved, the newest of these first."""
    saved = SavedMapping.objects.filter(kind=kind).order_by("-changed_at", "-pk")
    return [Mapping.from_data(one.mapping, one.name) for one in saved] + [
        Mapping.from_data(data, name) for (of, name), data in _ready().items() if of == kind
    ]


def mapping_called(kind: str, name: str) -> Mapping | None:
    return next((one for one in ready_for(kind) if one.name == name), None)


def mapping_for(kind: str, columns: Iterable[str]) -> Mapping | None:
    """The mapping whose columns a file has all; of several the one that reads most."""
    present = set(columns)
    fitting = [one for one in ready_for(kind) if one.fits(present)]
    return max(fitting, key=lambda one: len(one.theirs), default=None)


def save_mapping(kind: str, name: str, mapping: Mapping) -> None:
    SavedMapping.objects.update_or_create(
        kind=kind,
        name=name,
        defaults={"mapping": Mapping(mapping.columns, name, name, mapping.skip).as_data()},
    )
