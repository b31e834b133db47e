"""What the desk says about links in stories: which are to be judged, which have lost their evidence, and new ones."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.watching import current_snapshot
from jobs.models import Job

from ..intake.relinking import look_for_names, names_of
from ..models import Article
from .lookup import record_at

TO_JUDGE, LOST = "to-judge", "lost"


class LinkFilter(admin.SimpleListFilter):
    title = gettext_lazy("links")
    parameter_name = "links"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(TO_JUDGE, gettext_lazy("proposals to judge")), (LOST, gettext_lazy("evidence lost"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        words = {TO_JUDGE: queryset.to_judge, LOST: queryset.with_lost_evidence}
        return words[self.value()]() if self.value() in words else queryset


def link_counts(user: Any) -> dict[str, int]:
    """How many articles of this user wait for a judgement though readers see them, or have lost evidence."""
    articles = Article.objects.editable_by(user)
    return {
        "to_judge": articles.published().to_judge().count(),
        "lost": articles.with_lost_evidence().count(),
        "jobs": Job.objects.unfinished().count(),
    }


def look_for_view(model_admin: admin.ModelAdmin, request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Look for a record's names in older stories, in the background."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    record = record_at(f"{kind}:{key}")
    if record is None:
        raise Http404
    names = list(names_of(record).order_by("pk").values_list("pk", flat=True))
    label = f"{record._meta.verbose_name} {record}"
    job = Job.objects.of(look_for_names).unfinished().filter(label=label[:500]).first()
    if job is None:
        snapshot = current_snapshot()
        job = Job.objects.start(look_for_names, request.user, label, names=names, snapshot=snapshot)
        messages.success(request, _("Its names are looked for now. This page says how far that is."))
    else:
        messages.info(request, _("Its names are being looked for already."))
    return HttpResponseRedirect(job.get_absolute_url())
