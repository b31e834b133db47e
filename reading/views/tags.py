from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from entities.models import Address, Tag

from .. import agreement_listing, listing
from ..filters import public_tags
from ..responses import moved, public
from ..storylist import StoryList

AGREEMENTS_SHOWN = 12


def merged_tag(slug: str) -> Tag:
    """The tag that one of this address was merged into; raise Http404 for none."""
    tag = public_tags().filter(pk=Address.objects.record_of("tag", slug)).first()
    if tag is None:
        raise Http404("no such tag")
    return tag


@public
def tags(request: HttpRequest) -> HttpResponse:
    stories, agreements = listing.all_counts("tag"), agreement_listing.counts_by_tag()
    rows = [
        (tag, stories.get(tag.pk, 0), agreements.get(tag.pk, 0))
        for tag in public_tags().order_by("key", "pk")
    ]
    return render(request, "reading/tags.html", {"rows": rows})


@public
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = public_tags().filter(slug=slug).first()
    if tag is None:
        return moved(request, merged_tag(slug).get_absolute_url())
    agreements = agreement_listing.listed(subject=tag.pk)
    newest = agreement_listing.newest(agreements, AGREEMENTS_SHOWN)
    return render(
        request,
        "reading/tag.html",
        {
            "tag": tag,
            "list": StoryList(request, {"tag": [tag.pk]}),
            "agreements": agreement_listing.agreement_rows(newest, timezone.localdate()),
            "more_agreements": max(0, agreements.count() - AGREEMENTS_SHOWN),
        },
    )
