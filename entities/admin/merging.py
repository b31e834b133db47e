"""Merging on the desk: choose two or more, see what would move, then do it in one go."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..duplicates import duplicates_of
from ..merging import CannotMerge, merge, preview
from ..models import AgreementRelation, Distinct, Merged, Organisation, Position, SourceName, TagSynonym
from .desk import AutocompleteByKey, words

AT_MOST = 10
FOUND = 20
PAIRS = 100
# A field that points at records of the kind: Django's autocomplete asks about fields.
POINTING = {
    "organisation": Organisation._meta.get_field("parent"),
    "person": Position._meta.get_field("person"),
    "agreement": AgreementRelation._meta.get_field("target"),
    "tag": TagSynonym._meta.get_field("tag"),
    "source": SourceName._meta.get_field("source"),
}


class MergeAdmin(admin.ModelAdmin):
    """For admins of records that may turn out to be one, together with their list of likely pairs."""

    @admin.action(description=gettext_lazy("Merge …"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        keys = queryset.order_by("pk").values_list("pk", flat=True)[:AT_MOST]
        return HttpResponseRedirect(self._leading_to("merge", [("ids", key) for key in keys]))

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def get_actions(
        self, request: HttpRequest, action_location: admin.ActionLocation = admin.ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        actions = super().get_actions(request, action_location)
        if self.has_merge_permission(request) and action_location == admin.ActionLocation.CHANGE_LIST:
            actions["merge"] = self.get_action("merge")
        return actions

    def get_urls(self) -> list[URLPattern]:
        views = (("merge", self.merge_view), ("duplicates", self.duplicates_view))
        answers = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path(f"{name}/", self.admin_site.admin_view(answers(view)), name=f"{self._model_address}_{name}")
            for name, view in views
        ] + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "duplicates_url": self._leading_to("duplicates") if self.has_merge_permission(request) else ""
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = context.get("original")
        if record and self.has_merge_permission(request):
            context["merge_url"] = self._leading_to("merge", [("ids", record.pk)])
        return super().render_change_form(request, context, *args, **kwargs)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Whoever asks for a merged record is led to the one that it became."""
        key = unquote(object_id)
        gone = _ints([key]) and Merged.objects.filter(kind=opts.model_name, gone_id=key).first()
        if not gone or not self.has_view_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        messages.info(request, _("“%s” was merged into this record.") % gone.name)
        return HttpResponseRedirect(self._change_page(gone.kept_id))

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_merge_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        keys = _ints([*asked.getlist("ids"), *asked.getlist("with")])[:AT_MOST]
        records = list(self.model._base_manager.filter(pk__in=keys).order_by("pk"))
        if len(records) < 2:
            return self._choose(request, records)
        kept = _kept(records, asked.get("keep", ""))
        gone = [record for record in records if record is not kept]
        if request.method == "POST":
            return self._merge(request, kept, gone)
        context = {"title": _("Merge"), "found": preview(kept, gone), "records": records}
        context["distinct_url"] = self._leading_to("duplicates") if len(records) == 2 else ""
        return self._answer(request, "admin/entities/merge.html", context)

    def _merge(self, request: HttpRequest, kept: models.Model, gone: list[models.Model]) -> HttpResponse:
        choices = {
            name.removeprefix("choice_"): int(value)
            for name, value in request.POST.items()
            if name.startswith("choice_") and _ints([value])
        }
        again = self._leading_to("merge", [("ids", r.pk) for r in (kept, *gone)] + [("keep", kept.pk)])
        try:
            batch = merge(kept, gone, who=request.user, choices=choices, stamp=request.POST.get("stamp", ""))
        except CannotMerge as reason:
            messages.error(request, _("Nothing was changed: %s") % reason)
            return HttpResponseRedirect(again)
        except OperationalError:
            messages.error(
                request, _("Somebody is just writing to them; nothing was changed. Try again in a moment.")
            )
            return HttpResponseRedirect(again)
        address = reverse("admin:history_batch_undo", args=[batch.pk])
        said = _("Merged: %s.") % "; ".join(str(record) for record in gone)
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, address, _("Undo …")))
        return HttpResponseRedirect(self._change_page(kept.pk))

    def _choose(self, request: HttpRequest, records: list[models.Model]) -> HttpResponse:
        """The other one: by autocomplete, or by a search that needs no script."""
        typed, found = words(request.GET.get("q", "")), []
        if typed:
            results, _twice = self.get_search_results(request, self.model._default_manager.all(), typed)
            found = list(results.exclude(pk__in=[r.pk for r in records]).distinct()[:FOUND])
        widget = AutocompleteByKey(POINTING[self.opts.model_name], self.admin_site)
        field = forms.ModelChoiceField(
            self.model._default_manager.all(), widget=widget, label=_("The other one")
        )
        form = type("OtherForm", (forms.Form,), {"with": field})()
        context = {
            "title": _("Merge with …"),
            "records": records,
            "form": form,
            "typed": typed,
            "results": found,
        }
        return self._answer(
            request, "admin/entities/merge_with.html", {**context, "media": self.media + form.media}
        )

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """Likely pairs with the reason; with POST, two of them are said to be different for ever."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            keys = _ints(request.POST.getlist("ids"))
            if len(keys) == 2 and self.model._base_manager.filter(pk__in=keys).count() == 2:
                Distinct.objects.say(self.opts.model_name, *keys)
                messages.success(request, _("They will not be listed again."))
            return HttpResponseRedirect(self._leading_to("duplicates"))
        pairs = duplicates_of(self.model)
        context = {"title": _("Possible duplicates"), "pairs": pairs[:PAIRS], "number": len(pairs)}
        return self._answer(request, "admin/entities/duplicates.html", context)

    @property
    def _model_address(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _leading_to(self, name: str, query: list[tuple[str, Any]] | None = None) -> str:
        address = reverse(f"admin:{self._model_address}_{name}")
        return f"{address}?{urlencode(query)}" if query else address

    def _change_page(self, key: int) -> str:
        return reverse(f"admin:{self._model_address}_change", args=[key])

    def _answer(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media} | context
        return TemplateResponse(request, template, context)


def _ints(texts: list[str]) -> list[int]:
    """Keys among what came with a request, each once."""
    return list(
        dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19)
    )


def _kept(records: list[models.Model], wanted: str) -> models.Model:
    """The one asked for, else a public one, else the oldest."""
    chosen = [record for record in records if str(record.pk) == wanted]
    public = [record for record in records if getattr(record, "public", False)]
    return (chosen or public or records)[0]
