"""Word lists of the recogniser, each a plain file in ``data/``: words part at blanks, ``#`` begins a comment line."""

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    text = (_DATA / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> tuple[str, ...]:
    return tuple(word for line in lines(name) for word in line.split())


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(words(name))


def one_of(name: str) -> str:
    """A pattern that matches any line of the list, which may hold patterns itself."""
    return "|".join(lines(name))
