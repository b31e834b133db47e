"""How stories are indexed and looked for, in the language of each story.

The configurations ``entente_en``, ``entente_ru`` and ``entente_simple`` (migration ``articles.0001``) fold accents
before stemming. Turkish is indexed twice, stemmed and folded: folding before its stemmer loses inflections.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db.models import Case, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Left

# A tsvector may hold 1 MB; no story that people read is longer than this many characters.
INDEXED_CHARACTERS = 200_000
CONFIGURATIONS = {
    "en": ("entente_en",),
    "ru": ("entente_ru",),
    "tr": ("turkish", "entente_simple"),
    "": ("entente_simple",),
}
LONGEST_QUERY = 200
_MINUSES = re.compile(r"-(?:\s*-)+")
_LOOSE_MINUS = re.compile(r"-(?![\w\"])")


def _vector(expression: Combinable, configurations: tuple[str, ...]) -> Combinable:
    vectors = [SearchVector(expression, config=configuration) for configuration in configurations]
    combined: Combinable = vectors[0]
    for vector in vectors[1:]:
        combined = combined + vector
    return combined


def _by_language(expression: Combinable) -> Case:
    whens = [
        When(language=language, then=_vector(expression, configurations))
        for language, configurations in CONFIGURATIONS.items()
        if language
    ]
    return Case(*whens, default=_vector(expression, CONFIGURATIONS[""]), output_field=SearchVectorField())


def search_vector(field: str) -> Case:
    return _by_language(Left(field, INDEXED_CHARACTERS))


def vector_by_language(*fields: str) -> Case:
    parts = [part for field in fields for part in (field, Value(" "))][:-1]
    return _by_language(Concat(*parts, output_field=TextField()))


def askable(query: str) -> str:
    """Return the query as PostgreSQL can take it: no NUL, not too long, at most one minus before a word or phrase.

    Of a row of minuses it makes nested negations, and gives up on a hundred ("tsquery stack too small").
    """
    query = _MINUSES.sub("-", query.replace("\x00", " ")[:LONGEST_QUERY])
    return _LOOSE_MINUS.sub(" ", query)


def matching(query: str, vector: str, language_field: str = "language") -> Q:
    """Return the condition that a row's vector matches the words, each row asked in its own language."""
    query = askable(query)
    condition = Q()
    known = [language for language in CONFIGURATIONS if language]
    for language, configurations in CONFIGURATIONS.items():
        ask = SearchQuery(query, config=configurations[0], search_type="websearch")
        for configuration in configurations[1:]:
            ask |= SearchQuery(query, config=configuration, search_type="websearch")
        rows = Q(**{language_field: language}) if language else ~Q(**{f"{language_field}__in": known})
        condition |= rows & Q(**{vector: ask})
    return condition
