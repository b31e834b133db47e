from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..data_dictionary import columns_in_words
from ..responses import public


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/about.html", {"contact": settings.DEFAULT_FROM_EMAIL})


@public
def data(request: HttpRequest) -> HttpResponse:
    """What the columns of the files mean that lists can be saved as."""
    return render(request, "reading/about_data.html", {"columns": columns_in_words()})
