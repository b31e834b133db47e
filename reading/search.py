"""Looking for names, stories and agreements in the reader's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import Case, F, Q, TextField, Value, When
from django.db.models.functions import Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, ArticleText
from articles.search import CONFIGURATIONS, INDEXED_CHARACTERS, askable, matching
from entities.folding import folded
from entities.models import Agreement, Country, Name, Organisation, Person, Source

NEWEST = 200
NAMES_SHOWN, AGREEMENTS_SHOWN = 12, 10
LONGEST_NAME = 64
CLOSE = 0.8
# Private-use characters: no text that a browser shows has them, so they cannot be mistaken for its own.
START, STOP = "\ue000", "\ue001"


@dataclass(slots=True)
class NameHit:
    record: Country | Organisation | Person | Agreement
    by: str  # the name that was met, where it is not the one shown


@dataclass(slots=True)
class StoryHit:
    article: Article
    title: SafeString
    snippet: SafeString


def names(words: str) -> list[NameHit]:
    """Return countries, organisations and people: the same name first, then its beginning, then what is like it."""
    return _hits(words, Name.objects.filter(agreement__isnull=True), NAMES_SHOWN)


def agreements(words: str) -> list[Agreement]:
    hits = _hits(words, Name.objects.filter(agreement__isnull=False), AGREEMENTS_SHOWN)
    keys = [hit.record.pk for hit in hits]
    found = Agreement.objects.published().for_listing().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _hits(words: str, queryset: models.QuerySet[Name], limit: int) -> list[NameHit]:
    key = folded(words)[:LONGEST_NAME].strip()
    if not key:
        return []
    read_here = Q(is_main=True) | Q(language__in=["", *(code for code, _name in settings.LANGUAGES)])
    condition = Q(key=key) | Q(key__startswith=key) & read_here
    if len(key) >= 3:
        condition |= Q(key__trigram_word_similar=key) & read_here
    found = (
        queryset.public()
        .filter(condition)
        .exclude(kind=Name.Kind.PREFIX)
        .annotate(
            nearness=Case(
                When(key=key, then=Value(3)), When(key__startswith=key, then=Value(2)), default=Value(1)
            ),
            likeness=TrigramWordSimilarity(key, "key"),
        )
        .select_related("country", "organisation", "person", "agreement")
        .order_by("-nearness", "-likeness", "-is_main", "key", "pk")
    )
    rows = list(found[: 8 * limit])
    if any(name.nearness > 1 for name in rows):
        # Somebody is called so: what is merely a little alike would only distract.
        rows = [name for name in rows if name.nearness > 1 or name.likeness >= CLOSE]
    hits: dict[tuple[str, int], NameHit] = {}
    for name in rows:
        record = name.record
        shown = record.name if not isinstance(record, Agreement) else record.title
        by = "" if name.is_main or folded(shown) == name.key else name.text
        hits.setdefault((type(record).__name__, record.pk), NameHit(record, by))
    return list(hits.values())[:limit]


def story_keys(words: str) -> list[int]:
    """Return the keys of stories: those of the newest hits whose headline or summary matches, then by their text."""
    published = Article.objects.published()
    in_title = _ranked(published.filter(matching(words, "title_search")), "title_search", words, "")
    texts = ArticleText.objects.filter(matching(words, "search"), article__in=published)
    in_text = _ranked(texts, "search", words, "article__")
    return list(dict.fromkeys([*in_title, *in_text]))


def _ranked(hits: models.QuerySet, vector: str, words: str, article: str) -> list[int]:
    """Rank the newest hits only: ranking all of a common word's costs a second."""
    newest = hits.order_by(f"-{article}sort_date", "-pk").values_list("pk", flat=True)[:NEWEST]
    rows = hits.model.objects.filter(pk__in=list(newest)).annotate(
        rank=_by_language(
            lambda query, _configuration: SearchRank(F(vector), query), words, "language", models.FloatField()
        )
    )
    return list(rows.order_by("-rank", f"-{article}sort_date", "-pk").values_list("pk", flat=True))


def _by_language(make, words: str, field: str, output: models.Field) -> Case:
    """Return an expression that asks each row in its own language."""
    words = askable(words)
    whens = []
    default = None
    for language, configurations in CONFIGURATIONS.items():
        query = SearchQuery(words, config=configurations[0], search_type="websearch")
        for configuration in configurations[1:]:
            query |= SearchQuery(words, config=configuration, search_type="websearch")
        if language:
            whens.append(When(**{field: language}, then=make(query, configurations[0])))
        else:
            default = make(query, configurations[0])
    return Case(*whens, default=default, output_field=output)


def story_hits(keys: Sequence[int], words: str) -> list[StoryHit]:
    """Return these stories with the words marked: in the text where its rights allow, else in our summary."""
    readable = Case(
        When(source__rights=Source.Rights.FULL, then=Left("text__plain", INDEXED_CHARACTERS)),
        default=F("summary"),
        output_field=TextField(),
    )
    articles = (
        Article.objects.published()
        .filter(pk__in=keys)
        .for_listing()
        .prefetch_related(None)
        .annotate(
            title_marked=_by_language(_headline("title", highlight_all=True), words, "language", TextField()),
            snippet=_by_language(
                _headline(readable, max_words=40, min_words=20, max_fragments=1),
                words,
                "language",
                TextField(),
            ),
        )
    )
    found = {article.pk: article for article in articles}
    return [
        StoryHit(found[key], marked(found[key].title_marked), marked(with_ends(found[key].snippet or "")))
        for key in keys
        if key in found
    ]


def _headline(expression: object, **options: object):
    return lambda query, configuration: SearchHeadline(
        expression, query, config=configuration, start_sel=START, stop_sel=STOP, **options
    )


def with_ends(snippet: str) -> str:
    """Show where a snippet was cut out of the middle of a sentence."""
    bare = snippet.strip().lstrip(START)
    if not bare:
        return ""
    begin = "" if bare[0].isupper() or bare[0].isdigit() else "… "
    return f"{begin}{snippet.strip()}{'' if snippet.rstrip().endswith(('.', '!', '?', '…', STOP)) else ' …'}"


def marked(text: str) -> SafeString:
    """Return the text escaped, with the words found between marks."""
    safe = escape(text)
    if safe.count(START) != safe.count(STOP):
        return mark_safe(safe.replace(START, "").replace(STOP, ""))
    return mark_safe(safe.replace(START, "<mark>").replace(STOP, "</mark>"))
