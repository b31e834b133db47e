"""A story as readers will see it, for those who may work on it: never stored, no part of the public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from entities.models import Source
from entities.models.addresses import Addressed, slug_of

from .stories import story_page


@require_safe
def preview(request: HttpRequest, key: int) -> HttpResponse:
    """Answer 404 to everybody who may not see the draft on the desk."""
    seen = Article.objects.none()
    if request.user.has_perm("articles.view_article"):
        seen = Article.objects.editable_by(request.user).select_related("source")
    article = get_object_or_404(seen, pk=key)
    mentions = list(article.mentions.with_records())
    for record in [article, *(mention.record for mention in mentions)]:
        if isinstance(record, Addressed) and not record.slug:
            record.slug = slug_of(str(record))  # the address that it will have, or nearly; not saved
    article.source = article.source or Source(name=_("source not given yet"))
    response = render(request, "reading/preview.html", story_page(article, mentions))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
