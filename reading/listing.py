"""The one place that lists and counts stories: every page, feed, facet and figure of stories is asked here.

It reads the flat table of published stories; the rows shown are then fetched through ``published()`` by their keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, models
from django.http import Http404

from articles.models import Article, PublishedStory
from entities.models import Country

from .filters import StoryFilter

PAGE_SIZE = 20
MOST_OPTIONS = 40
ARRAYS = {"country": "country_ids", "organisation": "organisation_ids", "tag": "tag_ids"}
SINGLES = {"language": "language", "source": "source_id", "year": "year"}


@dataclass(frozen=True)
class Counts:
    """How many rows there are, and how many one would get by each further or other choice."""

    total: int
    by_facet: dict[str, list[tuple[object, int]]]


def stories(**keys: int | Sequence[int]) -> models.QuerySet[PublishedStory]:
    """Listed stories that are about or name all of these: ``stories(country=[1, 2], tag=3)``."""
    conditions = {
        f"{name}_ids__contains": [value] if isinstance(value, int) else list(value)
        for name, value in keys.items()
    }
    return PublishedStory.objects.filter(**conditions)


def counted(filtered: StoryFilter) -> Counts:
    """Count rows and options in one statement.

    An option that adds a condition is counted among the rows shown; one that replaces the choice made in its facet is
    counted among the rows that all other conditions leave.
    """
    columns = ("article_id", *ARRAYS.values(), *SINGLES.values())
    with_parts, selects, params = [], [], []

    def common_table(name: str, queryset: models.QuerySet) -> None:
        sql, values = queryset.order_by().values_list(*columns).query.sql_with_params()
        # Django numbers annotated columns only; plain ones keep their names.
        with_parts.append(f"{name} AS MATERIALIZED ({sql})")
        params.extend(values)

    common_table("hits", filtered.qs)
    selects.append("SELECT 'total', NULL::text, count(*) FROM hits")
    for facet, column in ARRAYS.items():
        selects.append(
            f"(SELECT '{facet}', option::text, count(*) FROM hits, unnest({column}) AS option"
            f" GROUP BY option ORDER BY count(*) DESC, option LIMIT {MOST_OPTIONS})"
        )
    for facet, column in SINGLES.items():
        rows = "hits"
        if facet in filtered.chosen:
            rows = f"without_{facet}"
            common_table(rows, filtered.qs_without(facet))
        selects.append(
            f"(SELECT '{facet}', {column}::text, count(*) FROM {rows} WHERE {column} IS NOT NULL"
            f" GROUP BY {column} ORDER BY count(*) DESC, {column} DESC LIMIT {MOST_OPTIONS})"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(with_parts)} {' UNION ALL '.join(selects)}", params)
        rows = cursor.fetchall()
    by_facet: dict[str, list[tuple[object, int]]] = {name: [] for name in (*ARRAYS, *SINGLES)}
    total = 0
    for facet, option, count in rows:
        if facet == "total":
            total = count
        else:
            by_facet[facet].append((option if facet == "language" else int(option), count))
    return Counts(total, by_facet)


def keys_of_page(queryset: models.QuerySet[PublishedStory], offset: int, total: int) -> list[int]:
    """Return the keys of one page, newest first, walking from the nearer end of the list."""
    size = min(PAGE_SIZE, total - offset)
    if offset > total // 2:
        from_end = total - offset - size
        keys = queryset.order_by("sort_date", "article_id").values_list("pk", flat=True)[
            from_end : from_end + size
        ]
        return list(keys)[::-1]
    return list(
        queryset.order_by("-sort_date", "-article_id").values_list("pk", flat=True)[offset : offset + size]
    )


def articles_of(keys: Sequence[int]) -> list[Article]:
    """Return these articles in this order; what is not published, by whatever mistake, is not returned."""
    found = Article.objects.published().for_listing().prefetch_related(None).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def newest(queryset: models.QuerySet[PublishedStory], count: int) -> list[Article]:
    return articles_of(
        list(queryset.order_by("-sort_date", "-article_id").values_list("pk", flat=True)[:count])
    )


def page_number(text: str | None) -> int:
    """Return the page asked for; what can be no page's number is no page."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text) >= 1):
        raise Http404("no such page")
    return int(text)


def story_counts(kind: str, keys: Iterable[int]) -> dict[int, int]:
    """Count the stories of each of these organisations, people, agreements, tags or countries."""
    keys = list(keys)
    if not keys:
        return {}
    column = f"{kind}_ids"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, count(*) FROM articles_publishedstory, unnest({column}) AS key"
            f" WHERE {column} && %s::bigint[] AND key = ANY (%s::bigint[]) GROUP BY key",
            [keys, keys],
        )
        return dict(cursor.fetchall())


def all_counts(kind: str) -> dict[int, int]:
    """Count the stories of every country, organisation, person, agreement or tag that has any."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, count(*) FROM articles_publishedstory, unnest({kind}_ids) AS key GROUP BY key"
        )
        return dict(cursor.fetchall())


def stories_by_year(queryset: models.QuerySet[PublishedStory]) -> dict[int, int]:
    rows = queryset.filter(year__isnull=False).order_by().values("year").annotate(stories=models.Count("pk"))
    return {row["year"]: row["stories"] for row in rows}


def companions(country: Country, limit: int = 12) -> list[tuple[int, int]]:
    """Return (country, stories) most often together with this one; the home country is not a partner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, count(*) FROM articles_publishedstory, unnest(country_ids) AS key"
            " WHERE country_ids @> ARRAY[%s]::bigint[] AND key <> %s AND key <> ALL (%s::bigint[])"
            " GROUP BY key ORDER BY count(*) DESC, key LIMIT %s",
            [country.pk, country.pk, home_country_keys(), limit],
        )
        return cursor.fetchall()


def most_active_pairs(limit: int = 8) -> list[tuple[int, int, int]]:
    """Return (one, other, stories) of the pairs that most stories are about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, other, count(*) FROM articles_publishedstory, unnest(country_ids) AS one,"
            " unnest(country_ids) AS other WHERE one < other GROUP BY one, other"
            " ORDER BY count(*) DESC, one, other LIMIT %s",
            [limit],
        )
        return cursor.fetchall()


def home_country_keys() -> list[int]:
    if not settings.HOME_COUNTRY:
        return []
    return list(Country.objects.filter(code=settings.HOME_COUNTRY).values_list("pk", flat=True))


def related_to(article: Article, limit: int = 6) -> list[Article]:
    """Return published stories that share most with this one: agreements first, then organisations, then countries."""
    listed = article.listing
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT article_id FROM (
                SELECT article_id, sort_date,
                    5 * (SELECT count(*) FROM unnest(agreement_ids) AS key WHERE key = ANY (%(agreements)s))
                    + 3 * (SELECT count(*) FROM unnest(organisation_ids) AS key WHERE key = ANY (%(organisations)s))
                    + 2 * (SELECT count(*) FROM unnest(country_ids) AS key WHERE key = ANY (%(countries)s)) AS shared
                FROM (
                    SELECT * FROM articles_publishedstory
                    WHERE article_id <> %(article)s AND (agreement_ids && %(agreements)s::bigint[]
                        OR organisation_ids && %(organisations)s::bigint[] OR country_ids @> %(countries)s::bigint[])
                    ORDER BY sort_date DESC, article_id DESC LIMIT 500
                ) AS near
            ) AS scored ORDER BY shared DESC, sort_date DESC, article_id DESC LIMIT %(limit)s
            """,
            {
                "article": article.pk,
                "agreements": listed.agreement_ids,
                "organisations": listed.organisation_ids,
                "countries": listed.country_ids,
                "limit": limit,
            },
        )
        keys = [key for (key,) in cursor.fetchall()]
    return articles_of(keys)
