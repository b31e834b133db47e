from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from entities.models import Name, Organisation

from .. import agreement_listing, listing
from ..addresses import found_or_moved
from ..registers import OrganisationRegister
from ..responses import public
from ..storylist import StoryList

AGREEMENTS_SHOWN = 12


@public
def organisations(request: HttpRequest) -> HttpResponse:
    register = OrganisationRegister(request)
    counts = listing.story_counts("organisation", [organisation.pk for organisation in register.rows])
    rows = [(organisation, counts.get(organisation.pk, 0)) for organisation in register.rows]
    return render(request, "reading/organisations.html", {"list": register, "rows": rows})


@public
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    queryset = Organisation.objects.select_related("country", "parent")
    organisation = found_or_moved(request, queryset, slug)
    if isinstance(organisation, HttpResponse):
        return organisation
    agreements = agreement_listing.listed(organisation=organisation.pk)
    newest = agreement_listing.newest(agreements, AGREEMENTS_SHOWN)
    positions = organisation.positions.filter(person__public=True).select_related("person", "country")
    return render(
        request,
        "reading/organisation.html",
        {
            "organisation": organisation,
            "parent": organisation.parent if organisation.parent and organisation.parent.public else None,
            "parts": organisation.parts.published(),
            "names": other_names(organisation.names),
            "positions": positions.order_by("person__key", "pk"),
            "agreements": agreement_listing.agreement_rows(newest, timezone.localdate()),
            "more_agreements": max(0, agreements.count() - AGREEMENTS_SHOWN),
            "list": StoryList(request, {"organisation": [organisation.pk]}),
        },
    )


def other_names(names) -> list[Name]:
    """Return the further names of a record, each once, without its own."""
    rows = names.filter(is_main=False).order_by("language", "kind", "text", "pk")
    return list({(name.text, name.language): name for name in rows}.values())
