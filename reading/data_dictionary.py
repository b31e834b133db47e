"""What each column of an agreement's row in a file means, for readers."""

from django.utils.translation import gettext_lazy as _

AGREEMENT_COLUMNS = {
    "slug": _("permanent address under /agreements/"),
    "title": _("title shown"),
    "name_language": _("language of the title"),
    "aliases": _("other titles: text, language and kind of each"),
    "kind": _("treaty, agreement, memorandum, declaration, protocol, programme or contract"),
    "sides": _("bilateral or multilateral, where its register says so; empty: count the parties"),
    "signed": _(
        "date of signature, as precisely as known: 1994-04-01, 1994-04, 1994, 1994?, 1994~ or 1990/1992 (EDTF)"
    ),
    "in_force": _("date of entry into force"),
    "ended": _("date of its end"),
    "checked_on": _("when the dates were last checked"),
    "parties": _(
        "each party: code of a country or name of an organisation, its capacity, its own dates, and from_title where it"
        " was read from the title and nobody has confirmed it"
    ),
    "subject": _("subjects"),
    "place": _("place of signature"),
    "url": _("address of the official text"),
    "register": _("register that it comes from"),
    "reference": _("its reference there"),
    "summary": _("what it is about, in our words"),
    "relations": _("amends, supersedes, implements or cites, and the agreement that this points to"),
}


def columns_in_words() -> list[tuple[str, str]]:
    return [(column, str(meaning)) for column, meaning in AGREEMENT_COLUMNS.items()]
