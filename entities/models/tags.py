"""Tags by django-taggit, with our own tables: one tag however it is spelled, and synonyms."""

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import TagBase

from ..fields import KeyField
from ..folding import folded
from .addresses import Address, slug_of
from .keyed import Keyed


class TagQuerySet(models.QuerySet):
    def named(self, names: Iterable[str]) -> list["Tag"]:
        """Return the tags of these names, following synonyms and making those that are missing.

        Spellings that fold to one key are one tag, also when several writers make it at once.
        """
        wanted = {
            folded(name): " ".join(name.split())[:100] for name in reversed(list(names)) if folded(name)
        }
        synonyms = dict(TagSynonym.objects.filter(key__in=wanted).values_list("key", "tag__key"))
        keys = {synonyms.get(key, key): text for key, text in wanted.items()}
        known = set(self.filter(key__in=keys).values_list("key", flat=True))
        for key, text in sorted(keys.items()):
            if key not in known and key not in synonyms.values():
                self._make(text, key)
        return list(self.filter(key__in=keys).order_by("key"))

    def by_key(self, names: Iterable[str]) -> dict[str, "Tag"]:
        """Return the tag of every name under the name's own key, also where that is a synonym's."""
        keys = {folded(name) for name in names}
        tags = {tag.key: tag for tag in self.named(names)}
        synonyms = TagSynonym.objects.filter(key__in=keys).values_list("key", "tag__key")
        return {**tags, **{key: tags[own] for key, own in synonyms if own in tags}}

    def _make(self, text: str, key: str) -> None:
        for number in range(1, 1000):
            slug = slug_of(text, fallback="tag") + (f"-{number}" if number > 1 else "")
            if Address.objects.record_of("tag", slug):  # once that of a merged tag, and leads on for ever
                continue
            self.bulk_create([Tag(name=text, key=key, slug=slug)], ignore_conflicts=True)
            if self.filter(key=key).exists():
                return


class Tag(Keyed, TagBase):
    key = KeyField(unique=True, max_length=100)

    objects = TagQuerySet.as_manager()
    history_parts = ("synonyms",)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["key", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="entities_tag_has_a_letter")]

    def get_absolute_url(self) -> str:
        return reverse("reading:tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        return slug_of(tag, fallback="tag") + (f"-{i}" if i is not None else "")


class TagSynonym(Keyed):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms")
    text = models.CharField(_("synonym"), max_length=100)
    key = KeyField(source="text", unique=True, max_length=100)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(key=""), name="entities_tagsynonym_has_a_letter")
        ]

    def __str__(self) -> str:
        return self.text


class FoldedTags(_TaggableManager):
    """Taggit's manager, resolving names through ``Tag.objects.named`` instead of exact spelling."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        given = [tag for tag in tags if isinstance(tag, Tag)]
        named = Tag.objects.named(tag for tag in tags if isinstance(tag, str))
        return list(dict.fromkeys([*given, *named]))
