from typing import Any

from ..folding import folded
from ..models import Organisation, Person, Position
from .fields import Cells, Refused
from .importing import RowImporter, iso
from .names import names_among, names_in
from .organisations import make_public
from .resolving import add_names, one_of, organisation_named, records_named

COLUMNS = ("name", "name_language", "aliases", "country", "positions", "told_apart_by", "slug")


class PersonImporter(RowImporter):
    kind = "person"
    model = Person

    def identity(self, cells: Cells) -> tuple[Any, ...]:
        return folded(cells.text("name")), self._country_code(cells), folded(cells.text("told_apart_by"))

    def _country_code(self, cells: Cells) -> str:
        text = cells.text("country")
        return self.countries.named(text, "country").code if text else ""

    def find(self, cells: Cells, wanted: dict[str, Any]) -> Person | None:
        candidates = records_named(Person, wanted["name"])
        if "told_apart_by" in wanted:
            candidates = [record for record in candidates if record.told_apart_by == wanted["told_apart_by"]]
        return one_of(candidates, self.countries.by_code.get(wanted.get("country") or ""), wanted["name"])

    def wanted(self, cells: Cells) -> dict[str, Any]:
        name = cells.text("name", required=True, longest=300)
        if not folded(name):
            raise Refused(f"name: “{name}” has no letter or digit")
        wanted: dict[str, Any] = {"name": name}
        if cells.has("name_language"):
            wanted["name_language"] = cells.text("name_language", longest=12) or "en"
        if cells.has("aliases"):
            wanted["aliases"] = names_in(cells)
        if cells.has("country"):
            wanted["country"] = self._country_code(cells)
        if cells.has("told_apart_by"):
            wanted["told_apart_by"] = cells.text("told_apart_by", longest=200)
        if cells.has("positions"):
            wanted["positions"] = sorted(
                (self._position(item) for item in cells.list("positions")), key=lambda item: str(item)
            )
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
        now = {name: getattr(record, name) for name in ("name", "name_language", "told_apart_by")}
        now["country"] = record.country.code if record.country else ""
        now["aliases"] = names_among(record, wanted.get("aliases", []))
        now["positions"] = sorted((_as_row(position) for position in record.positions.all()), key=str)
        return now

    def write(self, record: Person | None, changes: dict[str, Any]) -> Person:
        record = record or Person()
        for name in ("name", "name_language", "told_apart_by"):
            if name in changes:
                setattr(record, name, changes[name])
        if "country" in changes:
            record.country = self.countries.by_code.get(changes["country"])
        record.clean_fields(exclude=["slug", "country", "parent"])
        record.save()
        add_names(record, changes.get("aliases", []))
        if "positions" in changes:
            self._write_positions(record, changes["positions"])
        return record

    def _write_positions(self, record: Person, positions: list[dict[str, Any]]) -> None:
        for position in record.positions.all():
            if _as_row(position) not in positions:
                position.delete()
        present = [_as_row(position) for position in record.positions.all()]
        for values in positions:
            if values not in present:
                position = Position(
                    person=record,
                    title=values["title"],
                    organisation=self._organisation(values["organisation"], values["country"]),
                    country=self.countries.by_code.get(values["country"]),
                    since=values["since"],
                    until=values["until"],
                )
                position.clean_fields(exclude=["person", "organisation", "country"])
                position.save()

    def _organisation(self, name: str, country_code: str) -> Organisation | None:
        if not name:
            return None
        country = self.countries.by_code.get(country_code)
        found = organisation_named(name, country) or organisation_named(name)
        if found is None:
            found = Organisation(name=name, country=country)
            found.clean_fields(exclude=["slug"])
            found.save()
            Organisation.objects.filter(pk=found.pk).release()
            self.notes.append(f"positions: the organisation “{name}” was not there and has been made")
        return found

    def finish(self, record: Person, cells: Cells) -> None:
        make_public(record, cells)


def _as_row(position: Position) -> dict[str, Any]:
    return {
        "title": position.title,
        "organisation": position.organisation.name if position.organisation else "",
        "country": position.country.code if position.country else "",
        "since": iso(position.since),
        "until": iso(position.until),
    }
