"""Everything that points at one row is pointed at another, whatever table it is in; nothing is there twice afterwards.

The walk goes over the models' own relations, so that no app need be known here. A model may say more:

- ``absorb(self, other)`` takes over what a twin of the row says before the twin goes;
- ``before_moving(rows)`` is told of rows that will point at another record.
"""

from collections.abc import Iterator

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from history.clashes import numbered_pointers

Pointer = tuple[type[models.Model], models.ForeignKey]


def pointers_to(model: type[models.Model]) -> Iterator[Pointer]:
    """Every foreign key at the model, but those of derived rows, which make themselves anew."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_pointer = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if is_pointer and not relation.concrete and not relation.field.primary_key:
            yield relation.related_model, relation.field


def rows_at(pointer: Pointer, key: int) -> models.QuerySet:
    model, field = pointer
    return model._base_manager.filter(**{field.attname: key})


def between(pointer: Pointer, gone: int, kept: int) -> models.QuerySet:
    """Rows that say something of the two and would say it of one: a relation to itself."""
    model, field = pointer
    others = [
        other
        for other in model._meta.concrete_fields
        if other.is_relation and other is not field and other.related_model is field.related_model
    ]
    condition = Q(pk__in=[])
    for other in others:
        condition |= Q(**{f"{other.attname}__in": [gone, kept]})
    return rows_at(pointer, gone).filter(condition)


def twins(pointer: Pointer, gone: int, kept: int) -> dict[int, int]:
    """Rows at the one that a rule allows only once, and that the other has already: key to key."""
    model, field = pointer
    found: dict[int, int] = {}
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or field.name not in constraint.fields:
            continue
        condition = constraint.condition or Q()
        same = Q()
        for name in constraint.fields:
            if name != field.name:
                empty = Q(**{f"{name}__isnull": True}) & IsNull(OuterRef(name), True)
                same &= Q(**{name: OuterRef(name)}) | (
                    empty if constraint.nulls_distinct is False else Q(pk__in=[])
                )
        there = rows_at(pointer, kept).filter(condition).filter(same).order_by("pk").values("pk")[:1]
        rows = rows_at(pointer, gone).filter(condition).annotate(twin=Subquery(there)).exclude(twin=None)
        found |= dict(rows.exclude(twin=F("pk")).values_list("pk", "twin"))
    return found


def move_all(model: type[models.Model], gone: int, kept: int) -> int:
    """Point everything at the kept row; return how many rows moved."""
    moved = 0
    for pointer in pointers_to(model):
        moved += _move(pointer, gone, kept)
    for other, kind, key in numbered_pointers():
        rows = other._base_manager.filter(**{kind: model._meta.model_name, key: gone})
        moved += rows.update(**{key: kept})
    return moved


def _move(pointer: Pointer, gone: int, kept: int) -> int:
    model, field = pointer
    between(pointer, gone, kept).delete()
    there = twins(pointer, gone, kept)
    rows = model._base_manager.in_bulk({*there, *there.values()})
    for key, twin in there.items():
        combine(rows[twin], rows[key])
    left = rows_at(pointer, gone)
    if hasattr(model, "before_moving"):
        model.before_moving(left)
    return len(there) + left.update(**{field.attname: kept})


def combine(kept: models.Model, gone: models.Model) -> None:
    """Of two rows that say the same, one stays and takes over what only the other knows."""
    if hasattr(kept, "absorb"):
        kept.absorb(gone)
    else:
        fill_empty(kept, gone)
    move_all(type(gone), gone.pk, kept.pk)
    gone.delete()


def fill_empty(kept: models.Model, gone: models.Model) -> None:
    filled = []
    for field in kept._meta.concrete_fields:
        if field.primary_key or field.generated or getattr(kept, field.attname) not in (None, ""):
            continue
        if getattr(gone, field.attname) not in (None, ""):
            setattr(kept, field.attname, getattr(gone, field.attname))
            filled.append(field.name)
    if filled:
        kept.save(update_fields=filled)
