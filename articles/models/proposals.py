import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Min, Q, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, Floor, Least, Lower, TruncMonth
from django.utils.translation import gettext_lazy as _

from entities.fields import KeyField
from entities.models import Agreement, Country, Organisation, Person
from entities.models.keyed import Keyed
from entities.models.names import OWNERS

from .articles import Article
from .mentions import Mention


class ProposalQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(verdict=Proposal.Verdict.OPEN)

    def judged(self) -> Self:
        return self.exclude(verdict=Proposal.Verdict.OPEN)

    def by_doubt(self) -> Self:
        return self.order_by("score", "kind", "pk")

    def by_recogniser(self) -> Self:
        """Without what an editor added because the recogniser had missed it."""
        return self.exclude(version=Proposal.BY_HAND)

    def judged_since(self, moment: datetime.datetime) -> Self:
        return self.judged().filter(judged_at__gte=moment)

    def tallied(self) -> Self:
        """How many were judged how, a row for each month, kind, language, version and verdict."""
        groups = ("month", "kind", "language", "version", "verdict")
        named = self.annotate(month=TruncMonth("judged_at"), language=F("article__language"))
        return named.values(*groups).annotate(number=Count("pk")).order_by(*groups)

    def tallied_by_score(self) -> Self:
        """The same for each tenth of the score."""
        named = self.annotate(tenth=Least(Floor(F("score") * 10 + Value(1e-9)), Value(9.0)))
        return named.values("tenth", "verdict").annotate(number=Count("pk")).order_by("tenth", "verdict")

    def most_rejected(self) -> Self:
        """The words of texts that were proposed and rejected most often, with what they were taken for."""
        words = Case(  # the evidence of an agreement is its sentence, not its name
            When(kind=Proposal.Kind.AGREEMENT, then=F("value")),
            default=Coalesce(KeyTextTransform("exact", KeyTransform("0", "quotes")), F("value")),
            output_field=models.TextField(),
        )
        rejected = self.filter(verdict=Proposal.Verdict.REJECTED).annotate(words=Lower(words))
        counted = rejected.values("kind", "words").annotate(number=Count("pk"), taken_for=Min("value"))
        return counted.order_by("-number", "words", "kind")


class Proposal(Keyed):
    """What the recogniser found in an article and no editor has judged yet, or how it was judged.

    For a link or a new record ``kind`` is country, organisation, person or agreement and ``value`` the name; for a
    fact it is ``fact``, with ``field`` the name of the article's field and ``value`` what it should hold; for a date of
    an agreement ``field`` is ``in_force:KEY`` or ``ended:KEY`` and the agreement is the target. ``payload``
    carries what a new record would be made of. A rejection is found again by article, kind, target, field and key.
    """

    BY_HAND = "editor"  # the "recogniser" of links that an editor added

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", _("person")
        AGREEMENT = "agreement", _("agreement")
        FACT = "fact", _("fact")

    class Verdict(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("rejected")

    article = models.ForeignKey(Article, models.CASCADE, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    value = models.CharField(_("value"), max_length=1000)
    key = KeyField(source="value")
    field = models.CharField(_("field"), max_length=40, blank=True, default="")
    country = models.ForeignKey(Country, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="+")
    about = models.BooleanField(_("about"), default=False)
    payload = models.JSONField(default=dict, blank=True)
    quotes = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    score = models.FloatField(_("score"))
    version = models.CharField(_("recogniser"), max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(Mention, models.SET_NULL, null=True, blank=True, related_name="proposals")
    made_record = models.BooleanField(
        default=False, help_text="Accepting it created the record that it points at."
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["article", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="articles_proposal_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(verdict="open", judged_at__isnull=True)
                | (~Q(verdict="open") & Q(judged_at__isnull=False)),
                name="articles_proposal_judged_or_open",
            ),
            models.UniqueConstraint(
                fields=["article", "kind", "field", "key"], name="articles_proposal_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "key"], condition=Q(verdict="open"), name="articles_proposal_open_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    @staticmethod
    def before_moving(rows: models.QuerySet) -> None:
        """The record that they will point at was made by nobody's verdict, and does not go with one."""
        rows.filter(made_record=True).update(made_record=False)

    @property
    def is_open(self) -> bool:
        return self.verdict == self.Verdict.OPEN

    @property
    def target(self) -> models.Model | None:
        """The known record that the proposal points at; None for a new one or a fact about the story."""
        for owner in OWNERS:
            if getattr(self, f"{owner}_id") is not None:
                return getattr(self, owner)
        return None
