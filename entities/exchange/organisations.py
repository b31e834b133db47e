from typing import Any

from ..models import Organisation
from .fields import Cells
from .named import NamedImporter

COLUMNS = (
    *(
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
    ),
)
OTHER_KINDS = {
    "government": "agency",
    "international": "intergovernmental",
    "association": "chamber",
    "institute": "university",
    "newspaper": "media",
}


class OrganisationImporter(NamedImporter):
    kind = "organisation"
    model = Organisation
    own_fields = (*NamedImporter.own_fields, "kind", "website")

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted = super().wanted(cells)
        if cells.has("kind"):
            wanted["kind"] = cells.choice("kind", Organisation.Kind.values, "other", OTHER_KINDS)
        if cells.has("parent"):
            wanted["parent"] = cells.text("parent", longest=300)
        if cells.has("website"):
            wanted["website"] = cells.url("website")
        return wanted

    def present(self, record: Organisation, wanted: dict[str, Any]) -> dict[str, Any]:
        return {**super().present(record, wanted), "parent": record.parent.name if record.parent else ""}

    def before_save(self, record: Organisation, changes: dict[str, Any]) -> None:
        if "parent" in changes:
            record.parent = self.organisation(changes["parent"], record.country, "parent")
