"""People that a text names, in their base form and without their titles."""

import re

from entities.matcher import folded_word

from .everyday_en import is_everyday
from .given_names import latin_given_names, russian_given_names, weak_given_names
from .people_en import (
    is_portfolio,
    more_evidence,
    names_a_thing,
    particles_before,
    takes_surname,
    without_everyday,
)
from .people_merging import NamedPerson, merged
from .roles import ROLE, ROLE_WORDS, SPEECH_AFTER, SPEECH_BEFORE
from .russian_names import case_of_role, nominative
from .sentences import Sentences
from .turkish_names import (
    APPOINTED,
    NOT_NAMES,
    STANDS_IN,
    VESSEL_AFTER,
    is_given,
    is_month,
    says_too,
    settled,
    shows_case,
    weak_turkish_names,
    without_epithet,
)
from .vocabulary import vocabulary
from .wordlists import word_set
from .words import SUFFIX, UPPER, Word, runs

_FACILITY_AFTER = re.compile(
    r"^(?:['’]\w+)?\s+(?:\w+\s+)?(?:Space|Center|Centre|University|Airport|Institute|Foundation|Prize"
    r"|Award|Street|Avenue|Stadium|School|College|Hospital|Bridge|Library|Museum|Act|Plan|Doctrine"
    r"|Square|Park|Base|Group|Company|Inc|Corp|Bank|Ltd|Holding"
    r"|Üniversitesi|Havalimanı|Vakfı|Caddesi|Meydanı|Stadyumu|Köprüsü|Barajı|Parkı)\b"
)
_NAMED_AFTER = re.compile(
    r"(?:(?:имени|им\.)(?:\s+(?:академик|профессор|генерал|маршал|адмирал|президент|доктор|геро)\w+)?|улиц\w+|проспект\w*|площад\w+|аэропорт\w*|университет\w*|фонд\w*)\s+$",
    re.IGNORECASE,
)
_NOT_NAMES = word_set("not_names")
_RUSSIAN_SURNAME = re.compile(
    r"(?:ов|ев|ин|ын|ский|цкий|ской|енко|ко|ян|янц|швили|дзе|ук|юк|ых|их|ман|штейн|берг|ич|ец|ый"
    r"|ой)(?:а|у|ым|ом|ем|е|ой|ого|ому|я|ю)?$"
)
_TURKISH_THING = re.compile(r"(?:[aei]s[ii]|[iu]g[iu]|m[ae]s[ii]|l[ae]r|l[ae]r[ii]|l[iu]g[iu]|isi|ugu)$")
_COMMON = word_set("common_words_en")
_PATRONYMIC = re.compile(r"(?:ович|евич|ич)(?:а|у|ем|е)?$|(?:овн|евн|ичн|иничн)(?:а|ы|е|у|ой)$")
_LATIN_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ovych)$")
_RULE_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:administration|regime|government|cabinet|rejim\w*|yönetim\w*|hükümet\w*|hükûmet\w*|dönemi\w*)\b",
    re.IGNORECASE,
)
_RULE_AFTER_TURKISH = re.compile(r"^\s+(?:rejim|yönetim|hükümet|hükûmet)")
_BARE_SURNAME = re.compile(r"^[А-ЯЁ][а-яё]{2,}(?:ов|ев|ёв|енко|швили|дзе)(?:а|у|ым)$")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:в|во|из|на|до|под|от|около|г\.|город\w*|областью?|област\w+|район\w*|сел\w+|улиц\w+)"
    r"|(?<!\w)(?:им\.|имени))\s+$",
    re.IGNORECASE,
)
_SHOUTED = re.compile(rf"[{UPPER}][{UPPER}-]+[а-я]{{0,2}}$")
_RULE_AFTER_TITLED = re.compile(r"^(?:[-‑][A-Z]\w+)?\s+Administration\b")
_APPOSITION = re.compile(
    r"^,\s+(?:the\s+|an?\s+|his\s+|her\s+)?(?:[\w’'-]+\s+){0,4}?(?:" + ROLE.pattern + ")", re.IGNORECASE
)
_SIGNATURE = re.compile(rf"^[{UPPER}][{UPPER}.\s'’-]{{5,40}}\.?$")


_IN_LATIN_AFTER = re.compile(r"^\s\([A-Z][\w.'’-]+(?:\s[\w.'’-]+){1,3}[),]")
_BESIDE = re.compile(r"(?:,\s|,?\s(?:и|and|ve|ile)\s)")
_BESIDE_BEFORE = re.compile(_BESIDE.pattern + "$")


def find_people(
    text: str, sentences: Sentences, language: str, taken: list[tuple[int, int]]
) -> list[NamedPerson]:
    """Return the people of a text; ``taken`` are places that countries and organisations hold."""
    busy = bytearray(len(text) + 1)
    for start, end in taken:
        busy[start:end] = b"\x01" * (end - start)
    candidates: list[NamedPerson] = []
    rest: list[list[Word]] = []
    for run in runs(text):
        for words in _parts(text, run, busy, language):
            if person := _person(text, words, sentences, language):
                candidates.append(person)
            elif 2 <= len(words) <= 3:
                rest.append(words)
    if language == "ru":
        candidates += _listed(text, rest, candidates)
    candidates = [person for person in candidates if not _is_byline(text, person)]
    candidates += _signatures(text)
    return merged(text, settled(candidates) if language == "tr" else candidates)


def _listed(text: str, rest: list[list[Word]], people: list[NamedPerson]) -> list[NamedPerson]:
    """Two or three capitalised words that stand in one list with people name one more."""
    starts = {start for person in people if len(person.tokens) > 1 for start, _ in person.places}
    ends = {end for person in people if len(person.tokens) > 1 for _, end in person.places}
    found: list[NamedPerson] = []
    for words in rest:
        start, end = words[0].start, words[-1].end
        after, before = _BESIDE.match(text, end), _BESIDE_BEFORE.search(text[max(0, start - 6) : start])
        beside = (after and after.end() in starts) or (before and start - len(before[0]) in ends)
        if beside and not any(_is_role(word) or vocabulary(text).is_small(word.text) for word in words):
            name = " ".join(nominative([word.text for word in words], text, None))
            found.append(NamedPerson(name, [(start, end)], 0.62, "listed with people"))
            starts.add(start)
            ends.add(end)
    return found


def _is_byline(text: str, person: NamedPerson) -> bool:
    """A name that is a line of its own, near the top or at the end, and is named nowhere else: who wrote it."""
    start, end = person.places[0]
    alone = text[max(0, start - 1) : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    if not alone or text.count(text[start:end].split()[-1]) > 1 or text[start:end].isupper():
        return False
    line_before = text[: max(0, start - 1)].rstrip("\n").rpartition("\n")[2]
    line_after = text[end:].lstrip("\n").partition("\n")[0]
    in_a_list = any(len(line.split()) <= 4 and line.istitle() for line in (line_before, line_after) if line)
    return not in_a_list and (start < 400 or end > len(text) - 200)


def _parts(text: str, run: list[Word], busy: bytearray, language: str) -> list[list[Word]]:
    """Cut a run where a country, an organisation, a role or a common word stands in it."""
    parts: list[list[Word]] = [[]]
    for word in run:
        plain = word.text.casefold().rstrip(".")
        shouted = not word.is_initial and bool(_SHOUTED.match(word.text))
        shouted = shouted or word.text in ("H.E.", "H.E", "H.H.", "H.R.H.", "H.M.")
        role = _is_role(word) and not (parts[-1] and language == "tr" and is_given(folded_word(word.text)))
        if busy[word.start] or _is_no_name(text, word, plain, language) or role or shouted:
            parts.append([])
        else:
            parts[-1].append(word)
    return [_without_ends(part) for part in parts if _without_ends(part)]


def _is_no_name(text: str, word: Word, plain: str, language: str) -> bool:
    if language != "tr":
        return plain in _NOT_NAMES
    if plain in ("de", "da"):
        return word.text.islower() and says_too(text, word)
    if plain == "kasım":
        return is_month(text, word)
    return plain in _NOT_NAMES or plain.replace("i̇", "i") in NOT_NAMES or shows_case(word.text)


def _is_role(word: Word) -> bool:
    bare = word.text.rstrip(".").casefold()
    bare = bare[:-1] if bare.endswith("s") and bare[:-1] in ROLE_WORDS else bare
    return bare in ROLE_WORDS or (
        bool(ROLE.fullmatch(word.text)) and folded_word(word.text) not in latin_given_names()
    )


def _without_ends(part: list[Word]) -> list[Word]:
    while part and part[0].is_particle and part[0].text.islower():
        part = part[1:]
    while part and (part[-1].is_particle or (part[-1].is_initial and len(part) > 2)):
        part = part[:-1]
    return part


def _given_index(words: list[Word], language: str) -> int | None:
    """Where the first given name stands."""
    for index, word in enumerate(words):
        folded = folded_word(word.text)
        if (
            folded in russian_given_names()
            or folded in latin_given_names()
            or (language == "tr" and is_given(folded))
            or (folded.split(" ")[0] in latin_given_names() and " " in folded)
        ):
            return index
    return None


def _of_the_name(text: str, words: list[Word], language: str) -> list[Word]:
    """What of a run of capitals is the name: without epithets, everyday words and what a heading glues to it."""
    if language == "tr":
        words = without_epithet(words)
    if language == "en":
        words = without_everyday(words)
    given = _given_index(words, language)
    while given and words[0].text.casefold() in _COMMON:
        words, given = words[1:], given - 1
    if given and 1 < given < len(words) - 1 and not any(word.is_particle for word in words[:given]):
        words, given = words[given - 1 :], 1
    if (
        given
        and given < len(words) - 1
        and re.search(r"\b(?:of|at|for)\s$", text[max(0, words[0].start - 5) : words[0].start])
    ):
        words, given = words[given:], 0
    if len(words) > 3:
        arabic = any(word.text.casefold() in ("al", "el", "bin", "ibn", "bint", "ben") for word in words[1:])
        words = (
            (words if arabic else words[-2:])
            if given is None
            else (words if arabic and len(words) < 6 else _full_name(text, words))
        )
    return words


def _person(text: str, words: list[Word], sentences: Sentences, language: str) -> NamedPerson | None:
    words = _of_the_name(text, words, language)
    given = _given_index(words, language)
    start, end = words[0].start, words[-1].end
    before, after = text[max(0, start - 140) : start], text[end : end + 60]
    sentence = sentences.at(start)
    before = before[-(start - sentence.start) :] if start - sentence.start < 140 else before
    before = "" if start == sentence.start else before
    small = particles_before(before) if language == "en" and len(words) == 1 else ""
    start, before = start - len(small), before[: len(before) - len(small)]
    bare = SUFFIX.sub("", after)
    if (
        _FACILITY_AFTER.match(after)
        or VESSEL_AFTER.match(after)
        or (language == "tr" and STANDS_IN.match(after))
        or _NAMED_AFTER.search(before)
    ):
        return None
    if language == "en" and given is None and len(words) > 1 and is_everyday(words[-1].text):
        return None  # the chief executive of Air Products
    if language == "en" and (is_portfolio(words, given, before) or names_a_thing(words, after)):
        return None
    points, reason = _evidence(text, words, given, before, after, bare, start == sentence.start)
    if language == "en":
        points, reason = more_evidence(text, words, given, before, points, reason)
    if points < 1.8 or ((points < 3 or language == "en") and _is_a_thing(text, words, language)):
        return None
    name = _base_form(text, words, before, language)
    name = small + name if name else ""
    return NamedPerson(name, [(start, end)], min(0.95, 0.45 + 0.1 * points), reason) if name else None


def _full_name(text: str, words: list[Word]) -> list[Word]:
    """A long run of capitals may be a headline: keep what the text says again, else given name and surname."""
    for at, word in enumerate(words[1:-1], 1):
        if word.text in ("оглы", "кызы", "oğlu", "kızı"):
            return words[: at + 2]
    if len(words) < 7 and any(word.text in ("da", "de", "dos", "von", "van", "der") for word in words[2:-1]):
        return words
    for length in (4, 3):
        name = text[words[0].start : words[length - 1].end]
        if length <= len(words) and text.count(name) > 1:
            return words[:length]
    middle = 1
    while middle < len(words) - 1 and (words[middle].is_initial or words[middle].is_particle):
        middle += 1
    last = max((i for i, word in enumerate(words[:-1]) if word.is_particle), default=0)
    if last > middle and last < 5:
        return words[: last + 2]  # Luiz Inácio Lula da Silva
    if (
        middle == 1
        and len(words) <= 4
        and folded_word(words[1].text) in latin_given_names() | russian_given_names().keys()
    ):
        return words[:3]
    return words[: middle + 1]


def _title_before(before: str) -> bool:
    """A role word directly before, or with the office and its country or body between."""
    russian = bool(re.search("[а-я]", before[-30:]))
    tail = before[-130 if russian else -70 :]
    for match in reversed(list(ROLE.finditer(tail))):
        between = tail[match.end() :]
        if not re.search(r"[.!?;:,]|\b(?:и|and|ve|who|that|said|was|is|had|has)\b", between):
            return len(between.split()) <= (11 if russian else 7)
    return False


def _evidence(
    text: str, words: list[Word], given: int | None, before: str, after: str, bare: str, starts: bool
) -> tuple[float, str]:
    direct = bool(re.search(r"(?:" + ROLE.pattern + r")\.?\)?\s+$", before[-40:], re.IGNORECASE))
    titled = direct or _title_before(before)
    if len(words) == 1:
        return _evidence_alone(text, words[0], before, bare, direct, starts)
    points, reasons = 0.0, []
    if given is not None:
        name = folded_word(words[given].text)
        weak = name in weak_given_names() or name in weak_turkish_names()
        points, reasons = (1.2 if weak else 1.8), ["given name"]
    elif words[0].is_initial and not words[-1].is_initial:
        points, reasons = 1.4, ["initials"]
    if titled:
        points += 2 if direct else 1.5
        reasons.append("title of a person")
        if given is None and 2 <= len(words) <= 3 and re.search("[а-я]", words[0].text):
            points += 0.4
    if _IN_LATIN_AFTER.match(after) and re.search("[а-яё]", words[0].text) and len(words) > 1:
        points += 1.5
        reasons.append("the name in Latin letters after it")
    if len(words) in (2, 3) and APPOINTED.match(after):
        points += 1.8
        reasons.append("appointed, led or tried")
    if SPEECH_BEFORE.search(before) or SPEECH_AFTER.match(after):
        points += 0.7
        reasons.append("speaks or acts")
    if _APPOSITION.match(after):
        points += 1.2
        reasons.append("title after the name")
    if any(_PATRONYMIC.search(word.text) or _LATIN_PATRONYMIC.search(word.text) for word in words[1:]):
        points += 2
        reasons.append("patronymic")
    if given is not None and _RUSSIAN_SURNAME.search(words[-1].text.casefold()):
        points += 0.8
    if _said_again(text, words[-1]):
        points += 0.8
        reasons.append("named again by surname")
    if given is not None and len(words) in (2, 3) and not starts:
        points += 0.4
    return points, ", ".join(reasons)


def _evidence_alone(
    text: str, word: Word, before: str, bare: str, direct: bool, starts: bool
) -> tuple[float, str]:
    """Of a single word: a title before it, a surname's ending, a government that bears it."""
    if direct and not starts and _looks_like_name(word, text) and takes_surname(before, word):
        return 2.5, "surname after a title"
    if not starts and _BARE_SURNAME.search(word.text) and not _PLACE_BEFORE.search(before):
        return 1.8, "looks like a surname"
    rules = _RULE_AFTER.match(bare) and (not starts or _RULE_AFTER_TURKISH.match(bare))
    if rules and len(word.text) > 3 and _looks_like_name(word, text):
        return 2.0, "name of a government's head"
    return 0.0, ""


def _is_a_thing(text: str, words: list[Word], language: str) -> bool:
    """A run that ends as Turkish things do ("Barış Arayışı"), or of everyday words alone."""
    last = folded_word(words[-1].text)
    if language == "tr":
        return bool(_TURKISH_THING.search(last))
    return language == "en" and len(words) > 1 and all(folded_word(word.text) in _COMMON for word in words)


def _looks_like_name(word: Word, text: str) -> bool:
    """No place or thing: a capitalised word that the text never writes small."""
    if re.search("[а-яё]", word.text) and not _RUSSIAN_SURNAME.search(word.text.casefold()):
        return False
    if word.text.casefold() in _COMMON or re.search(r"l[ae]r$", word.text):
        return False
    return len(word.text) > 2 and not word.text.isupper() and not vocabulary(text).is_small(word.text)


def _said_again(text: str, word: Word) -> bool:
    stem = word.text[: max(4, len(word.text) - 2)]
    return len(word.text) > 3 and vocabulary(text).count_of(stem, 3) > 1


def _base_form(text: str, words: list[Word], before: str, language: str) -> str:
    parts = [re.sub(r"['’](?:s|[a-zçğıöşü]+)$", "", word.text) for word in words]
    if language != "ru" or not re.search("[а-яё]", parts[-1]):
        return " ".join(parts)
    role_case = None if len(parts) == 1 and not _title_before(before[-24:]) else case_of_role(before)
    return " ".join(nominative(parts, text, role_case))


def _signatures(text: str) -> list[NamedPerson]:
    """A line of capitals that is a name, as letters are signed."""
    found = []
    position = 0
    for line in text.split("\n"):
        words = line.rstrip(".").split()
        if (
            position > len(text) * 0.5
            and _SIGNATURE.match(line)
            and 2 <= len(words) <= 4
            and folded_word(words[0]) in latin_given_names()
        ):
            name = " ".join(word if re.fullmatch(r"[A-Z]\.", word) else word.capitalize() for word in words)
            name = name + "." if name.endswith(("Jr", "Sr")) else name
            found.append(NamedPerson(name, [(position, position + len(line))], 0.8, "signature"))
        position += len(line) + 1
    return found
