from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import KeyField, PartialDateField, date_check, earliest_of, latest_of
from .names import Named, NamedQuerySet


class Person(Named):
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=300)
    key = KeyField()
    name_language = models.CharField(_("language of the name"), max_length=12, default="en")
    country = models.ForeignKey(
        "entities.Country",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country"),
        related_name="people",
    )
    told_apart_by = models.CharField(
        _("told apart by"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("What tells them from another of the same name and country, such as a position."),
    )

    objects = NamedQuerySet.as_manager()
    history_parts = ("names", "positions")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="entities_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(slug__isnull=False), name="entities_person_public_has_address"
            ),
            models.UniqueConstraint(
                fields=["key", "country", "told_apart_by"],
                nulls_distinct=False,
                name="entities_person_told_apart",
                violation_error_message=_(
                    "There is a person of this name in this country; say what tells them apart."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:person", args=[self.slug])


class Position(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    title = models.CharField(_("position"), max_length=300)
    organisation = models.ForeignKey(
        "entities.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("organisation"),
    )
    country = models.ForeignKey(
        "entities.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("country"),
    )
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))
    since_earliest = earliest_of("since")
    until_latest = latest_of("until")

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["person", models.F("since_earliest").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title", "organisation", "since"],
                nulls_distinct=False,
                name="entities_position_unique",
            ),
            date_check("since", "entities_position"),
            date_check("until", "entities_position"),
        ]

    def __str__(self) -> str:
        return self.title
