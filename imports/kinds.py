"""What can be brought in from the desk, and what each kind of record may be told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.exchange import articles
from articles.exchange.wordpress import read_wordpress
from entities.exchange import agreements, organisations, people, sources
from entities.exchange.importing import RowImporter
from entities.exchange.rows import READABLE, RowFile


@dataclass(frozen=True)
class Kind:
    """``more_files`` are suffixes that this kind alone reads, and what reads them."""

    title: str | Promise
    importer: type[RowImporter]
    columns: tuple[str, ...]
    may_publish: bool = False
    more_files: tuple[tuple[str, Callable[[Path], RowFile]], ...] = ()

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (*READABLE, *dict(self.more_files))


_WORDPRESS = ((".xml", read_wordpress), (".wxr", read_wordpress))
KINDS = {
    "agreement": Kind(_("agreements"), agreements.AgreementImporter, agreements.COLUMNS),
    "organisation": Kind(_("organisations"), organisations.OrganisationImporter, organisations.COLUMNS),
    "person": Kind(_("people"), people.PersonImporter, people.COLUMNS),
    "article": Kind(_("articles"), articles.ArticleImporter, articles.COLUMNS, True, _WORDPRESS),
    "source": Kind(_("sources"), sources.SourceImporter, sources.COLUMNS),
    "tag": Kind(_("tags"), sources.TagImporter, sources.TAG_COLUMNS),
}

COLUMN_TITLES = {
    "title": _("title"),
    "name": _("name"),
    "name_language": _("language of the name"),
    "aliases": _("other names"),
    "kind": _("kind"),
    "sides": _("bilateral or multilateral"),
    "signed": _("signed"),
    "in_force": _("in force since"),
    "ended": _("ended"),
    "checked_on": _("last checked on"),
    "parties": _("parties"),
    "subject": _("subjects"),
    "place": _("place"),
    "url": _("address of the text"),
    "register": _("register"),
    "reference": _("reference in the register"),
    "summary": _("summary"),
    "relations": _("relations"),
    "slug": _("last part of the address"),
    "acronym": _("acronym"),
    "country": _("country"),
    "parent": _("part of"),
    "belongs_to": _("country or parent organisation"),
    "website": _("website"),
    "told_apart_by": _("told apart by"),
    "positions": _("positions"),
    "published": _("date"),
    "date_missing": _("without a date"),
    "language": _("language"),
    "body": _("text in HTML"),
    "text": _("plain text"),
    "source": _("source"),
    "source_url": _("address at the source"),
    "byline": _("byline"),
    "countries": _("countries"),
    "primary_countries": _("partner countries"),
    "organisations": _("organisations"),
    "people": _("people"),
    "agreements": _("agreements"),
    "tags": _("tags"),
    "evidence": _("sentences that show it"),
    "rights": _("rights"),
    "synonyms": _("synonyms"),
    "links": _("links"),
}
OUTCOMES = {
    "new": _("new"),
    "updated": _("changed"),
    "unchanged": _("unchanged"),
    "skipped": _("skipped"),
    "refused": _("refused"),
    "note": _("note"),
}


def column_title(ours: str) -> str:
    return str(COLUMN_TITLES.get(ours, ours))
