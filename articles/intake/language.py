"""The language of a text: quickly sure for English, Russian and Turkish, by a model for the rest."""

import re

_WORDS = {
    "en": "the of and to in is for that with was on as by are at from this has have will be its which",
    "ru": "и в не на что с по из для как это от его к о за он был также который при до году",
    "tr": "ve bir bu ile için olarak olan da de çok en daha sonra kadar ise olduğu gibi tarafından arasında ancak",
}
_COMMON = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_CYRILLIC = re.compile("[іїєґўқғңһәөүұҳҷӣӯјљњћђѓќџ]")


def language_of(text: str) -> str:
    """Return the ISO 639 code of the language that most of the text is in."""
    sample = text[:6000]
    words = [word.replace("İ", "i").lower() for word in _WORD.findall(sample)]
    sure = _quickly(sample.lower(), words)
    return sure or _modelled(sample)


def _quickly(sample: str, words: list[str]) -> str:
    if not words:
        return "en"
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    share = counts[best] / len(words)
    if counts[best] < 2 or counts[best] < 2 * counts[second] or share < 0.04:
        return ""
    if best == "ru" and len(_FOREIGN_CYRILLIC.findall(sample)) > len(sample) / 200:
        return ""
    if best == "tr" and sample.count("ə") > len(sample) / 200:
        return ""
    return best


def _modelled(sample: str) -> str:
    from py3langid import rank  # loads for two seconds: only when needed

    (guess, best), (_, second) = rank(sample)[:2]
    if best - second > 8 or len(sample) > 400:
        return guess
    return _by_letters(sample) or guess


def _by_letters(sample: str) -> str:
    """The last word on a few words: the letters they are written in."""
    cyrillic = len(re.findall("[а-яё]", sample, re.IGNORECASE))
    turkish = len(re.findall("[ğışİĞŞçöü]", sample))
    latin = len(re.findall("[a-z]", sample, re.IGNORECASE))
    if cyrillic > latin:
        return "" if _FOREIGN_CYRILLIC.search(sample.lower()) else "ru"
    return "tr" if turkish > latin / 25 else "en"
