"""One cell with several parties, as registers write them: semicolons, commas or lines, members in brackets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_ESCAPES = re.compile(r"\\r\\n|\\n|\\r|\\t")
_EDGES = " \t\r\n.,;:-–"
_LEADING = re.compile(r"^(?:and|und|et|ve|и|&)\s+", re.IGNORECASE)
_GROUP = re.compile(r"([^()]+)(?:\(([^()]*)\))?\)?")
# The strongest that the column uses parts its cells; weaker ones are part of names ("Korea, Republic of").
_SEPARATORS = (";", "|", "\n", ",")


@dataclass
class Piece:
    """One name of a cell; ``members`` are those that stand in brackets behind it, when they are several."""

    text: str
    bracket: str = ""
    members: list[str] = field(default_factory=list)

    @property
    def whole(self) -> str:
        return f"{self.text} ({self.bracket})" if self.bracket else self.text


def separators_of(cells: Iterable[str]) -> str:
    """Return the characters that part the cells of a column: the strongest in use, and with a comma all others."""
    used = dict.fromkeys(_SEPARATORS, 0)
    for cell in cells:
        bare = re.sub(r"\([^()]*\)", "", clean(cell))
        for mark in _SEPARATORS:
            used[mark] += mark in bare
    most = max(used.values())
    if not most:
        return ";,\n|"
    if used[","] > 5 * max(used[mark] for mark in ";|\n"):
        return ";,\n|"
    return "".join(mark for mark in ";|\n" if used[mark]) or ";,\n|"


def clean(cell: str) -> str:
    return _ESCAPES.sub("\n", cell).strip(_EDGES)


def pieces(cell: str, separators: str) -> list[Piece]:
    cell = clean(cell)
    if cell.count("(") != cell.count(")"):
        cell = cell.replace("(", separators[0]).replace(")", separators[0])
    found = []
    for part in _split(cell, separators):
        for match in _GROUP.finditer(part):
            text = _LEADING.sub("", match[1].strip(_EDGES)).strip(_EDGES)
            bracket = (match[2] or "").strip(_EDGES)
            if text or bracket:
                members = [one for one in map(_tidy, re.split(r"[;,\n|]", bracket)) if one]
                if not text and len(members) > 1 and found:  # a second bracket behind one name
                    found[-1].members += members
                    continue
                found.append(
                    Piece(text or bracket, bracket if text else "", members if len(members) > 1 else [])
                )
    return found


def _split(cell: str, separators: str) -> list[str]:
    """Part at separators outside brackets."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(cell):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character in separators and depth == 0:
            parts.append(cell[start:place])
            start = place + 1
    return [part for part in (*parts, cell[start:]) if part.strip(_EDGES)]


def _tidy(text: str) -> str:
    return _LEADING.sub("", text.strip(_EDGES)).strip(_EDGES)


def halves(text: str) -> list[list[str]]:
    """Other ways to part a name that nobody knows: at “and”, a dash, a comma or a slash."""
    ways = [re.split(mark, text) for mark in (r",", r"\s+(?:and|et|ve|и|&)\s+", r"\s+[-–]\s+", r"\s*/\s*")]
    ways.append(re.split(r",|\s+(?:and|et|ve|и|&)\s+", text))
    words = text.split()
    ways += [[" ".join(words[:place]), " ".join(words[place:])] for place in range(1, min(len(words), 6))]
    return [[_tidy(part) for part in parts if _tidy(part)] for parts in ways if len(parts) > 1]
