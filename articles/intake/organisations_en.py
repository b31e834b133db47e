"""Organisations in English text."""

import re

from .given_names import latin_given_names
from .roles import ROLE_WORDS
from .sentences import Sentences
from .wordlists import word_set
from .words import UPPER, Word, runs

_BODIES, _FIRMS = word_set("bodies_en"), word_set("firms_en")
_TAIL_HEADS = word_set("body_heads_en")
_NOT_BODIES = word_set("not_bodies_en")
_STARTERS = word_set("sentence_starters_en")
_MIDDLE = re.compile(
    rf"(?:\s(?:of|for|and|on|&|de|in|the|to|&|of\sthe|for\sthe|on\sthe|and\sthe|in\sthe)|,)\s(?=[{UPPER}])"
)
_COMPANY_VERB = re.compile(
    r"^(?:['’]s)?,?\s+(?:also\s+|has\s+|have\s+|had\s+|recently\s+)*(?:will\s+(?:also\s+)?(?:purchase|buy|invest|build|partner|cooperate|supply|provide|acquire|operate|launch|produce|deliver|develop|sell|continue)|signed|agreed\s+to|pledged|announced|invests?|invested|selected|is\s+building|are\s+building|acquired|acquires|purchased|bought|plans\s+to|supplied|supplies|manufactures|"
    r"owns|operates|launched|reported|does\s+not\s+intend|stands\s+ready|signaled|unveiled|awarded|won|regularly\s+participates|participates|exports?|produces?|makes|hired|employs)\b"
)
_THING_AFTER = re.compile(
    r"^\s+(?:aircraft|airliners?|jets?|engines?|plants?|factory|factories|trucks?|cars|vehicles|turbines|shares|executives?|automobile\s+plant|lineup|refinery|head|director|subsidiary|spokes\w+|CEO|employees|project(?:s)?\s+company|reactors?)\b"
)
_LIST_BEFORE = re.compile(
    rf"\b(?:companies|firms|producers|sellers|buyers|manufacturers|organi[sz]ations|institutions|banks|suppliers|investors|agencies|corporations|contractors|partners|manufacturer|maker|company|firm|producer|operator|developer|giant|supplier|airline|newspaper|agency|shipbuilder|brand|carrier|lender|group)"
    rf"(?:\s+[\w-]+){{0,4}}?(?:,?\s+(?:including|such as|like|namely|among them|with))?,?\s+(?:[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*(?:,\s+(?:and\s+)?|\s+and\s+))*$"
)
_WITH_BEFORE = re.compile(
    r"\b(?:told|tells|by|with|subsidiary of|owned by|made by|built by|partnership with|contract with|deal with|ties with|from|of|between|and|including)\s+(?:the\s+)?$"
)
_CAMEL = re.compile(r"^(?:[A-Z][a-z]+[A-Z][\w]*|[A-Z]{2,}[a-z]{2,}\w*|[A-Z]\d[A-Z]\w+|[a-z]+[A-Z]\w+)$")
_SHOUTED = re.compile(r"^[A-Z][A-Z&-]{2,7}$")
_NO_COMPANY = word_set("no_company_en")


def find(text: str, sentences: Sentences, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    """Return (start, end, base form, score, reason) for each place that looks like an organisation."""
    found = []
    counts: dict[str, int] = {}
    all_runs = runs(text)
    for run in all_runs:
        for word in run:
            counts[word.text] = counts.get(word.text, 0) + 1
    used = 0
    for run in all_runs:
        run = [word for word in run if word.start >= used]
        run = _without_start(run, text, sentences)
        if not run:
            continue
        place = _body(text, run, busy) or _firm(text, run, sentences, busy, counts)
        if place:
            found.append(place)
            used = place[1]
    return found


def _without_start(run: list[Word], text: str, sentences: Sentences) -> list[Word]:
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


def _body(text: str, run: list[Word], busy: bytearray) -> tuple | None:
    """``Ministry of Industry and Trade``, ``Strategic Technologies Investor Council``, ``House of Commons``."""
    heads = [
        i
        for i, word in enumerate(run)
        if word.text in _BODIES
        or (word.text == "House" and re.match(r"\sof\s(?:Commons|Lords|Representatives)", text[word.end :]))
    ]
    if not heads:
        return None
    head = heads[-1]
    end = run[head].end
    first = 0
    names = [i for i in range(head) if _is_given(run[i])]
    if names and names[0] == 0 and run[head].text in ("Administration", "Government", "Office"):
        return None
    tail = text[end : end + 160]
    if run[head].text in _TAIL_HEADS and (more := _tail(tail)):
        end += more
    elif head < len(run) - 1:
        after = run[head + 1 :]
        if any(word.text.casefold() in _NOT_BODIES for word in after):
            return None
        if all(not _is_given(word) and not word.is_initial for word in after) and run[head].text not in (
            "Ministry",
        ):
            end = run[-1].end if len(after) <= 2 and not _is_person_tail(after) else end
    start = run[first].start
    name = re.sub(r"['’]s$", "", text[start:end])
    words = name.split()
    if len(words) < 2 or (run[head].text == "Administration" and len(words) == 2 and not busy[start]):
        return None
    if (
        len(words) == 2
        and words[0] in ("National", "Federal", "International", "Joint", "Cabinet", "General")
        and words[1] not in ("Assembly",)
    ):
        return None
    if words[-1] in ("Charter", "Treaty", "Agreement", "Convention"):
        return None
    return start, end, _tidy(name), 0.85, f"a body by its name ({run[head].text.lower()})"


def _is_person_tail(after: list[Word]) -> bool:
    return any(word.text.rstrip(".").casefold() in ROLE_WORDS for word in after)


def _is_given(word: Word) -> bool:
    from entities.matcher import folded_in_place

    return folded_in_place(word.text) in latin_given_names()


def _tail(tail: str) -> int:
    """How far "of Industry and Trade" goes on after the head."""
    match = re.match(
        rf"(?:\s(?:of|for|on)\s(?:the\s)?[{UPPER}][\w’'-]*(?:(?:,\s|\s(?:and|of|for|the|&|of\sthe|and\sthe)\s|\s)(?=[{UPPER}])[{UPPER}][\w’'-]*)*(?:\s(?:of|of\sthe)\s(?:province|city|region)\sof\s[{UPPER}]\w+)?)|\s(?:of|for)\sthe\s(?:province|city|region)\sof\s[{UPPER}]\w+",
        tail,
    )
    if not match:
        return 0
    taken = match[0]
    province = re.match(rf"\sof\sthe\s(?:province|city|region)\sof\s[{UPPER}]\w+", tail[len(taken) :])
    taken += province[0] if province else ""
    taken = re.sub(r"['’]s$", "", taken)
    for stop in re.finditer(
        rf"(?:,\s|\sand\s(?:the\s)?)(?=([{UPPER}][\w’'-]*)(?:\s([{UPPER}][\w’'-]*))?)", taken
    ):
        word, following = stop[1], stop[2] or ""
        if (
            word in _BODIES
            or following in _BODIES
            or word in ("President", "Minister", "Prime", "Deputy", "Ambassador")
            or (stop[0].startswith(",") and not re.search(r"\sand\s", taken[stop.end() :]))
        ):
            return stop.start()
    return len(taken)


def _firm(
    text: str, run: list[Word], sentences: Sentences, busy: bytearray, counts: dict[str, int]
) -> tuple | None:
    """Companies: a legal form or trade word at the end, letters no common word has, or what stands around."""
    pieces = _pieces(run, busy)
    best = None
    for piece in pieces:
        place = _one_firm(text, piece, sentences, counts, busy)
        if place and (best is None or place[3] > best[3]):
            best = place
    return best


def _pieces(run: list[Word], busy: bytearray) -> list[list[Word]]:
    """Cut at roles and given names ("General Manager of X Alexander Potapov")."""
    pieces: list[list[Word]] = [[]]
    for word in run:
        if word.text.rstrip(".").casefold() in ROLE_WORDS and word.text not in ("General", "Partners"):
            pieces.append([])
        elif _is_given(word) and not (pieces[-1] and word is run[-1]):
            pieces.append([])
            pieces[-1].append(word)
        else:
            pieces[-1].append(word)
    return [piece for piece in pieces if piece]


def _one_firm(
    text: str, piece: list[Word], sentences: Sentences, counts: dict[str, int], busy: bytearray
) -> tuple | None:
    while piece and piece[-1].text.rstrip(".").casefold() in _NOT_BODIES:
        return None
    start, end = piece[0].start, piece[-1].end
    name = re.sub(r"['’]s$", "", text[start:end])
    end = start + len(name)
    before, after = text[max(0, start - 120) : start], text[end : end + 60]
    last = piece[-1].text.rstrip(".").removesuffix("’s").removesuffix("'s")
    if re.match(r"\.?\s*,?\s(?:Inc|Ltd|LLC|Corp)\b\.?", after):
        extra = re.match(r"\.?\s*,?\s(?:Inc|Ltd|LLC|Corp)\b\.?", after)
        return start, end + extra.end(), text[start : end + extra.end()], 0.9, "a legal form"
    if text[end : end + 1] == "." and last in ("Inc", "Corp", "Ltd", "Co"):
        end += 1 if last == "Ltd" else 0
    if (
        len(piece) >= 2
        and last in _FIRMS
        and not _is_given(piece[0])
        and not all(busy[word.start] for word in piece[:-1])
        | (
            last in ("Space", "Power", "Energy", "Air", "Services", "Defense", "Defence", "Oil", "Gas")
            and len(piece) == 2
            and piece[0].text.casefold() in _PLAIN
        )
    ):
        return start, end, _tidy(text[start:end]), 0.8, f"a company by its name ({last.lower()})"
    if (
        len(piece) == 2
        and last in _FIRMS
        and busy[piece[0].start]
        and last in ("Air", "Airlines", "Airways", "Railways", "Cable")
    ):
        return start, end, _tidy(name), 0.8, f"a company by its name ({last.lower()})"
    if any(busy[word.start] for word in piece) or _is_given(piece[0]):
        return None
    odd = [word for word in piece if _CAMEL.match(_bare(word))]
    shouted = [word for word in piece if _SHOUTED.match(_bare(word)) and _bare(word) not in _NO_COMPANY]
    score, reasons = 0.0, []
    if odd:
        score, reasons = 0.45, ["written like a company"]
    if shouted:
        score, reasons = score + 0.3, [*reasons, "capitals"]
        if sum(counts.get(word.text, 0) for word in shouted) > 1:
            score += 0.15
    if _COMPANY_VERB.match(after) and (len(piece) > 1 or odd or shouted or _never_small(text, piece[0])):
        score, reasons = score + 0.5, [*reasons, "does what a company does"]
    if _LIST_BEFORE.search(before) and (len(piece) > 1 or _never_small(text, piece[0])):
        score, reasons = score + 0.5, [*reasons, "among companies"]
    if _THING_AFTER.match(after) and _never_small(text, piece[0]):
        score, reasons = score + 0.35, [*reasons, "makes or has something"]
    if (odd or shouted) and _WITH_BEFORE.search(before):
        score += 0.15
    line = text[
        text.rfind("\n", 0, start) + 1 : (text.find("\n", end) if text.find("\n", end) >= 0 else len(text))
    ]
    if line.isupper() or (line[:40].isupper() and start - text.rfind("\n", 0, start) < 40):
        return None
    if (
        score < 0.45
        or len(name) < 3
        or (sentences.at(start).start == start and not (odd or shouted) and score < 0.5)
    ):
        return None
    return start, end, _tidy(name), min(0.85, score), ", ".join(reasons)


_PLAIN = word_set("plain_adjectives_en")


def _bare(word: Word) -> str:
    return re.sub(r"['’]s$", "", word.text).rstrip(".")


def _never_small(text: str, word: Word) -> bool:
    return len(_bare(word)) > 2 and not re.search(rf"(?<!\w){re.escape(_bare(word).lower())}(?!\w)", text)


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ,;:'’\"“”")
