"""Purchases that English text announces or approves: contracts, named by buyer and goods."""

import re

from .sentences import Sentence
from .words import UPPER

_PURCHASE = re.compile(
    rf"((?:[{UPPER}][\w.&-]*\s){{1,7}})(?:(?:will\s+(?:also\s+)?|has\s+|have\s+|agreed\s+to\s+|is\s+to\s+"
    rf"|also\s+)?(purchased?|buys?|bought|ordered|acquired?|purchases))\s+((?:up\s+to\s+|about\s+"
    rf"|approximately\s+|some\s+|an?\s+)?(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten"
    rf"|twelve|state-of-the-art|new)\s+[^.;,()]{{4,120}})"
)
_SELECTED = re.compile(
    rf"((?:The\s)?(?:[{UPPER}][\w.&-]*\s)+)selected\s+((?:[{UPPER}][\w.&-]*\s){{1,7}})to\s+([^.;]{{5,140}}?)\s+in\s+an?\s+[^.;]{{0,30}}deal"
)


def purchases(sentence: Sentence) -> list[tuple[int, int, str, str, bool]]:
    """Approved and announced purchases are contracts."""
    found = []
    for match in _PURCHASE.finditer(sentence.text):
        buyer = re.sub(r"^(?:The|And|But|However|Today|Meanwhile)\s", "", match[1].strip())
        thing = re.split(
            r"\s(?:valued|worth|from\s(?:the\s)?\w+\sfor|in\s+a|via|for\s+\$|by\s+\d|under|through|that|which"
            r"|at\s+a|to\s+support|while|and\s+(?:sign|will|also))\b",
            match[3],
        )[0].strip()
        found.append(
            (
                sentence.start + match.start(),
                sentence.start + match.start(3) + len(thing),
                f"{buyer} purchase of {thing}",
                "contract",
                False,
            )
        )
    for match in _SELECTED.finditer(sentence.text):
        buyer = re.sub(r"^The\s", "", match[1].strip())
        found.append(
            (
                sentence.start + match.start(),
                sentence.start + match.end(),
                f"{buyer} deal with {match[2].strip()} to {match[3]}",
                "contract",
                False,
            )
        )
    return found
