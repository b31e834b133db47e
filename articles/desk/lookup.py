"""Records of the register by name: the only one of a name, or those that an editor may mean."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from entities.date_words import in_words
from entities.folding import folded
from entities.models import Agreement, Country, Name, Organisation, Person

MODELS: dict[str, type[models.Model]] = {
    "country": Country,
    "organisation": Organisation,
    "person": Person,
    "agreement": Agreement,
}
WHOLE_NAMES = [
    Name.Kind.OFFICIAL,
    Name.Kind.SHORT,
    Name.Kind.FORMER,
    Name.Kind.TRANSLITERATION,
]
SHOWN = 8


@dataclass(frozen=True)
class Candidate:
    kind: str
    record: models.Model
    detail: str

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.record.pk}"


def record_at(ref: str) -> models.Model | None:
    """The record behind ``organisation:12``, as a form sends it."""
    kind, _, key = ref.partition(":")
    if kind not in MODELS or not key.isdecimal() or len(key) > 18:
        return None
    return MODELS[kind].objects.filter(pk=int(key)).first()


def the_one_called(kind: str, name: str) -> models.Model | None:
    """The one record with this name; None for none, for several, for an acronym or a bare surname."""
    if kind == "country" and (country := Country.objects.filter(code=name.strip().lower()).first()):
        return country
    key = folded(name)
    if not key or (kind == "person" and " " not in key):
        return None
    named = Name.objects.filter(key=key, kind__in=WHOLE_NAMES, **{f"{kind}__isnull": False})
    # Each owner once, also one who has the name in two languages: names come in an order of their own otherwise.
    owners = list(named.order_by(kind).values_list(kind, flat=True).distinct()[:2])
    return MODELS[kind].objects.get(pk=owners[0]) if len(owners) == 1 else None


def candidates(kind: str, typed: str) -> list[Candidate]:
    """Records whose name has these words, or nearly: exact ones first, at most ``SHOWN``."""
    key = folded(typed)[:100]
    if kind not in MODELS or not key:
        return []
    named = (
        Name.objects.filter(Q(key__contains=key) | Q(key__trigram_similar=key), **{f"{kind}__isnull": False})
        .annotate(
            rank=Case(
                When(key=key, then=Value(0)),
                When(key__startswith=key, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
            likeness=TrigramWordSimilarity(key, "key"),
        )
        .order_by("rank", "-likeness", "key", "pk")
        .values_list(kind, flat=True)[: SHOWN * 4]
    )
    keys = list(dict.fromkeys(named))[:SHOWN]
    records = with_details(kind).in_bulk(keys)
    return [Candidate(kind, records[pk], detail_of(records[pk])) for pk in keys]


def with_details(kind: str) -> models.QuerySet:
    found = MODELS[kind].objects.all()
    if kind == "person":
        return found.select_related("country").prefetch_related("positions")
    if kind == "organisation":
        return found.select_related("country")
    return found


def detail_of(record: models.Model) -> str:
    """What tells a record from another of its name."""
    if isinstance(record, Country):
        return record.get_kind_display() if record.is_former else record.code.upper()
    if isinstance(record, Agreement):
        date = record.first_known_date
        return ", ".join([record.get_kind_display(), *([in_words(date)] if date else [])])
    parts = [record.get_kind_display()] if isinstance(record, Organisation) else []
    if isinstance(record, Person):
        parts += [position.title for position in record.positions.all()][:1]
    if record.country:
        parts.append(record.country.name)
    return ", ".join([*parts, *([record.told_apart_by] if record.told_apart_by else [])])
