"""Names that a file has and nobody knows: who has been said to be meant, and answers that come from the page."""

from typing import Any

from entities.exchange.answers import NO_PARTY, record_called
from entities.exchange.fields import Refused, Skipped
from entities.exchange.resolving import Countries
from entities.folding import folded
from entities.models import Country, Organisation, UnknownName

from .models import Import

PROPOSED = 300  # organisations offered while typing
MOST_LETTERS = 300


def names_of(run: Import) -> list[dict[str, Any]]:
    """The names of the last check or run, each with its answer if there is one by now."""
    names = (run.result or run.checked).get("names", [])
    keys = [name["key"][:500] for name in names]
    answers = {answer.key: answer for answer in UnknownName.objects.answered().filter(key__in=keys)}
    return [{**name, "answer": answers.get(name["key"][:500])} for name in names]


def choices() -> list[str]:
    """What is offered while an answer is typed."""
    countries = [country.name for country in Country.objects.by_name()]
    between_states = Organisation.objects.filter(kind=Organisation.Kind.INTERGOVERNMENTAL).order_by(
        "name", "pk"
    )
    return [*countries, *between_states.values_list("name", flat=True)[:PROPOSED]]


def keep_answers(run: Import, posted: Any, user: Any) -> tuple[int, list[dict[str, str]]]:
    """Remember what was answered; return how many, and what could not be taken."""
    countries = Countries()
    kept, refused = 0, []
    for number, name in enumerate(names_of(run)):
        typed = " ".join(str(posted.get(f"answer-{number}", "")).split())[:MOST_LETTERS]
        nobody = f"nobody-{number}" in posted or typed.lower() in NO_PARTY
        if not typed and not nobody:
            continue
        try:
            record = None if nobody else record_called(typed, countries)
        except (Refused, Skipped):
            refused.append({"name": name["name"], "typed": typed})
            continue
        text = name["name"][:500]
        unknown, _made = UnknownName.objects.get_or_create(key=folded(text)[:500], defaults={"text": text})
        unknown.answer(record, user)
        kept += 1
    return kept, refused
