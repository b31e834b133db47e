"""Finding a record by its address: the one it has, or one it had once."""

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from entities.models import Address

from .responses import moved


def found_or_moved(
    request: HttpRequest, queryset: models.QuerySet, slug: str, suffix: str = ""
) -> models.Model | HttpResponse:
    """Return the published record of this slug, or the redirect to where it is now; raise Http404 for anything else."""
    published = queryset.published()
    record = published.filter(slug=slug).first()
    if record is not None:
        return record
    key = Address.objects.record_of(queryset.model._meta.model_name, slug)
    record = published.filter(pk=key).first() if key is not None else None
    if record is None:
        raise Http404("no such record")
    return moved(request, record.get_absolute_url() + suffix)
