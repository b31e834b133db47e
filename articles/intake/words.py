"""Runs of capitalised words: what names of people and organisations are made of."""

import re
from dataclasses import dataclass

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽƏȘȚА-ЯЁІЇЄҐҚҒӨҮҰҢӘ"
_WORD = re.compile(
    rf"(?<![\w])(?:[{UPPER}]\.){{2,}}(?:-[{UPPER}]\w+)?|"
    rf"(?<![\w-])(?:аль|эль|ас|аш|ад|ан|ар|ат|аз|ал)-[{UPPER}]\w+|"
    rf"(?<![\w-])(?:el|es|eş|et|ez|er|ed)-[{UPPER}]\w+|"
    rf"(?<![\w])[{UPPER}](?:[\w]|['’](?=[{UPPER}])|[-‑](?=\w))*\.?|\b(?:de|da|di|del|della|der|den|van"
    rf"|von|bin|ibn|al|el|ter|la|le|dos|du|af|ul|ur|oğlu|kızı|оглы|фон|ван|бин|аль|де|ибн)\b"
)
_LONGEST = 12  # words: a longer run is a list or a heading, no name
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "ter",
        "la",
        "le",
        "dos",
        "du",
        "af",
        "ul",
        "ur",
        "oğlu",
        "kızı",
        "оглы",
        "фон",
        "ван",
        "бин",
        "аль",
        "де",
        "ибн",
    ]
)
_INITIAL = re.compile(rf"[{UPPER}]\.(?:-?[{UPPER}]\.)?$")
SUFFIX = re.compile(r"^['’](?:s\b|[a-zçğıöşü]{1,8}\b)?")


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """Without a possessive ending or a full stop."""
        return re.sub(r"['’]s$", "", self.text).rstrip(".")

    @property
    def is_initial(self) -> bool:
        return bool(_INITIAL.match(self.text))

    @property
    def is_particle(self) -> bool:
        return self.text in _PARTICLES


def runs(text: str) -> list[list[Word]]:
    """Return the runs of capitalised words that stand together with nothing but one space between them."""
    found: list[list[Word]] = []
    for match in _WORD.finditer(text):
        word = _word(match)
        if (
            found
            and (
                text[found[-1][-1].end : word.start] == " "
                or (found[-1][-1].end == word.start and found[-1][-1].is_initial)
            )
            and len(found[-1]) < _LONGEST
        ):
            found[-1].append(word)
        elif not word.is_particle or word.text[0].isupper():
            found.append([word])
    return [_trimmed(run) for run in found if _trimmed(run)]


def _word(match: re.Match) -> Word:
    text, end = match[0], match.end()
    if (
        text.endswith(".")
        and not _INITIAL.match(text)
        and text
        not in (
            "Jr.",
            "Sr.",
            "St.",
            "Dr.",
            "Mr.",
            "Mrs.",
            "Ms.",
            "Prof.",
            "Gen.",
            "Sen.",
            "Rep.",
            "Gov.",
            "Hon.",
        )
    ):
        text, end = text[:-1], end - 1
    return Word(match.start(), end, text)


def _trimmed(run: list[Word]) -> list[Word]:
    while run and run[-1].is_particle:
        run = run[:-1]
    return run
