"""The queue of drafts that wait for somebody, and where one of them stands in it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from ..models import Article


@dataclass(frozen=True)
class Turn:
    """A draft's place in the queue of its reader; ``position`` is 0 for what waits no more."""

    position: int
    total: int
    previous: Article | None
    next: Article | None


def turn_of(article: Article, user: Any) -> Turn:
    """Before and after this draft, oldest first; the queue goes round."""
    queue = Article.objects.queue_of(user)
    counted = queue.aggregate(
        total=Count("pk"),
        before=Count("pk", filter=_before(article)),
        here=Count("pk", filter=Q(pk=article.pk)),
    )
    others = queue.exclude(pk=article.pk).only("pk", "title")
    return Turn(
        counted["before"] + 1 if counted["here"] else 0,
        counted["total"],
        others.filter(_before(article)).last() or others.last(),
        others.exclude(_before(article)).first() or others.first(),
    )


def _before(article: Article) -> Q:
    earlier = Q(created_at__lt=article.created_at)
    return earlier | Q(created_at=article.created_at, pk__lt=article.pk)
