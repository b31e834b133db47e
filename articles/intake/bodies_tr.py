"""Bodies in Turkish text: ministries, banks, courts, parties … whose name ends in the word that says what they are."""

import re

from .names_tr import lowered, name_start
from .wordlists import word_set, words
from .words import UPPER

_ENDING = r"(?:['’][a-zçğıöşü]+|(?:m[ıiuü]z)?(?:n?[ıiuü]n|n?[ae]|n?[ıiuü]|n?[dt][ae]n?(?:ki(?:l[ae]r\w*)?)?|yl[ae]|nc[ae])?)"
_HEAD = re.compile(rf"(?<!\w)({'|'.join(sorted(words('heads_tr'), key=len, reverse=True))}){_ENDING}(?!\w)")
_PARTY = re.compile(r"(?<!\w)(Parti|PARTİ)(?:['’]?(?:n[ıi]n|y[ei]|n?d[ae]n?|l[iı]\w*)?)(?!\w)")
_PRESIDENCY = re.compile(
    r"(?<!\w)(Cumhurbaşkanlığı|Genelkurmay)(?=['’]?n[ıiae]|['’]?nd[ae]|\s+(?:Sözcüsü|İletişim|açıkla|kaynak|tarafından|Kabinesi))"
)
_DOCUMENT_AFTER = re.compile(
    rf"(?:\s+[{UPPER}][\w-]*(?:\s+ve(?=\s+[{UPPER}]))?){{0,6}}\s+(?:Direktifi|Yönetmeliği|Yasası|Kanunu|Antlaşma|Andlaşma|Anlaşma|Sözleşme|Bildirgesi"
    r"|Bildirisi|Beyannamesi|Protokolü|Statüsü|Şartı|Tüzüğü|Mutabakatı)"
)
_COMPOUNDS, _GENERIC = word_set("compounds_tr"), word_set("generic_bodies_tr")
_GENERIC_HEADS = frozenset(
    """Kurulu Müdürlüğü Başkanlığı Merkezi Komitesi Komisyonu Grubu Ofisi Sekreterliği Kurumu Kuruluşu Heyeti Bürosu Dairesi
    İdaresi Temsilciliği Örgütü Teşkilatı Birliği Şirketi Platformu Forumu Ağı Okulu Kuvvetleri Kuvveti Partisi Servisi Fonu
    Koalisyonu Ortaklığı Topluluğu Hareketi Cephesi Gücü Müfettişliği Vekaleti Kanalı Gazetesi Dergisi""".split()
)
# Heads that also end everyday compounds, which data/compounds_tr.txt lists: "Güç Birliği", "Alım Gücü".
_COMPOUND_HEADS = frozenset("Birliği Gücü Merkezi Ortaklığı Ağı Fonu Hareketi Kurulu".split())
# With a country alone before them they are the state's arm and no body of their own: "Alman Polisi".
_OF_A_STATE = frozenset(
    "Ordusu Polisi Hükümeti Hükûmeti Jandarması Emniyeti Donanması Gücü Yolları Gümrükleri".split()
)
_NAMED_GOVERNMENT = re.compile(
    rf"(?<!\w)((?:[{UPPER}]\w*\s+){{0,3}}(?:Ulusal|Milli|Millî|Geçici|Sürgün|Halk|Birlik|Mutabakat)\s+(?:Mutabakat\s+|Birlik\s+|Ulusal\s+)?(?:Hükümeti|Hükûmeti))"
    r"(?:['’]?n?[ıiae]?n?)(?!\w)"
)


def find(text: str, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = []
    for match in _HEAD.finditer(text):
        place = _body(text, match, busy)
        if place:
            found.append(place)
    for match in _PARTY.finditer(text):
        start = name_start(text, match.start(), busy)
        if start < match.start() and not busy[match.start() - 2]:
            found.append((start, match.end(1), text[start : match.end(1)], 0.8, "a party by its name"))
    for match in _PRESIDENCY.finditer(text):
        found.append((match.start(), match.end(), match[1], 0.7, "a body by its name"))
    for match in _NAMED_GOVERNMENT.finditer(text):
        found.append((match.start(1), match.end(1), match[1], 0.75, "a government by its name"))
    return found


def _body(text: str, match: re.Match, busy: bytearray) -> tuple[int, int, str, float, str] | None:
    head, end = match[1], match.end(1)
    start = name_start(text, match.start(), busy)
    before = text[start : match.start()].split()
    if not before or names_a_document(text, match.end()) or _is_no_body(text, start, head, before, busy):
        return None
    return start, end, text[start:end], 0.85, f"a body by its name ({lowered(head)})"


def _is_no_body(text: str, start: int, head: str, before: list[str], busy: bytearray) -> bool:
    small = [lowered(word.rstrip(",")) for word in before]
    if head in _GENERIC_HEADS and all(word in _GENERIC for word in small):
        return True
    if head == "Bakanlığı" and small in (["devlet"], ["başkan"]):
        return True
    if head.startswith("İşletme") and text[start:].partition(head)[2].startswith(" Projesi"):
        return True
    if head == "Sanayii" and text[start:].partition(head)[2].startswith(" Başkan"):
        return True  # the office's name has not ended yet
    if head == "Odası" and small[-1] in (
        "kurulu",
        "toplantı",
        "makam",
        "kontrol",
        "bekleme",
        "çalışma",
        "haber",
        "harekat",
    ):
        return True
    if head == "Kurulu" and small[-1] in ("yönetim", "icra", "denetim", "danışma"):
        return True  # a company's board names the company
    if (
        head in _COMPOUND_HEADS
        and small[-1] in _COMPOUNDS
        and (len(small) == 1 or small[-1] in ("iş", "işbirliği", "alma"))
    ):
        return True
    if head == "Kongresi" and not busy[start]:  # "Berlin Kongresi" is a meeting
        return True
    if head in ("Grubu", "Heyeti") and small[-1] in ("çalışma", "dostluk", "uzman", "uzmanlar", "temas"):
        return True
    of_state = all(busy[place] for place in _places(text, start, before))
    return head in _OF_A_STATE and of_state


def _places(text: str, start: int, before: list[str]) -> list[int]:
    places, position = [], start
    for word in before:
        position = text.index(word, position)
        places.append(position)
        position += len(word)
    return places


def names_a_document(text: str, end: int) -> bool:
    """Whether the name goes on as that of a law or treaty: "Avrupa Birliği Antlaşması" names no union."""
    return bool(_DOCUMENT_AFTER.match(text, end))
