"""Organisations in Turkish text: they end in a word that says what they are."""

import re

from .sentences import Sentences
from .wordlists import word_set, words
from .words import UPPER

_HEADS = words("heads_tr")
_JOIN = r"(?:\s+ve\s+|\s+ile\s+|,\s+|\s+|-)"
_NAME = re.compile(
    rf"(?<!\w)((?:[{UPPER}][\w.&]*(?:['’][a-zçğıöşü]+)?{_JOIN})*?(?:[{UPPER}][\w.&]*)(?:\s+ve\s+|,\s+"
    rf"|\s+)?(?:[{UPPER}][\w.&]*{_JOIN})*?({'|'.join(_HEADS)}))((?:['’]?(?:n[ıiuü]n|[ıiuü]n|n[ae]"
    rf"|n[ıiuü]|n?[dt][ae]n?|nd[ae]n?|yl[ae]|nc[ae]|n[ıi]n|ler|lar)?))(?!\w)"
)
_AK = re.compile(rf"(?<!\w)((?:[{UPPER}][\w]*\s+){{1,3}}(?:PARTİ|Parti|Partisi))(?:['’]?\w{{0,5}})(?!\w)")
_SHOUTED = re.compile(r"(?<![\w-])([A-ZÇĞİÖŞÜ]{3,7})(?:['’][a-zçğıöşü]+)?(?![\w-])")
_NOT_SHOUTED = word_set("no_acronyms_tr")
_DOCUMENT_AFTER = re.compile(
    r"(?:['’]\w+)?\s+(?:Direktif|Yönetmeliğ|Yasa|Kanun|Antlaşma|Anlaşma|Sözleşme|Bildirge|Beyanname|Protokol)"
)
_NOT_FIRST = word_set("sentence_starters_tr")
_TERROR = re.compile(
    r"(?:terör\s+örgüt\w*|örgüt\w*|parti\w*|şirket\w*|ajans\w*|kurum\w*|firma\w*|grub\w*|gibi)", re.IGNORECASE
)


def find(text: str, sentences: Sentences, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = []
    for match in _NAME.finditer(text):
        start, end = match.start(1), match.end(1)
        start = _begin(text, start, end, busy)
        name = text[start:end]
        if (
            "rasındaki" in name
            or re.search(r"(?:İş\s?Birliği|İşbirliği)$", name)
            or _DOCUMENT_AFTER.match(text, end)
        ):
            continue
        words = name.split()
        if (
            len(words) < 2
            or match[2] == "Hükümeti"
            or (len(words) == 2 and words[0] in ("Genel", "Millî", "Milli", "Devlet"))
        ):
            continue
        found.append((start, end, name, 0.85, f"a body by its name ({match[2].lower()})"))
    for match in _AK.finditer(text):
        found.append((match.start(1), match.end(1), match[1], 0.8, "a party by its name"))
    return found + _acronyms(text, busy)


def _begin(text: str, start: int, end: int, busy: bytearray) -> int:
    """Leave out what stands before the name: a word that only begins the sentence, another body in a list, a possessor."""
    part = text[start:end]
    cut = 0
    for match in re.finditer(r"['’][a-zçğıöşü]+\s+|,\s+(?=\w+[^,]*,?)|\s+ile\s+", part):
        if match[0].startswith(","):
            rest = part[match.end() :]
            if " ve " in rest and not any(head in part[: match.start()] for head in _HEADS):
                continue
        cut = match.end()
    for head in _HEADS:
        if (found := part.find(f"{head} ve ")) >= 0:
            cut = max(cut, found + len(head) + 4)
    words = part[cut:].split(" ")
    while len(words) > 1 and words[0].strip(",") in _NOT_FIRST:
        cut += len(words[0]) + 1
        words = words[1:]
    if (joint := re.search(r"^\S+(?:['’]\w+)?\s+ve\s+", part[cut:])) and busy[start + cut]:
        cut += joint.end()
    return start + cut


def _acronyms(text: str, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    """Capitals that are no word of their own: an organisation where others of its kind are spoken of."""
    counts: dict[str, list[re.Match]] = {}
    for match in _SHOUTED.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.end() + 30].split("\n")[0]
        if match[1] not in _NOT_SHOUTED and not busy[match.start()] and not line.isupper():
            counts.setdefault(match[1], []).append(match)
    found = []
    for name, matches in counts.items():
        near = any(_TERROR.search(text[max(0, m.start() - 50) : m.end() + 45]) for m in matches)
        if near or len(matches) > 1:
            found += [(m.start(1), m.end(1), name, 0.6 if near else 0.5, "capitals") for m in matches]
    return found
