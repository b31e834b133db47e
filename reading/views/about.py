from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..responses import public


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/about.html", {"contact": settings.DEFAULT_FROM_EMAIL})
