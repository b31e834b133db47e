"""Going live on the minute, as the background worker calls it."""

from .models import Article


def release_due() -> int:
    return Article.objects.release_due()
