"""One entry for each person of a text, under the fullest name."""

import re
from dataclasses import dataclass, field

from entities.matcher import folded_word


@dataclass(slots=True)
class NamedPerson:
    """One new person in one text, with every place that names them."""

    name: str
    places: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0
    reason: str = ""

    @property
    def tokens(self) -> list[str]:
        return folded_word(self.name).replace(".", "").split()


def merged(text: str, candidates: list[NamedPerson]) -> list[NamedPerson]:
    """One entry a person: the fullest name, the places of every shorter one."""
    kept: list[NamedPerson] = []
    for person in sorted(candidates, key=lambda candidate: (-len(candidate.tokens), candidate.places[0])):
        same = next((other for other in kept if _same(other, person)), None)
        if same is None:
            kept.append(person)
        else:
            if len(same.tokens) == len(person.tokens) and text.count(person.name) > text.count(same.name):
                same.name = person.name
            same.places += person.places
            same.score = min(0.97, max(same.score, person.score) + 0.03)
    for person in kept:
        person.places.sort()
    return sorted(kept, key=lambda person: person.places[0])


def _same(fuller: NamedPerson, other: NamedPerson) -> bool:
    a, b = fuller.tokens, other.tokens
    if set(b) <= set(a):
        return True
    if len(b) == 1:
        return any(_stem(b[0]) == _stem(token) for token in (a[0], a[-1]))
    if (
        len(a) > 1
        and len(b) > 1
        and 1 in (len(a[0]), len(b[0]))
        and a[0][0] == b[0][0]
        and _stem(a[-1]) == _stem(b[-1])
    ):
        return True
    if len(a) == len(b) == 2 and a[0] == b[0] and len(a[1]) > 6 and _nearly(a[1], b[1]):
        return True
    return len(a) == len(b) and all(_stem(x) == _stem(y) for x, y in zip(a, b, strict=True))


def _nearly(one: str, other: str) -> bool:
    """One letter typed wrong, left out or too many."""
    if len(one) == len(other):
        return sum(x != y for x, y in zip(one, other, strict=True)) == 1
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _stem(token: str) -> str:
    if re.search("[а-я]", token):
        return re.sub(r"(?:ого|ому|ым|им|ом|ем|ой|а|у|е|ы|я|ю|й|ь)$", "", token) if len(token) > 4 else token
    return token
