"""What was recognised, brought together with the register: by sound, or by kind, parties and date.

Names that stand in the register as they are written were found already; this is for those that do not.
"""

from collections.abc import Iterable

from entities.folding import folded
from entities.models import Agreement
from entities.partial_dates import InvalidPartialDate, PartialDate, parse
from entities.sounding import sounding, sounding_of_person

from .recognise import Proposed
from .references import Change, Reference, find_changes, find_references
from .register import sounds
from .sentences import Sentences, quote

_BY_SOUND = 0.8
_KIN = frozenset({"treaty", "agreement"})  # what one text calls a treaty another calls an agreement
_EMPTY = frozenset(
    "the of and on in to for between a an on with its governments government republic о об и в между по ve ile".split()
)


def linked(proposals: list[Proposed], plain: str, language: str) -> list[Proposed]:
    """Return the proposals with the records that they mean, and what the text says of agreements' lives."""
    for proposed in proposals:
        if proposed.record is None and proposed.kind in ("organisation", "person"):
            _link_by_sound(proposed)
    sentences = Sentences(plain)
    about = [str(p.record) for p in proposals if p.kind == "country" and p.about]
    for proposed in proposals:
        if proposed.kind == "agreement" and proposed.record is None and not proposed.payload.get("counted"):
            _link_agreement(proposed, about)
    proposals = _once(proposals) + _referred_to(proposals, plain, language, sentences, about)
    return proposals + _changes(proposals, plain, sentences)


def _link_by_sound(proposed: Proposed) -> None:
    key = sounding_of_person(proposed.value) if proposed.kind == "person" else sounding(proposed.value)
    if proposed.kind == "person" and " " not in key:
        return  # a surname alone is nobody's
    meant = sounds().get((proposed.kind, key), ())
    if key and len(meant) == 1:
        (proposed.record,) = meant
        proposed.reason = f"{proposed.reason}, sounds like a known name"
        proposed.confidence = max(proposed.confidence, _BY_SOUND)


def _link_agreement(proposed: Proposed, about: list[str]) -> None:
    codes, date = proposed.payload.get("parties", []), _date(proposed.payload.get("date"))
    candidates = _candidates(codes if len(codes) > 1 else about, date)
    kind = proposed.payload.get("type", "")
    best = _by_title(proposed.value, candidates)
    why = "title and parties"
    if best is None and date and len(codes) > 1:
        fitting = [one for one in candidates if _is_kin(kind, one.kind)]
        best = fitting[0] if len(fitting) == 1 else None
        why = "parties and date"
    if best is None:
        return
    proposed.record = best.pk
    proposed.reason = f"{proposed.reason}, known by its {why}"
    proposed.confidence = max(proposed.confidence, 0.8)


def _candidates(codes: list[str], date: PartialDate | None) -> list[Agreement]:
    """The register's agreements between these, signed then if that is known; none for a crowd or a single one."""
    if not 2 <= len(codes) <= 3:
        return []
    found = Agreement.objects.between_all(codes)
    if date:
        found = found.maybe_signed(date)
    return list(found.prefetch_related("names").order_by("pk")[:60])


def _by_title(title: str, candidates: Iterable[Agreement]) -> Agreement | None:
    """The one whose title, or another of its names, says the same: one short of the other, or most words alike."""
    words = _words(title)
    if len(words) < 3:
        return None
    ranked = sorted(
        (
            (max(_alike(words, _words(name.text)) for name in one.names.all()), -one.pk, one)
            for one in candidates
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < 0.6 or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.1):
        return None
    return ranked[0][2]


def _words(title: str) -> set[str]:
    return {word[:6] for word in folded(title).split() if word not in _EMPTY}


def _alike(some: set[str], others: set[str]) -> float:
    """Twice the common words over all; a title that is wholly within the other is as good as alike."""
    common = len(some & others)
    if not common:
        return 0.0
    within = common == min(len(some), len(others)) and common >= 3
    return max(2 * common / (len(some) + len(others)), 0.75 if within else 0.0)


def _is_kin(one: str, other: str) -> bool:
    return one == other or {one, other} <= _KIN


def _date(value: str | None) -> PartialDate | None:
    try:
        return parse(value)
    except InvalidPartialDate:
        return None


def _once(proposals: list[Proposed]) -> list[Proposed]:
    """One proposal a record: what came to mean the same one has its places all the same."""
    kept: dict[tuple, Proposed] = {}
    for number, proposed in enumerate(proposals):
        place = (
            (proposed.kind, proposed.record) if proposed.record is not None else (proposed.kind, None, number)
        )
        first = kept.setdefault(place, proposed)
        if first is not proposed:
            first.quotes = sorted({*first.quotes, *proposed.quotes}, key=lambda one: (one.start, one.end))
            first.about = first.about or proposed.about
            first.payload = {**proposed.payload, **first.payload}
    return list(kept.values())


def _referred_to(
    proposals: list[Proposed], plain: str, language: str, sentences: Sentences, about: list[str]
) -> list[Proposed]:
    """ "The 1992 treaty", where the register has just one of that kind and year between these states."""
    held = [place for proposed in proposals if proposed.kind == "agreement" for place in proposed.quotes]
    found: dict[int, Proposed] = {}
    for reference in find_references(plain, language):
        sentence = sentences.at(reference.start)
        if any(one.start <= reference.start < one.end and one.end - one.start < 200 for one in held):
            continue
        meant = _meant(reference, _named_in(proposals, sentence.start, sentence.end), about)
        if meant is None or any(p.kind == "agreement" and p.record == meant.pk for p in proposals):
            continue
        place = quote(plain, sentence.start, sentence.end)
        found.setdefault(
            meant.pk,
            Proposed(
                "agreement",
                meant.title,
                meant.pk,
                False,
                [place],
                f"{reference.kind}, known by its parties and date",
                0.75,
                {"type": reference.kind, "date": reference.year, "parties": [], "evidence": sentence.text},
            ),
        )
    return list(found.values())


def _named_in(proposals: list[Proposed], start: int, end: int) -> list[str]:
    return [
        str(proposed.record)
        for proposed in proposals
        if proposed.kind == "country" and any(start <= place.start < end for place in proposed.quotes)
    ]


def _meant(reference: Reference, nearby: list[str], about: list[str]) -> Agreement | None:
    for codes in (nearby, about):
        candidates = [
            one
            for one in _candidates(codes, PartialDate(reference.year))
            if _is_kin(reference.kind, one.kind)
        ]
        if candidates:
            return candidates[0] if len(candidates) == 1 else None
    return None


def _changes(proposals: list[Proposed], plain: str, sentences: Sentences) -> list[Proposed]:
    """ "It entered into force on 1 March": a date that the register does not have yet, with the sentence.

    Of an agreement that is new itself it is told with the proposal.
    """
    named = [p for p in proposals if p.kind == "agreement" and not p.payload.get("counted")]
    records = Agreement.objects.in_bulk([p.record for p in named if p.record is not None])
    found: dict[str, Proposed] = {}
    for change in find_changes(sentences) if named else ():
        meant = _spoken_of(change, named, sentences)
        if meant is None:
            continue
        if meant.record is None:
            meant.payload.setdefault(change.field, change.date)
        elif meant.record in records and not _has_already(records[meant.record], change):
            field = f"{change.field}:{meant.record}"
            reason = f"says when it {'entered into force' if change.field == 'in_force' else 'ended'}"
            place = quote(plain, change.sentence.start, change.sentence.end)
            found.setdefault(
                field,
                Proposed("fact", change.date, meant.record, False, [place], reason, 0.7, {"field": field}),
            )
    return list(found.values())


def _spoken_of(change: Change, named: list[Proposed], sentences: Sentences) -> Proposed | None:
    """The one agreement of the sentence, or of the sentence before when this one points back."""
    number = sentences.number(change.sentence.start)
    reach = [number, number - 1] if change.points_back and number else [number]
    for at in reach:
        one = sentences.all[at]
        there = [
            proposed
            for proposed in named
            if any(
                one.start <= place.start < one.end or place.start <= one.start < place.end
                for place in proposed.quotes
            )
        ]
        if there:
            return there[0] if len(there) == 1 else None
    return None


def _has_already(agreement: Agreement, change: Change) -> bool:
    """Whether the register says the same, or says it more exactly."""
    now = getattr(agreement, change.field)
    date = _date(change.date)
    return date is None or (now is not None and date.earliest <= now.earliest and now.latest <= date.latest)
