import datetime
from pathlib import PurePath
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from ..fields import KeyField, PartialDateField, date_check, earliest_of, latest_of, web_check
from ..partial_dates import PartialDate
from ..status import Standing, standing_of, status_expression
from .names import Named, NamedQuerySet, exactly_one_of
from .tags import FoldedTags, Tag

# What an official text may be uploaded as, and what it is then called in an answer: nothing that a browser runs.
TEXT_FILES = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
}
LARGEST_TEXT_FILE = 20_000_000


class DatedQuerySet(models.QuerySet):
    """Words about the dates of agreements, for the records and for the flat rows that lists are made from."""

    def known_on(self, day: datetime.date) -> Self:
        """The register as it stood: without what was certainly not signed, nor in force, by that day."""
        return self.exclude(Q(signed_earliest__gt=day)).exclude(
            Q(signed_earliest__isnull=True) & Q(in_force_earliest__gt=day)
        )

    def in_status(self, status: str, on: datetime.date) -> Self:
        """Agreements whose computed status on that day is this, certain or possible."""
        return self.alias(status_then=status_expression(on)).filter(status_then=status)

    def newest_first(self) -> Self:
        return self.order_by(
            F("signed_earliest").desc(nulls_last=True), F("signed_latest").desc(nulls_last=True), "key", "pk"
        )

    def oldest_first(self) -> Self:
        return self.order_by(
            F("signed_earliest").asc(nulls_last=True), F("signed_latest").asc(nulls_last=True), "key", "pk"
        )

    def by_title(self) -> Self:
        return self.order_by("key", "pk")


class AgreementQuerySet(DatedQuerySet, NamedQuerySet):
    def with_party(self, country) -> Self:
        return self.filter(pk__in=AgreementParty.objects.filter(country=country).values("agreement"))

    def between(self, one, other) -> Self:
        return self.with_party(one).with_party(other)

    def between_all(self, codes: list[str]) -> Self:
        """Agreements that bind every one of these countries, perhaps others besides."""
        found = self
        for code in codes:
            found = found.filter(
                pk__in=AgreementParty.objects.filter(country__code=code.lower()).values("agreement")
            )
        return found

    def maybe_signed(self, date: PartialDate) -> Self:
        """Agreements whose date of signing, as far as it is known, may be this one."""
        return self.filter(signed_earliest__lte=date.latest, signed_latest__gte=date.earliest)

    def with_unconfirmed_parties(self) -> Self:
        """Agreements with a party that only their title names."""
        return self.filter(pk__in=AgreementParty.objects.unconfirmed().values("agreement"))

    def confirm_parties(self) -> int:
        """Say that the parties read from the titles are right; return how many were not confirmed before."""
        return AgreementParty.objects.unconfirmed().filter(agreement__in=self).update(is_from_title=False)

    def for_listing(self) -> Self:
        return self.prefetch_related("parties__country", "parties__organisation").fetch_mode(
            models.FETCH_PEERS
        )


class TaggedAgreement(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_agreements")
    content_object = models.ForeignKey("entities.Agreement", models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="entities_taggedagreement_unique")
        ]


class Agreement(Named):
    """A treaty, agreement, memorandum or the like between parties."""

    class Kind(models.TextChoices):
        TREATY = "treaty", _("treaty")
        AGREEMENT = "agreement", _("agreement")
        MEMORANDUM = "memorandum", _("memorandum")
        DECLARATION = "declaration", _("declaration")
        PROTOCOL = "protocol", _("protocol")
        PROGRAMME = "programme", _("programme")
        CONTRACT = "contract", _("contract")

    class Sides(models.TextChoices):
        BILATERAL = "bilateral", _("bilateral")
        MULTILATERAL = "multilateral", _("multilateral")

    title = models.CharField(_("title"), max_length=1000)
    key = KeyField(source="title", max_length=1000)
    name_language = models.CharField(_("language of the title"), max_length=12, default="en")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.AGREEMENT)
    sides = models.CharField(
        _("bilateral or multilateral"),
        max_length=12,
        choices=Sides,
        blank=True,
        default="",
        help_text=_("As its register says; left empty, the parties are counted."),
    )
    subjects = TaggableManager(
        through=TaggedAgreement,
        manager=FoldedTags,
        blank=True,
        verbose_name=_("subjects"),
        related_name="agreements",
    )
    place = models.CharField(_("place of signature"), max_length=200, blank=True, default="")
    summary = models.TextField(_("summary"), blank=True, default="")
    text_url = models.URLField(_("official text"), blank=True, default="", max_length=1000)
    text_file = models.FileField(_("official text, file"), blank=True, default="", upload_to="agreements/")
    register = models.CharField(_("register"), max_length=200, blank=True, default="")
    reference = models.CharField(_("reference in it"), max_length=200, blank=True, default="")
    signed = PartialDateField(pgettext_lazy("date", "signed"))
    in_force = PartialDateField(pgettext_lazy("date", "in force"))
    ended = PartialDateField(pgettext_lazy("date", "ended"))
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    signed_earliest = earliest_of("signed")
    signed_latest = latest_of("signed")
    in_force_earliest = earliest_of("in_force")
    in_force_latest = latest_of("in_force")
    ended_earliest = earliest_of("ended")
    ended_latest = latest_of("ended")

    objects = AgreementQuerySet.as_manager()
    history_parts = ("names", "parties", "relations", "tagged")

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = [
            F("signed_earliest").desc(nulls_last=True),
            F("signed_latest").desc(nulls_last=True),
            "key",
            "pk",
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="entities_agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(slug__isnull=False),
                name="entities_agreement_public_has_address",
            ),
            models.CheckConstraint(
                condition=Q(reference="") | ~Q(register=""), name="entities_agreement_reference_has_register"
            ),
            models.UniqueConstraint(
                fields=["register", "reference"],
                condition=~Q(reference=""),
                name="entities_agreement_reference_unique",
                violation_error_message=_("This register's reference belongs to another agreement."),
            ),
            models.CheckConstraint(
                condition=Q(sides__in=["", "bilateral", "multilateral"]),
                name="entities_agreement_sides_known",
            ),
            web_check("text_url", "entities_agreement"),
            date_check("signed", "entities_agreement"),
            date_check("in_force", "entities_agreement"),
            date_check("ended", "entities_agreement"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reading:agreement", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.text_file and not self.text_file._committed:
            self._check_text_file()

    def _check_text_file(self) -> None:
        suffix = PurePath(self.text_file.name).suffix.lower()
        if suffix not in TEXT_FILES:
            allowed = ", ".join(sorted(TEXT_FILES))
            raise ValidationError(
                {
                    "text_file": _("A text is one of %(allowed)s, not “%(suffix)s”.")
                    % {"allowed": allowed, "suffix": suffix}
                }
            )
        if self.text_file.size > LARGEST_TEXT_FILE:
            megabytes = LARGEST_TEXT_FILE // 1_000_000
            raise ValidationError(
                {"text_file": _("The file is larger than %(megabytes)d MB.") % {"megabytes": megabytes}}
            )

    def standing(self, on: datetime.date) -> Standing:
        """Status with its certainty and reason on that day; computed, never stored."""
        return standing_of(self.kind, self.signed, self.in_force, self.ended, on, self.checked_on)

    @property
    def visible_parties(self) -> "list[AgreementParty]":
        """The parties that a visitor may see, in order: an organisation only once it is public."""
        return [party for party in self.parties.all() if party.country_id or party.organisation.public]

    @property
    def first_known_date(self) -> PartialDate | None:
        return self.signed or self.in_force


class AgreementPartyQuerySet(models.QuerySet):
    def unconfirmed(self) -> Self:
        return self.filter(is_from_title=True)


class AgreementParty(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    country = models.ForeignKey(
        "entities.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_parties",
        verbose_name=_("country"),
    )
    organisation = models.ForeignKey(
        "entities.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_parties",
        verbose_name=_("organisation"),
    )
    capacity = models.CharField(_("capacity"), max_length=100, blank=True, default="")
    signed = PartialDateField(pgettext_lazy("date", "signed"))
    in_force = PartialDateField(pgettext_lazy("date", "in force"))
    ended = PartialDateField(pgettext_lazy("date", "ended"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_from_title = models.BooleanField(
        _("from the title"),
        default=False,
        help_text=_("Read from the agreement's title by the import; no editor has confirmed it yet."),
    )

    objects = AgreementPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["agreement", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of(("country", "organisation")), name="entities_agreementparty_is_one"
            ),
            models.UniqueConstraint(
                fields=["agreement", "country"],
                condition=Q(country__isnull=False),
                name="entities_agreementparty_country_once",
                violation_error_message=_("This country is already a party."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(organisation__isnull=False),
                name="entities_agreementparty_organisation_once",
                violation_error_message=_("This organisation is already a party."),
            ),
            *(date_check(field, "entities_agreementparty") for field in ("signed", "in_force", "ended")),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def record(self) -> models.Model:
        return self.country if self.country_id else self.organisation


class AgreementRelation(models.Model):
    """One agreement amends, supersedes, implements or cites another; a trigger keeps each type acyclic."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("amends")
        SUPERSEDES = "supersedes", _("supersedes")
        IMPLEMENTS = "implements", _("implements")
        CITES = "cites", _("cites")

    source = models.ForeignKey(
        Agreement, models.CASCADE, related_name="relations", verbose_name=_("agreement")
    )
    kind = models.CharField(_("relation"), max_length=12, choices=Kind)
    target = models.ForeignKey(Agreement, models.CASCADE, related_name="relations_from", verbose_name=_("to"))

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["source", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target"], name="entities_agreementrelation_unique"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="entities_agreementrelation_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"
