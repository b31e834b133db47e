"""Translations for people who have no gettext: Babel compiles the catalogues.

`python -m config.catalogues` does it for the whole project; what is up to date already is left alone.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(locale: Path) -> list[str]:
    """Compile what has changed; answer with what is wrong in it, as file, line and reason."""
    complaints = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        wrong = [(message.lineno, error) for message, errors in catalogue.check() for error in errors]
        complaints += [f"{source.relative_to(locale.parent)}:{line}: {error}" for line, error in wrong]
        if not wrong:
            partial = target.with_suffix(".partial")
            with partial.open("wb") as file:
                write_mo(file, catalogue)
            partial.replace(target)
    return complaints


if __name__ == "__main__":
    found = compile_catalogues(LOCALE)
    sys.exit("\n".join(found) or None)
