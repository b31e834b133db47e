"""The desk's page on the past of a record: versions, comparison, restore."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ..comparison import Names, compare, described
from ..record import Past, State, Version, parts_of, versions
from ..restoring import restore
from ..revisions import StaleRevision

A_PAGE = 50


class FoundByKey(admin.ModelAdmin):
    """Django's own takes an empty ``?_to_field=`` for the name of a field."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        return super().get_object(request, object_id, from_field or None)


class HistoryAdmin(FoundByKey):
    """Replaces Django's history by the log's: every path, every field, with comparison and, if wanted, restore."""

    can_restore = False

    def get_urls(self) -> list[URLPattern]:
        views = (("compare", require_GET(self.compare_view)), ("restore", require_POST(self.restore_view)))
        return [
            path(
                f"<path:object_id>/history/{name}/",
                self.admin_site.admin_view(view),
                name=f"{self._address}_{name}",
            )
            for name, view in views
        ] + super().get_urls()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._refuse_unless_viewable(request, record)
        page = Paginator(versions(record), A_PAGE).get_page(request.GET.get("page"))
        names = Names(change for version in page for change in version.changes)
        context = {
            "title": _("History: %s") % record,
            "page": page,
            "rows": [(version, described(version.changes, names)) for version in page],
            **(extra_context or {}),
        }
        return self._page(request, "admin/history/versions.html", record, context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """``?from=`` and ``?to=`` are versions; without ``to`` it is the present, without ``from`` nothing yet."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._refuse_unless_viewable(request, record)
        past = Past(record)
        found = past.versions()
        older, newer = (_version(found, request.GET.get(name)) for name in ("from", "to"))
        if older and newer and older.at > newer.at:
            older, newer = newer, older
        before = past.state_at(older) if older else _nothing(record)
        after = past.state_at(newer) if newer else past.present
        context = {
            "title": _("Comparison: %s") % record,
            "older": older,
            "newer": newer,
            "differences": compare(before, after),
            "may_restore": bool(
                older and not newer and self.can_restore and self.has_change_permission(request, record)
            ),
        }
        return self._page(request, "admin/history/compare.html", record, context)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.can_restore or not self.has_change_permission(request, record):
            raise PermissionDenied
        version = _version(versions(record), request.POST.get("version"))
        revision = request.POST.get("revision", "")
        if version is None or not revision.isdecimal():
            messages.error(request, _("There is no such version."))
        else:
            self._restore(request, record, version, int(revision))
        return HttpResponseRedirect(self._reverse("history", record))

    def _restore(self, request: HttpRequest, record: models.Model, version: Version, revision: int) -> None:
        try:
            outcome = restore(record, version, revision=revision)
        except StaleRevision:
            said = _(
                "Somebody else saved this after you opened the comparison; nothing was changed. Look again."
            )
            messages.error(request, said)
        except ValidationError as error:
            messages.error(request, _("Nothing was changed: %s") % " ".join(error.messages))
        else:
            messages.success(
                request, _("Restored.") if outcome.changed else _("It already stands as in that version.")
            )
            if outcome.left_out:
                said = _("Left out, because what it points at is no longer there: %s")
                messages.warning(request, said % ", ".join(outcome.left_out))

    def _refuse_unless_viewable(self, request: HttpRequest, record: models.Model) -> None:
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied

    @property
    def _address(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _reverse(self, name: str, record: models.Model) -> str:
        return reverse(f"admin:{self._address}_{name}", args=[record.pk], current_app=self.admin_site.name)

    def _page(
        self, request: HttpRequest, template: str, record: models.Model, context: dict[str, Any]
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": record,
            "module_name": self.opts.verbose_name_plural,
            "history_url": self._reverse("history", record),
            "compare_url": self._reverse("compare", record),
            "restore_url": self._reverse("restore", record),
            **context,
        }
        return TemplateResponse(request, template, context)


def _version(found: list[Version], at: str | None) -> Version | None:
    return next((version for version in found if str(version.at) == at), None)


def _nothing(record: models.Model) -> State:
    return State(type(record), record.pk, {part: {} for part in parts_of(type(record))})
