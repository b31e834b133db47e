from dataclasses import dataclass, field
from typing import Any


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says what and where."""


@dataclass(frozen=True)
class Row:
    """One row with its line; ``theirs`` says which column of the file each of ours was read from.

    ``fault`` is why it is refused, ``skip`` why it is skipped, before anything in it is read.
    """

    line: int
    values: dict[str, Any]
    fault: str = ""
    theirs: dict[str, str] = field(default_factory=dict)
    skip: str = ""
