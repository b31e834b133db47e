"""Agreements that a text names: one entry each, with the date of signing, the parties and the sentence that says so."""

import re
from dataclasses import dataclass, field

from entities.matcher import folded_in_place

from . import instruments_en, instruments_ru, instruments_tr
from .chronicles import entry_date
from .dates import FoundDate, find_dates
from .listed_instruments import listed_instruments, outside
from .sentences import Sentence, Sentences

_FINDERS = {"en": instruments_en.find, "ru": instruments_ru.find, "tr": instruments_tr.find}
_SIGNED = re.compile(
    r"\b(?:sign(?:ed|ing|s)|dated|adopted|concluded|inked|initialled|initialed"
    r"|entered\s+into(?!\s+force)|as\s+of|dates\s+from|dating\s+from)\b|подпис\w+|заключ\w+|принят\w*"
    r"|приняли|от\s+(?=\d)|imzala\w+|akded\w+|imza\s",
    re.IGNORECASE,
)
_FORCE = re.compile(
    r"(?:entered?\s+into\s+force|in\s+force|came\s+into|effective|took\s+effect|ratif\w+|valid|until"
    r"|through|expir\w+|since|transmitted|вступ\w+\s+в\s+силу|действу\w+|ратифиц\w+|(?<!\w)до(?!\w)"
    r"|(?<!\w)с(?!\w)|yürürlü\w+|onayla\w+|kadar|itibaren)[\s\w,’']{0,30}$",
    re.IGNORECASE,
)
_FORCE_AFTER = re.compile(r"^[\s\w,’'()]{0,12}(?:yürürlü\w+|onaylan\w+|вступ\w+)", re.IGNORECASE)
_VALIDITY = re.compile(
    r"\b(?:from|to|until|by|through|for|period\s+of|during\s+the\s+period|с|по|до)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
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
_AS_A_RESULT = re.compile(
    r"(?:As a result|During (?:the|his|her|their|this) (?:\w+ )?(?:visit|meeting|talks|summit|trip)"
    r"|Following the|After the|At the end of the|In the course of the"
    r"|В ходе (?:визита|встречи|переговоров)|По итогам|В результате|Ziyaret|Görüşme|Toplantı)"
)
_REFERENCE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ss]aid|[Aa]bove|[Aa]foresaid)\s(?:above\s|said\s|aforementioned\s)?(?:MOU"
    r"|MoU|Memorandum(?: of Understanding)?|Agreements?|Treaty|Protocols?|Convention|agreement|treaty"
    r"|protocol|memorandum)\b(?!\s(?:on|between|of|for)\s)"
)
# In Turkish what is signed on a date comes after it: "10 Haziran 1930'da imzalanan antlaşma".
_OF_NEXT = re.compile(r"['’\w]*\s+(?:\w+\s+){0,3}?(?:imzalanan|akdedilen|imzaladığı|tarihli|sayılı)(?!\w)")
_SIGNED_NEXT = re.compile(r"['’”\"\w]*\s*(?:[\w’']+\s+){0,3}imzal(?:a[nd]|ad|anmış)")
_BOUGHT = re.compile(r"[^.;]{0,55}?(?:satın\s+al|devral)")
_OF_DATE = re.compile(r"\b(?:of|dated|от)\s+$")
_HEAD = re.compile(
    r"\b(?:treat(?:y|ies)|agreements?|memorand(?:um|a)(?:\s+of\s+understanding)?|declaration"
    r"|protocols?|convention|accords?|pact|charter|contract)\b"
    r"|(?:договор|соглашени|меморандум|протокол|деклараци|конвенци|пакт)\w*|(?:[aA]n(?:t)?laşma"
    r"|[sS]özleşme|[pP]rotokol|[bB]ildirge|[pP]akt)\w*",
    re.IGNORECASE,
)
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
    date, why = _signed_on(text, place, others, sentence)
    if date is None and (before := _during_visit(sentence, sentences)):
        date, why = before, "signed during the visit told before"
    if date is None and (
        of_entry := entry_date(text, end, sentence, sentences, is_signed=bool(_SIGNED.search(sentence.text)))
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


def _during_visit(sentence: Sentence, sentences: Sentences) -> str | None:
    """ "On 5 December 2004 … paid a visit. As a result, a declaration was adopted": in that month."""
    if not _AS_A_RESULT.match(sentence.text) or not _SIGNED.search(sentence.text):
        return None
    if any(date.value for date in find_dates(sentence.text)):
        return None
    number = sentences.number(sentence.start)
    dates = (
        [date.value for date in find_dates(sentences.all[number - 1].text) if date.value] if number else []
    )
    return dates[0][:7] if len(dates) == 1 else None


def _is_itself(title: str, headline: str) -> bool:
    return len(title) > 0.7 * len(headline.strip())


def _signed_on(text: str, place: tuple, others: list[tuple], sentence: Sentence) -> tuple[str | None, str]:
    start, end = place[0], place[1]
    dates = [
        FoundDate(d.start + sentence.start, d.end + sentence.start, d.value)
        for d in find_dates(sentence.text)
        if d.value
    ]
    head = max((m.end() for m in _HEAD.finditer(text, start, end)), default=start)
    first = min((m.end() for m in _HEAD.finditer(text, start, end)), default=start)
    inside = [
        d
        for d in dates
        if start <= d.start < end
        and (
            d.start - first < 14
            or d.end - start < 6
            or (head == first and _OF_DATE.search(text[start : d.start]))
        )
    ]
    if inside and re.search(r"\b(?:of|dated|signed|on|in|от)\s+$|\s$|^$", text[start : inside[-1].start]):
        return inside[-1].value, f"dated {inside[-1].value}"
    following = min((other[0] for other in others if other[0] >= end), default=sentence.end)
    previous = max((other[1] for other in others if other[1] <= start), default=sentence.start)
    dates = [date for date in dates if date.start < end or not _OF_NEXT.match(text[date.end : date.end + 60])]
    for date in dates:
        if end <= date.start <= following and (why := _after(text, end, date)):
            return date.value, why
        beside = end <= date.start and re.fullmatch(
            r",?\s(?:in|on|в)\s(?:the\syear\s(?:of\s)?)?", text[end : date.start]
        )
        if beside and _SIGNED.search(text, max(sentence.start, start - 60), start):
            return date.value, f"signed … {date.value}"
    for date in reversed(dates):
        if previous <= date.start and date.end <= start and (why := _before(text, date, start)):
            return date.value, why
    first = min((other[0] for other in [*others, place]), default=start)
    own = [d for d in dates if d.end <= first or previous <= d.start <= following]
    return _by_sentence(text, own, place, sentence)


def _after(text: str, end: int, date: FoundDate) -> str:
    between = text[end : date.start]
    if (
        len(between) > 110
        or re.search(r"imzala\w+[;,]", between)
        or (_FORCE.search(between) and not re.search(r"signed[^,]*$", between))
    ):
        return ""
    if re.fullmatch(r"['’\w]{0,8}\s*\(", between):
        return f"dated {date.value}"
    if re.fullmatch(r"\s*[,–—:-]\s*", between) and text[date.end : date.end + 1] in ("", "\n", ";"):
        return f"dated {date.value}"
    if _VALIDITY.search(between) and not re.search(r"(?:signed|dated)[^,]*$", between):
        return ""
    signed = list(_SIGNED.finditer(between))
    if signed or re.fullmatch(r",?\s*(?:of|от|dated|as\s+of)\s+", between):
        return f"signed … {date.value}"
    return ""


def _before(text: str, date: FoundDate, start: int) -> str:
    between = text[date.end : start]
    if len(between) > 60:
        return ""
    if not between.strip() or re.fullmatch(r"\s*(?:the\s+|tarihli\s+|yılı\s+|yılında\s+)?", between):
        return f"dated {date.value}"
    if re.fullmatch(
        r"(?:['’][a-z]+)?\s+(?:\w+\s+){0,3}?(?:imzalanan|akdedilen|tarihli|imzalanmış)\s+(?:\w+\s+){0,3}",
        between,
    ) or re.fullmatch(r"\s+(?:\w+ki\s+)?", between):
        return f"signed … {date.value}"
    if re.search(r"подпис\w+|signed|concluded|году\s*[—–-]\s*это", between) and not _FORCE.search(between):
        return f"signed … {date.value}"
    return ""


def _by_sentence(
    text: str, dates: list[FoundDate], place: tuple, sentence: Sentence
) -> tuple[str | None, str]:
    """A date and an act of signing that belong to this instrument, by where they stand around it."""
    fitting = [date for date in dates if _is_of_signing(text, date, place, sentence)]
    if len(fitting) == 1 or (fitting and fitting[0].start - sentence.start < 12):
        return fitting[0].value, f"signed … {fitting[0].value}"
    return None, ""


def _is_of_signing(text: str, date: FoundDate, place: tuple, sentence: Sentence) -> bool:
    start, end = place[0], place[1]
    before = text[max(sentence.start, date.start - 45) : date.start]
    if (
        _VALIDITY.search(before)
        or _FORCE.search(before)
        or _FORCE_AFTER.match(text[date.end : date.end + 40])
    ):
        return False
    if date.start >= end:
        return bool(
            _SIGNED.search(text, max(sentence.start, start - 90), start)
            or _SIGNED.search(text, end, date.start)
            or _BOUGHT.match(text[date.end : date.end + 70])
        )
    opens = date.start - sentence.start < 25
    return bool(
        _SIGNED.search(text, date.end, start)
        or _SIGNED_NEXT.match(text[end : end + 60])
        or (opens and _SIGNED.search(text, sentence.start, min(sentence.end, end + 120)))
    )


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
            if date.start >= match.end() and (reason := _after(text, match.end(), date))
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
