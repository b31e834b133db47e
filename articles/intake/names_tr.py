"""Where a Turkish name of several words begins: read backwards from the word that ends it."""

import re

from entities.matcher import folded_word

from .roles import ROLE
from .turkish_names import is_given_name
from .wordlists import word_set, words
from .words import UPPER

_WORD_BEFORE = re.compile(r"(?:^|(?<=[^\w.’'&-]))([\w’'.&-]+)([ \u00a0]|[-–](?=\w))$")
_CAPITAL = re.compile(rf"[{UPPER}]")
_WITH_ENDING = re.compile(r"['’][a-zçğıöşü]+$")
_ORDINAL = re.compile(r"\d{1,2}\.$")
# A common word at the head of a sentence shows its case without an apostrophe, a name never does: "Toplantıda …".
_BARE_CASE = re.compile(
    r"(?:\w{5}[dt][ae]|\w{4}[dt][ae]n|[ae]r[ae]k|[ıiuü]nc[ae]|s[ıiuü]n[ae]|[ıiuü]l[ae]n|[ae]n[ae]n|[dt][ıiuü]ğ[ıiuü]\w*"
    r"|[ıiuü]yl[ae]|m[ae]s[ıi]|[dt][ae]ki)$"
)
# Words of a law's or treaty's name that no body's name goes beyond; and titles that never belong to a name.
_POSTPOSITIONS = frozenset(
    "arasında arasındaki dair ilişkin hakkında için ile üzerine kapsamında onaylanmasının hükümeti".split()
)
_NEVER_FIRST = frozenset("Sayın Eski Bu".split())
_LONGEST = 12
# Of such a body every place has its own: before them "ve" joins two.
_OF_ONE_PLACE = (
    "Üniversitesi",
    "Belediyesi",
    "Valiliği",
    "Bankası",
    "Gazetesi",
    "Büyükelçiliği",
    "Başkonsolosluğu",
    "Odası",
    "Barosu",
)
HEADS = frozenset(word.replace("\\", "") for word in words("heads_tr"))
_STARTERS = word_set("sentence_starters_tr")
_PORTFOLIOS = word_set("portfolios_tr")


def lowered(word: str) -> str:
    return word.replace("İ", "i").replace("I", "ı").lower()


def name_start(text: str, end: int, busy: bytearray, *, joined: bool = True) -> int:
    """Return where the name begins whose last word starts at ``end``; ``end`` itself when nothing stands before it.

    ``joined`` lets "ve" stand inside, as it does in ministries and not between companies.
    """
    start, first = end, ""
    for _ in range(_LONGEST):
        before = text[max(0, start - 60) : start]
        found = _WORD_BEFORE.search(before)
        if found and _belongs(found[1], first):
            start, first = start - len(found[0]), found[1]
            continue
        opened = _before_joint(text, start, end, busy) if joined and first else None
        if opened is None:
            break
        start = opened
        first = text[start:end].split(maxsplit=1)[0]
    return without_opening(text, start, end)


def _belongs(word: str, following: str) -> bool:
    if lowered(word) in _POSTPOSITIONS:
        return False
    if _ORDINAL.match(word):
        return True
    if word.endswith(".") and not re.fullmatch(rf"(?:[{UPPER}]\.)+|[{UPPER}]\w{{0,2}}\.", word):
        return False
    return bool(_CAPITAL.match(word)) and not _WITH_ENDING.search(word) and not _ends_a_title(word)


def _ends_a_title(word: str) -> bool:
    """ "Bakanı", "Başkanı", "Müdürü": what follows is somebody's name, not the office's."""
    return bool(
        re.search(
            r"(?:[Bb]akan|[Bb]aşkan|[Mm]üdür|[Ss]ekreter|[Ee]lçi|[Vv]ali|[Ss]özcü)[ıiuü]s?[ıiuü]?$", word
        )
    )


def _before_joint(text: str, start: int, end: int, busy: bytearray) -> int | None:
    """Where the word before "ve" (or, in a list of fields, before a comma) begins, when it is part of the same name."""
    part = re.search(r"((?:[\w’'.-]+ ){0,2}[\w’'.-]+)( ve |, )$", text[max(0, start - 70) : start])
    if part is None:
        return None
    last = part[1].split()[-1]
    begin = start - len(part[2]) - len(last)
    if part[2] == ", ":
        return begin if last in _PORTFOLIOS and " ve " in text[start:end] else None
    if (
        not _CAPITAL.match(last)
        or _WITH_ENDING.search(last)
        or _is_head(last)
        or busy[begin]
        or (last.isupper() and len(last) > 1)
        or (text[end : end + 40].startswith(_OF_ONE_PLACE) and last not in _PORTFOLIOS)
        or _ends_in_a_person(part[1].split())
    ):
        return None
    return begin


def _ends_in_a_person(words: list[str]) -> bool:
    """ "Rektör Örnekoğlu ve … Üniversitesi", "Ayşe Denemeci ve …": somebody stands before the joint."""
    if len(words) > 1 and ROLE.fullmatch(words[-2]):
        return True
    given = [word for word in words[:-1] if is_given_name(folded_word(word))]
    return bool(given) or any(word in ("Dr.", "Prof.", "Sn.", "Doç.") for word in words)


def _is_head(word: str) -> bool:
    return word in HEADS


def without_opening(text: str, start: int, end: int) -> int:
    """Leave out the words that only open the sentence."""
    while start < end:
        found = re.match(r"(\S+)\s+", text[start:end])
        if not found:
            break
        word = found[1].rstrip(",")
        opens = (
            start == 0
            or text[start - 1] == "\n"
            or bool(re.search(r"(?:[.!?:;…]\s*[”\"]?|(?:^|\n)[-–—•*])\s+$", text[max(0, start - 6) : start]))
        )
        numbered = _ORDINAL.match(word) and (start == 0 or text[start - 1] == "\n")
        if (
            numbered
            or (word in _STARTERS and (opens or word in _NEVER_FIRST))
            or (opens and len(word) > 4 and _BARE_CASE.search(word) and not _ends_like_a_case(word))
        ):
            start += found.end()
            continue
        break
    return start


def _ends_like_a_case(word: str) -> bool:
    """A name's own word that only looks inflected: fields of ministries, countries in -stan."""
    return word in _PORTFOLIOS or word.endswith(("stan", "man"))
