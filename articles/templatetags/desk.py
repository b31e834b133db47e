from typing import Any

from django import template
from django.db.models import QuerySet

from ..desk import links
from ..models import Article

register = template.Library()


@register.simple_tag
def waiting_drafts(user: Any, at_most: int = 12) -> QuerySet[Article]:
    """Drafts that this user may review, newest first."""
    return (
        Article.objects.editable_by(user)
        .waiting()
        .select_related("source")
        .order_by("-created_at", "-pk")[:at_most]
    )


@register.simple_tag
def link_counts(user: Any) -> dict[str, int]:
    return links.link_counts(user)
