"""People in Turkish text: given names in its spelling, words of headings that are no names, and surnames said again."""

import re
from functools import cache
from typing import TYPE_CHECKING

from entities.matcher import folded_in_place, folded_word

from .given_names import latin_given_names
from .wordlists import word_set, words
from .words import Word

if TYPE_CHECKING:
    from .people import NamedPerson

_OF_FAITH = re.compile(r"\w{2,}(?:ullah|eddin|ettin|uddin|addin|urrahman|ülaziz|ulaziz)$")
# A name shows its case behind an apostrophe, an everyday word without one: "Yarımadasında", "Kentinde".
_BARE_CASE = re.compile(
    r"(?:[sn][ıiuü]nd[ae](?:n|ki)?|[sn][ıiuü]n[ae]|l[ae]r[ıi]nd[ae]n?|[dt][ae]ki|l[ae]r[ıi]n[ae]?)$"
)
NOT_NAMES = word_set("not_names_tr")
APPOINTED = re.compile(
    r"^(?:['’]\w+)?,?\s+(?:\w+\s+)?(?:atandı|atanmıştı|getirildi|seçildi|seçilmişti|görevlendirildi|yemin\s+etti|istifa\s+etti|istifas|emekli"
    r"|doğdu|vefat\s+et|hayatını\s+kaybe|öldü|öldürüldü|tutuklandı|gözaltına|başkanlığında|imzasıyla|liderliğinde|ev\s+sahipliğinde)",
)
STANDS_IN = re.compile(r"^['’][dt][ae](?:ki)?(?!\w)")  # "San Francisco'daki": a place
VESSEL_AFTER = re.compile(
    r"^(?:\s+Paşa)?(?:\s+(?:gibi|adlı|isimli|sismik|araştırma|sondaj|savaş|uçak|hücum))*\s+(?:gemi|fırkateyn|korvet|denizaltı|muhrib)"
)


@cache
def turkish_given_names() -> frozenset[str]:
    return frozenset(folded_in_place(name) for name in words("given_names_turkish"))


@cache
def weak_turkish_names() -> frozenset[str]:
    return frozenset(folded_in_place(name) for name in words("given_names_turkish_weak"))


def is_given(folded: str) -> bool:
    return folded in turkish_given_names() or bool(_OF_FAITH.match(folded))


def is_given_name(folded: str) -> bool:
    return is_given(folded) or folded in latin_given_names()


def is_month(text: str, word: Word) -> bool:
    """ "15 Kasım" is a month, "Kasım Cömert" a man."""
    return bool(re.search(r"\d{1,2}\s$", text[max(0, word.start - 3) : word.start])) or bool(
        re.match(r"(?:['’]\w+)?\s+\d", text[word.end : word.end + 12])
    )


def without_epithet(words: list[Word]) -> list[Word]:
    """ "Önder Mustafa Kemal Atatürk": before a full name an everyday word that is a name too is none."""
    if (
        len(words) > 3
        and folded_word(words[0].text) in weak_turkish_names()
        and is_given(folded_word(words[1].text))
    ):
        return words[1:]
    return words


def says_too(text: str, word: Word) -> bool:
    """ "Ayşe Denemeci de …" says "too"; "Luiz da Silva" and "Charles de Gaulle" are names of elsewhere."""
    before = text[max(0, word.start - 40) : word.start].split()
    return len(before) > 1 and is_given(folded_word(before[-2]))


def shows_case(word: str) -> bool:
    return bool(_BARE_CASE.search(word))


def settled(people: "list[NamedPerson]") -> "list[NamedPerson]":
    """A run that begins with the surname of somebody named in full ("Bakan Örnekoğlu Londra ziyaretinde") names that one alone."""
    surnames = {person.tokens[-1] for person in people if len(person.tokens) > 1 and is_known(person)}
    for person in people:
        first = person.name.split()[0]
        if len(person.tokens) > 1 and not is_known(person) and folded_word(first) in surnames:
            start = person.places[0][0]
            person.name, person.places = first, [(start, start + len(first))]
    return people


def is_known(person: "NamedPerson") -> bool:
    return "given name" in person.reason
