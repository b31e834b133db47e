"""Answers for programs: crawlers, load balancers, monitors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..responses import public
from ..sitemaps import PAGE_SIZE, SECTIONS

TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        *(
            f"Disallow: {prefix}/search/"
            for prefix in ("", *(f"/{code}" for code, _name in settings.LANGUAGES[1:]))
        ),
        "Allow: /",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@public
def sitemap_index(request: HttpRequest) -> HttpResponse:
    pages = [
        f"{settings.SITE_URL}{reverse('sitemap-section', args=[name, number])}"
        for name, section in SECTIONS.items()
        for number in range(1, section.pages() + 1)
    ]
    return render(request, "reading/sitemap_index.xml", {"pages": pages}, content_type=XML)


@public
def sitemap(request: HttpRequest, section: str, page: int) -> HttpResponse:
    if section not in SECTIONS or not 1 <= page <= SECTIONS[section].pages():
        raise Http404("no such part")
    entries = SECTIONS[section].entries((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return render(request, "reading/sitemap.xml", {"entries": entries}, content_type=XML)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing is said of the database."""
    return HttpResponse("ok\n", content_type=TEXT)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return HttpResponse("the database does not answer\n", status=503, content_type=TEXT)
    if missing:
        return HttpResponse(f"{len(missing)} migrations are not applied\n", status=503, content_type=TEXT)
    return HttpResponse("ready\n", content_type=TEXT)
