from typing import Any

from ..folding import folded
from ..models import Organisation
from .fields import Cells, Refused
from .importing import RowImporter
from .names import names_among, names_in
from .resolving import add_names, one_of, organisation_named, records_named

COLUMNS = (
    "name",
    "name_language",
    "aliases",
    "acronym",
    "kind",
    "country",
    "parent",
    "website",
    "told_apart_by",
    "slug",
)
OTHER_KINDS = {
    "government": "agency",
    "international": "intergovernmental",
    "association": "chamber",
    "institute": "university",
    "newspaper": "media",
}


class OrganisationImporter(RowImporter):
    kind = "organisation"
    model = Organisation

    def identity(self, cells: Cells) -> tuple[Any, ...]:
        return folded(cells.text("name")), self._country_code(cells), folded(cells.text("told_apart_by"))

    def _country_code(self, cells: Cells) -> str:
        text = cells.text("country")
        return self.countries.named(text, "country").code if text else ""

    def find(self, cells: Cells, wanted: dict[str, Any]) -> Organisation | None:
        country = self.countries.by_code.get(wanted.get("country") or "")
        candidates = records_named(Organisation, wanted["name"])
        if "told_apart_by" in wanted:
            candidates = [record for record in candidates if record.told_apart_by == wanted["told_apart_by"]]
        return one_of(candidates, country, wanted["name"])

    def wanted(self, cells: Cells) -> dict[str, Any]:
        name = cells.text("name", required=True, longest=300)
        if not folded(name):
            raise Refused(f"name: “{name}” has no letter or digit")
        wanted: dict[str, Any] = {"name": name}
        if cells.has("name_language"):
            wanted["name_language"] = cells.text("name_language", longest=12) or "en"
        if cells.has("aliases") or cells.has("acronym"):
            wanted["aliases"] = names_in(cells)
        if cells.has("kind"):
            wanted["kind"] = cells.choice("kind", Organisation.Kind.values, "other", OTHER_KINDS)
        if cells.has("country"):
            wanted["country"] = self._country_code(cells)
        if cells.has("parent"):
            wanted["parent"] = cells.text("parent", longest=300)
        if cells.has("website"):
            wanted["website"] = cells.url("website")
        if cells.has("told_apart_by"):
            wanted["told_apart_by"] = cells.text("told_apart_by", longest=200)
        return wanted

    def present(self, record: Organisation, wanted: dict[str, Any]) -> dict[str, Any]:
        now = {
            name: getattr(record, name)
            for name in ("name", "name_language", "kind", "website", "told_apart_by")
        }
        now["country"] = record.country.code if record.country else ""
        now["parent"] = record.parent.name if record.parent else ""
        now["aliases"] = names_among(record, wanted.get("aliases", []))
        return now

    def write(self, record: Organisation | None, changes: dict[str, Any]) -> Organisation:
        record = record or Organisation()
        for name in ("name", "name_language", "kind", "website", "told_apart_by"):
            if name in changes:
                setattr(record, name, changes[name])
        if "country" in changes:
            record.country = self.countries.by_code.get(changes["country"])
        if "parent" in changes:
            record.parent = self._parent(changes["parent"], record)
        record.clean_fields(exclude=["slug", "country", "parent"])
        record.save()
        add_names(record, changes.get("aliases", []))
        return record

    def _parent(self, name: str, record: Organisation) -> Organisation | None:
        if not name:
            return None
        parent = organisation_named(name, record.country) or organisation_named(name)
        if parent is None:
            parent = Organisation(name=name, country=record.country)
            parent.clean_fields(exclude=["slug"])
            parent.save()
            Organisation.objects.filter(pk=parent.pk).release()
            self.notes.append(f"parent: “{name}” was not there and has been made")
        return parent

    def finish(self, record: Organisation, cells: Cells) -> None:
        make_public(record, cells)


def make_public(record: Any, cells: Cells) -> None:
    """What an importer brings is public, at the address that the file asks for if it is free."""
    if not record.slug and (wanted := cells.text("slug", longest=80)):
        record.take_address(wanted)
        record.public = True
        record.save(update_fields=["slug", "public"])
    type(record).objects.filter(pk=record.pk).release()
