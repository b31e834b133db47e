"""Companies in English text: a legal form, a trade word after a proper one, or what stands around the name."""

import re

from entities.matcher import folded_word

from .given_names import latin_given_names
from .roles import ROLE_WORDS
from .sentences import Sentences
from .vocabulary import vocabulary
from .wordlists import word_set
from .words import UPPER, Word

_FIRMS = word_set("firms_en")
_FORMS = frozenset(
    "Inc Corp Ltd LLC LLP PLC Plc JSC PJSC OJSC CJSC AG GmbH SA SE NV BV SpA ASA AB Oyj Co "
    "Corporation Company Holding Holdings Airlines Airways Bank".split()
)
_NO_COMPANY = word_set("no_company_en")
_COMMON = word_set("common_words_en")
_LEGAL_AFTER = re.compile(r"\.?\s*,?\s(?:Inc|Ltd|LLC|Corp)\b\.?")
_VERB = re.compile(
    r"^(?:['’]s)?,?\s+(?:also\s+|has\s+|have\s+|had\s+|recently\s+)*(?:will\s+(?:also\s+)?(?:purchase"
    r"|buy|invest|build|partner|cooperate|supply"
    r"|provide|acquire|operate|launch|produce|deliver|develop|sell|continue)|signed|agreed\s+to"
    r"|pledged|announced|invests?|invested|selected"
    r"|is\s+building|are\s+building|acquired|acquires|purchased|bought|plans\s+to|supplied|supplies"
    r"|manufactures|owns|operates|launched|reported"
    r"|does\s+not\s+intend|stands\s+ready|signaled|unveiled|awarded|won|regularly\s+participates"
    r"|participates|exports?|produces?|makes|hired|employs)\b"
)
_THING_AFTER = re.compile(
    r"^\s+(?:(?:[\w-]+\s)?(?:aircraft|airliners?|jets?|engines?)|plants?|factory|factories|trucks?"
    r"|vehicles|turbines|shares|automobile\s+plant|lineup|refinery|head|subsidiary"
    r"|spokes\w+|CEO|employees|reactors?|executives?|director)\b"
)
_LIST_BEFORE = re.compile(
    r"\b(?:companies|firms|producers|sellers|buyers|manufacturers|banks|suppliers|investors"
    r"|corporations|contractors|manufacturer|maker"
    r"|company|firm|producer|operator|developer|giant|supplier|airline|newspaper|agency|shipbuilder"
    r"|brand|carrier|lender|conglomerate|startup|broadcaster)"
    rf"(?:\s+[\w-]+){{0,4}}?(?:,?\s+(?:including|such as|like|namely|among them"
    rf"|with))?,?\s+(?:[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*(?:,\s+(?:and\s+)?|\s+and\s+))*$"
)
_WITH_BEFORE = re.compile(
    r"\b(?:told|tells|by|with|subsidiary of|owned by|made by|built by|partnership with|contract with"
    r"|deal with|ties with|from|of|between|and|including|on|head of|director of)\s+(?:the\s+)?$"
)
_CAMEL = re.compile(r"^(?:[A-Z][a-z]+[A-Z][\w]*|[A-Z]{2,}[a-z]{2,}\w*|[A-Z]\d[A-Z]\w+|[a-z]+[A-Z]\w+)$")
_SHOUTED = re.compile(r"^[A-Z][A-Z&-]{2,7}$")
_PORTFOLIO = re.compile(
    r"\b(?:Ministers?|Secretary|Secretaries|Commissioner)(?:\s+\w+)?\s+(?:of|for)\s+(?:the\s+)?(?:[\w&,-]+\s+){0,6}$"
)


def firm(
    text: str,
    run: list[Word],
    sentences: Sentences,
    busy: bytearray,
    counts: dict[str, int],
    surnames: frozenset[str],
) -> tuple[int, int, str, float, str] | None:
    """Return the surest company in a run of capitals."""
    places = [_one(text, piece, sentences, busy, counts, surnames) for piece in pieces(run)]
    return max((place for place in places if place), key=lambda place: place[3], default=None)


def pieces(run: list[Word]) -> list[list[Word]]:
    """Cut at roles and given names ("General Manager of X Alexander Potapov")."""
    found: list[list[Word]] = [[]]
    for word in run:
        if word.text.rstrip(".").casefold() in ROLE_WORDS and word.text not in ("General", "Partners"):
            found.append([])
        elif is_given(word) and not (found[-1] and word is run[-1]):
            found.append([word])
        else:
            found[-1].append(word)
    return [piece for piece in found if piece]


def is_given(word: Word) -> bool:
    return folded_word(bare(word)) in latin_given_names()


def bare(word: Word) -> str:
    return re.sub(r"['’]s$", "", word.text).rstrip(".")


def is_proper(text: str, word: Word, busy: bytearray) -> bool:
    """No everyday word, no country, and never written small in this text."""
    plain = bare(word)
    if busy[word.start] or plain.casefold() in _COMMON or len(plain) < 2 or plain in _NO_COMPANY:
        return False
    return not vocabulary(text).is_small(plain)


# What ends in one of these is a plan, a place, a date or an instrument, never a firm.
_NO_LAST_WORD = frozenset(
    (
        "initiative session program programme plan act sea strait straits gulf bay river lake "
        "mountains peninsula ocean cup games stream day week year war pact treaty"
    ).split()
)


def _one(
    text: str,
    piece: list[Word],
    sentences: Sentences,
    busy: bytearray,
    counts: dict[str, int],
    surnames: frozenset[str],
) -> tuple | None:
    start, end = piece[0].start, piece[-1].end
    name = re.sub(r"['’]s$", "", text[start:end])
    end = start + len(name)
    if (
        any(folded_word(bare(word)) in surnames for word in piece)
        and not any(bare(word) in _FIRMS for word in piece)
        or sum(bare(word).isupper() and len(bare(word)) > 2 for word in piece) > 2
        or _PORTFOLIO.search(text[max(0, start - 90) : start])
    ):
        return None
    if len(piece) == 1 and bare(piece[0]) in vocabulary(text).bracketed:
        return None  # the acronym of what stands before its brackets, an organisation or not
    proper = [word for word in piece if is_proper(text, word, busy)]
    if place := _by_form(text, piece, start, end, proper, busy):
        return place
    if (
        not proper
        or any(busy[word.start] for word in piece)
        or is_given(piece[0])
        or piece[-1].text.casefold() in _NO_LAST_WORD
    ):
        return None
    return _by_surroundings(text, piece, start, end, name, sentences, counts, proper)


def _by_form(
    text: str, piece: list[Word], start: int, end: int, proper: list[Word], busy: bytearray
) -> tuple | None:
    last = bare(piece[-1])
    if legal := _LEGAL_AFTER.match(text, end):
        return start, legal.end(), text[start : legal.end()], 0.9, "a legal form"
    if len(piece) < 2 or last not in _FIRMS or is_given(piece[0]):
        return None
    end += text[end : end + 1] == "." and last == "Ltd"
    named_by_country = (
        bool(busy[piece[0].start])
        and (last in _FORMS or last in ("Air", "Railways", "Telecom", "Post"))
        and len(piece) <= 4
    )
    if any(word is not piece[-1] for word in proper) or named_by_country:
        return (
            start,
            end,
            re.sub(r"\s+", " ", text[start:end]).strip(),
            0.8,
            f"a company by its name ({last.lower()})",
        )
    return None


def _by_surroundings(
    text: str,
    piece: list[Word],
    start: int,
    end: int,
    name: str,
    sentences: Sentences,
    counts: dict[str, int],
    proper: list[Word],
) -> tuple | None:
    before, after = text[max(0, start - 120) : start], text[end : end + 60]
    odd = any(_CAMEL.match(bare(word)) for word in proper)
    shouted = [word for word in proper if _SHOUTED.match(bare(word))]
    score = 0.45 * odd + 0.3 * bool(shouted)
    reasons = ["written like a company"] * odd + ["capitals"] * bool(shouted)
    if shouted and sum(counts.get(word.text, 0) for word in shouted) > 1:
        score += 0.2
    for points, holds, reason in (
        (0.5, _VERB.match(after), "does what a company does"),
        (0.5, _LIST_BEFORE.search(before), "among companies"),
        (0.45, _THING_AFTER.match(after), "has or makes something"),
        (0.15, (odd or shouted) and _WITH_BEFORE.search(before), "beside a person or another body"),
    ):
        if holds:
            score += points
            reasons.append(reason)
    if _in_capitals(text, start, end) or score < 0.45 or len(name) < 3:
        return None
    return start, end, re.sub(r"\s+", " ", name), min(0.85, score), ", ".join(reasons)


def _in_capitals(text: str, start: int, end: int) -> bool:
    """A heading in capitals says nothing about its words."""
    line_start = text.rfind("\n", max(0, start - 200), start) + 1 or max(0, start - 200)
    line_end = text.find("\n", end, end + 200)
    line = text[line_start : line_end if line_end >= 0 else end + 200]
    return line.isupper() or (line[:40].isupper() and start - line_start < 40)
