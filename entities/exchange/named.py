"""What organisations and people share when they come from a file: name, country, and what tells them apart."""

from typing import Any, ClassVar

from django.db import connection, models

from ..folding import folded
from ..models import Address, Name, Organisation
from ..models.addresses import slug_of
from .fields import Cells, Skipped
from .importing import Item, RowImporter
from .names import names_among, names_in
from .resolving import FULL_NAMES, add_names, all_named, names_of, one_of, organisation_named

# Lists end with rows like these; nobody is called so.
NO_NAMES = frozenset(
    {
        *(
            "miscellaneous",
            "misc",
            "divers",
            "various",
            "others",
            "other",
            "unknown",
            "unspecified",
            "not specified",
        ),
        *(
            "total",
            "all",
            "none",
            "n a",
            "na",
            "sundry",
            "anonymous",
            "not available",
            "не указано",
            "прочие",
            "прочее",
        ),
        *("diger", "cesitli", "bilinmiyor", "autres", "inconnu", "to be determined", "tbd", "test"),
    }
)


class NamedImporter(RowImporter):
    own_fields: ClassVar[tuple[str, ...]] = ("name", "name_language", "told_apart_by")

    def identity(self, cells: Cells, wanted: dict[str, Any]) -> tuple[Any, ...]:
        return folded(wanted["name"]), wanted.get("country", ""), folded(wanted.get("told_apart_by", ""))

    def marks(self, item: Item) -> tuple[set[Any], set[Any]]:
        aliases = {
            folded(text) for text, _language, kind in item.wanted.get("aliases", []) if kind in FULL_NAMES
        }
        return {item.identity, folded(item.wanted["name"]), *aliases}, set()

    def load(self, keys: set[int]) -> dict[int, models.Model]:
        return self._records().in_bulk(keys)

    def look_up(self, items: list[Item]) -> None:
        self._by_name = all_named(self._records(), [item.wanted["name"] for item in items]) if items else {}

    def _records(self) -> models.QuerySet:
        return self.model.objects.select_related("country").prefetch_related("names")

    def find(self, item: Item) -> Any:
        wanted = item.wanted
        candidates = self._by_name.get(folded(wanted["name"])[:500], [])
        if "told_apart_by" in wanted:
            candidates = [record for record in candidates if record.told_apart_by == wanted["told_apart_by"]]
        return one_of(candidates, self.countries.by_code.get(wanted.get("country") or ""), wanted["name"])

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted: dict[str, Any] = {"name": cells.name("name", longest=300)}
        if folded(wanted["name"]) in NO_NAMES:
            raise Skipped(f"name: “{wanted['name']}” is the name of nobody")
        if cells.has("name_language"):
            wanted["name_language"] = cells.optional("name_language", longest=12) or "en"
        if cells.has("aliases") or cells.has("acronym"):
            wanted["aliases"] = names_in(cells)
        if cells.has("country"):
            wanted["country"] = self.country_code(cells)
        if cells.has("told_apart_by"):
            wanted["told_apart_by"] = cells.optional("told_apart_by", longest=200)
        return wanted

    def present(self, record: Any, wanted: dict[str, Any]) -> dict[str, Any]:
        now = {name: getattr(record, name) for name in self.own_fields}
        now["country"] = record.country.code if record.country else ""
        now["aliases"] = names_among(record, wanted.get("aliases", []))
        return now

    def write_all(self, items: list[Item]) -> None:
        made = [item for item in items if item.record is None]
        self._make(made)
        for item in items:
            self.notes = item.notes
            if item.changes and item not in made:
                self._set_fields(item.record, item.changes)
                item.record.save()
                add_names(item.record, item.changes.get("aliases", []))
            if not (item.record.public and item.record.slug):
                make_public(item.record, item.cells)
            if item.changes:
                self.write_more(item.record, item.changes)

    def _make(self, items: list[Item]) -> None:
        if not items:
            return
        keys = next_keys(self.model, len(items))
        wanted = {key: _slug(item, self.kind) for key, item in zip(keys, items, strict=True)}
        slugs = Address.objects.take_all(self.kind, wanted)
        for key, item in zip(keys, items, strict=True):
            self.notes = item.notes
            item.record = self.model(pk=key, slug=slugs[key], public=True)
            self._set_fields(item.record, item.changes)
        self.model.objects.bulk_create([item.record for item in items])
        Name.objects.bulk_create(
            [name for item in items for name in names_of(item.record, item.changes.get("aliases", []))],
            ignore_conflicts=True,
        )

    def _set_fields(self, record: Any, changes: dict[str, Any]) -> None:
        for name in self.own_fields:
            if name in changes:
                setattr(record, name, changes[name])
        if "country" in changes:
            record.country = self.countries.by_code.get(changes["country"])
        self.before_save(record, changes)
        record.clean_fields(exclude=["slug", "country", "parent"])

    def before_save(self, record: Any, changes: dict[str, Any]) -> None:
        """Set what only this kind of record has."""

    def write_more(self, record: Any, changes: dict[str, Any]) -> None:
        """Write the rows that belong to a record of this kind."""

    def organisation(self, name: str, country: Any, column: str) -> Organisation | None:
        """Return the organisation that a cell names, made when nobody has brought it yet; None for no name."""
        if not name:
            return None
        found = organisation_named(name, country) or organisation_named(name)
        if found is None:
            found = Organisation(name=name, country=country)
            found.clean_fields(exclude=["slug", "country", "parent"])
            found.save()
            Organisation.objects.filter(pk=found.pk).release()
            self.notes.append(f"{column}: the organisation “{name}” was not there and has been made")
        return found


def _slug(item: Item, kind: str) -> str:
    return slug_of(item.cells.text("slug", longest=80) or item.wanted["name"], fallback=kind)


def next_keys(model: type[models.Model], number: int) -> list[int]:
    """Take keys for new rows beforehand, so that what belongs to them can be written at once with them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [key for (key,) in cursor.fetchall()]


def make_public(record: Any, cells: Cells) -> None:
    """What an importer brings is public, at the address that the file asks for if it is free."""
    if not record.slug and (wanted := cells.text("slug", longest=80)):
        record.take_address(wanted)
        record.public = True
        record.save(update_fields=["slug", "public"])
    type(record).objects.filter(pk=record.pk).release()
