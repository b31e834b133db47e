"""The one table of names, and what organisations, people and agreements share as named records."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from history.revisions import Revised

from ..fields import KeyField, PartialDateField, date_check
from ..folding import script_of
from .addresses import Addressed
from .keyed import Keyed

OWNERS = ("country", "organisation", "person", "agreement")


def exactly_one_of(fields: tuple[str, ...]) -> Q:
    """The condition that just one of these foreign keys is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


class NameQuerySet(models.QuerySet):
    def public(self) -> "NameQuerySet":
        """Names of records that a visitor may see."""
        return self.filter(
            Q(country__isnull=False)
            | Q(organisation__public=True)
            | Q(person__public=True)
            | Q(agreement__public=True)
        )


class Name(Keyed):
    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official name")
        SHORT = "short", _("short name")
        ACRONYM = "acronym", _("acronym")
        ADJECTIVE = "adjective", _("adjective")
        DEMONYM = "demonym", _("demonym")
        FORMER = "former", _("former name")
        TRANSLITERATION = "transliteration", _("transliteration")
        CAPITAL = "capital", _("capital, standing for the government")
        SUBDIVISION = "subdivision", _("subdivision")
        PREFIX = "prefix", _("first part of compounds")

    country = models.ForeignKey(
        "entities.Country", models.CASCADE, null=True, blank=True, related_name="names"
    )
    organisation = models.ForeignKey(
        "entities.Organisation", models.CASCADE, null=True, blank=True, related_name="names"
    )
    person = models.ForeignKey("entities.Person", models.CASCADE, null=True, blank=True, related_name="names")
    agreement = models.ForeignKey(
        "entities.Agreement", models.CASCADE, null=True, blank=True, related_name="names"
    )
    text = models.CharField(_("name"), max_length=500)
    key = KeyField(source="text")
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    script = models.CharField(max_length=4, blank=True, default="", editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OFFICIAL)
    is_main = models.BooleanField(
        default=False,
        editable=False,
        help_text="Kept by a trigger: the record's own name, so that all names are here.",
    )
    is_ambiguous = models.BooleanField(
        _("ambiguous"), default=False, help_text=_("Also an ordinary word or another's name.")
    )
    valid_from = PartialDateField(_("from"))
    valid_until = PartialDateField(_("until"))

    objects = NameQuerySet.as_manager()
    history_is_whole = True

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["text", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one_of(OWNERS), name="entities_name_has_one_owner"),
            models.CheckConstraint(condition=~Q(key=""), name="entities_name_has_a_letter"),
            date_check("valid_from", "entities_name"),
            date_check("valid_until", "entities_name"),
            *(
                models.UniqueConstraint(
                    fields=[owner, "text", "language", "kind"],
                    condition=Q(is_main=False),
                    name=f"entities_name_{owner}_unique",
                    violation_error_message=_("This name is already there."),
                )
                for owner in OWNERS
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner], condition=Q(is_main=True), name=f"entities_name_{owner}_one_main"
                )
                for owner in OWNERS
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="entities_name_key"),
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="entities_name_key_trgm"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.script = script_of(self.text)
        super().save(*args, **kwargs)

    @property
    def record(self) -> models.Model:
        return next(owner for name in OWNERS if (owner := getattr(self, name)) is not None)


class NamedQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What a visitor may see: brought by an importer, released by an editor, or named by a published story."""
        return self.filter(public=True)

    def unreleased(self) -> Self:
        return self.filter(public=False)

    def release(self) -> int:
        """Make the records public, each at its permanent address; return how many were not before."""
        released = 0
        for record in self.filter(Q(public=False) | Q(slug=None)).order_by("pk"):
            record.public = True
            record.take_address()
            record.save(update_fields=["public", "slug"])
            released += 1
        return released


class Named(Keyed, Revised, Addressed):
    """An organisation, person or agreement: seen on the desk only until it is public."""

    public = models.BooleanField(_("public"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.public

    @classmethod
    def after_undo(cls, keys: Iterable[int]) -> None:
        """Whoever came back without the row of their main name, because it was left out, gets one again."""
        lacking = cls._base_manager.filter(pk__in=keys).exclude(names__is_main=True)
        lacking.update(name_language=F("name_language"))  # the trigger writes the row
