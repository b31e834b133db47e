"""What imports remember: rows, mappings of columns, and names that a file holds and the register does not know."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import KeyField


class ImportedRow(models.Model):
    """What a row of a file last said of a record: the same row is known again, and an editor's change since is kept."""

    kind = models.CharField(max_length=16)
    identity = models.CharField(max_length=64, help_text="Digest of what makes the row the same row.")
    record_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    imported_at = models.DateTimeField(auto_now=True)

    history_points_at = ("kind", "record_id")

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "identity"], name="entities_importedrow_unique")
        ]
        indexes = [models.Index(fields=["kind", "record_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class SavedMapping(models.Model):
    """Which columns of a foreign file are read into which of ours, kept under a name."""

    kind = models.CharField(_("kind of record"), max_length=16)
    name = models.CharField(_("name"), max_length=200)
    mapping = models.JSONField(_("mapping"), default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")
        ordering = ["kind", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="entities_savedmapping_unique")]

    def __str__(self) -> str:
        return self.name


class UnknownNameQuerySet(models.QuerySet):
    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False).select_related("country", "organisation")

    def open(self) -> Self:
        return self.filter(answered_at=None)


class UnknownName(models.Model):
    """A party that a file names and the register does not know: answered once, and every later import uses it."""

    text = models.CharField(_("name"), max_length=500)
    key = KeyField(source="text", unique=True)
    times = models.PositiveIntegerField(_("times"), default=0, help_text=_("In the last file that has it."))
    suggestion = models.CharField(_("perhaps"), max_length=300, blank=True, default="")
    last_file = models.CharField(_("file"), max_length=300, blank=True, default="")
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    country = models.ForeignKey(
        "entities.Country",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("is the country"),
    )
    organisation = models.ForeignKey(
        "entities.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("is the organisation"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = UnknownNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name not known")
        verbose_name_plural = _("names not known")
        ordering = [models.F("answered_at").asc(nulls_first=True), "-times", "key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="entities_unknownname_has_a_letter"),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(organisation__isnull=True),
                name="entities_unknownname_is_one",
                violation_error_message=_("A name is a country or an organisation, not both."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(country__isnull=True, organisation__isnull=True),
                name="entities_unknownname_record_is_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def answer(self, record: models.Model | None, user: models.Model | None = None) -> None:
        """Say which record the name means; None says that it is no party."""
        kind = record._meta.model_name if record else ""
        self.country = record if kind == "country" else None
        self.organisation = record if kind == "organisation" else None
        self.answered_at, self.answered_by = timezone.now(), user
        self.save()
