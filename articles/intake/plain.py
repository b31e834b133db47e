"""Headline, date and body of a plain text: what the lines themselves show, and nothing where they show nothing."""

import re

from .boilerplate import is_boilerplate, without_boilerplate
from .dates import FoundDate, find_dates
from .invisible import without_marks

_LABEL = re.compile(
    r"(?:published|posted|date|updated|last modified|created|дата(?: публикации)?|опубликовано|обновлено|размещено"
    r"|yayın(?:lanma)? tarihi|yayınlandı|tarih|güncelleme(?: tarihi)?|on|at|by|от|в|saat|giriş|eklenme|oluşturulma|release date|est|et|edt"
    r"|gmt|utc|msk|мск|tsi|am|pm|volume|debated|hansard|sitting|column|a\.m\.|p\.m\."
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|понедельник|вторник|среда|четверг|пятница|суббота"
    r"|воскресенье|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar)(?!\w)",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"updated|modified|обновлено|güncelle", re.IGNORECASE)
_EVENT = re.compile(
    r"(?:deadline|valid|event|when|срок|действует|когда|son tarih|ne zaman)\s*:", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?")
_WORD = re.compile(r"[^\W\d_]+")
_SALUTATION = re.compile(
    r"^(?:dear|ladies and gentlemen|mr\.? speaker|mr\.? president|your excellenc|excellencies|уважаем"
    r"|дорогие|дамы и господа"
    r"|sayın|değerli|saygıdeğer)\b",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"^\s*(?:[-•*–—]\s|\(?[0-9a-zа-я]{1,2}[.)]\s)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”»’)]*\s+[\"“«(]?[A-ZА-ЯЁÇĞİÖŞÜ]")
_ABBREVIATION = re.compile(
    r"\b(?:[A-ZА-ЯЁ]|Mr|Mrs|Dr|St|No|Sen|Gov|Gen|vs|им|г|ул|Sn|Prof)\.\s", re.IGNORECASE
)
_INSTRUMENT = re.compile(
    r"agreement|treaty|convention|protocol|memorandum|declaration|an(?:t|d)?laşma|sözleşme|protokol|mutabakat|bildirge"
    r"|соглашени|договор|конвенци|протокол|меморандум|декларац",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^\d{1,4}[\s./-]\S{1,12}[\s./-]\d{2,4}\s*[—–:-]")
_NARRATIVE = re.compile(r"года?\b|\bг\.|[''’](?:de|da|te|ta|den|dan)\w*$", re.IGNORECASE)
_FIELDS = {
    "title": ("title", "headline", "заголовок", "başlık"),
    "source": ("source", "publisher", "источник", "kaynak"),
    "source_url": ("url", "link", "address", "ссылка", "адрес", "bağlantı"),
    "byline": ("author", "автор", "yazar"),
}
_FIELD = re.compile(
    rf"^({'|'.join(word for words in _FIELDS.values() for word in words)}):\s+(\S.{{0,300}})$", re.IGNORECASE
)
_DATED_TITLE = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)[\s|–—-]+(\S.{15,240})$")
_BYLINE = re.compile(r"^(?:by|автор|авторы|yazan|haber)\s*:?\s+(.{3,60})$", re.IGNORECASE)


def split_lines(text: str) -> list[str]:
    """Normalise line ends, spaces and invisible characters, line by line."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0c", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
        .replace("\u2010", "-")
        .replace("\u2011", "-")
    )
    return [re.sub(r"[^\S\n]+", " ", without_marks(line)).strip() for line in text.split("\n")]


def read_plain(text: str) -> dict[str, str | None]:
    """Return ``title``, ``published``, ``byline`` and ``text`` of a plain text."""
    lines = [_unmarked(line) for line in split_lines(text)]
    told = _told(lines)
    glued = _page_title(lines)
    published, date_line = page_date(lines)
    published = published or glued
    if date_line is not None:
        lines[date_line] = ""
    lines = _unwrapped(without_boilerplate(lines))
    title, rest = (told["title"], lines) if told.get("title") else _headline(lines)
    byline = _take_byline(rest) if title else ""
    paragraphs = _paragraphs(rest, title)
    if published is None:
        published, paragraphs = _glued_date(paragraphs)
    return {
        "title": title,
        "published": published,
        "byline": told.get("byline") or byline,
        "source": told.get("source"),
        "source_url": told.get("source_url"),
        "text": "\n\n".join(paragraphs),
    }


def _page_title(lines: list[str]) -> str | None:
    """A page's own title above its headline goes ("2018-03-21 Two sign - Site", "Two sign"); its date is told."""
    filled = [i for i, line in enumerate(lines) if line][:12]
    if not filled:
        return None
    first = lines[filled[0]]
    dated = _DATED_TITLE.match(first)
    again = (
        i
        for i in filled[1:]
        if 20 <= len(_key(lines[i])) < len(_key(first)) and _key(lines[i]) in _key(first)
    )
    if (headline := next(again, None)) is not None:
        for i in filled:  # what stands between is the page's: the weather, today's date, a menu
            lines[i] = "" if i < headline and (i == filled[0] or len(lines[i]) < 60) else lines[i]
    elif dated:
        lines[filled[0]] = dated[2]
    return dated[1] if dated else None


def _take_byline(rest: list[str]) -> str:
    """Take "By Editor One" out of the first lines, and the agency's name on a line of its own below it."""
    for number in [i for i, line in enumerate(rest) if line][:3]:
        if found := _BYLINE.match(rest[number]):
            rest[number] = ""
            below = next((i for i, line in enumerate(rest) if line and i > number), None)
            if below is not None and len(rest[below].split()) <= 3 and rest[below][-1].isalpha():
                rest[below] = ""
            return found[1]
    return ""


def _unmarked(line: str) -> str:
    """Without the marks of Markdown around a whole line."""
    line = re.sub(r"^#{1,6}\s+(?=\S)", "", line)
    return re.sub(r"^(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1$", r"\2", line)


def _told(lines: list[str]) -> dict[str, str]:
    """ "Title: …", "Source: …" at the top say what they say, and are no text."""
    told: dict[str, str] = {}
    for number in [i for i, line in enumerate(lines) if line][:6]:
        if not (match := _FIELD.match(lines[number])):
            continue
        name = next(name for name, words in _FIELDS.items() if match[1].casefold() in words)
        if name == "source_url" and not re.match(r"https?://\S+$", match[2]):
            continue
        told.setdefault(name, match[2].strip())
        lines[number] = ""
    return told


def page_date(lines: list[str]) -> tuple[str | None, int | None]:
    """The date that a line of its own gives near the top or at the end, and that line if it holds only the date."""
    filled = [i for i, line in enumerate(lines) if line]
    places = filled[:10] + [i for i in filled[-8:] if i not in filled[:10]]
    found: list[tuple[int, str, int | None]] = []
    for order, number in enumerate(places):
        line = lines[number]
        date = _date_of_line(line, first=number == filled[0])
        if date is None:
            continue
        rank = order + (100 if _UPDATED.search(line[: date.start + 1]) else 0)
        found.append((rank, date.value, number if number in filled[:10] else None))
    if not found:
        return None, None
    _, value, number = min(found, key=lambda entry: entry[0])
    return value, number


def _date_of_line(line: str, *, first: bool) -> FoundDate | None:
    if len(line) > 110 or _EVENT.search(line):
        return None
    dates = [
        date
        for date in find_dates(line)
        if date.exact or (len(date.value) == 7 and date.start == 0 and date.end == len(line))
    ]
    if len(dates) == 2 and _UPDATED.search(line[dates[0].end : dates[1].start]):
        line, dates = line[: dates[0].end], dates[:1]
    if len({date.value for date in dates}) != 1:
        return None
    date = dates[0]
    before, after = line[: date.start], line[date.end :]
    rest = _LABEL.sub(" ", _TIME.sub(" ", before + " | " + after))
    words = _WORD.findall(rest)
    if len(words) <= 1:
        return date
    if first:
        return None
    place_before = len(words) <= 6 and not _WORD.search(_LABEL.sub(" ", after)) and _is_place(before)
    by_parts = bool(re.search(r"[|•·/]", before + after)) and len(words) <= 8
    return date if place_before or by_parts else None


def _is_place(text: str) -> bool:
    """ "THE WHITE HOUSE,", "Ankara,", "By Editor One,": capitals and a closing comma, no sentence and no treaty."""
    if _INSTRUMENT.search(text) or _LIST_ITEM.match(text):
        return False
    words = _WORD.findall(_LABEL.sub(" ", text))
    return all(word[0].isupper() for word in words) and text.rstrip()[-1:] in ",-–—|:)"


def _unwrapped(lines: list[str]) -> list[str]:
    """Join the lines of a text that was wrapped at a fixed width."""
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 12 or lengths[-1] > 100 or lengths[len(lengths) // 2] < 50:
        return lines
    joined: list[str] = []
    width = lengths[-1]
    for line in lines:
        previous = joined[-1] if joined else ""
        if (
            line
            and previous
            and not _LIST_ITEM.match(line)
            and len(previous.rsplit("\n", 1)[-1]) > width * 0.7
        ):
            joined[-1] = (
                previous[:-1] + line if re.search(r"[a-zа-яçğıöşü]-$", previous) else f"{previous} {line}"
            )
        else:
            joined.append(line)
    return joined


def _headline(lines: list[str]) -> tuple[str | None, list[str]]:
    filled = [i for i, line in enumerate(lines) if line]
    if not filled:
        return None, lines
    first = filled[0]
    line = lines[first]
    following = [lines[i] for i in filled[1:]]
    if not looks_like_headline(line, following):
        return None, lines
    return line, [*lines[:first], *lines[first + 1 :]]


def looks_like_headline(line: str, following: list[str]) -> bool:
    """A short first line that is no sentence, list item, greeting or label, with longer text after it."""
    if not 8 <= len(line) <= 320 or _LIST_ITEM.match(line) or _SALUTATION.match(line):
        return False
    if line[-1] in ":;,-–—" or (_is_a_sentence(line) and not _stands_above(line, following)):
        return False
    if _SENTENCE_END.search(_ABBREVIATION.sub(" ", line)) and len(line) > 120:
        return False
    if not following:
        return False
    return max(len(other) for other in following[:12]) > min(len(line), 100)


def _is_a_sentence(line: str) -> bool:
    return bool(re.search(r"[^\s.][.]$", line)) and not re.search(r"\b(?:[A-ZА-Я]|Inc|Ltd|Co|Jr)\.$", line)


def _stands_above(line: str, following: list[str]) -> bool:
    """A headline that is written with a full stop: one short sentence without a date, over a longer paragraph."""
    return (
        len(line) <= 120
        and not find_dates(line)
        and not _SENTENCE_END.search(_ABBREVIATION.sub(" ", line))
        and bool(following)
        and len(following[0]) > 1.5 * len(line)
    )


def _paragraphs(lines: list[str], title: str | None) -> list[str]:
    """One paragraph a line, without the headline said again and without paragraphs doubled on the spot."""
    kept: list[str] = []
    told = _key(title or "")
    for line in lines:
        if not line or is_boilerplate(line):
            continue
        key = _key(line)
        if key == told or (len(key) > 30 and kept and kept[-1].casefold() == line.casefold()):
            continue
        kept.append(line)
    return kept


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _glued_date(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    """A date that stands before the first sentence without belonging to it: ``13 December 2022 The head of …``."""
    if not paragraphs:
        return None, paragraphs
    lead = paragraphs[0]
    dates = find_dates(lead[:120])
    if not dates or not dates[0].exact:
        return None, paragraphs
    date = dates[0]
    before, after = lead[: date.start], lead[date.end :]
    if not before.strip(" ([—–-"):
        if _is_chronicle(paragraphs):
            return None, paragraphs
        if _NARRATIVE.search(lead[date.start : date.end]):
            return None, paragraphs
        rest = re.sub(r"^[\s,|]*(?:\d{1,2}:\d\d)?[\s\])—–:.|-]*", "", after)
        if after[:1] in " .|—–-)]" and rest[:1].isupper() | (rest[:1] in '«“"'):
            return date.value, [rest, *paragraphs[1:]]
        return None, paragraphs
    if _is_dateline(before, after):
        return date.value, paragraphs
    return None, paragraphs


def _is_chronicle(paragraphs: list[str]) -> bool:
    """Several paragraphs begin with a date of their own: entries, and none is the page's."""
    return sum(bool(_ENTRY.match(paragraph)) for paragraph in paragraphs[:8]) > 1


def _is_dateline(before: str, after: str) -> bool:
    """``ANKARA, 5 May 2022 (Agency) —`` before the text of an agency's report."""
    before = re.sub(r"\([^)]{2,30}\)\s*$", ",", before.rstrip())
    words = _WORD.findall(_LABEL.sub(" ", before))
    dash = re.match(r"\s*(?:\([^)]{2,30}\)|/[^/]{2,30}/|[A-ZА-Я]{2,12})?\s*[.)]?\s*[—–-]", after)
    parted = before.rstrip()[-1:] in ",.(/—–-" or (len(words) > 1 and bool(_LABEL.search(before[-14:])))
    return bool(dash and parted and len(words) <= 7 and all(word[0].isupper() for word in words))
