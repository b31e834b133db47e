"""Agreements that Turkish text tells in small letters: signed deals, orders, purchases, counted papers, entries of a chronicle."""

import re

from .names_tr import lowered
from .roles import ROLE
from .sentences import Sentence
from .wordlists import word_set
from .words import UPPER

Place = tuple[int, int, str, str, bool]
_KINDS = (
    ("mutabakat zapt", "memorandum", "mutabakat zaptı"), ("mutabakat muhtıra", "memorandum", "mutabakat muhtırası"),
    ("niyet mektu", "memorandum", "niyet mektubu"), ("niyet beyan", "memorandum", "niyet beyanı"), ("muhtıra", "memorandum", "muhtırası"),
    ("antlaşma", "treaty", "antlaşması"), ("sözleşme", "treaty", "sözleşmesi"), ("anlaşma", "agreement", "anlaşması"), ("mutabakat", "agreement", "mutabakatı"), ("protokol", "protocol", "protokolü"),
    ("bildirge", "declaration", "bildirgesi"), ("bildiri", "declaration", "bildirisi"), ("beyanname", "declaration", "beyannamesi"), ("deklarasyon", "declaration", "deklarasyonu"), ("ateşkes", "agreement", "ateşkesi"),
)  # fmt: skip
_HEAD = re.compile(
    r"(?<!\w)(mutabakat\s+zapt[ıi]|mutabakat\s+muhtıra|niyet\s+mektub?[up]|niyet\s+beyan|muhtıra|antlaşma|sözleşme|anlaşma|mutabakat|protokol|bildirge|bildiri"
    r"|beyanname|deklarasyon|ateşkes)(?:s[ıi]|[ıiuü]|l[ae]r[ıi]?)?(?:n[ıiuü]n|n?[ıiuü]|n?[ae]|y[ıiuüae]|yl[ae]|nd[ae]n?)?(?!\w)",
    re.IGNORECASE,
)
_SIGNED_AFTER = re.compile(
    r"^(?!\s+imzala(?:n?ma(?:dı|mış|yacak|ya\s|z)))(?:\s+(?!ve\s)[\w’'(),.–-]+){0,9}?\s+(?:imza(?:la\w+|\s+at|ya\s+aç|\s+altına)|akde\w+|parafe|paraf\s|yapıl(?:dı|mış)|yenilen(?:di|miş)|uzatıl(?:dı|mış))",
    re.IGNORECASE,
)
_SIGNED_BEFORE = re.compile(
    r"(?:imzala(?:nan|nmış|dığı\w*|dıkları\w*|ndığı\w*)|akdedilen|akdettiği|varılan|parafe\s+edilen|\d{4}\s+tarihli)\s+(?:[\w’'-]+\s+){0,8}$",
    re.IGNORECASE,
)
_PARTY = rf"(?<![\w-])(?:[{UPPER}][\w.&-]{{0,30}}(?:['’]\w+)?\s+)"
_AMONG = re.compile(r"[Aa]rasında(?:ki)?(?!\w)")
_FIRST_PARTY = re.compile(rf"({_PARTY}{{1,7}})$")
_WITH = re.compile(rf"((?:[{UPPER}][\w.&-]{{0,30}}\s+){{1,7}})(?:ile|['’]?y?l[ae])\s")
_SIGNING = re.compile(r"imza|akde|parafe|varılan|tarihli|yapıl|yenilen|uzatıl", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:^|\s)(?:bu|söz\s+konusu|anılan|ilgili|aynı|hiçbir|herhangi\s+bir)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_STOPS = word_set("before_instruments_tr")
_CASE = re.compile(
    r"(?:nd[ae]n?|[dt][ae]ki|[dt][ıiuü]ğ[ıiuü]\w*|[ae]n|n[ıiuü]n|s[ıiuü]n[ae]|[ae]r[ae]k|[ıiuü]p|t[ae]n?|d[ae]n?|yl[ae]|l[ıiuü]|[ıiuü]nc[ıiuü]|[ae]c[ae]k)$"
)
_NOT_CASE = re.compile(
    r"^(?:güven\w*|plan|liman|maden|eğitim|vize|kültür\w*|yakıt|savunma|lisans|işbirliği|geri|ilhak|saldırmazlık|adil|mali|siyasi|nükleer|ekonomik|orman|insan|vatan)$"
)
_MONEY = re.compile(
    r"\d[\d.,]*\s+(?:(?:milyon|milyar|bin|trilyon)\s+)?(?:ABD\s+)?(?:dolar|euro|avro|lira|TL|sterlin|ruble|yen|yuan|manat|dirhem|riyal)",
    re.IGNORECASE,
)
TRADE = re.compile(
    r"(?:hizmet|satış|satın|alım|tedarik|kira|kredi|finansman|yatırım|işletme|danışmanlık|yapım|inşaat|bayilik|lisans|devir|devri|bakım|teslimat|ihracat|sipariş|taşeron|franchise|distribütör)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:(?<=\s)|^)((?:[\w’'-]+\s+){0,3})(sipariş)(?:i|ini|ler|leri|lerini)?\s+(?:aldı|almış|alındı|alan|verdi|vermiş|verildi)\w*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"(?<![\w-])([{UPPER}][\w&-]{{0,30}}(?:\s+[{UPPER}][\w&-]{{0,30}}){{0,5}})(?:,|['’]\w+|\s)"
)
_WEAPON = re.compile(
    rf"(?<![\w-])((?:[{UPPER}][A-Za-z]{{0,12}}[- ]?\d{{1,4}}[A-Z]?|Eurofighter|Patriot|Rafale|Typhoon)(?:\s+[\w-]+){{0,4}}?)\s+(alımı|satışı|satın\s+alımı|tedariki|alım\s+anlaşması|program[ıi])(?:n[ıiuü]n|n[ıiuü]|na|nd[ae]n?)?(?!\w)"
)
_PURCHASE = re.compile(
    rf"(?<![\w-])((?:[{UPPER}][\w-]*\s+)(?:[\w-]+\s+){{0,5}}?)(alımı|tedariki|satın\s+alımı)(?!\w)"
)
_TAKEOVER = re.compile(
    rf"(?<![\w-])([{UPPER}][\w&-]{{0,30}}(?:\s+[{UPPER}][\w&-]{{0,30}}){{0,4}})(?:\s+(?:adlı\s+)?(?:şirket|firma|banka|grub|holding|marka|işletme)\w*|['’]?(?:n?[ıiuü]n)\s+(?:tamamını|çoğunluk|hisse\w*|pay\w*|yüzde)|['’][yn]?[ıiuü](?!\w)|['’]n?[ıiuü]n(?=[^.;\n]{{0,60}}\starafından\s+satın))"
    r"[^.;\n]{0,70}?(?:satın\s+al(?:dı|mıştı|mış|ındı|ınmış|acak|dığı|ınaca[kğ]|ması)|devral(?:dı|mıştı|acak|dığı|ındı))\w*"
)
_TAKEOVER_DEAL = re.compile(
    rf"(?<![\w-])[{UPPER}][\w&-]{{0,30}}(?:\s+[{UPPER}][\w&-]{{0,30}}){{0,4}}\s+satın\s+alma\s+anlaşması"
)
_SIGNED_A = re.compile(
    rf"([{UPPER}]\w+),?\s+(?:\d{{4}}\s+yılında|\d{{4}}['’][dt][ae]),?\s+bir\s+([Aa]ntlaşma|[Aa]nlaşma)\s+imza"
)
_ENTRY = re.compile(
    rf"(?:^|[—–:-]\s+)([{UPPER}][\w-]*(?:\s+[{UPPER}][\w-]*){{0,4}}?)(?:\s+[{UPPER}]\w+['’][dt][ae])?\s+(?:resmen\s+)?(?:imzalandı|parafe\s+edildi|akdedildi)"
)
_COUNT = re.compile(
    r"(?<![\w.,])((?:\d{1,3}|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|on\s+bir|on\s+iki|çok\s+sayıda|bir\s+dizi|çeşitli)\s+(?:adet\s+|ayrı\s+|yeni\s+)?"
    r"(?:(?!milyon|milyar|bin\b|yüzde|\w+l[ıiuü]k\b)[\w]+\s+){0,2}?)(anlaşma|mutabakat\s+zaptı|protokol|sözleşme|belge|mutabakat\s+muhtırası|niyet\s+mektubu)"
    r"(?:ya|ye|nın|nin|yı|yi|sı|ü|e)?(?!\w)[^.;]{0,60}?imza",
    re.IGNORECASE,
)


def signed(sentence: Sentence) -> list[Place]:
    """ "… arasında eğitim alanında iş birliği protokolü imzalandı"."""
    found: list[Place] = []
    for match in _HEAD.finditer(sentence.text) if _SIGNING.search(sentence.text) else ():
        before, after = sentence.text[: match.start()], sentence.text[match.end() : match.end() + 160]
        is_signed = _SIGNED_AFTER.match(after) or _SIGNED_BEFORE.search(before[-140:])
        if (
            not is_signed
            or (match[1][0].isupper() and not re.match(r"\s+[İi]mza", after))
            or _REFERENCE.search(before)
            or (found and _HEAD.search(sentence.text, found[-1][1] - sentence.start, match.start()))
        ):
            continue
        words = subject(before)
        partner = _between(before) or _with(before)
        alone = not partner and not _MONEY.search(before)
        if alone and (not words or re.search(r"l[ae]r", match[0][len(match[1]) :])):
            continue
        kind, form = _kind(match[1], words, sentence.text)
        opening = " ".join(partner.split())
        title = " ".join(
            part for part in (opening, " ".join(words), form if words else _bare(match[1])) if part
        )
        start = match.start() - len(" ".join(words)) - bool(words)
        start = max(0, before.rfind(words[0])) if words else start
        found.append((sentence.start + start, sentence.start + match.end(), _capital(title), kind, False))
    return found


def _kind(head: str, words: list[str], sentence: str) -> tuple[str, str]:
    plain = re.sub(r"\s+", " ", lowered(head))
    _, kind, form = next(entry for entry in _KINDS if plain.startswith(entry[0]))
    if (
        kind == "treaty"
        and plain == "sözleşme"
        and (not words or _MONEY.search(sentence) or any(TRADE.match(word) for word in words))
    ):
        kind = "contract"
    return kind, form


def _bare(head: str) -> str:
    return re.sub(r"\s+", " ", lowered(head))


def subject(before: str) -> list[str]:
    """The words of the instrument's name that stand before it: back to a case, a count, a comma or a word that only points."""
    words: list[str] = []
    for word in reversed(before.split()):
        plain = lowered(word)
        joins = plain == "ve" and words and not words[0][0].isupper()
        if len(words) == 6 or re.search(r"[\d,;:()\"“”’'.]", word):
            break
        if not joins and (
            plain in _STOPS or (word[0].islower() and _CASE.search(plain) and not _NOT_CASE.match(plain))
        ):
            break
        words.insert(0, word)
    while words and lowered(words[0]) in _STOPS:
        words = words[1:]
    return words


def _between(before: str) -> str:
    """ "A ile B arasında", when two names stand so; nothing where it would be a whole sentence."""
    *_, last = [None, *_AMONG.finditer(before)]
    if last is None:
        return ""
    joints = [before.rfind(word, 0, last.start()) for word in (" ile ", "’la ", "'la ", "’le ", "'le ")]
    joint = max(joints)
    if joint < 0 or last.start() - joint > 110:
        joint = before.rfind(" ve ", 0, last.start())
    first = _FIRST_PARTY.search(before[: joint + 1]) if joint > 0 else None
    if first is None or last.start() - first.start() > 150 or ROLE.search(first[1]):
        return ""
    return before[first.start() : last.end()]


def _with(before: str) -> str:
    found = _WITH.search(before[-160:])
    return found[0] if found and not ROLE.search(found[0]) else ""


def _capital(title: str) -> str:
    return title[0].replace("i", "İ").upper() + title[1:]


def orders(sentence: Sentence) -> list[Place]:
    """ "… yaklaşık 742 milyon dolar tutarında yeni satış siparişi aldı"."""
    found: list[Place] = []
    for match in _ORDER.finditer(sentence.text) if "sipariş" in sentence.text else ():
        before = sentence.text[: match.start(2)]
        who = _SUBJECT.search(before)
        if who and (_MONEY.search(before) or re.search(r"\d", before)):
            words = [who[1], *subject(before), "siparişi"]
            found.append(
                (
                    sentence.start + match.start(2),
                    sentence.start + match.end(),
                    " ".join(words),
                    "contract",
                    False,
                )
            )
    return found


def purchases(sentence: Sentence) -> list[Place]:
    """Arms by their code ("S-400 alımı", "F-35 programı"), what is bought by what it is, and companies taken over."""
    found: list[Place] = []
    for match in _WEAPON.finditer(sentence.text):
        kind = "programme" if match[2].startswith("program") else "contract"
        title = f"{match[1]} {match[2]}"
        found.append((sentence.start + match.start(), sentence.start + match.end(2), title, kind, False))
    for match in (
        _PURCHASE.finditer(sentence.text) if "alımı" in sentence.text or "tedarik" in sentence.text else ()
    ):
        named = (
            re.search(r"\d|sistem|uçak|uçağı|gemi|helikopter|füze|tank", match[1])
            and len(match[0].split()) >= 3
        )
        if named and not any(place[0] <= sentence.start + match.start() < place[1] for place in found):
            found.append(
                (sentence.start + match.start(), sentence.start + match.end(), match[0], "contract", False)
            )
    for match in (
        _TAKEOVER.finditer(sentence.text) if "satın al" in sentence.text or "devral" in sentence.text else ()
    ):
        found.append(
            (
                sentence.start + match.start(),
                sentence.start + match.end(1),
                f"{match[1]} satın alımı",
                "contract",
                False,
            )
        )
    for match in _TAKEOVER_DEAL.finditer(sentence.text):
        found.append(
            (sentence.start + match.start(), sentence.start + match.end(), match[0], "contract", False)
        )
    return found


def joined(sentence: Sentence) -> list[Place]:
    """ "Grönland, 1985 yılında bir Antlaşma imzalayarak …": named by who signed it."""
    return [
        (
            sentence.start + match.start(1),
            sentence.start + match.end(2),
            f"{match[1]} {match[2].capitalize()}sı",
            "treaty" if match[2][2] == "t" else "agreement",
            False,
        )
        for match in (_SIGNED_A.finditer(sentence.text) if "imza" in sentence.text else ())
    ]


def entries(sentence: Sentence) -> list[Place]:
    """ "2015-02-12 — Örnek II imzalandı": what is signed in a chronicle's entry, whatever it is called."""
    return [
        (sentence.start + match.start(1), sentence.start + match.end(1), match[1], "agreement", False)
        for match in (_ENTRY.finditer(sentence.text) if _SIGNING.search(sentence.text) else ())
        if not _HEAD.search(match[1]) and lowered(match[1].split()[0]) not in _STOPS
    ]


def counted(sentence: Sentence) -> list[Place]:
    kinds = {"anlaşma": "agreement", "protokol": "protocol", "sözleşme": "treaty", "belge": "agreement"}
    return [
        (
            sentence.start + match.start(),
            sentence.start + match.end(2),
            match[1].capitalize() + match[2],
            kinds.get(match[2].lower(), "memorandum"),
            True,
        )
        for match in (_COUNT.finditer(sentence.text) if "imza" in sentence.text else ())
    ]


FINDERS = (counted, signed, orders, purchases, joined, entries)
