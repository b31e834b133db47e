"""Bodies in English text: ministries, agencies, councils, parliaments, told by the word that says what they are."""

import re

from entities.matcher import folded_word

from .everyday_en import is_everyday
from .given_names import latin_given_names
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
    "Border Preparatory Supreme Coordinating Local Regional Liaison Provincial Municipal District "
    "Branch Governing Advisory Ruling Opposition Parliamentary Legislative Constitutional High".split()
)
# These name a body only at the end of its name: a Bank Holiday, a Service Link and a Board Meeting are none.
_LAST_ONLY = frozenset(
    "Service Services Exchange Bank Board Force Forces Zone Trust Guard Command Group Company Office Court Party "
    "Fund Club League Union School College Hospital Museum Archive Archives Corporation Police Registry "
    "Institution University Academy Society".split()
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
    rf"\s(?:of|for|on)\s(?:the\s)?[{UPPER}][\w’'&‑-]*(?:(?:,\s|,?\s(?:and|of|for|the|&|of\sthe|and\sthe"
    rf"|and\sof|for\sthe|on)\s|\s)(?=[{UPPER}])[{UPPER}][\w’'&‑-]*)*"
)
_SEATED = frozenset({"Embassy", "Consulate"})
_SEAT = re.compile(rf"\s(?:in|to)\s(?:the\s)?[{UPPER}][\w-]+(?:\s[{UPPER}][\w-]+){{0,2}}")
_POSSESSED = frozenset(
    {"University", "College", "Hospital", "Bank", "Court", "School", "Institute", "Foundation"}
)
_OWNER = re.compile(rf"(?<!\w)((?:St\.?\s)?[{UPPER}]\w+['’]s\s)$")
_OWNERS = frozenset(
    "People Women Children Workers Farmers Men Veterans Teachers Lawyers King Queen Prince Journalists Citizens "
    "Employers Students Writers Mothers Peoples".split()
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
    tailed = word.text in _TAIL_HEADS | _CENTRES or (word.text == "Group" and text.startswith(" on ", end))
    if tailed and (more := _tail(text, end, busy)):
        end += more
        if word.text == "Chamber" and re.match(r"\sin\s[A-Z]", text[end : end + 5]) and busy[end + 4]:
            end = _end_of_country(text, end + 4, busy)
    elif word.text in _SEATED and (seat := _SEAT.match(text, end)):
        end = seat.end()
    elif head < len(run) - 1:
        end = _with_what_follows(run, head)
        if end is None:
            return None
    if end == word.end and word.text in _CENTRES:
        return None
    end = _without_next(text, end, busy)
    start = _owned_from(text, _joined_before(text, start, run, busy), run, busy)
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


def _end_of_country(text: str, position: int, busy: bytearray) -> int:
    while position < len(text) and busy[position]:
        position += 1
    return position


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
    roles = any(word.text.rstrip(".").casefold() in ROLE_WORDS for word in after)
    if run[head].text in _LAST_ONLY and is_everyday(after[0].text) and not roles:
        return None
    if len(after) > 2 or roles or run[head].text == "Ministry":
        return run[head].end
    return run[-1].end if all(len(word.text) > 2 for word in after) and len(after) == 1 else run[head].end


def _tail(text: str, start: int, busy: bytearray) -> int:
    """How far "of Industry and Trade" goes on; another body after "and the" is a name of its own."""
    tail = text[start : start + 200]
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
    taken = _without_subject(_without_person(re.sub(r"['’]s$", "", taken)), start, busy)
    for stop in re.finditer(r"(?:,\s(?:and\s)?|\sand\s)(?:the\s)?", taken):
        if _begins_another(taken, stop, busy, start):
            return stop.start()
    return len(taken)


def _without_person(taken: str) -> str:
    """ "Office of Management and Budget Jane Example": the official's name belongs to no body."""
    words = list(re.finditer(r"\S+", taken))
    for earlier, word, later in zip(words, words[1:], words[2:], strict=False):
        if not earlier[0][0].isupper() or earlier[0].endswith(",") or not later[0][0].isupper():
            continue
        unknown = not is_everyday(later[0]) and len(later[0]) > 2
        after_subject = is_everyday(earlier[0]) or earlier[0].isupper()
        if (
            not is_everyday(word[0])
            and word[0].isalpha()
            and (folded_word(word[0]) in latin_given_names() or (unknown and after_subject))
        ):
            return taken[: earlier.end()]
    return taken


def _without_subject(taken: str, start: int, busy: bytearray) -> str:
    """ "Ministry of Culture of Bahrain on Cooperation": after the country the name is over."""
    for match in re.finditer(r"\s(?:on|for)\s", taken):
        if match.start() and (
            busy[start + match.start() - 1] or (match[0] == " on " and "Research" not in taken)
        ):
            return taken[: match.start()]
    return taken


def _begins_another(taken: str, stop: re.Match, busy: bytearray, start: int) -> bool:
    """Whether what follows a comma or "and" in a body's name is a body, an official or a country's own."""
    before, rest = taken[: stop.start()], taken[stop.end() :]
    following = re.match(rf"(?:[{UPPER}][\w’'&‑-]*\s?)+", rest)
    words = following[0].split() if following else []
    own = re.split(r"\sand\sthe\s|\sof\s", rest)[0]
    if stop[0] == ", " and any(word in _BODIES | _CENTRES for word in own.split()):
        return True
    if any(word in _BODIES | _CENTRES for word in words):
        return not re.search(r"(?:ic|al|ary)$", before) or " " in before.strip().removeprefix("of ").strip()
    if any(word.casefold() in ROLE_WORDS for word in words if word not in ("General", "Member")):
        return True
    if busy[start + stop.start() - 1] and not busy[start + stop.end()]:
        return True  # a country ends the name
    if stop[0].endswith("the ") and " " in before.strip():
        return True
    return stop[0] == ", " and not re.search(r"\sand\s", rest)


def _owned_from(text: str, start: int, run: list[Word], busy: bytearray) -> int:
    """ "the Republic of Korea Armed Forces", "the People's Court", "Example's College" begin further left."""
    if busy[start]:
        while start and busy[start - 1]:
            start -= 1
        return start
    owner = _OWNER.search(text, max(0, start - 30), start)
    if owner is None or busy[owner.start(1)]:
        return start
    name = re.split(r"['’]", owner[1])[0]
    own = name in _OWNERS or (len(run) == 1 and run[0].text in _POSSESSED and name.casefold() not in _COMMON)
    return owner.start(1) if own else start


def _joined_before(text: str, start: int, run: list[Word], busy: bytearray) -> int:
    """ "Geological Survey and Mines Bureau": everyday words joined before the last."""
    earlier = text[max(0, start - 60) : start]
    before = re.search(rf"(?:^|[\s(])((?:[{UPPER}][a-z]+,?\s){{1,5}})and\s$", earlier)
    if before is None or run[0].text.casefold() not in _COMMON:
        return start
    words = before[1].replace(",", "").casefold().split()
    place = start - len(earlier) + before.start(1)
    if any(word.capitalize() in _BODIES for word in words) or words[0] in ROLE_WORDS:
        return start
    if re.search(r"(?:of|for|on|in)\s(?:the\s)?$", earlier[: before.start(1)]):
        return start
    plain = words[1:] if busy[place] and words[1:] else words
    return place if all(is_everyday(word) for word in plain) else start


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
    if head.text in _SEATED and head.start == start:
        return False  # "our Embassy in Oslo": whose?
    if head.text == "Forces" and not busy[start] and all(is_everyday(word) for word in words):
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
