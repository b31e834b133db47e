from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from entities.models import AgreementRelation, Position
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_name,
    make_organisation,
    make_person,
    make_source,
)


@pytest.fixture
def register(db: None) -> SimpleNamespace:
    """A small register: three stories, two treaties, an organisation, a person."""
    works = make_organisation("Truck Works", country=country("ru"), kind="company", public=True)
    make_name(works, "Грузовой завод", language="ru")
    director = make_person("Director One", country=country("ru"), public=True)
    Position.objects.create(person=director, title="Director General", organisation=works, since="2002")
    treaty = make_agreement(
        "Treaty on Principles",
        parties=["ru", "tr"],
        signed="1992-05-25",
        in_force="1993",
        kind="treaty",
        public=True,
    )
    old = make_agreement(
        "Treaty of Neutrality", parties=["suhh", "tr"], signed="1925-12-17", ended="1945-11-07", public=True
    )
    AgreementRelation.objects.create(source=treaty, kind="supersedes", target=old)
    treaty.subjects.add("diplomacy")
    visit = make_article(
        "Delegation visits Bursa",
        about=["ru", "tr"],
        mentions=[works, director, treaty],
        tags=["trade"],
        body="<p>The delegation of Truck Works visited Bursa under the Treaty on Principles.</p>",
        summary="A delegation came to talk about components.",
        dated="2022-12-13",
        source=make_source("Works Press", rights="full"),
        published=True,
    )
    talks = make_article(
        "Talks in Ankara", about=["kz", "tr"], tags=["trade"], dated="2022-05", published=True
    )
    russian = make_article(
        "Переговоры о поставках", about=["ru"], language="ru", date_missing=True, published=True
    )
    return SimpleNamespace(
        works=works, director=director, treaty=treaty, old=old, visit=visit, talks=talks, russian=russian
    )


@pytest.fixture
def downloads(register: SimpleNamespace) -> list[str]:
    """What is saved rather than looked at."""
    register.treaty.text_file.save("treaty.txt", ContentFile(b"Article 1"))
    page = register.treaty.get_absolute_url()
    return [f"{page}citation.bib", f"{page}citation.ris", f"{page}citation.txt", f"{page}text/"]


@pytest.fixture
def paths(register: SimpleNamespace) -> list[str]:
    """Every public page that the small register has, in English."""
    lists = [
        "/",
        "/stories/",
        "/countries/",
        "/organisations/",
        "/people/",
        "/agreements/",
        "/tags/",
        "/about/",
        "/about/data/",
    ]
    records = (register.works, register.director, register.treaty)
    subjects = [
        "/countries/tr/",
        "/countries/ru/tr/",
        "/tags/trade/",
        *(r.get_absolute_url() for r in records),
    ]
    feeds = [f"{path}feed/" for path in ("/stories/", *subjects)]
    return [
        *lists,
        *subjects,
        *feeds,
        register.visit.get_absolute_url(),
        "/countries/suhh/",
        "/search/",
        "/search/?q=delegation",
        "/stories/?country=tr&tag=trade&year=2022&language=en&q=delegation",
        "/agreements/?status=in_force&country=tr&on=2000",
    ]
