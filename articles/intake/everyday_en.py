"""Everyday English words: what a name of a company or a person is hardly made of."""

import re

from .wordlists import word_set

_WORDS = word_set("common_words_en") | word_set("more_common_words_en")
# Endings of nouns and adjectives that are made from other words; names of people and firms rarely have them.
_MADE = re.compile(
    r"(?:[ts]ion|ment|[ia]ty|ness|ncy|[ae]nce|[ae]ncies|ology|graphy|ship|ture|[ts]ional|ical|ural|ative|ised|ized"
    r"|ating|ising|izing|ward|ful|less|able|ible|ities|[ts]ions|ments|ists?|isms?|ships|tures|ogies|ically|ously|ably)$"
)


def is_everyday(word: str) -> bool:
    """Whether a word is one that English texts of the field write small: itself, its plural, or by its ending."""
    plain = re.sub(r"['’]s?$", "", word.strip(".,;:()")).casefold()
    if plain in _WORDS or (plain.endswith("s") and (plain[:-1] in _WORDS or plain[:-2] in _WORDS)):
        return True
    if plain.endswith(("ing", "ed")) and len(plain) > 5:
        stem = plain.removesuffix("ing").removesuffix("ed")
        return stem in _WORDS or f"{stem}e" in _WORDS
    return (
        plain.endswith("ies") and f"{plain[:-3]}y" in _WORDS or (len(plain) > 6 and bool(_MADE.search(plain)))
    )
