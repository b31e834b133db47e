from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from history.revisions import Revised

from ..fields import PartialDateField, date_check, earliest_of, latest_of
from ..folding import folded


class CountryQuerySet(models.QuerySet):
    def published(self) -> "CountryQuerySet":
        """Countries are public from the first day: they are the register's ground."""
        return self

    def present(self) -> "CountryQuerySet":
        return self.exclude(kind=Country.Kind.FORMER)

    def former(self) -> "CountryQuerySet":
        return self.filter(kind=Country.Kind.FORMER)

    def by_name(self) -> list["Country"]:
        """All of them in the reader's alphabet, which the database cannot sort by."""
        return sorted(self, key=lambda country: (folded(country.name), country.code))


class Country(Revised):
    """A state or territory, present or past."""

    class Kind(models.TextChoices):
        STATE = "state", pgettext_lazy("country", "state")
        TERRITORY = "territory", _("territory")
        FORMER = "former", _("former state")

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("ISO alpha-2, ISO 3166-3, or a slug of our own; lower case."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    labels = models.JSONField(
        _("names shown"),
        default=dict,
        help_text=_("The name that readers see, by language: en, ru, tr and others."),
    )
    exists_from = PartialDateField(_("from"))
    exists_until = PartialDateField(_("until"))
    first_day = earliest_of("exists_from")
    last_day = latest_of("exists_until")

    objects = CountryQuerySet.as_manager()
    history_parts = ("names", "successions_to", "successions_from")

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z][a-z0-9-]*$") & ~Q(code__in=["feed", "feeds"]),
                name="entities_country_code_is_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(labels__has_key="en"), name="entities_country_has_english_label"
            ),
            models.CheckConstraint(
                condition=~Q(kind="former") | Q(exists_until__isnull=False),
                name="entities_country_former_has_ended",
            ),
            date_check("exists_from", "entities_country"),
            date_check("exists_until", "entities_country"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:country", args=[self.code])

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        return self.labels.get(language[:2]) or self.labels.get("en", self.code)

    @property
    def alpha2(self) -> str | None:
        """ISO 3166-1 alpha-2 in capitals (Kosovo ``XK``), None for former states."""
        return self.code.upper() if len(self.code) == 2 and self.kind != self.Kind.FORMER else None

    @property
    def is_former(self) -> bool:
        return self.kind == self.Kind.FORMER


class Succession(models.Model):
    """Which state came after which, and on what ground that is said."""

    predecessor = models.ForeignKey(
        Country, models.CASCADE, related_name="successions_to", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Country, models.CASCADE, related_name="successions_from", verbose_name=_("successor")
    )
    basis = models.TextField(_("basis"))

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["predecessor", "successor", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="entities_succession_unique"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="entities_succession_is_between_two_states"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
