"""What an agreement follows from and what follows from it, over more than one step, and what became of its parties."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import pgettext

from entities.models import Agreement, AgreementRelation, Country, Succession

DEEPEST, MOST = 8, 100

# Only public agreements are walked through: a hidden one ends the line instead of being passed over in silence.
_WALK = """
WITH RECURSIVE line (relation_id, reached, depth) AS (
    SELECT r.id, r.{to}, 1 FROM entities_agreementrelation r JOIN entities_agreement a ON a.id = r.{to} AND a.public
    WHERE r.{come} = %(start)s
    UNION
    SELECT r.id, r.{to}, line.depth + 1 FROM line JOIN entities_agreementrelation r ON r.{come} = line.reached
        JOIN entities_agreement a ON a.id = r.{to} AND a.public
    WHERE line.depth < %(deepest)s
)
SELECT relation_id, min(depth) FROM line GROUP BY relation_id ORDER BY min(depth), relation_id LIMIT %(most)s
"""


@dataclass(slots=True)
class Step:
    """One agreement or state of a lineage: how it is related to the one above it, and what comes after it."""

    relation: str
    record: Agreement | Country
    basis: str = ""
    further: "list[Step]" = field(default_factory=list)


def turned(kind: str) -> str:
    """The relation as the agreement that it points at would say it."""
    kinds = AgreementRelation.Kind
    return {
        kinds.AMENDS: pgettext("relation", "amended by"),
        kinds.SUPERSEDES: pgettext("relation", "superseded by"),
        kinds.IMPLEMENTS: pgettext("relation", "implemented by"),
        kinds.CITES: pgettext("relation", "cited by"),
    }[kinds(kind)]


def lineage_of(agreement: Agreement) -> tuple[list[Step], list[Step]]:
    """Return what this agreement amends, supersedes, implements or cites, and what does so to it, as trees."""
    before = _relations(agreement, come="source_id", to="target_id")
    after = _relations(agreement, come="target_id", to="source_id")
    return (
        _tree(agreement, [(r.source_id, str(r.get_kind_display()), r.target) for r in before]),
        _tree(agreement, [(r.target_id, turned(r.kind), r.source) for r in after]),
    )


def _relations(agreement: Agreement, come: str, to: str) -> list[AgreementRelation]:
    with connection.cursor() as cursor:
        cursor.execute(
            _WALK.format(come=come, to=to), {"start": agreement.pk, "deepest": DEEPEST, "most": MOST}
        )
        keys = [key for key, _depth in cursor.fetchall()]
    found = AgreementRelation.objects.select_related(to.removesuffix("_id")).in_bulk(keys)
    return [found[key] for key in keys]


def _tree(root: Agreement | Country, edges: Iterable[tuple[int, str, Agreement | Country]]) -> list[Step]:
    """Hang each record under the nearest one it is related to, once: so no line comes back to where it was."""
    lines: dict[int, list[Step]] = {root.pk: []}
    for above, relation, record in edges:
        if record.pk not in lines and above in lines:
            step = Step(relation, record)
            lines[above].append(step)
            lines[record.pk] = step.further
        elif above == root.pk and record.pk != root.pk:  # related in a second way
            lines[above].append(Step(relation, record))
    return lines[root.pk]


def successions_of(states: Iterable[Country]) -> list[Step]:
    """Return, for each of these that is no more, the states that came after it, on what ground, and after those."""
    former = [state for state in states if state.is_former]
    if not former:
        return []
    rows = Succession.objects.select_related("successor").order_by("pk")
    after: dict[int, list[Succession]] = {}
    for row in rows:
        after.setdefault(row.predecessor_id, []).append(row)
    return [
        Step("", state, further=further)
        for state in former
        if (further := _came_after(state.pk, after, {state.pk}))
    ]


def _came_after(key: int, after: dict[int, list[Succession]], seen: set[int]) -> list[Step]:
    steps = []
    for row in after.get(key, ()):
        if row.successor_id not in seen:
            seen.add(row.successor_id)
            steps.append(Step("", row.successor, row.basis))
    for step in steps:
        step.further = _came_after(step.record.pk, after, seen)
    return steps
