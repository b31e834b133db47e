"""The interface in Russian and Turkish: nothing missing, nothing broken, no English word left standing."""

import ast
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation.template import templatize

from articles.desk.reasons import in_editors_words
from articles.intake.extract import Extracted
from articles.intake.recognise import recognise
from articles.models import Article
from config.catalogues import LOCALE, compile_catalogues
from tests.factories import (
    country,
    make_agreement,
    make_article,
    make_organisation,
    make_person,
    make_source,
    make_user,
)

HOUSE = Path(settings.BASE_DIR)
ROOMS = ("accounts", "articles", "config", "entities", "history", "reading")
LANGUAGES = ("en", "ru", "tr")
Message = tuple[str, str]  # context, or nothing, and the English words


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each English string with its translations, plural forms one by one."""
    for message in catalogue(language):
        if isinstance(message.id, tuple):
            yield from ((message.id[1], string) for string in message.string)
        elif message.id:
            yield message.id, str(message.string)


def test_the_catalogues_compile(tmp_path):
    shutil.copytree(LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    assert compile_catalogues(tmp_path / "locale") == []
    assert len(list(tmp_path.rglob("*.mo"))) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_and_nothing_is_in_doubt(language):
    assert [english for english, said in pairs(language) if not said.strip()] == []
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_a_translation_keeps_what_is_filled_in_and_marked_up(language):
    for english, said in pairs(language):
        for kept in (r"%\(\w+\)[sd]", r"(?<!%)%[sd]", r"\{\w+\}", r"</?\w+", r"https?://", r"\n"):
            assert sorted(re.findall(kept, said)) == sorted(re.findall(kept, english)), (english, said)


def test_a_turkish_label_survives_its_capital_letter():
    """Python makes "I" of "i"; where a label is capitalised by code, the catalogue says "İ" itself."""
    labels = {english: said for english, said in pairs("tr") if said.startswith("i")}
    assert all(english.startswith("signed") for english in labels), labels  # a status, never capitalised


# What the code asks for


MARKS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}


def message_of(call: ast.Call) -> Message | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name not in MARKS or not words:
        return None
    return (words[0], words[1]) if name.startswith("pgettext") else ("", words[0])


def asked_by_code() -> set[Message]:
    paths = [
        path for room in ROOMS for path in (HOUSE / room).rglob("*.py") if "migrations" not in path.parts
    ]
    calls = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {message for node in calls if isinstance(node, ast.Call) and (message := message_of(node))}


def asked_by_template(path: Path) -> Iterator[Message]:
    """Django's own extraction leaves calls of gettext among the remains of the markup."""
    remains = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for start in re.finditer(r"\b(?:_|n?p?gettext)\(", remains):
        for end in re.finditer(r"\)", remains[start.end() :]):
            source = remains[start.start() : start.end() + end.end()]
            try:
                call = ast.parse(source.strip(), mode="eval").body
            except SyntaxError:
                continue
            if isinstance(call, ast.Call) and (message := message_of(call)):
                yield message
            break


def asked_by_templates() -> set[Message]:
    paths = [path for path in (HOUSE / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    return {message for path in paths for message in asked_by_template(path)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_that_code_and_templates_mark_is_in_the_catalogues(language):
    asked = asked_by_code() | asked_by_templates()
    known = {
        (message.context or "", message.id[0] if isinstance(message.id, tuple) else message.id)
        for message in catalogue(language)
    }
    assert len(asked) > 600
    assert asked - known == set()


# What pages say


class Shown(HTMLParser):
    """The words that a page shows or reads aloud, without what is marked as another language."""

    VOID = {"meta", "link", "input", "br", "hr", "img", "circle", "line", "rect"}
    ATTRIBUTES = {"title", "placeholder", "aria-label", "alt", "data-failed"}

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.words = language, []
        self.open: list[bool] = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        hidden = tag in ("script", "style") or told.get("lang", self.language) != self.language
        hidden = hidden or (tag == "option" and told.get("value") in LANGUAGES)
        if not (hidden or any(self.open)):
            self.words += [told[name] or "" for name in self.ATTRIBUTES & told.keys()]
            if told.get("name") == "description" or (tag == "input" and told.get("type") == "submit"):
                self.words.append(told.get("content") or told.get("value") or "")
        if tag not in self.VOID:
            self.open.append(hidden)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in self.VOID and self.open:
            self.open.pop()

    def handle_data(self, data):
        if not any(self.open):
            self.words.append(data)


FORMATS = {"Entente", "Atom", "CSV", "JSON", "BibTeX", "RIS"}


def latin_words(page: str, language: str) -> set[str]:
    reader = Shown(language)
    reader.feed(page)
    text = re.sub(r"\S*(?:://|@|&#)\S*|\.\w+\b|(?<=\w)['’]\w+", " ", "\n".join(reader.words))
    return set(re.findall(r"\b[A-Za-zÇĞİÖŞÜçğıöşü]{3,}\b", text)) - FORMATS


@pytest.fixture
def cyrillic_register(db):
    """Everything that editors write here is Russian: a Latin letter on a page is the interface's own."""
    works = make_organisation("Первый завод", kind="company", country=country("lk"), public=True)
    director = make_person("Директор Первый", country=country("lk"), public=True)
    treaty = make_agreement(
        "Договор о дружбе",
        kind="treaty",
        parties=["lk", "jp", works],
        signed="1994-04",
        in_force="1995",
        public=True,
    )
    agreed = make_agreement("Меморандум", kind="memorandum", parties=["lk"], signed="2001~", public=True)
    agreed.subjects.add("торговля")
    for number in (1, 2):
        make_article(
            f"Визит {number}",
            about=["lk", "jp"],
            mentions=[works, director, treaty],
            tags=["торговля"],
            body="<p>Первый завод принял гостей.</p>",
            summary="О чём говорили.",
            source=make_source(f"Вестник {number}", rights=("full", "excerpt")[number - 1]),
            source_url="https://news.example/1",
            byline="Корреспондент",
            language="ru",
            published=True,
        )
    return [works, director, treaty, agreed]


@pytest.fixture
def public_pages(cyrillic_register):
    lists = ("", "stories/", "countries/", "agreements/", "organisations/", "people/", "tags/", "about/")
    found = ("search/", "search/?q=завод", "search/?q=нетничего", "countries/lk/", "countries/jp/lk/")
    odd = (
        "stories/?year=xx&country=zz",
        "agreements/?on=1996&status=ended",
        "agreements/?on=1996",
        "nothing/",
    )
    records = [record.get_absolute_url()[1:] for record in cyrillic_register]
    stories = [article.get_absolute_url()[1:] for article in Article.objects.published()]
    return [f"/{path}" for path in (*lists, *found, *odd, *records, *stories, "tags/торговля/")]


def test_russian_pages_hold_no_latin_word(client: Client, public_pages):
    for path in public_pages:
        assert (path, latin_words(client.get(f"/ru{path}").text, "ru")) == (path, set())


def test_an_english_word_on_a_page_would_be_noticed(client: Client, public_pages):
    assert {"Latest", "stories", "Search"} <= latin_words(client.get("/").text, "en")
    assert "Partner" in latin_words(client.get("/countries/lk/").text, "en")


def test_turkish_pages_hold_no_english_word(client: Client, public_pages):
    english, turkish = (
        {word.casefold() for pair in pairs("tr") for word in re.findall(r"[^\W\d_]{3,}", pair[side])}
        for side in (0, 1)
    )
    for path in public_pages:
        words = {word.casefold() for word in latin_words(client.get(f"/tr{path}").text, "tr")}
        assert (path, words & (english - turkish)) == (path, set())


# Formats, markup and codes that are the same everywhere, and what Django's own pages say in English only.
INTERNATIONAL = {
    "HTML",
    "ISO",
    "strong",
    "blockquote",
    "table",
    "Search",
    "True",
    "Shift",
    "Ctrl",
    "Enter",
    "Esc",
}


def test_the_russian_desk_holds_no_latin_word(client: Client, cyrillic_register):
    user = make_user(
        "administrator", name="Редактор Первый", username="редактор", email="e@desk.example", language="ru"
    )
    client.force_login(user)
    article = Article.objects.first()
    works, director, treaty, _agreed = cyrillic_register
    pages = [
        "/accounts/profile/",
        "/accounts/password/",
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/intake/",
        "/admin/axes/accessattempt/",
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{article.pk}/review/",
        f"/admin/articles/article/{article.pk}/history/",
        f"/admin/entities/organisation/{works.pk}/change/",
        f"/admin/entities/person/{director.pk}/change/",
        f"/admin/entities/agreement/{treaty.pk}/change/",
        "/admin/entities/source/add/",
        "/admin/accounts/user/add/",
        f"/admin/accounts/user/{user.pk}/change/",
        "/admin/accounts/invitation/add/",
    ]
    english = {path: latin_words(client.get(path).text, "ru") - INTERNATIONAL for path in pages}
    assert {path: words for path, words in english.items() if words} == {}, english


@pytest.mark.django_db
def test_the_recognisers_reasons_are_said_in_the_editors_language():
    reasons = set()
    for path in (HOUSE / "tests/articles/gold").glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            found = recognise(Extracted("", None, path.stem, "", "", "", "", text, "text"))
            reasons |= {proposed.reason for proposed in found}
    assert len(reasons) > 30
    with translation.override("ru"):
        said = {reason: re.sub(r"[(“].*", "", in_editors_words(reason)) for reason in reasons}
    assert {reason: words for reason, words in said.items() if re.search(r"[a-z]{2}", words)} == {}
    with translation.override("tr"):
        assert in_editors_words("treaty, signed … 1921-03-16") == "antlaşma, imza: 16 Mart 1921"
