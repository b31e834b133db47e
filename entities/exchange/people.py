from typing import Any

from ..models import Person, Position
from .fields import Cells, Refused
from .importing import iso
from .named import NamedImporter

COLUMNS = ("name", "name_language", "aliases", "country", "positions", "told_apart_by", "slug")


class PersonImporter(NamedImporter):
    kind = "person"
    model = Person

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted = super().wanted(cells)
        if cells.has("positions"):
            wanted["positions"] = sorted((self._position(item) for item in cells.list("positions")), key=str)
        return wanted

    def _position(self, item: Any) -> dict[str, Any]:
        cells = Cells({"title": item} if isinstance(item, str) else item if isinstance(item, dict) else {})
        try:
            country = cells.text("country")
            return {
                "title": cells.text("title", required=True, longest=300),
                "organisation": cells.text("organisation", longest=300),
                "country": self.countries.named(country, "country").code if country else "",
                "since": iso(cells.date("since")),
                "until": iso(cells.date("until")),
            }
        except Refused as reason:
            raise Refused(f"positions: {reason}") from reason

    def present(self, record: Person, wanted: dict[str, Any]) -> dict[str, Any]:
        positions = sorted((_as_row(position) for position in record.positions.all()), key=str)
        return {**super().present(record, wanted), "positions": positions}

    def _records(self) -> Any:
        return super()._records().prefetch_related("positions__organisation", "positions__country")

    def write_more(self, record: Person, changes: dict[str, Any]) -> None:
        if "positions" in changes:
            self._write_positions(record, changes["positions"])

    def _write_positions(self, record: Person, positions: list[dict[str, Any]]) -> None:
        for position in record.positions.all():
            if _as_row(position) not in positions:
                position.delete()
        present = [_as_row(position) for position in record.positions.all()]
        for values in positions:
            if values not in present:
                country = self.countries.by_code.get(values["country"])
                position = Position(
                    person=record,
                    title=values["title"],
                    organisation=self.organisation(values["organisation"], country, "positions"),
                    country=country,
                    since=values["since"],
                    until=values["until"],
                )
                position.clean_fields(exclude=["person", "organisation", "country"])
                position.save()


def _as_row(position: Position) -> dict[str, Any]:
    return {
        "title": position.title,
        "organisation": position.organisation.name if position.organisation else "",
        "country": position.country.code if position.country else "",
        "since": iso(position.since),
        "until": iso(position.until),
    }
