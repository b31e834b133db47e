"""Path converters for addresses in any script and for country codes."""

import unicodedata


class UnicodeSlug:
    """A slug as ``entities.models.addresses`` makes them; NFC is looked up whatever a browser sends."""

    regex = r"[^/\s\x00-\x1f]{1,240}"

    def to_python(self, value: str) -> str:
        return unicodedata.normalize("NFC", value)

    def to_url(self, value: str) -> str:
        return value


class CountryCode:
    """A code in any case: views redirect capitals, which people type from ISO lists."""

    regex = r"[A-Za-z][A-Za-z0-9-]{0,39}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CitationForm:
    """The file endings that an agreement can be cited in."""

    regex = "bib|ris|txt"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
