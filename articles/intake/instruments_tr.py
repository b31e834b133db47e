"""Agreements that Turkish text names: the word for the instrument comes last, with its possessive ending."""

import re

from .sentences import Sentence, Sentences
from .words import UPPER

_KINDS = {
    "antlaşmaları": "treaty", "antlaşması": "treaty", "sözleşmesi": "treaty", "paktı": "treaty", "antantı": "treaty", "tek senedi": "treaty", "şartı": "treaty", "statüsü": "treaty", "misakı": "treaty", "andlaşması": "treaty",
    "anlaşmaları": "agreement", "anlaşması": "agreement", "mutabakatı": "agreement", "mütarekesi": "agreement", "ateşkesi": "agreement", "uzlaşısı": "agreement", "protokolü": "protocol", "bildirgesi": "declaration", "bildirisi": "declaration", "ortak bildiri": "declaration", "deklarasyonu": "declaration",
    "mutabakat zaptı": "memorandum", "mutabakat muhtırası": "memorandum", "muhtırası": "memorandum", "niyet mektubu": "memorandum",
}  # fmt: skip
_HEADS = sorted(_KINDS, key=len, reverse=True)


def _title_case(head: str) -> str:
    return " ".join(word[0].replace("i", "İ").upper() + word[1:] for word in head.split())


_SUFFIX = r"(?:['’][a-zçğıöşü]{1,8}|n[ıiuü]n|n[ae]|n[ıiuü]|nd[ae]n?|yl[ae])?"
_WORD = rf"(?:[{UPPER}][\w.-]*|\d{{4}}(?!['’\w]))"
_NAMED = re.compile(
    rf"(?<![\w-])({_WORD}(?:(?:\s+ve\s+|\s+ile\s+|,\s+|\s+(?:arasında|arası|için|hakkında|dair|ilişkin"
    rf"|üzerine|arasındaki)\s+|\s+"
    rf"|-){_WORD}){{0,11}}?\s+)({'|'.join(_title_case(h) for h in _HEADS)}){_SUFFIX}(?!\w)"
)
_SMALL = re.compile(
    rf"(?:imzala(?:nan|nmış|dığı|dıkları|dı)|yapılan|akdedilen"
    rf"|varılan)\s+((?:[\w’'-]+\s+){{0,8}}?)({'|'.join(_HEADS)}|antlaşma|sözleşme|anlaşma(?!\w)"
    rf"|protokol(?!\w)){_SUFFIX}(?!\w)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"([{UPPER}][\w.-]*(?:['’]\w+)?(?:\s+[{UPPER}][\w.-]*)*)\s+(?:ile|ve)\s+([{UPPER}][\w.-]*(?:\s+[{UPPER}][\w.-]*)*?)(?:['’]\w+)?\s+arasında(?:ki)?\s+((?:[\w’'-]+\s+){{0,10}}?)({'|'.join(_HEADS)})",
    re.UNICODE,
)
_PURCHASE = re.compile(
    rf"(?<![\w-])((?:[{UPPER}][\w-]*\s+)(?:[\w-]+\s+){{0,5}}?)(alımı|tedariki|satın\s+alımı)(?!\w)"
)
_SIGNED_A = re.compile(
    rf"([{UPPER}]\w+),?\s+(?:\d{{4}}\s+yılında|\d{{4}}['’][dt][ae]),?\s+bir\s+([Aa]ntlaşma|[Aa]nlaşma)\s+imza"
)
_BARE = frozenset(
    [
        "bu",
        "bir",
        "söz",
        "konusu",
        "ilgili",
        "yeni",
        "her",
        "iki",
        "mevcut",
        "orijinal",
        "birincil",
        "büyük",
        "değişiklik",
        "katılım",
        "kurucu",
    ]
)
_SUBJECT = re.compile(
    r"(?:ticaret|iş\s?birliği|işgücü|iş\s+gücü|savunma|enerji|vergi|yatırım|dostluk|barış|vize"
    r"|güvenlik|eğitim|kültür|gümrük|ulaştırma|alım|doğal\s?gaz|nükleer|askeri|askerî|ekonomik"
    r"|karşılıklı|serbest|teşvik|kredi|hibe|saldırmazlık|ittifak|sınır)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\w.,])((?:\d{1,3}|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|on\s+bir|on\s+iki|çok\s+sayıda"
    r"|bir\s+dizi)\s+(?:adet\s+)?(?:[\w]+\s+){0,2}?)(anlaşma|mutabakat\s+zaptı|protokol|sözleşme"
    r"|belge|mutabakat\s+muhtırası)(?:ya|ye|nın|nin|yı|yi|sı|ü|e)?(?!\w)[^.;]{0,60}?imza",
    re.IGNORECASE,
)


def find(text: str, sentences: Sentences) -> list[tuple[int, int, str, str, bool]]:
    """Return (start, end, title, kind, counted) for each instrument named in the text."""
    found = []
    for sentence in sentences.all:
        inside = []
        for match in _NAMED.finditer(sentence.text):
            inside.append(_named(sentence, match))
        for finder in (_small, _purchase, _signed, _counted):
            inside += [p for p in finder(sentence) if all(p[1] <= q[0] or p[0] >= q[1] for q in inside if q)]
        found += [place for place in inside if place]
    return found


def _named(sentence: Sentence, match: re.Match) -> tuple | None:
    before, head = match[1], match[2]
    cut = 0
    for joint in re.finditer(r",\s+|\s+ile\s+|[’'][a-zçğıöşü]+\s+|\s+ve\s+(?=\d{4}\s)", before):
        rest = before[joint.end() :]
        if "arasında" not in before or (joint[0].startswith((",", "’", "'")) and "arasında" not in rest):
            cut = joint.end() if rest.strip() else cut
    for earlier in _HEADS:
        position = before.lower().rfind(earlier + " ve ")
        cut = max(cut, position + len(earlier) + 4) if position >= 0 else cut
    name = before[cut:]
    year = re.match(r"(\d{4})\s+", name)
    name = name[year.end() :] if year else name
    words = name.split()
    while words and words[0].lower() in _BARE:
        words = words[1:]
    if not words:
        return None
    title = " ".join([*words, head])
    return (
        sentence.start + match.start(1) + before.index(words[0], cut),
        sentence.start + match.end(2),
        title,
        _KINDS[head.replace("İ", "i").replace("I", "ı").lower()],
        False,
    )


def _small(sentence: Sentence) -> list[tuple]:
    found = []
    for match in _PAIR.finditer(sentence.text):
        if match[3].strip() or True:
            found.append(
                (
                    sentence.start + match.start(),
                    sentence.start + match.end(4),
                    sentence.text[match.start() : match.end(4)],
                    _KINDS[match[4].lower()],
                    False,
                )
            )
    for match in _SMALL.finditer(sentence.text):
        words = match[1].split()
        if (
            not words
            or not _SUBJECT.search(match[1])
            or any(head in match[1].lower() for head in ("anlaşma", "antlaşma", "sözleşme"))
        ):
            continue
        title = f"{match[1]}{match[2]}".strip()
        kind = _KINDS.get(match[2].lower(), "agreement")
        place = (
            sentence.start + match.start(1),
            sentence.start + match.end(2),
            title[0].replace("i", "İ").upper() + title[1:],
            kind,
            False,
        )
        if all(place[1] <= q[0] or place[0] >= q[1] for q in found):
            found.append(place)
    return found


def _purchase(sentence: Sentence) -> list[tuple]:
    return [
        (sentence.start + match.start(), sentence.start + match.end(), match[0], "contract", False)
        for match in _PURCHASE.finditer(sentence.text)
        if re.search(r"\d|sistem|uçak|gemi|helikopter|füze|tank", match[1]) and len(match[0].split()) >= 3
    ]


def _signed(sentence: Sentence) -> list[tuple]:
    return [
        (
            sentence.start + match.start(1),
            sentence.start + match.end(2),
            f"{match[1]} {match[2].capitalize()}sı",
            "treaty" if match[2][2] == "t" else "agreement",
            False,
        )
        for match in _SIGNED_A.finditer(sentence.text)
    ]


def _counted(sentence: Sentence) -> list[tuple]:
    return [
        (
            sentence.start + match.start(),
            sentence.start + match.end(2),
            match[1].capitalize() + match[2],
            {"anlaşma": "agreement", "protokol": "protocol", "sözleşme": "treaty", "belge": "agreement"}.get(
                match[2].lower(), "memorandum"
            ),
            True,
        )
        for match in _COUNT.finditer(sentence.text)
    ]
