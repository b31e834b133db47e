"""The words that support a link, as far as the source's rights let readers see them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.intake.sentences import Sentences
from articles.models import Mention
from entities.models import Source

_SENTENCE_ENDS = re.compile(r"[.!?…][\"”»’)\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Passage:
    before: str
    exact: str
    after: str
    language: str = ""
    anchor: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the quoted words are the whole passage, so that nothing needs marking in it."""
        return not (self.before.strip() or self.after.strip())


def shown_quotes(mention: Mention, rights: str) -> list[dict]:
    """Return the quotes a reader may see: under *link only* none but those of our own summary."""
    if mention.evidence_lost:
        return []
    return [
        quote
        for quote in mention.quotes
        if quote.get("exact") and (quote.get("field") == "summary" or rights != Source.Rights.LINK)
    ]


def passage(quote: dict, language: str = "") -> Passage:
    """Return the quote with what is known around it, cut at the ends of its sentence or marked as cut."""
    before, after = quote.get("before") or "", quote.get("after") or ""
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(before)]
    if ends:
        before = before[ends[-1] :]
    elif quote.get("start", 0) > len(before):
        before = f"… {before.partition(' ')[2]}" if " " in before else "… "
    end = _SENTENCE_ENDS.search(f"{after} ")
    if quote["exact"].rstrip().endswith((".", "!", "?")):
        after = ""
    elif end:
        after = after[: end.end()].rstrip()
    elif after:
        after = f"{after.rpartition(' ')[0]} …" if " " in after else " …"
    return Passage(before, quote["exact"], after, language)


class Quoted:
    """Passages widened to whole sentences of the texts they stand in."""

    def __init__(self, language: str, **texts: str) -> None:
        self.language = language
        self.texts = texts
        self.sentences = {field: Sentences(text) for field, text in texts.items() if text}

    def passage(self, quote: dict) -> Passage:
        field, start, end = quote.get("field", "text"), quote.get("start", -1), quote.get("end", -1)
        text = self.texts.get(field, "")
        if field not in self.sentences or text[start:end] != quote["exact"]:
            return passage(quote, self.language)
        first, last = self.sentences[field].at(start), self.sentences[field].at(max(start, end - 1))
        return Passage(
            text[first.start : start],
            quote["exact"],
            text[end : max(end, last.end)],
            self.language,
            _anchor(field, start),
        )


def _anchor(field: str, start: int) -> str:
    return f"q{start}" if field == "text" else ""


def passages_of(mentions: Iterable[Mention], rights: dict[int, tuple[str, str]]) -> dict[int, Passage]:
    """Return the first passage that may be shown for each article, given its (rights, language)."""
    found = {}
    for mention in mentions:
        right, language = rights[mention.article_id]
        quotes = shown_quotes(mention, right)
        if quotes:
            found[mention.article_id] = passage(quotes[0], language)
    return found
