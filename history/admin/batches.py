"""The desk's list of batches (imports, merges, undos), what each wrote, and the button that takes one back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..models import Batch
from ..undoing import CannotUndo, Plan, plan_of, rows_of, undo
from ..words import counts_in_words, kind_in_words, said_of, titles_of, told
from .past import FoundByKey

SAMPLES = 5
Sample = tuple[str, str]  # what a row is called, and its address on the desk if it has one


@admin.register(Batch)
class BatchAdmin(FoundByKey):
    list_display = ["started_at", "what", "label", "who", "outcome", "state"]
    list_filter = ["kind", "undone"]
    list_select_related = ["who"]
    list_per_page = 50
    list_max_show_all = 200
    search_fields = ["label"]
    show_full_result_count = False
    change_form_template = "admin/history/batch/change_form.html"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the sidebar asks: an address such as `?label__regex=(` gets a 400, not a fault."""
        return lookup in ("kind", "undone__exact") and "\x00" not in value

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_term.replace("\x00", " ")[:200])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def what(self, batch: Batch) -> str:
        return kind_in_words(batch)

    @admin.display(description=gettext_lazy("what came of it"))
    def outcome(self, batch: Batch) -> str:
        return counts_in_words(batch)

    @admin.display(description=gettext_lazy("state"))
    def state(self, batch: Batch) -> str:
        if batch.undone:
            return _("undone")
        return "" if batch.finished_at else _("not finished")

    def get_urls(self) -> list[URLPattern]:
        undoing = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.undo_view))
        return [path("<int:key>/undo/", undoing, name="history_batch_undo"), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        batch = response.context_data.get("original") if isinstance(response, TemplateResponse) else None
        if batch:
            response.context_data |= self._about(request, batch)
        return response

    def undo_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """What undoing would do; with POST, do it."""
        batch = Batch.objects.select_related("who").filter(pk=key).first()
        if not request.user.has_perm("history.undo_batch"):
            raise PermissionDenied
        if batch is None:
            raise Http404
        try:
            plan = rows_of(batch) if request.method == "POST" else plan_of(batch)
            if not plan.may_be_undone_by(request.user):
                raise PermissionDenied
            if request.method == "POST":
                return self._undo(request, batch)
        except CannotUndo as refusal:
            return self._refused(request, batch, str(refusal))
        except OperationalError:
            said = _("Somebody is just writing what it wrote; nothing was changed. Try again in a moment.")
            return self._refused(request, batch, said)
        context = {
            **self.admin_site.each_context(request),
            **self._about(request, batch, plan),
            "title": _("Undo: %s") % kind_in_words(batch),
            "opts": self.opts,
            "original": batch,
            "conflicts": list(told(plan.conflicts)),
            "clashes": len(plan.conflicts),
        }
        return TemplateResponse(request, "admin/history/batch/undo.html", context)

    def _undo(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        made = undo(batch, request.user, leave_out="leave_out" in request.POST)
        messages.success(request, _("Undone: %s") % (counts_in_words(made) or _("it had changed nothing")))
        return HttpResponseRedirect(self._address(made))

    def _refused(self, request: HttpRequest, batch: Batch, reason: str) -> HttpResponse:
        messages.error(request, _("Nothing was changed: %s") % reason)
        return HttpResponseRedirect(self._address(batch))

    def _about(self, request: HttpRequest, batch: Batch, plan: Plan | None = None) -> dict[str, Any]:
        plan = plan or rows_of(batch)
        return {
            "kind": kind_in_words(batch),
            "outcome": counts_in_words(batch),
            "tables": [
                (model._meta.verbose_name_plural, said_of(plan, table), *self._samples(plan, table, model))
                for table, model in sorted(
                    plan.tables.items(), key=lambda item: (item[1] not in self.admin_site._registry, item[0])
                )
            ],
            "undoes": kind_in_words(batch.undoes) if batch.undoes else "",
            "undos": batch.undos.select_related("who"),
            "may_undo": not batch.undone and plan.may_be_undone_by(request.user),
        }

    def _samples(self, plan: Plan, table: str, model: type[models.Model]) -> tuple[list[Sample], int]:
        keys = sorted(plan.touched[table])
        titles = titles_of((model, key) for key in keys[:SAMPLES])
        there = set(model._base_manager.filter(pk__in=keys[:SAMPLES]).values_list("pk", flat=True))
        samples = [
            (title, self._change_page(model, key) if key in there else "")
            for (_model, key), title in titles.items()
        ]
        return samples, max(0, len(keys) - SAMPLES)

    def _change_page(self, model: type[models.Model], key: int) -> str:
        try:
            return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
        except NoReverseMatch:
            return ""

    def _address(self, batch: Batch) -> str:
        return reverse("admin:history_batch_change", args=[batch.pk])
