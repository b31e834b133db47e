"""Capitals: named for their government they stand for the country, as places they do not."""

import re

from entities.inflection import russian_cases
from entities.matcher import Match, folded_in_place, folded_word

from .everyday_en import is_everyday
from .given_names import latin_given_names

_SEAT = frozenset(
    {
        "kremlin",
        "кремль",
        "кремля",
        "кремлю",
        "кремлем",
        "кремле",
        "beyaz saray",
        "white house",
        "белый дом",
        "белого дома",
    }
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|to|from|near|outside|for|via|through|around|visit(?:ed|ing)?|left|leaving|toured"
    r"|city of|capital,?|downtown|central|into|across|of)"
    r"|\b(?:в|во|из|под|около|по|до|на|городе|город|столиц\w+|через))\s+$",
    re.IGNORECASE,
)
_GOVERNMENT_BEFORE = re.compile(
    r"(?:\b(?:between|official|with|against|relations with|ties with|and|toward|towards|и|между|с|со"
    r"|официальн\w+|отношени\w+ с|готовност\w+|позици\w+|стороны"
    r"|resmi|ile|ve))\s+$",
    re.IGNORECASE,
)
_GOVERNMENT_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:agree[ds]?|sa(?:ys|id)|announce[ds]?|want(?:s|ed)|reject(?:s|ed)|accuse[ds]?"
    r"|insist(?:s|ed)|decide[ds]?|refuse[ds]?|"
    r"den(?:ies|ied)|call(?:s|ed)|hope[ds]?|ha[sd]|will|would|does|did|is|was|must|may|can|plans?"
    r"|seeks?|sought|signed|supports?|ed|offer(?:s|ed)|"
    r"соглас\w+|договорил\w+|обсуд\w+|обменял\w+|заяв\w+|реши\w+|готов\w*|настаива\w+|отказа\w+|хочет"
    r"|хотят|не\s|обвин\w+|подпис\w+|намерен\w*|выступ\w+|поддерж\w+|счита\w+|предлож\w+|будет|"
    r"в\sобмен|рассчитыва\w+|надеется|требу\w+|açıkla\w+|istiyor|ist\w+|karar|yönetimi|hükümeti)\b",
    re.IGNORECASE,
)


_ACTS = re.compile(
    r"^\s+(?:также\s+|вновь\s+|уже\s+|пока\s+|по-прежнему\s+)?(?:[а-яё]{3,}(?:ла|ли|[её]т|ит|ют|ят|л)(?:а?сь|ся|ись)?)(?!\w)"
)
_LIES = re.compile(
    r"^\s+(?:находит|располож|лежит|стоит|раскинул|встретил|принимает|стал|являет|проводит|растет|растёт)"
)
_STATES = re.compile(
    r",?\s+(?:[\w’']+\s+){0,6}?(?:uyardı|kınadı|reddetti|açıkladı|çağırdı|suçladı|onayladı|imzaladı|istedi|istiyor|destekledi|destekliyor|bildirdi"
    r"|duyurdu|savunuyor|bekliyor|kabul\s+etti|karar\s+verdi|talep\s+etti|tepki\s+gösterdi|yanıt\s+verdi|nota\s+verdi)(?!\w)"
)
_STANCE = re.compile(
    r"['’]n?[ıiuü]n\s+(?:[\w’']+\s+){0,2}?(?:tutumu|kararı|politikası|talebi|talepleri|tepkisi|açıklaması|endişe|yaklaşımı|tezi|itirazı|desteği|onayı|tavrı|hamlesi|beklentisi)"
)


def is_given_name(text: str, match: Match) -> bool:
    """ "Nursultan Nazarbayev", "Sofia Example": a capital's name before a surname."""
    if match.entry.kind != "capital" or folded_word(match.entry.text) not in latin_given_names():
        return False
    following = re.match(r"\s([A-Z][a-z]{3,})\b", text[match.end : match.end + 30])
    return bool(following) and not is_everyday(following[1])


def as_government(text: str, match: Match, before: str, after: str, written: str) -> float | None:
    """A capital counts where it acts or has relations, not where something happens in it."""
    if any(written.startswith(seat) for seat in _SEAT):
        return 0.5
    if match.entry.language == "ru" and _acts_in_russian(match, before, after, written):
        return 0.6
    if _STATES.match(text, match.end) or _STANCE.match(text, match.end):
        return 0.7
    starts_line = match.start == 0 or text[match.start - 1] == "\n"
    if starts_line and re.match(r"\s*(?:[,(/–—-]|\d)", after):
        return None
    if re.match(r"['’](?:d[ae]|t[ae]|y[ae]|[ae])\w*", after) and match.entry.language == "tr":
        return None
    if re.match(
        r"['’]?\w*\s+(?:Üniversite|Belediye|Büyükşehir|Valili|Ticaret|Sanayi|Havaliman|Emniyet|Barosu|Kriterleri|Süreci|Zirvesi|Büyükelçi"
        r"|Temsilcili|Fuarı|Borsası|Mutabakat|Bildirge|Antlaşma|Anlaşma|Konferans|Sözleşme|Protokol|Treaty|Agreement|Convention|Protocol"
        r"|Declaration|Summit|Times|Post|University|State|Exchange|Stock)",
        after,
    ):
        return None
    if re.search(r"[A-ZÇĞİÖŞÜ]\w+\s$", before) and match.entry.language == "en":
        return None
    if _GOVERNMENT_AFTER.match(after) and not re.search(
        r"\b(?:in|at|to|from|near|в|из|of)\s+$", before, re.IGNORECASE
    ):
        return 0.7
    if _PLACE_BEFORE.search(before):
        return None
    if (pair := re.match(r"\s(?:and|и|ve)\s[^\W\d_][\w-]+", after)) and _GOVERNMENT_AFTER.match(
        text[match.end + pair.end() : match.end + pair.end() + 40]
    ):
        return 0.7
    return 0.6 if _GOVERNMENT_BEFORE.search(before) and _beside_state(text, match) else None


def _acts_in_russian(match: Match, before: str, after: str, written: str) -> bool:
    """In Russian the case tells: who is given ("Тегерану"), by whom ("Белградом"), who does ("Анкара ввела")."""
    forms = russian_cases(folded_in_place(match.entry.text))
    form = folded_in_place(written)
    if len(set(forms)) < 4 or _PLACE_BEFORE.search(before):
        return False
    if form == forms[4]:
        return not re.search(r"(?<!\w)(?:под|над|перед|за|рядом\s+с)\s+$", before, re.IGNORECASE)
    if form == forms[2]:
        return not re.search(r"(?<!\w)(?:к|ко|о|об|при|по|благодаря)\s+$", before, re.IGNORECASE)
    pair = re.match(r"\s+и\s+[А-ЯЁ][а-яё-]+(?=\s)", after)
    after = after[pair.end() :] if pair else after
    return form == forms[0] and bool(_ACTS.match(after)) and not _LIES.match(after)


def _beside_state(text: str, match: Match) -> bool:
    """The word before joins it to another capitalised name ("Washington and Moscow", "talks with Moscow")."""
    before = text[max(0, match.start - 40) : match.start]
    return bool(
        re.search(
            r"(?:[A-ZА-ЯÇĞİÖŞÜ][\w-]+\s+(?:and|и|ve|ile|с)|\b(?:between|между|relations with|ties with"
            r"|talks with|отношени\w+ с|готовност\w+|позици\w+|официальн\w+|official))\s+$",
            before,
        )
    )
