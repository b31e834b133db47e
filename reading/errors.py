"""What readers see when something is refused, missing or broken; none of it asks the database."""

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext_lazy as _

from .context import in_languages

PLAIN = "The register could not answer. Please try again later.\n"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, "500.html", 500)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    # The language switch leads to the front page: what was asked for is not repeated.
    context = {"title": TITLES[status], "is_refused": True, "page_in_languages": in_languages("/")}
    try:
        content = loader.render_to_string(template, context, request)
    except (TemplateDoesNotExist, ValueError):
        # Static files that were never collected must not hide the answer.
        return HttpResponse(PLAIN, status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, status=status)


TITLES = {
    400: _("This request makes no sense"),
    403: _("Not allowed"),
    404: _("There is no such page"),
    500: _("Something went wrong"),
}
