"""Batches, plans and conflicts in words, for the desk and the shell."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .clashes import Conflict
from .models import Batch
from .undoing import Plan

SHOWN = 200
KINDS = {"undo": gettext_lazy("undo"), "merge": gettext_lazy("merge"), "import": gettext_lazy("import")}
COUNTS = {
    "removed": gettext_lazy("removed"),
    "set back": gettext_lazy("set back"),
    "brought back": gettext_lazy("brought back"),
    "left out": gettext_lazy("left out"),
    "new": gettext_lazy("new"),
    "updated": gettext_lazy("updated"),
    "unchanged": gettext_lazy("unchanged"),
    "skipped": gettext_lazy("skipped"),
    "refused": gettext_lazy("refused"),
}


def kind_in_words(batch: Batch) -> str:
    """“Import: agreements” for ``import_agreement``; a kind that nobody has words for stands as it is."""
    kind, _underscore, model_name = batch.kind.partition("_")
    if kind not in KINDS:
        return batch.kind
    of = next(
        (m._meta.verbose_name_plural for m in apps.get_models() if m._meta.model_name == model_name),
        model_name,
    )
    return f"{capfirst(KINDS[kind])}: {of}" if of else capfirst(str(KINDS[kind]))


def counts_in_words(batch: Batch) -> str:
    numbers = ((name, number) for name, number in batch.counts.items() if number)
    return ", ".join(f"{COUNTS.get(name, name)} {number}" for name, number in numbers)


def counted(plan: Plan) -> list[str]:
    """One line for each table, the shortest names of tables first."""
    return [
        f"{model._meta.verbose_name}: {said_of(plan, table)}" for table, model in sorted(plan.tables.items())
    ]


def said_of(plan: Plan, table: str) -> str:
    added, changed = len(plan.born.get(table, ())), len(plan.changed.get(table, ()))
    said = []
    if added:
        said.append(ngettext("%d added", "%d added", added) % added)
    if changed:
        said.append(ngettext("%d changed or deleted", "%d changed or deleted", changed) % changed)
    return ", ".join(said)


def told(conflicts: list[Conflict]) -> Iterator[str]:
    """One line for each, as far as a person would read."""
    shown = conflicts[:SHOWN]
    titles = titles_of([*((c.model, c.key) for c in shown), *(c.by for c in shown if c.by)])
    for conflict in shown:
        line = (
            f"{conflict.model._meta.verbose_name} {titles[conflict.model, conflict.key]}: {conflict.reason}"
        )
        if conflict.by:
            line += f" ({conflict.by[0]._meta.verbose_name} {titles[conflict.by]})"
        yield capfirst(line)
    if len(conflicts) > SHOWN:
        yield _("and %d more") % (len(conflicts) - SHOWN)


def titles_of(rows: Iterable[tuple[type[models.Model], int]]) -> dict[tuple[type[models.Model], int], str]:
    """What rows are called; their number where they are no longer there."""
    wanted: dict[type[models.Model], set[int]] = {}
    rows = list(rows)
    for model, key in rows:
        wanted.setdefault(model, set()).add(key)
    found = {model: _with_owners(model).in_bulk(keys) for model, keys in wanted.items()}
    return {(model, key): str(found[model].get(key, key))[:200] for model, key in rows}


def _with_owners(model: type[models.Model]) -> models.QuerySet:
    """What a row is called may be what the records are called that it points at."""
    return model._base_manager.fetch_mode(models.FETCH_PEERS)
