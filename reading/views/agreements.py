import datetime
from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from entities.models import Agreement, AgreementParty
from entities.models.agreements import TEXT_FILES
from entities.status import POSSIBLY, Status

from .. import agreement_life, citations
from ..addresses import found_or_moved
from ..agreement_files import as_file
from ..agreement_listing import css_of, css_of_status
from ..agreementlist import AgreementList
from ..lineage import lineage_of, successions_of
from ..responses import public
from ..storylist import StoryList
from .organisations import other_names

DISPOSITION = "Content-Disposition"


@public
def agreements(request: HttpRequest) -> HttpResponseBase:
    listed = AgreementList(request)
    form = request.GET.get("format")
    if form in ("csv", "json"):
        return as_file(listed, form)
    return render(request, "reading/agreements.html", {"list": listed})


@public
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = found_or_moved(request, Agreement.objects.all(), slug)
    if isinstance(agreement, HttpResponse):
        return agreement
    today = timezone.localdate()
    standing, parties = agreement.standing(today), parties_of(agreement)
    before, after = lineage_of(agreement)
    return render(
        request,
        "reading/agreement.html",
        {
            "agreement": agreement,
            "standing": standing,
            "standing_css": css_of(standing),
            "parties": parties,
            "from_title": any(party.is_from_title for party in parties),
            "subjects": agreement.subjects.all(),
            "names": other_names(agreement.names),
            "before": before,
            "after": after,
            "successions": successions_of(party.country for party in parties if party.country),
            "citation": citations.in_plain_words(agreement, names_of(parties)),
            "statuses": [(css_of_status(status), status.label, status.meaning) for status in Status],
            "possibly": POSSIBLY,
            "list": StoryList(request, {"agreement": [agreement.pk]}),
            **life_of(agreement, parties, today),
        },
    )


def parties_of(agreement: Agreement) -> list[AgreementParty]:
    """Return the parties that a visitor may see, in order."""
    parties = agreement.parties.select_related("country", "organisation")
    return [party for party in parties if party.country_id or party.organisation.public]


def names_of(parties: list[AgreementParty]) -> list[str]:
    """Return what a citation may say: no party that nobody has confirmed."""
    return [str(party.record.name) for party in parties if not party.is_from_title]


def life_of(agreement: Agreement, parties: list[AgreementParty], today: datetime.date) -> dict[str, object]:
    return {
        "drawings": agreement_life.drawings(agreement, parties, today),
        "happenings": agreement_life.happenings(agreement, parties, today),
    }


@public
def citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return how to cite an agreement, as a file for the reader's own list of literature."""
    agreement = found_or_moved(request, Agreement.objects.all(), slug, suffix=f"citation.{form}")
    if isinstance(agreement, HttpResponse):
        return agreement
    write, content_type = citations.FORMS[form]
    text = write(agreement, names_of(parties_of(agreement)))
    name = f"{citations.bibtex_key(agreement)}.{form}"
    return HttpResponse(
        text, content_type=content_type, headers={DISPOSITION: f'attachment; filename="{name}"'}
    )


@public
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the official text of a public agreement, to be saved and never to be run by the browser."""
    agreement = found_or_moved(request, Agreement.objects.all(), slug, suffix="text/")
    if isinstance(agreement, HttpResponse):
        return agreement
    file = agreement.text_file
    if not file or not file.storage.exists(file.name):
        raise Http404("no file of its text")
    suffix = PurePath(file.name).suffix.lower()
    name = f"{citations.bibtex_key(agreement)}{suffix if suffix in TEXT_FILES else '.bin'}"
    with file.open("rb") as opened:  # not streamed: it has a limit, and so it gets an ETag
        return HttpResponse(
            opened.read(),
            content_type=TEXT_FILES.get(suffix, "application/octet-stream"),
            headers={DISPOSITION: f'attachment; filename="{name}"'},
        )
