"""The public register as files that the importers read back: what a visitor may see, and nothing else."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article
from entities.exchange.csv_rows import armed
from entities.exchange.importing import iso
from entities.models import Agreement, Name, Organisation, Person, Source, Tag

DICTIONARY: dict[str, dict[str, str]] = {
    "sources": {
        "name": "who published first",
        "website": "its address",
        "country": "code of its country",
        "rights": "full, excerpt or link: what we may show of its texts",
    },
    "tags": {"name": "the tag", "synonyms": "other spellings that mean it"},
    "organisations": {
        "slug": "permanent address under /organisations/",
        "name": "name shown",
        "name_language": "its language",
        "aliases": "other names: text, language, kind",
        "kind": "company, ministry, agency, …",
        "country": "code of its country",
        "parent": "organisation that it is part of",
        "website": "its address",
        "told_apart_by": "what tells it from another of its name",
    },
    "people": {
        "slug": "permanent address under /people/",
        "name": "name shown",
        "name_language": "its language",
        "aliases": "other names: text, language, kind",
        "country": "code of the country",
        "positions": "title, organisation, country, since, until",
        "told_apart_by": "what tells them from another of the name",
    },
    "agreements": {
        "slug": "permanent address under /agreements/",
        "title": "title shown",
        "name_language": "its language",
        "aliases": "other titles: text, language, kind",
        "kind": "treaty, agreement, memorandum, declaration, protocol, programme or contract",
        "sides": "bilateral or multilateral, where the register says so; empty: counted from the parties",
        "signed": "date of signature, as precisely as known (EDTF)",
        "in_force": "date of entry into force",
        "ended": "date of its end",
        "checked_on": "when the status was last checked",
        "parties": "party (country code or organisation), capacity, own dates, from_title (unconfirmed)",
        "subject": "tags",
        "place": "place of signature",
        "url": "official text",
        "register": "register that it comes from",
        "reference": "its reference there",
        "summary": "what it is about, in our words",
        "relations": "type (amends, supersedes, implements, cites) and the agreement it points to",
    },
    "articles": {
        "slug": "permanent address under /stories/",
        "title": "headline",
        "published": "the source's date, as precisely as known (EDTF)",
        "date_missing": "yes when the source gives no date",
        "language": "language of the text",
        "summary": "our own summary",
        "body": "text as HTML, where the source's rights are full",
        "source": "who published it first",
        "source_url": "address there",
        "byline": "who wrote it",
        "countries": "codes of all countries that it is about or names",
        "primary_countries": "codes of those that it is about",
        "organisations": "names, or @slug where a name does not tell",
        "people": "names, or @slug",
        "agreements": "titles, or @slug",
        "tags": "tags",
        "evidence": "for each name, code or title the sentence that supports the link",
    },
}


def export_register(directory: Path) -> dict[str, int]:
    """Write every file and return the number of rows in each."""
    directory.mkdir(parents=True, exist_ok=True)
    rows: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
        "sources": _sources,
        "tags": _tags,
        "organisations": _organisations,
        "people": _people,
        "agreements": _agreements,
        "articles": _articles,
    }
    counts = {name: _write(directory, name, list(read())) for name, read in rows.items()}
    _write_dictionary(directory, counts)
    return counts


def _write(directory: Path, name: str, rows: list[dict[str, Any]]) -> int:
    with (directory / f"{name}.json").open("w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)
        file.write("\n")
    with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(DICTIONARY[name])
        writer.writerows([[cell(row[column]) for column in DICTIONARY[name]] for row in rows])
    return len(rows)


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        plain = isinstance(value, list) and all(isinstance(item, str) and ";" not in item for item in value)
        value = "; ".join(value) if plain else json.dumps(value, ensure_ascii=False)
    return armed(str(value))


def _write_dictionary(directory: Path, counts: dict[str, int]) -> None:
    lines = [
        f"# The register on {timezone.now():%Y-%m-%d}",
        "",
        "Each table as CSV and as JSON, with the same columns.",
    ]
    for name, columns in DICTIONARY.items():
        lines += ["", f"## {name}: {counts[name]} rows", "", "| column | meaning |", "|---|---|"]
        lines += [f"| {column} | {meaning} |" for column, meaning in columns.items()]
    (directory / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def names_by_key(model: type, label: str) -> dict[int, str]:
    """Return by key how other rows name a public record: its name, or ``@slug`` where others bear it too."""
    owner = model._meta.model_name
    bearers = Counter(
        Name.objects.filter(**{f"{owner}__isnull": False})
        .values_list("key", owner)
        .distinct()
        .values_list("key", flat=True)
    )
    return {
        pk: name if bearers[key] == 1 else f"@{slug}"
        for pk, name, key, slug in model.objects.published().values_list("pk", label, "key", "slug")
    }


def _aliases(record: Any) -> list[dict[str, str]]:
    names = [name for name in record.names.all() if not name.is_main]
    return [
        {"text": name.text, "language": name.language, "kind": name.kind}
        for name in sorted(names, key=lambda name: (name.text, name.language, name.kind))
    ]


def _sources() -> Iterator[dict[str, Any]]:
    used = Article.objects.published().values("source")
    for source in Source.objects.filter(pk__in=used).select_related("country").order_by("key"):
        yield {
            "name": source.name,
            "website": source.website,
            "country": source.country.code if source.country else "",
            "rights": source.rights,
        }


def _tags() -> Iterator[dict[str, Any]]:
    stories = Tag.objects.filter(tagged_articles__content_object__in=Article.objects.published())
    agreements = Tag.objects.filter(tagged_agreements__content_object__in=Agreement.objects.published())
    used = set(stories.values_list("pk", flat=True)) | set(agreements.values_list("pk", flat=True))
    for tag in Tag.objects.filter(pk__in=used).prefetch_related("synonyms").order_by("key"):
        yield {"name": tag.name, "synonyms": sorted(synonym.text for synonym in tag.synonyms.all())}


def _organisations() -> Iterator[dict[str, Any]]:
    called = names_by_key(Organisation, "name")
    records = Organisation.objects.published().select_related("country", "parent").prefetch_related("names")
    for record in records.order_by("key", "slug"):
        yield {
            "slug": record.slug,
            "name": record.name,
            "name_language": record.name_language,
            "aliases": _aliases(record),
            "kind": record.kind,
            "country": record.country.code if record.country else "",
            "parent": called.get(record.parent_id, ""),
            "website": record.website,
            "told_apart_by": record.told_apart_by,
        }


def _people() -> Iterator[dict[str, Any]]:
    called = names_by_key(Organisation, "name")
    records = (
        Person.objects.published().select_related("country").prefetch_related("names", "positions__country")
    )
    for record in records.order_by("key", "slug"):
        yield {
            "slug": record.slug,
            "name": record.name,
            "name_language": record.name_language,
            "aliases": _aliases(record),
            "country": record.country.code if record.country else "",
            "positions": [
                {
                    "title": position.title,
                    "organisation": called.get(position.organisation_id, ""),
                    "country": position.country.code if position.country else "",
                    "since": iso(position.since),
                    "until": iso(position.until),
                }
                for position in sorted(record.positions.all(), key=lambda p: (str(p.since), p.title, p.pk))
                if position.organisation_id is None or position.organisation_id in called
            ],
            "told_apart_by": record.told_apart_by,
        }


def _agreements() -> Iterator[dict[str, Any]]:
    queryset = Agreement.objects.published().order_by("key", "slug")
    return agreements_as_rows(queryset, names_by_key(Agreement, "title"), names_by_key(Organisation, "name"))


def agreements_as_rows(
    queryset: QuerySet[Agreement], called: dict[int, str], organisations: dict[int, str]
) -> Iterator[dict[str, Any]]:
    """Yield these agreements with the columns of the dictionary, given how others are called by key."""
    for record in queryset.prefetch_related("names", "parties__country", "subjects", "relations"):
        row = {
            name: getattr(record, name)
            for name in (
                "slug",
                "title",
                "name_language",
                "kind",
                "sides",
                "place",
                "register",
                "reference",
                "summary",
            )
        }
        row.update(
            {name: iso(getattr(record, name)) for name in ("signed", "in_force", "ended", "checked_on")}
        )
        row["url"] = record.text_url
        row["aliases"] = _aliases(record)
        row["parties"] = [
            {
                "party": party.country.code if party.country else organisations[party.organisation_id],
                "capacity": party.capacity,
                **{date: iso(getattr(party, date)) for date in ("signed", "in_force", "ended")},
                **({"from_title": True} if party.is_from_title else {}),
            }
            for party in sorted(record.parties.all(), key=lambda party: (party.position, party.pk))
            if party.country_id or party.organisation_id in organisations
        ]
        row["subject"] = sorted(tag.name for tag in record.subjects.all())
        row["relations"] = [
            {"type": relation.kind, "to": called[relation.target_id]}
            for relation in sorted(
                record.relations.all(), key=lambda relation: (relation.kind, relation.target_id)
            )
            if relation.target_id in called
        ]
        yield row


def _articles() -> Iterator[dict[str, Any]]:
    called = {
        "organisation": names_by_key(Organisation, "name"),
        "person": names_by_key(Person, "name"),
        "agreement": names_by_key(Agreement, "title"),
    }
    records = (
        Article.objects.published()
        .select_related("source", "text")
        .prefetch_related("tags", "mentions__country")
    )
    for article in records.order_by("slug"):
        yield {**_story(article), **_links(article, called)}


def _story(article: Article) -> dict[str, Any]:
    full = article.source.rights == Source.Rights.FULL and hasattr(article, "text")
    return {
        "slug": article.slug,
        "title": article.title,
        "published": iso(article.dated),
        "date_missing": article.date_missing,
        "language": article.language,
        "summary": article.summary,
        "body": article.text.body if full else "",
        "source": article.source.name,
        "source_url": article.source_url,
        "byline": article.byline,
        "tags": sorted(tag.name for tag in article.tags.all()),
    }


def _links(article: Article, called: dict[str, dict[int, str]]) -> dict[str, Any]:
    links: dict[str, list[str]] = {
        name: [] for name in ("countries", "primary_countries", "organisations", "people", "agreements")
    }
    columns = {"organisation": "organisations", "person": "people", "agreement": "agreements"}
    evidence = {}
    may_quote_text = article.source.rights != Source.Rights.LINK
    for mention in article.mentions.all():
        if mention.kind == "country":
            name = mention.country.code
            links["countries"].append(name)
            if mention.about:
                links["primary_countries"].append(name)
        else:
            name = called[mention.kind].get(getattr(mention, f"{mention.kind}_id"))
            if name is None:
                continue
            links[columns[mention.kind]].append(name)
        shown = [quote for quote in mention.quotes if quote["field"] == "summary" or may_quote_text]
        if shown and not mention.evidence_lost:
            evidence[name] = shown[0]["exact"]
    return {
        **{column: sorted(names) for column, names in links.items()},
        "evidence": dict(sorted(evidence.items())),
    }
