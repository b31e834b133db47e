"""Whether words that English text calls an agreement by name one that can be told from others."""

import re
from functools import cache

from entities.matcher import folded_in_place

from .gazetteer import country_entries
from .wordlists import word_set

ACTION = re.compile(
    r"\b(?:sign(?:s|ed|ing|atory|atories)?|conclud\w+|initial(?:led|ed)|ratif\w+|enter(?:ed|ing"
    r"|s)?\s+into|adopt\w*|reach\w*|approv\w+|negotiat\w+|announc\w+|inked|finali[sz]\w+|exchang\w+"
    r"|extend\w*|amend\w*|renew\w*|propos\w+|underway|replac\w+|seal\w*|terminat\w+|consent|transmit"
    r"|completed?|purchase|arrangement|develop|conclusion|in\s+the\s+form\s+of|clinch\w*|agreed)\b",
    re.IGNORECASE,
)
_WEAK = frozenset(
    [
        "deal",
        "framework",
        "arrangement",
        "programme",
        "program",
        "programmes",
        "programs",
        "initiative",
        "initiatives",
        "partnership",
        "compact",
        "roadmap",
        "truce",
        "ceasefire",
        "contract",
        "contracts",
        "deals",
        "statement",
        "plan",
        "charter",
    ]
)
_BARE_PARTIES = re.compile(
    r"(?:(?:of\s(?:[Uu]nderstanding|[Cc]ooperation)\s)?(?:between|by|of|with)\s(?:the\s)?(?:(?:two|both|three|relevant|said|other|respective|above)\s)*"
    r"(?:(?:member|participating|contracting|partner|founding)\s(?:states|countries|parties)|contractors?|bidders?"
    r"|parties|countries|sides|governments|states|nations|institutions|universities|organisations|ministries|others|them|each)\b)",
    re.IGNORECASE,
)
_PROGRAMMES = frozenset(
    "programme program programmes programs initiative initiatives partnership partnerships action".split()
)
_EVERYDAY = word_set("common_words_en")
_SIGNING = re.compile(
    r"\b(?:sign(?:ed|ing|s)?|dated|concluded?|conclusion|develop|initialled|negotiat\w+|replac\w+|approv\w+"
    r"|clinch\w*|ink(?:ed|s)|seal(?:ed|s)|finali[sz]\w+|struck|ratif\w+)\b"
)
_DEAL_MADE = re.compile(
    r"\b(?:sign(?:s|ed|ing)?|clinch(?:es|ed)?|ink(?:s|ed)?|strikes?|struck|reach(?:es|ed)?|seal(?:s|ed)?|agree[sd]?)\s"
    r"(?:on\s)?(?:an?\s|the\s|its\s)?(?:\S+\s){0,4}?deal\b"
)
_AWARDED = re.compile(
    r"\b(?:won|wins?|award\w*|secur(?:es|ed)|received?s?|lands?|landed|clinch(?:es|ed)?|sign(?:s|ed))\s(?:an?\s|the\s)?"
    r"(?:\S+\s){0,5}?contract\b"
)
_MAKING = re.compile(
    r"\b(?:sign(?:ed|ing|s)?|conclud\w+|initialled|develop|finali[sz]\w+|exchanged|enter(?:ed|ing)?\sinto)\b"
)


_PARTIES_AND_SUBJECT = re.compile(
    r"between\s(?:the\s)?[A-Z].*\sand\s(?:the\s)?[A-Z].*\s(?:on|concerning|regarding|in\sthe\sfield)\s"
)
# What may be said of any agreement, and tells none from another.
_VAGUE = word_set("vague_qualifiers_en")


def _tells_what(before: str) -> bool:
    return any(word[0].isalpha() and not is_vague(word) for word in before.split())


def is_vague(word: str) -> bool:
    return word.casefold() in _VAGUE or bool(
        re.fullmatch(r"[$€£]?[\d.,]+-?(?:year|month|point|day|million|billion|bn)", word)
    )


@cache
def _country_words() -> frozenset[str]:
    return frozenset(
        folded_in_place(entry.text)
        for entry in country_entries()
        if entry.language == "en" and entry.kind != "subdivision"
    )


def _is_told_apart(base: str, qualifiers: list[str]) -> bool:
    """ "the Sochi memorandum", "the 1994 military-technical agreement": a place, a project or a year with a subject."""
    if base in _WEAK or base.endswith("s"):
        return False
    names = [
        word for word in qualifiers if word[0].isupper() and folded_in_place(word) not in _country_words()
    ]
    proper = [
        word
        for word in names
        if word.casefold() not in _EVERYDAY and not re.match(r"(?:EU|UN|NATO|AU)\b", word)
    ]
    dated = any(re.fullmatch(r"(?:1[89]|20)\d\d", word) for word in qualifiers)
    return bool(proper) or (dated and len(qualifiers) > 1)


def is_the_one_signed(text: str, start: int, noun: str) -> bool:
    """ "… signed a memorandum of understanding": one instrument, though the sentence does not say on what."""
    if not re.match(r"(?:memorandum|treaty|protocol|convention|pact)\b", noun):
        return False
    return bool(re.search(r"\ban?\s(?:new\s|joint\s|bilateral\s)*$", text[:start])) and bool(
        _MAKING.search(text[:start][-90:])
    )


def is_identifiable(text: str, noun: str, before: str, after: str, capital: bool) -> bool:
    """A name of its own, or a subject or parties together with an act."""
    if _BARE_PARTIES.match(after):
        return False
    base = noun.split()[0]
    return _is_name(base, before, after) if capital else _is_described(text, base, before, after)


def _is_name(base: str, before: str, after: str) -> bool:
    names = [word for word in before.split() if word[0].isupper() or word[0].isdigit()]
    proper = [word for word in names if word.casefold() not in _EVERYDAY]
    if names and all(word.isdigit() for word in names) and not after:
        return False  # "the 1995 Agreement" is one that was named in full before
    if base in _PROGRAMMES:
        return bool(re.match(r"(?:on|for)\s", after) and names) or (
            len(names) >= 2 and bool(proper) and base != "partnership"
        )
    if base == "compact" and re.match(r"of\s[A-Z]", after):
        return True
    if base in ("framework", "arrangement", "compact", "deal", "deals", "statement", "plan"):
        return bool(names) and (bool(after) or len(names) >= 2)
    if names and names not in (["Joint"], ["Draft"], ["New"], ["Bilateral"]):
        return True
    return bool(after) and not re.fullmatch(r"of\s(?:Understanding|Intent|Cooperation)", after)


def _is_described(text: str, base: str, before: str, after: str) -> bool:
    if re.match(r"of\s(?:their|its|his|her|our|this|that|any|some)\b", after):
        return False
    plural = base.endswith("s") or base == "memoranda"
    named_party = bool(re.search(r"\b(?:between|with|by)\s(?:\w+\s){0,3}[A-Z]", after))
    if base in _PROGRAMMES or base in ("roadmap", "truce", "charter", "compact", "plan", "deal", "deals"):
        return base == "deal" and (
            (_tells_what(before) and bool(_DEAL_MADE.search(text)))
            or bool(re.match(r"between\s", after) and _SIGNING.search(text))
            or bool(before and re.match(r"(?:between|with)\s(?:the\s)?[A-Z]", after) and ACTION.search(text))
        )
    if base in ("framework", "frameworks") and not named_party:
        return False
    if plural and not named_party and not re.match(r"to\s(?:purchase|buy|supply)", after):
        return False
    qualifiers = [word for word in before.split() if word.casefold() not in _VAGUE]
    subject = (
        bool(re.match(r"(?:on|concerning|regarding|between|with|of|about|for|to|in|by)\s", after))
        and len(after.split()) >= 2
    )
    if (
        not plural
        and re.match(r"(?:on|concerning|regarding)\s\S+|of\s(?:\d{1,2}\s)?(?:[A-Z][a-z]+\s)?\d{4}", after)
        and base not in _WEAK
        and not re.match(r"on\s(?:the\sone|behalf|which|that)\b", after)
    ):
        return True
    if _is_told_apart(base, qualifiers):
        return True
    if (
        base == "contract"
        and re.match(r"(?:to|for|from|with|on|valued|worth)\s", after)
        and _AWARDED.search(text)
    ):
        return True
    if not plural and _PARTIES_AND_SUBJECT.match(after):
        return True
    if not ACTION.search(text):
        return False
    return subject or (bool(qualifiers) and not plural and bool(_SIGNING.search(text)))
