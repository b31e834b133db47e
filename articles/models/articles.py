"""The story itself: narrow, so that lists and changes of state never touch a text or its index."""

import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from entities.fields import (
    FirstDay,
    KeyField,
    PartialDateField,
    date_check,
    earliest_of,
    latest_of,
    web_check,
)
from entities.models import Agreement, Organisation, Person, Source, Tag
from entities.models.addresses import Addressed
from entities.models.keyed import Keyed
from entities.models.tags import FoldedTags
from history.revisions import Revised

from ..search import search_vector, vector_by_language


class ArticleQuerySet(models.QuerySet):
    def published(self) -> Self:
        """The only definition of what a visitor may see."""
        return self.filter(state=Article.State.PUBLISHED)

    def unpublished(self) -> Self:
        return self.exclude(state=Article.State.PUBLISHED)

    def editable_by(self, user) -> Self:
        """A contributor sees their own drafts on the desk, an editor everything."""
        if user.has_perm("articles.publish_article"):
            return self
        return self.filter(created_by=user, state__in=[Article.State.DRAFT, Article.State.REVIEW])

    def about(self, *countries) -> Self:
        """Stories of which each of these countries is a partner country."""
        return self.filter(listing__country_ids__contains=[country.pk for country in countries])

    def newest_first(self) -> Self:
        return self.order_by("-sort_date", "-pk")

    def for_listing(self) -> Self:
        """What a row of a list shows, without bodies, in a fixed number of queries."""
        return (
            self.select_related("source", "listing")
            .prefetch_related("tags")
            .defer("title_search", "identity")
            .fetch_mode(models.FETCH_PEERS)
        )

    def waiting(self) -> Self:
        """Drafts in the queue for review."""
        return self.filter(state__in=[Article.State.DRAFT, Article.State.REVIEW])

    def queue_of(self, user) -> Self:
        """Drafts that wait for this user, oldest first; what was handed to the editors waits for them."""
        queue = self.editable_by(user).waiting().order_by("created_at", "pk")
        is_editor = user.has_perm("articles.publish_article")
        return queue if is_editor else queue.filter(state=Article.State.DRAFT)

    def to_judge(self) -> Self:
        """With proposals that nobody has judged yet, also in what readers see already."""
        return self.filter(models.Exists(self._rows("proposals").filter(verdict="open")))

    def with_lost_evidence(self) -> Self:
        """With a link whose quoted words are no longer in the text."""
        return self.filter(models.Exists(self._rows("mentions").filter(evidence_lost=True)))

    def _rows(self, relation: str) -> models.QuerySet:
        model = self.model._meta.get_field(relation).related_model
        return model._default_manager.filter(article=models.OuterRef("pk")).order_by()

    def due(self) -> Self:
        return self.filter(state=Article.State.READY, go_live_at__lte=timezone.now())

    def release_due(self) -> int:
        """Publish what is ready and whose minute has come, each once whoever notices first; return how many."""
        released = 0
        for pk in self.due().order_by("go_live_at", "pk").values_list("pk", flat=True):
            with transaction.atomic():
                article = self.due().select_for_update(skip_locked=True).filter(pk=pk).first()
                if article and not article.missing_for_publication():
                    article.publish()
                    released += 1
        return released


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="articles_taggedarticle_unique")
        ]


class Article(Keyed, Revised, Addressed):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        READY = "ready", _("ready")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(_("title"), max_length=500)
    key = KeyField(source="title")
    summary = models.TextField(
        _("summary"), blank=True, default="", help_text=_("In our own words; always shown.")
    )
    dated = PartialDateField(_("date"))
    date_missing = models.BooleanField(
        _("date not given"), default=False, help_text=_("The source gives no date.")
    )
    dated_earliest = earliest_of("dated")
    dated_latest = latest_of("dated")
    language = models.CharField(_("language"), max_length=12, default="en")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("source")
    )
    source_url = models.URLField(_("address at the source"), max_length=2000, blank=True, default="")
    byline = models.CharField(_("byline"), max_length=300, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    go_live_at = models.DateTimeField(_("goes live at"), null=True, blank=True)
    released_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("taken in at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    identity = models.CharField(
        max_length=80,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="Digest of the source URL, of source, title and date, or of the text: the same input is one article.",
    )
    news_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the desk first published it; an import brings a past, no news. Places what has no date.",
    )
    sort_date = models.GeneratedField(
        expression=Coalesce(
            FirstDay(F("dated")),
            F("news_on"),
            Value(datetime.date(1, 1, 1)),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    title_search = models.GeneratedField(
        expression=vector_by_language("title", "summary"), output_field=SearchVectorField(), db_persist=True
    )

    tags = TaggableManager(through=TaggedArticle, manager=FoldedTags, blank=True, verbose_name=_("tags"))

    history_parts = ("text", "mentions", "tagged")
    history_keeps = ("go_live_at",)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-sort_date", "-pk"]
        permissions = [("publish_article", "Can publish and withdraw articles")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="articles_article_has_a_title"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(slug__isnull=False, source__isnull=False, released_at__isnull=False)
                & (Q(dated__isnull=False) | Q(date_missing=True)),
                name="articles_article_published_is_complete",
                violation_error_message=_(
                    "Publishing needs a source and a date, or the explicit note that there is none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(dated__isnull=True) | Q(date_missing=False),
                name="articles_article_dated_or_missing",
                violation_error_message=_("An article with a date cannot be marked “date not given”."),
            ),
            web_check("source_url", "articles_article"),
            date_check("dated", "articles_article"),
        ]
        indexes = [
            models.Index(
                fields=["-sort_date", "-id"], condition=Q(state="published"), name="articles_published_newest"
            ),
            models.Index(fields=["state", "-created_at", "-id"], name="articles_desk_newest"),
            models.Index(fields=["go_live_at"], condition=Q(state="ready"), name="articles_ready_go_live"),
            models.Index(fields=["source", "key"], name="articles_source_key"),
            GinIndex(fields=["title_search"], name="articles_title_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reading:story", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def missing_for_publication(self) -> list[str]:
        """Return in words what the article still lacks to be published; empty when nothing."""
        missing = []
        if not self.source_id:
            missing.append(_("a source"))
        if not self.dated and not self.date_missing:
            missing.append(_("a date, or the note that none is given"))
        if not self.mentions.filter(country__isnull=False, about=True).exists():
            missing.append(_("a partner country"))
        return missing

    def refuse_if_incomplete(self) -> None:
        if missing := self.missing_for_publication():
            raise ValidationError(
                _("“%(title)s” cannot be published: it lacks %(missing)s."),
                code="incomplete",
                params={"title": self.title, "missing": "; ".join(str(item) for item in missing)},
            )

    def publish(self, *, as_news: bool = True) -> None:
        """Make the article public, and with it the organisations, people and agreements that it mentions.

        Raises ValidationError with what is missing. Keeps its address and first moment of publication. What is not
        ``as_news`` and has no date comes last in every list.
        """
        self.refuse_if_incomplete()
        with transaction.atomic():
            self.take_address()
            self.state = self.State.PUBLISHED
            self.released_at = self.released_at or timezone.now()
            if as_news:
                self.news_on = self.news_on or self.released_at.date()
            self.go_live_at = None
            self.save(update_fields=["slug", "state", "released_at", "news_on", "go_live_at", "updated_at"])
            self.release_mentioned()

    def release_mentioned(self) -> None:
        for model, field in ((Organisation, "organisation"), (Person, "person"), (Agreement, "agreement")):
            mentioned = self.mentions.filter(**{f"{field}__isnull": False}).values(field)
            model.objects.filter(pk__in=mentioned).release()

    def after_restore(self) -> None:
        """Links came back with their text; what is proposed is not of the past and is looked for in that text.

        A public article stays complete, and what it mentions again is public with it.
        """
        from ..texts import find_quotes_again  # which reads these models

        find_quotes_again(self, of_links=False)
        if self.is_published:
            self.refuse_if_incomplete()
            self.release_mentioned()

    def withdraw(self) -> None:
        self._move_to(self.State.WITHDRAWN)

    def submit(self) -> None:
        self._move_to(self.State.REVIEW)

    def back_to_draft(self) -> None:
        self._move_to(self.State.DRAFT)

    def schedule(self, moment: datetime.datetime) -> None:
        """Mark the article ready to go live at that moment."""
        self.go_live_at = moment
        self._move_to(self.State.READY, "go_live_at")

    def _move_to(self, state: str, *also: str) -> None:
        self.state = state
        self.save(update_fields=["state", "updated_at", *also])


class ArticleText(models.Model):
    """The text behind a story: sanitised HTML, the plain text derived from it, and its search vector."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="text")
    body = models.TextField(_("text"), blank=True, default="")
    plain = models.TextField(blank=True, default="", editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    language = models.CharField(
        max_length=12, default="en", editable=False, help_text="Kept equal to the article's by a trigger."
    )
    search = models.GeneratedField(
        expression=search_vector("plain"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        indexes = [GinIndex(fields=["search"], name="articles_text_search")]

    def __str__(self) -> str:
        return str(self.article)
