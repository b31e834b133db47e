from typing import Any

from django.db import DatabaseError, transaction

from ..folding import folded
from ..models import Agreement, AgreementParty, AgreementRelation, Organisation
from ..partial_dates import parse
from .fields import Cells, Refused, Skipped
from .importing import RowImporter, iso
from .named import make_public
from .names import names_among, names_in
from .resolving import add_names, agreement_called, organisation_named, records_named

COLUMNS = (
    *(
        "title",
        "name_language",
        "aliases",
        "kind",
        "sides",
        "signed",
        "in_force",
        "ended",
        "checked_on",
        "parties",
        "subject",
    ),
    *("place", "url", "register", "reference", "summary", "relations", "slug"),
)
TEXTS = {"place": 200, "register": 200, "reference": 200, "summary": 100_000}
DATES = ("signed", "in_force", "ended")
OTHER_SIDES = {"bi": "bilateral", "multi": "multilateral", "plurilateral": "multilateral"}
OTHER_KINDS = {"mou": "memorandum", "memorandum of understanding": "memorandum", "program": "programme"}


class AgreementImporter(RowImporter):
    kind = "agreement"
    model = Agreement

    def __init__(self, *, dry_run: bool = False) -> None:
        super().__init__(dry_run=dry_run)
        self.relations: list[tuple[Agreement, str, str]] = []

    def identity(self, cells: Cells) -> tuple[Any, ...]:
        register, reference = cells.text("register"), cells.text("reference")
        if reference:
            return "reference", folded(register), reference
        parties = sorted(party["party"] for party in self._parties(cells))
        return "title", folded(cells.text("title")), iso(cells.date("signed")), parties

    def find(self, cells: Cells, wanted: dict[str, Any]) -> Agreement | None:
        if wanted.get("reference"):
            return Agreement.objects.filter(
                register=wanted["register"], reference=wanted["reference"]
            ).first()
        candidates = [
            record
            for record in records_named(Agreement, wanted["title"])
            if record.signed == parse(wanted.get("signed")) and not record.reference
        ]
        if "parties" in wanted:
            parties = {party["party"] for party in wanted["parties"]}
            candidates = [
                record for record in candidates if {p["party"] for p in parties_of(record)} == parties
            ]
        if len(candidates) > 1:
            raise Skipped(
                f"“{wanted['title']}” with this date and these parties is there {len(candidates)} times"
            )
        return candidates[0] if candidates else None

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted: dict[str, Any] = {"title": cells.name("title", longest=1000)}
        if cells.has("name_language"):
            wanted["name_language"] = cells.text("name_language", longest=12) or "en"
        if cells.has("aliases"):
            wanted["aliases"] = names_in(cells)
        if cells.has("kind"):
            wanted["kind"] = cells.choice("kind", Agreement.Kind.values, "agreement", OTHER_KINDS)
        if cells.has("sides"):
            wanted["sides"] = cells.choice("sides", Agreement.Sides.values, "", OTHER_SIDES)
        for name in DATES:
            if cells.has(name):
                wanted[name] = iso(cells.date(name))
        if cells.has("checked_on"):
            wanted["checked_on"] = iso(cells.day("checked_on"))
        for name, longest in TEXTS.items():
            if cells.has(name):
                wanted[name] = cells.text(name, longest=longest)
        if wanted.get("reference") and not wanted.get("register"):
            raise Refused("reference: is given without the register that it belongs to")
        if cells.has("url"):
            wanted["url"] = cells.url("url")
        if cells.has("parties"):
            wanted["parties"] = self._parties(cells)
        if cells.has("subject"):
            wanted["subject"] = sorted({folded(str(tag)): str(tag) for tag in cells.list("subject")}.values())
        return wanted

    def _parties(self, cells: Cells) -> list[dict[str, Any]]:
        parties: dict[str, dict[str, Any]] = {}
        for item in cells.list("parties"):
            party = self._party(item)
            parties.setdefault(party["party"], party)
        return sorted(parties.values(), key=lambda party: party["party"])

    def _party(self, item: Any) -> dict[str, Any]:
        cells = Cells({"party": item} if isinstance(item, str) else item if isinstance(item, dict) else {})
        try:
            name = cells.text("party", required=True, longest=300)
            dates = {date: iso(cells.date(date)) for date in DATES}
            capacity = cells.text("capacity", longest=100)
        except Refused as reason:
            raise Refused(f"parties: {reason}") from reason
        country = self.countries.find(name)
        return {"party": country.code if country else name, "capacity": capacity, **dates}

    def present(self, record: Agreement, wanted: dict[str, Any]) -> dict[str, Any]:
        now: dict[str, Any] = {
            name: getattr(record, name) for name in ("title", "name_language", "kind", "sides", *TEXTS)
        }
        now.update({name: iso(getattr(record, name)) for name in (*DATES, "checked_on")})
        now["url"] = record.text_url
        now["aliases"] = names_among(record, wanted.get("aliases", []))
        now["parties"] = sorted(parties_of(record), key=lambda party: party["party"])
        keys = {folded(tag) for tag in wanted.get("subject", [])}
        present = {tag.key: tag.name for tag in record.subjects.all()}
        now["subject"] = wanted.get("subject") if set(present) == keys else sorted(present.values())
        return now

    def write(self, record: Agreement | None, changes: dict[str, Any]) -> Agreement:
        record = record or Agreement()
        for name in ("title", "name_language", "kind", "sides", "checked_on", *TEXTS, *DATES):
            if name in changes:
                setattr(record, name, changes[name])
        if "url" in changes:
            record.text_url = changes["url"]
        record.clean_fields(exclude=["slug"])
        record.save()
        add_names(record, changes.get("aliases", []))
        if "parties" in changes:
            self._write_parties(record, changes["parties"])
        if "subject" in changes:
            record.subjects.set(changes["subject"])
        return record

    def _write_parties(self, record: Agreement, parties: list[dict[str, Any]]) -> None:
        record.parties.all().delete()
        AgreementParty.objects.bulk_create(
            self._as_party(record, position, values) for position, values in enumerate(parties)
        )

    def _as_party(self, record: Agreement, position: int, values: dict[str, Any]) -> AgreementParty:
        country = self.countries.by_code.get(values["party"])
        return AgreementParty(
            agreement=record,
            country=country,
            organisation=None if country else self._organisation(values["party"]),
            capacity=values["capacity"],
            position=position,
            **{date: values[date] for date in DATES},
        )

    def _organisation(self, name: str) -> Organisation:
        found = organisation_named(name)
        if found is None:
            raise Refused(f"parties: “{name}” is no country or organisation that the register knows")
        return found

    def finish(self, record: Agreement, cells: Cells) -> None:
        make_public(record, cells)
        for item in cells.list("relations"):
            relation = Cells(item if isinstance(item, dict) else {})
            try:
                kind = relation.choice("type", AgreementRelation.Kind.values, "")
                to = relation.text("to", required=True)
            except Refused as reason:
                raise Refused(f"relations: {reason}") from reason
            self.relations.append((record, kind, to))

    def after_all(self) -> None:
        """Relations may point at rows further down, so they are made when all rows are in."""
        for record, kind, to in self.relations:
            try:
                target = agreement_called(to)
                if target is None:
                    raise Skipped(f"“{to}” is not in the register; import again when it is")
                if not AgreementRelation.objects.filter(source=record, kind=kind, target=target).exists():
                    with transaction.atomic():
                        AgreementRelation.objects.create(source=record, kind=kind, target=target)
            except (Skipped, DatabaseError) as reason:
                self.notes.append(f"relation of “{record}” is left out: {str(reason).splitlines()[0]}")


def parties_of(record: Agreement) -> list[dict[str, Any]]:
    return [
        {
            "party": party.country.code if party.country else party.organisation.name,
            "capacity": party.capacity,
            **{date: iso(getattr(party, date)) for date in DATES},
        }
        for party in record.parties.select_related("country", "organisation")
    ]
