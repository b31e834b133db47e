"""Which of the countries that a text names it is about."""

from collections import defaultdict
from typing import TYPE_CHECKING

from .sentences import Sentences

if TYPE_CHECKING:
    from .countries import NamedCountry

MOST = 4  # a text is about four countries at most
_CROWD = 3  # a sentence that lists more countries than this is about none of them much


def decide(text: str, found: list["NamedCountry"], sentences: Sentences, title_end: int) -> None:
    """Mark those that the text is about, by where and how often each is named against the most named one."""
    if not found:
        return
    points = {
        country.code: value
        for country, value in zip(found, _points(text, found, sentences, title_end), strict=True)
    }
    ranked = sorted(found, key=lambda country: -points[country.code])
    most = points[ranked[0].code]
    third = points[ranked[2].code] if len(ranked) > 2 else 0.0
    least = 1.2 if most >= 2.5 else 0.6 * most  # where none stands out, those named alike count alike
    for rank, country in enumerate(ranked):
        own = points[country.code]
        often = own >= max(0.33 * most, least if rank else 0.5)
        clear_second = rank == 1 and own >= max(0.2 * most, 1.2) and own >= 1.7 * third
        country.about = rank < MOST and (often or clear_second)


def _points(text: str, found: list["NamedCountry"], sentences: Sentences, title_end: int) -> list[float]:
    crowds: dict[int, set[str]] = defaultdict(set)
    for country in found:
        for match in country.matches:
            crowds[sentences.number(match.start)].add(country.code)
    lead_end = _lead_end(text, sentences, title_end)
    return [_points_of(text, country, sentences, crowds, title_end, lead_end) for country in found]


def _points_of(
    text: str,
    country: "NamedCountry",
    sentences: Sentences,
    crowds: dict[int, set[str]],
    title_end: int,
    lead_end: int,
) -> float:
    total, seen, in_title, in_lead = 0.0, set(), False, 0.0
    for match, weight in zip(country.matches, country.weights, strict=True):
        number = sentences.number(match.start)
        alone = min(1.0, _CROWD / len(crowds[number]))
        total += weight * _by_place(match.start, len(text)) * (0.25 if number in seen else 1.0) * alone
        seen.add(number)
        if weight >= 0.5:
            in_title = in_title or match.start < title_end
            in_lead = max(in_lead, alone if title_end <= match.start < lead_end else 0.0)
    hints = sum(0.3 * _by_place(position, len(text)) for position in country.hints)
    return total + hints + 4 * in_title + 1.5 * in_lead


def _by_place(position: int, length: int) -> float:
    """The first third of a text says more about its subject than the last."""
    share = position / max(1, length)
    return 1.2 if share < 0.33 else 1.0 if share < 0.7 else 0.75


def _lead_end(text: str, sentences: Sentences, title_end: int) -> int:
    first = sentences.at(min(len(text) - 1, title_end + 3)).end if title_end else sentences.all[0].end
    return max(first, sentences.all[min(2, len(sentences.all) - 1)].end)
