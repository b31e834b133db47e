"""Names of languages for readers, from CLDR."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def language_name(code: str) -> str:
    return _name(code, (get_language() or "en")[:2])


@lru_cache(maxsize=512)
def _name(code: str, reader: str) -> str:
    try:
        locale = Locale.parse(reader)
    except (UnknownLocaleError, ValueError):
        return code
    return locale.languages.get(code.replace("-", "_")) or locale.languages.get(code[:2]) or code
