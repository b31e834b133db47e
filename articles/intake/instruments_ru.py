"""Agreements that Russian text names, brought into the nominative."""

import re

from .purchases_ru import purchases
from .russian_grammar import agreeing
from .sentences import Sentence, Sentences

_NOUNS = {
    "договор": ("договор", "m", "treaty"), "соглашени": ("соглашение", "n", "agreement"), "меморандум": ("меморандум", "m", "memorandum"), "протокол": ("протокол", "m", "protocol"),
    "деклараци": ("декларация", "f", "declaration"), "конвенци": ("конвенция", "f", "treaty"), "контракт": ("контракт", "m", "contract"), "пакт": ("пакт", "m", "treaty"), "харти": ("хартия", "f", "treaty"),
    "договоренност": ("договоренность", "f", "agreement"), "договорённост": ("договорённость", "f", "agreement"), "заявлени": ("заявление", "n", "declaration"), "коммюнике": ("коммюнике", "n", "declaration"), "трактат": ("трактат", "m", "treaty"), "перемири": ("перемирие", "n", "agreement"), "мир": ("мир", "m", "treaty"),
    "дорожная карт": ("дорожная карта", "f", "agreement"), "программ": ("программа", "f", "programme"), "инициатив": ("инициатива", "f", "programme"),
    "план": ("план", "m", "programme"), "поправк": ("поправка", "f", "agreement"),
}  # fmt: skip
_PLURALS = {
    "договор": "договоры", "соглашени": "соглашения", "меморандум": "меморандумы", "протокол": "протоколы", "деклараци": "декларации", "конвенци": "конвенции", "контракт": "контракты",
    "договоренност": "договоренности", "договорённост": "договорённости", "заявлени": "заявления", "пакт": "пакты",
}  # fmt: skip
_PLURAL_ENDING = re.compile(r"(?:ы|ов|ам|ами|ах|я$|й$|ям|ями|ях|ей|ей|и)$")
_ADJECTIVE = (
    r"(?:[А-ЯЁа-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ом|ем|ые|ие|ых|их|ыми|ими)\s+)"
)
_STEMS = "|".join(_NOUNS).replace("дорожная карт", r"дорожн\w+\s+карт")
_NOUN = re.compile(
    rf"(?<![\w-])({_ADJECTIVE}{{0,4}}?)({_STEMS})(ями|ами|ях|ах|ям|ам|ов|ей|ем|ом|ию|ией|ии"
    rf"|ия|ью|а|у|е|ы|я|ю|и|й|ь)?(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\s+(?:СНВ(?:-\d|-[IVX]+)?|РСМД|ДОВСЕ|ДНЯО|«[^»\n]{3,120}»|\"[^\"\n]{3,120}\"|“[^”\n]{3,120}”)"
)
_OF_LENDER = re.compile(
    r"\s+(?:[А-ЯЁ]{2,6}|[А-ЯЁ][а-яё]+банка)(?:\s+(?:на|в\s+размере|на\s+сумму)\s+[\d,.]+\s+(?:млн|млрд|тыс)\.?\s+\w+)?(?!\w)"
)
_TO_ANOTHER = re.compile(
    rf"\s+к\s+(?:{_ADJECTIVE}){{0,3}}(?:соглашени|договор|протокол|конвенци|контракт)\w+"
)
_NEEDS_NAME = frozenset(("программ", "инициатив", "план"))
_YEAR = re.compile(r"\s+\d{4}\s+года")
_SUBJECT = (
    r"(?:о|об|обо|по|между|с|со|в\s+(?:области|сфере)|на\s+(?:поставк|строительств|закупк|обслуживани|разработк|модернизаци"
    r"|сооружени|покупк|продаж|приобретени|создани|производств|транспортировк|транзит|аренд|выполнени|проектировани)\w*)"
)
_ABOUT = re.compile(
    rf"\s+(?:(?:[а-яё]+\s+)?(?:сотрудничества|действий|обмена|обменов)\s+)?{_SUBJECT}\s+(?=\S)"
)
_FOR_YEARS = re.compile(
    r"(?:\s+[а-яё-]+(?:ого|его|ой|ей|ых|их))?\s+[а-яё]+(?:\s+[а-яё]+(?:ия|ии|а|и|ы|ов|ва))?\s+на\s+(?:период\s+)?\d{4}(?:\s?[–—-]\s?\d{2,4})?\s*(?:годы|гг\.?|год|года)?"
)
_INSTRUMENT_FOLLOWS = r"(?:Программ|Соглашени|Меморандум|Протокол|План|Деклараци|Конвенци|Договор|Заявлени|Совместн|Контракт|Дорожн)\w*"
_STOP = re.compile(
    r"[.;:()\n«»]|,(?!\s[А-ЯЁа-яё-]+(?:\s[а-яё-]+)?(?:,\s[А-ЯЁа-яё-]+)*\s+и\s)|\s+и\s+(?="
    + _INSTRUMENT_FOLLOWS
    + r")|\s(?=[А-ЯЁ][\w-]+\s(?:и\s[А-ЯЁ][\w-]+\s)?(?:подпис|заключ|ратифиц|выполн|соблюд"
    r"|приня))|\s+[—–-]\s|\s+(?:который|которая|которое|которые|подписан\w*|заключ[её]н\w*|был\w*"
    r"|будет|будут|вступ\w+|накануне|во\s+время|в\s+ходе|в\s+обмен|при\s|на\s+сумму|под\s+|от\s+\d"
    r"|в\s+(?:январ|феврал|март|апрел|ма[ея]\s|июн|июл|август|сентябр|октябр|ноябр|декабр|\d)"
    r"|\d{1,2}\s+(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)|для|из-за|после|до\s+\d|что"
    r"|чтобы|долж[её]?н\w*|опира\w+|спустя|через|устанавлива\w+|явля\w+|стал\w*|мо[жг]\w+|пока|если"
    r"|уже|также|в\s+обмен|при\s+условии|на\s+предстоящ\w+|а\s|но\s)(?!\w{4})|\s+[а-яё]{3,}(?:ает|яет"
    r"|ует|ит|ют|ут|ат|ят|ал|ил|ел|ала|ила|али|или|ели|лся|лась|лись|ется|ится|ются|ться)(?!\w)|$"
)
_ACTION = re.compile(
    r"(?:подпис\w+|заключ\w+|ратифиц\w+|парафир\w+|вступ\w+|достиг\w+|пересмотр\w*|согласов\w+"
    r"|одобр\w+|утверд\w+|перегов\w+|договорил\w+|разорв\w+|расторг\w+|продл\w+|обмен\w+|предложи\w+"
    r"|выполн\w+|исполн\w+|остаются|принял\w*|принят\w*|действу\w+)",
    re.IGNORECASE,
)
_WEAK = frozenset(("заявлени", "договоренност", "договорённост", "контракт"))
_VAGUE = re.compile(
    r"^(?:эт|так|как|наш|сво|нов|перв|втор|последн|данн|сам|люб|друг|проч|все|вс|подобн|соответствующ"
    r"|дальнейш|очередн|конкретн|важн|официальн|окончательн|предварительн|достигнут|громк|последующ"
    r"|отдельн|политическ|заключ[её]нн|подписанн|действующ|существующ|имеющ|указанн|упомянут|названн|ключев"
    r"|прежн|предыдущ|текущ|нынешн|больш|крупн|многочисленн|различн|разн|котор)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\w,.])((?:\d{1,3}|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать"
    r"|двенадцать|пятнадцать|двадцать|ряд|пакет|несколько|десятки|десяток|сотни|множество|(?:более|около|свыше|порядка)\s+\d+)\s+"
    + _ADJECTIVE
    + r"{0,3})(соглашени[яй]|договор(?:ов|а)|меморандум(?:ов|а)(?:\s+о\s+взаимопонимании)?"
    r"|протокол(?:ов|а)|документ(?:ов|а)|контракт(?:ов|а)|конвенци[йи]|деклараци[йи])(?!\w)",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"(?:согласова\w+|подписа\w+|утверди\w+)\s+(основные\s+условия\s+сделки\s+(?:[cс]\s+)?[^.;]{5,140})",
    re.IGNORECASE,
)


def find(text: str, sentences: Sentences) -> list[tuple[int, int, str, str, bool]]:
    """Return (start, end, title, kind, counted) for each instrument named in the text."""
    found = []
    for sentence in sentences.all:
        inside = [place for match in _COUNT.finditer(sentence.text) if (place := _counted(sentence, match))]
        inside += purchases(sentence)
        for match in _NOUN.finditer(sentence.text):
            at = sentence.start + match.start(2)
            if not any(start <= at < end for start, end, *_ in inside) and (
                place := _instrument(sentence, match)
            ):
                inside.append(place)
        for match in _DEAL.finditer(sentence.text):
            title = re.split(r"\s+за\s+|\s+при\s+", re.sub(r"\s*\([^)]*\)", "", match[1]))[0]
            inside.append(
                (
                    sentence.start + match.start(1),
                    sentence.start + match.end(1),
                    title[0].upper() + title[1:].strip(),
                    "contract",
                    False,
                )
            )
        found += _last_of_equals(sentence, sorted(inside))
    return found


def _last_of_equals(sentence: Sentence, places: list[tuple]) -> list[tuple]:
    """ "Последнее соглашение … — это договор СНВ-3": one instrument, under its own name."""
    kept: list[tuple] = []
    for place in places:
        if kept and re.search(
            r"[—–-]\s+это\s", sentence.text[kept[-1][1] - sentence.start : place[0] - sentence.start + 1]
        ):
            kept.pop()
        kept.append(place)
    return kept


def _counted(sentence: Sentence, match: re.Match) -> tuple | None:
    if not _ACTION.search(sentence.text):
        return None
    kind = next(
        (kind for stem, (_, _, kind) in _NOUNS.items() if match[2].lower().startswith(stem)), "agreement"
    )
    end = match.end() + _complement(sentence.text[match.end() :])
    title = sentence.text[match.start() : end]
    return sentence.start + match.start(), sentence.start + end, title[0].upper() + title[1:], kind, True


def _complement(rest: str) -> int:
    """How far "о пересмотре …" or "между … и …" goes on."""
    about = _ABOUT.match(rest)
    if not about:
        return 0
    stop = _STOP.search(rest, about.end())
    end = stop.start() if stop else len(rest)
    quoted = re.match(r"[^.;:()\n,«]*«[^»\n]{2,60}»", rest)
    if quoted and rest[end : end + 1] == "«":
        end = quoted.end()
    return end if len(rest[:end].split()) <= 28 else 0


def _instrument(sentence: Sentence, match: re.Match) -> tuple | None:
    text = sentence.text
    adjectives, stem, ending = match[1].split(), match[2].lower(), (match[3] or "").lower()
    stem = "дорожная карт" if stem.startswith("дорожн") else stem
    noun, gender, kind = _NOUNS[stem]
    plural = stem in _PLURALS and _is_plural(stem, ending, adjectives)
    while adjectives and _VAGUE.match(adjectives[0]):
        adjectives = adjectives[1:]
    rest = text[match.end() :]
    name = _NAME.match(rest)
    end = match.end() + (name.end() if name else 0)
    year = _YEAR.match(text, end)
    end = year.end() if year else end
    if lent := _OF_LENDER.match(text, end) if adjectives and stem == "соглашени" else None:
        end = lent.end()
    if stem == "поправк":
        target = _TO_ANOTHER.match(text, end)
        if not target:
            return None
        lent = _OF_LENDER.match(text, target.end())
        end = lent.end() if lent else target.end()
    if years := _FOR_YEARS.match(text, end) if stem in _NEEDS_NAME else None:
        end = years.end()
    end += 0 if name or years else _complement(text[end:])
    tail = text[match.end() : end].rstrip(" ,")
    if not lent and not _is_identifiable(text, stem, adjectives, bool(name), bool(year), tail):
        return None
    words = [_plural_adjective(word) if plural else agreeing(word, gender) for word in adjectives]
    written = _PLURALS[stem] if plural else noun
    title = " ".join([*words, written]) + tail
    start = match.start(2) if not adjectives else match.start(1) + match[1].index(adjectives[0])
    return (
        sentence.start + start,
        sentence.start + match.end() + len(tail),
        title[0].upper() + title[1:],
        kind,
        False,
    )


def _is_plural(stem: str, ending: str, adjectives: list[str]) -> bool:
    if adjectives:
        return bool(re.search(r"(?:ые|ие|ых|их|ыми|ими)$", adjectives[-1])) or (
            bool(re.search(r"(?:ым|им)$", adjectives[-1])) and ending in ("ам", "ям")
        )
    return (
        ending in ("ы", "ов", "ам", "ами", "ах", "ям", "ями", "ях")
        or (stem.endswith("ени") and ending == "й")
        or (stem.endswith("ност") and ending == "ей")
    )


def _plural_adjective(word: str) -> str:
    return re.sub(
        r"(?<=[кгхшжчщ])(?:их|им|ими|ие)$|(?:ых|ым|ыми|ые)$",
        lambda m: "ие" if m[0].startswith("и") else "ые",
        word,
    )


def _is_identifiable(text: str, stem: str, adjectives: list[str], name: bool, year: bool, tail: str) -> bool:
    if name:
        return stem not in _NEEDS_NAME or len(tail.split()) > 1
    if stem == "поправк":
        return True
    acted = bool(_ACTION.search(text))
    if stem in _NEEDS_NAME and _FOR_YEARS.match(tail):
        return text.lstrip("–—- ")[:1].isupper() or acted
    if stem in _NEEDS_NAME:
        return (
            acted
            and bool(re.match(r"\s+(?:(?:\w+\s+)?сотрудничества|действий)\s", tail))
            and len(tail.split()) > 3
        )
    if stem == "дорожная карт":
        return acted and len(tail.split()) >= 2
    if stem not in _WEAK and re.match(
        r"\s+(?:о|об|обо)\s+\S+\s+\S+|\s+по\s+\S+\s+\S+\s+\S+|\s+между\s+\S+\s+и\s", tail
    ):
        return True
    if re.fullmatch(r"\s+со?\s+\S+", tail) and not adjectives and not re.search(r"подпис|заключ|ратиф", text):
        return False
    complement = bool(_ABOUT.match(tail)) and len(tail.split()) >= 2
    if stem == "заявлени":
        return bool(adjectives) and adjectives[-1].lower().startswith("совместн") and (complement or acted)
    if stem.startswith("договор") and stem != "договор" and re.match(r"\s+по\s", tail):
        return False  # what was agreed upon, no instrument
    if stem in _WEAK:
        return complement and bool(re.search(r"подпис\w+|заключ\w+|продл\w+|расторг\w+|выполн\w+", text))
    if year:
        return bool(adjectives) or acted
    return _is_told_apart(text, stem, adjectives, complement, acted)


def _is_told_apart(text: str, stem: str, adjectives: list[str], complement: bool, acted: bool) -> bool:
    """By the adjectives before it: of states and places, of its kind."""
    geographic = [
        word
        for word in adjectives
        if word[0].isupper() and re.search(r"[сц]к(?:ий|ая|ое|ого|ой|ому|им|ом|ую|ие|их|ими)$", word)
    ]
    if stem in ("мир", "перемири"):
        return bool(geographic) and not re.match(
            r"(?:Русск|Арабск|Исламск|Мусульманск|Христианск|Тюркск|Славянск)", geographic[-1]
        )
    if geographic and len(adjectives) <= 2:
        return True
    proper = any(word[0].isupper() for word in adjectives) and not text.startswith(
        adjectives[0] if adjectives else "\0"
    )
    kinds = [
        word
        for word in adjectives
        if re.match(
            r"(?:межправ|мирн|торгов|газов|двусторон|рамочн|союзн|инвестиц|военн|культурн|визов|налогов"
            r"|кредитн|пограничн|энергет|оборон|таможен|межгосуд|ядерн|долгосроч)",
            word.lower(),
        )
    ]
    return acted and (complement or proper or bool(kinds and kinds[0][:3] in ("мир", "меж", "сою")))
