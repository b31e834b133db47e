"""By what an article is known again: its address at the source, else source, title and date, else its words."""

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from entities.folding import folded

from .texts import digest_of

# Parameters that say how a reader came, not what they read.
_TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid", "ref_src", "igshid")


def normalised_url(url: str) -> str:
    """Return the address as it is compared: host and scheme folded, no fragment, tracking or trailing slash."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().removeprefix("www."), parts.port
    except ValueError:
        return url.strip()
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(_TRACKING)
    )
    return urlunsplit(("https", host, parts.path.rstrip("/"), urlencode(query), ""))


def _names_a_page(url: str) -> bool:
    """A bare home page says who published, not what."""
    host, _slash, rest = normalised_url(url).removeprefix("https://").partition("/")
    return bool(host and rest) or "?" in host


def identity_of(
    *, url: str = "", source: str = "", title: str = "", dated: object = None, plain: str = ""
) -> str:
    """Return the digest that the same input always has."""
    if url and _names_a_page(url):
        parts: tuple[str, ...] = ("url", normalised_url(url))
    elif source and title and dated:
        parts = ("title", folded(source), folded(title), str(dated))
    elif plain:
        parts = ("text", digest_of(plain))
    else:
        parts = ("title", folded(source), folded(title), str(dated or ""))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
