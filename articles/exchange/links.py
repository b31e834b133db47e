"""The links of an imported story: which records it names, and the words that say so."""

from typing import Any

from django.db import models

from articles.intake.sentences import Sentences
from articles.models import Article, Mention
from articles.quotes import Quote, quote_at, quote_of
from entities.exchange.fields import Refused
from entities.exchange.resolving import (
    FULL_NAMES,
    Countries,
    agreement_called,
    organisation_named,
    person_named,
)
from entities.folding import folded
from entities.models import Name, Organisation, Person

LISTS = {"organisations": "organisation", "people": "person", "agreements": "agreement"}


def countries_in(countries: Countries, codes: list[Any], primary: list[Any] | None) -> list[list[Any]]:
    """Return [code, about] for every country of a row; all are "about" unless the row says which."""
    named = {countries.named(str(item), "countries").code for item in codes}
    if primary is None:
        about = set(named)
    else:
        about = {countries.named(str(item), "primary_countries").code for item in primary}
    return [[code, code in about] for code in sorted(named | about)]


def record_named(kind: str, name: str, notes: list[str]) -> models.Model | None:
    """Return the record, made when it is an organisation or person that nobody has brought yet."""
    if kind == "agreement":
        record = agreement_called(name)
        if record is None:
            notes.append(f"agreements: “{name}” is not in the register; the story is not linked to it")
        return record
    model, find = (Organisation, organisation_named) if kind == "organisation" else (Person, person_named)
    record = find(name)
    if record is None:
        if not folded(name):
            raise Refused(f"{kind}: “{name}” has no letter or digit")
        record = model(name=name)
        record.clean_fields(exclude=["slug"])
        record.save()
        model.objects.filter(pk=record.pk).release()
        notes.append(f"{kind}: “{name}” was not there and has been made")
    return record


type Link = tuple[str, int]  # kind and key of the record


def write_links(
    article: Article, wanted: dict[Link, tuple[bool, str]], imported: set[Link], notes: list[str]
) -> None:
    """Make the article's links those of ``wanted`` (link → about, evidence).

    ``imported`` are those of the last import: one of them that is gone was taken away by an editor and stays away;
    one that an editor confirmed stays though the file has dropped it.
    """
    present = {
        (mention.kind, getattr(mention, f"{mention.kind}_id")): mention for mention in article.mentions.all()
    }
    for link, mention in present.items():
        if link in imported and link not in wanted and mention.confirmed_by_id is None:
            mention.delete()
    finder = QuoteFinder(article)
    made: list[Mention] = []
    for link, (about, evidence) in wanted.items():
        if link in imported and link not in present:
            continue
        mention = present.get(link) or Mention(article=article, **{f"{link[0]}_id": link[1]})
        quotes = finder.quotes(link, evidence, notes)
        lost = mention.evidence_lost and not quotes
        if mention.pk is None or (mention.about, mention.quotes) != (about, quotes or mention.quotes):
            mention.about, mention.quotes, mention.evidence_lost = about, quotes or mention.quotes, lost
            if mention.pk is None:
                made.append(mention)
            else:
                mention.save()
    Mention.objects.bulk_create(made)


class QuoteFinder:
    """Looks for the sentence of a link: the one that was given, else the first that holds one of its names."""

    def __init__(self, article: Article) -> None:
        plain = article.text.plain if hasattr(article, "text") else ""
        self.fields = {"text": plain, "summary": article.summary}

    def quotes(self, link: Link, given: str, notes: list[str]) -> list[Quote]:
        if given:
            for field, source in self.fields.items():
                if quote := quote_of(given, source, field):
                    return [quote]
            notes.append(f"evidence: “{given[:60]}” stands neither in the text nor in the summary")
        kind, record_id = link
        names = Name.objects.filter(
            **{f"{kind}_id": record_id}, kind__in=[*FULL_NAMES, "acronym", "adjective"]
        )
        texts = sorted(set(names.values_list("text", flat=True)), key=len, reverse=True)
        for field, source in self.fields.items():
            for text in texts:
                if quote := _first_sentence_with(text, source, field):
                    return [quote]
        return []


def _first_sentence_with(words: str, source: str, field: str) -> Quote | None:
    start = source.find(words) if len(words) > 2 else -1
    if start < 0:
        return None
    sentence = Sentences(source).at(start)
    return quote_at(source, sentence.start, sentence.end, field)
