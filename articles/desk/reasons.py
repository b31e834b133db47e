"""Why something is proposed, in the editor's words: the recogniser notes its reasons in English."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from entities.date_words import in_words
from entities.partial_dates import InvalidPartialDate, parse

# What it says word for word; the kinds of agreements and names it says are marked where they are defined.
_SAID = (
    # countries
    *(_("inhabitants"), _("capital standing for its government"), _("part of the country")),
    # agreements
    *(_("signed during the visit told before"), _("the document itself"), _("signed today")),
    # people
    *(_("given name"), _("initials"), _("patronymic"), _("surname after a title"), _("looks like a surname")),
    *(_("name of a government's head"), _("title of a person"), _("title after the name")),
    *(_("speaks or acts"), _("named again by surname"), _("listed with people"), _("signature")),
    _("the name in Latin letters after it"),
    # organisations
    *(_("a body by its name"), _("a company by its name"), _("a party by its name"), _("a legal form")),
    *(_("an embassy"), _("an organisation known everywhere"), _("short name of a body")),
    *(_("name in Latin letters"), _("in quotation marks"), _("in quotation marks after its form")),
    *(
        _("in quotation marks after"),
        _("listed with organisations"),
        _("capitals"),
        _("written like a company"),
    ),
    *(_("does what a company does"), _("among companies"), _("has or makes something")),
    *(_("beside a person or another body"), _("a state's body"), _("after"), _("again and again")),
    *(
        _("said to be a company"),
        _("called a company"),
        _("a company by its code"),
        _("a company by its form"),
    ),
    *(_("a company by its trade"), _("a government by its name"), _("appointed"), _("led or tried")),
    *(_("has officials"), _("family name first")),
    *(
        _("office before the name"),
        _("has a director"),
        _("has a chief executive"),
        _("a country's"),
        _("a party"),
    ),
    *(_("does what firms do"), _("has what firms have"), _("a source that is quoted")),
    # names of the register
    *(_("known by its official name"), _("known by its short name"), _("known by its former name")),
    *(_("known by its acronym name"), _("known by its transliteration name"), _("sounds like a known name")),
    *(_("known by its title and parties"), _("known by its parties and date")),
    # dates of the register's agreements
    *(_("says when it entered into force"), _("says when it ended")),
)
_DATED = re.compile(r"(signed …|dated) (\S+)")
_WITH_DETAIL = re.compile(r"(.+?) ([(“].*)")


def in_editors_words(reason: str) -> str:
    """The reason part by part; what has no translation stays as it is."""
    return ", ".join(_part(part) for part in reason.split(", "))


def _part(part: str) -> str:
    if part.startswith("planned "):
        return gettext("planned: %(what)s") % {"what": gettext(part.removeprefix("planned "))}
    if dated := _DATED.fullmatch(part):
        said = gettext("signed: %(date)s") if dated[1] != "dated" else gettext("dated: %(date)s")
        return said % {"date": _date(dated[2])}
    if detailed := _WITH_DETAIL.fullmatch(part):
        return f"{gettext(detailed[1])} {detailed[2]}"
    return gettext(part) if part else ""


def _date(text: str) -> str:
    try:
        return in_words(parse(text))
    except InvalidPartialDate:
        return text
