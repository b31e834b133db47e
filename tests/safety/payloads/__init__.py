"""Things that would run, load or lead away if they were let through, by kind. All of them our own words."""

from .addresses import ADDRESSES, LINKS
from .broken import COMMENTS, DISGUISED, HALF_OPEN, OUT_OF_PLACE
from .foreign import CONFUSED, DRAWINGS, FORMULAS, STYLES
from .handlers import ACTING, LOADING, REACHING
from .scripts import CALL, CLOBBERING, FORMS, FRAMES, HEADS, SCRIPTS
from .templates import SOLVED, TEMPLATES

__all__ = ["ADDRESSES", "ALL", "CALL", "KINDS", "SOLVED", "TEMPLATES"]

KINDS = {
    "scripts": SCRIPTS,
    "frames and objects": FRAMES,
    "base, meta and link": HEADS,
    "forms and inputs": FORMS,
    "names that hide others": CLOBBERING,
    "handlers that a browser calls": LOADING,
    "handlers that a reader calls": ACTING,
    "what is fetched from elsewhere": REACHING,
    "schemes of links": LINKS,
    "SVG": DRAWINGS,
    "MathML": FORMULAS,
    "parsers that change their mind": CONFUSED,
    "styles": STYLES,
    "out of place": OUT_OF_PLACE,
    "half open and nested": HALF_OPEN,
    "comments and declarations": COMMENTS,
    "disguised": DISGUISED,
}
ALL = [payload for kind in KINDS.values() for payload in kind]
