"""The JSON contract of ``manage.py intake --json``: what a document holds, in plain values."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from .extract import Extracted
from .recognise import Proposed

SHOWN_FROM = 0.4  # of three such proposals more than one is right: leaving them out loses more than it spares
_SHOWN_TYPES = {"memorandum": "MoU"}


@cache
def english_name(code: str) -> str:
    from entities.country_data import countries  # reads tables: only when agreements have parties

    names = {row.code: row.labels.get("en", row.code) for row in countries()}
    return names.get(code, code)


def as_json(
    source: str,
    extracted: Extracted,
    proposals: Iterable[Proposed],
    copies_of: Iterable[str] = (),
    name_of: Callable[[str], str] = english_name,
) -> dict[str, Any]:
    """Return one document as other programs read it; former states are left out of the lists of codes."""
    shown = [proposal for proposal in proposals if proposal.score >= SHOWN_FROM]
    codes = [proposal for proposal in shown if proposal.kind == "country" and len(str(proposal.record)) == 2]
    return {
        "input": source,
        "title": extracted.title or None,
        "published": extracted.published,
        "language": extracted.language,
        "source": extracted.source or None,
        "countries": [str(proposal.record).upper() for proposal in codes],
        "primary_countries": [str(proposal.record).upper() for proposal in codes if proposal.about],
        "organisations": [proposal.value for proposal in shown if proposal.kind == "organisation"],
        "people": [proposal.value for proposal in shown if proposal.kind == "person"],
        "agreements": [_agreement(proposal, name_of) for proposal in shown if proposal.kind == "agreement"],
        "copies_of": list(copies_of),
    }


def _agreement(proposal: Proposed, name_of: Callable[[str], str]) -> dict[str, Any]:
    kind = proposal.payload.get("type", "agreement")
    return {
        "title": proposal.value,
        "type": _SHOWN_TYPES.get(kind, kind),
        "date": proposal.payload.get("date"),
        "parties": [name_of(code) for code in proposal.payload.get("parties", [])],
        "evidence": proposal.payload.get("evidence", ""),
    }
