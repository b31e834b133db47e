"""What organisations and people share when they come from a file: name, country, and what tells them apart."""

from typing import Any, ClassVar

from ..folding import folded
from ..models import Organisation
from .fields import Cells
from .importing import RowImporter
from .names import names_among, names_in
from .resolving import add_names, one_of, organisation_named, records_named


class NamedImporter(RowImporter):
    own_fields: ClassVar[tuple[str, ...]] = ("name", "name_language", "told_apart_by")

    def identity(self, cells: Cells) -> tuple[Any, ...]:
        return folded(cells.text("name")), self.country_code(cells), folded(cells.text("told_apart_by"))

    def find(self, cells: Cells, wanted: dict[str, Any]) -> Any:
        candidates = records_named(self.model, wanted["name"])
        if "told_apart_by" in wanted:
            candidates = [record for record in candidates if record.told_apart_by == wanted["told_apart_by"]]
        return one_of(candidates, self.countries.by_code.get(wanted.get("country") or ""), wanted["name"])

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted: dict[str, Any] = {"name": cells.name("name", longest=300)}
        if cells.has("name_language"):
            wanted["name_language"] = cells.text("name_language", longest=12) or "en"
        if cells.has("aliases") or cells.has("acronym"):
            wanted["aliases"] = names_in(cells)
        if cells.has("country"):
            wanted["country"] = self.country_code(cells)
        if cells.has("told_apart_by"):
            wanted["told_apart_by"] = cells.text("told_apart_by", longest=200)
        return wanted

    def present(self, record: Any, wanted: dict[str, Any]) -> dict[str, Any]:
        now = {name: getattr(record, name) for name in self.own_fields}
        now["country"] = record.country.code if record.country else ""
        now["aliases"] = names_among(record, wanted.get("aliases", []))
        return now

    def write(self, record: Any, changes: dict[str, Any]) -> Any:
        record = record or self.model()
        for name in self.own_fields:
            if name in changes:
                setattr(record, name, changes[name])
        if "country" in changes:
            record.country = self.countries.by_code.get(changes["country"])
        self.before_save(record, changes)
        record.clean_fields(exclude=["slug", "country", "parent"])
        record.save()
        add_names(record, changes.get("aliases", []))
        return record

    def before_save(self, record: Any, changes: dict[str, Any]) -> None:
        """Set what only this kind of record has."""

    def finish(self, record: Any, cells: Cells) -> None:
        make_public(record, cells)

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


def make_public(record: Any, cells: Cells) -> None:
    """What an importer brings is public, at the address that the file asks for if it is free."""
    if not record.slug and (wanted := cells.text("slug", longest=80)):
        record.take_address(wanted)
        record.public = True
        record.save(update_fields=["slug", "public"])
    type(record).objects.filter(pk=record.pk).release()
