"""Articles on the desk: the list, the edit form, and the addresses of the desk's own pages."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entities.admin.desk import DeskAdmin, words
from entities.folding import folded
from entities.models import Country

from .desk.forms import StoryForm
from .desk.intake import intake_view
from .desk.links import LinkFilter, look_for_view
from .desk.recognition import recognition_view
from .desk.review import review_view
from .models import Article, ArticleText, Mention, Proposal
from .search import matching
from .texts import markup_of, set_body

admin.site.index_title = gettext_lazy("Desk")
_BUTTONS = ("_publish", "_withdraw", "_submit")


class ArticleForm(StoryForm):
    """All of a story's own fields, with its text."""

    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField body-field"}),
        help_text=gettext_lazy(
            "HTML: p, h2, h3, ul, ol, li, blockquote, table, em, strong, a. Anything else is taken out when you save. "
            "A text without any tag is taken as plain paragraphs, parted by blank lines."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "text"):
            self.initial.setdefault("body", self.instance.text.body)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        return body if "<" in body and ">" in body else markup_of(body)


class CountryFilter(admin.SimpleListFilter):
    title = gettext_lazy("partner country")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        linked = Country.objects.filter(pk__in=Mention.objects.about().values("country"))
        return [(country.code, country.name) for country in linked.by_name()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        partner = Mention.objects.about().filter(country__code=self.value())
        return queryset.filter(pk__in=partner.values("article"))


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    list_display = ["title", "state", "dated", "source", "language", "partners", "open_proposals"]
    list_filter = [
        "state",
        "language",
        LinkFilter,
        CountryFilter,
        ("source", admin.RelatedOnlyFieldListFilter),
        "created_at",
    ]
    list_select_related = ["source"]
    search_fields = ["title"]
    search_help_text = gettext_lazy("Words of the title, the summary or the text")
    autocomplete_fields = ["source"]
    actions = ["publish", "withdraw", "submit"]
    can_restore = True
    ordering = ["-created_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "tags"]}),
        (
            gettext_lazy("Where and when it appeared"),
            {"fields": ["source", "source_url", "byline", "dated", "date_missing", "language"]},
        ),
        (gettext_lazy("Text"), {"fields": ["body"]}),
    ]

    # What a user sees and changes

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        partners = Mention.objects.about().filter(country__isnull=False).select_related("country")
        # A subquery: counted for the rows of one page only.
        waiting = Proposal.objects.open().filter(article=OuterRef("pk")).order_by().values("article")
        waiting = waiting.annotate(number=models.Count("pk")).values("number")
        return (
            super()
            .get_queryset(request)
            .editable_by(request.user)
            .defer("title_search")
            .prefetch_related(Prefetch("mentions", partners, to_attr="partner_links"))
            .annotate(waiting=Coalesce(Subquery(waiting), 0))
        )

    def _is_theirs(self, request: HttpRequest, article: Article | None) -> bool:
        return article is None or Article.objects.editable_by(request.user).filter(pk=article.pk).exists()

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_view_permission(request, obj) and self._is_theirs(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_theirs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_theirs(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    # The past: restoring may bring back a published state, so it is the editors'

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        response = super().compare_view(request, object_id)
        if isinstance(response, TemplateResponse) and not self.has_publish_permission(request):
            response.context_data["may_restore"] = False
        return response

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return super().restore_view(request, object_id)

    # The list

    @admin.display(description=gettext_lazy("partner countries"))
    def partners(self, article: Article) -> str:
        return ", ".join(sorted(link.country.name for link in article.partner_links))

    @admin.display(description=gettext_lazy("to judge"))
    def open_proposals(self, article: Article) -> str:
        address = reverse("admin:articles_review", args=[article.pk])
        said = (
            ngettext("%(count)d proposal", "%(count)d proposals", article.waiting)
            % {"count": article.waiting}
            if article.waiting
            else _("review")
        )
        return format_html('<a href="{}">{}</a>', address, said)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = words(search_term)
        if not typed:
            return queryset, False
        found = matching(typed, "title_search") | Q(key__contains=folded(typed) or "\uffff")
        in_text = matching(typed, "search")
        return queryset.filter(found | Q(pk__in=ArticleText.objects.filter(in_text).values("article"))), False

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        published = 0
        for article in queryset.unpublished():
            try:
                article.publish()
                published += 1
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        said = ngettext("%(count)d article published.", "%(count)d articles published.", published)
        messages.success(request, said % {"count": published})

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        articles = list(queryset.published())
        for article in articles:
            article.withdraw()
        said = ngettext("%(count)d article withdrawn.", "%(count)d articles withdrawn.", len(articles))
        messages.success(request, said % {"count": len(articles)})

    @admin.action(description=gettext_lazy("Hand to the editors"), permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet) -> None:
        articles = list(queryset.filter(state=Article.State.DRAFT))
        for article in articles:
            article.submit()
        said = ngettext("%(count)d article handed on.", "%(count)d articles handed on.", len(articles))
        messages.success(request, said % {"count": len(articles)})

    # The form

    def get_form(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> type:
        return type("ArticleForm", (super().get_form(request, obj, **kwargs),), {"user": request.user})

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if "body" in form.changed_data or not hasattr(obj, "text"):
            set_body(obj, form.cleaned_data["body"])

    def response_add(self, request: HttpRequest, obj: Article, *args: Any, **kwargs: Any) -> HttpResponse:
        self._press(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        self._press(request, obj)
        return super().response_change(request, obj)

    def _press(self, request: HttpRequest, article: Article) -> None:
        """Do what the button beside "Save" says; what was typed is saved already."""
        pressed = next((name for name in _BUTTONS if name in request.POST), None)
        if pressed is None:
            return
        if pressed != "_submit" and not self.has_publish_permission(request):
            messages.error(request, _("Only an editor publishes and withdraws."))
            return
        try:
            getattr(article, pressed.removeprefix("_"))()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))

    def get_urls(self) -> list[URLPattern]:
        # Not "<id>/…": the admin's own `<path:object_id>/` would answer for what stands behind it.
        answers = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path(
                "intake/",
                self.admin_site.admin_view(answers(partial(intake_view, self))),
                name="articles_intake",
            ),
            path(
                "recognition/",
                self.admin_site.admin_view(require_safe(partial(recognition_view, self))),
                name="articles_recognition",
            ),
            path(
                "<int:key>/review/",
                self.admin_site.admin_view(answers(partial(review_view, self))),
                name="articles_review",
            ),
            path(
                "look-for/<str:kind>/<int:key>/",
                self.admin_site.admin_view(require_POST(partial(look_for_view, self))),
                name="articles_look_for",
            ),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"may_publish": self.has_publish_permission(request)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)
