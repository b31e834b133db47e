"""What tests of the review page share."""

from django.urls import reverse

from articles.models import Proposal
from articles.quotes import quote_of

TEXT = "<p>Ivan Sample of Sample Trucks visited Turkey.</p><p>Sample Trucks hopes for more.</p>"


def propose(article, kind, value, score=0.9, **fields):
    quotes = [quote for quote in [quote_of(value, article.text.plain)] if quote]
    return Proposal.objects.create(
        article=article, kind=kind, value=value, score=score, quotes=quotes, version="1", **fields
    )


def page(article):
    return reverse("admin:articles_review", args=[article.pk])


def facts(article, **typed):
    values = {"title": article.title, "language": "en", "revision": article.revision, "source_name": ""}
    return values | typed


def said(response):
    return [str(message) for message in response.context["messages"]]
