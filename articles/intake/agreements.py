"""Agreements that a text names: one entry each, with the date of signing, the parties and the sentence that says so."""

import re
from dataclasses import dataclass, field

from entities.matcher import folded_in_place

from . import instruments_en, instruments_ru, instruments_tr
from .chronicles import entry_date
from .dates import FoundDate, find_dates
from .listed_instruments import listed_instruments, outside
from .sentences import Sentence, Sentences
from .signing import SIGNED, during_visit, said_after, signed_on

_FINDERS = {"en": instruments_en.find, "ru": instruments_ru.find, "tr": instruments_tr.find}
_PLANNED = re.compile(
    r"\b(?:will|would|to\s+be|plan\w*|draft|negotiat\w+|toward|propos\w+|intend\w*|hope\w*|approval"
    r"|is\s+expected|под\s+готов|плани\w+|проект\w*|предложи\w+|буд[еу]т|намер\w+|müzakere\w*|planla\w+|imzalanması\s+(?:bekle|planla|öngör|hedef|kararlaş|konusunda|için)\w*|imzalamayı|imzalayacak\w*|hedefl\w+|öngör\w+"
    r"|imzalanacak|taslağ\w+)",
    re.IGNORECASE,
)
# A text that decides or reports on an instrument is not the instrument.
_ABOUT_SIGNING = re.compile(
    r"\b(?:propos(?:al|ed)|approv(?:ed|al)|to\s(?:be\s)?sign(?:ed)?|to\senter\sinto|has\sbeen\ssigned|was\ssigned|were\ssigned"
    r"|signed\sby)\b|подписан|одобрен|imzaland|onayland",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:today|сегодня|bugün)\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ss]aid|[Aa]bove|[Aa]foresaid)\s(?:above\s|said\s|aforementioned\s)?(?:MOU"
    r"|MoU|Memorandum(?: of Understanding)?|Agreements?|Treaty|Protocols?|Convention|agreement|treaty"
    r"|protocol|memorandum)\b(?!\s(?:on|between|of|for)\s)"
)
# In Turkish what is signed on a date comes after it: "10 Haziran 1930'da imzalanan antlaşma".
_CHANGING = re.compile(
    r"(?:amend|extend|supplement|implement|replac|terminat)\w*\s(?:the\s)?$|\b(?:to|under)\s(?:the\s)$",
    re.IGNORECASE,
)
_SHORT = re.compile(r"M[Oo][Uu]s?\b")
_NOUNS = frozenset({"agreem", "deal", "treaty", "accord", "pact", "memora", "unders", "protoc"})
_EMPTY = frozenset(
    [
        "the",
        "of",
        "and",
        "a",
        "an",
        "on",
        "in",
        "to",
        "for",
        "by",
        "with",
        "between",
        "its",
        "that",
        "о",
        "и",
        "в",
        "об",
        "на",
        "с",
        "со",
        "между",
        "по",
        "ve",
        "ile",
        "bir",
        "governments",
        "government",
        "republic",
    ]
)


@dataclass(slots=True)
class NamedAgreement:
    """One instrument in one text; ``date`` is that of signing or None."""

    title: str
    kind: str
    places: list[tuple[int, int]] = field(default_factory=list)
    date: str | None = None
    evidence: Sentence | None = None
    parties: list[str] = field(default_factory=list)
    planned: bool = False
    counted: bool = False
    score: float = 0.0
    reason: str = ""
    listed: bool = False


def find_agreements(
    text: str, sentences: Sentences, language: str, published: str | None, title_end: int = 0
) -> list[NamedAgreement]:
    """Return the agreements of a text in the order in which they are first named."""
    finder = _FINDERS.get(language, instruments_en.find)
    listed = listed_instruments(text, language)
    places = sorted([*outside(finder(text, sentences), listed), *listed], key=lambda place: place[0])
    named = [_agreement(text, place, places, sentences, published, title_end) for place in places]
    items = {start for start, *_ in listed}
    for agreement in named:
        agreement.listed = agreement.places[0][0] in items
    _date_by_reference(text, named, sentences)
    return _merged(_without_headline(named, title_end, sentences))


def _agreement(
    text: str, place: tuple, places: list[tuple], sentences: Sentences, published: str | None, title_end: int
) -> NamedAgreement:
    start, end, title, kind, counted = place
    sentence = sentences.at(start)
    others = [other for other in places if other is not place and sentence.start <= other[0] < sentence.end]
    date, why = signed_on(text, place, others, sentence)
    if date is None and (before := during_visit(sentence, sentences)):
        date, why = before, "signed during the visit told before"
    if date is None and (
        of_entry := entry_date(text, end, sentence, sentences, is_signed=bool(SIGNED.search(sentence.text)))
    ):
        date, why = of_entry, f"signed … {of_entry}"
    planned = bool(_PLANNED.search(sentence.text)) and date is None
    if (
        date is None
        and published
        and start < title_end
        and start <= 4
        and _is_itself(title, text[:title_end])
        and not _ABOUT_SIGNING.search(text, title_end, title_end + 1500)
    ):
        date, why = published, "the document itself"
    elif (
        date is None
        and published
        and _TODAY.search(sentence.text)
        and re.search(r"\bsigned\b|подписа\w+|imzala\w+", sentence.text)
        and not planned
    ):
        date, why = published, "signed today"
    score = 0.6 + 0.2 * (date is not None) + 0.1 * (len(title.split()) > 3) - 0.05 * counted
    reason = ("planned " if planned else "") + kind + (f", {why}" if why else "")
    return NamedAgreement(
        title, kind, [(start, end)], date, sentence, [], planned, counted, min(score, 0.95), reason
    )


def _is_itself(title: str, headline: str) -> bool:
    return len(title) > 0.7 * len(headline.strip())


def _without_headline(
    named: list[NamedAgreement], title_end: int, sentences: Sentences
) -> list[NamedAgreement]:
    """A headline says again, in short, what the first sentences name: one instrument."""
    lead = [sentence.end for sentence in sentences.all if sentence.start > title_end][:2]
    above = [entry for entry in named if entry.places[0][0] < title_end]
    first = [entry for entry in named if lead and title_end <= entry.places[0][0] < lead[-1]]
    if (
        not title_end
        or len(above) != 1
        or len(first) != 1
        or above[0].kind != first[0].kind
        or above[0].counted != first[0].counted
    ):
        return named
    if above[0].date and not first[0].date:
        first[0].date, first[0].reason = above[0].date, above[0].reason
    if len(_tokens(above[0].title)) > len(_tokens(first[0].title)):
        first[0].title = above[0].title
    first[0].places = above[0].places + first[0].places
    return [entry for entry in named if entry is not above[0]]


def _date_by_reference(text: str, named: list[NamedAgreement], sentences: Sentences) -> None:
    """ "The above MOU was signed on 28.11.2010": the date belongs to the instrument named last before."""
    for match in _REFERENCE.finditer(text):
        sentence = sentences.at(match.start())
        dates = [
            FoundDate(d.start + sentence.start, d.end + sentence.start, d.value)
            for d in find_dates(sentence.text)
            if d.value
        ]
        why = [
            (date, reason)
            for date in dates
            if date.start >= match.end() and (reason := said_after(text, match.end(), date))
        ]
        earlier = [
            agreement
            for agreement in named
            if agreement.places[0][0] < match.start() and not agreement.counted
        ]
        if why and earlier and earlier[-1].date is None:
            earlier[-1].date, earlier[-1].reason = why[0][0].value, f"{earlier[-1].kind}, {why[0][1]}"


def _tokens(title: str) -> set[str]:
    words = re.findall(
        r"\w+",
        folded_in_place(
            re.sub(r"\([^)]*\)", " ", re.sub(r"\bM[Oo][Uu]s?\b", "memorandum understanding", title))
        ),
    )
    return {_stem(word) for word in words if word not in _EMPTY}


def _stem(word: str) -> str:
    return word[:6] if len(word) > 6 else word.removesuffix("s") if len(word) > 3 else word


def _merged(named: list[NamedAgreement]) -> list[NamedAgreement]:
    """One instrument under several names in one text is one entry, under its fullest name."""
    kept: list[NamedAgreement] = []
    for agreement in sorted(named, key=lambda entry: (-len(_tokens(entry.title)), entry.places[0])):
        same = next((other for other in kept if _same(other, agreement)), None)
        if same is None:
            kept.append(agreement)
            continue
        same.places += agreement.places
        if _SHORT.match(same.title) and not _SHORT.match(agreement.title):
            same.title, same.evidence = agreement.title, agreement.evidence
        if same.date is None and agreement.date:
            same.date, same.evidence, same.reason = agreement.date, agreement.evidence, agreement.reason
        elif (
            agreement.date == same.date
            and agreement.evidence
            and same.evidence
            and agreement.evidence.start < same.evidence.start
            and agreement.date
        ):
            same.evidence = agreement.evidence
    for agreement in kept:
        agreement.places.sort()
    return sorted(kept, key=lambda entry: entry.places[0])


def _same(fuller: NamedAgreement, other: NamedAgreement) -> bool:
    if fuller.counted != other.counted or _changes(fuller.title, other.title):
        return False
    if fuller.listed and other.listed:  # a list does not say the same twice
        return _tokens(fuller.title) == _tokens(other.title)
    if (
        fuller.date
        and other.date
        and not (fuller.date.startswith(other.date) or other.date.startswith(fuller.date))
    ):
        return False
    if fuller.kind != other.kind and "agreement" not in (fuller.kind, other.kind):
        return False
    a, b = _tokens(fuller.title), _tokens(other.title)
    if b <= a and (
        b == a or 2 <= len(b) <= 3 or len(b) >= 0.75 * len(a) > 2 or _names_parties_alone(other.title)
    ):
        return True
    loose = b - _NOUNS
    return (
        bool(loose)
        and _is_loose(other.title)
        and loose <= a
        and bool(a & _NOUNS)
        and fuller.kind == other.kind
    )


def _changes(title: str, other: str) -> bool:
    """ "Protocol amending the Air Transport Agreement" and that agreement are two."""
    before, found, _ = title.partition(other)
    return bool(found and before) and bool(_CHANGING.search(before))


def _names_parties_alone(title: str) -> bool:
    """ "Memorandum of Understanding between A and B": no subject that could tell it from another."""
    return bool(re.search(r"\b(?:between|with|между)\b", title)) and not re.search(
        r"\b(?:on|concerning|regarding|о|об)\b|\bfor\s(?!the\sDevelopment\sof\b)", title
    )


def _is_loose(title: str) -> bool:
    """ "Trade Deal with Jordan": another word for an instrument that the text names in full."""
    return bool(
        re.fullmatch(
            r"(?:[\w-]+\s){0,2}(?:[Aa]greement|[Dd]eal|[Tt]reaty|[Pp]act|[Aa]ccord)\swith\s(?:the\s)?[\w\s.-]{2,40}",
            title,
        )
    )
