"""Two judges of a page: a parser, which is always there, and the script that asks a browser's own."""

import re
from pathlib import Path

from lxml import html

LEADING = (
    *(
        "href",
        "src",
        "action",
        "formaction",
        "data",
        "poster",
        "cite",
        "background",
        "xlink:href",
        "srcset",
        "ping",
    ),
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
SOLIDI = re.compile(r"<[a-z]+/[a-z]+[^>]{0,40}")


def active_in(page: str | bytes) -> list[str]:
    """Everything in the page that would run code, load from elsewhere or lead to another scheme than the web's."""
    text = page if isinstance(page, str) else page.decode()
    tree = html.document_fromstring(text or "<p>")
    found = [
        f"<{node.tag}>"
        for node in tree.iter("iframe", "object", "embed", "applet", "base", "portal", "frame")
    ]
    found += [
        f"script {node.text[:40]}"
        for node in tree.iter("script")
        if (node.text or "").strip() and is_code(node)
    ]
    found += [f"style {node.text[:40]}" for node in tree.iter("style") if node.text]
    found += ["refresh" for node in tree.iter("meta") if node.get("http-equiv", "").lower() == "refresh"]
    # This parser, unlike a browser's, reads nothing in `<img/onerror=x>`.
    found += SOLIDI.findall(text)
    for node in tree.iter():
        for name, value in node.attrib.items() if isinstance(node.tag, str) else ():
            found += _in_attribute(node.tag, name.lower(), value)
    return found


def _in_attribute(tag: str, name: str, value: str) -> list[str]:
    address = "".join(character for character in value if character > " ").lower()
    if name.startswith("on") or name == "style":
        return [f"{tag} {name}={value[:40]}"]
    if name in LEADING and SCHEME.match(address):
        return [] if address.startswith(("http:", "https:", "mailto:")) else [f"{name}={value[:40]}"]
    return [f"src={value[:40]}"] if name == "src" and address.startswith(("//", "http")) else []


def is_code(node: html.HtmlElement) -> bool:
    return node.get("type", "") in ("", "module", "text/javascript")


# Called in a browser: the same question, of the tree that the browser made of the page.
BROWSER_JUDGE = (Path(__file__).parent / "judge.js").read_text(encoding="utf-8")
PARSE_AND_JUDGE = f"(page) => ({BROWSER_JUDGE})(new DOMParser().parseFromString(page, 'text/html'))"
