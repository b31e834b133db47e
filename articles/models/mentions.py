from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entities.models import Agreement, Country, Organisation, Person
from entities.models.names import OWNERS, exactly_one_of

from .articles import Article


class MentionQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> Self:
        return self.filter(**{record._meta.model_name: record})

    def about(self) -> Self:
        return self.filter(about=True)

    def in_published(self) -> Self:
        return self.filter(article__in=Article.objects.published())

    def with_evidence(self) -> Self:
        return self.filter(evidence_lost=False).exclude(quotes=[])

    def with_records(self) -> Self:
        return self.select_related(*OWNERS)


class Mention(models.Model):
    """That an article is about a record or names it, with the words that say so.

    ``quotes`` is a list of ``{"field": "text" | "summary", "start", "end", "exact", "before", "after"}``; offsets count
    characters of the plain text or of our summary.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions")
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("person")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("agreement")
    )
    about = models.BooleanField(
        _("about"), default=False, help_text=_("The story is about it, not only names it.")
    )
    quotes = models.JSONField(_("quotes"), default=list, blank=True)
    evidence_lost = models.BooleanField(_("evidence lost"), default=False, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["article", "-about", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of(OWNERS),
                name="articles_mention_of_one_record",
                violation_error_message=_(
                    "A link names exactly one country, organisation, person or agreement."
                ),
            ),
            *(
                models.UniqueConstraint(
                    fields=["article", owner],
                    condition=Q(**{f"{owner}__isnull": False}),
                    name=f"articles_mention_{owner}_once",
                    violation_error_message=_("The article is already linked to this record."),
                )
                for owner in OWNERS
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def record(self) -> models.Model:
        return next(record for owner in OWNERS if (record := getattr(self, owner)) is not None)

    def absorb(self, other: "Mention") -> None:
        """One link instead of two: the words of both, about if either, confirmed if either."""
        before = {"about": self.about, "quotes": self.quotes, "lost": self.evidence_lost}
        good = [] if self.evidence_lost and other.quotes and not other.evidence_lost else self.quotes
        more = [] if other.evidence_lost and good else other.quotes
        found = {(quote["field"], quote["start"], quote["end"]): quote for quote in [*more, *good]}
        self.quotes = [found[place] for place in sorted(found)]
        self.evidence_lost = self.evidence_lost and other.evidence_lost
        self.about = self.about or other.about
        if not self.confirmed_at:
            self.confirmed_by, self.confirmed_at = other.confirmed_by, other.confirmed_at
        self.save()
        for proposal in other.proposals.all():
            if proposal.payload.get("undo", {}).get("created"):  # taking its verdict back leaves this link
                proposal.payload["undo"] = {"created": False, **before}
                proposal.save(update_fields=["payload"])

    @staticmethod
    def history_words(field: str, value: list[dict[str, str]]) -> str | None:
        """The quotes as the history shows them."""
        return "\n".join(f"“{quote.get('exact', '')}”" for quote in value) if field == "quotes" else None

    @property
    def kind(self) -> str:
        return next(owner for owner in OWNERS if getattr(self, f"{owner}_id") is not None)
