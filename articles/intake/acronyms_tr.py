"""Capitals that stand for an organisation in Turkish text: told by what they do and by the words beside them."""

import re

from .wordlists import word_set

_CAPITALS = re.compile(r"(?<![\w./-])([A-ZÇĞİÖŞÜ]{3,8}(?:-[A-ZÇĞİÖŞÜ]{1,3})?)(?:['’][a-zçğıöşü]+)?(?![\w-])")
_KIND_BESIDE = re.compile(
    r"(?:terör\s+örgüt|örgüt[üuıi]|parti(?:si|ye|nin)|şirket|ajans|kurum|kuruluş|firma|grub|holding|vakf|derne|sendika|federasyon|oda(?:sı|ları))\w*$",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(
    r"(?:['’]\w+)?\s+(?:terör|örgüt|parti|şirket|ajans|kurum|kuruluş|firma|grub|üniversite|holding|televizyon|kanal|vakf|derne|sendika)\w*",
    re.IGNORECASE,
)
_OFFICE_AFTER = re.compile(
    r"\s+(?:(?:Genel|Yönetim|İcra|Grup|İl|İlçe|Üst|Yürütme|Meclis|Türkiye|Avrupa|Dış)\s+)?(?:Başkan[ıvy]\w*|Müdür\w*|Sözcü\w*|Sekreter\w*"
    r"|Temsilci\w*|Milletvekil\w*|CEO\w*|Lider\w*|Üye\w*|Kurul\w*|Komutan\w*|Rektör\w*|Yönetici\w*|Koordinatör\w*|Direktör\w*|Uzman\w*|Heyet\w*|Merkez\w*)"
)
_ACTS = re.compile(
    r"(?:['’](?:n[ıiuü]n|[ıiuü]n|d[ae]n|t[ae]n|[yn]?[ae]|[ıiuü]))?,?\s+(?:(?:yapılan|bağlı|yeni|son|resmi|göre|tarafından|ile)\s+)?(?:\w+\s+)?"
    r"(?:açıkla|duyur|bildir|rapor|veri(?:ler)|karar|üyeli|üyesi|başvur|imzala|heyet|temsilci|yetkili|tarafından|operasyon|saldır|mensup|teröris"
    r"|destek|yöneti|başkan|genel\s+kurul|göre|hisse|ihale|yatırım|satın|sipariş|teslim|üret|kurul)",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’](?:n[ıiuü]n|[ıiuü]n)(?!\w)")
NEVER = word_set("no_acronyms_tr")


def find(text: str, busy: bytearray, bodies: list[tuple]) -> list[tuple[int, int, str, float, str]]:
    """Return the places of acronyms; ``bodies`` are the organisations found by their words."""
    ends = {place[1] for place in bodies}
    places: dict[str, list[re.Match]] = {}
    others: set[str] = set()
    for match in _CAPITALS.finditer(text):
        name = match[1]
        if name in NEVER or busy[match.start()] or _in_shouted_line(text, match):
            continue
        if _explains_something_else(text, match, ends):
            others.add(name)
        places.setdefault(name, []).append(match)
    found = []
    for name, matches in places.items():
        score = 0.0 if name in others else _score(text, matches)
        found += [(m.start(1), m.end(1), name, score, "capitals") for m in matches if score]
    return found


def _in_shouted_line(text: str, match: re.Match) -> bool:
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    return len(line) > len(match[0]) + 3 and line.upper() == line


def _explains_something_else(text: str, match: re.Match, ends: set[int]) -> bool:
    """In brackets behind words that name no organisation: of a treaty, a zone, a weapon."""
    if text[match.start() - 1 : match.start()] != "(" or text[match.end(1) : match.end(1) + 1] not in (
        ")",
        ",",
        ";",
    ):
        return False
    start = max(0, match.start() - 80)
    before = text[start : match.start() - 1].rstrip(" \"”’'»")
    if not re.search(r"\w$", before):
        return False
    end = start + len(before)
    return ends.isdisjoint(range(end - 12, end + 1))


def _score(text: str, matches: list[re.Match]) -> float:
    best = 0.0
    for match in matches:
        before, after = (
            text[max(0, match.start() - 30) : match.start()].rstrip(),
            text[match.end(1) : match.end(1) + 60],
        )
        if _OFFICE_AFTER.match(after) or _KIND_AFTER.match(after) or _KIND_BESIDE.search(before):
            best = max(best, 0.65)
        elif _ACTS.match(after):
            best = max(best, 0.6)
        elif len(matches) > 1 and _OWNS.match(after):
            best = max(best, 0.5)
    return best
