"""Real texts come in through the desk and are read on their partner countries' pages.

The register holds only countries. The texts are handed over beside the project (ENTENTE_MATERIAL).
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Article
from entities.models import Agreement, Organisation, Person

from .desk import Desk


@dataclass
class Seed:
    """What an editor makes of one text."""

    file: str
    title: str
    source: str
    summary: str
    partners: list[str]
    date: str = ""
    wrong: list[str] = field(default_factory=list)


SEEDS = [
    Seed(
        "000_d2a8e44ef2e1bc6e.txt",
        "Tatarstan delegation takes truck makers to Bursa",
        "KAMAZ",
        "A business forum in Bursa heard that Turkish suppliers can count on orders for components.",
        ["Russia", "Türkiye"],
        date="2022-12-13",
        wrong=["Council of the Non-Profit Partnership"],
    ),
    Seed(
        "001_e3544d9ca0214d36.txt",
        "Russian industry eyes Turkish market",
        "Anadolu Agency",
        "Rostec looks to joint production of armoured vehicles; UEC names BOTAŞ as a partner.",
        ["Russia", "Türkiye"],
        wrong=["Mikhailov", "TurkStream"],
    ),
    Seed(
        "002_01ceeb46e282df69.txt",
        "KAMAZ is ready to help bring the Moskvich back",
        "Sample Motors Review",
        "The truck maker offers a partner its experience; its ties are with JAC of China.",
        ["Russia", "China"],
    ),
    Seed(
        "003_8d36cb981b0379ae.txt",
        "Cooperation with Turkey",
        "Rosoboronexport",
        "What Russia and Türkiye have signed with each other since 1921.",
        ["Russia", "Türkiye"],
        wrong=["agreements on the development of a number of key priority"],
    ),
    Seed(
        "004_d855e17c4abcde96.txt",
        "Visit of Kazakhstan’s President will boost cooperation",
        "Youth Diplomacy Forum",
        "Ankara and Astana aim at ten billion dollars of trade.",
        ["Kazakhstan", "Türkiye"],
        date="2022-05-10",
    ),
]


@pytest.fixture
def texts() -> Path:
    material = os.environ.get("ENTENTE_MATERIAL")
    folder = Path(material or "/nowhere") / "seeds"
    if not folder.is_dir():
        pytest.skip("ENTENTE_MATERIAL names no directory with the seeds")
    return folder


def review(desk: Desk, seed: Seed, text: str) -> None:
    desk.take_in(text)
    for name in seed.wrong:
        if name in desk.names_to_judge():
            desk.reject(name)
    desk.accept_all_above()
    for name in desk.names_to_judge():
        desk.accept(name)
    desk.type("Title", seed.title)
    desk.type("Source", seed.source)
    desk.type("Summary In our own words; always shown.", seed.summary)
    if seed.date:
        desk.type("Date", seed.date)
    else:
        desk.click(desk.page.get_by_label("date not given"))
    assert set(seed.partners) <= set(desk.linked())
    desk.be_about(*seed.partners)
    desk.publish()


def test_the_seeds_are_taken_in_reviewed_published_and_read(open_page, editor, texts):
    assert not Organisation.objects.exists()
    desk = Desk(open_page(editor))
    for seed in SEEDS:
        desk.acts = 0
        review(desk, seed, (texts / seed.file).read_text())
        about = {link.country.name for link in Article.objects.latest("pk").mentions.filter(about=True)}
        assert about == set(seed.partners), seed.file
    assert desk.acts <= 5  # the last one: thirteen proposals, all right

    assert set(Agreement.objects.values_list("signed", flat=True)) == {
        *("1921-03-16", "1992-05-25", "1994-04", "2004-12", "2009-02-13")
    }
    assert Organisation.objects.filter(name="NATO").count() == 1  # named by two texts
    assert Person.objects.filter(name="Sergey Kogogin").count() == 1

    visitor = open_page()
    for path, partner in [("tr", "Türkiye"), ("ru", "Russia"), ("kz", "Kazakhstan"), ("kz/tr", "Kazakhstan")]:
        visitor.goto(f"/countries/{path}/")
        for seed in SEEDS:
            is_here = partner in seed.partners
            expect(visitor.get_by_role("link", name=seed.title)).to_have_count(1 if is_here else 0)
