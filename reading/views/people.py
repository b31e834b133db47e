from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from entities.models import Person

from .. import listing
from ..addresses import found_or_moved
from ..registers import PersonRegister
from ..responses import public
from ..storylist import StoryList
from .organisations import other_names


@public
def people(request: HttpRequest) -> HttpResponse:
    register = PersonRegister(request)
    counts = listing.story_counts("person", [person.pk for person in register.rows])
    rows = [(person, counts.get(person.pk, 0)) for person in register.rows]
    return render(request, "reading/people.html", {"list": register, "rows": rows})


@public
def person(request: HttpRequest, slug: str) -> HttpResponse:
    person = found_or_moved(request, Person.objects.select_related("country"), slug)
    if isinstance(person, HttpResponse):
        return person
    return render(
        request,
        "reading/person.html",
        {
            "person": person,
            "names": other_names(person.names),
            "positions": person.positions.select_related("organisation", "country"),
            "list": StoryList(request, {"person": [person.pk]}),
        },
    )
