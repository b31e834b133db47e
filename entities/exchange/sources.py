"""Sources with their rights, and tags with their synonyms: what stories lean on."""

from typing import Any

from ..folding import folded
from ..models import Source, Tag, TagSynonym
from .fields import Cells, Refused
from .importing import Item, RowImporter

COLUMNS = ("name", "website", "country", "rights")
TAG_COLUMNS = ("name", "synonyms")


class SourceImporter(RowImporter):
    kind = "source"
    model = Source

    def identity(self, cells: Cells, wanted: dict[str, Any]) -> tuple[Any, ...]:
        return (folded(wanted["name"]),)

    def find(self, item: Item) -> Source | None:
        return Source.objects.known_as(item.wanted["name"])

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted: dict[str, Any] = {"name": cells.name("name", longest=300)}
        if cells.has("website"):
            wanted["website"] = cells.url("website", longest=500)
        if cells.has("country"):
            wanted["country"] = self.country_code(cells)
        if cells.has("rights"):
            wanted["rights"] = cells.choice("rights", Source.Rights.values, "link")
        return wanted

    def present(self, record: Source, wanted: dict[str, Any]) -> dict[str, Any]:
        now = {name: getattr(record, name) for name in ("name", "website", "rights")}
        return {**now, "country": record.country.code if record.country else ""}

    def write(self, record: Source | None, changes: dict[str, Any]) -> Source:
        record = record or Source()
        for name in ("name", "website", "rights"):
            if name in changes:
                setattr(record, name, changes[name])
        if "country" in changes:
            record.country = self.countries.by_code.get(changes["country"])
        record.clean_fields()
        record.save()
        return record


class TagImporter(RowImporter):
    kind = "tag"
    model = Tag

    def identity(self, cells: Cells, wanted: dict[str, Any]) -> tuple[Any, ...]:
        return (folded(wanted["name"]),)

    def find(self, item: Item) -> Tag | None:
        key = folded(item.wanted["name"])
        return Tag.objects.filter(key=key).first() or Tag.objects.filter(synonyms__key=key).first()

    def wanted(self, cells: Cells) -> dict[str, Any]:
        return {
            "name": cells.name("name", longest=100),
            "synonyms": sorted(str(synonym) for synonym in cells.list("synonyms")),
        }

    def present(self, record: Tag, wanted: dict[str, Any]) -> dict[str, Any]:
        now = sorted(record.synonyms.values_list("text", flat=True))
        return {
            "name": record.name,
            "synonyms": wanted["synonyms"] if set(wanted["synonyms"]) <= set(now) else now,
        }

    def write(self, record: Tag | None, changes: dict[str, Any]) -> Tag:
        if record is None:
            [record] = Tag.objects.named([changes["name"]])
        elif "name" in changes:
            record.name = changes["name"]
            record.save()
        for text in changes.get("synonyms", []):
            holder = TagSynonym.objects.filter(key=folded(text)).exclude(tag=record).first()
            if holder or Tag.objects.filter(key=folded(text)).exclude(pk=record.pk).exists():
                raise Refused(f"synonyms: “{text}” is a tag, or a synonym of another")
            TagSynonym.objects.get_or_create(key=folded(text), defaults={"tag": record, "text": text})
        return record
