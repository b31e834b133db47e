"""What every public answer has in common: only reading, the same for everybody, and stored only to be asked again."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Answer GET and HEAD only, shareable by caches that ask each time whether the ETag still holds."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # For a malformed cookie the CSRF middleware would send a new one; a page for everybody carries none.
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return answer


def moved(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    """Redirect for ever to another path of this site, keeping the query."""
    query = urlencode(list(request.GET.lists()), doseq=True)
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
