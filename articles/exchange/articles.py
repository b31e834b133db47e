from typing import Any

from django.core.exceptions import ValidationError

from articles.identity import identity_of
from articles.intake.proposing import propose
from articles.models import Article, TaggedArticle
from articles.sanitising import sanitised
from articles.texts import digest_of, find_quotes_again, markup_of, plain_text, set_body
from entities.exchange.dates import Order
from entities.exchange.fields import Cells, Refused
from entities.exchange.importing import Item, RowImporter, iso
from entities.exchange.reporting import Report
from entities.exchange.row import Row
from entities.folding import folded
from entities.models import ImportedRow, Source, Tag

from .links import LISTS, Link, countries_in, record_named, write_links

COLUMNS = (
    *(
        "title",
        "slug",
        "published",
        "date_missing",
        "language",
        "summary",
        "body",
        "text",
        "source",
        "source_url",
    ),
    *(
        "byline",
        "countries",
        "primary_countries",
        "organisations",
        "people",
        "agreements",
        "tags",
        "evidence",
    ),
)


class ArticleImporter(RowImporter):
    kind = "article"
    model = Article

    main_column = "title"
    date_columns = ("published",)

    def __init__(
        self,
        *,
        dry_run: bool = False,
        dates: Order = Order.UNKNOWN,
        publish: bool = False,
        recognise: bool | None = None,
    ) -> None:
        super().__init__(dry_run=dry_run, dates=dates)
        self.publish, self.recognise = publish, recognise
        self._targets: dict[tuple[str, str], Link] = {}
        self._sources: dict[str, Source] = {}

    def identity(self, cells: Cells, wanted: dict[str, Any]) -> tuple[Any, ...]:
        return (self._identity(cells),)

    def _identity(self, cells: Cells) -> str:
        if not hasattr(cells, "article_identity"):
            cells.article_identity = identity_of(
                url=cells.text("source_url"),
                source=cells.text("source"),
                title=cells.text("title"),
                dated=cells.date("published"),
                plain=plain_text(self._body(cells)),
            )
        return cells.article_identity

    def undone(self) -> None:
        self._targets.clear()
        self._sources.clear()

    def _body(self, cells: Cells) -> str:
        """The row's text as markup, made once."""
        if not hasattr(cells, "body"):
            body, text = cells.text("body"), cells.text("text")
            cells.body = sanitised(body or markup_of(text)) if body or text else ""
        return cells.body

    def marks(self, item: Item) -> tuple[set[Any], set[Any]]:
        return {item.identity, self._identity(item.cells)}, set()

    def load(self, keys: set[int]) -> dict[int, Article]:
        return _RECORDS.in_bulk(keys)

    def look_up(self, items: list[Item]) -> None:
        identities = [self._identity(item.cells) for item in items]
        self._by_identity = {record.identity: record for record in _RECORDS.filter(identity__in=identities)}

    def find(self, item: Item) -> Article | None:
        return self._by_identity.get(self._identity(item.cells))

    def wanted(self, cells: Cells) -> dict[str, Any]:
        wanted: dict[str, Any] = {"title": cells.name("title", longest=500)}
        if cells.has("published"):
            wanted["published"] = iso(cells.date("published"))
            wanted["date_missing"] = cells.flag("date_missing") and not wanted["published"]
        for name, longest in (("language", 12), ("summary", 20_000), ("byline", 300), ("source", 300)):
            if cells.has(name):
                wanted[name] = cells.text(name, longest=longest)
        if not wanted.get("language", "en"):
            raise Refused("language: is empty")
        if cells.has("source_url"):
            wanted["source_url"] = cells.url("source_url")
        if cells.has("body") or cells.has("text"):
            wanted["body"] = digest_of(self._body(cells))
        if cells.has("tags"):
            wanted["tags"] = sorted({folded(str(tag)): str(tag) for tag in cells.list("tags")}.values())
        wanted["links"] = self._links(cells)
        return wanted

    def _links(self, cells: Cells) -> list[list[Any]]:
        """[kind, code or name, about, evidence] for every record that the row names."""
        evidence = {str(name): str(sentence) for name, sentence in cells.mapping("evidence").items()}
        primary = cells.list("primary_countries") if cells.has("primary_countries") else None
        links = [
            ["country", code, about, evidence.get(code) or evidence.get(code.upper(), "")]
            for code, about in countries_in(self.countries, cells.list("countries"), primary or None)
        ]
        for column, kind in LISTS.items():
            for name in cells.list(column):
                if not isinstance(name, str):
                    raise Refused(f"{column}: “{name}” is no name")
                links.append([kind, name, False, evidence.get(name, "")])
        return links

    def present(self, record: Article, wanted: dict[str, Any]) -> dict[str, Any]:
        now: dict[str, Any] = {
            name: getattr(record, name) for name in ("title", "language", "summary", "byline", "source_url")
        }
        now["published"], now["date_missing"] = iso(record.dated), record.date_missing
        now["source"] = record.source.name if record.source else ""
        if folded(now["source"]) == folded(wanted.get("source", "")):
            now["source"] = wanted.get("source", "")
        now["body"] = digest_of(record.text.body) if hasattr(record, "text") else ""
        tags = {tag.key: tag.name for tag in record.tags.all()}
        keys = {folded(tag) for tag in wanted.get("tags", [])}
        now["tags"] = wanted.get("tags") if set(tags) == keys else sorted(tags.values())
        # Links are compared with what was last imported: an editor's judgement is never undone by a file.
        now["links"] = self._last_links(record)
        return now

    def _last_links(self, record: Article) -> list[list[Any]]:
        if record.pk in self.last:
            return self.last[record.pk].get("links", [])
        last = (
            ImportedRow.objects.filter(kind=self.kind, record_id=record.pk).order_by("-imported_at").first()
        )
        return last.values.get("links", []) if last else []

    def prepare(self, rows: list[Row], report: Report) -> None:
        if self.recognise is None:
            self.recognise = not any(row.values.keys() & {"countries", *LISTS} for row in rows)

    def write_all(self, items: list[Item]) -> None:
        for item in items:
            self.notes, self.cells = item.notes, item.cells
            if item.changes or item.record is None:
                item.record = self.write(item.record, item.changes)
            self.finish(item.record, item.cells)
            if self.recognise and {"title", "body"} & item.changes.keys() and "body" in item.wanted:
                propose(item.record)

    def write(self, record: Article | None, changes: dict[str, Any]) -> Article:
        made = record is None
        record = record or Article(identity=self._identity(self.cells))
        old = {"summary": record.summary}
        for name in ("title", "language", "summary", "byline", "source_url", "date_missing"):
            if name in changes:
                setattr(record, name, changes[name])
        if "published" in changes:
            record.dated = changes["published"]
        if "source" in changes:
            record.source = self._source(changes["source"])
        record.clean_fields(exclude=["slug", "identity", "source", "created_by"])
        record.save()
        if "body" in changes:
            set_body(record, self._body(self.cells))
        if "summary" in changes:
            find_quotes_again(record, old=old)
        if "tags" in changes:
            self._write_tags(record, changes["tags"], made)
        if "links" in changes:
            self._write_links(record, changes["links"])
        return record

    def _source(self, name: str) -> Source | None:
        if name and name not in self._sources:
            self._sources[name] = Source.objects.called(name)
        return self._sources.get(name)

    def _write_tags(self, record: Article, names: list[str], made: bool) -> None:
        if made:
            tags = Tag.objects.named(names) if names else []
            TaggedArticle.objects.bulk_create(TaggedArticle(tag=tag, content_object=record) for tag in tags)
        else:
            record.tags.set(names)

    def _write_links(self, record: Article, links: list[list[Any]]) -> None:
        wanted = {self._target(kind, name): (about, evidence) for kind, name, about, evidence in links}
        wanted.pop(None, None)
        imported = {self._target(kind, name) for kind, name, *_rest in self._last_links(record)}
        write_links(record, wanted, imported, self.notes)

    def _target(self, kind: str, name: str) -> tuple[str, int] | None:
        if kind == "country":
            return kind, self.countries.by_code[name].pk
        if (kind, name) not in self._targets:
            target = record_named(kind, name, self.notes)
            if target is None:
                return None
            self._targets[kind, name] = kind, target.pk
        return self._targets[kind, name]

    def finish(self, record: Article, cells: Cells) -> None:
        identity = self._identity(cells)
        if record.identity != identity and not Article.objects.filter(identity=identity).exists():
            record.identity = identity
            record.save(update_fields=["identity"])
        if self.publish and not record.is_published and record.state != Article.State.WITHDRAWN:
            self._publish(record, cells.text("slug", longest=80))

    def _publish(self, record: Article, slug: str) -> None:
        if slug and not record.slug:
            record.take_address(slug)
        try:
            record.publish(as_news=False)
        except ValidationError as error:
            self.notes.append(f"kept as a draft: {' '.join(error.messages)}")


_RECORDS = Article.objects.select_related("source", "text").prefetch_related("tags")
