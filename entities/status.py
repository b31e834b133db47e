"""What an agreement's dates say of it on a given day. Nothing here is stored; unknown is never "in force"."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from .date_words import After, in_words
from .partial_dates import PartialDate


class Status(models.TextChoices):
    PLANNED = "planned", _("planned")
    SIGNED = "signed", _("signed")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")
    UNVERIFIED = "unverified", _("unverified")

    @property
    def meaning(self) -> str:
        return MEANINGS[self]


MEANINGS = {
    Status.PLANNED: _("A date of signature lies ahead."),
    Status.SIGNED: _(
        "Signed; entry into force is recorded for a later day, or the text is a declaration, which does not enter into"
        " force."
    ),
    Status.IN_FORCE: _("A date of entry into force is recorded and has passed, and no end is recorded."),
    Status.ENDED: _("An end is recorded and has passed."),
    Status.UNVERIFIED: _(
        "No entry into force is recorded. The agreement may be in force; the register does not know."
    ),
}
POSSIBLY = _("“Possibly” stands before a status where a date that is known only in part leaves it open.")


# Instruments that state an intention and do not enter into force.
DECLARATORY = ("declaration",)


@dataclass(frozen=True)
class Standing:
    status: Status
    is_certain: bool
    reason: str

    @property
    def label(self) -> str:
        return (
            self.status.label if self.is_certain else _("possibly %(status)s") % {"status": self.status.label}
        )


def standing_of(
    kind: str,
    signed: PartialDate | None,
    in_force: PartialDate | None,
    ended: PartialDate | None,
    on: datetime.date,
    checked_on: datetime.date | None = None,
) -> Standing:
    """Return the status on a day; uncertain where a partial date leaves it open."""
    if ended and ended.earliest <= on:
        reason = _("ended %(date)s") % {"date": in_words(ended, after=After.ENDED)}
        return Standing(Status.ENDED, ended.latest <= on, reason)
    if in_force and in_force.earliest <= on:
        reason = _("in force since %(date)s") % {"date": in_words(in_force, after=After.SINCE)}
        return Standing(Status.IN_FORCE, in_force.latest <= on, reason)
    if signed and signed.earliest > on:
        return Standing(
            Status.PLANNED, True, _("signature foreseen for %(date)s") % {"date": in_words(signed)}
        )
    if in_force:
        reason = _("entry into force recorded for %(date)s") % {"date": in_words(in_force)}
        return Standing(Status.SIGNED if signed else Status.PLANNED, True, reason)
    if signed and kind in DECLARATORY:
        reason = _("a declaration; it does not enter into force")
        return Standing(Status.SIGNED, signed.latest <= on, reason)
    reason = _("no entry into force recorded")
    if checked_on and checked_on <= on:
        checked = in_words(PartialDate(checked_on.isoformat()[:7]))
        reason = _("no entry into force recorded, last checked %(date)s") % {"date": checked}
    return Standing(Status.UNVERIFIED, True, reason)


def status_expression(on: datetime.date) -> Case:
    """The same rules, in the same order, for a table with the first days and the kind."""
    return Case(
        When(ended_earliest__lte=on, then=Value(Status.ENDED.value)),
        When(in_force_earliest__lte=on, then=Value(Status.IN_FORCE.value)),
        When(signed_earliest__gt=on, then=Value(Status.PLANNED.value)),
        When(in_force_earliest__isnull=False, signed_earliest__isnull=False, then=Value(Status.SIGNED.value)),
        When(in_force_earliest__isnull=False, then=Value(Status.PLANNED.value)),
        When(signed_earliest__isnull=False, kind__in=DECLARATORY, then=Value(Status.SIGNED.value)),
        default=Value(Status.UNVERIFIED.value),
        output_field=models.CharField(),
    )
