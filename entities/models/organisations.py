from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import KeyField, web_check
from .names import Named, NamedQuerySet


class Organisation(Named):
    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        MINISTRY = "ministry", _("ministry")
        AGENCY = "agency", _("public body")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organisation")
        COMMISSION = "commission", _("council or commission")
        CHAMBER = "chamber", _("chamber or association")
        UNIVERSITY = "university", _("university or institute")
        BANK = "bank", _("bank or fund")
        MEDIA = "media", _("media")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=300)
    key = KeyField()
    name_language = models.CharField(_("language of the name"), max_length=12, default="en")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    country = models.ForeignKey(
        "entities.Country",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country"),
        related_name="organisations",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of"), related_name="parts"
    )
    website = models.URLField(_("website"), blank=True, max_length=500)
    told_apart_by = models.CharField(
        _("told apart by"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("What tells it from another of the same name and country."),
    )

    objects = NamedQuerySet.as_manager()
    history_parts = ("names",)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="entities_organisation_has_a_name"),
            web_check("website", "entities_organisation"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(slug__isnull=False),
                name="entities_organisation_public_has_address",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="entities_organisation_not_its_own_parent",
            ),
            models.UniqueConstraint(
                fields=["key", "country", "told_apart_by"],
                nulls_distinct=False,
                name="entities_organisation_told_apart",
                violation_error_message=_(
                    "There is an organisation of this name in this country; say what tells them apart."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:organisation", args=[self.slug])
