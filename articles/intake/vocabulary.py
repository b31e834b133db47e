"""Which words a text uses, small and capitalised: looked up many times, counted once."""

import re
from collections import Counter
from functools import lru_cache

_BRACKETED = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    def __init__(self, text: str):
        counts = Counter(_WORD.findall(text))
        self.words = frozenset(counts)
        self.bracketed = frozenset(_BRACKETED.findall(text))
        self._by_beginning: dict[str, list[tuple[str, int]]] = {}
        for word, count in counts.items():
            self._by_beginning.setdefault(word[:4], []).append((word, count))

    def is_small(self, word: str) -> bool:
        """Whether the text also writes the word without a capital, as everyday words are."""
        return word.lower() in self.words

    def count_of(self, stem: str, endings: int) -> int:
        """How often words begin with the stem and go on for at most so many letters."""
        known = self._by_beginning.get(stem[:4], ())
        return sum(
            count for word, count in known if word.startswith(stem) and len(word) <= len(stem) + endings
        )


@lru_cache(maxsize=4)
def vocabulary(text: str) -> Vocabulary:
    return Vocabulary(text)
