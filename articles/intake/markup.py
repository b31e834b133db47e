"""A saved or fetched web page: its text, headline, date, publisher and address, without the page around them."""

import html as entities
import json
import re
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from .boilerplate import is_boilerplate, without_boilerplate
from .dates import parse_date
from .plain import page_date, read_plain, split_lines

MAX_DEPTH = 150
MAX_MARKUP = 1_500_000
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
        "option",
    ]
)
_BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dt", "dd"]
)
_GONE = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template|svg|head|nav|footer|form|button)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|tr|h[1-6]|ul|ol|table|section|article|blockquote|header|dt|dd)\b[^<>]*>",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+[|–—»:·-]\s+([^|–—»:·]{2,60})$")


def looks_like_html(text: str, filename: str = "", content_type: str = "") -> bool:
    if "html" in content_type or filename.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    head = text[:3000].lower()
    return bool(
        re.match(
            r"\s*(?:<!doctype html|<\?xml[^>]*>\s*<!doctype html|<html|<head|<body)",
            head,
        )
    ) or _has_markup(head)


def _has_markup(text: str) -> bool:
    """A piece of a page; a text that only speaks of tags closes none."""
    opened = len(re.findall(r"<(?:p|div|br|h[1-6]|a|span|article|li)\b[^<>]*>", text))
    closed = len(re.findall(r"</(?:p|div|h[1-6]|a|span|article|li)>", text))
    lines = len(re.findall(r"<br\b[^<>]*>", text))
    return opened >= 3 and (closed >= 1 or lines >= 3 or opened >= 12)


def read_html(text: str) -> dict[str, str | None]:
    """Return what ``read_plain`` does, and ``body_html``, ``source``, ``source_url`` and ``language``."""
    if len(text) > MAX_MARKUP or _depth(text) > MAX_DEPTH:
        return _tags_struck_out(text)
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _tags_struck_out(text)
    told = _metadata(tree)
    blocks = _main_blocks(text)
    if not blocks:
        return _tags_struck_out(text) | {key: value for key, value in told.items() if value}
    return _page(told, blocks)


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(text):
        if match[3] or match[2].lower() in _VOID:
            continue
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _tags_struck_out(text: str) -> dict[str, str | None]:
    title = re.search(r"<title[^>]*>([^<]{1,300})</title", text[:200_000], re.IGNORECASE)
    bare = _BREAK.sub("\n\n", _GONE.sub(" ", text))
    bare = entities.unescape(re.sub(r"<[^<>]*>", " ", bare))
    found = read_plain(bare)
    if title and not found["title"]:
        found["title"] = _without_site(entities.unescape(title[1]).strip(), "")
    return found


def _meta(tree, *names: str) -> str:
    for name in names:
        for attribute in ("property", "name", "itemprop"):
            for value in tree.xpath(f"//meta[@{attribute}=$name]/@content", name=name):
                if value.strip():
                    return " ".join(value.split())
    return ""


def _metadata(tree) -> dict[str, str | None]:
    data = _linked_data(tree)
    site = _meta(tree, "og:site_name", "application-name") or data.get("publisher", "")
    h1 = [" ".join(node.text_content().split()) for node in tree.xpath("//h1")]
    title = data.get("headline") or _meta(tree, "og:title", "twitter:title")
    if len([text for text in h1 if text]) == 1 and not title:
        title = next(text for text in h1 if text)
    title = title or " ".join((tree.findtext(".//title") or "").split())
    date = data.get("published") or _meta(
        tree,
        "article:published_time",
        "datePublished",
        "date",
        "DC.date",
        "dc.date.issued",
        "pubdate",
        "publish-date",
    )
    if not date:
        times = tree.xpath(
            "//article//time/@datetime | //header//time/@datetime | //time[@itemprop='datePublished']/@datetime"
        )
        date = times[0] if times else ""
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    address = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "") or _meta(tree, "og:url")
    base = next(iter(tree.xpath("//base/@href")), "")
    return {
        "title": _without_site(title, site) or None,
        "published": parse_date(date),
        "source": site,
        "source_url": _address(address, base),
        "byline": _meta(tree, "author", "article:author")
        if not _meta(tree, "author").startswith("http")
        else "",
        "language": language,
    }


def _address(address: str, base: str) -> str:
    try:
        whole = urljoin(base, address.strip())
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def _linked_data(tree) -> dict[str, str]:
    """Headline, date and publisher from JSON-LD, where a page has them."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in (
            data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        ):
            if (isinstance(item, dict) and "Article" in str(item.get("@type"))) or (
                isinstance(item, dict) and "datePublished" in item
            ):
                publisher = item.get("publisher")
                return {
                    "headline": " ".join(str(item.get("headline") or "").split()),
                    "published": str(item.get("datePublished") or ""),
                    "publisher": str(publisher.get("name") or "") if isinstance(publisher, dict) else "",
                }
    return {}


def _without_site(title: str, site: str) -> str:
    """Cut the site's name off the end of a page's title."""
    match = _SUFFIX.search(title)
    if match and (
        match[1].strip().casefold() == site.casefold()
        or (not site and len(match[1].split()) <= 4 and "|" in match[0])
    ):
        return title[: match.start()].strip()
    return title.strip()


def _main_blocks(text: str) -> list[tuple[str, str, str]]:
    """Return (tag, words, inner HTML) for each block of the page's own text."""
    import trafilatura  # heavy: loaded with the first page

    found = trafilatura.extract(
        text,
        output_format="html",
        include_comments=False,
        include_links=True,
        include_formatting=True,
    )
    if not found:
        return []
    tree = lxml.html.document_fromstring(found)
    blocks = []
    for node in tree.iter():
        if node.tag in _BLOCKS and not any(child.tag in _BLOCKS for child in node.iterdescendants()):
            words = " ".join(node.text_content().split())
            inner = (entities.escape(node.text or "", quote=False)) + "".join(
                etree.tostring(child, encoding="unicode", method="html") for child in node
            )
            blocks.append((node.tag, words, inner.strip()))
    return [block for block in blocks if block[1]]


def _page(told: dict[str, str | None], blocks: list[tuple[str, str, str]]) -> dict[str, str | None]:
    lines = split_lines("\n".join(words.replace("\n", " ") for _, words, _ in blocks))
    published, date_line = page_date(lines)
    title = told["title"]
    if not title and blocks[0][0] in ("h1", "h2"):
        title = blocks[0][1]
    limit = (
        len(without_boilerplate(["x", *lines])) if any(is_boilerplate(line) for line in lines) else len(lines)
    )
    kept, previous = [], ""
    for number, (tag, words, inner) in enumerate(blocks):
        words = lines[number] if number < len(lines) else words
        repeated = title and words.casefold() == title.casefold()
        if (
            number == date_line
            or repeated
            or is_boilerplate(words)
            or (words == previous and len(words) > 30)
        ):
            continue
        kept.append((tag, words, inner))
        previous = words
    kept = kept[: max(limit, 1)] if limit < len(kept) else kept
    return {
        "title": title,
        "published": told["published"] or published,
        "source": told["source"],
        "source_url": told["source_url"],
        "byline": told["byline"],
        "language": told["language"],
        "text": "\n\n".join(("- " if tag == "li" else "") + words for tag, words, _ in kept),
        "body_html": _body(kept),
    }


def _body(blocks: list[tuple[str, str, str]]) -> str:
    parts, in_list = [], False
    for tag, _, inner in blocks:
        if (tag == "li") != in_list:
            parts.append("<ul>" if tag == "li" else "</ul>")
            in_list = tag == "li"
        name = {
            "h1": "h2",
            "td": "p",
            "th": "p",
            "pre": "p",
            "dt": "p",
            "dd": "p",
            "h5": "h4",
            "h6": "h4",
        }.get(tag, tag)
        parts.append(f"<{name}>{inner}</{name}>")
    return "\n".join([*parts, "</ul>"] if in_list else parts)
