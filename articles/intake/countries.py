"""Countries that a text names, and which of them it is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from entities.matcher import Match, folded_word

from .capitals import as_government
from .focus import decide
from .sentences import Sentences

_REASONS = {
    "official": "official name",
    "short": "name",
    "acronym": "acronym",
    "adjective": "adjective",
    "demonym": "inhabitants",
    "prefix": "adjective",
    "capital": "capital standing for its government",
    "subdivision": "part of the country",
    "former": "former name",
}
# Ordinary words that look like a country at the beginning of a sentence.
_HOMOGRAPHS = {
    "ru": frozenset({"того", "чад", "чаде", "чада", "мали", "перу", "дании"}),
    "tr": frozenset({"mali", "benin", "katar", "mısır", "fas", "çin", "gine"}),
    "en": frozenset({"turkey", "us", "chad", "china", "polish", "guinea"}),
}
_NOT_A_COUNTRY_BEFORE = re.compile(
    r"(?:\b(?:new|lake|sea of|gulf of|bay of|strait of|east|latin|north|south|central|inter|pan|meso|lower|upper"
    r"|organi[sz]ation of|river|mount|port of)[\s-]+(?:the\s+)?"
    r"|\b(?:северн|южн|латинск|центральн)\w+\s+|\b(?:озеро|озера|море|новая|новой|новую)\s+"
    r"|\b(?:latin|güney|kuzey|orta|yeni)\s+)$",
    re.IGNORECASE,
)
_ONLY_AFTER = {
    "latin": ("us",), "north": ("us",), "south": ("us", "cn", "ge"), "central": ("us",), "inter": ("us",), "pan": ("us",), "meso": ("us",),
    "east": ("in", "cn"), "lower": ("us",), "upper": ("gn",), "organi": ("us",), "северн": ("us", "ie"), "южн": ("us", "cn"),
    "латинск": ("us",), "центральн": ("us",), "güney": ("us", "cn"), "kuzey": ("us", "ie"), "orta": ("us",), "yeni": ("gn",),
}  # fmt: skip
_NOT_A_COUNTRY_AFTER = re.compile(
    r"^(?:['’]?s)?[\s-]+(?:sea|ocean|gulf|channel|delta|river|valley|nuts?|languages?|speaking"
    r"|speakers?|pig|fowl|pox|ink"
    r"|мор[еяюь]\w*|океан\w*|залив\w*|пролив\w*|язык\w*|deniz\w*|okyanus\w*|körfez\w*|dili\w*|dilin\w*|nehri\w*|kaldırım\w*|ciğeri\w*|bezi|anahtarı\w*|ruleti|salatası|çakısı|eriği)(?!\w)",
    re.IGNORECASE,
)
_TURKIC = re.compile(
    r"^\s+(?:dünyası|devletleri|konseyi|halkları|dilleri|cumhuriyetleri|boyları|lehçe)", re.IGNORECASE
)
# "mali" is "financial", also in headings and in capitals.
_FINANCIAL = re.compile(
    r"mal[iİ̇]+\s+(?:iş|suç|müşavir|destek|yardım|disiplin|politika|kriz|tablo|yıl|piyasa|sektör|istikrar|kaynak|eylem|kural|hizmet|durum|yapı|konu|kontrol"
    r"|rapor|analiz|yük|bilanço|detay|sonuç|performans|açık|denetim|sorumlu|bünye|plan|güç|şart|hedef|teşvik|katkı|ilişki)",
    re.IGNORECASE,
)
# Where somebody comes from ("İsrailli üretici") and what land is called ("Kore Yarımadası") say less what a text is about.
_ORIGIN = re.compile(r"l[ıiuü]$")
_FEATURE_AFTER = re.compile(r"^\s+(?:[Yy]arımada|[Yy]aylası|[Bb]oğazı|[Çç]ölü)")
_IN_LANGUAGE = re.compile(r"\b(?:in|into|from|на|speak|speaks|spoke)\s+$", re.IGNORECASE)
# "held in Nassau, Bahamas", "KIGALI, Rwanda (AP)": where it happened says little about what the text is about.
_VENUE = re.compile(
    r"(?:\b(?:in|near|outside)\s(?:[A-Z][\w’'-]+\s){0,2}[A-Z][\w’'-]+|(?:^|\n)[A-Z][A-Z’'-]+(?:\s[A-Z][A-Z’'-]+)?),\s$"
)
_DOLLAR_AFTER = re.compile(r"^[\s-]*(?:dollars?|доллар\w*|dolar\w*|\$)", re.IGNORECASE)
_DOLLAR_BEFORE = re.compile(r"(?:доллар\w*|долл\.?|dolar\w*)\s+$", re.IGNORECASE)
_US_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Alabama|Florida|Tennessee|Carolina|Texas|Ohio|Virginia"
    r"|Mississippi|Louisiana|governor|Gov\.|Peach State|U\.S\. state)\b"
)


@dataclass(slots=True)
class NamedCountry:
    """One country in one text: where it is named, by what, and whether the text is about it."""

    code: str
    matches: list[Match] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    hints: list[int] = field(default_factory=list)
    about: bool = False
    score: float = 0.0

    @property
    def reason(self) -> str:
        kinds = dict.fromkeys(_REASONS.get(match.entry.kind, match.entry.kind) for match in self.matches)
        return ", ".join(list(kinds)[:3])


def find_countries(
    text: str, matches: Iterable[Match], sentences: Sentences, language: str, title_end: int = 0
) -> list[NamedCountry]:
    """Return the countries of a text whose headline ends at ``title_end``; those it is about first."""
    named: dict[str, NamedCountry] = {}
    hints: list[tuple[str, int]] = []
    for match in _one_a_place(list(matches)):
        code = str(match.entry.target)
        weight = _weight(text, match, sentences, language)
        if weight is not None:
            country = named.setdefault(code, NamedCountry(code))
            country.matches.append(match)
            country.weights.append(weight)
        elif match.entry.kind == "capital":
            hints.append((code, match.start))
    for code, position in hints:
        if code in named:
            named[code].hints.append(position)
    found = [country for country in named.values() if _is_supported(country)]
    decide(text, found, sentences, title_end)
    for country in found:
        country.score = _certainty(country)
    return sorted(found, key=lambda country: (not country.about, country.matches[0].start))


def _certainty(country: NamedCountry) -> float:
    kinds = {match.entry.kind for match in country.matches}
    if kinds == {"subdivision"}:
        return 0.5
    base = (
        0.97
        if kinds & {"official", "short", "acronym"}
        else 0.9
        if kinds & {"adjective", "demonym", "prefix"}
        else 0.7
    )
    return min(0.99, base + 0.01 * min(2, len(country.matches)))


_ORDER = {
    "official": 0,
    "short": 1,
    "acronym": 2,
    "adjective": 3,
    "demonym": 3,
    "prefix": 4,
    "former": 5,
    "capital": 6,
    "subdivision": 7,
}
_TWO_STATES = {
    **dict.fromkeys(("congo", "конго", "kongo"), ("cg", "cd")),
    **dict.fromkeys(("korea", "корея", "kore"), ("kr", "kp")),
    **dict.fromkeys(("samoa", "самоа"), ("ws", "as")),
}
# Of two states that share an adjective, the one that is meant where the text names neither in full.
_USUAL = {
    "kp": 1,
    "cg": 1,
    "dm": 1,
    "gq": 1,
    "gw": 1,
    "pg": 1,
    "as": 1,
    "vi": 1,
    "gf": 1,
    "pf": 1,
    "mf": 1,
    "gp": 1,
}


def _one_a_place(matches: list[Match]) -> list[Match]:
    """Of several entries at a place the plainest wins, and of two countries the one that the text names alone."""
    places: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        if match.entry.record_kind == "country":
            places.setdefault((match.start, match.end), []).append(match)
    alone = {
        found[0].entry.target
        for found in places.values()
        if len({match.entry.target for match in found}) == 1 and _bare(found[0]) not in _TWO_STATES
    }

    def rank(match: Match) -> tuple:
        target = match.entry.target
        return (
            match.entry.kind == "subdivision",
            target not in alone,
            _USUAL.get(str(target), 0),
            len(str(target)),
            _ORDER.get(match.entry.kind, 9),
        )

    return [_meant(min(places[place], key=rank), alone) for place in sorted(places)]


def _bare(match: Match) -> str:
    return folded_word(match.entry.text)


def _meant(match: Match, alone: set) -> Match:
    """ "Congo" in a text that otherwise names the Democratic Republic alone is that one."""
    pair = _TWO_STATES.get(_bare(match))
    if pair and pair[0] not in alone and pair[1] in alone:
        return replace(match, entry=replace(match.entry, target=pair[1]))
    return match


def is_another_word(text: str, match: Match) -> bool:
    """Letters that folding makes alike tell two words of Turkish apart: Irakli is a man, Iraklı an Iraqi."""
    last = text[match.end - 1 : match.end]
    return match.entry.kind in ("adjective", "demonym") and {last, match.entry.text[-1]} == {"i", "ı"}


def _is_supported(country: NamedCountry) -> bool:
    kinds = {match.entry.kind for match in country.matches}
    if kinds == {"subdivision"}:
        return len(country.matches) >= 2
    return True


def _weight(text: str, match: Match, sentences: Sentences, language: str) -> float | None:
    """What a place counts for the question what the text is about; None where no country is meant."""
    before, after = text[max(0, match.start - 30) : match.start], text[match.end : match.end + 40]
    code, kind = str(match.entry.target), match.entry.kind
    written = text[match.start : match.end].casefold()
    if _is_something_else(text, match, before, after, sentences, language):
        return None
    if kind == "capital":
        return as_government(text, match, before, after, written)
    if _DOLLAR_AFTER.match(after) or _DOLLAR_BEFORE.search(before):
        return 0.0
    if code == "ge" and kind == "short" and _is_us_state(text, match, sentences):
        return None
    if kind == "subdivision" or _VENUE.search(before):
        return 0.3
    origin = kind in ("adjective", "demonym") and _ORIGIN.search(written)
    if language == "tr" and (origin or _FEATURE_AFTER.match(after)):
        return 0.4
    return 1.0


def _is_something_else(
    text: str, match: Match, before: str, after: str, sentences: Sentences, language: str
) -> bool:
    code, written = str(match.entry.target), text[match.start : match.end].casefold()
    is_name = match.entry.kind not in ("adjective", "demonym", "prefix")
    if _NOT_A_COUNTRY_AFTER.match(after) or (match.entry.kind == "acronym" and re.match(r"\s?[$€]", after)):
        return True
    if (match.entry.kind == "prefix" and not re.match(r"[-–—][A-ZА-ЯЁa-zа-яё]", after)) or re.match(
        r"[-\u2011](?:Pacific|European|тихоокеан|европейск|Avrupa|Pasifik)", after, re.IGNORECASE
    ):
        return True
    if found := _NOT_A_COUNTRY_BEFORE.search(before):
        word = found[0].strip().casefold()
        limits = next((codes for start, codes in _ONLY_AFTER.items() if word.startswith(start)), None)
        if limits is None or code in limits:
            return True
    if (
        language == "tr"
        and written.startswith("mal")
        and _FINANCIAL.match(text[match.start : match.end + 30])
    ):
        return True
    if written.startswith("türk") and _TURKIC.match(after):
        return True
    if not is_name and language == "tr" and re.search(r"[cç][ae]$", written) and len(written) > 5:
        return True
    if (
        not is_name
        and written in ("english", "russian", "turkish", "французском")
        and _IN_LANGUAGE.search(before)
        and not re.match(r"\s+\w", after)
    ):
        return True
    if (
        written in _HOMOGRAPHS.get(language, ())
        and sentences.at(match.start).start == match.start
        and not after.startswith(("'", "’"))
    ):
        return language != "en" or written in ("polish", "us")
    return (
        is_name and match.entry.language == "en" and _is_personal_name(text, match, before, after, sentences)
    )


_NAMES_OF_PEOPLE = frozenset(
    {
        "jordan",
        "chad",
        "georgia",
        "israel",
        "ireland",
        "holland",
        "england",
        "france",
        "cuba",
        "kenya",
        "india",
    }
)
_AFTER_A_STATE = re.compile(
    r"^\s+(?:President|Prime|Minister|Foreign|Ministry|Government|Ambassador|Embassy|Defen[cs]e"
    r"|Finance|Trade|Central|National|Bank|Air|Parliament|Chamber|Free|Agreement|Times|Army"
    r"|Investment|International|Development|Republic)"
)


def _is_personal_name(text: str, match: Match, before: str, after: str, sentences: Sentences) -> bool:
    """ "Michael Jordan", "Jordan Peterson": a name beside another word of a name, inside one sentence."""
    if text[match.start : match.end].casefold() not in _NAMES_OF_PEOPLE:
        return False
    if re.search(r"\b(?:Mr|Mrs|Ms|Dr|Senator|Congressman|Judge|Coach|Sen|Rep)\.?\s$", before):
        return True
    given = re.search(r"\b([A-Z][a-z]{2,})\s$", before)
    if given and given[1] in GIVEN_BEFORE_COUNTRY:
        return True
    family = re.match(r"\s[A-Z][a-z]{3,}\b", after)
    single = text[match.start : match.end].casefold() in ("jordan", "chad", "israel")
    return bool(
        family
        and single
        and not _AFTER_A_STATE.match(after)
        and re.match(r"\s[A-Z][a-z]+(?:,|\s(?:said|told|was|is|met|has))", after)
    )


GIVEN_BEFORE_COUNTRY = frozenset(
    [
        "Michael",
        "Jim",
        "James",
        "John",
        "David",
        "Robert",
        "Paul",
        "Peter",
        "Mary",
        "Anna",
        "William",
        "Richard",
        "Tom",
        "Thomas",
        "George",
        "Barbara",
        "Vernon",
        "Hamilton",
        "Neil",
        "Patricia",
        "Tim",
        "Steve",
        "Stephen",
        "Mark",
        "Andrew",
        "Kathy",
        "Louis",
        "Rachel",
        "Sarah",
        "Kevin",
        "Brian",
        "Eric",
        "Chris",
        "Daniel",
        "Joseph",
        "Charles",
        "Doug",
        "Nick",
        "Colin",
        "Katherine",
        "Jonathan",
    ]
)


def _is_us_state(text: str, match: Match, sentences: Sentences) -> bool:
    sentence = sentences.at(match.start).text
    if re.search(
        r"\b(?:Tbilisi|Batumi|Abkhazia|Ossetia|Georgian|Azerbaijan|Armenia|Caucasus|Kutaisi|Black Sea)\b",
        sentence,
    ):
        return False
    return bool(_US_STATE.search(sentence)) or bool(
        re.search(r"(?:University of|State of|, )\s*$", text[: match.start][-16:]) and _US_STATE.search(text)
    )
