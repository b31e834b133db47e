"""Forms of names: the Russian cases of a name, and the suffixes that may follow a Turkish or English one."""

import re
from functools import lru_cache

_CASES = 6  # nominative, genitive, dative, accusative, instrumental, prepositional

_ADJECTIVE = {
    "ский": ("ский", "ского", "скому", "ский", "ским", "ском"),
    "ый": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "ой": ("ой", "ого", "ому", "ой", "ым", "ом"),
    "ий": ("ий", "его", "ему", "ий", "им", "ем"),
    "ая": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "яя": ("яя", "ей", "ей", "юю", "ей", "ей"),
    "ое": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "ее": ("ее", "его", "ему", "ее", "им", "ем"),
    "ые": ("ые", "ых", "ым", "ые", "ыми", "ых"),
    "ие": ("ие", "их", "им", "ие", "ими", "их"),
}
_NOUN = (
    ("ство", ("ство", "ства", "ству", "ство", "ством", "стве")),
    ("ия", ("ия", "ии", "ии", "ию", "ией", "ии")),
    ("ье", ("ье", "ья", "ью", "ье", "ьем", "ье")),
    ("ие", ("ие", "ия", "ию", "ие", "ием", "ии")),
    ("ий", ("ий", "ия", "ию", "ия", "ием", "ии")),
    ("ья", ("ья", "ьи", "ье", "ью", "ьей", "ье")),
    ("ай", ("ай", "ая", "аю", "ая", "аем", "ае")),
    ("ей", ("ей", "ея", "ею", "ея", "еем", "ее")),
    ("ой", ("ой", "оя", "ою", "оя", "оем", "ое")),
    ("ец", ("ец", "ца", "цу", "ца", "цем", "це")),
    ("га", ("га", "ги", "ге", "гу", "гой", "ге")),
    ("ка", ("ка", "ки", "ке", "ку", "кой", "ке")),
    ("ха", ("ха", "хи", "хе", "ху", "хой", "хе")),
    ("ша", ("ша", "ши", "ше", "шу", "шей", "ше")),
    ("ча", ("ча", "чи", "че", "чу", "чей", "че")),
    ("жа", ("жа", "жи", "же", "жу", "жей", "же")),
    ("а", ("а", "ы", "е", "у", "ой", "е")),
    ("я", ("я", "и", "е", "ю", "ей", "е")),
    ("ь", ("ь", "и", "и", "ь", "ью", "и")),
    ("ы", ("ы", "", "ам", "ы", "ами", "ах")),
)
_SOFT_MASCULINE = ("ь", "я", "ю", "я", "ем", "е")
_HARD_MASCULINE = ("", "а", "у", "а", "ом", "е")
_SURNAME_MASCULINE = ("", "а", "у", "а", "ым", "е")
_SURNAME_FEMININE = ("а", "ой", "ой", "у", "ой", "ой")
_FIXED = re.compile(r"[оеуюэёи]$|ьи$")
_POSSESSIVE = re.compile(r"(?:ов|ев|ин|ын)$")
_NOT_WORD = re.compile(r"[^а-я]")


@lru_cache(maxsize=60_000)
def russian_cases(word: str, person: bool = False) -> tuple[str, ...]:
    """Return the six singular (or given plural) case forms of a folded Russian word; itself where it has none."""
    if len(word) < 3 or _NOT_WORD.search(word):
        return (word,) * _CASES
    if is_adjective(word):
        ending = "ский" if word.endswith("ский") else word[-2:]
        return tuple(word[: -len(ending)] + form for form in _ADJECTIVE[ending])
    if person and _POSSESSIVE.search(word):
        return tuple(word + form for form in _SURNAME_MASCULINE)
    if person and re.search(r"(?:ов|ев|ин|ын)а$", word):
        return tuple(word[:-1] + form for form in _SURNAME_FEMININE)
    if word.endswith("ь"):
        forms = _SOFT_MASCULINE if person or not word.endswith(("сть", "знь", "русь")) else dict(_NOUN)["ь"]
        return tuple(word[:-1] + form for form in forms)
    for ending, forms in _NOUN:
        if word.endswith(ending):
            return tuple(word[: -len(ending)] + form for form in forms)
    if _FIXED.search(word):
        return (word,) * _CASES
    return tuple(word + form for form in _HARD_MASCULINE)


def is_adjective(word: str) -> bool:
    """Whether a folded Russian word looks like an adjective (not ``Россия``, ``Китай``, ``управление``)."""
    return (
        bool(re.search(r"(?:ск|цк|[нвлрктх])(?:ий|ый|ой|ая|ое|ые)$|[кгх]ие$|(?:ая|ое|ые|ый)$", word))
        and len(word) > 5
    )


def russian_forms(words: list[str], person: bool = False) -> set[str]:
    """Return the case forms of a name: leading adjectives and their noun inflect together, what follows stays."""
    head = len(words) - 1 if person else _head_of(words)
    tail = words[head + 1 :]
    columns = [
        russian_cases(word, person) if person or at == head or is_adjective(word) else (word,) * _CASES
        for at, word in enumerate(words[: head + 1])
    ]
    return {" ".join([*row, *tail]) for row in zip(*columns, strict=True)}


def _head_of(words: list[str]) -> int:
    """The first word that is no adjective and has cases at all (not ``Милли`` of ``Милли Меджлис``, no ``Аль``)."""
    nouns = (
        i
        for i, word in enumerate(words)
        if not is_adjective(word) and len(word) > 3 and len(set(russian_cases(word))) > 1
    )
    return next(nouns, len(words) - 1)


def russian_adjective_forms(word: str) -> set[str]:
    """Return every form of an adjective given in the masculine (``турецкий``)."""
    stem, ending = word[:-2], word[-2:]
    if ending not in ("ий", "ый", "ой"):
        return {word}
    velar = stem[-1:] in "кгхшжчщ"
    i = "и" if velar or ending == "ий" else "ы"
    endings = [ending, "ого", "ому", i + "м", "ом", "ая", "ой", "ую", "ою", "ое", i + "е", i + "х", i + "ми"]
    return {stem + form for form in endings} | ({stem + "о"} if velar else set())


def russian_demonym_forms(word: str) -> set[str]:
    """Return the forms of an inhabitant's name, singular or plural (``турок``, ``турки``, ``россиянин``)."""
    if word.endswith("ы"):
        stem = word[:-1]
        return {word, stem, stem + "ев", stem + "ов", stem + "ам", stem + "ами", stem + "ах"}
    if word.endswith("и"):
        stem = word[:-1]
        return {word, stem + "ов", stem + "ам", stem + "ами", stem + "ах"}
    if word.endswith("не"):
        stem = word[:-1]
        return {word, stem, stem + "ам", stem + "ами", stem + "ах"}
    return set(russian_cases(word))


_TURKISH_SUFFIX = re.compile(
    r"(?:l[ae]r)?(?:[ıiuü]m[ıiuü]z|[ıiuü]n[ıiuü]z|s?[ıiuü])?"
    r"(?:n?[ıiuü]n|y?[ae]|n?[ae]|[yn]?[ıiuü]|n?[dt][ae](?:ki(?:l[ae]r)?)?|n?[dt][ae]n|y?l[ae]|c[ae]|l[ıiuü]|s[ıiuü]z|d[ıiuü]r|nd[ae]ki)?"
    r"(?:n[ıiuü]n|d[ae]|d[ae]n|y[ae]|y[ıiuü]|l[ae]|ki)?"
)


@lru_cache(maxsize=20_000)
def is_turkish_suffix(rest: str) -> bool:
    """Whether folded letters after a Turkish name can be its endings (``nin``, ``lere``, ``ndaki``)."""
    return len(rest) <= 12 and bool(_TURKISH_SUFFIX.fullmatch(rest))
