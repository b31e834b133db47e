import re
from typing import Any

from ..folding import folded
from ..models import Organisation
from .fields import Cells
from .importing import Item
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
        "belongs_to",
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
# The first that the name holds; in English, French, Russian and Turkish.
_KIND_WORDS = (
    ("ministry", r"\bminist|\bdepartment of|министерств|bakanlı"),
    (
        "university",
        r"\buniversit|\bcollege\b|\binstitut|\bacadem|\bschool\b|университет|институт|академи|üniversite",
    ),
    ("bank", r"\bbank|\bbanque|\bfund\b|\bfonds\b|\bbanco\b|банк|фонд|bankası"),
    ("chamber", r"\bchamber|\bassociation|\bfederation of|палата|ассоциаци|odası|derneği"),
    ("commission", r"\bcommission|\bcouncil|\bcommittee|комисси|совет\b|komisyon|konsey"),
    ("agency", r"\bagenc|\bauthority|\boffice\b|\bgovernment|\bembassy|агентств|ведомств|ajans|kurumu"),
    ("company", r"\bcorporation|\bcompany|\bltd\b|\binc\b|\bplc\b|\bgmbh\b|\bS\.?A\.?$|\bAG$|a\.ş\."),
)


class OrganisationImporter(NamedImporter):
    kind = "organisation"
    model = Organisation
    own_fields = (*NamedImporter.own_fields, "kind", "website")

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted = super().wanted(cells)
        if cells.has("kind"):
            wanted["kind"] = cells.choice("kind", Organisation.Kind.values, "other", OTHER_KINDS)
        if cells.has("parent"):
            wanted["parent"] = cells.optional("parent", longest=300)
        if cells.has("website"):
            wanted["website"] = cells.url("website", longest=500)
        if cells.has("belongs_to"):
            self._read_owner(cells.optional("belongs_to", longest=300), wanted)
        return wanted

    def _read_owner(self, owner: str, wanted: dict[str, Any]) -> None:
        """A column that holds now a country, now an organisation."""
        country = self.countries.find(owner) if owner else None
        wanted["country"] = country.code if country else wanted.get("country", "")
        if "parent" not in wanted:
            wanted["parent"] = "" if country or folded(owner) == folded(wanted["name"]) else owner

    def marks(self, item: Item) -> tuple[set[Any], set[Any]]:
        makes, needs = super().marks(item)
        return makes, {*needs, folded(item.wanted.get("parent") or "")} - {""}

    def present(self, record: Organisation, wanted: dict[str, Any]) -> dict[str, Any]:
        return {**super().present(record, wanted), "parent": record.parent.name if record.parent else ""}

    def _records(self) -> Any:
        return super()._records().select_related("country", "parent")

    def before_save(self, record: Organisation, changes: dict[str, Any]) -> None:
        if "kind" not in changes and record._state.adding:
            record.kind = kind_of(record.name)
        if "parent" in changes:
            record.parent = self.organisation(changes["parent"], record.country, "parent")


def kind_of(name: str) -> str:
    """The kind that a name speaks of, where the file does not say it."""
    return next((kind for kind, words in _KIND_WORDS if re.search(words, name, re.IGNORECASE)), "other")
