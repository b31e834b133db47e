"""Which older stories may hold a name, found in the text index: one new name shall not cost a pass over all texts.

A name's words are asked for by the beginnings of their stems, so that other cases and suffixes are found too. What
comes out is more than what holds the name, and the matcher decides.
"""

from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import connection

from ..search import CONFIGURATIONS

MOST_NAMES = 1000  # more than these are looked for in every text; so are names without a word to ask for
AT_ONCE = 40
SHORTEST = 4  # letters of a stem below which no ending is cut off

LEXEMES = """
SELECT name.number, lexeme FROM unnest(%s::text[]) WITH ORDINALITY AS name(text, number)
CROSS JOIN LATERAL unnest(to_tsvector(%s::regconfig, name.text))
"""
ARTICLES = """
SELECT article_id FROM articles_articletext WHERE {which} AND search @@ %(asked)s::tsquery
UNION SELECT id FROM articles_article WHERE {which} AND title_search @@ %(asked)s::tsquery
"""


def stories_with(names: Iterable[str]) -> list[int] | None:
    """Return the keys of the articles that may hold one of these names, in order; None for any."""
    wanted = list(dict.fromkeys(names))
    if len(wanted) > MOST_NAMES:
        return None
    found: set[int] = set()
    for some in batched(wanted, AT_ONCE, strict=False):
        for language in CONFIGURATIONS:
            asked = _asked(some, CONFIGURATIONS[language])
            if asked is None:
                return None
            found.update(_articles(language, asked))
    return sorted(found)


def _asked(names: Sequence[str], configurations: Sequence[str]) -> str | None:
    """The query for any of the names; None when one of them has no word that is indexed."""
    queries = []
    for configuration in configurations:
        lexemes: dict[int, list[str]] = {number: [] for number in range(1, len(names) + 1)}
        with connection.cursor() as cursor:
            cursor.execute(LEXEMES, [list(names), configuration])
            for number, lexeme in cursor.fetchall():
                if "-" not in lexeme:  # its parts are there as well
                    lexemes[number].append(lexeme)
        if not all(lexemes.values()):
            return None
        queries += [" & ".join(sorted(map(_beginning, words))) for words in lexemes.values()]
    return " | ".join(f"({query})" for query in dict.fromkeys(queries))


def _beginning(lexeme: str) -> str:
    kept = lexeme if len(lexeme) <= SHORTEST else lexeme[: max(SHORTEST, len(lexeme) - 2)]
    return "'" + kept.replace("\\", "\\\\").replace("'", "''") + "':*"


def _articles(language: str, asked: str) -> list[int]:
    known = [one for one in CONFIGURATIONS if one]
    which = "language = %(language)s" if language else "NOT language = ANY (%(known)s)"
    with connection.cursor() as cursor:
        cursor.execute(ARTICLES.format(which=which), {"asked": asked, "language": language, "known": known})
        return [key for (key,) in cursor.fetchall()]
