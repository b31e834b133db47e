"""International organisations that are known everywhere, by name and acronym in English, Russian and Turkish.

A line is ``English|Russian|Turkish``; in each, names part with ``;`` and the first is the base form. Bodies that only
Turkish texts name without saying what they are stand in a file of their own. Written for this project.
"""

from functools import cache

from entities.matcher import NameEntry

from .wordlists import lines


@cache
def known_organisations() -> tuple[NameEntry, ...]:
    """Return the names as entries whose target is the base form in the name's own language."""
    entries = []
    for line in [*lines("known_organisations"), *(f"||{line}" for line in lines("known_organisations_tr"))]:
        for language, names in zip(("en", "ru", "tr"), line.split("|"), strict=True):
            forms = [name for name in names.split(";") if name]
            for name in forms:
                kind = (
                    "acronym"
                    if name.isupper() and " " not in name
                    else "phrase"
                    if name.startswith("Больш")
                    else "official"
                )
                entries.append(NameEntry(name, language, kind, "known", (language, forms[0])))
    for line in lines("known_organisations_en"):
        forms = line.split(";")
        for name in forms:
            kind = "acronym" if name.isupper() and " " not in name else "official"
            entries.append(NameEntry(name, "en", kind, "known", ("en", forms[0])))
    return tuple(entries)
