"""Agreements that English text names: where the name begins and ends, and what kind it is."""

import re

from . import treaties_en
from .identifiable_en import ACTION, is_identifiable, is_the_one_signed, is_vague
from .instrument_extent_en import SIGNED_BETWEEN, capital_run, left, right, tidy
from .purchases_en import purchases
from .sentences import Sentence, Sentences
from .words import UPPER

_KINDS = (
    (r"treat(?:y|ies)|conventions?|pacts?|charters?|covenants?", "treaty"),
    (
        r"memorand(?:um|a|ums)(?:\s+of\s+(?:understanding|intent|cooperation))?|mo[uU]s?|letters?\s+of\s+intent",
        "memorandum",
    ),
    (r"declarations?|communiqu[eé]s?|joint\s+(?:[\w-]+\s+)?statement", "declaration"),
    (r"protocols?", "protocol"),
    (r"contracts?", "contract"),
    (
        r"programmes?|programs?|initiatives?|partnership|action\s+plan|work\s+plan|plan\s+of\s+action",
        "programme",
    ),
    (
        r"addend(?:um|a)|amendments?|exchange\s+of\s+(?:diplomatic\s+)?(?:notes|letters)"
        r"|agreements?|accords?|deals?|compacts?|arrangements?|frameworks?|road\s?map|truce|ceasefire|armistice",
        "agreement",
    ),
)
_NOUN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<k{i}>{pattern})" for i, (pattern, _) in enumerate(_KINDS))
    + r")(?![\w])(?!-)",
    re.IGNORECASE,
)
# The first word of a sentence has a capital in any case: a name when more of it follows.
_OPENS_A_NAME = re.compile(
    r"(?:[A-Z]{3,}|\w+\sof\s(?:Understanding|Intent|Cooperation)|\w+(?=\s(?:on|between|for|with|concerning|of)\s(?:the\s)?[A-Z]"
    r"|\s\([A-Z]))"
)
_ENTERED_WITH = re.compile(
    r"\s(?:entered\sinto|signed|concluded|reached)(\s(?:with|between)\s)(?=(?:the\s)?[A-Z])"
)
_CHANGES = re.compile(
    r"\b(?:[Aa]mend(?:ing|ments?\sto)?|[Ee]xtend(?:ing)?|[Ss]upplement(?:ing|ary\sto)?|[Ii]mplement(?:ing)?|under|[Rr]eplac(?:e|ing)"
    r"|[Tt]erminat(?:e|ing)|[Aa]dditional\sto|[Pp]rotocols?\sto|[Aa]ddendum\sto|[Aa]mend(?:ed)?\sby)\s(?:the\s)$"
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
            around = [
                place
                for place in inside
                if place[0] - sentence.start <= match.start() < place[1] - sentence.start
            ]
            place = _instrument(sentence, match)
            if place and not around:
                inside.append(place)
            elif place and _is_changed(sentence, place, around):
                inside.append(_without_outer_subject(place))
        found += inside
    letters = [place for place in treaties_en.find(text) if not any(a <= place[0] < b for a, b, *_ in found)]
    return found + letters


def _is_changed(sentence: Sentence, place: tuple, around: list[tuple]) -> bool:
    """ "Protocol amending the Air Transport Agreement": the instrument that another changes is one of its own."""
    before = sentence.text[: place[0] - sentence.start]
    return all(place[0] > other[0] and not other[4] for other in around) and bool(_CHANGES.search(before))


def _without_outer_subject(place: tuple[int, int, str, str, bool]) -> tuple[int, int, str, str, bool]:
    """ "Protocol to the … Treaty on the Accession of …": the accession is the protocol's subject, not the treaty's."""
    start, _, title, kind, counted = place
    own = re.split(
        r"\s(?:on|concerning|regarding)\s(?:the\s(?=[a-z]|Accession|Status)|(?!the\s)(?=[a-z]))", title
    )[0]
    return start, start + len(own), own, kind, counted


def _kind(match: re.Match) -> str:
    return next(kind for i, (_, kind) in enumerate(_KINDS) if match[f"k{i}"])


def _instrument(sentence: Sentence, match: re.Match) -> tuple[int, int, str, str, bool] | None:
    text = sentence.text
    capital = match[0][0].isupper() and (match.start() > 0 or _OPENS_A_NAME.match(text) is not None)
    if re.match(
        rf"\s(?!Between|On|For|Of|With|Concerning|Regarding|In|To)[{UPPER}][a-z]", text[match.end() :]
    ) or text[match.end() : match.end() + 2] in ("’s", "'s"):
        return None  # the Treaty Series, the Agreement's Article 5
    start = left(text, match.start(), capital)
    while not capital and (vague := re.match(r"(\S+)\s", text[start : match.start()])) and is_vague(vague[1]):
        start += vague.end()
    end = right(text, match.end(), capital)
    before, after = text[start : match.start()].strip(), text[match.end() : end].strip()
    act = SIGNED_BETWEEN.match(text, match.end()) if capital else _ENTERED_WITH.match(text, match.end())
    if act and not capital:
        end = act.start(1) + capital_run(text[act.start(1) :], len(text))
        after = text[act.start(1) : end].strip()
    title = (
        tidy(text[start : match.end()] + text[act.start(1) : end])
        if act and act.start(1) < end
        else tidy(text[start:end])
    )
    noun = match[0].lower()
    if not is_identifiable(text, noun, before, after, capital) and not is_the_one_signed(text, start, noun):
        return None
    return sentence.start + start, sentence.start + end, re.sub(r"['’]s$", "", title), _kind(match), False


def _counted(sentence: Sentence) -> list[tuple[int, int, str, str, bool]]:
    found = []
    for match in _COUNT.finditer(sentence.text):
        end = right(sentence.text, match.end(), capital=False)
        vague = not re.search(
            r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", match[1], re.IGNORECASE
        )
        if vague and end == match.end():
            continue  # "several agreements": of what, nobody says
        if not ACTION.search(sentence.text) or re.search(r"\b(?:percent|million|billion)\b", match[0]):
            continue
        if act := _ENTERED_WITH.match(sentence.text, match.end()):
            end = act.start(1) + capital_run(sentence.text[act.start(1) :], len(sentence.text))
        title = sentence.text[match.start() : end].strip()
        kind = next(
            (kind for pattern, kind in _KINDS if re.match(pattern, match[2], re.IGNORECASE)), "agreement"
        )
        found.append(
            (sentence.start + match.start(), sentence.start + end, title[0].upper() + title[1:], kind, True)
        )
    return found
