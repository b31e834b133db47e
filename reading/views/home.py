from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from .. import agreement_listing, listing
from ..links import country_links
from ..responses import public
from ..storylist import story_rows

LATEST, NEWEST = 7, 7


@public
def home(request: HttpRequest) -> HttpResponse:
    latest = listing.newest(listing.stories(), LATEST)
    today = timezone.localdate()
    newest = agreement_listing.newest(agreement_listing.listed().known_on(today), NEWEST)
    pairs = listing.most_active_pairs()
    links = country_links(key for one, other, _count in pairs for key in (one, other))
    return render(
        request,
        "reading/home.html",
        {
            "rows": story_rows(latest),
            "agreements": agreement_listing.agreement_rows(newest, today),
            "pairs": [pair_link(links[one], links[other], count) for one, other, count in pairs],
            "partners": partner_countries(),
            "feed_path": reverse("reading:stories-feed"),
        },
    )


def pair_link(one, other, count: int) -> dict[str, object]:
    """Return a pair with its address: codes in alphabetical order, names as the reader sorts them."""
    first, second = sorted((one, other), key=lambda link: link.value)
    return {"names": sorted((one.name, other.name)), "url": f"{first.url}{second.value}/", "count": count}


def partner_countries(limit: int = 24) -> list[dict[str, object]]:
    """Return the partner countries with most stories, then most agreements."""
    stories, agreements = listing.all_counts("country"), agreement_listing.counts_by_country()
    home = set(listing.home_country_keys())
    keys = [key for key in stories.keys() | agreements.keys() if key not in home]
    keys.sort(key=lambda key: (-stories.get(key, 0), -agreements.get(key, 0), key))
    links = country_links(keys[:limit])
    return [
        {"link": links[key], "stories": stories.get(key, 0), "agreements": agreements.get(key, 0)}
        for key in keys[:limit]
        if key in links
    ]
