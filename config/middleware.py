"""What every answer of the site has in common: language, headers, and a plain word when the database is away."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control

from reading import errors

Respond = Callable[[HttpRequest], HttpResponse]
AWAY = (OperationalError, InterfaceError)
DESK = ("/admin/", "/accounts/")
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class InterfaceLanguage:
    """The language is in the path of public pages, never in a cookie or header; the desk takes the user's."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        if request.path_info.startswith(DESK) and request.user.is_authenticated:
            language = request.user.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class ResponseHeaders:
    """Headers that Django has no setting for; whatever nobody declared shareable is private."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class DatabaseDown:
    """Answer 503 at once while PostgreSQL is away, instead of a stack trace or a wait."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _try_again() if isinstance(error, AWAY) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """The URLconf's handler500: it also hears of errors raised in middleware, which no process_exception sees."""
    if isinstance(sys.exception(), AWAY):
        return _try_again()
    return errors.server_error(request)


def _try_again() -> HttpResponse:
    connection.close()
    said = translation.gettext("The register is not available at the moment. Please try again.")
    response = HttpResponse(f"{said}\n", status=503)
    response.headers["Retry-After"] = "5"
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response
