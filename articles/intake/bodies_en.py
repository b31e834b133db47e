"""Bodies in English text: ministries, agencies, councils, parliaments, told by the word that says what they are."""

import re

from .roles import ROLE_WORDS
from .wordlists import word_set
from .words import UPPER, Word

_BODIES = word_set("bodies_en")
_TAIL_HEADS = word_set("body_heads_en")
_CENTRES = frozenset({"Centre", "Center"})
_NOT_BODIES = word_set("not_bodies_en")
_COMMON = word_set("common_words_en")
_HOUSE = re.compile(r"\sof\s(?:Commons|Lords|Representatives)")
_GENERIC = frozenset(
    "National Federal International Joint Cabinet General Special Standing Select Working Technical "
    "Steering Review Expert Armed Central State Local Police Public "
    "Organizing Organising Appointed Service Security Executive Main Foreign Allied Naval Military "
    "Border Preparatory Supreme".split()
)
_NAMED_ALONE = frozenset(
    {
        "General Assembly",
        "Security Council",
        "Central Bank",
        "Supreme Court",
        "State Department",
        "National Assembly",
    }
)
_LAST_NOT = frozenset(
    {"Charter", "Treaty", "Agreement", "Convention", "Protocol", "Declaration", "Act", "Members", "Member"}
)
_TAIL = re.compile(
    rf"\s(?:of|for|on)\s(?:the\s)?[{UPPER}][\w’'&-]*(?:(?:,\s|\s(?:and|of|for|the|&|of\sthe|and\sthe"
    rf"|for\sthe|on)\s|\s)(?=[{UPPER}])[{UPPER}][\w’'&-]*)*"
)
_PLACE = re.compile(rf"\s(?:of|for)\sthe\s(?:province|city|region)\sof\s[{UPPER}]\w+")


def body(text: str, run: list[Word], busy: bytearray) -> tuple[int, int, str, float, str] | None:
    """Return the body that a run of capitals names, with what follows ("… of Industry and Trade")."""
    heads = [i for i, word in enumerate(run) if _is_head(text, word)]
    if not heads:
        return None
    head = (
        heads[0]
        if run[heads[0]].text in _TAIL_HEADS | _CENTRES and _TAIL.match(text, run[heads[0]].end)
        else heads[-1]
    )
    word = run[head]
    start, end = run[0].start, word.end
    if word.text in _TAIL_HEADS | _CENTRES and (more := _tail(text[end : end + 200])):
        end += more
    elif head < len(run) - 1:
        end = _with_what_follows(run, head)
        if end is None:
            return None
    if end == word.end and word.text in _CENTRES:
        return None
    end = _without_next(text, end, busy)
    start = _joined_before(text, start, run)
    name = re.sub(r"['’]s$", "", text[start:end])
    return (
        (
            start,
            start + len(name),
            re.sub(r"\s+", " ", name),
            0.85,
            f"a body by its name ({word.text.lower()})",
        )
        if _is_named(name, word, busy, start)
        else None
    )


def _without_next(text: str, end: int, busy: bytearray) -> int:
    """ "… of Peru and Chilean companies": the adjective after "and" begins something else."""
    joint = re.search(r"(?:,|\sand)\s(?:the\s)?([\w-]+)$", text[max(0, end - 40) : end])
    if joint and busy[end - len(joint[1])] and re.match(r"\s[a-z]", text[end : end + 2]):
        return end - len(joint[0])
    return end


def _is_head(text: str, word: Word) -> bool:
    bare = re.sub(r"['’]s$", "", word.text)
    return bare in _BODIES or bare in _CENTRES or (bare == "House" and bool(_HOUSE.match(text, word.end)))


def _with_what_follows(run: list[Word], head: int) -> int | None:
    after = run[head + 1 :]
    if any(word.text.casefold() in _NOT_BODIES for word in after):
        return None
    if (
        len(after) > 2
        or any(word.text.rstrip(".").casefold() in ROLE_WORDS for word in after)
        or run[head].text == "Ministry"
    ):
        return run[head].end
    return run[-1].end if all(len(word.text) > 2 for word in after) and len(after) == 1 else run[head].end


def _tail(tail: str) -> int:
    """How far "of Industry and Trade" goes on; another body after "and the" is a name of its own."""
    match = _TAIL.match(tail)
    if (
        match
        and re.match(r"\son\s", tail)
        and not re.match(
            r"\son\s(?:Trade|Economic|Security|Human|Foreign|International|Science|Climate)", tail
        )
    ):
        match = None
    if not match:
        found = _PLACE.match(tail)
        return found.end() if found else 0
    taken = match[0]
    if place := _PLACE.match(tail, match.end()):
        taken += place[0]
    taken = re.sub(r"['’]s$", "", taken)
    for stop in re.finditer(r"(?:,\s|\sand\s(?:the\s)?)", taken):
        rest = taken[stop.end() :]
        following = re.match(rf"(?:[{UPPER}][\w’'&-]*\s?)+", rest)
        words = following[0].split() if following else []
        if any(word in _BODIES | _CENTRES for word in words) or (words and words[0].casefold() in ROLE_WORDS):
            return stop.start()
        if stop[0].endswith("the ") and " " in taken[: stop.start()].strip():
            return stop.start()
        if stop[0].startswith(",") and not re.search(r"\sand\s", rest):
            return stop.start()
    return len(taken)


def _joined_before(text: str, start: int, run: list[Word]) -> int:
    """ "Geological Survey and Mines Bureau": everyday words joined before the last."""
    earlier = text[max(0, start - 60) : start]
    before = re.search(rf"(?:^|[\s(])((?:[{UPPER}][a-z]+\s){{1,5}})and\s$", earlier)
    if before is None or run[0].text.casefold() not in _COMMON:
        return start
    words = before[1].casefold().split()
    begins_a_name = words[0] not in ROLE_WORDS and not re.search(r"(?:of|for)\s$", earlier[: before.start(1)])
    return start - len(earlier) + before.start(1) if begins_a_name and _COMMON.issuperset(words) else start


def _is_named(name: str, head: Word, busy: bytearray, start: int) -> bool:
    words = name.split()
    if len(words) < 2 or words[-1] in _LAST_NOT:
        return False
    if head.start == start and len(words) == 2:
        return False
    if (
        head.text == "Administration"
        and len(words) == 2
        and words[0].casefold() not in _COMMON
        and not busy[start]
    ):
        return False
    if name in _NAMED_ALONE and name in ("General Assembly", "Security Council", "State Department"):
        return True
    if len(words) == 2 and words[0] in _GENERIC:
        return False
    if (
        head.text
        in (
            "Service",
            "Services",
            "Forces",
            "Administration",
            "Command",
            "Board",
            "Office",
            "Zone",
            "Exchange",
            "Trust",
            "Guard",
            "Union",
        )
        and len(words) == 2
    ):
        return words[0].casefold() not in _COMMON or bool(busy[start]) or words[0] == "Coast"
    if head.text in ("Group", "Company"):
        return any(word.casefold() not in _COMMON for word in words[:-1]) and not all(
            busy[start : start + len(words[0])]
        )
    return True
