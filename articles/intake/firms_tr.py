"""Companies and brands in Turkish text: by their legal form, their trade, their code on the exchange, and what is said of them."""

import re

from .given_names import latin_given_names
from .names_tr import lowered, name_start
from .roles import ROLE_WORDS
from .vocabulary import vocabulary
from .wordlists import lines, word_set, words
from .words import UPPER

_SURE = frozenset(
    """Holding A.Ş. A.Ş AŞ T.A.Ş. T.A.O. Şti. Şti Ltd. GYO GSYO Inc Inc. Corp Corp. Corporation Company Ltd Limited LLC PLC GmbH
    SpA S.p.A. N.V. S.A. Group Airlines Airways Technologies Pharmaceuticals Motors Aerospace Bancorp Semiconductor Enterprises""".split()
)
_LAST = re.compile(
    rf"(?<![\w.])({'|'.join(re.escape(word) for word in sorted(words('sectors_tr'), key=len, reverse=True))})(?!\w)"
)
_RUN = rf"((?:[{UPPER}][\w&+-]{{0,30}})(?:\s+(?:[{UPPER}][\w&+-]{{0,30}}|\d{{1,3}}(?=\s[{UPPER}]))){{0,4}})"
_CODED = re.compile(rf"(?<![\w.-])({_RUN})\s*\((?:[A-Z]{{3,5}}\s*/\s*)*([A-Z]{{4,6}})\)")
_KIND_BEFORE = re.compile(
    r"(?<!\w)(?:şirket(?:i|lerinden|lerden)|firma(?:sı|larından)|üretici(?:si|lerinden)|dev(?:i|lerinden)|kuruluş(?:u|larından)|ajansı|operatörü"
    r"|geliştiricisi|sağlayıcısı|tedarikçisi|yüklenicisi|perakendecisi|markası|ortaklığı|iştiraki|bankası|örgütü|gazetesi|dergisi|kanalı|grubu)"
    rf",?\s+(?:olan\s+)?{_RUN}"
)
_KIND_AFTER = re.compile(
    rf"(?<![\w.-]){_RUN}(?:\s+(?:adlı|isimli))?\s+(?:şirket|firma|holding|marka|gazete|dergi|haber\s+ajans|ajans|televizyon|kanal|örgüt|parti|grub|banka|kulüb|derneğ|vakf)"
    r"(?:[sıiuü]\w*|ın\w*|in\w*|e|a)(?!\w)"
)
_OFFICE = re.compile(
    r"\s+(?:Genel\s+Müdür\w*|CEO['’]?\w*|Üst\s+Yönetici\w*|İcra\s+Kurulu|Yönetim\s+Kurulu|Genel\s+Koordinatör\w*|Ülke\s+Müdür\w*|Kurucu(?:su|\s+Ortağı)"
    r"|Genel\s+Yayın\s+Yönetmen\w*|Mali\s+İşler\s+Direktör\w*)"
)
_OFFICE_AFTER = re.compile(rf"(?<![\w.-]){_RUN[:-1]}?)" + _OFFICE.pattern)
_MAKES = re.compile(
    rf"(?<![\w.-]){_RUN}['’](?:n?[ıiuü]n)\s+(?:[\w’']+\s+)?(?:geliştirdiği|ürettiği|imal\s+ettiği|inşa\s+ettiği|işlettiği|ihraç\s+ettiği|bağlı\s+ortaklığı|iştiraki|hissesi|hisseleri"
    r"|payları|genel\s+müdürü|cirosu|fabrikası|tesisi|filosu|CEO)"
)
_ACTS = re.compile(
    r"(?:['’]\w+)?(?:\s+(?:ise|de|da))?(?:,|\s)(?:[^.\n]{0,170}?\s)?(?:imzala|satın\s+al|üret|açıkla|duyur|bildir|başvur|ihra[cç]|sipariş|yatırım|sermaye|hisse|bağlı\s+ortak|iştirak|bedelsiz|ihale|teslim|tesis|fabrika)",
    re.IGNORECASE,
)
_PLAIN = str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU")
_STARTERS = word_set("sentence_starters_tr")
_PORTFOLIOS = word_set("portfolios_tr")
_TRADES = frozenset(word for line in lines("sectors_tr") for word in line.split())
_ADJECTIVE = re.compile(
    r"(?:s[ae]l|l[ıiuü]|s[ıiuü]z|[ae]bilir|m[ıiuü]ş|[ıiuü]c[ıiuü]|d[ae]ki|n[ıiuü]n|l[ae]r)$"
)
_GENERIC = frozenset(
    """türk yeni büyük küçük milli millî ulusal uluslararası global küresel dünya yerli yabancı kamu özel ana alt ortak
    genel toplam doğal ham temiz yeşil nükleer dış iç temel ağır hafif orta uzun kısa akıllı dijital siber askeri askerî""".split()
)


def find(text: str, busy: bytearray, bodies: list[tuple]) -> list[tuple[int, int, str, float, str]]:
    """Return the places of companies outside of ``bodies``, which are found already."""
    taken = bytearray(busy)
    for body in bodies:
        taken[body[0] : body[1]] = b"\x01" * (body[1] - body[0])
    found = [*_by_last_word(text, busy), *_by_code(text, taken)]
    found += [*_by_kind(text, taken), *_by_office(text, taken)]
    return found


def _by_last_word(text: str, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = []
    for match in _LAST.finditer(text):
        sure = match[1] in _SURE
        start = name_start(text, match.start(), busy, joined=False)
        start = _without_people(text, _with_trades(text, start, busy), match.start(), busy)
        name = text[start : match.end()]
        if start == match.start() or not _is_proper(text, start, name.split()[0], busy, sure=sure):
            continue
        if sure:
            found.append((start, match.end(), name, 0.85, f"a company by its form ({match[1]})"))
        elif _is_supported(text, start, match.end(), name):
            found.append((start, match.end(), name, 0.65, "a company by its trade"))
    return found


def _without_people(text: str, start: int, end: int, busy: bytearray) -> int:
    """ "Çinli Örnek Holding": who they are, before what it is called."""
    first = re.match(r"\S+l[ıiuü]\s+", text[start:end])
    return start + first.end() if first and busy[start] and first.end() < end - start else start


def _with_trades(text: str, start: int, busy: bytearray) -> int:
    """ "Türk İlaç ve Serum Sanayi", "Özaltın İnşaat Ticaret ve Sanayi": a joint between trades stands inside the name."""
    joint = re.search(rf"(?:([{UPPER}]\w+)) ve $", text[max(0, start - 40) : start])
    if joint is None or joint[1] not in _TRADES or joint[1] in _SURE:
        return start
    inner = start - len(joint[0])
    return name_start(text, inner, busy, joined=False)


def _is_supported(text: str, start: int, end: int, name: str) -> bool:
    """A trade's word ends headings and fields of policy too: a company owns, signs, buys or is named again."""
    after = text[end : end + 210]
    if re.match(rf"\s(?:ve\s)?[{UPPER}]", after) and not _OFFICE.match(after):
        return False
    owned = re.match(r"['’](?:[nd]?[ıiuü]n|[yn]?[ae]|[dt][ae]n?|[yn]?[ıiuü]|l[ae])(?!\w)", after)
    said = (
        bool(owned)
        + bool(_ACTS.match(after))
        + (text.count(name) > 1)
        + bool(_KIND_BEFORE.search(text[max(0, start - 40) : end]))
    )
    said += len(name.split()) > 2
    return said >= 2 or bool(re.match(r"\s*\([A-Z]{3,6}\)", after))


def _is_proper(text: str, start: int, first: str, busy: bytearray, *, sure: bool) -> bool:
    """No everyday word at the head of the name: "Yenilenebilir Enerji" is a field, "Aksa Enerji" a company."""
    small = lowered(first)
    if busy[start] and not sure:
        return first in ("Türk", "Türkiye")
    if first in _STARTERS or small in _GENERIC - {"türk"}:
        return False
    return sure or not (
        first in _PORTFOLIOS
        or first in _TRADES
        or _ADJECTIVE.search(small)
        or small in vocabulary(text).words
    )


def _by_code(text: str, taken: bytearray) -> list[tuple[int, int, str, float, str]]:
    """ "Örnek Makina (ORNEK)": the code on the exchange is made of the name's letters."""
    found = []
    for match in _CODED.finditer(text):
        name, code = match[1], match[3]
        letters = iter(re.sub(r"\W", "", name).translate(_PLAIN).upper())
        initials = "".join(word[0] for word in name.split())
        if len(initials) > 2 and code.startswith(initials[:3].translate(_PLAIN)):
            continue  # an acronym, of a plan or a zone as well as of a body
        if not taken[match.start(1)] and all(letter in letters for letter in code[:3]):
            found.append((match.start(1), match.end(1), name, 0.8, "a company by its code"))
    return found


def _by_kind(text: str, taken: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = []
    for pattern in (_KIND_BEFORE, _KIND_AFTER, _MAKES):
        for match in pattern.finditer(text):
            if text[: match.start(1)].endswith(("bir ", "Bir ")):
                continue
            place = _trimmed(text, match.start(1), match.end(1), taken)
            if place:
                found.append((*place, text[place[0] : place[1]], 0.7, "said to be a company"))
    return found


def _by_office(text: str, taken: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = []
    for match in _OFFICE_AFTER.finditer(text):
        place = _trimmed(text, match.start(1), match.end(1), taken)
        if place:
            found.append((*place, text[place[0] : place[1]], 0.75, "has a director"))
    return found


def _trimmed(text: str, start: int, end: int, taken: bytearray) -> tuple[int, int] | None:
    """The run without what opens the sentence; None for a place, a person or an everyday word."""
    name = text[start:end]
    while name.split()[0] in _STARTERS:
        rest = name.split(maxsplit=1)[1:]
        if not rest:
            return None
        start, name = end - len(rest[0]), rest[0]
    first = name.split()[0]
    if re.search(r"[ıiuü]m[ıiuü]z$|^(?:Şirket|Banka|Kurum|Firma|Grup|Kuruluş|Vakıf|Dernek)", first):
        return None
    if taken.find(1, start, end) >= 0 or any(lowered(word) in ROLE_WORDS for word in name.split()):
        return None
    if lowered(first) in latin_given_names() and len(name.split()) > 1:
        return None
    small = lowered(first)
    if len(name.split()) == 1 and (
        small in vocabulary(text).words or small in _GENERIC or first in _PORTFOLIOS or len(name) < 3
    ):
        return None
    return (start, end) if not _ADJECTIVE.search(small) else None
