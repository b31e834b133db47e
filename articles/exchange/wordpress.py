"""Posts and pages of a WordPress export (WXR) as rows; what is no published text is skipped with its reason."""

import email.utils
import html
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from articles.sanitising import sanitised
from articles.texts import markup_of, plain_text
from entities.exchange.row import Row, UnreadableFile
from entities.exchange.rows import RowFile

MAX_BYTES = 200_000_000
_TEXTS = frozenset({"post", "page"})
_SAID = {
    "nav_menu_item": "a menu item",
    "attachment": "an attached file",
    "draft": "a draft",
    "auto-draft": "a draft",
    "pending": "waiting for review",
    "future": "planned for the future",
    "private": "private",
    "trash": "thrown away",
    "inherit": "part of another text",
}
_SHORTCODE = re.compile(r"\[/?(?:caption|wp_caption|gallery|embed|audio|video|playlist|more)\b[^\]]*\]")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|table|blockquote|h[1-6])[\s>]", re.IGNORECASE)
_DAY = re.compile(r"^([12]\d{3}-\d\d-\d\d)[ T]")
_LONGEST_TITLE = 12  # words, of a text without one


class _Forbidden(Exception):
    pass


def read_wordpress(path: Path) -> RowFile:
    """Read an export; raise UnreadableFile for what is none, or brings entities of its own."""
    try:
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            raise UnreadableFile(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB")
        lines = _lines_of_items(data)
        root = ElementTree.fromstring(data)
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error
    except _Forbidden as error:
        raise UnreadableFile(f"{path.name}: declares entities, which no export needs") from error
    except (expat.ExpatError, ElementTree.ParseError, LookupError, ValueError) as error:
        raise UnreadableFile(f"{path.name}: not XML: {error}") from error
    channel = root.find("channel")
    if channel is None:
        raise UnreadableFile(f"{path.name}: no WordPress export: it has no channel")
    reading = _Channel(channel)
    items = channel.findall("item")
    rows = [reading.row(line, item) for line, item in zip(lines, items, strict=False)]
    return RowFile(path.name, rows, [f"WordPress export of “{reading.source}”"])


def _lines_of_items(data: bytes) -> list[int]:
    """Return where the items begin; raise for a document type, before any entity is read."""
    lines: list[int] = []
    parser = expat.ParserCreate()

    def forbid(*_arguments: Any) -> None:
        raise _Forbidden

    def begin(name: str, _attributes: dict[str, str]) -> None:
        if name == "item":
            lines.append(parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    parser.StartElementHandler = begin
    parser.Parse(data, True)
    return lines


class _Channel:
    def __init__(self, channel: ElementTree.Element) -> None:
        self.source = _text(channel, "title") or "WordPress"
        self.language = (_text(channel, "language") or "en")[:2].lower()
        self.authors = {
            _text(author, "author_login"): _text(author, "author_display_name")
            for author in _children(channel, "author")
        }

    def row(self, line: int, item: ElementTree.Element) -> Row:
        kind, status = _text(item, "post_type") or "post", _text(item, "status") or "publish"
        title = html.unescape(plain_text(sanitised(_text(item, "title"))))
        if kind not in _TEXTS:
            return Row(line, {"title": title}, skip=f"title: is {_SAID.get(kind, kind)}, no text")
        if status != "publish":
            return Row(line, {"title": title}, skip=f"title: is {_SAID.get(status, status)}")
        if _text(item, "post_password"):
            return Row(line, {"title": title}, skip="title: is kept behind a password")
        return Row(line, self._values(item, title))

    def _values(self, item: ElementTree.Element, title: str) -> dict[str, Any]:
        body = _body(_text(item, "encoded", "content"))
        words = plain_text(body).split()
        day = _day(item)
        creator = _text(item, "creator")
        return {
            "title": title or " ".join(words[:_LONGEST_TITLE]),
            "published": day,
            "date_missing": "" if day else "yes",
            "language": self.language,
            "body": body,
            "source": self.source,
            "source_url": _text(item, "link"),
            "byline": self.authors.get(creator) or creator,
            "tags": sorted(
                {
                    (category.text or "").strip()
                    for category in item.findall("category")
                    if category.get("domain") in ("category", "post_tag")
                    and category.get("nicename") != "uncategorized"
                }
                - {""}
            ),
        }


def _children(element: ElementTree.Element, name: str, space: str = "") -> list[ElementTree.Element]:
    """Children of this name whatever the version of the export's namespace; ``space`` is a part of it."""
    return [
        child
        for child in element
        if child.tag.rpartition("}")[2] == name and space in child.tag.rpartition("}")[0]
    ]


def _text(element: ElementTree.Element, name: str, space: str = "") -> str:
    found = _children(element, name, space)
    return (found[0].text or "").strip() if found else ""


def _body(content: str) -> str:
    """Markup as WordPress would show it: what stands between blank lines is a paragraph."""
    content = _SHORTCODE.sub("", content)
    if _BLOCK.search(content):
        return sanitised(content)
    if "<" not in content:
        return sanitised(markup_of(html.unescape(content)))
    blocks = (block.strip() for block in re.split(r"\n\s*\n", content))
    return sanitised("".join(f"<p>{block}</p>" for block in blocks if block))


def _day(item: ElementTree.Element) -> str:
    """The day of publication in the site's own time; empty where neither of its two dates is one."""
    if match := _DAY.match(_text(item, "post_date")):
        return match[1]
    moment = email.utils.parsedate_tz(_text(item, "pubDate"))
    return f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}" if moment and 1000 < moment[0] < 3000 else ""
