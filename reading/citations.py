"""How an agreement is cited: in BibTeX, in RIS and in plain words."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from entities.date_words import in_words
from entities.folding import folded
from entities.models import Agreement
from entities.partial_dates import PartialDate

# What TeX reads as a command, written so that it prints as itself.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return the text on one line: a field of these formats ends where its line ends."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def in_plain_words(agreement: Agreement, parties: Iterable[str]) -> str:
    """Return the sentence that a reader would put into a footnote."""
    names = ", ".join(parties)
    parts = [f"{agreement.title.rstrip('. ')} ({names})" if names else agreement.title.rstrip(". ")]
    if agreement.signed:
        date = in_words(agreement.signed)
        if agreement.place:
            parts.append(_("signed at %(place)s, %(date)s") % {"place": agreement.place, "date": date})
        else:
            parts.append(_("signed %(date)s") % {"date": date})
    sentences = [", ".join(parts), register_words(agreement), address_of(agreement)]
    return one_line(". ".join(sentence.rstrip(". ") for sentence in sentences if sentence))


def register_words(agreement: Agreement) -> str:
    return ", ".join(part for part in (agreement.register, agreement.reference) if part)


def address_of(agreement: Agreement) -> str:
    with override("en"):
        return f"{settings.SITE_URL}{agreement.get_absolute_url()}"


def as_bibtex(agreement: Agreement, parties: Iterable[str]) -> str:
    date = agreement.first_known_date
    fields = {
        "title": f"{{{tex(agreement.title)}}}",
        "organization": " and ".join(f"{{{tex(name)}}}" for name in parties),
        "date": _edtf(date),
        "year": str(date.year) if date else "",
        "type": tex(str(agreement.get_kind_display())),
        "address": tex(agreement.place),
        "howpublished": tex(register_words(agreement)),
        "language": tex(agreement.name_language),
        "url": bare(address_of(agreement)),
        "note": tex(agreement.text_url and f"Official text: {agreement.text_url}"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{bibtex_key(agreement)},", *lines, "}", ""])


def tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in one_line(text))


def bare(address: str) -> str:
    """Return an address for a verbatim field, in which braces must not be left open."""
    return one_line(address).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def bibtex_key(agreement: Agreement) -> str:
    """Return the address in ASCII, for what refers to the entry from a text."""
    word = re.sub(r"[^a-z0-9]+", "-", folded(agreement.slug or "")).strip("-")
    return word or f"agreement-{agreement.pk}"


def _edtf(date: PartialDate | None) -> str:
    return str(date) if date else ""


def as_ris(agreement: Agreement, parties: Iterable[str]) -> str:
    date = agreement.first_known_date
    fields = [
        ("TY", "GEN"),
        ("TI", agreement.title),
        *(("AU", name) for name in parties),
        ("PY", f"{date.year:04}" if date else ""),
        ("DA", _ris_date(date)),
        ("M3", str(agreement.get_kind_display())),
        ("CY", agreement.place),
        ("T2", agreement.register),
        ("AN", agreement.reference),
        ("LA", agreement.name_language),
        ("UR", address_of(agreement)),
        ("L2", agreement.text_url),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value and one_line(value)]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_date(date: PartialDate | None) -> str:
    """Return year/month/day/other as far as known; a span or a doubt stands in the last part."""
    if date is None:
        return ""
    if date.is_span:
        return f"{date.year:04}///{date}"
    year, month, day = [*date.text.rstrip("?~").split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/{date if date.text[-1] in '?~' else ''}"


FORMS = {
    "bib": (as_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8"),
    "txt": (in_plain_words, "text/plain; charset=utf-8"),
}
