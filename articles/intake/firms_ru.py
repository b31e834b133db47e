"""Companies and the like in Russian text: in quotation marks, in Latin letters, in capitals."""

import re

from entities.inflection import russian_cases
from entities.matcher import folded_in_place

from .given_names import latin_given_names
from .vocabulary import vocabulary
from .wordlists import one_of, word_set

Place = tuple[int, int, str, float, str]

_KIND = one_of("kinds_of_firms_ru")
_QUOTE = re.compile(
    r"[«„\"“]((?:[А-ЯЁA-Z0-9][^«»„“”\"\n]{1,60}|[А-ЯЁ][^«»\n]{0,30}[„«][^»“”\n]{2,40}[»“”]?))[»“”\"]"
)
_KIND_BEFORE = re.compile(
    rf"(?<!\w)((?i:{_KIND})|ОАО|ЗАО|ООО|ПАО|АО|НК|НАК|ГК|АК|АНК|ТОО|ГУП|ФГУП|НПО|НПП|ПО|УК|ИА|РИА|ФК|ХК|КБ|МК|ТД|ГП)\s+$"
)
_KIND_AND_COLON = re.compile(rf"(?<!\w)((?i:{_KIND})):\s+$")
_MAKE = re.compile(r"[-–]?\d|[-–]Э\d?$|[-–][А-ЯA-Z]{1,4}$")  # "Тор-Э2": a machine for export
_THING = re.compile(rf"(?:{one_of('things_ru')})\b", re.IGNORECASE)
_PART_OF_NAME = frozenset("ИА РИА НК НАК ГК НПО".split())
_NO_FIRM_BEFORE = re.compile(rf"(?:{one_of('no_firms_ru')})\s*$", re.IGNORECASE)
_IN_A_ROW = re.compile(r"(?:,\s+|\s+и\s+|\s+или\s+)$")
_SENTENCE = re.compile(r"[.,!?:;]|\s(?:не|что|это|будет|был|есть)\s")
_FIXED_ENDING = re.compile(r"(?:[её]леком|к[ао]м|инком|ином|дом|атом|ром)$")
_LATIN = re.compile(
    r"(?<![\w.@/-])([A-Z][\w&.-]*(?:\s+(?:of\s+|&\s+|and\s+)?[A-Z&][\w&.-]*)*|[A-Za-z0-9-]+\.(?:ru|com|org|net|kz|ua|by|tr|info))(?![\w@])"
)
_LATIN_NOT = re.compile(r"(?:[IVXLC]+|[A-Z]-?\d.*|.*\d{2,}.*|[A-Z])$")
_CAPITALS = re.compile(r"(?<![\w«-])([A-Z]{2,6}|[А-ЯЁ]{3,6})(?:[а-я]{1,2})?(?![\w-])")
_NO_CAPITALS = word_set("no_acronyms_ru")
_SAYS_BEFORE = re.compile(
    r"(?:сообща[ею]т|сообщил[аио]?|пиш[еу]т|переда[её]т|цитиру[ею]т|ссылк\w+\s+на|по\s+(?:данным|информации|оценкам|сообщению|словам)|в\s+интервью|рассказал[аи]?)\s+$",
    re.IGNORECASE,
)
_DOES_AFTER = re.compile(
    rf"^,?\s+(?:также\s+|уже\s+|впервые\s+|намерен\w*\s+)?(?:{one_of('firms_do_ru')})", re.IGNORECASE
)
_OWNED_BEFORE = re.compile(rf"(?<!\w)(?:{one_of('firms_own_ru')})\s+$", re.IGNORECASE)


def quoted(text: str, busy: bytearray) -> list[Place]:
    """Names in quotation marks, beside a word that says what they are or on their own."""
    found: list[Place] = []
    matches = list(_QUOTE.finditer(text))
    alone = [match[1].strip() for match in matches]
    last_end, last_kind, refused_end = -10, "", -10
    for match in matches:
        before = text[max(0, match.start() - 40) : match.start()]
        kind = _KIND_BEFORE.search(before)
        named = kind[1] if kind else ""
        if not named and last_kind and _IN_A_ROW.fullmatch(text[last_end : match.start()]):
            named = last_kind.lower()  # "авиакомпании «А», «Б» и «В»"
        name = match[1].strip()
        refused = not named and bool(
            _IN_A_ROW.fullmatch(text[refused_end : match.start()] if refused_end > 0 else "-")
        )
        if refused or not (_fits_kind(name) if named else _stands_alone(text, name, before)):
            last_kind, refused_end = "", match.end()  # "комплексы «А», «Б» и «В»": none of them
            continue
        last_end, last_kind = match.end(), named
        name = re.sub(r"^(?:НК|НАК|ОАО|ПАО|АО|ГК)\s+[„«]", "", name).strip('„“«»"” ')
        name = name if named else _nominative(name, alone)
        if named in _PART_OF_NAME and named not in ("ИА", "РИА"):
            name = f"{named} «{name}»"
        reason = f"in quotation marks after “{named}”" if named else "in quotation marks"
        found.append((match.start(1), match.end(1), name, 0.85 if named else 0.62, reason))
    return found


def _fits_kind(name: str) -> bool:
    return len(name.split()) <= 6 and not re.search(r"[.,!?]\s", name)


def _stands_alone(text: str, name: str, before: str) -> bool:
    """Without a word for its kind: short, written as a name, and no film, project or ship."""
    words = name.split()
    if _NO_FIRM_BEFORE.search(before) or len(words) > 4 or name.endswith((".", ",", "!", "?")):
        return False
    if (
        _MAKE.search(name)
        or _THING.search(name)
        or (len(words) > 1 and vocabulary(text).count_of(words[0].lower()[:-2], 3))
    ):
        return False  # the text also writes it small: "диким рынком"
    return (
        not _SENTENCE.search(name.replace(".ру", "").replace(".Ru", ""))
        and sum(w[0].islower() for w in words) <= 1
    )


def _nominative(name: str, written: list[str]) -> str:
    """The form that others of the same name are inflected from; the name itself if it stands alone."""
    if site := re.fullmatch(r"(\w+)[ыеу](\.(?:ru|ру))", name, re.IGNORECASE):
        return f"{site[1]}а{site[2]}"
    if " " in name or not re.search("[а-яё]$", name):
        return name
    folded = folded_in_place(name)
    for other in sorted(set(written), key=len):
        base = folded_in_place(other)
        if base != folded and folded in russian_cases(base):
            return other
    if _FIXED_ENDING.search(folded):
        return name
    for ending, nominative in (("ом", ""), ("а", ""), ("ью", "ь")):
        if (
            folded.endswith(ending)
            and len(folded) > 5
            and (
                ending != "а"
                or re.search(r"[бвгджзкмнпрстфхц]а$", folded)
                and not folded.endswith(("ка", "ва", "на", "да", "за"))
            )
        ):
            return name[: -len(ending)] + nominative
    return name


def latin(text: str, busy: bytearray) -> list[Place]:
    """Names in Latin letters; a single word needs something beside it that says it is a firm."""
    places: dict[str, list[re.Match]] = {}
    for match in _LATIN.finditer(text):
        if (
            not _explains(text, match)
            and not _LATIN_NOT.match(match[1])
            and not all(busy[match.start() : match.end()])
        ):
            places.setdefault(match[1].rstrip("."), []).append(match)
    found: list[Place] = []
    for name, matches in places.items():
        words = name.split()
        if len(words) > 1 and folded_in_place(words[0]) in latin_given_names():
            continue
        confidence, reason = max(_support(text, match) for match in matches)
        if len(words) > 1 or re.search(r"\.\w+$", name):
            confidence, reason = max((0.6, "name in Latin letters"), (confidence, reason))
        elif len(matches) > 2 and confidence >= 0:
            confidence, reason = max((0.5, "name in Latin letters, again and again"), (confidence, reason))
        if confidence > 0:
            full = _with_form(text, matches[0], name)
            found += [(m.start(), m.start() + len(full), full, confidence, reason) for m in matches[:1]]
            found += [(m.start(), m.start() + len(name), name, confidence, reason) for m in matches[1:]]
    return found


def _explains(text: str, match: re.Match) -> bool:
    """ "Барри Примеров (Barry Primerov)": the same name once more."""
    return text[max(0, match.start() - 1) : match.start()] == "(" and bool(
        re.match(r"\s*[),]", text[match.end() :])
    )


def _with_form(text: str, match: re.Match, name: str) -> str:
    ends = text[match.start() + len(name) : match.start() + len(name) + 1] == "."
    return name + "." if ends and name.split()[-1] in ("Ltd", "Inc", "Corp", "Co") else name


def _support(text: str, match: re.Match) -> tuple[float, str]:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
    if _OWNED_BEFORE.search(before):
        return 0.62, "has what firms have"
    if _NO_FIRM_BEFORE.search(before):
        return -1.0, ""
    if kind := _KIND_BEFORE.search(before) or _KIND_AND_COLON.search(before):
        return 0.75, f"after “{kind[1].lower()}”"
    if _SAYS_BEFORE.search(before):
        return 0.65, "a source that is quoted"
    if _DOES_AFTER.match(after):
        return 0.62, "does what firms do"
    return 0.0, ""


def capitals(text: str, busy: bytearray) -> list[Place]:
    """Acronyms: with something beside them that says what they are."""
    places: dict[str, list[re.Match]] = {}
    for match in _CAPITALS.finditer(text):
        if match[1] not in _NO_CAPITALS and not busy[match.start()] and not _in_a_shout(text, match):
            places.setdefault(match[1], []).append(match)
    found: list[Place] = []
    for name, matches in places.items():
        confidence, reason = max(_support(text, match) for match in matches)
        if confidence > 0:
            confidence = 0.55 + 0.1 * (len(matches) > 1)
            found += [(m.start(1), m.end(1), name, confidence, f"capitals, {reason}") for m in matches]
    return found


def _in_a_shout(text: str, match: re.Match) -> bool:
    """Inside a line that is written in capitals throughout."""
    around = text[max(0, match.start() - 25) : match.end() + 25]
    letters = [c for c in around if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)


def listed(text: str, found: list[Place], busy: bytearray) -> list[Place]:
    """A name in capitals or Latin letters that stands in one list with organisations is one too."""
    held = bytearray(busy)
    for start, end, *_ in found:
        held[start:end] = b"\x01" * (end - start)
    starts, ends = {place[0] for place in found}, {place[1] for place in found}
    waiting = [
        match
        for pattern in (_LATIN, _CAPITALS)
        for match in pattern.finditer(text)
        if not held[match.start()]
        and match[1] not in _NO_CAPITALS
        and not re.fullmatch(r"[IVXLC]+|.*\d.*", match[1])
    ]
    more: list[Place] = []
    for _ in range(3):
        for match in list(waiting):
            joint = re.match(r"(?:,\s|\s(?:и|или)\s)[«„\"]?", text[match.end() :])
            before = re.search(
                r"[»“\"]?(?:,\s|\s(?:и|или)\s)$", text[max(0, match.start() - 6) : match.start()]
            )
            beside = (joint and match.end() + joint.end() in starts) or (
                before and _ends_at(match.start() - len(before[0]), ends)
            )
            if beside:
                more.append(
                    (match.start(1), match.end(1), match[1].rstrip("."), 0.55, "listed with organisations")
                )
                starts.add(match.start(1))
                ends.add(match.end(1))
                waiting.remove(match)
    return more


def _ends_at(position: int, ends: set[int]) -> bool:
    return position in ends
