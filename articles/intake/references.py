"""What a text says of instruments without naming them whole: "the 1992 treaty", "it entered into force on 1 March"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .dates import FoundDate, find_dates
from .sentences import Sentence, Sentences

_EN = {
    "treaty": r"treat(?:y|ies)|conventions?|pacts?",
    "agreement": r"agreements?|accords?",
    "memorandum": r"memorand(?:um|a)|MoUs?|MOUs?",
    "declaration": r"(?:joint\s+)?declarations?|(?:joint\s+)?statements?",
    "protocol": r"protocols?",
    "contract": r"contracts?",
}
_RU = {
    "treaty": r"договор\w{0,3}|конвенци\w{1,2}|пакт\w{0,2}",
    "agreement": r"соглашени\w{1,2}",
    "memorandum": r"меморандум\w{0,2}",
    "declaration": r"деклараци\w{1,3}|совместн\w+\s+заявлени\w{1,2}",
    "protocol": r"протокол\w{0,2}",
    "contract": r"контракт\w{0,2}",
}
_TR = {
    "treaty": r"antlaşma\w*|sözleşme\w*|pakt\w*",
    "agreement": r"anlaşma\w*",
    "memorandum": r"mutabakat\s+(?:muhtırası|zaptı)\w*|muhtıra\w*",
    "declaration": r"(?:ortak\s+)?(?:bildiri|beyanname|bildirge)\w*",
    "protocol": r"protokol\w*",
    "contract": r"kontrat\w*",
}
_YEAR = r"(1[6-9]\d\d|20\d\d)"
_SMALL_WORDS = r"(?:[\w-]+\s+){0,3}?"


def _named(kinds: dict[str, str]) -> str:
    return "|".join(f"(?P<{kind}>{words})" for kind, words in kinds.items())


_REFERENCES = {
    "en": (
        re.compile(rf"\b[Tt]h(?:e|at|is)\s+{_YEAR}\s+{_SMALL_WORDS}(?:{_named(_EN)})\b"),
        re.compile(rf"\b(?:{_named(_EN)})\s+(?:of|from|signed\s+in|concluded\s+in|dated)\s+{_YEAR}\b"),
    ),
    "ru": (
        re.compile(rf"(?<!\w)(?:{_named(_RU)})\s+(?:от\s+)?{_YEAR}\s+(?:года|г\.)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_named(_RU)})\s+(?:подписан|заключ[её]нн?)\w*\s+в\s+{_YEAR}\s+году", re.IGNORECASE),
    ),
    "tr": (
        re.compile(rf"\b{_YEAR}\s+(?:tarihli|yılında\s+imzalanan|yılındaki|yılı)?\s*{_SMALL_WORDS}(?:{_named(_TR)})\b", re.IGNORECASE),
    ),
}  # fmt: skip
_FORCE = re.compile(
    r"\b(?:enter(?:ed|s|ing)?|came|comes?|put|brought)\s+into\s+(?:force|effect)\b|\b(?:took|takes?)\s+effect\b"
    r"|\bentry\s+into\s+force\b|\bin\s+force\s+since\b|(?<!\w)вступ\w+\s+в\s+силу(?!\w)|(?<!\w)действует\s+с(?!\w)"
    r"|\byürürlüğe\s+(?:gir|kon)\w+|\byürürlükte\w*",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:was|were|is|been|be)\s+(?:unilaterally\s+|formally\s+)?(?:terminated|denounced|abrogated|annulled|cancelled)\b"
    r"|\b(?:terminated|denounced|abrogated|withdrew\s+from|withdrawn\s+from|pulled\s+out\s+of)\s+(?:the|its)\b"
    r"|\b(?:expired|expires|lapsed|ceased\s+to\s+(?:apply|be\s+in\s+force))\b"
    r"|(?<!\w)(?:расторг\w*|денонсир\w+|аннулир\w+|утрати\w+\s+силу|прекрати\w+\s+(?:сво[её]\s+)?действи\w+|ист[её]к\w*)(?!\w)"
    r"|\b(?:feshed\w+|feshet\w+|sona\s+er\w+|yürürlükten\s+kalk\w+)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:has\s+not|have\s+not|not\s+yet|never)\b|(?<!\w)(?:не|пока\s+не)\s+$|\bmedi\b|\bmemiş",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:It|They|Both|The\s+(?:agreement|treaty|memorandum|protocol|document|convention|contract|pact|accord)|Th(?:is|ese|at)\s+\w+"
    r"|Он|Она|Оно|Документ|Договор|Соглашение|Меморандум|Протокол|Конвенция|Эт\w+\s+\w+"
    r"|Anlaşma|Antlaşma|Sözleşme|Protokol|Bu\s+\w+|Belge)(?!\w)"
)
_FAR = 70  # characters between an act and its date


@dataclass(frozen=True, slots=True)
class Reference:
    """An instrument called by its kind and year."""

    start: int
    end: int
    kind: str
    year: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a sentence says of an instrument's life; ``points_back`` when it speaks of one named before it."""

    field: str
    date: str
    sentence: Sentence
    points_back: bool


def find_references(text: str, language: str) -> list[Reference]:
    """Return the instruments that a text calls by kind and year alone."""
    found: dict[int, Reference] = {}
    for pattern in _REFERENCES.get(language, ()):
        for match in pattern.finditer(text):
            kind = next(name for name, value in match.groupdict().items() if value)
            year = next(value for value in match.groups() if value and re.fullmatch(_YEAR, value))
            found.setdefault(match.start(), Reference(match.start(), match.end(), kind, year))
    return [found[start] for start in sorted(found)]


def find_changes(sentences: Sentences) -> Iterator[Change]:
    """Yield the dated statements that something entered into force or ended."""
    for sentence in sentences.all:
        dates = [date for date in find_dates(sentence.text) if date.value]
        for field, pattern in (("in_force", _FORCE), ("ended", _END)):
            match = pattern.search(sentence.text)
            if (
                match
                and dates
                and not _ANNOUNCED.search(sentence.text[max(0, match.start() - 14) : match.start()])
            ):
                date = _nearest(dates, match)
                if date:
                    points_back = bool(_POINTS_BACK.match(sentence.text.lstrip('–—- «"“')))
                    yield Change(field, date.value, sentence, points_back)


def _nearest(dates: list[FoundDate], act: re.Match) -> FoundDate | None:
    """The date after the act, as English and Russian say it, else the one before it."""
    after = [date for date in dates if 0 <= date.start - act.end() <= _FAR]
    before = [date for date in dates if 0 <= act.start() - date.end <= _FAR]
    return after[0] if after else before[-1] if before else None
