"""Two records that are one: names, evidence and everything else travel to the one that is kept.

    found = preview(kept, [gone])                       # what would move, which values are kept, what stands against it
    merge(kept, [gone], who=user, stamp=found.stamp)    # raises CannotMerge or Outdated, and has changed nothing

A merge is one transaction and one batch, which ``history.undoing.undo`` takes back exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.formats import localize
from django.utils.translation import gettext as _

from history.attribution import recorded_batch
from history.models import Batch, Change
from history.record import parts_of

from .combining import between, move_all, pointers_to, rows_at, twins
from .fields import KeyField
from .folding import folded
from .models import (
    Address,
    Agreement,
    Distinct,
    Merged,
    Name,
    Organisation,
    Person,
    Source,
    SourceName,
    Tag,
    TagSynonym,
)
from .models.addresses import LONGEST, Addressed
from .models.names import Named

KINDS: tuple[type[models.Model], ...] = (Organisation, Person, Agreement, Tag, Source)
# A field that means nothing without another is chosen with it.
WITH = {"name_language": ("name", "title"), "reference": ("register",)}
NEVER_CHOSEN = frozenset({"public", "slug", "revision", "created_at", "updated_at"})
SAYS_NOTHING = (None, "", Organisation.Kind.OTHER.value)
TELLING = ("article", "content_object", "agreement", "person", "source")
SAMPLES = 5


class CannotMerge(Exception):
    """Nothing was changed; the message says why."""


class Outdated(CannotMerge):
    """Somebody has changed one of them since the preview was made."""


@dataclass
class Value:
    key: int  # of the record that has it
    words: str


@dataclass
class Choice:
    """Fields that go together, and the records whose values differ in them; ``chosen`` is the one proposed."""

    name: str
    label: str
    values: list[Value]
    chosen: int


@dataclass
class Moving:
    label: str
    number: int
    combined: int
    dropped: int
    samples: list[str]


@dataclass
class Preview:
    kept: models.Model
    gone: list[models.Model]
    choices: list[Choice] = field(default_factory=list)
    moving: list[Moving] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    stamp: str = ""


def preview(kept: models.Model, gone: Sequence[models.Model]) -> Preview:
    _refuse_unlike(kept, gone)
    return Preview(
        kept,
        list(gone),
        choices=_choices([kept, *gone]),
        moving=_moving(kept, gone),
        addresses=[record.slug for record in gone if getattr(record, "slug", "")],
        obstacles=_obstacles(kept, gone),
        stamp=stamp_of([kept, *gone]),
    )


def merge(
    kept: models.Model,
    gone: Sequence[models.Model],
    *,
    who: models.Model | None = None,
    choices: dict[str, int] | None = None,
    stamp: str | None = None,
) -> Batch:
    """Make one record of them. ``choices`` names, by field, the record whose value is kept where they differ."""
    _refuse_unlike(kept, gone)
    model = type(kept)
    label = _("%(gone)s → %(kept)s") % {"gone": "; ".join(map(str, gone)), "kept": kept}
    try:
        with transaction.atomic():
            keys = sorted(record.pk for record in [kept, *gone])
            locked = model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys).in_bulk()
            if len(locked) < len(keys):
                raise Outdated(_("One of them is no longer there."))
            records = [locked[record.pk] for record in [kept, *gone]]
            if stamp is not None and stamp != stamp_of(records):
                raise Outdated(_("Somebody has changed one of them since; look again."))
            if obstacles := _obstacles(records[0], records[1:]):
                raise CannotMerge(" ".join(obstacles))
            with recorded_batch(f"merge_{model._meta.model_name}", label, who) as batch:
                moved = _Merging(records[0], records[1:], choices or {}).run()
                batch.finish(moved=moved)
    except IntegrityError as error:
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
        raise CannotMerge(_("A rule of the register stands against it: %s") % rule) from error
    kept.refresh_from_db()
    return batch


def stamp_of(records: Sequence[models.Model]) -> str:
    """The newest change of each record with its parts: differs as soon as somebody touches one."""
    newest = []
    for record in records:
        parts = [part.model for part in parts_of(type(record)) if part.name]
        lines = [Change.objects.of(record)]
        lines += [Change.objects.of_rows_owned_by(part, record.pk) for part in parts]
        newest.append(max(found.aggregate(at=Max("pk"))["at"] or 0 for found in lines))
    return "-".join(map(str, newest))


def _refuse_unlike(kept: models.Model, gone: Sequence[models.Model]) -> None:
    if not gone or any(type(record) is not type(kept) or record.pk == kept.pk for record in gone):
        raise CannotMerge(_("Merging needs two or more different records of one kind."))
    if type(kept) not in KINDS:
        raise CannotMerge(_("Records of this kind are not merged."))


# What differs


def groups_of(model: type[models.Model]) -> list[list[models.Field]]:
    """An editor's fields, those together that mean nothing alone."""
    fields = [
        f
        for f in model._meta.concrete_fields
        if f.editable
        and not f.primary_key
        and not f.generated
        and not isinstance(f, KeyField)
        and f.name not in NEVER_CHOSEN
    ]
    groups = {f.name: [f] for f in fields if f.name not in WITH}
    for f in fields:
        for leader in WITH.get(f.name, ()):
            if leader in groups:
                groups[leader].append(f)
    return list(groups.values())


def _choices(records: Sequence[models.Model]) -> list[Choice]:
    among = {record.pk for record in records}
    choices = []
    for group in groups_of(type(records[0])):
        values: dict[str, int] = {}
        told = []
        for record in records:
            first = getattr(record, group[0].attname)
            points_within = group[0].related_model is type(record) and first in among
            words = "" if points_within else _in_words(record, group)
            if words not in values:
                values[words] = record.pk
                told.append((record.pk, words, bool(words) and first not in SAYS_NOTHING))
        if len(told) > 1:
            chosen = next((key for key, _words, says in told if says), records[0].pk)
            shown = [Value(key, words) for key, words, _says in told]
            choices.append(Choice(group[0].name, str(group[0].verbose_name), shown, chosen))
    return choices


def _in_words(record: models.Model, group: list[models.Field]) -> str:
    said = []
    for f in group:
        if f.choices:
            said.append(getattr(record, f"get_{f.name}_display")())
        elif f.is_relation:
            said.append(str(getattr(record, f.name) or ""))
        else:
            value = getattr(record, f.attname)
            said.append("" if value is None else str(localize(value)))
    return ", ".join(word for word in said if word) if said[0] else ""


# What moves


def _moving(kept: models.Model, gone: Sequence[models.Model]) -> list[Moving]:
    found = []
    for pointer in pointers_to(type(kept)):
        number = combined = dropped = 0
        samples: list[str] = []
        for record in gone:
            rows = rows_at(pointer, record.pk)
            number += rows.count()
            combined += len(twins(pointer, record.pk, kept.pk))
            dropped += between(pointer, record.pk, kept.pk).count()
            some = rows.fetch_mode(models.FETCH_PEERS)[: SAMPLES - len(samples)]
            samples += [_sample(row, pointer[1]) for row in some]
        if number:
            label = str(pointer[0]._meta.verbose_name_plural)
            found.append(Moving(label, number, combined, dropped, samples))
    return found


def _sample(row: models.Model, pointer: models.Field) -> str:
    """What a row is about, seen from the record: the article of a mention, the agreement of a party."""
    for f in row._meta.concrete_fields:
        if f.is_relation and f is not pointer and f.name in TELLING and (other := getattr(row, f.name)):
            return str(other)[:120]
    return str(row)[:120]


# What stands against it


def _obstacles(kept: models.Model, gone: Sequence[models.Model]) -> list[str]:
    one = {kept.pk, *(record.pk for record in gone)}
    if isinstance(kept, Organisation):
        return [
            _("“%s” would be part of itself: it stands between the two.") % name
            for name in _between_parts(one)
        ]
    if isinstance(kept, Agreement):
        return _relations_in_a_circle(one)
    return []


def _between_parts(one: set[int]) -> list[str]:
    """Organisations that are part of one of them and that one of them is part of."""
    found, above = [], dict(Organisation.objects.filter(pk__in=one).values_list("pk", "parent"))
    for start in sorted(one):
        seen: list[int] = []
        parent = above[start]
        while parent and parent not in one and parent not in seen:
            seen.append(parent)
            parent = Organisation.objects.filter(pk=parent).values_list("parent", flat=True).first()
        if parent in one and seen:
            found += list(Organisation.objects.filter(pk__in=seen).values_list("name", flat=True))
    return found


def _relations_in_a_circle(one: set[int]) -> list[str]:
    """Chains of one type of relation that lead from one of them to another through a third."""
    found = []
    Relation = Agreement._meta.get_field("relations").related_model
    for kind, label in Relation.Kind.choices:
        ahead = {t for t in _targets(Relation, kind, one) if t not in one}
        seen: set[int] = set()
        while ahead:
            seen |= ahead
            targets = _targets(Relation, kind, ahead)
            if targets & one:
                between_them = Agreement.objects.filter(pk__in=ahead).order_by("pk").first()
                said = _("The chain of “%(kind)s” would come back to where it starts, by “%(title)s”.")
                found.append(said % {"kind": label, "title": between_them})
                break
            ahead = targets - seen
    return found


def _targets(relation: Any, kind: str, sources: set[int]) -> set[int]:
    rows = relation._base_manager.filter(kind=kind, source__in=sources)
    return set(rows.values_list("target", flat=True))


# Doing it


class _Merging:
    def __init__(self, kept: models.Model, gone: Sequence[models.Model], choices: dict[str, int]) -> None:
        self.kept, self.gone, self.model = kept, gone, type(kept)
        self.values = self._chosen_values(choices)
        self.names = [(str(record), getattr(record, "name_language", "")) for record in [kept, *gone]]

    def run(self) -> int:
        moved = 0
        for record in self.gone:
            if isinstance(record, Named):
                self._release_main_name(record)
            moved += self._let_go(record)
        self._write_kept()
        self._keep_names()
        return moved

    def _chosen_values(self, choices: dict[str, int]) -> dict[str, Any]:
        """What the kept record will hold; a choice that was not offered is refused."""
        records = [self.kept, *self.gone]
        by_key, values = {record.pk: record for record in records}, {}
        groups = {group[0].name: group for group in groups_of(self.model)}
        for choice in _choices(records):
            key = choices.get(choice.name, choice.chosen)
            if key not in by_key:
                raise CannotMerge(_("Choose one of the values of “%s”.") % choice.label)
            for f in groups[choice.name]:
                value = getattr(by_key[key], f.attname)
                within = f.related_model is self.model and value in by_key
                values[f.attname] = None if within else value
        return values

    def _release_main_name(self, record: Named) -> None:
        """The row of its own name becomes one more name, unless the kept one has it."""
        owner = self.model._meta.model_name
        mine = Name.objects.filter(**{owner: record})
        main = Name.objects.get(**{owner: self.kept}, is_main=True)
        mine.filter(text=main.text, language=main.language, kind=main.kind).delete()
        for name in mine.filter(is_main=True):
            if mine.filter(is_main=False, text=name.text, language=name.language, kind=name.kind).exists():
                name.delete()
        mine.filter(is_main=True).update(is_main=False)

    def _let_go(self, record: models.Model) -> int:
        kind = self.model._meta.model_name
        if isinstance(record, Organisation):
            self._step_over(record)
        moved = move_all(self.model, record.pk, self.kept.pk)
        self._carry_differences_over(kind, record.pk)
        if isinstance(record, Tag) and len(record.slug) <= LONGEST:
            Address.objects.get_or_create(kind=kind, slug=record.slug, defaults={"record_id": self.kept.pk})
        Merged.objects.create(kind=kind, gone_id=record.pk, kept_id=self.kept.pk, name=str(record)[:1000])
        self.model._base_manager.filter(pk=record.pk).delete()
        return moved

    def _step_over(self, record: Organisation) -> None:
        """What was part of it, and is to be kept, is part of what stands above both."""
        self.kept.refresh_from_db(fields=["parent", "revision"])
        if self.kept.parent_id == record.pk:
            record.refresh_from_db(fields=["parent"])
            self.kept.parent_id = None if record.parent_id == self.kept.pk else record.parent_id
            self.kept.save(update_fields=["parent"])

    def _carry_differences_over(self, kind: str, gone: int) -> None:
        for pair in Distinct.objects.filter(models.Q(one_id=gone) | models.Q(other_id=gone), kind=kind):
            other = pair.other_id if pair.one_id == gone else pair.one_id
            pair.delete()
            if other != self.kept.pk:
                Distinct.objects.say(kind, self.kept.pk, other)

    def _write_kept(self) -> None:
        self.kept.refresh_from_db()
        for name, value in self.values.items():
            setattr(self.kept, name, value)
        if isinstance(self.kept, Addressed):
            self.kept.slug = self.kept.slug or next(
                (record.slug for record in self.gone if record.slug), None
            )
        if isinstance(self.kept, Named) and any(record.public for record in self.gone):
            self.kept.public = True
        self.kept.save()

    def _keep_names(self) -> None:
        """Every name that one of them had is a name of the kept one, none twice."""
        key = folded(str(self.kept))
        if isinstance(self.kept, Named):
            return self._keep_rows_of_names()
        rows, owner = (TagSynonym, "tag") if isinstance(self.kept, Tag) else (SourceName, "source")
        rows._base_manager.filter(**{owner: self.kept}, key=key).delete()
        for text, _language in self.names:
            if folded(text) != key:
                rows._base_manager.get_or_create(key=folded(text), defaults={"text": text, owner: self.kept})

    def _keep_rows_of_names(self) -> None:
        rows = Name.objects.filter(**{self.model._meta.model_name: self.kept})
        main = rows.get(is_main=True)
        rows.filter(is_main=False, text=main.text, language=main.language, kind=main.kind).delete()
        for text, language in self.names:
            if not rows.filter(text=text[:500], language=language).exists():
                name = Name(text=text[:500], language=language, **{self.model._meta.model_name: self.kept})
                name.save()
