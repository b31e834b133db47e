"""What base.html needs on every page: the site's name and the same page in the other languages."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

SECTIONS = {
    "stories": "stories",
    "story": "stories",
    "countries": "countries",
    "country": "countries",
    "pair": "countries",
    "agreements": "agreements",
    "agreement": "agreements",
    "organisations": "organisations",
    "organisation": "organisations",
    "people": "people",
    "person": "people",
}


def site(request: HttpRequest) -> dict[str, object]:
    match = request.resolver_match
    return {
        "section": SECTIONS.get(match.url_name or "", "") if match else "",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "page_in_languages": partial(in_languages, request.path, request.META.get("QUERY_STRING", "")),
        "canonical_url": settings.SITE_URL + request.path,
    }


def in_languages(path: str, query: str = "") -> list[dict[str, object]]:
    """Return the addresses of a page in each language, query kept; English has no prefix."""
    bare = path
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and bare.startswith(f"/{code}/"):
            bare = bare.removeprefix(f"/{code}")
    current = get_language()
    return [
        {
            "code": code,
            "name": name,
            "path": path,
            "path_and_query": f"{path}?{query}" if query else path,
            "is_current": code == current,
        }
        for code, name in settings.LANGUAGES
        for path in [bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"]
    ]
