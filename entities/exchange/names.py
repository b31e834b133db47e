"""Other names in a file: plain texts, or objects that say language and kind."""

from typing import Any

from ..folding import folded
from ..models import Name
from .fields import MISSING, Cells, Refused

KINDS = {kind.value for kind in Name.Kind}


def names_in(cells: Cells, column: str = "aliases") -> list[list[str]]:
    """Return [text, language, kind] for every name of the cell and of the ``acronym`` column, sorted, each once."""
    names = [_name(item, column) for item in cells.list(column) if not _is_missing(item)]
    if acronym := cells.optional("acronym", longest=60):
        names.append([acronym, "", Name.Kind.ACRONYM.value])
    return sorted({tuple(name): name for name in names}.values())


def _is_missing(item: Any) -> bool:
    return (item.get("text") if isinstance(item, dict) else item) in MISSING


def _name(item: Any, column: str) -> list[str]:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or not folded(item["text"]):
        raise Refused(f"{column}: “{str(item)[:60]}” is no name")
    kind = item.get("kind") or (Name.Kind.ACRONYM.value if _looks_like_acronym(item["text"]) else "short")
    if kind == "alias":
        kind = Name.Kind.SHORT.value
    if kind not in KINDS:
        raise Refused(f"{column}: “{kind}” is no kind of name ({', '.join(sorted(KINDS))})")
    return [item["text"].strip()[:500], str(item.get("language") or "")[:12], kind]


def _looks_like_acronym(text: str) -> bool:
    return text.isupper() and " " not in text and len(text) <= 6


def names_among(record: Any, wanted: list[list[str]]) -> list[list[str]]:
    """Return the wanted names when the record has them all, else all that it has: imports only add names."""
    present = {(name.text, name.language, name.kind) for name in record.names.all()}
    main = {text for text, _language, _kind in present}
    if all(tuple(name) in present or name[0] in main for name in wanted):
        return wanted
    return sorted(list(name) for name in present)
