"""Every slug ever used: a record keeps its addresses for ever, and nobody else takes them."""

import unicodedata

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

RESERVED = frozenset({"feed", "feeds", "api", "new"})
LONGEST = 80


def slug_of(text: str, fallback: str = "record") -> str:
    """Return a Unicode slug in NFC of at most 80 characters, never empty and never a reserved word."""
    text = unicodedata.normalize(
        "NFC", text.replace("İ", "i").replace("I", "ı") if _is_turkish(text) else text
    )
    slug = unicodedata.normalize("NFC", slugify(text, allow_unicode=True)).strip("-_")
    if len(slug) > LONGEST:
        slug = slug[:LONGEST].rsplit("-", 1)[0] if "-" in slug[:LONGEST] else slug[:LONGEST]
    slug = slug.strip("-_") or fallback
    return f"{slug}-1" if slug in RESERVED else slug


def _is_turkish(text: str) -> bool:
    return "İ" in text


class AddressQuerySet(models.QuerySet):
    def take(self, kind: str, record_id: int, wanted: str) -> str:
        """Reserve and return the first free slug: ``wanted``, ``wanted-2``, … One record may come back to its own."""
        number = 1
        while True:
            slug = wanted if number == 1 else f"{wanted[: LONGEST - 1 - len(str(number))]}-{number}"
            # ON CONFLICT DO NOTHING: fifty records of one title at once get fifty addresses.
            self.bulk_create([Address(kind=kind, slug=slug, record_id=record_id)], ignore_conflicts=True)
            if self.filter(kind=kind, slug=slug, record_id=record_id).exists():
                return slug
            number += 1

    def record_of(self, kind: str, slug: str) -> int | None:
        return self.filter(kind=kind, slug=slug).values_list("record_id", flat=True).first()


class Address(models.Model):
    kind = models.CharField(max_length=16)
    slug = models.CharField(max_length=LONGEST)
    record_id = models.BigIntegerField()
    taken_at = models.DateTimeField(auto_now_add=True)

    objects = AddressQuerySet.as_manager()
    history_points_at = ("kind", "record_id")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["kind", "slug", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entities_address_unique"),
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED)), name="entities_address_not_reserved"
            ),
        ]
        indexes = [models.Index(fields=["kind", "record_id"])]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class Addressed(models.Model):
    """A record with a permanent address, given when it is first published and kept when it is renamed."""

    slug = models.CharField(
        _("address"), max_length=LONGEST, null=True, blank=True, unique=True, editable=False
    )

    class Meta:
        abstract = True

    def take_address(self, wanted: str = "") -> str:
        """Give the record its slug once; with ``wanted``, change it on purpose (the old one redirects)."""
        if self.slug and not wanted:
            return self.slug
        kind = self._meta.model_name
        self.slug = Address.objects.take(kind, self.pk, slug_of(wanted or str(self), fallback=kind))
        return self.slug
