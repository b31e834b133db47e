"""Bytes to text: the right text or a refusal, never a wrong guess that looks like one."""

import re
import unicodedata

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
_GUESSES = (
    "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "cp1254", "cp1252", "iso8859-9", "iso8859-15",
    "cp857", "mac-turkish", "mac-roman", "cp1250",
)  # fmt: skip
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁ")
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜâîû")
_WESTERN = frozenset("éèêëàáäãåæñòóôõøúùßíìïÉÈÀÁÄÅÆÑÓØ")
_SIGNS = frozenset("«»„“”‘’–—…№•·°©®™€£§\u00a0\u00ad´×½")
_COMMON = re.compile(
    r"(?<!\w)(?:и|в|не|на|с|что|по|к|из|для|о|от|ve|bir|bu|ile|için|olarak|да|the|of|and|to|in)(?!\w)"
)
_CASE_BREAK = re.compile(r"[а-яёçğışöü][А-ЯЁÇĞİŞÖÜ]")
_ALONE = re.compile(r"(?<![^\W\d_])[ğışİŞĞçöüÇÖÜâîûñßøåæ](?![^\W\d_])")
_MOJIBAKE = re.compile(
    r"(?:[ÐÑ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]){3}|(?:[ÃÄÅ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122].{0,12}){3}"
)


def decoded(data: bytes, content_type: str = "") -> str:
    """Return the text of the bytes, or raise UnreadableInput with a sentence that says what is wrong."""
    _refuse_what_is_no_text(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    text = _wide(data) or _utf8(data) or _declared(data, content_type) or _guessed(data)
    if text is None:
        raise UnreadableInput(
            gettext("The text's encoding could not be recognised; save it as UTF-8 and try again.")
        )
    return cleaned(text)


def cleaned(text: str) -> str:
    """Drop what cannot be stored or seen; refuse a text that is mostly such characters."""
    text = repaired(text)
    kept = "".join(
        c for c in text if c in "\n\r\t\x0c" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")
    )
    if len(text) - len(kept) > max(20, len(text) // 20):
        raise UnreadableInput(gettext("This looks like a binary file, not a text."))
    if not kept.strip():
        raise UnreadableInput(gettext("There is no text in it."))
    return kept


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
    if len(sample) < 8:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        share = sum(byte in b"\x00\x01\x04\x20" for byte in high) / len(high)
        low_is_wide = sum(byte in b"\x00\x04" for byte in high) / len(high)
        if share > 0.9 and low_is_wide > 0.7:
            try:
                return data[: len(data) // 2 * 2].decode(encoding)
            except UnicodeDecodeError:
                continue
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


def _declared(data: bytes, content_type: str) -> str | None:
    header = _HEADER.search(content_type)
    meta = _META.search(data[:4096])
    names = [match for match in (header and header[1], meta and meta[1].decode("ascii", "ignore")) if match]
    for name in names:
        try:
            text = data.decode(
                {
                    "iso-8859-1": "cp1252",
                    "latin1": "cp1252",
                    "iso-8859-9": "cp1254",
                }.get(name.lower(), name)
            )
        except (LookupError, UnicodeDecodeError):
            continue
        if _plausibility(text) > 0.3:
            return text
    return None


def _guessed(data: bytes) -> str | None:
    best, best_score = None, 0.0
    for encoding in _GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _plausibility(text)
        if score > best_score + 0.01:
            best, best_score = text, score
    return best if best_score > 0.2 else None


def _plausibility(text: str) -> float:
    """Between 1 (every letter beyond ASCII is expected, words are common ones) and far below 0."""
    sample = text[:20_000]
    beyond = [c for c in sample if ord(c) > 127]
    if not beyond:
        return 1.0
    cyrillic = sum(c in _CYRILLIC for c in beyond)
    turkish = sum(c in _TURKISH for c in beyond)
    western = sum(c in _WESTERN for c in beyond)
    signs = sum(c in _SIGNS for c in beyond)
    odd = len(beyond) - cyrillic - turkish - western - signs
    points = cyrillic + turkish + 0.4 * western + 0.5 * signs - 3 * odd - 2 * min(cyrillic, turkish + western)
    ascii_letters = sum(c.isascii() and c.isalpha() for c in sample)
    if turkish + western > 0.4 * ascii_letters:  # Latin script is mostly ASCII
        points -= 2 * (turkish + western)
    points -= 3 * len(_ALONE.findall(sample))
    points -= 2 * len(_CASE_BREAK.findall(sample))
    if cyrillic:
        points -= _rare(sample)
    return points / len(beyond) + min(0.5, len(_COMMON.findall(sample)) / (len(sample) / 20 + 1)) * 0.5


def _rare(sample: str) -> float:
    """Cyrillic read through another Cyrillic table keeps its letters but not their frequencies."""
    letters = [c for c in sample if c in _CYRILLIC]
    low = sum(c.islower() for c in letters)
    frequent = sum(c in "оеаинтсрвл" for c in (x.lower() for x in letters))
    return max(0, len(letters) * 0.55 - low) + max(0.0, len(letters) * 0.45 - frequent) * 2
