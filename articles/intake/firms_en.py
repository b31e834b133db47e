"""Companies in English text: a legal form, a trade word after a proper one, or what stands around the name."""

import re

from entities.matcher import folded_word

from .company_cues_en import CAMEL, by_surroundings
from .everyday_en import is_everyday
from .given_names import latin_given_names
from .roles import ROLE_WORDS
from .vocabulary import vocabulary
from .wordlists import word_set
from .words import Word

_FIRMS = word_set("firms_en")
_FORMS = frozenset(
    "Inc Corp Ltd Limited LLC LLP PLC Plc JSC PJSC OJSC CJSC OAO PAO ZAO OOO AO AG GmbH SA SE NV BV SpA ASA AB AS "
    "Oyj Oy KK Co Bhd Berhad Tbk Ltda Corporation Company Holding Holdings Airlines Airways Bank".split()
)
# Trades, not forms: alone with everyday words they are a subject ("Herbal Technology"), no company.
_TRADES = frozenset(
    "Technologies Technology Industries Energy Aerospace Capital Management Systems Electric Steel Petroleum Oil Gas "
    "Resources Logistics Telecom Telecommunications Media Press International Solutions Networks Insurance Cable "
    "Shipping Lines Railways Plant Works Factory Engineering Electronics Chemicals Construction Foods Air Aviation "
    "Space Nuclear Power Refinery Mining Minerals Metals Automotive Agency Services Laboratories Ocean Atomic "
    "Robotics Defense Defence Securities Investments Cement Textile Textiles Semiconductor Semiconductors".split()
)
_SUBJECT_BEFORE = re.compile(r"\b(?:of|on|in|and|or|for|Of|On|In|And|For)\s+$")
_NO_COMPANY = word_set("no_company_en")
_LEGAL_AFTER = re.compile(
    r"\.?\s*,?\s(?:\((?:Pvt|Private|Pte|Pty|Proprietary|Public|Thailand|HK|Hong Kong|UK|Cayman|M)\.?\)\s*)?"
    r"(?:(?:Pvt|Private|Pte|Pty|Co|Sdn)\b\.?,?\s)?(?:Inc|Ltd|LLC|LLP|Limited|Corp|PLC|GmbH|Bhd|Berhad|Ltda|A\.Ş"
    r"|S\.p\.A|S\.A|N\.V|B\.V|K\.K|Oyj|AG|JSC|PJSC)(?!\w)\.?"
)
_MODEL = re.compile(
    r"[A-Z][A-Za-z]{0,3}-?\d{1,4}\w{0,3}"
)  # a make of aircraft or weapon: C-390, Su-30, S-400
_PORTFOLIO = re.compile(
    r"\b(?:Ministers?|Secretary|Secretaries|Commissioner)(?:\s+\w+)?\s+(?:of|for)\s+(?:the\s+)?(?:[\w&,-]+\s+){0,6}$"
)


def firm(
    text: str,
    run: list[Word],
    busy: bytearray,
    counts: dict[str, int],
    surnames: frozenset[str],
) -> tuple[int, int, str, float, str] | None:
    """Return the surest company in a run of capitals."""
    places = [_one(text, piece, busy, counts, surnames) for piece in pieces(run)]
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
    return folded_word(word.bare.split("-")[0]) in latin_given_names()


def is_proper(text: str, word: Word, busy: bytearray) -> bool:
    """No everyday word, no country, and never written small in this text."""
    plain = word.bare
    if _MODEL.fullmatch(plain):
        return False
    if busy[word.start] or len(plain) < 2 or plain in _NO_COMPANY:
        return False
    return CAMEL.match(plain) is not None or not (is_everyday(plain) or vocabulary(text).is_small(plain))


# What ends in one of these is a plan, a place, a date, a meeting or an instrument, never a firm.
_NO_LAST_WORD = word_set("not_bodies_en") | word_set("not_names")


def _one(
    text: str,
    piece: list[Word],
    busy: bytearray,
    counts: dict[str, int],
    surnames: frozenset[str],
) -> tuple | None:
    start, end = piece[0].start, piece[-1].end
    name = re.sub(r"['’]s$", "", text[start:end])
    end = start + len(name)
    if (
        any(folded_word(word.bare) in surnames for word in piece)
        and not any(word.bare in _FIRMS for word in piece)
        or sum(word.bare.isupper() and len(word.bare) > 2 for word in piece) > 2
        or _PORTFOLIO.search(text[max(0, start - 90) : start])
    ):
        return None
    if len(piece) == 1 and piece[0].bare in vocabulary(text).bracketed:
        return None  # the acronym of what stands before its brackets, an organisation or not
    proper = [word for word in piece if is_proper(text, word, busy)]
    if place := _by_form(text, piece, start, end, proper, busy):
        return place
    if len(piece) > 1 and busy[piece[0].start] and not any(busy[word.start] for word in piece[1:]):
        return _one(text, piece[1:], busy, counts, surnames)  # "Japanese Kestrel": its country's adjective
    if (
        not proper
        or any(busy[word.start] for word in piece)
        or is_given(piece[0])
        or piece[-1].text.casefold() in _NO_LAST_WORD
    ):
        return None
    return by_surroundings(text, piece, start, end, name, busy, counts, proper)


def _by_form(
    text: str, piece: list[Word], start: int, end: int, proper: list[Word], busy: bytearray
) -> tuple | None:
    last = piece[-1].bare
    if all(word.bare in _FORMS or word.bare in ("Pvt", "Pte", "Pty", "Sdn") for word in piece):
        return None
    if legal := _LEGAL_AFTER.match(text, end):
        stop = legal.end() - (text[legal.end() - 1] == "." and text[legal.end() : legal.end() + 1] != ",")
        return start, stop, re.sub(r"\s+", " ", text[start:stop]), 0.9, "a legal form"
    if len(piece) < 2 or last not in _FIRMS or is_given(piece[0]):
        return None
    if last in _TRADES and _SUBJECT_BEFORE.search(text[max(0, start - 8) : start]):
        proper = [word for word in proper if CAMEL.match(word.bare) or not is_everyday(word.bare)]
    end += text[end : end + 1] == "." and last == "Ltd"
    named_by_country = (
        any(busy[word.start] for word in piece[:2])
        and (last in _FORMS or last in ("Air", "Railways", "Telecom", "Post"))
        and len(piece) <= 6
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
