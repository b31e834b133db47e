"""Sentences and paragraphs of a text with their places, and quotes cut from it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

_CONTEXT = 40
_LONGEST = 1600
_END = re.compile(r"(?:[.!?…]+[\"”»’)\]]*|[.!?…]*\n)(?=\s|$)|\n+|;(?=\s)", re.DOTALL)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«“\"])(?:[A-ZА-ЯЁÇĞİÖŞÜ]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Hon|Messrs|Rs|Eng|Adm|Capt|Maj|Pres|Amb|Rev|St|Sen|Rep|Gov|Gen|Col|Lt|Jr|Sr|No|Nos|Art|Inc|Ltd|Corp|Co|Bros|vs|etc|approx|Jan|Feb|Mar"
    r"|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|г|гг|в|вв|им|ул|т\.\s?е|т\.\s?д|т\.\s?п|др|пр|руб|коп|долл|млн|млрд|тыс|см|стр|гл|ст|обл|акад|проф"
    r"|Sn|Doç|Yrd|Av|vb|vs|bkz|Ltd|Şti|A\.Ş|yy|s|Org|Alb|Müh|Uz|\d{1,3})\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in a text: offsets, the exact words, and a little of what stands around them."""

    start: int
    end: int
    exact: str
    before: str
    after: str


def quote(text: str, start: int, end: int) -> Quote:
    return Quote(
        start,
        end,
        text[start:end],
        text[max(0, start - _CONTEXT) : start],
        text[end : end + _CONTEXT],
    )


class Sentences:
    """The sentences of one text, found by place."""

    def __init__(self, text: str):
        self.text = text
        self.all = _split(text)
        self._starts = [sentence.start for sentence in self.all]

    def at(self, position: int) -> Sentence:
        return self.all[max(0, bisect_right(self._starts, position) - 1)]

    def number(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)


def _split(text: str) -> list[Sentence]:
    sentences: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if match[0][0] == ";":
            continue
        if "\n" not in match[0] and _goes_on(text, start, match):
            continue
        _add(sentences, text, start, match.end())
        start = match.end()
    _add(sentences, text, start, len(text))
    return sentences or [Sentence(0, len(text), text)]


def _goes_on(text: str, start: int, match: re.Match) -> bool:
    following = re.match(r"\s*[\"“«(\[—–-]*\s*(\S)", text[match.end() : match.end() + 12])
    if following and following[1].islower():
        return True
    stop = match[0].rstrip('"”»’)]')
    return stop == "." and bool(_ABBREVIATED.search(text[max(start, match.start() - 13) : match.start() + 1]))


def _add(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:  # no writer's sentence: cut, so that no pattern has to look through it all
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        sentences.append(Sentence(start, cut, text[start:cut]))
        start = cut + (text[cut] == " ")
    if end > start:
        sentences.append(Sentence(start, end, text[start:end]))
