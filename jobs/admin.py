"""The desk's page of background work: what runs, how far it is, what came of it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from history.admin import FoundByKey

from .models import Job

admin.site.unregister(DBTaskResult)  # the queue's own rows say less


@admin.register(Job)
class JobAdmin(FoundByKey):
    list_display = ["title", "label", "state", "progress", "owner", "created_at", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["owner"]
    list_per_page = 50
    list_max_show_all = 200
    search_fields = ["label"]
    show_full_result_count = False
    change_form_template = "admin/jobs/job/change_form.html"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the sidebar asks: an address such as `?label__regex=(` gets a 400, not a fault."""
        return lookup == "state__exact" and "\x00" not in value

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_term.replace("\x00", " ")[:200])

    @admin.display(description=gettext_lazy("work"))
    def title(self, job: Job) -> str:
        return str(job.title)

    @admin.display(description=gettext_lazy("how far"))
    def progress(self, job: Job) -> str:
        if job.total is None:
            return localize(job.done) if job.done else "–"
        return _("%(done)s of %(total)s") % {"done": localize(job.done), "total": localize(job.total)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        stop = self.admin_site.admin_view(require_POST(self.stop_view))
        return [path("<int:key>/stop/", stop, name="jobs_job_stop"), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"may_stop": request.user.has_perm("jobs.change_job")} | (extra_context or {})
        response = super().changeform_view(request, object_id, form_url, context)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def stop_view(self, request: HttpRequest, key: int) -> HttpResponse:
        if not request.user.has_perm("jobs.change_job"):
            raise PermissionDenied
        job = Job.objects.filter(pk=key).first()
        if job is None:
            raise Http404
        job.stop()
        messages.info(request, _("It is told to stop; what is done stays done."))
        return HttpResponseRedirect(job.get_absolute_url())
