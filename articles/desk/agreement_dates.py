"""Dates of an agreement that a story tells: set when an editor accepts them, taken back with the verdict."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from entities.models import Agreement
from entities.partial_dates import InvalidPartialDate, parse

from ..models import Proposal


def keep_date(proposal: Proposal, value: str, user: Any) -> dict[str, Any]:
    """Set the date that the proposal is about; return what taking it back needs."""
    if not user.has_perm("entities.change_agreement"):
        raise ValidationError(
            _("Only an editor changes records of the register: “%(name)s” is left for one."),
            params={"name": str(proposal.agreement)},
        )
    agreement = Agreement.objects.select_for_update().get(pk=proposal.agreement_id)
    field = proposal.field.partition(":")[0]
    before = str(getattr(agreement, field) or "")
    try:
        setattr(agreement, field, parse(value))
    except InvalidPartialDate as error:
        raise ValidationError(str(error)) from error
    agreement.save()
    return {"date": {"before": before, "after": str(getattr(agreement, field) or "")}}


def restore_date(proposal: Proposal, kept: dict[str, str]) -> None:
    """Put the date back that stood there, unless somebody has set another since."""
    agreement = Agreement.objects.select_for_update().get(pk=proposal.agreement_id)
    field = proposal.field.partition(":")[0]
    if str(getattr(agreement, field) or "") == kept.get("after"):
        setattr(agreement, field, parse(kept.get("before")))
        agreement.save()
