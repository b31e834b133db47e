"""Organisations in English text."""

import re

from .bodies_en import body
from .everyday_en import is_everyday
from .firms_en import firm, is_given, is_proper, pieces
from .roles import ROLE, ROLE_WORDS
from .sentences import Sentences
from .wordlists import word_set
from .words import Word, runs

_STARTERS = word_set("sentence_starters_en")
_INSTRUMENT = re.compile(
    r"\b(?:Memorand(?:um|a|ums)|Letters?)\s+of\s+(?:Understanding|Intent|Cooperation)\b|\bMO[Uu]s?\b"
)
_SALUTATION = re.compile(r"^[A-Z][A-Z ,.'’-]{8,80}:$", re.MULTILINE)
_QUOTED = re.compile(
    r"\b(?:JSC|OJSC|PJSC|CJSC|LLC|LLP|NC|SC|SOE|Company|company|Corporation|corporation|Group|group"
    r"|bank|Bank|firm|holding|Holding)\s[“\"«](?:(?:NC|JSC|SC"
    r"|LLC)\s[“\"«]?)?([A-Z][^“”\"«»\n]{1,50})[”\"»]"
)
_OFFICE_BEFORE = re.compile(rf"(?:{ROLE.pattern})\s$", re.IGNORECASE)
_PLACES = word_set("not_names") | word_set("not_bodies_en")
_JOINS = re.compile(r"(?:,\s|,?\s(?:and|or|&)\s)(?:the\s)?")

Place = tuple[int, int, str, float, str]


def find(
    text: str, sentences: Sentences, busy: bytearray, surnames: frozenset[str] = frozenset()
) -> list[Place]:
    """Return (start, end, base form, score, reason) for each place that looks like an organisation."""
    text = _SALUTATION.sub(_unshouted, text)
    held = bytearray(busy)
    for match in _INSTRUMENT.finditer(text):
        held[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    all_runs = runs(text)
    counts: dict[str, int] = {}
    for run in all_runs:
        for word in run:
            counts[word.text] = counts.get(word.text, 0) + 1
    found: list[Place] = []
    rest: list[list[Word]] = []
    for match in _QUOTED.finditer(text):
        found.append((match.start(1), match.end(1), match[1], 0.85, "in quotation marks after its form"))
    used = 0
    for run in all_runs:
        run = _without_start(_after_instrument([word for word in run if word.start >= used], held, busy))
        if not run:
            continue
        place = body(text, run, busy) or firm(text, run, held, counts, surnames)
        if place:
            found.append(place)
            used = place[1]
        else:
            rest.append(run)
    return found + _in_lists(text, rest, found, held, surnames)


def _unshouted(match: re.Match) -> str:
    """ "TO THE SENATE OF THE UNITED STATES:" as it would be written in a sentence; the length stays."""
    small = ("of", "the", "and", "to", "for")
    return re.sub(
        r"\w+", lambda word: word[0].lower() if word[0].lower() in small else word[0].capitalize(), match[0]
    )


def _after_instrument(run: list[Word], held: bytearray, busy: bytearray) -> list[Word]:
    """What of a run comes after "Memorandum of Understanding"."""
    last = max((i for i, word in enumerate(run) if held[word.start] and not busy[word.start]), default=-1)
    return run[last + 1 :]


def _without_start(run: list[Word]) -> list[Word]:
    while run and (
        run[0].text in _STARTERS
        or run[0].is_particle
        or (
            run[0].text.rstrip(".").casefold() in ROLE_WORDS
            and len(run) > 1
            and run[0].text not in ("General", "Major")
        )
    ):
        run = run[1:]
    return run


def _is_plain(piece: list[Word]) -> bool:
    """A place, or words that could as well be written small ("Competency", "Flyovers")."""
    return is_everyday(piece[-1].bare) or piece[-1].bare.casefold() in _PLACES


def _in_lists(
    text: str, rest: list[list[Word]], found: list[Place], held: bytearray, surnames: frozenset[str]
) -> list[Place]:
    """A proper name that stands in one list with organisations is one too."""
    starts, ends = {place[0] for place in found}, {place[1] for place in found}
    more: list[Place] = []
    for run in rest:
        for piece in pieces(run):
            start, end = piece[0].start, piece[-1].end
            if (
                is_given(piece[0])
                or not any(is_proper(text, word, held) for word in piece)
                or any(held[word.start] for word in piece)
            ):
                continue
            if all(word.text.casefold() in surnames for word in piece):
                continue
            after = _JOINS.match(text, end)
            before = re.search(r"(?:,\s|,?\s(?:and|or|&)\s)(?:the\s)?$", text[max(0, start - 12) : start])
            earlier = text[max(0, start - 24) : start]
            if re.search(r"\b(?:in|at|from|near|to)\s(?:the\s)?$", earlier) or _OFFICE_BEFORE.search(earlier):
                continue
            beside = (after and after.end() in starts) or (before and start - len(before[0]) in ends)
            if beside and not _is_plain(piece):
                more.append((start, end, text[start:end], 0.6, "listed with organisations"))
                starts.add(start)
                ends.add(end)
    return more
