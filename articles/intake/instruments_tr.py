"""Agreements that Turkish text names in capitals: the word for the instrument comes last, with its possessive ending."""

import re

from . import deals_tr
from .names_tr import lowered, without_opening
from .sentences import Sentence, Sentences
from .vocabulary import vocabulary
from .wordlists import word_set
from .words import UPPER

KINDS = {
    "antlaşmaları": "treaty", "antlaşması": "treaty", "andlaşması": "treaty", "sözleşmesi": "treaty", "konvansiyonu": "treaty", "paktı": "treaty", "antantı": "treaty", "tek senedi": "treaty", "nihai senedi": "treaty", "şartı": "treaty", "statüsü": "treaty", "misakı": "treaty", "ahitnamesi": "treaty",
    "anlaşmaları": "agreement", "anlaşması": "agreement", "mutabakatı": "agreement", "mütarekesi": "agreement", "ateşkesi": "agreement", "uzlaşısı": "agreement", "itilafnamesi": "agreement", "gümrük birliği": "agreement",
    "protokolü": "protocol", "protokolleri": "protocol", "bildirgesi": "declaration", "bildirisi": "declaration", "ortak bildiri": "declaration", "deklarasyonu": "declaration", "beyannamesi": "declaration",
    "mutabakat zaptı": "memorandum", "mutabakat muhtırası": "memorandum", "anlayış muhtırası": "memorandum", "muhtırası": "memorandum", "niyet mektubu": "memorandum", "niyet beyanı": "memorandum",
    "planı": "programme", "programı": "programme",
}  # fmt: skip
HEADS = sorted(KINDS, key=len, reverse=True)


def _title_case(head: str) -> str:
    return " ".join(word[0].replace("i", "İ").upper() + word[1:] for word in head.split())


SUFFIX = r"(?:['’][a-zçğıöşü]{1,8}|(?:m[ıiuü]z)?(?:n[ıiuü]n|n[ae]|n[ıiuü]|nd[ae](?:n|ki)?|yl[ae])?)"
_WORD = rf"(?:[{UPPER}][\w./–-]{{0,40}}|\d{{4}}(?!['’\w]))"
_NAMED = re.compile(
    rf"(?<![\w-])({_WORD}(?:(?:\s+ve\s+|\s+ile\s+|,\s+|\s+(?:arasında|arası|için|hakkında|dair|ilişkin|üzerine|arasındaki)\s+|\s+"
    rf"){_WORD}){{0,15}}?\s+)({'|'.join(_title_case(h) for h in HEADS)}){SUFFIX}(?!\w)"
)
_CUSTOMS_UNION = re.compile(rf"(?<!\w)(Gümrük\s+Birliği){SUFFIX}(?!\w)")
_ACRONYM = re.compile(r"\s*[\"”’']?\s*\(([A-ZÇĞİÖŞÜ][\w-]{1,9})\)")
# "Aday Ülke Statüsü", "Ön Şartı": a state or a condition, and no instrument.
_OF_A_STATE = re.compile(
    r"(?:l[ıiuü]k|[Öö]n|[Öö]zel|[Üü]lke|[Aa]day|[Hh]ukuki|[Nn]ihai|[Gg]özlemci|[Kk]oruma|[Mm]ülteci|[Tt]emel)$"
)
_BARE = word_set("before_instruments_tr")
_PLAIN = frozenset(
    """eylem kalkınma yatırım uyum orta beş on ulusal milli millî stratejik master acil barış eğitim değişim gençlik staj burs destek
    yardım proje ortak yol iş çalışma uzay nükleer füze enerji savunma reform istikrar ekonomik ekonomi kamu yıllık tv televizyon haber teşvik
    tasarruf dönüşüm kurtarma tahliye oyun imar araştırma hibe kredi doktora lisans yüksek yaz kış konuk anma tanıtım ziyaret test""".split()
)


def find(text: str, sentences: Sentences) -> list[tuple[int, int, str, str, bool]]:
    """Return (start, end, title, kind, counted) for each instrument named in the text."""
    found: list[tuple[int, int, str, str, bool]] = []
    for sentence in sentences.all:
        inside = [
            place for match in _NAMED.finditer(sentence.text) if (place := _named(text, sentence, match))
        ]
        inside += [
            (sentence.start + match.start(1), sentence.start + match.end(1), match[1], "agreement", False)
            for match in _CUSTOMS_UNION.finditer(sentence.text)
        ]
        for finder in deals_tr.FINDERS:
            inside += [p for p in finder(sentence) if all(p[1] <= q[0] or p[0] >= q[1] for q in inside)]
        found += inside
    return found + _by_acronym(text, found)


def _by_acronym(text: str, found: list[tuple]) -> list[tuple]:
    """ "… Antlaşması (NPT)": where the acronym stands again, the instrument does."""
    more, seen = [], set()
    for _, end, title, kind, _ in found:
        acronym = _ACRONYM.match(text, end) or _ACRONYM.match(text, _word_end(text, end))
        if not acronym or acronym[1] in seen or not acronym[1].isupper():
            continue
        seen.add(acronym[1])
        for match in re.finditer(rf"(?<![\w(]){re.escape(acronym[1])}(?!\w)", text):
            more.append((match.start(), match.end(), title, kind, False))
    return more


def _word_end(text: str, end: int) -> int:
    suffix = re.compile(SUFFIX).match(text, end)
    return suffix.end() if suffix else end


def _named(text: str, sentence: Sentence, match: re.Match) -> tuple | None:
    before, head = match[1], match[2]
    cut = _cut(before)
    name = before[cut:]
    if year := re.match(r"(\d{4})\s+", name):
        cut += year.end()
    cut += without_opening(text, sentence.start + cut + match.start(1), sentence.start + match.start(2)) - (
        sentence.start + cut + match.start(1)
    )
    words = before[cut:].split()
    while words and lowered(words[0]) in _BARE | {"katılım", "değişiklik", "kurucu", "birincil"}:
        words = words[1:]
    kind = KINDS[lowered(head)]
    if not words or _is_no_instrument(text, words, lowered(head)):
        return None
    return (
        sentence.start + match.start(1) + before.index(words[0], cut),
        sentence.start + match.end(2),
        " ".join([*words, head]),
        _commercial(words, kind),
        False,
    )


def _cut(before: str) -> int:
    """Where the instrument's own name begins: behind a possessor, another instrument, or a list's comma."""
    cut, small = 0, lowered(before)
    for joint in re.finditer(r",\s+|\s+ile\s+|[’'][a-zçğıöşü]+\s+|\s+ve\s+(?=\d{4}\s)", before):
        rest = before[joint.end() :]
        if (
            joint[0].startswith(",")
            and " ve " in rest
            and _is_subject(before[cut : joint.start()].split()[-1:])
        ):
            continue
        if "arasında" not in small or (
            joint[0].startswith((",", "’", "'")) and "arasında" not in lowered(rest)
        ):
            cut = joint.end() if rest.strip() else cut
    for earlier in HEADS:
        position = before.lower().rfind(earlier + " ve ")
        cut = max(cut, position + len(earlier) + 4) if position >= 0 else cut
    return cut


def _is_subject(words: list[str]) -> bool:
    """ "Dostluk, İşbirliği ve …": one word of what is agreed, not a place in a list."""
    return bool(
        re.fullmatch(
            r"\w+(?:l[ıiuü]k|m[ae]|m[ae]s[ıi]|s[ae]l|tim|şim|ret|nat)|Savunma|Sanayi|Ekonomi|Enerji|Bilim|Kültür|Spor",
            " ".join(words),
        )
    )


def _is_no_instrument(text: str, words: list[str], head: str) -> bool:
    if head in ("statüsü", "şartı"):
        return bool(_OF_A_STATE.search(words[-1])) or lowered(words[-1]) in vocabulary(text).words
    if head in ("planı", "programı"):
        small = [lowered(word) for word in words]
        return (
            len(words) > 3
            or small[0] in _PLAIN
            or small[-1] in _PLAIN - {"barış"}
            or small[0] in vocabulary(text).words
        )
    return False


def _commercial(words: list[str], kind: str) -> str:
    return (
        "contract"
        if kind == "treaty" and any(deals_tr.TRADE.match(lowered(word)) for word in words[-2:])
        else kind
    )
