"""Bytes of a file to text, and which encoding they were in: UTF-8 and UTF-16 for certain, others by their letters."""

import codecs
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In this order, so that of two that read a file alike the commoner is named.
_ONE_BYTE = (
    *("cp1252", "cp1251", "cp1254", "cp1250", "mac_roman", "koi8_r", "cp866", "iso8859_5", "iso8859_9"),
    *("iso8859_2", "mac_cyrillic", "mac_turkish", "cp1253", "cp850", "cp857"),
)
_SAID = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "mac_roman": "Mac Roman", "mac_cyrillic": "Mac Cyrillic"}
_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьзéèàçêñöüáíóúãõäåøæışğőłńšžčćřěîôâßëïò")
_SIGNS = frozenset("«»„“”‘’–—…№°€£§·")
_ENOUGH = 400_000  # characters beyond ASCII tell within the first of them


class UnknownEncoding(ValueError):
    pass


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; raise UnknownEncoding where none gives a sensible text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding), _said(encoding)
    if wide := _wide(data):
        return data.decode(wide), _said(wide)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        encoding = _guessed(data)
        if encoding is None:
            raise UnknownEncoding(f"neither UTF-8 nor any known encoding ({error})") from error
    return data.decode(encoding), _said(encoding)


def _said(encoding: str) -> str:
    name = encoding.replace("_", "-").upper()
    return _SAID.get(encoding, name.replace("CP125", "Windows-125"))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is zero where the text is Latin, 4 where it is Cyrillic."""
    sample = data[:4000]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(high) > 8 and sum(byte in b"\x00\x04" for byte in high) > 0.8 * len(high):
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _guessed(data: bytes) -> str | None:
    scores: dict[str, float] = {}
    for encoding in _ONE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores[encoding] = _sense(text[:_ENOUGH])
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] > -0.5 else None


def _sense(text: str) -> float:
    """How well the characters beyond ASCII fit where they stand, on average: letters within words, signs between."""
    points, counted = 0.0, 0
    for place, character in enumerate(text):
        if character < "\x80":
            continue
        counted += 1
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        points += (
            _letter(character, before, after) if character.isalpha() else _sign(character, before, after)
        )
    return points / counted if counted else 0.0


def _letter(character: str, before: str, after: str) -> float:
    if _script(character) not in ("LATIN", "CYRILLIC", "GREEK"):
        return -2
    neighbours = [one for one in (before, after) if one.isalpha()]
    if any(one.isdigit() for one in (before, after)) or not neighbours:
        return -1.5
    if any(_script(one) != _script(character) for one in neighbours):
        return -2
    if character.isupper() and before.islower():
        return -2
    if character.islower() and before.isupper() and after.isupper():
        return -2
    beyond = sum(one > "\x80" for one in neighbours)
    if _script(character) == "LATIN" and beyond:
        return -2 if beyond == 2 else 0.0  # letters with marks stand among plain ones
    return 1.0 if character.lower() in _FREQUENT else 0.2


def _sign(character: str, before: str, after: str) -> float:
    if character == "\u00a0":
        return 0.2
    if character in _SIGNS:
        return 0.5
    if unicodedata.category(character) in ("Cc", "Cn", "Co"):
        return -3
    return -1 if before.isalpha() and after.isalpha() else -0.3


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]
