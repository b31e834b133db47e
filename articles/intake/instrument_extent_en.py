"""Where the name of an agreement begins and ends in English text."""

import re

from .wordlists import word_set
from .words import UPPER

_QUALIFIERS = word_set("qualifiers_en")
_HEADLINE_VERBS = frozenset(
    "announces announce announced signs sign signed brings bring advance advances launch launches "
    "launched secures secure welcomes hails approves approve ratifies concludes reaches reach agrees "
    "agree unveils seeks eyes strikes inks seals "
    "backs expands deepens strengthens discuss discusses holds hosts hails completes finalizes "
    "finalises initial initials exchange exchanges renew renews extend extends on under after over "
    "amid".split()
)
_ACRONYM = re.compile(r"\s*\(\s*(?:the\s)?[“\"]?[A-Z][A-Za-z]{1,7}[”\"]?\s*\)")
_LEAD = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "today’s",
        "today's",
        "such",
        "under",
        "as",
        "in",
        "on",
        "at",
        "of",
        "and",
        "by",
        "for",
        "with",
        "from",
        "to",
        "pursuant",
        "both",
        "each",
        "all",
    ]
)
_STOP = re.compile(
    r"(?<![A-Z])\.(?!\d)|[;:()\n“”\"]|,?\s+(?:signed|dated|concluded|entered|enters|carries|came"
    r"|comes|took|takes|dates|followed|follows|must|should|began|begins|made|makes|gives|gave|covers"
    r"|says|stands|remains|expired|can|could|may|did|does|provides|replaced|which|that|who|was|were"
    r"|is|are|has|have|had|will|would|shall|during|following|after|before|when|while|where|as\s+of"
    r"|as\s+well|in\s+(?:\d+|the\s+year)|in\s+(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)"
    r"|on\s+(?:\d+|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|for\s+a\s+(?:further\s+)?period|for\s+five|with\s+effect|earlier|last\s|this\s|next\s|said"
    r"|says|also|until|since|under\s+the|through|by\s+the\s+end|valued|worth|including|setting|aimed"
    r"|aiming|so\s|if\s|but\s|to\s+(?!the|an?\s)|\w{3,}ed\s+(?:from|in|on|by|at|to|for|until|into"
    r"|up)\b|via|underway|within|throughout|at\s+(?:the|a)\s)\b|—"
    r"|,?\s(?:and\s)?(?:an?|the)\s(?:[\w-]+\s){0,3}(?:agreement|contract|memorandum|protocol|treaty|declaration|MoU|MOU)\b"
    r"|,(?!\s(?:[\w’'-]+,?\s){1,5}and\s)|\s[—–]\s|$"
)
_JOIN = re.compile(
    rf"\s(?:(?:of|for|on|and|the|to|in|with|between|among|a|an|its|concerning|regarding|&|from|by"
    rf"|against|under|towards?|into|as|with\srespect\sto)\s){{1,4}}(?=(?:“)?[{UPPER}\d])"
)
_COMPLEMENT = re.compile(
    r"\s(?:of|on|for|between|with|concerning|regarding|to|about|in\sthe\sfield|by|among|against)\s",
    re.IGNORECASE,
)
_PROPER_COMPLEMENT = re.compile(
    r"\s(?:[Oo]f|[Oo]n|[Ff]or|[Bb]etween|[Ww]ith|[Cc]oncerning|[Rr]egarding|to|against"
    r"|by(?=[^.;]*\swith\s))\s(?:[Tt]he\s|an?\s)?[A-Z]"
)
_OF_DATE = re.compile(r"\sof\s(?:\d{1,2}\s)?(?:[A-Z][a-z]+\s)?\d{4}(?!\w)(?!\s(?:on|between|concerning)\s)")
SIGNED_BETWEEN = re.compile(
    r"\s(?:has|have|had|was|were|is|are|will|to)\s(?:\w+\s){0,3}(?:signed|concluded|entered\sinto"
    r"|initialled)[^.;]{0,60}?(\sbetween\s)(?=(?:the\s)?[A-Z])"
)
_DATE_FOLLOWS = re.compile(
    r"\s(?:on|in)\s(?:\d|January|February|March|April|May\s|June|July|August|September|October|November|December)"
)


# An instrument that changes or carries out another: the other's name belongs to its own.
_CHANGING = re.compile(
    r"\s(?:(?:for\s)?(?:amending|extending|supplementing|implementing|terminating|replacing|modifying)"
    r"|to\s(?:amend|extend|supplement|replace|implement|terminate)|under)\s(?:the\s|an?\s)?(?=[A-Z])",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s(?:on|concerning|regarding|in\sthe\s(?:field|area|sphere)s?\sof|for\sthe)\s(?!behalf|the\s(?:one|sidelines|margins"
    r"|occasion|basis)|(?:its|their|his|her)\s|\d)(?:the\s|an?\s)?[a-z]"
)
_ANOTHER = re.compile(
    rf"(?:,?\sand|,)\s(?:the\s|an?\s)?(?:[{UPPER}][\w’'-]*\s){{0,5}}?(?:Agreement|Memorandum|Memoranda|Protocol|Treaty"
    r"|Convention|Declaration|Statement|Programme|Arrangement|Contract|MoU|MOU|Addendum)(?!\w)"
)
_INSTRUMENT_BEFORE = re.compile(
    r"(?:Agreement|Memorandum|Protocol|Treaty|Convention|Declaration|Contract|MoU|MOU|Understanding)\s$"
)
_VALUE = re.compile(
    r",?\s(?:valued\sat|worth)\s(?:(?:up\sto|about|around|some|over|more\sthan)\s)?\S+(?:\s(?:million|billion|bn|mln|m|pounds?|euros?|dollars?))*,?"
    r"(?=\s(?:to|for|with)\s)"
)
_LISTED = re.compile(
    rf"[{UPPER}\w’'-]+(?:\s[{UPPER}]\w+)*(?:,\s[{UPPER}][\w’'-]+(?:\s[{UPPER}]\w+)*){{0,5}},?\sand\s"
)
_NO_QUALIFIER = _LEAD | _HEADLINE_VERBS | word_set("no_qualifiers_en")
_GERUNDS = frozenset(
    "financing leasing lending shipping fishing mining banking manufacturing engineering training building licensing "
    "shipbuilding processing marketing funding boxing trading farming codesharing outsourcing understanding".split()
)


def left(text: str, position: int, capital: bool) -> int:
    """Walk left over the words that belong to the name."""
    if not capital and (start := _qualified_from(text, position)) is not None:
        return start
    start = reached = position
    for match in reversed(list(re.finditer(r"[^\s(“\"]+", text[:position]))):
        word, plain = match[0], match[0].casefold()
        if text[match.end() : reached].strip() or (
            re.search(r"[,;:.)”\"]$", word) and not re.search(r"\b(?:[A-Z]\.)+$", word)
        ):
            break
        if _belongs(text, match.start(), word, plain, capital):
            start = match.start()
        elif not (
            capital and plain in ("for", "and", "on", "&") and _capital_before(text, match.start())
        ) or _INSTRUMENT_BEFORE.search(text[: match.start()]):
            break
        reached = match.start()
    return start + len((re.match(r"(?:and|for|on|of|new)\s+", text[start:position]) or [""])[0])


def _qualified_from(text: str, position: int) -> int | None:
    """Where "continental shelf" before "agreement" begins: after the article, preposition or verb that ends the walk."""
    words = list(re.finditer(r"\S+", text[max(0, position - 90) : position]))
    start = position
    for count, match in enumerate(reversed(words)):
        word = match[0].lstrip('(“"‘')
        plain = word.casefold()
        if (
            plain in _NO_QUALIFIER
            or re.search(r"(?:[,;:.)”\"]|['’]s?|(?<!supp)(?<!assemb)(?<!fami)(?<!monopo)ly)$", word)
            and not re.search(r"(?:[A-Z]\.)+$", word)
        ):
            return start
        if re.search(r"ed$|ing$|n't$", plain) and plain not in _GERUNDS | _QUALIFIERS:
            return start
        if count == 4:
            return None
        start = max(0, position - 90) + match.start() + len(match[0]) - len(word)
        if len(word) < len(match[0]):
            return start
    return start


def _belongs(text: str, at: int, word: str, plain: str, capital: bool) -> bool:
    if capital:
        if plain in _LEAD or plain in _HEADLINE_VERBS:
            return False
        return word[0].isupper() or bool(re.fullmatch(r"\d{4}", word))
    if (
        plain in _QUALIFIERS
        or plain.rstrip("s") in _QUALIFIERS
        or re.match(rf"(?:[{UPPER}]\.?)+[\w.]*[-–]\w", word)
    ):
        return True
    return bool(re.match(r"mutual|military|economic|non-|inter|bi|tri", plain)) and plain.endswith(
        ("al", "tary", "ic")
    )


def tidy(name: str) -> str:
    """One space between words, without an acronym in brackets or a joint left over at the end."""
    name = re.sub(r"\s+", " ", _ACRONYM.sub("", name)).strip(" ,–—-")
    name = re.sub(
        r"^(?:Proposed|Signing|Said|Above|Entering|Draft|New|The|Of|A|An)\s+(?:of\s+|an?\s+|the\s+)*(?=[A-Z])",
        "",
        name,
    )
    name = re.sub(r"\sof\s(?:their|its)\sown$", "", name)
    name = name if re.search(r"\b(?:Inc|Ltd|Co|Corp|Jr|Bros|[A-Z])\.$", name) else name.rstrip(".")
    return re.sub(r"(?:\s(?:and|of|to|in|for|on|the|with|between|by))+$", "", name)


def _capital_before(text: str, position: int) -> bool:
    match = re.search(r"(\S+)\s$", text[:position])
    return bool(match and match[1][0].isupper() and match[1].casefold() not in _LEAD)


def right(text: str, position: int, capital: bool) -> int:
    """Walk right over "of Understanding on …", "between … and …"."""
    rest = text[position:]
    if _DATE_FOLLOWS.match(rest) or re.match(
        r"\son\s(?:behalf|the\s(?:one|sidelines|margins|occasion))\b", rest
    ):
        return position
    if acronym := _ACRONYM.match(rest):
        more = right(text, position + acronym.end(), capital)
        return more if more > position + acronym.end() else position
    if capital and (act := SIGNED_BETWEEN.match(rest)):
        return position + act.start(1) + capital_run(rest[act.start(1) :], len(rest))
    if changing := _CHANGING.match(rest):
        named = changing.end() - 1 + capital_run(rest[changing.end() - 1 :], len(rest))
        return position + _with_subject(rest, named)
    if value := _VALUE.match(rest):
        more = right(text, position + value.end(), capital)
        return more if more > position + value.end() else position
    if not _COMPLEMENT.match(rest):
        return position
    stop = _STOP.search(rest, 1)
    limit = stop.start() if stop else len(rest)
    if dated := _OF_DATE.match(rest):
        return position + dated.end()
    if capital and _PROPER_COMPLEMENT.match(rest):
        return position + _with_subject(rest, capital_run(rest, limit))
    if re.match(r"\s(?:to|by|in|for\s(?:the|a))\s", rest) and not re.match(
        r"\s(?:in\sthe\sfield|to\s(?:purchase|supply|build|produce|develop|buy|sell|upgrade|run|operate|provide|manufacture"
        r"|deliver|design|construct|maintain|moderni[sz]e|install|repair|explore|establish|import|export|lease)\s"
        r"|for\sthe\s(?:\w+\s){0,2}(?:of|in)\s)",
        rest,
    ):
        return position
    words = rest[:limit].split()
    return position + (len(rest[:limit].rstrip(" ,")) if len(words) <= 32 else 0)


def _with_subject(rest: str, end: int) -> int:
    """ "… between Norway and Chile on mutual recognition of diplomas": the subject follows the parties in small letters."""
    if not _SUBJECT.match(rest, end) or _DATE_FOLLOWS.match(rest, end):
        return end
    stop = _STOP.search(rest, end + 1)
    limit = stop.start() if stop else len(rest)
    return limit if len(rest[end:limit].split()) <= 24 else end


def capital_run(rest: str, limit: int) -> int:
    end = 0
    while end < len(rest):
        if acronym := _ACRONYM.match(rest, end):
            end = acronym.end()
        join = _JOIN.match(rest, end)
        at = (
            join.end()
            if join
            else end + 1
            if rest[end : end + 1] == " "
            else end + 2
            if rest[end : end + 2] == ", "
            else -1
        )
        if at < 0 or at > limit + 1 or _ANOTHER.match(rest, end):
            break
        word = re.match(
            rf"[“(]?(?:[{UPPER}][\w.’'&–-]*|\d{{4}}(?!\w))\)?(?:\s[–—]\s(?=[{UPPER}]))?", rest[at:]
        )
        if not word:
            break
        if rest[end : end + 2] == ", " and not _LISTED.match(rest, at):
            break
        end = at + len(word[0].rstrip())
        if word[0].endswith(".") and not re.match(r"[A-Z]\.", word[0]):
            return end - 1
    return end
