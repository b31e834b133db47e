"""Bodies in Russian text: ministries, committees, parliaments, embassies, told by the word that says what they are."""

import re

from entities.matcher import folded_in_place

from .given_names import russian_given_names
from .russian_grammar import ADJECTIVE_ENDING, NOUN_ENDING, agreeing, is_case_of, state_of_adjective
from .sentences import Sentences
from .wordlists import lines

Place = tuple[int, int, str, float, str]

# Beginning of the word, nominative, gender.
_HEADS = {stem: (noun, gender) for stem, noun, gender in (line.split() for line in lines("body_heads_ru"))}
_HEAD = "|".join(sorted(_HEADS, key=len, reverse=True))
# What a state has one of: with the state's adjective alone it is named, small letters or not.
_ONE_OF_A_KIND = frozenset(
    "министерство парламент сенат конгресс дума рада меджлис мажилис маджлис хурал курултай кнессет бундестаг"
    " сейм академия посольство консульство генпрокуратура прокуратура центробанк".split()
)
_INSIDE = re.compile(
    r"^(?:Наблюдательн|Ревизионн|Попечительск|Уч[её]н|Художественн|Экспертн|Организационн|Рабоч|Оперативн"
    r"|Специальн|Местн|Местны|Исполнительн|Общ|Объедин[её]нн|Генеральн|Центральн|Государственн|Национальн"
    r"|Совместн|Межведомственн|Координационн|Эт|Так|Как|Нов|Перв|Втор|Сам|Весь|Прошл|Главн|Больш|Наш|Сво"
    r"|Крупн|Частн|Иностранн|Зарубежн|Западн|Восточн|Бывш)"
)
_SMALL_ADJECTIVE = rf"[а-яё-]+{ADJECTIVE_ENDING}"
_ADJECTIVES = rf"(?:[А-ЯЁ][а-яё-]+{ADJECTIVE_ENDING}\s+(?:{_SMALL_ADJECTIVE}\s+){{0,3}})"
_ZERO = "дел|наук|искусств|средств|сил|услуг|лиц|вод|ресурсов"
_OF_WHAT = rf"(?:[а-яё-]+(?:ых|их|ой|ей|ого|его)\s+){{0,3}}(?:[а-яё-]+(?:ов|ев|ей|ий|ия|ии|ы|и|[бвгджзкмнпрстфхцчшщ]а|ля)|{_ZERO})(?!\w)"
_FOR_WHAT = (
    r"по\s+(?:[а-яё-]+(?:ому|ему|ым|им|ой|ей)\s+){0,3}[а-яё-]+(?:у|ю|е|и|ам|ям|ом)(?!\w)(?:\s+[а-яё-]+(?:ов|ев|ей|ий|ия|ы|и)(?!\w))?"
    r"|против\s+[а-яё]+|за\s+[а-яё]+[уюы]"
)
_AND_MORE = r"(?:(?:,\s+|\s+и\s+)(?:(?:[а-яё-]+(?:ых|их|ой|ей|ого|его|ому|ему|ым|им)\s+){0,2}[а-яё-]+(?:ов|ев|ей|ий|ия|ии|ы|и|у|ю|ам|ям|[бвгджзкмнпрстфхцчшщ]а)(?!\w)))*"
_COMPLEMENT = rf"(?:\s+(?:{_FOR_WHAT}|{_OF_WHAT}){_AND_MORE})"
_BETWEEN = r"(?:\s+между\s+[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+)?\s+и\s+[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+)?)"
_LETTERS = "РФ|США|КНР|ФРГ|ОАЭ|КНДР|РК|РБ|ООН|ЕС|СНГ|ОБСЕ|СССР|РСФСР"
_OWNER = rf"(?:\s+(?:{_LETTERS}|(?:[А-ЯЁ][а-яё-]+(?:ой|ей|их|ых)\s+)?[А-ЯЁ][а-яё-]+(?:ии|ия|ы|а|и|я|ана|ов|ей|ь)?)(?!\w))"
_NAMED = re.compile(
    rf"(?<!\w)({_ADJECTIVES})((?i:{_HEAD}))({NOUN_ENDING})(?!\w)({_OWNER}?)({_COMPLEMENT}?)({_OWNER}?)({_BETWEEN}?)"
)
# Heads that with a complement alone, "Комитет по …", name one body; a meeting, a movement or a group does not.
_ALONE = (
    "Министерств|Комитет|Госкомитет|Комисси|Совет|Агентств|Служб|Палат|Академи|Институт|Университет|Банк|Фонд"
    "|Союз|Ассоциаци|Федераци|Управлени|Департамент|Консорциум|Организаци|Парламент|Сенат|Конгресс|Центр|Лиг"
    "|Суд|Администраци|Прокуратур"
)
_CAPITAL = re.compile(
    rf"(?<!\w)({_ALONE})({NOUN_ENDING})(?!\w)"
    rf"({_OWNER}?)({_COMPLEMENT}?)({_OWNER}?)"
)
_OF_A_STATE = re.compile(
    rf"(?<![\w-])([а-яё-]+(?:ск|цк){ADJECTIVE_ENDING})\s+({_HEAD})({NOUN_ENDING})(?!\w)({_COMPLEMENT}?)"
)
_EMBASSY = re.compile(
    r"(?<!\w)([Пп]осольств|[Кк]онсульств|[Гг]енконсульств)(?:о|а|у|ом|е)(\s+[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+)?)(\s+в\s+[А-ЯЁ][\w-]+)?"
)
_EMBASSY_OF_ADJECTIVE = re.compile(
    rf"(?<!\w)([А-ЯЁа-яё]+(?:ск|цк){ADJECTIVE_ENDING})\s+(посольств|консульств|генконсульств)(?:о|а|у|ом|е)(\s+в\s+[А-ЯЁ][\w-]+)?(?!\w)"
)
_SHORT_NAMES = "|".join(sorted(lines("short_bodies_ru"), key=len, reverse=True))
_SHORT = re.compile(
    rf"(?<![\w-])(?:([А-ЯЁа-яё-]+(?:ск|цк){ADJECTIVE_ENDING})\s+)?({_SHORT_NAMES})(?:а|у|ом|е|ы|ой)?({_OWNER}?)(?![\w-])"
)
_NEEDS_A_STATE = frozenset(("МИД", "МВД", "МЧС", "ЦБ", "Генштаб", "Нацбанк", "Совбез", "Минздрав"))


def bodies(text: str, sentences: Sentences, busy: bytearray) -> list[Place]:
    """Return (start, end, nominative, confidence, reason) for each body; ``busy`` marks the names of countries."""
    found = [place for match in _EMBASSY.finditer(text) if (place := _embassy(match, busy))]
    found += [
        place
        for match in _EMBASSY_OF_ADJECTIVE.finditer(text)
        if (place := _embassy_of_adjective(match, busy))
    ]
    for pattern, build in (
        (_NAMED, _named),
        (_CAPITAL, _capital),
        (_OF_A_STATE, _of_a_state),
        (_SHORT, _short),
    ):
        found += [place for match in pattern.finditer(text) if (place := build(text, match, busy))]
    return [place for place in found if not _opens_a_sentence(place, sentences, busy)]


def _opens_a_sentence(place: Place, sentences: Sentences, busy: bytearray) -> bool:
    """ "Комиссия по делам", "Новый центр": a capital that only begins the sentence, and no state's name after it."""
    start, end, name, *_ = place
    single = re.match(r"[А-ЯЁ][а-яё]+\s[а-яё]", name)
    described = re.match(r"[А-ЯЁ][а-яё]+(?:ый|ий|ая|яя|ое|ее)\s[а-яё-]+\s", name)
    return bool(single) and not described and not any(busy[start:end]) and sentences.at(start).start == start


def _embassy(match: re.Match, busy: bytearray) -> Place | None:
    if not _is_of_country(match.start(2), match.end(2), busy):
        return None
    name = match[1].capitalize() + "о" + match[2] + (match[3] or "")
    return match.start(), match.end(), name, 0.8, "an embassy"


def _embassy_of_adjective(match: re.Match, busy: bytearray) -> Place | None:
    if not busy[match.start(1)]:
        return None
    name = f"{agreeing(match[1], 'n').capitalize()} {match[2].lower()}о{match[3] or ''}"
    return match.start(), match.end(), name, 0.8, "an embassy"


def _is_of_country(start: int, end: int, busy: bytearray) -> bool:
    return any(busy[start:end])


def _owner(text: str, match: re.Match, group: int, busy: bytearray) -> str:
    """Whose body it is: a state, or a place that begins nobody's name."""
    owner = match[group]
    if not owner:
        return ""
    if re.fullmatch(rf"\s+(?:{_LETTERS})", owner) or _is_of_country(
        match.start(group), match.end(group), busy
    ):
        return owner
    first = owner.split()[0]
    follows = re.match(r"\s+[А-ЯЁ]", text[match.end(group) :])
    inflected = re.search(r"(?:ии|ия|ы|а|и|я|ого|ой)$", owner)
    return "" if follows or not inflected or folded_in_place(first) in russian_given_names() else owner


def _with_tail(text: str, match: re.Match, groups: tuple[int, ...], busy: bytearray) -> tuple[str, int]:
    """The complement and owners in their order, up to the first that does not belong; and where it ends."""
    tail, end = "", match.start(groups[0])
    for number, group in enumerate(groups):
        part = match[group]
        if part and (number % 2 == 0) and number < 3:  # owners stand first and third
            part = _owner(text, match, group, busy)
            if not part:
                return tail, end
        if part:
            tail, end = tail + part, match.end(group)
    return re.sub(r"\s+", " ", tail), end


def _named(text: str, match: re.Match, busy: bytearray) -> Place | None:
    adjectives, stem, ending = match[1].split(), match[2].lower(), match[3].lower()
    head, gender = _HEADS[stem]
    if not is_case_of(stem + ending, head):
        return None
    if head == "конгресс" and re.match(r"\s+\d{4}\s+год", text[match.end(3) : match.end(3) + 10]):
        return None  # the Congress of Vienna of 1815
    tail, end = _with_tail(text, match, (4, 5, 6, 7), busy)
    if not tail and len(adjectives) == 1 and _says_no_more(match, head, busy):
        return None
    words = [agreeing(word, gender) for word in adjectives]
    written = head if match[2][0].islower() else head.capitalize()
    return (
        match.start(),
        end if tail else match.end(3),
        " ".join([*words, written]) + tail,
        0.8 if tail or len(adjectives) > 1 or match[2][0].isupper() else 0.7,
        f"a body by its name ({head})",
    )


def _says_no_more(match: re.Match, head: str, busy: bytearray) -> bool:
    """ "Наблюдательный совет", "Российский фонд": what kind it is, not which one."""
    if _INSIDE.match(match[1]):
        return True
    of_country = busy[match.start(1)]
    return bool(of_country) and match[2][0].islower() and head not in _ONE_OF_A_KIND


def _capital(text: str, match: re.Match, busy: bytearray) -> Place | None:
    stem, ending = match[1].lower(), match[2]
    head, _ = _HEADS[stem]
    tail, end = _with_tail(text, match, (3, 4, 5), busy)
    if not is_case_of(stem + ending, head) or not tail:
        return None
    return match.start(), end, head.capitalize() + tail, 0.8, f"a body by its name ({head})"


def _of_a_state(text: str, match: re.Match, busy: bytearray) -> Place | None:
    """ "председателю египетского управления гражданской авиации"."""
    stem, ending, complement = match[2].lower(), match[3], match[4]
    head, gender = _HEADS[stem]
    if not busy[match.start(1)] or not is_case_of(stem + ending, head):
        return None
    if not complement and head not in _ONE_OF_A_KIND - {"министерство", "академия"}:
        return None
    adjective = agreeing(match[1], gender)
    name = f"{adjective[0].upper()}{adjective[1:]} {head}{complement}"
    return match.start(), match.end(), re.sub(r"\s+", " ", name), 0.65, f"a state's body ({head})"


def _short(text: str, match: re.Match, busy: bytearray) -> Place | None:
    adjective, short = match[1], match[2]
    owner = _owner(text, match, 3, busy)
    of_state = bool(adjective) and _is_of_country(match.start(1), match.end(1), busy)
    if not owner and not of_state and short in _NEEDS_A_STATE:
        return None
    start = match.start(1) if of_state else match.start(2)
    end = match.end(3) if owner else match.start(3)
    name = short + re.sub(r"\s+", " ", owner)
    if of_state and not owner:
        state = state_of_adjective(adjective)
        word = agreeing(adjective, "f" if short.endswith("а") else "n" if short.endswith("ы") else "m")
        name = f"{name} {state}" if state else f"{word[0].upper()}{word[1:]} {name}"
    return start, end, name, 0.8, "short name of a body"
