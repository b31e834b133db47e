from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.search import LONGEST_QUERY

from .. import search as looking
from ..agreement_listing import agreement_rows
from ..facets import Conditions, Page
from ..listing import PAGE_SIZE, page_number
from ..responses import public


@public
def search(request: HttpRequest) -> HttpResponse:
    asked = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    words = asked[:LONGEST_QUERY].strip()
    context = {"q": words, "was_cut": len(asked) > LONGEST_QUERY, "longest": LONGEST_QUERY}
    if words:
        context |= results(request, words)
    return render(request, "reading/search.html", context)


def results(request: HttpRequest, words: str) -> dict[str, object]:
    keys = looking.story_keys(words)
    page = Page(
        page_number(request.GET.get("page")), len(keys), PAGE_SIZE, Conditions(request.path, [("q", words)])
    )
    if page.number > page.pages:
        raise Http404("there are fewer pages")
    is_first = page.number == 1
    return {
        "names": looking.names(words) if is_first else [],
        "stories": looking.story_hits(keys[page.offset : page.offset + PAGE_SIZE], words),
        "agreements": agreement_rows(looking.agreements(words), timezone.localdate()) if is_first else [],
        "page": page,
        "has_more": len(keys) >= looking.NEWEST,
    }
