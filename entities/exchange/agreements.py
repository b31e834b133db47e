import re
from collections import defaultdict
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from ..folding import folded
from ..models import (
    Address,
    Agreement,
    AgreementParty,
    AgreementRelation,
    Name,
    Tag,
    TaggedAgreement,
    UnknownName,
)
from ..models.addresses import slug_of
from ..partial_dates import PartialDate
from .dates import Order
from .fields import MISSING, Cells, Refused, Skipped
from .importing import Item, RowImporter, iso
from .named import make_public, next_keys
from .names import names_among, names_in
from .parties import Found, Parties, named_properly
from .reporting import Report
from .resolving import agreement_called, all_named, names_of
from .row import Row
from .splitting import Piece, halves, pieces, separators_of
from .titles import Titles

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
OTHER_SIDES = {
    "bi": "bilateral",
    "multi": "multilateral",
    "plurilateral": "multilateral",
    "trilateral": "multilateral",
}
OTHER_KINDS = {
    "mou": "memorandum",
    "memorandum of understanding": "memorandum",
    "program": "programme",
    "convention": "treaty",
}
_KIND_WORDS = re.compile(
    r"\b(treaty|convention|pact|protocol|memorandum|declaration|programme|program|contract|agreement|exchange of notes|"
    r"договор|конвенция|протокол|меморандум|декларация|программа|соглашение|"
    r"antlaşma|sözleşme|protokol|muhtıra|bildiri|program|anlaşma)",
    re.IGNORECASE,
)
_KIND_OF_WORD = {
    **dict.fromkeys(
        ("treaty", "convention", "pact", "договор", "конвенция", "antlaşma", "sözleşme"), "treaty"
    ),
    **dict.fromkeys(("protocol", "протокол", "protokol"), "protocol"),
    **dict.fromkeys(("memorandum", "меморандум", "muhtıra"), "memorandum"),
    **dict.fromkeys(("declaration", "декларация", "bildiri"), "declaration"),
    **dict.fromkeys(("programme", "program", "программа"), "programme"),
    "contract": "contract",
}


class AgreementImporter(RowImporter):
    kind = "agreement"
    model = Agreement
    main_column = "title"
    date_columns = (*DATES, "checked_on")

    def __init__(self, *, dry_run: bool = False, dates: Order = Order.UNKNOWN) -> None:
        super().__init__(dry_run=dry_run, dates=dates)
        self.parties = Parties(self.countries)
        self.relations: list[tuple[Agreement, str, str]] = []
        self.titles: Titles | None = None
        self.separators = ";,\n|"
        self.from_titles = 0

    def prepare(self, rows: list[Row], report: Report) -> None:
        cells = [row.values.get("parties") for row in rows if not row.fault]
        written = [cell for cell in cells if isinstance(cell, str) and not _is_json(cell)]
        if written:
            self.separators = separators_of(written)
        texts: set[str] = set()
        for cell in cells:
            for piece in self._pieces(cell):
                texts.update((piece.text, piece.whole, piece.bracket, *piece.members))
                texts.update(name for names in halves(piece.text) for name in names)
        self.parties.prepare(texts)
        if rows and not any("parties" in row.values for row in rows):
            self.titles = Titles(self.parties)

    def _pieces(self, cell: Any) -> list[Piece]:
        """The names of a cell; an object that says more than a name is none of them."""
        if isinstance(cell, str) and not _is_json(cell):
            return pieces(cell, self.separators)
        if not isinstance(cell, list):
            return []
        return [piece for item in cell if isinstance(item, str) for piece in pieces(item, "\n")]

    def identity(self, cells: Cells, wanted: dict[str, Any]) -> tuple[Any, ...]:
        if reference := wanted.get("reference"):
            return "reference", folded(wanted["register"]), reference
        parties = cells.values.get("parties")
        written = parties if isinstance(parties, str) else [str(item) for item in parties or ()]
        return (
            "title",
            folded(wanted.get("register", "")),
            folded(wanted["title"]),
            wanted.get("signed"),
            written,
        )

    def marks(self, item: Item) -> tuple[set[Any], set[Any]]:
        if reference := item.wanted.get("reference"):
            return {item.identity, (item.wanted["register"], reference)}, set()
        return {item.identity, folded(item.wanted["title"])}, set()

    def look_up(self, items: list[Item]) -> None:
        records = Agreement.objects.prefetch_related(*_PARTS)
        references = {item.wanted["reference"] for item in items if item.wanted.get("reference")}
        self._by_reference = {
            (record.register, record.reference): record
            for record in (records.filter(reference__in=references) if references else ())
        }
        titles = [item.wanted["title"] for item in items if not item.wanted.get("reference")]
        self._by_title = all_named(records, titles) if titles else defaultdict(list)

    def load(self, keys: set[int]) -> dict[int, Agreement]:
        return Agreement.objects.prefetch_related(*_PARTS).in_bulk(keys)

    def find(self, item: Item) -> Agreement | None:
        wanted = item.wanted
        if wanted.get("reference"):
            return self._by_reference.get((wanted["register"], wanted["reference"]))
        candidates = [
            record
            for record in self._by_title.get(folded(wanted["title"])[:500], ())
            if iso(record.signed) == wanted.get("signed")
            and not record.reference
            and record.register in ("", wanted.get("register", record.register))
        ]
        if "parties" in wanted:
            parties = {party["party"] for party in wanted["parties"]}
            candidates = [
                record for record in candidates if {p["party"] for p in self._parties_of(record)} == parties
            ]
        if len(candidates) > 1:
            raise Skipped(
                f"“{wanted['title']}” with this date and these parties is there {len(candidates)} times"
            )
        return candidates[0] if candidates else None

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted: dict[str, Any] = {"title": cells.name("title", longest=1000)}
        if cells.has("name_language"):
            wanted["name_language"] = cells.optional("name_language", longest=12) or "en"
        if cells.has("aliases"):
            wanted["aliases"] = names_in(cells)
        if cells.has("kind"):
            wanted["kind"] = cells.choice(
                "kind", Agreement.Kind.values, kind_of(wanted["title"]), OTHER_KINDS
            )
        if cells.has("sides"):
            wanted["sides"] = cells.choice("sides", Agreement.Sides.values, "", OTHER_SIDES)
        for name in DATES:
            if cells.has(name):
                wanted[name] = iso(cells.date(name))
        if cells.has("checked_on"):
            wanted["checked_on"] = iso(cells.day("checked_on"))
        for name, longest in TEXTS.items():
            if cells.has(name):
                wanted[name] = cells.optional(name, longest=longest)
        if wanted.get("reference") and not wanted.get("register"):
            raise Refused("reference: is given without the register that it belongs to")
        if cells.has("url"):
            wanted["url"] = cells.url("url", longest=1000)
        if cells.has("subject"):
            tags = [named_properly(str(tag))[:100] for tag in cells.list("subject") if tag not in MISSING]
            wanted["subject"] = sorted({folded(tag): tag for tag in tags if folded(tag)}.values())
        on = cells.date("signed") or cells.date("in_force")
        if cells.has("parties"):
            wanted["parties"] = self._parties(cells, on)
        elif self.titles and (parties := self._title_parties(wanted, on)):
            wanted["parties"] = parties
        return wanted

    def _parties(self, cells: Cells, on: PartialDate | None) -> list[dict[str, Any]]:
        items = cells.values.get("parties")
        if isinstance(items, str) and not _is_json(items):
            return _sorted(self._resolved(self._pieces(items), on))
        parties: list[dict[str, Any]] = []
        names: list[Piece] = []
        for item in cells.list("parties"):
            if isinstance(item, dict):
                parties += self._party(item, on)
            else:
                names += self._pieces([str(item)])
        return _sorted([*parties, *self._resolved(names, on)])

    def _resolved(self, names: list[Piece], on: PartialDate | None, **more: Any) -> list[dict[str, Any]]:
        found = self.parties.read(names, on)
        self._note_unknown(found)
        return [_party(party.name, party.capacity, **more) for party in found.parties]

    def _party(self, item: dict[str, Any], on: PartialDate | None) -> list[dict[str, Any]]:
        cells = Cells(item)
        try:
            name = cells.text("party", required=True, longest=300)
            capacity = cells.text("capacity", longest=100)
            more: dict[str, Any] = {date: iso(cells.date(date)) for date in DATES}
            if cells.flag("from_title"):
                more["from_title"] = True
        except Refused as reason:
            raise Refused(f"parties: {reason}") from reason
        parties = self._resolved([Piece(name)], on if len(name) > 3 else None, **more)
        return [{**party, "capacity": capacity or party["capacity"]} for party in parties]

    def _note_unknown(self, found: Found) -> None:
        self.notes += [f"parties: “{name}” is not known and is left out" for name in found.unknown]

    def _title_parties(self, wanted: dict[str, Any], on: PartialDate | None) -> list[dict[str, Any]]:
        parties = self.titles.read(wanted["title"], wanted.get("name_language", "en"), on)
        self.from_titles += bool(parties)
        return _sorted([_party(party.name, party.capacity, from_title=True) for party in parties])

    def present(self, record: Agreement, wanted: dict[str, Any]) -> dict[str, Any]:
        now: dict[str, Any] = {
            name: getattr(record, name) for name in ("title", "name_language", "kind", "sides", *TEXTS)
        }
        now.update({name: iso(getattr(record, name)) for name in (*DATES, "checked_on")})
        now["url"] = record.text_url
        now["aliases"] = names_among(record, wanted.get("aliases", []))
        now["parties"] = _sorted(self._parties_of(record))
        keys = {folded(tag) for tag in wanted.get("subject", [])}
        present = {tag.key: tag.name for tag in record.subjects.all()}
        now["subject"] = wanted.get("subject") if set(present) == keys else sorted(present.values())
        return now

    def _parties_of(self, record: Agreement) -> list[dict[str, Any]]:
        return [
            {
                **_party(
                    party.country.code if party.country_id else self.parties.called(party.organisation),
                    party.capacity,
                    **({"from_title": True} if party.is_from_title else {}),
                ),
                **{date: iso(getattr(party, date)) for date in DATES},
            }
            for party in record.parties.all()
        ]

    def write_all(self, items: list[Item]) -> None:
        made = [item for item in items if item.record is None]
        self._make(made)
        for item in items:
            self.notes = item.notes
            if item.changes and item not in made:
                self._change(item.record, item.changes)
            if not (item.record.public and item.record.slug):
                make_public(item.record, item.cells)
            self._note_relations(item.record, item.cells)

    def _make(self, items: list[Item]) -> None:
        if not items:
            return
        keys = next_keys(Agreement, len(items))
        slugs = Address.objects.take_all(
            "agreement",
            {
                key: slug_of(item.cells.text("slug", longest=80) or item.wanted["title"], "agreement")
                for key, item in zip(keys, items, strict=True)
            },
        )
        for key, item in zip(keys, items, strict=True):
            item.record = Agreement(pk=key, slug=slugs[key], public=True)
            _set_fields(item.record, item.changes)
        Agreement.objects.bulk_create([item.record for item in items])
        Name.objects.bulk_create(
            [name for item in items for name in names_of(item.record, item.changes.get("aliases", []))],
            ignore_conflicts=True,
        )
        AgreementParty.objects.bulk_create(
            [
                party
                for item in items
                for party in self._as_parties(item.record, item.changes.get("parties", []))
            ]
        )
        tags = Tag.objects.by_key([tag for item in items for tag in item.changes.get("subject", [])])
        TaggedAgreement.objects.bulk_create(
            [
                TaggedAgreement(tag=tag, content_object=item.record)
                for item in items
                for tag in {
                    tags[folded(name)] for name in item.changes.get("subject", []) if folded(name) in tags
                }
            ]
        )

    def _change(self, record: Agreement, changes: dict[str, Any]) -> None:
        _set_fields(record, changes)
        record.save()
        Name.objects.bulk_create(names_of(record, changes.get("aliases", [])), ignore_conflicts=True)
        if "parties" in changes:
            record.parties.all().delete()
            AgreementParty.objects.bulk_create(self._as_parties(record, changes["parties"]))
        if "subject" in changes:
            record.subjects.set(changes["subject"])

    def _as_parties(self, record: Agreement, parties: list[dict[str, Any]]) -> list[AgreementParty]:
        return [self._as_party(record, position, values) for position, values in enumerate(parties)]

    def _as_party(self, record: Agreement, position: int, values: dict[str, Any]) -> AgreementParty:
        country = self.countries.by_code.get(values["party"])
        return AgreementParty(
            agreement=record,
            country=country,
            organisation=None if country else self.parties.organisation(values["party"]),
            capacity=values["capacity"],
            position=position,
            is_from_title=values.get("from_title", False),
            **{date: values[date] for date in DATES},
        )

    def undone(self) -> None:
        self.parties.forget_made()

    def _note_relations(self, record: Agreement, cells: Cells) -> None:
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
        self._ask_about_unknown()

    def _ask_about_unknown(self) -> None:
        UnknownName.objects.bulk_create(
            [
                UnknownName(
                    text=self.parties.written[key][:500],
                    times=times,
                    suggestion=self.parties.suggestion(key),
                    last_file=self.file_name[:300],
                    seen_at=timezone.now(),
                )
                for key, times in self.parties.unknown.items()
                if key
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["times", "last_file", "seen_at"],
        )

    def sum_up(self, report: Report) -> None:
        if self.parties.mentions:
            unknown = sum(self.parties.unknown.values())
            share = 100 * (1 - unknown / self.parties.mentions)
            report.note(
                f"parties: {self.parties.mentions} named, {unknown} of them not known ({share:.2f} % resolved)"
            )
        if self.titles:
            report.note(
                f"no column of parties: in {self.from_titles} rows they were read from the title, unconfirmed"
            )
        for key, times in self.parties.unknown.most_common():
            perhaps = self.parties.suggestion(key)
            report.note(
                f"parties: “{self.parties.written[key]}” is not known, {times} times"
                + (f"; perhaps {perhaps}?" if perhaps else "")
            )


_PARTS = ("names", "parties__country", "parties__organisation", "subjects")


def _is_json(cell: str) -> bool:
    return cell.lstrip().startswith(("[", "{"))


def _party(name: str, capacity: str = "", **more: Any) -> dict[str, Any]:
    return {"party": name, "capacity": capacity, **dict.fromkeys(DATES), **more}


def _sorted(parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each party once, in an order of its own: a file may list them differently each time."""
    once = {party["party"]: party for party in reversed(parties)}
    return [once[name] for name in sorted(once)]


def _set_fields(record: Agreement, changes: dict[str, Any]) -> None:
    for name in ("title", "name_language", "kind", "sides", "checked_on", *TEXTS, *DATES):
        if name in changes:
            setattr(record, name, changes[name])
    if "kind" not in changes and record._state.adding:
        record.kind = kind_of(record.title)
    if "url" in changes:
        record.text_url = changes["url"]
    record.clean_fields(exclude=["slug"])


def kind_of(title: str) -> str:
    """The kind that the first such word of a title says."""
    found = _KIND_WORDS.search(title)
    return _KIND_OF_WORD.get(found[1].lower(), "agreement") if found else "agreement"
