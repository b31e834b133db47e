"""The one sanitiser: what of a text's markup is kept, wherever the text comes from."""

import re

import nh3

TAGS = {
    *(
        "p",
        "br",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "em",
        "strong",
        "b",
        "i",
        "a",
        "sup",
        "sub",
    ),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "hr", "cite", "q", "abbr"),
}
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
# What no text may hold: controls, halves of characters and what XML refuses, marks that turn the rest of a line around.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e]")
SOFT_HYPHEN = "\u00ad"


_TIMES = 5


def sanitised(markup: str) -> str:
    """Return the markup with nothing active in it: known tags, web and mail links. Idempotent."""
    clean = _once(CONTROLS.sub("", markup))
    for _time in range(_TIMES):
        # A browser puts some broken nesting right only when it reads its own output again.
        again = _once(clean)
        if again == clean:
            return clean
        clean = again
    return nh3.clean(clean, tags=set(), attributes={}).strip()


def _once(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    ).strip()
