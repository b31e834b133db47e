"""Agreements as four real registers hold them, in number and shape, yet made up: the same every time."""

import random
from collections.abc import Iterator
from itertools import count

from django.db import connection, transaction

from entities.folding import folded
from entities.models import Agreement, AgreementParty, Country, Organisation, Tag, TaggedAgreement

# Register, rows, first and last year, the party of nearly every row, whether parties and sides are recorded.
REGISTERS = (
    ("Treaties of one state", 8134, 1703, 1976, "gb", True),
    ("Trade agreements of the world", 352, 1949, 2009, None, True),
    ("Agreements since 1351", 4532, 1351, 2023, None, False),
    ("Trade agreements, reconciled", 550, 1947, 2026, None, False),
)
SUBJECTS, ORGANISATIONS = 122, 10_000
KINDS = ("agreement",) * 5 + ("treaty",) * 2 + ("protocol",) * 2 + ("memorandum", "declaration", "programme")
MATTERS = (
    "trade and navigation, air services, double taxation, extradition, fisheries, the abolition of visas, postal money "
    "orders, cultural cooperation, the protection of investments, the frontier, loans, telegraphs, atomic energy"
).split(", ")


class Treaties:
    def __init__(self) -> None:
        self.random = random.Random(13510801)
        self.countries = list(Country.objects.order_by("code"))
        self.random.shuffle(self.countries)
        self.weights = [1 / (place + 1) for place in range(len(self.countries))]
        self.by_code = {country.code: country for country in self.countries}

    def fill(self) -> None:
        """Add the agreements to a register that has none of these; do nothing to one that has."""
        if Agreement.objects.filter(register=REGISTERS[0][0]).exists():
            return
        with transaction.atomic():
            names = [f"matter {number}" for number in range(SUBJECTS)]
            self.subjects = Tag.objects.bulk_create(
                Tag(name=name, slug=name.replace(" ", "-")) for name in names
            )
            self.organisations = Organisation.objects.bulk_create(
                Organisation(name=f"Made-up Institute {n}", slug=f"made-up-institute-{n}", public=True)
                for n in range(ORGANISATIONS)
            )
        numbers = count(1)
        for register, size, first, last, party, is_full in REGISTERS:
            for start in range(0, size, 1000):
                with transaction.atomic():
                    rows = [next(numbers) for _ in range(min(1000, size - start))]
                    self._make(list(rows), register, first, last, self.by_code.get(party), is_full)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _make(
        self, numbers: list[int], register: str, first: int, last: int, party: Country | None, is_full: bool
    ) -> None:
        sides = [self._sides(party, is_full) for _ in numbers]
        agreements = Agreement.objects.bulk_create(
            self._agreement(number, register, first, last, countries, is_full)
            for number, countries in zip(numbers, sides, strict=True)
        )
        AgreementParty.objects.bulk_create(self._parties(agreements, sides))
        TaggedAgreement.objects.bulk_create(
            TaggedAgreement(content_object=agreement, tag=tag)
            for agreement in agreements
            for tag in self.random.sample(self.subjects, self.random.choice((1, 1, 1, 2)))
        )

    def _sides(self, party: Country | None, is_full: bool) -> list[Country]:
        if not is_full and self.random.random() < 0.4:
            return []
        number = self.random.choices((1, 2, 5, 20), (85, 8, 4, 3))[0] + (0 if party else 1)
        others = self.random.choices(self.countries, self.weights, k=number)
        return list(dict.fromkeys([*([party] if party else []), *others]))

    def _parties(self, agreements: list[Agreement], sides: list[list[Country]]) -> Iterator[AgreementParty]:
        for agreement, countries in zip(agreements, sides, strict=True):
            for place, country in enumerate(countries):
                yield AgreementParty(agreement=agreement, country=country, position=place)
            if countries and self.random.random() < 0.04:
                organisation = self.organisations[int(self.random.paretovariate(1)) % 200]
                yield AgreementParty(agreement=agreement, organisation=organisation, position=len(countries))

    def _agreement(
        self, number: int, register: str, first: int, last: int, countries: list[Country], is_full: bool
    ) -> Agreement:
        # Later years have more: half of all rows lie in the last fifth of the time.
        year = last - int((last - first) * self.random.random() ** 2.5)
        signed = f"{year:04}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        signed = self.random.choices(
            (signed, signed[:7], signed[:4], f"{signed[:7]}?", f"{year - 2:04}/{year:04}", None),
            (88, 2, 2, 0.5, 0.5, 7),
        )[0]
        in_force = f"{year + self.random.randint(0, 3):04}-{self.random.randint(1, 12):02}-01"
        matter = self.random.choice(MATTERS)
        names = " and ".join(f"the Government of {country.name_in('en')}" for country in countries[:2])
        kind = self.random.choice(KINDS)
        title = f"{kind.capitalize()} {f'between {names} ' if names else ''}concerning {matter} ({number})"
        return Agreement(
            title=title,
            key=folded(title),
            slug=f"made-up-{number}",
            public=True,
            kind=kind,
            sides="" if is_full else self.random.choice(Agreement.Sides.values),
            register=register,
            reference=str(number),
            signed=signed,
            in_force=in_force if self.random.random() < 0.5 else None,
            ended=f"{min(2025, year + self.random.randint(5, 60)):04}"
            if self.random.random() < 0.25
            else None,
        )
