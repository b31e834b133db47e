"""Agreements that English text names: where the name begins and ends, and what kind it is."""

import re

from .identifiable_en import ACTION, is_identifiable, is_the_one_signed
from .purchases_en import purchases
from .sentences import Sentence, Sentences
from .wordlists import word_set
from .words import UPPER

_KINDS = (
    (r"treat(?:y|ies)|conventions?|pacts?|charters?|covenants?", "treaty"),
    (
        r"memorand(?:um|a|ums)(?:\s+of\s+(?:understanding|intent|cooperation))?|mo[uU]s?|letters?\s+of\s+intent",
        "memorandum",
    ),
    (r"declarations?|communiqu[eé]s?|joint\s+statement", "declaration"),
    (r"protocols?", "protocol"),
    (r"contracts?", "contract"),
    (r"programmes?|programs?|initiatives?|partnership|action\s+plan", "programme"),
    (
        r"agreements?|accords?|deals?|compact|arrangements?|frameworks?|road\s?map|truce|ceasefire|armistice",
        "agreement",
    ),
)
_NOUN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<k{i}>{pattern})" for i, (pattern, _) in enumerate(_KINDS))
    + r")(?![\w])(?!-)",
    re.IGNORECASE,
)
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
    r"|as\s+well|in\s+(?:\d|the\s+year)|in\s+(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)"
    r"|on\s+(?:\d|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|for\s+a\s+(?:further\s+)?period|for\s+five|with\s+effect|earlier|last\s|this\s|next\s|said"
    r"|says|also|until|since|under\s+the|through|by\s+the\s+end|valued|worth|including|setting|aimed"
    r"|aiming|so\s|if\s|but\s|to\s+(?!the|an?\s)|\w{3,}ed\s+(?:from|in|on|by|at|to|for|until|into"
    r"|up)\b|via|underway|within|throughout|at\s+(?:the|a)\s)"
    r"|,(?!\s(?:[\w’'-]+\s){1,5}and\s)|\s[—–]\s|$"
)
_JOIN = re.compile(
    rf"\s(?:(?:of|for|on|and|the|to|in|with|between|among|a|an|its|concerning|regarding|&|from|by"
    rf"|against|under|towards?|into|as)\s){{1,4}}(?=(?:“)?[{UPPER}\d])"
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
_DATE_FOLLOWS = re.compile(
    r"\s(?:on|in)\s(?:\d|January|February|March|April|May\s|June|July|August|September|October|November|December)"
)
_SIGNED_BETWEEN = re.compile(
    r"\s(?:has|have|had|was|were|is|are|will|to)\s(?:\w+\s){0,3}(?:signed|concluded|entered\sinto"
    r"|initialled)[^.;]{0,60}?(\sbetween\s)(?=(?:the\s)?[A-Z])"
)
_ENTERED_WITH = re.compile(
    r"\s(?:entered\sinto|signed|concluded|reached)(\s(?:with|between)\s)(?=(?:the\s)?[A-Z])"
)
_COUNT = re.compile(
    r"(?<![\w$.,-])((?:a\s+(?:total|number|series|package)\s+of\s+)?(?:\d{1,3}|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|several|dozens\s+of|a\s+(?:number|series|package)\s+of"
    r"|more\s+than\s+\d+)\s+(?:(?:[\w-]+)\s+){0,3}?)(agreements|memorand(?:a"
    r"|ums)(?:\s+of\s+(?:understanding|cooperation))?|MOUs|MoUs|contracts|treaties|protocols"
    r"|documents|deals|accords)(?!\w)",
    re.IGNORECASE,
)


def find(text: str, sentences: Sentences) -> list[tuple[int, int, str, str, bool]]:
    """Return (start, end, title, kind, counted) for each instrument named in the text."""
    found: list[tuple[int, int, str, str, bool]] = []
    for sentence in sentences.all:
        inside: list[tuple[int, int, str, str, bool]] = [*_counted(sentence), *purchases(sentence)]
        for match in _NOUN.finditer(sentence.text):
            if any(
                start - sentence.start <= match.start() < end - sentence.start for start, end, *_ in inside
            ):
                continue
            if place := _instrument(sentence, match):
                inside.append(place)
        found += inside
    return found


def _kind(match: re.Match) -> str:
    return next(kind for i, (_, kind) in enumerate(_KINDS) if match[f"k{i}"])


def _instrument(sentence: Sentence, match: re.Match) -> tuple[int, int, str, str, bool] | None:
    text = sentence.text
    capital = match[0][0].isupper() and not (
        match.start() == 0
        and not match[0].isupper()
        and not re.match(r"\s+of\s+Understanding|\s+(?:on|between)\s+(?:the\s+)?[A-Z]", text[match.end() :])
    )
    if re.match(
        rf"\s(?!Between|On|For|Of|With|Concerning|Regarding|In|To)[{UPPER}][a-z]", text[match.end() :]
    ) or text[match.end() : match.end() + 2] in ("’s", "'s"):
        return None  # the Treaty Series, the Agreement's Article 5
    start = _left(text, match.start(), capital)
    end = _right(text, match.end(), capital)
    before, after = text[start : match.start()].strip(), text[match.end() : end].strip()
    act = _SIGNED_BETWEEN.match(text, match.end()) if capital else _ENTERED_WITH.match(text, match.end())
    if act and not capital:
        end = act.start(1) + _capital_run(text[act.start(1) :], len(text))
        after = text[act.start(1) : end].strip()
    title = (
        _tidy(text[start : match.end()] + text[act.start(1) : end])
        if act and act.start(1) < end
        else _tidy(text[start:end])
    )
    noun = match[0].lower()
    if not is_identifiable(text, noun, before, after, capital) and not is_the_one_signed(text, start, noun):
        return None
    return sentence.start + start, sentence.start + end, re.sub(r"['’]s$", "", title), _kind(match), False


def _left(text: str, position: int, capital: bool) -> int:
    """Walk left over the words that belong to the name."""
    start = reached = position
    for match in reversed(list(re.finditer(r"[^\s(“\"]+", text[:position]))):
        word, plain = match[0], match[0].casefold()
        if text[match.end() : reached].strip() or (
            re.search(r"[,;:.)”\"]$", word) and not re.search(r"\b(?:[A-Z]\.)+$", word)
        ):
            break
        if _belongs(text, match.start(), word, plain, capital):
            start = match.start()
        elif not (capital and plain in ("for", "and", "on", "&") and _capital_before(text, match.start())):
            break
        reached = match.start()
    return start + len((re.match(r"(?:and|for|on|of|new)\s+", text[start:position]) or [""])[0])


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


def _tidy(name: str) -> str:
    """One space between words, without an acronym in brackets or a joint left over at the end."""
    name = re.sub(r"\s+", " ", _ACRONYM.sub("", name)).strip(" ,–—-")
    name = re.sub(
        r"^(?:Proposed|Signing|Said|Above|Entering|Draft)\s+(?:of\s+|an?\s+|the\s+)*(?=[A-Z])", "", name
    )
    return re.sub(r"(?:\s(?:and|of|to|in|for|on|the|with|between|by))+$", "", name)


def _capital_before(text: str, position: int) -> bool:
    match = re.search(r"(\S+)\s$", text[:position])
    return bool(match and match[1][0].isupper() and match[1].casefold() not in _LEAD)


def _right(text: str, position: int, capital: bool) -> int:
    """Walk right over "of Understanding on …", "between … and …"."""
    rest = text[position:]
    if _DATE_FOLLOWS.match(rest) or re.match(
        r"\son\s(?:behalf|the\s(?:one|sidelines|margins|occasion))\b", rest
    ):
        return position
    if acronym := _ACRONYM.match(rest):
        more = _right(text, position + acronym.end(), capital)
        return more if more > position + acronym.end() else position
    if capital and (act := _SIGNED_BETWEEN.match(rest)):
        return position + act.start(1) + _capital_run(rest[act.start(1) :], len(rest))
    if not _COMPLEMENT.match(rest):
        return position
    stop = _STOP.search(rest, 1)
    limit = stop.start() if stop else len(rest)
    if dated := _OF_DATE.match(rest):
        return position + dated.end()
    if capital and _PROPER_COMPLEMENT.match(rest):
        return position + _capital_run(rest, limit)
    if re.match(r"\s(?:to|by|in|for\s(?:the|a))\s", rest) and not re.match(
        r"\s(?:in\sthe\sfield|to\s(?:purchase|supply|build|produce|develop|buy|sell)\s"
        r"|for\sthe\s(?:\w+\s){0,2}(?:of|in)\s)",
        rest,
    ):
        return position
    words = rest[:limit].split()
    return position + (len(rest[:limit].rstrip(" ,")) if len(words) <= 32 else 0)


def _capital_run(rest: str, limit: int) -> int:
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
        if at < 0 or at > limit + 1:
            break
        word = re.match(
            rf"[“(]?(?:[{UPPER}][\w.’'&–-]*|\d{{4}}(?!\w))\)?(?:\s[–—]\s(?=[{UPPER}]))?", rest[at:]
        )
        if not word:
            break
        if rest[end : end + 2] == ", " and not re.match(
            rf"[{UPPER}\w’'-]+(?:\s[{UPPER}]\w+)*,?\sand\s", rest[at:]
        ):
            break
        end = at + len(word[0].rstrip())
        if word[0].endswith(".") and not re.match(r"[A-Z]\.", word[0]):
            return end - 1
    return end


def _counted(sentence: Sentence) -> list[tuple[int, int, str, str, bool]]:
    found = []
    for match in _COUNT.finditer(sentence.text):
        if not ACTION.search(sentence.text) or re.search(r"\b(?:percent|million|billion)\b", match[0]):
            continue
        end = _right(sentence.text, match.end(), capital=False)
        if act := _ENTERED_WITH.match(sentence.text, match.end()):
            end = act.start(1) + _capital_run(sentence.text[act.start(1) :], len(sentence.text))
        title = sentence.text[match.start() : end].strip()
        kind = next(
            (kind for pattern, kind in _KINDS if re.match(pattern, match[2], re.IGNORECASE)), "agreement"
        )
        found.append(
            (sentence.start + match.start(), sentence.start + end, title[0].upper() + title[1:], kind, True)
        )
    return found
