"""Organisations that a text names and the register does not know: found by the words they are made of and stand beside."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from entities.matcher import folded_in_place

from . import acronyms_tr, organisations_en, organisations_ru, organisations_tr
from .bodies_tr import names_a_document
from .sentences import Sentences

_LEGAL_FORMS = frozenset("нк нак оао пао зао ооо ао гк ак анк ук jsc pjsc ojsc nc".split())
_ACRONYM = re.compile(
    r"\(\s*(?:the\s+|далее\s*[–—-]?\s*)?[“\"«]?([A-ZА-ЯЁÇĞİÖŞÜ][A-Za-zА-ЯЁÇĞİÖŞÜа-яё&-]{1,11})[”\"»]?\s*\)"
)
_CASE_ENDING = re.compile(r"^[’']?[a-zçğıöşü]{1,6}(?=\s)")
_FINDERS = {"ru": organisations_ru.find, "tr": organisations_tr.find}


@dataclass(slots=True)
class Found:
    """One place that looks like an organisation: its base form, and how sure the rule is."""

    start: int
    end: int
    name: str
    score: float
    reason: str
    target: object = None


@dataclass(slots=True)
class NamedOrganisation:
    name: str
    places: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0
    reason: str = ""
    acronym: str = ""
    target: object = None

    @property
    def full_name(self) -> str:
        return (
            f"{self.name} ({self.acronym})" if self.acronym and self.acronym not in self.name else self.name
        )


def find_organisations(
    text: str,
    sentences: Sentences,
    language: str,
    known: list[Found],
    busy: bytearray,
    surnames: frozenset[str] = frozenset(),
) -> list[NamedOrganisation]:
    """Return the organisations of a text; ``known`` come from name lists, ``busy`` marks countries' places."""
    if language == "tr":
        known = [place for place in known if not names_a_document(text, place.end)]
    if language in ("ru", "tr"):
        places = _FINDERS[language](text, sentences, busy)
    else:
        places = organisations_en.find(text, sentences, busy, surnames)
    found = known + [place for place in (Found(*place) for place in places) if not _is_around(place, known)]
    found = _apart(found)
    merged = _merged(text, found, any_letters=language == "tr")
    _add_acronym_places(text, merged)
    return sorted(merged, key=lambda organisation: organisation.places[0])


def _is_around(place: Found, known: list[Found]) -> bool:
    """ "BIMSTEC Grid": what is no body or firm by its own words adds nothing to the name that everybody knows."""
    if place.reason.startswith(("a body", "a legal form", "a company by", "in quotation")):
        return False
    return any(
        place.start <= other.start
        and other.end <= place.end
        and other.end - other.start < place.end - place.start
        for other in known
    )


def _apart(found: list[Found]) -> list[Found]:
    """Of overlapping places the longer stays."""
    kept: list[Found] = []
    for place in sorted(found, key=lambda entry: (-(entry.end - entry.start), -entry.score)):
        if all(place.end <= other.start or place.start >= other.end for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda entry: entry.start)


def _key(name: str) -> str:
    key = re.sub(r"[^\w]+", " ", folded_in_place(name)).strip()
    key = re.sub(r"^the ", "", key)
    key = re.sub(r"^u s (?=\w)", "united states ", key)
    if re.search("[а-я]", key):  # one name in two cases is one name
        return " ".join(
            re.sub(
                r"(?<=\w{4})(?:ый|ий|ая|ое|ого|ому|ами|ями|ом|ем|ой|ей|ью|ых|их|ым|им|а|у|е|ы|и|ю|я|ь|й|о)$",
                "",
                word,
            )
            for word in key.split()
        )
    return key


def _merged(text: str, found: list[Found], *, any_letters: bool = False) -> list[NamedOrganisation]:
    """One entry a name; with ``any_letters`` an acronym may be that of another language ("… Örgütü (OPCW)")."""
    groups: dict[str, NamedOrganisation] = {}
    targets: dict[object, str] = {}
    for place in found:
        key = _key(place.name)
        if len(key) < 2:
            continue
        fresh = NamedOrganisation(place.name, score=place.score, reason=place.reason, target=place.target)
        key = targets.setdefault(place.target, key) if place.target else key
        group = groups.setdefault(key, fresh)
        group.target = group.target or place.target
        _take_name(group, place.name)
        group.places.append((place.start, place.end))
        if place.score > group.score:
            group.score, group.reason = place.score, place.reason
        behind = text[place.end : place.end + 24]
        if any_letters:
            behind = _CASE_ENDING.sub("", behind)
        after = _ACRONYM.match(behind.lstrip(" »\"”’'"))
        if (
            after
            and not group.acronym
            and (
                _stands_for(after[1], place.name)
                or (any_letters and place.score > 0.8 and _is_acronym(after[1]))
            )
        ):
            group.acronym = after[1]
    return _joined(list(groups.values()))


def _take_name(group: NamedOrganisation, name: str) -> None:
    """Of the forms of a name that everybody knows the fullest is shown, its acronym behind it."""
    if name == group.name or group.target is None:
        return
    full, short = sorted((group.name, name), key=lambda form: len(re.sub(r"\W", "", form)), reverse=True)
    group.name = full
    if short.isupper() and " " not in short and not full.isupper():
        group.acronym = short


def _is_acronym(word: str) -> bool:
    return word.isalpha() and word.isupper() and word not in acronyms_tr.NEVER


def _stands_for(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym come in the name's order."""
    letters = iter(re.sub(r"[^\w]", "", folded_in_place(name)))
    wanted = re.sub(r"[^\w]", "", folded_in_place(acronym))
    return sum(c.isupper() for c in acronym) >= 2 and all(letter in letters for letter in wanted)


def _joined(groups: list[NamedOrganisation]) -> list[NamedOrganisation]:
    """A shorter name whose words all stand in one longer name, or its acronym, is the same organisation."""
    groups.sort(key=lambda group: -len(group.name))
    kept: list[NamedOrganisation] = []
    by_acronym: dict[str, NamedOrganisation] = {}
    for group in groups:
        same = by_acronym.get(_key(group.name)) or _longer(group, kept) or _spelled_out(group, kept)
        if same is None:
            kept.append(group)
            if group.acronym:
                by_acronym[_key(group.acronym)] = group
        else:
            same.places += group.places
            same.score = min(0.97, max(same.score, group.score) + 0.02)
    for group in kept:
        group.places.sort()
    return kept


def _spelled_out(group: NamedOrganisation, kept: list[NamedOrganisation]) -> NamedOrganisation | None:
    """The one organisation whose words begin with the letters of an acronym."""
    if not re.fullmatch(r"[^\W\d_]{2,7}", group.name) or not group.name.isupper():
        return None
    wanted = folded_in_place(group.name)
    fits = [
        other
        for other in kept
        if "".join(word[0] for word in _key(other.name).split() if len(word) > 2 or word.isupper()) == wanted
    ]
    return fits[0] if len(fits) == 1 else None


def _longer(group: NamedOrganisation, kept: list[NamedOrganisation]) -> NamedOrganisation | None:
    words = _key(group.name).split()
    fits = [
        other for other in kept if _stands_in(_key(other.name).split(), words, known=group.target is not None)
    ]
    return fits[0] if len(fits) == 1 else None


def _stands_in(longer: list[str], shorter: list[str], *, known: bool) -> bool:
    """What everybody knows begins the longer name or follows its legal form: the Court of the Union is no Union."""
    if known:
        start = 1 if longer[0] in _LEGAL_FORMS else 0
        return len(shorter) < len(longer) and longer[start : start + len(shorter)] == shorter
    return _begins(longer, shorter)


def _begins(longer: list[str], shorter: list[str]) -> bool:
    """Whether a name stands in a longer one: at an end of it, or anywhere when it is several words or Russian."""
    size = len(shorter)
    if size >= len(longer):
        return False
    anywhere = size > 1 or bool(re.search("[а-я]", shorter[0]))
    starts = range(len(longer) - size + 1) if anywhere else (0, len(longer) - size)
    return any(longer[i : i + size] == shorter for i in starts)


def _add_acronym_places(text: str, organisations: list[NamedOrganisation]) -> None:
    taken: dict[str, int] = defaultdict(int)
    for organisation in organisations:
        if not organisation.acronym or taken[organisation.acronym]:
            continue
        taken[organisation.acronym] += 1
        for match in re.finditer(rf"(?<!\w){re.escape(organisation.acronym)}(?!\w)", text):
            if not any(start <= match.start() < end for start, end in organisation.places):
                organisation.places.append((match.start(), match.end()))
