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


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug[: LONGEST - 1 - len(str(number))]}-{number}"


class AddressQuerySet(models.QuerySet):
    def take(self, kind: str, record_id: int, wanted: str) -> str:
        """Reserve and return the first free slug: ``wanted``, ``wanted-2``, … One record may come back to its own."""
        number = 1
        while True:
            slug = _numbered(wanted, number)
            # ON CONFLICT DO NOTHING: fifty records of one title at once get fifty addresses.
            self.bulk_create([Address(kind=kind, slug=slug, record_id=record_id)], ignore_conflicts=True)
            if self.filter(kind=kind, slug=slug, record_id=record_id).exists():
                return slug
            number += 1

    def take_all(self, kind: str, wanted: dict[int, str]) -> dict[int, str]:
        """Reserve a slug for many new records at once, as ``take`` does for one; return record → slug."""
        taken: dict[int, str] = {}
        waiting = dict(wanted)
        while waiting:
            asked = self._free(kind, waiting)
            self.bulk_create(
                [Address(kind=kind, slug=slug, record_id=record_id) for record_id, slug in asked.items()],
                ignore_conflicts=True,
            )
            own = self.filter(kind=kind, record_id__in=asked, slug__in=asked.values())
            pairs = own.values_list("record_id", "slug")
            taken |= {record_id: slug for record_id, slug in pairs if asked.get(record_id) == slug}
            waiting = {record_id: slug for record_id, slug in waiting.items() if record_id not in taken}
        return taken

    def _free(self, kind: str, wanted: dict[int, str]) -> dict[int, str]:
        """Return for every record a slug that nobody has, counting on where several want the same."""
        used: set[str] = set()
        free: dict[int, str] = {}
        waiting, width, first = wanted, 1, 1
        while waiting:
            numbers = range(first, first + width)
            slugs = {_numbered(slug, number) for slug in waiting.values() for number in numbers}
            used |= set(self.filter(kind=kind, slug__in=slugs).values_list("slug", flat=True))
            for record_id, slug in waiting.items():
                tried = (_numbered(slug, number) for number in numbers)
                if found := next((one for one in tried if one not in used), None):
                    free[record_id] = found
                    used.add(found)
            waiting = {record_id: slug for record_id, slug in waiting.items() if record_id not in free}
            first, width = first + width, width * 4
        return free

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
