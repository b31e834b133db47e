"""When an instrument was signed: the date that its sentence ties to it, told from ratification, force and validity."""

import re

from .dates import FoundDate, find_dates
from .sentences import Sentence, Sentences

SIGNED = re.compile(
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
_AS_A_RESULT = re.compile(
    r"(?:As a result|During (?:the|his|her|their|this) (?:\w+ )?(?:visit|meeting|talks|summit|trip)"
    r"|Following the|After the|At the end of the|In the course of the"
    r"|В ходе (?:визита|встречи|переговоров)|По итогам|В результате|Ziyaret|Görüşme|Toplantı)"
)
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


def during_visit(sentence: Sentence, sentences: Sentences) -> str | None:
    """ "On 5 December 2004 … paid a visit. As a result, a declaration was adopted": in that month."""
    if not _AS_A_RESULT.match(sentence.text) or not SIGNED.search(sentence.text):
        return None
    if any(date.value for date in find_dates(sentence.text)):
        return None
    number = sentences.number(sentence.start)
    dates = (
        [date.value for date in find_dates(sentences.all[number - 1].text) if date.value] if number else []
    )
    return dates[0][:7] if len(dates) == 1 else None


def signed_on(text: str, place: tuple, others: list[tuple], sentence: Sentence) -> tuple[str | None, str]:
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
        if end <= date.start <= following and (why := said_after(text, end, date)):
            return date.value, why
        beside = end <= date.start and re.fullmatch(
            r",?\s(?:in|on|в)\s(?:the\syear\s(?:of\s)?)?", text[end : date.start]
        )
        leads_on = following < sentence.end and following - date.end < 25  # "… in 2013 the other one"
        if beside and not leads_on and SIGNED.search(text, max(sentence.start, start - 60), start):
            return date.value, f"signed … {date.value}"
    for date in reversed(dates):
        if previous <= date.start and date.end <= start and (why := _before(text, date, start)):
            return date.value, why
    first = min((other[0] for other in [*others, place]), default=start)
    own = [d for d in dates if d.end <= first or previous <= d.start <= following]
    return _by_sentence(text, own, place, sentence)


def said_after(text: str, end: int, date: FoundDate) -> str:
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
    signed = list(SIGNED.finditer(between))
    if signed or re.fullmatch(r",?\s*(?:of|от|dated|as\s+of)\s+", between):
        return f"signed … {date.value}"
    return ""


def _before(text: str, date: FoundDate, start: int) -> str:
    between = text[date.end : start]
    if len(between) > 60:
        return ""
    if not between.strip(" —–") or re.fullmatch(r"\s*(?:the\s+|tarihli\s+|yılı\s+|yılında\s+)?", between):
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
            SIGNED.search(text, max(sentence.start, start - 90), start)
            or SIGNED.search(text, end, date.start)
            or _BOUGHT.match(text[date.end : date.end + 70])
        )
    opens = date.start - sentence.start < 25
    return bool(
        SIGNED.search(text, date.end, start)
        or _SIGNED_NEXT.match(text[end : end + 60])
        or (opens and SIGNED.search(text, sentence.start, min(sentence.end, end + 120)))
    )
