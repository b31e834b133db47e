"""The desk's pages of imports: bring a file, confirm its columns, look at what would come of it, bring it in, undo."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entities.exchange.mapping import save_mapping
from entities.exchange.row import UnreadableFile
from history.admin import FoundByKey

from .forms import MappingForm, UploadForm
from .kinds import KINDS, OUTCOMES
from .models import STATES, Import, ImportFile
from .naming import choices, keep_answers, names_of
from .previewing import preview_of, shown
from .reading import date_orders, look_at, orders_in_words, rows_of
from .running import mapped_rows, start

SHOWN = 200  # lines of a report on the page


@admin.register(Import)
class ImportAdmin(FoundByKey):
    list_display = ["file_name", "what", "owner", "created_at", "outcome", "state"]
    list_filter = ["kind"]
    list_select_related = ["owner", "job", "batch"]
    list_per_page = 50
    list_max_show_all = 200
    search_fields = ["file_name"]
    actions = None  # Django's own would throw away many at once, also those that run
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("report", "found", "preview")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the sidebar asks: an address such as `?file_name__regex=(` gets a 400, not a fault."""
        return lookup == "kind__exact" and "\x00" not in value

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_term.replace("\x00", " ")[:200])

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def what(self, run: Import) -> str:
        return capfirst(str(KINDS[run.kind].title))

    @admin.display(description=gettext_lazy("what came of it"))
    def outcome(self, run: Import) -> str:
        counts = run.result.get("counts", {})
        return ", ".join(
            f"{OUTCOMES[name]} {localize(counts[name])}" for name in OUTCOMES if counts.get(name)
        )

    @admin.display(description=gettext_lazy("state"))
    def state(self, run: Import) -> str:
        return str(STATES[run.state])

    def has_change_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_busy)

    def get_urls(self) -> list[URLPattern]:
        def page(name: str, view: Any) -> URLPattern:
            return path(
                f"<int:key>/{name}",
                self.admin_site.admin_view(view),
                name=f"imports_import_{view.__name__.removesuffix('_view')}",
            )

        return [
            page("columns/", require_http_methods(["GET", "HEAD", "POST"])(self.columns_view)),
            page("check/", require_POST(self.check_view)),
            page("names/", require_POST(self.names_view)),
            page("run/", require_POST(self.run_view)),
            page("report.csv", require_safe(self.report_view)),
            *super().get_urls(),
        ]

    # From a file to a mapping

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                run = self._bring(request, form.cleaned_data)
            except UnreadableFile as error:
                form.add_error("file", str(error))
            else:
                return HttpResponseRedirect(reverse("admin:imports_import_columns", args=[run.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "form": form,
            "largest": settings.LARGEST_UPLOAD,
            "recent": self.get_queryset(request).select_related("owner", "job", "batch")[:8],
        }
        return TemplateResponse(request, "admin/imports/import/upload.html", context)

    def _bring(self, request: HttpRequest, given: dict[str, Any]) -> Import:
        data = given["file"].read()
        run = Import(kind=given["kind"], file_name=given["file"].name[:300], owner=request.user)
        file = rows_of(run.kind, run.file_name, data)
        look_at(run, file, data)
        rows = run.columns.apply(file.rows)
        run.found["orders"] = orders_in_words(date_orders(run.kind, rows, run.dates))
        with transaction.atomic():
            run.save()
            ImportFile.objects.create(of=run, data=data)
        return run

    def columns_view(self, request: HttpRequest, key: int) -> HttpResponse:
        run = self._wanted(request, key)
        if run.is_busy or run.is_done or not run.has_file:
            return HttpResponseRedirect(run.get_absolute_url())
        form = MappingForm(run, request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._confirm(request, run, form)
            return HttpResponseRedirect(run.get_absolute_url())
        context = self._context(request, run) | {"form": form, "title": _("Which column is what")}
        return TemplateResponse(request, "admin/imports/import/columns.html", context)

    def _confirm(self, request: HttpRequest, run: Import, form: MappingForm) -> None:
        given = form.cleaned_data
        run.mapping, run.is_mapped = form.mapping.as_data(), True
        run.dates, run.publish = given.get("dates", ""), given.get("publish", False)
        rows = mapped_rows(run)
        run.found["orders"] = orders_in_words(date_orders(run.kind, rows, run.dates))
        run.preview, run.checked = preview_of(run, rows), {}
        run.save()
        if name := given["save_as"].strip():
            save_mapping(run.kind, name, form.mapping)
            messages.success(request, _("The mapping is kept as “%s”.") % name)
        start(run, request.user, dry=True)

    # The page of one import

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        if not str(object_id).isdecimal() or len(str(object_id)) > 9:
            raise Http404
        run = self._wanted(request, int(object_id))
        if not run.is_mapped and run.has_file:
            return HttpResponseRedirect(reverse("admin:imports_import_columns", args=[run.pk]))
        return self._page(request, run)

    def _page(self, request: HttpRequest, run: Import, refused: Any = ()) -> HttpResponse:
        names, lines = names_of(run), run.report_lines(SHOWN + 1)
        typed = {one["name"]: one["typed"] for one in refused}
        context = self._context(request, run) | {
            "preview": None if run.is_done else shown(run.preview),
            "checked": None if run.is_done else told(run.checked),
            "result": told(run.result),
            "report": [{**line, "said": OUTCOMES[line["outcome"]]} for line in lines[:SHOWN]],
            "more": len(lines) > SHOWN,
            "names": [{**name, "refused": typed.get(name["name"], "")} for name in names],
            "open_names": sum(not name["answer"] for name in names),
            "choices": choices() if names else [],
            "title": run.file_name,
        }
        response = TemplateResponse(request, "admin/imports/import/page.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def check_view(self, request: HttpRequest, key: int) -> HttpResponse:
        run = self._wanted(request, key)
        if not start(run, request.user, dry=True):
            messages.error(request, self._why_not(run))
        return HttpResponseRedirect(run.get_absolute_url())

    def names_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Remember who is meant; the file is then looked through again."""
        run = self._wanted(request, key)
        kept, refused = keep_answers(run, request.POST, request.user)
        if kept:
            said = ngettext("%(count)d answer is remembered.", "%(count)d answers are remembered.", kept)
            messages.success(request, said % {"count": kept})
            start(run, request.user, dry=True)
        if refused:
            return self._page(request, self._wanted(request, key), refused)
        return HttpResponseRedirect(run.get_absolute_url())

    def run_view(self, request: HttpRequest, key: int) -> HttpResponse:
        run = self._wanted(request, key)
        if run.is_checking:
            run.job.stop()  # what a check would have said is no longer asked
            run = self._wanted(request, key)
        if run.is_done or not start(run, request.user, dry=False):
            messages.error(request, self._why_not(run))
        return HttpResponseRedirect(run.get_absolute_url())

    def report_view(self, request: HttpRequest, key: int) -> HttpResponse:
        run = self._wanted(request, key)
        if not run.is_done:
            raise Http404
        response = HttpResponse(run.report.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="import-{run.pk}-report.csv"'
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _why_not(self, run: Import) -> str:
        if run.is_busy:
            return _("This file is just being gone through.")
        if run.is_done:
            return _("This file is in already.")
        return _("The file is no longer here; bring it again.")

    def _wanted(self, request: HttpRequest, key: int) -> Import:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not self.has_add_permission(request):
            raise PermissionDenied
        run = Import.objects.select_related("owner", "job", "batch").filter(pk=key).first()
        if run is None:
            raise Http404
        return run

    def _context(self, request: HttpRequest, run: Import) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "original": run,
            "kind": KINDS[run.kind].title,
            "state": STATES[run.state],
            "has_file": run.has_file,
            "may_throw_away": self.has_delete_permission(request, run),
            "may_undo": run.is_done and not run.batch.undone and request.user.has_perm("history.undo_batch")
            if run.batch
            else False,
        }


def told(outcome: dict[str, Any]) -> dict[str, Any] | None:
    """What a run came to, its counts in the reader's language."""
    if not outcome:
        return None
    counts = [
        (name, OUTCOMES[name], outcome["counts"][name]) for name in OUTCOMES if name in outcome["counts"]
    ]
    return {**outcome, "counts": counts}
