from django.db import models
from django.utils.translation import gettext_lazy as _

from history.revisions import Revised

from ..fields import KeyField, web_check
from ..folding import folded
from .keyed import Keyed


class SourceQuerySet(models.QuerySet):
    def known_as(self, name: str) -> "Source | None":
        """The source of this name, its own or one that it was merged under."""
        key = folded(name)[:500]
        return self.filter(key=key).first() or self.filter(other_names__key=key).first()

    def called(self, name: str) -> "Source":
        """Return the source of this name, made as *link only* when it is met for the first time."""
        if known := self.known_as(name):
            return known
        source, _created = self.get_or_create(key=folded(name)[:500], defaults={"name": name.strip()})
        return source


class Source(Keyed, Revised):
    """Who published a text first, and what of it we may show."""

    class Rights(models.TextChoices):
        FULL = "full", _("full text")
        EXCERPT = "excerpt", _("excerpt")
        LINK = "link", _("link only")

    name = models.CharField(_("name"), max_length=300)
    key = KeyField(unique=True)
    website = models.URLField(_("website"), blank=True, max_length=500)
    country = models.ForeignKey(
        "entities.Country",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country"),
        related_name="sources",
    )
    rights = models.CharField(_("rights in its texts"), max_length=10, choices=Rights, default=Rights.LINK)

    objects = SourceQuerySet.as_manager()
    history_parts = ("other_names",)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(key=""), name="entities_source_has_a_name"),
            web_check("website", "entities_source"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceName(Keyed):
    """Another name by which texts and files call a source."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="other_names")
    text = models.CharField(_("other name"), max_length=300)
    key = KeyField(source="text", unique=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(key=""), name="entities_sourcename_has_a_letter")
        ]

    def __str__(self) -> str:
        return self.text
