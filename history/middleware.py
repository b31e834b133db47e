from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .attribution import attributed_to

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AttributeChanges:
    """What a signed-in user's request writes is logged as theirs.

    Reading touches neither the database nor the session here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING or not request.user.is_authenticated:
            return self.get_response(request)
        with attributed_to(request.user):
            return self.get_response(request)
