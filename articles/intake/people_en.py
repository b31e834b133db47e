"""What English text says of its capitalised words that makes them a person's name, or shows that they are none."""

import re

from .everyday_en import is_everyday
from .roles import ROLE, ROLE_WORDS
from .wordlists import word_set
from .words import Word

_FAMILY_FIRST = word_set("family_names_first")
_STARTERS = word_set("sentence_starters_en")
_SMALL = word_set("no_qualifiers_en")
_THINGS = word_set("not_names") | word_set("not_bodies_en")
# Titles that a bare surname follows; "Official Passports" and "Member Countries" are no people.
_NO_TITLE = re.compile(
    r"\b(?:official|member|expert|partner|resident|owner|author|head|deputy|principal|officer|general|major|chief"
    r"|chair|professor|doctor|researcher|resident|engineer|analyst|scientist|lawyer|official|general)s?\s+$",
    re.IGNORECASE,
)
_PARTICLES = re.compile(r"(?<=\s)(?:(?:von|van|der|den|de|da|di|del|della|la|le|du|ter|zu)\s){1,3}$")
_PORTFOLIO = re.compile(
    r"\b(?:Minist(?:er|ers|ry)|Secretar(?:y|ies)|Department|Commissioner|Directorate|Committee|Council|Office)"
    r"(?:\s\w+)?\s(?:of|for|on)\s(?:the\s)?(?:[A-Z][\w&-]*,?\s|and\s|&\s|the\s|of\s)*$"
)
_SYLLABLE = r"(?:[bcdfghjklmnpqrstvwxz]{0,3}[aeiouy]{1,3}(?:ng|nh|ch|[nmcptrkl])?)"
_GIVEN_SHAPE = re.compile(rf"{_SYLLABLE}{{1,2}}(?:-{_SYLLABLE}{{1,2}})?")
_OFFICE = re.compile(r"\s(?:of|for|at|in|to|on)\s[^.!?;:,]{2,80},\s$")


def is_east_asian(words: list[Word]) -> bool:
    """A family name that stands first, with one or two short words after it: Li Qiang, Park Geun-hye, Pham Minh Chinh."""
    if words[0].text not in _FAMILY_FIRST or not 2 <= len(words) <= 3:
        return False
    rest = [word.text for word in words[1:]]
    return all(_GIVEN_SHAPE.fullmatch(part.casefold()) and not is_everyday(part) for part in rest)


def more_evidence(
    text: str, words: list[Word], given: int | None, before: str, points: float, reason: str
) -> tuple[float, str]:
    """What English text says of names that no list of given names knows."""
    if len(words) == 1:
        return points, reason
    reasons = [reason] if reason else []
    plain = words[0].text.casefold() in _SMALL or any(is_everyday(word.text) for word in words)
    if (given is None or points < 1.8) and is_east_asian(words):
        points += 1.9 if before and given is None else 1.4
        reasons.append("family name first")
    elif given is None and len(words) <= 4 and not plain and said_alone(text, words):
        points += 1.2
        reasons.append("surname alone elsewhere")
    if "title of a person" not in reason and follows_office(before):
        points += 1.8
        reasons.append("office before the name")
    return points, ", ".join(reasons)


def follows_office(before: str) -> bool:
    """ "the chair of the harbour board, …": an office with its body, and a comma before the name."""
    tail = before[-110:]
    return any(_OFFICE.match(tail, match.end()) for match in ROLE.finditer(tail))


def is_portfolio(words: list[Word], given: int | None, before: str) -> bool:
    """ "Minister of Mass Media and Parliamentary Reforms": what somebody is minister of."""
    if not _PORTFOLIO.search(before):
        return False
    return is_everyday(words[-1].text) or (given is None and any(is_everyday(word.text) for word in words))


def names_a_thing(words: list[Word], after: str) -> bool:
    """ "Maria Stella Junction", "Christian Religious Affairs": the words go on to say what has the name."""
    following = re.match(r"\s([A-Z]\w+)", after)
    if following is None or following[1].casefold() in ROLE_WORDS:
        return False
    return following[1].casefold() in _THINGS or following[1] in (
        "Affairs",
        "Commission",
        "Committee",
        "Peninsula",
    )


def takes_surname(before: str, word: Word) -> bool:
    """Whether the title before a single word is one that a surname follows."""
    return not _NO_TITLE.search(before) and not is_everyday(word.text)


def particles_before(before: str) -> str:
    """ "President von der Example": the small words of a surname that follow its title."""
    found = _PARTICLES.search(before)
    return found[0] if found else ""


def without_everyday(words: list[Word]) -> list[Word]:
    """ "Energy Anna Example": the end of an office's name stands before the person's."""
    while (
        len(words) > 2
        and not words[1].is_initial
        and (is_everyday(words[0].text) or words[0].text in _STARTERS)
    ):
        words = words[1:]
    return words


def said_alone(text: str, words: list[Word]) -> bool:
    """The last word stands elsewhere without the first, as a person's surname does and a firm's name does not."""
    last = re.escape(words[-1].bare)
    if len(words[-1].bare) < 4:
        return False
    return bool(re.search(rf"(?<!{re.escape(words[-2].text)}\s)(?<![\w-]){last}(?![\w-])", text))
