"""Organisations in Russian text: in quotation marks, by their head word in any case, by short forms with a country."""

import re

from entities.inflection import russian_cases
from entities.matcher import folded_in_place

from .given_names import russian_given_names
from .sentences import Sentences
from .wordlists import word_set

_TYPES = (
    r"ОАО|ЗАО|ООО|ПАО|АО|НК|НАК|ГК|АК|АНК|ТОО|ГУП|ФГУП|НПО|НПП|ПО|УК|ИА|РИА|ФК|ХК|КБ|МК|ТД|ГП|"
    r"газет\w+|агентств\w+|компани\w+|банк\w*|партии|партия|партией|партию|групп\w+(?:\s+компаний)?|концерн\w*|холдинг\w*|завод\w*|журнал\w*|телеканал\w*|радиостанци\w+|издани\w+|корпораци\w+|организаци\w+|движени\w+|фонд\w*|"
    r"объединени\w+|предприяти\w+|фирм\w+|оператор\w*|консорциум\w*|монополист\w*|Группа\s+Компаний|госкорпораци\w+|портал\w*|сайт\w*|ассоциаци\w+|союз\w*|клуб\w*|центр\w*|институт\w*|телекомпани\w+|авиакомпани\w+|перевозчик\w*"
)
_QUOTED = re.compile(
    r"(?:(?<![\w])("
    + _TYPES
    + r")\s+)?[«„\"“]((?:[А-ЯЁA-Z0-9][^«»„“”\"\n]{1,60}|[А-ЯЁ][^«»\n]{0,12}[„«][^»“”\n]{2,40}[»“”]?))[»“”\"]"
)
_NOT_BEFORE = re.compile(
    r"(?:проект\w*|фильм\w*|книг\w*|программ\w*|операци\w*|преми\w*|стать\w*|закон\w*|ракет\w*|сам[ое]л[её]т\w*|роман\w*|песн\w*|лодк\w*|систем\w*|конкурс\w*|газопровод\w*|нефтепровод\w*|трубопровод\w*|орден\w*|медал\w*|акци[яию]\w*|комплекс\w*|"
    r"форум\w*|выставк\w*|поток\w*|стратеги\w*|заявил\w*|сказал\w*|формул\w*|принцип\w*|лозунг\w*|термин\w*|так\s+называем\w+|называем\w+|концепци\w*|инициатив\w*|план\w*|теплоход\w*|судно|судна|крейсер\w*|спутник\w*|марки|модел\w*|автомобил\w*|тем[уеыа]|доклад\w*|соглашени\w*|договор\w*)\s*$",
    re.IGNORECASE,
)
_HEADS = {
    "министерств": ("министерство", "n"), "комитет": ("комитет", "m"), "комисси": ("комиссия", "f"), "совет": ("совет", "m"), "банк": ("банк", "m"), "фонд": ("фонд", "m"), "агентств": ("агентство", "n"),
    "служб": ("служба", "f"), "университет": ("университет", "m"), "институт": ("институт", "m"), "академи": ("академия", "f"), "палат": ("палата", "f"), "союз": ("союз", "m"), "организаци": ("организация", "f"),
    "федераци": ("федерация", "f"), "ассоциаци": ("ассоциация", "f"), "групп": ("группа", "f"), "парти": ("партия", "f"), "дум": ("дума", "f"), "рад": ("рада", "f"), "меджлис": ("меджлис", "m"), "парламент": ("парламент", "m"),
    "конгресс": ("конгресс", "m"), "сенат": ("сенат", "m"), "суд": ("суд", "m"), "администраци": ("администрация", "f"), "управлени": ("управление", "n"), "департамент": ("департамент", "m"),
    "корпораци": ("корпорация", "f"), "компани": ("компания", "f"), "центр": ("центр", "m"), "содружеств": ("содружество", "n"), "лиг": ("лига", "f"), "альянс": ("альянс", "m"), "собрани": ("собрание", "n"), "ведомств": ("ведомство", "n"),
    "посольств": ("посольство", "n"), "консульств": ("консульство", "n"), "бирж": ("биржа", "f"), "прокуратур": ("прокуратура", "f"), "консорциум": ("консорциум", "m"), "бундестаг": ("бундестаг", "m"), "кнессет": ("кнессет", "m"), "курултай": ("курултай", "m"),
    "хурал": ("хурал", "m"), "мажилис": ("мажилис", "m"), "маджлис": ("маджлис", "m"), "музе": ("музей", "m"), "объединени": ("объединение", "n"), "движени": ("движение", "n"), "фронт": ("фронт", "m"), "армия": ("армия", "f"), "флот": ("флот", "m"), "холдинг": ("холдинг", "m"), "концерн": ("концерн", "m"),
}  # fmt: skip
_HEAD = "|".join(sorted(_HEADS, key=len, reverse=True))
_ENDING = r"(?:а|у|ом|е|ы|ов|ам|ами|ах|ой|ою|о|и|ю|я|ей|ем|ии|ию|ией|ия|ие|ием|й)?"
_ADJECTIVES = r"(?:[А-ЯЁ][а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ом|ем)\s+(?:[а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ом|ем)\s+){0,3})"
_COMPLEMENT = r"(?:\s+(?:по\s+(?:[а-яё-]+\s+){0,3}[а-яё-]+|(?:[а-яё-]+(?:ых|их|ой|ей|ого|его)\s+){0,3}(?:[а-яё-]+(?:ов|ев|ей|ий|ва|ия|ии|ы|и|ни|за|да|та|ка))(?:(?:\s+и\s+|,\s+)(?:[а-яё-]+(?:ых|их|ой|ей|ого|его)\s+){0,2}[а-яё-]+(?:ов|ев|ей|ий|ва|ия|ии|ы|и|за|да|та|ка))*))?"
_GENITIVE = r"(?:[А-ЯЁ][а-яё-]+(?:ой|ей|их|ых)\s+)?[А-ЯЁ][а-яё-]+(?:ии|ия|ы|а|и|я|ана|ов)"
_OWNER = rf"(?:\s+(?:РФ|США|КНР|ФРГ|ОАЭ|КНДР|РК|ООН|ЕС|СНГ|ОБСЕ|{_GENITIVE})(?![\w]))?"
_BODY = re.compile(
    rf"(?<!\w)({_ADJECTIVES})((?i:{_HEAD}))({_ENDING})(?!\w)((?:\s+(?:наук|искусств|художеств|писателей|журналистов|предпринимателей|трудящихся|адвокатов|врачей|медицинских\s+наук|оборонной\s+промышленности))?{_OWNER})"
)
_MINISTRY = re.compile(
    rf"(?<!\w)(Министерств|Комитет|Комисси|Совет|Агентств|Служб|Палат|Академи|Институт|Университет|Банк|Фонд|Союз|Ассоциаци|Федераци|Управлени|Департамент|Консорциум)({_ENDING})(?!\w)({_COMPLEMENT})({_OWNER})"
)
_EMBASSY = re.compile(
    r"(?<!\w)([А-ЯЁа-яё]+(?:ск|цк)(?:ое|ого|ому|им|ом))\s+(посольств|консульств)(?:о|а|у|ом|е)(\s+в\s+[А-ЯЁ][\w-]+)?|(?<!\w)([Пп]осольств)(?:о|а|у|ом|е)(\s+[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+)?)(\s+в\s+[А-ЯЁ][\w-]+)?"
)
_SHORT = re.compile(
    r"(?<![\w-])(МИД|МВД|МЧС|ЦБ|Минобороны|Минфин|Минэнерго|Минэкономразвития|Минторг|Минпромторг|Минтранс|Минздрав|Минкульт|Минсельхоз|Минюст|Госдума|Совфед|Центробанк|Генпрокуратура|Генштаб|Нацбанк|Совбез)(?:а|у|ом|е|ы|ой)?"
    rf"(\s+(?:РФ|США|КНР|ФРГ|ОАЭ|КНДР|РК|{_GENITIVE}))?(?![\w-])"
)
_ALONE = frozenset(
    (
        "Минобороны",
        "Минфин",
        "Минэнерго",
        "Минэкономразвития",
        "Минпромторг",
        "Минтранс",
        "Минздрав",
        "Минкульт",
        "Минсельхоз",
        "Минюст",
        "Госдума",
        "Центробанк",
        "Генпрокуратура",
    )
)
_KNOWN_SHORT = re.compile(
    r"(?<!\w)(Госдеп|Пентагон|Кремль|Бундестаг|Кнессет|Сейм|Росатом|Роскосмос|Ростех|Еврокомисси|Верховн\w+\s+рад\w*)(?:а|у|ом|е|ы|я|ю|ем)?(?!\w)"
)
_LATIN = re.compile(
    r"(?<![\w.])([A-Z][\w&.-]*(?:\s+(?:of\s+|&\s+|and\s+)?[A-Z&][\w&.-]*)+|[A-Za-z0-9-]+\.(?:ru|com|org|net|kz|ua|by|tr|info))(?![\w])"
)
_SHOUTED = re.compile(r"(?<![\w«-])([A-Z]{2,6}|[А-ЯЁ]{3,6})(?:[а-я]{1,2})?(?![\w-])")
_NOT_SHOUTED = word_set("no_acronyms_ru")


def find(text: str, sentences: Sentences, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = _quoted(text, busy)
    for match in _EMBASSY.finditer(text):
        found.append(_embassy(match))
    for pattern in (_BODY, _MINISTRY):
        found += [
            place for match in pattern.finditer(text) if (place := _by_head(text, match, pattern is _BODY))
        ]
    for match in _SHORT.finditer(text):
        owner = match[2] or ""
        if owner or match[1] in _ALONE:
            end = match.start() + len(match[0].rstrip())
            found.append((match.start(), end, (match[1] + owner).strip(), 0.8, "short name of a body"))
    for match in _KNOWN_SHORT.finditer(text):
        if match[1] != "Кремль":
            found.append((match.start(), match.end(), match[1], 0.75, "short name of a body"))
    for match in _LATIN.finditer(text):
        words = match[1].split()
        if len(words) > 1 or "." in match[1]:
            dotted = match[1] + (
                "."
                if text[match.end() : match.end() + 1] == "." and words[-1] in ("Ltd", "Inc", "Corp")
                else ""
            )
            found.append(
                (
                    match.start(),
                    match.end(),
                    dotted.rstrip(".") if words[-1] not in ("Ltd.", "Inc.") else dotted,
                    0.6,
                    "name in Latin letters",
                )
            )
    return found + _acronyms(text, busy)


def _quoted(text: str, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    found = []
    written = [match[2] for match in _QUOTED.finditer(text)]
    for match in _QUOTED.finditer(text):
        kind, inner = match[1], match[2].strip()
        before = text[max(0, match.start() - 30) : match.start()]
        words = inner.split()
        if not kind and (
            _NOT_BEFORE.search(before)
            or len(words) > 4
            or re.search(r"[.,!?:;]|\s(?:не|и|что|это|будет|был|есть)\s", inner)
            or inner.endswith((".", ",", "!", "?"))
        ):
            continue
        if kind and (len(words) > 6 or re.search(r"[.,!?]\s", inner)):
            continue
        lower = sum(word[0].islower() for word in words)
        if not kind and lower > 1:
            continue
        inner = re.sub(r"^(?:НК|НАК|ОАО|ПАО|АО|ГК)\s+[„«]", "", inner).strip('„“«»"” ')
        name = _nominative(inner, written, bool(kind and kind.isupper()))
        if kind and kind.isupper() and kind not in ("ОАО", "ЗАО", "ООО", "ПАО", "АО", "ИА", "РИА"):
            name = f"{kind} «{name}»"
        found.append(
            (
                match.start(2),
                match.end(2),
                name,
                0.85 if kind else 0.65,
                "in quotation marks" if not kind else f"in quotation marks after “{kind}”",
            )
        )
    return found


def _nominative(name: str, written: list[str], fixed: bool) -> str:
    """The form that others of the same name are inflected from; the name itself if it stands alone."""
    if fixed or " " in name or not re.search("[а-яё]$", name):
        return name
    for other in sorted(set(written), key=len):
        base = folded_in_place(other)
        if base != folded_in_place(name) and folded_in_place(name) in russian_cases(base):
            return other
    folded = folded_in_place(name)
    for ending, nominative in (("ом", ""), ("а", ""), ("ью", "ь")):
        if (
            folded.endswith(ending)
            and len(folded) > 5
            and (
                ending != "а"
                or re.search(
                    r"(?:пром|нефть|газ|банк|сбыт|экспорт|маш|тех|атом|ком|строй|энерго|балт|нефт|гид|рт|кс|т|н|р|л)а$",
                    folded,
                )
            )
        ):
            return name[: -len(ending)] + nominative
    return name


def _embassy(match: re.Match) -> tuple[int, int, str, float, str]:
    if match[4]:
        return match.start(), match.end(), "Посольство" + match[5] + (match[6] or ""), 0.8, "an embassy"
    adjective = re.sub(r"(?:ого|ому|им|ом|ое)$", "ое", match[1])
    head = match[2] + "о"
    return match.start(), match.end(), f"{adjective.capitalize()} {head}{match[3] or ''}", 0.8, "an embassy"


def _owner(owner: str | None) -> str:
    """Whose body it is; a given name after it begins somebody's name."""
    first = (owner or "").split()
    return "" if first and folded_in_place(first[0]) in russian_given_names() else owner or ""


def _by_head(text: str, match: re.Match, has_adjectives: bool) -> tuple | None:
    if has_adjectives:
        if (
            re.match(r"\s+\d{4}\s+год", text[match.end() : match.end() + 10])
            and match[2].lower() == "конгресс"
        ):
            return None  # the Congress of Vienna of 1815
        adjectives, stem, ending, owner = match[1].split(), match[2].lower(), match[3], _owner(match[4])
        head, gender = _HEADS[stem]
        if not _is_case_of(stem + ending.lower(), head):
            return None
        words = [_agreeing(word, gender) for word in adjectives]
        written = head if match[2][0].islower() else head.capitalize()
        name = " ".join([*words, written]) + (owner or "")
        if (
            re.match(r"(?:Эт|Так|Как|Нов|Перв|Втор|Сам|Весь|Прошл|Главн|Больш|Наш|Сво)", adjectives[0])
            and len(adjectives) == 1
            and not owner
        ):
            return None
        return (
            match.start(),
            match.end() - len(match[4] or "") + len(owner),
            name,
            0.8,
            f"a body by its name ({head})",
        )
    stem, ending, complement, owner = match[1].lower(), match[2], match[3], _owner(match[4])
    head, _ = _HEADS[stem]
    if not _is_case_of(stem + ending, head) or not (complement or owner):
        return None
    name = head.capitalize() + complement + (owner or "")
    return (
        match.start(),
        match.end() - len(match[4] or "") + len(owner),
        name,
        0.8,
        f"a body by its name ({head})",
    )


def _is_case_of(word: str, head: str) -> bool:
    return word in russian_cases(head)


def _agreeing(adjective: str, gender: str) -> str:
    """Bring an adjective into the nominative of its noun's gender."""
    match = re.match(r"(.+?)(ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ом|ем)$", adjective)
    if not match:
        return adjective
    stem = match[1]
    soft = stem.endswith("н") and match[2] in ("ий", "яя", "ее", "его", "ему", "им", "юю", "ем")
    hard = {"m": "ий" if stem[-1] in "кгх" else "ый", "f": "ая", "n": "ое"}[gender]
    return stem + ({"m": "ий", "f": "яя", "n": "ее"}[gender] if soft else hard)


def _acronyms(text: str, busy: bytearray) -> list[tuple[int, int, str, float, str]]:
    places: dict[str, list[re.Match]] = {}
    for match in _SHOUTED.finditer(text):
        if match[1] not in _NOT_SHOUTED and not busy[match.start()]:
            places.setdefault(match[1], []).append(match)
    found = []
    for name, matches in places.items():
        typed = any(
            re.search(
                r"(?:консорциум\w*|компани\w+|групп\w+|организаци\w+|корпораци\w+|агентств\w+|банк\w*|с|от|парти\w+)\s$",
                text[max(0, m.start() - 16) : m.start()],
            )
            for m in matches
        )
        if len(matches) > 1 and typed:
            found += [(m.start(1), m.end(1), name, 0.55, "capitals") for m in matches]
    return found
