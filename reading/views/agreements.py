from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext

from entities.models import Agreement, AgreementRelation

from ..addresses import found_or_moved
from ..agreement_listing import css_of
from ..agreementlist import AgreementList
from ..responses import public
from ..storylist import StoryList
from .organisations import other_names


@public
def agreements(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/agreements.html", {"list": AgreementList(request)})


@public
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = found_or_moved(request, Agreement.objects.all(), slug)
    if isinstance(agreement, HttpResponse):
        return agreement
    standing = agreement.standing(timezone.localdate())
    parties = agreement.parties.select_related("country", "organisation")
    return render(
        request,
        "reading/agreement.html",
        {
            "agreement": agreement,
            "standing": standing,
            "standing_css": css_of(standing),
            "parties": [party for party in parties if party.country_id or party.organisation.public],
            "subjects": agreement.subjects.all(),
            "names": other_names(agreement.names),
            "relations": relations_of(agreement),
            "list": StoryList(request, {"agreement": [agreement.pk]}),
        },
    )


def relations_of(agreement: Agreement) -> list[tuple[str, Agreement]]:
    """Return (relation, other agreement) both ways, as far as the other is public."""
    kinds = AgreementRelation.Kind
    turned = {
        kinds.AMENDS: pgettext("relation", "amended by"),
        kinds.SUPERSEDES: pgettext("relation", "superseded by"),
        kinds.IMPLEMENTS: pgettext("relation", "implemented by"),
        kinds.CITES: pgettext("relation", "cited by"),
    }
    here = agreement.relations.filter(target__public=True).select_related("target")
    there = agreement.relations_from.filter(source__public=True).select_related("source")
    return [
        *((relation.get_kind_display(), relation.target) for relation in here),
        *((turned[kinds(relation.kind)], relation.source) for relation in there),
    ]
