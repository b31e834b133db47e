"""Bytes to text and facts: what a document says about itself, and its clean body."""

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.sanitising import SOFT_HYPHEN, sanitised

from .encodings import MAX_BYTES, UnreadableInput, cleaned, decoded
from .language import language_of
from .markup import looks_like_html, read_html
from .plain import read_plain

__all__ = ["MAX_BYTES", "Extracted", "UnreadableInput", "read_bytes", "read_text"]

MAX_CHARACTERS = 300_000


@dataclass(frozen=True, slots=True)
class Extracted:
    title: str
    published: str | None
    language: str
    source: str
    source_url: str
    byline: str
    body_html: str
    text: str
    kind: str


def read_bytes(data: bytes, *, filename: str = "", content_type: str = "") -> Extracted:
    """Read a file or an upload; raise UnreadableInput with a sentence for a person."""
    return read_text(decoded(data, content_type), filename=filename, content_type=content_type)


def read_text(text: str, *, filename: str = "", content_type: str = "") -> Extracted:
    """Read text that is decoded already, as a form sends it."""
    if len(text) > MAX_BYTES:
        raise UnreadableInput(_("The text is too large: %(count)s characters.") % {"count": f"{len(text):,}"})
    text = cleaned(text)
    kind = "html" if looks_like_html(text, filename, content_type) else "text"
    if kind == "text":
        _refuse_too_long(text)
    found = read_html(text) if kind == "html" else read_plain(text)
    body = found["text"] or ""
    _refuse_too_long(body)
    if len(re.findall(r"[^\W\d_]", body)) < 20:
        raise UnreadableInput(_("There is no text in it that could be read as an article."))
    words = body.replace(SOFT_HYPHEN, "")
    return Extracted(
        title=(found["title"] or "").replace(SOFT_HYPHEN, ""),
        published=found["published"],
        language=language_of(f"{found['title'] or ''}\n{body}".replace(SOFT_HYPHEN, "")),
        source=found.get("source") or "",
        source_url=found.get("source_url") or "",
        byline=found.get("byline") or "",
        body_html=sanitised(found.get("body_html") or _as_html(body)),
        text=words,
        kind=kind,
    )


def _refuse_too_long(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableInput(
            _("The text is too long for one article: %(count)s characters, at most %(most)s.")
            % {"count": f"{len(text):,}", "most": f"{MAX_CHARACTERS:,}"}
        )


def _as_html(text: str) -> str:
    parts: list[str] = []
    items: list[str] = []
    for paragraph in [*text.split("\n\n"), ""]:
        item = re.match(r"[-•*]\s+", paragraph)
        if item:
            items.append(f"<li>{html.escape(paragraph[item.end() :], quote=False)}</li>")
            continue
        if items:
            parts.append("<ul>\n" + "\n".join(items) + "\n</ul>")
            items = []
        if paragraph:
            parts.append(f"<p>{html.escape(paragraph, quote=False)}</p>")
    return "\n".join(parts)
