"""Bytes to text: the right text or a refusal, never a wrong guess that looks like one."""

import math
import re
import unicodedata

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .legibility import is_legible, strangeness

MAX_BYTES = 4_000_000


class UnreadableInput(ValueError):
    """The input is no text that can be taken in; the message says to a person what is wrong."""


_SIGNATURES = (
    (b"%PDF-", _("a PDF file")),
    (b"PK\x03\x04", _("a ZIP archive or an office document")),
    (b"\xd0\xcf\x11\xe0", _("an old office document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"\x1f\x8b", _("a compressed file")),
    (b"\x7fELF", _("a program")),
    (b"{\\rtf", _("an RTF document")),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Each with how much rarer it is than the most usual ones, as a cost.
_GUESSES = {
    "cp1251": 0.0, "cp1254": 0.0, "cp1252": 0.0, "koi8-r": 0.5, "cp866": 1.0, "iso8859-5": 1.0, "mac-cyrillic": 1.0,
    "mac-roman": 1.0, "mac-turkish": 1.0, "cp857": 1.0, "iso8859-15": 1.5, "cp1250": 1.5, "iso8859-2": 1.5, "cp1257": 2.5,
    "koi8-u": 1.5, "cp850": 2.0,
}  # fmt: skip
_TOLD = (
    6.0  # a table that is tried only because the page names it; what it says of a usual one proves nothing
)
_MARGIN = 3.0  # the best reading must be twenty times as likely as the next
_NO_TABLES = {"utf-7", "utf7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
_SAME = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252", "us-ascii": "cp1252",
         "ascii": "cp1252", "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "latin5": "cp1254"}  # fmt: skip
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""")
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOJIBAKE = re.compile(
    r"(?:[ÐÑ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]){3}|(?:[ÃÄÅ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122].{0,12}){3}"
)


def decoded(data: bytes, content_type: str = "") -> str:
    """Return the text of the bytes, or raise UnreadableInput with a sentence that says what is wrong."""
    _refuse_what_is_no_text(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    text = _wide(data)
    if text is None and len(_CONTROLS.findall(data[:4000].decode("latin-1"))) > len(data[:4000]) / 20:
        raise UnreadableInput(gettext("This looks like a binary file, not a text."))
    text = text or _utf8(data)
    if text is None:
        text = _read_by_table(data, content_type)
    elif _is_utf8_by_chance(text, data):
        text = None
    if text is None:
        raise UnreadableInput(
            gettext("The text's encoding could not be recognised; save it as UTF-8 and try again.")
        )
    return cleaned(text)


def cleaned(text: str) -> str:
    """Drop what cannot be stored or seen; refuse a text that is mostly such characters."""
    text = repaired(text)
    kept = "".join(c for c in text if c in "\n\r\t\x0c" or _can_be_seen(c))
    if len(text) - len(kept) > max(20, len(text) // 20):
        raise UnreadableInput(gettext("This looks like a binary file, not a text."))
    if not kept.strip():
        raise UnreadableInput(gettext("There is no text in it."))
    return kept


def _can_be_seen(character: str) -> bool:
    kind = unicodedata.category(character)
    # Emoji newer than this Python's tables have no category yet.
    return kind not in ("Cc", "Cs", "Co", "Cn") or (kind == "Cn" and "\U0001f000" <= character < "\U0001fffe")


def repaired(text: str) -> str:
    """Undo UTF-8 that was once read as a one-byte encoding, where that gives a cleaner text."""
    if not _MOJIBAKE.search(text[:20_000]):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    raise UnreadableInput(
        gettext(
            "The text was damaged by a wrong encoding before it came here; copy it again from its source."
        )
    )


def _refuse_what_is_no_text(data: bytes) -> None:
    if not data.strip():
        raise UnreadableInput(gettext("The input is empty."))
    if len(data) > MAX_BYTES:
        size, most = f"{len(data) / 1_000_000:.1f}", MAX_BYTES // 1_000_000
        raise UnreadableInput(
            gettext("The input is too large: %(size)s MB, at most %(most)s MB can be read.")
            % {"size": size, "most": most}
        )
    for mark, what in _SIGNATURES:
        if data.startswith(mark):
            raise UnreadableInput(
                gettext("This is %(what)s; only plain text and HTML can be read.") % {"what": what}
            )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return cleaned(data.decode(encoding))
    except UnicodeDecodeError as error:
        said = gettext("The text says it is %(encoding)s, but byte %(byte)s is not.")
        raise UnreadableInput(said % {"encoding": encoding, "byte": error.start}) from None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte repeats (00 for Latin, 04 for Cyrillic)."""
    sample = data[:4000]
    if len(sample) < 2 or len(data) % 2 and len(data) < 4000:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        share = sum(byte in b"\x00\x01\x04\x20\x21" for byte in high) / len(high)
        low_is_wide = sum(byte in b"\x00\x04" for byte in high) / len(high)
        if share > 0.9 and low_is_wide > 0.6:
            try:
                text = data[: len(data) // 2 * 2].decode(encoding)
            except UnicodeDecodeError:
                continue
            if is_legible(text) and not _CONTROLS.search(text):
                return text
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(ord(c) > 127 for c in text) - broken
    if whole < broken * 10:
        return None
    if broken <= 2 and text.rstrip("\ufffd").count("\ufffd") == 0:
        return text.rstrip("\ufffd")
    start = text.index("\ufffd")
    raise UnreadableInput(
        gettext("The text is UTF-8 with damaged characters, the first after “%(words)s”.")
        % {"words": text[max(0, start - 20) : start]}
    )


def _told_names(data: bytes, content_type: str) -> list[str]:
    """What the page says of its encoding, in its header, its XML declaration or its meta element."""
    found = [_HEADER.search(content_type), _XML.match(data), _META.search(data[:4096])]
    names = [match[1] if isinstance(match[1], str) else match[1].decode("ascii") for match in found if match]
    return [_SAME.get(name.lower(), name.lower()) for name in names if name.lower() not in _NO_TABLES]


def _read_by_table(data: bytes, content_type: str) -> str | None:
    """The reading that looks most like words; None where two look about as good, or none does."""
    readings = _readings(data, content_type)
    best = min(readings, key=readings.__getitem__, default=None)
    if best is None or not is_legible(best):
        return None
    others = [cost for text, cost in readings.items() if text != best]
    return best if min(others, default=math.inf) - readings[best] >= _margin(best) else None


def _margin(text: str) -> float:
    """How much better than any other a reading must look: more, where there is only a word or a letter to go by."""
    words = re.sub(r"<[^>]*>", " ", text).split()
    telling = [word for word in words if not word.isascii()]
    if len(telling) == 1 and len(telling[0]) == 1:
        return math.inf if len(words) == 1 else 2 * _MARGIN
    return 2 * _MARGIN if len(words) == 1 else _MARGIN


def _readings(data: bytes, content_type: str = "") -> dict[str, float]:
    """What the bytes say by each table that has a character for every one of them, with how strange that looks."""
    told = _told_names(data, content_type)
    costs: dict[str, float] = {}
    for encoding in {**_GUESSES, **dict.fromkeys(told)}:
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
        cost, characters = strangeness(text)
        cost += _GUESSES.get(encoding, -min(_TOLD, 0.6 * characters))
        costs[text] = min(costs.get(text, math.inf), cost)
    return costs


def _is_utf8_by_chance(text: str, data: bytes) -> bool:
    """Two or three letters of an older encoding can make one strange character of UTF-8."""
    cost, characters = strangeness(text)
    if not 0 < characters <= 2 or cost < 10 * characters:
        return False
    return any(is_legible(other) and other_cost <= cost + 4 for other, other_cost in _readings(data).items())
