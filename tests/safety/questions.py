"""Nasty questions for every address of the site: each path with every parameter and every value, or a sample."""

import random
from collections.abc import Iterator, Mapping
from itertools import product
from urllib.parse import quote

from django.db import transaction
from django.test import Client

from .addresses import path_of, routes

NUL, HUGE = "\x00", "9" * 400
VALUES = [
    *(
        "",
        "0",
        "-1",
        "00",
        "1e9",
        "1.5",
        str(2**31),
        str(2**63),
        str(10**30),
        HUGE,
        "NaN",
        "Infinity",
        "null",
    ),
    *("٣", "²", "½", "０", "İ", "ı", "ß", "\u202e", "\ufeff", "\ufffe", "\ud7ff", "🦊" * 60, "e\u0301" * 90),
    *(
        NUL,
        f"a{NUL}b",
        "%00",
        "%",
        "%s%n%d",
        "%(x)s",
        "{0.__class__}",
        "{{ 9801 * 1000 + 547 }}",
        "{% url %}",
    ),
    *("'", '"', "\\", "' OR 1=1 --", "'; DROP TABLE x; --", "1) OR (1=1", "$$", "E'\\x00'", "pg_sleep(9)"),
    *(
        "(",
        ")",
        "[",
        "*",
        "(?=",
        "(a+)+$",
        "a{9999999}",
        "&",
        "|",
        "!",
        "<->",
        ":*",
        "a & b | (c",
        "!!!",
        "-" * 300,
    ),
    *(
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "\r\nSet-Cookie: x=1",
        "x" * 3000,
        ",".join("ab" * 90),
    ),
    *(
        "2022-13-45",
        "0000",
        "9999/9998",
        "0000-00-00",
        "10000-01-01",
        "1994-04",
        "-0001",
        "tr",
        "TR",
        "zz",
        "true",
    ),
]
PUBLIC_NAMES = [
    *("q", "page", "country", "organisation", "tag", "language", "source", "year", "on", "status", "kind"),
    *("decade", "subject", "format", "order_by", "author__password", "country[]", "q.x", "", "country__code"),
]
DESK_NAMES = [
    *("q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "term", "page"),
    *("title__regex", "title__iregex", "title__search", "title", "created_at__year", "created_at__gte"),
    *(
        "created_at__range",
        "created_at__date",
        "state__exact",
        "about",
        "source__id__exact",
        "source__isnull",
    ),
    *(
        "id__in",
        "pk",
        "name__regex",
        "name__year",
        "key",
        "is_active__exact",
        "role__exact",
        "password__startswith",
    ),
    *(
        "date_joined__year",
        "last_login__gte",
        "started_at__year",
        "label__regex",
        "kind",
        "counts__x",
        "public",
    ),
    *("from", "to", "open", "add", "find", "words", "start", "app_label", "model_name", "field_name", "next"),
]
SEGMENTS = [
    *(
        "%00",
        "a%00b",
        "%FF%FE",
        "%ED%A0%80",
        "..%2f..%2f",
        "%0d%0aSet-Cookie:x=1",
        "feed",
        "x" * 1500,
        "🦊",
        "²",
    ),
    *("-1", "0", "9" * 30, "_5F", "TR", "a b", "';--", "(", "{{7*7}}", "%25s", "e\u0301", "Ⅷ", "１"),
]


def questions(arguments: Mapping[str, tuple]) -> Iterator[str]:
    """Every address with every parameter and value: about as many as paths x names x values."""
    for route in routes():
        path = path_of(route, arguments)
        names = DESK_NAMES if path.startswith("/admin/") else PUBLIC_NAMES
        for name, value in product(names, VALUES):
            yield f"{path}?{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}"
    yield from odd_addresses(arguments)


def odd_addresses(arguments: Mapping[str, tuple]) -> Iterator[str]:
    """Every address with every nasty segment in the place of its records."""
    for route in routes():
        for segment in SEGMENTS:
            if "<" in route and "(?P" not in route:
                nasty = dict.fromkeys(("", *arguments), (segment,) * 2)
                yield path_of(route, nasty)
    yield from (
        "/%",
        "/%zz",
        "//",
        "///elsewhere.example//",
        "/.git/config",
        "/static/../manage.py",
        "/?" + "a=1&" * 900,
    )


def mixed(arguments: Mapping[str, tuple], count: int, seed: int) -> Iterator[str]:
    """Several parameters at once, repeated and out of order."""
    chance = random.Random(seed)
    paths = [path_of(route, arguments) for route in routes()]
    for _number in range(count):
        path = chance.choice(paths)
        names = DESK_NAMES if path.startswith("/admin/") else PUBLIC_NAMES
        pairs = [(chance.choice(names), chance.choice(VALUES)) for _pair in range(chance.randint(2, 6))]
        pairs += pairs[:1]
        yield (
            path + "?" + "&".join(f"{quote(n)}={quote(v.encode('utf-8', 'surrogatepass'))}" for n, v in pairs)
        )


def sample(arguments: Mapping[str, tuple], count: int, seed: int = 11) -> list[str]:
    """As many questions, drawn evenly: every parameter, value and segment comes up, and always the same ones."""
    chance = random.Random(seed)
    paths = [path_of(route, arguments) for route in routes()]
    public = [path for path in paths if not path.startswith(("/admin/", "/accounts/"))]
    lists = [path for path in paths if path.startswith("/admin/") and path.count("/") in (2, 4)]
    drawn = list(odd_addresses(arguments))
    drawn = chance.sample(drawn, count // 5)
    for names, among in ((PUBLIC_NAMES, public), (DESK_NAMES, lists), (DESK_NAMES, paths)):
        for name in names * 2:
            value = chance.choice(VALUES)
            drawn.append(
                f"{chance.choice(among)}?{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}"
            )
    for value in VALUES:
        for name, path in (("q", "/search/"), ("year", "/stories/"), ("q", chance.choice(lists))):
            drawn.append(f"{path}?{name}={quote(value.encode('utf-8', 'surrogatepass'))}")
    return drawn + list(mixed(arguments, max(0, count - len(drawn)), seed))


def broken_by(client: Client, asked: list[str]) -> list[tuple[str, str]]:
    """The questions that were answered by a fault."""
    broken = []
    for question in asked:
        try:
            with transaction.atomic():
                status = str(client.get(question).status_code)
        except Exception as error:  # noqa: BLE001 (every fault counts, whatever it is)
            status = f"{type(error).__name__}: {error}"[:120]
        if not status.isdigit() or int(status) >= 500:
            broken.append((question[:160], status))
    return broken
