"""Every address that the URLconf knows, filled with records that exist."""

import re
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

_PART = re.compile(r"<(?:\w+:)?\w+>")
APPS = ("history", "entities", "articles", "accounts", "axes")


def routes() -> list[str]:
    """Every pattern of the site in order, each route once."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def path_of(route: str, arguments: Mapping[str, tuple]) -> str:
    """The address of a route, with what its beginning is filled with."""
    if "(?P<app_label>" in route:
        return "/admin/articles/"
    if "(?P<url>" in route:
        return "/admin/nothing/here/"
    values = iter(next((value for start, value in arguments.items() if route.startswith(start)), ()))
    return "/" + _PART.sub(lambda _match: str(next(values)), route)


def is_public(route: str) -> bool:
    return not route.startswith(("admin/", "accounts/", "preview/"))
