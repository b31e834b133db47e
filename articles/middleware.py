"""Going live on the minute without a clock of its own: whoever notices first that a story is due publishes it."""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .models import Article


class ReleaseDue:
    """Before a page is answered, at most every RELEASE_EVERY seconds in a process, publish what has come due."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.next_look = 0.0
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method in {"GET", "HEAD"}
            and request.path_info not in {"/healthz", "/readyz"}
            and self._may_look()
        ):
            Article.objects.release_due()
        return self.get_response(request)

    def _may_look(self) -> bool:
        if settings.RELEASE_EVERY is None:
            return False
        with self.lock:
            now = time.monotonic()
            if now < self.next_look:
                return False
            self.next_look = now + settings.RELEASE_EVERY
            return True
