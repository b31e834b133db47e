"""Whatever is given to be taken in: the right text or a sentence that says why not, and nothing half saved."""

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from articles.intake.draft import take_in
from articles.intake.extract import UnreadableInput
from articles.models import Article, ArticleText, Proposal
from entities.models import Organisation, Person, Source
from tests.factories import make_user

INTAKE = "/admin/articles/article/intake/"
ENGLISH = (
    "Talks in Ankara\n\n"
    "The ministers of Türkiye met in Ankara and spoke about trade – for two days – with “guests”."
)
RUSSIAN = (
    "Переговоры в Анкаре\n\n"
    "Делегация посетила Анкару и обсудила поставки грузовиков из России в Турцию за два дня."
)
TURKISH = (
    "Ankara'da görüşme\n\n"
    "Türk heyeti Ankara'da iki gün boyunca Rusya ile ticareti görüştü; büyükelçi için çağrı yapıldı."
)

REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "spaces": b" \n\t\r\n " * 50,
    "a byte order mark alone": b"\xef\xbb\xbf",
    "NUL bytes": b"\x00" * 5000,
    "every byte": bytes(range(256)) * 40,
    "noise": bytes((i * 7919 + i * i) % 256 for i in range(20_000)),
    "ten megabytes on one line": b"word " * 2_000_000,
    "ten megabytes without a space": b"x" * 10_000_000,
    "a zip archive": b"PK\x03\x04\x14\x00\x00\x00" + b"word/document.xml" * 40,
    "a PDF file": b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n" * 30,
    "a JPEG picture": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 9,
    "a PNG picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    "a GIF picture": b"GIF89a" + bytes(range(256)) * 9,
    "a compressed file": b"\x1f\x8b\x08\x00" + bytes(range(256)) * 9,
    "an old office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a program": b"\x7fELF\x02\x01\x01" + bytes(900),
    "an RTF document": b"{\\rtf1\\ansi Talks in Ankara}" * 20,
    "signs without a letter": b"1234 5678 .,;:!? --- " * 60,
    "tags without a word": b"<html><body>" + b"<div></div>" * 900 + b"</body></html>",
    "a script alone": b"<html><body><script>" + b"var a = 1;" * 200 + b"</script></body></html>",
    "UTF-8 that is damaged": ENGLISH.encode().replace(b"\xc3", b"\xff")
    + RUSSIAN.encode()[:-1] * 2
    + b"\xc3\x28" * 30,
    "UTF-16 that is cut": b"\xff\xfe" + RUSSIAN.encode("utf-16-le")[:-1],
}


def everything() -> tuple[int, ...]:
    kinds = (Article, ArticleText, Proposal, Source, Organisation, Person)
    return tuple(kind.objects.count() for kind in kinds)


@pytest.fixture
def editor(db: None, client: Client) -> Client:
    client.force_login(make_user("editor"), backend="accounts.backends.RoleBackend")
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_sentence_and_leaves_nothing(what: str):
    before = everything()
    with pytest.raises(UnreadableInput) as refusal:
        take_in(REFUSED[what], "file.txt")
    said = str(refusal.value)
    assert len(said.split()) >= 3 and said[0].isupper() and said.endswith("."), said
    assert everything() == before


def test_the_desk_says_it_of_each_file_and_takes_in_the_good_one(editor: Client):
    files = [SimpleUploadedFile(f"{what}.txt", data) for what, data in REFUSED.items() if len(data) < 10**6]
    files.insert(3, SimpleUploadedFile("good.txt", ENGLISH.encode()))
    response = editor.post(INTAKE, {"files": files})
    assert response.status_code == 200
    outcomes = {outcome.label: outcome for outcome in response.context["outcomes"]}
    assert outcomes.pop("good.txt").created
    assert len(outcomes) == len(files) - 1
    assert all(outcome.error and not outcome.article for outcome in outcomes.values())
    assert Article.objects.count() == 1


@pytest.mark.parametrize("size", [10_000_000, 13_000_000])
def test_a_pasted_text_of_many_megabytes_is_refused_and_saves_nothing(editor: Client, size: int):
    response = editor.post(INTAKE, {"text": "word " * (size // 5)})
    assert response.status_code in (200, 400)
    assert "too" in response.content.decode() or response.status_code == 400
    assert Article.objects.count() == 0


ENCODINGS = {
    "utf-8": ("utf-8", ENGLISH),
    "utf-8 with a mark": ("utf-8-sig", TURKISH),
    "utf-16": ("utf-16", RUSSIAN),
    "utf-16 big endian": ("utf-16-be", RUSSIAN),
    "utf-32": ("utf-32", ENGLISH),
    "Windows Cyrillic": ("cp1251", RUSSIAN),
    "KOI8-R": ("koi8-r", RUSSIAN),
    "DOS Cyrillic": ("cp866", RUSSIAN),
    "ISO Cyrillic": ("iso8859-5", RUSSIAN),
    "Windows Turkish": ("cp1254", TURKISH),
    "ISO Turkish": ("iso8859-9", TURKISH),
    "Windows Western": ("cp1252", ENGLISH),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENCODINGS)
def test_a_text_in_a_common_encoding_is_read_right(name: str):
    encoding, text = ENCODINGS[name]
    article = take_in(text.encode(encoding), "file.txt").article
    title, _blank, body = text.partition("\n\n")
    assert (article.title, article.text.plain) == (title, body)


@pytest.mark.django_db
def test_a_wrong_encoding_is_read_right_or_refused_and_never_wrong():
    for true, text in (("cp1251", RUSSIAN), ("cp1254", TURKISH), ("utf-8", RUSSIAN)):
        for claimed in ("utf-8", "cp1252", "koi8-r", "shift_jis", "utf-16", "no-such-code"):
            page = f"<html><head><meta charset={claimed}><title>T</title></head><body><p>{text}</p></body></html>"
            try:
                plain = take_in(page.encode(true), "file.html").article.text.plain
            except UnreadableInput:
                continue
            assert text.partition("\n\n")[2][:60] in plain, (true, claimed)


@pytest.mark.django_db
def test_a_hundred_thousand_nested_tags_give_the_text_or_a_sentence():
    for tag in ("div", "b", "svg"):
        page = f"<html><body>{f'<{tag}>' * 100_000}<p>{ENGLISH}</p>{f'</{tag}>' * 100_000}</body></html>"
        try:
            article = take_in(page, "page.html").article
        except UnreadableInput as refusal:
            assert str(refusal)
        else:
            assert "The ministers of Türkiye met in Ankara" in article.text.plain
            assert "<div><div>" not in article.text.body


@pytest.mark.django_db
def test_what_cannot_be_stored_is_left_out_of_a_good_text():
    for nasty in ("\x00", "\ud800", "\udfff", "\x1b[31m", "\ufffe", "\x07\x08", "\u0085"):
        text = ENGLISH.replace("two", f"t{nasty}wo")
        assert take_in(text, "file.txt").article.text.plain.isprintable() or "\n" in ENGLISH
    assert not ArticleText.objects.filter(plain__contains="\ufffe").exists()
    assert Article.objects.count() <= 7


def test_the_same_thing_given_twice_by_any_way_is_one_draft(editor: Client):
    for _time in range(2):
        editor.post(INTAKE, {"text": ENGLISH})
        editor.post(INTAKE, {"files": [SimpleUploadedFile("one.txt", ENGLISH.encode())]})
        editor.post(INTAKE, {"files": [SimpleUploadedFile("two.txt", ENGLISH.encode("utf-16"))]})
        take_in(ENGLISH.replace("\n", "\r\n").encode(), "three.txt")
    assert Article.objects.count() == ArticleText.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_thing_given_by_ten_at_once_is_one_draft():
    made: list[Any] = []
    ready = threading.Barrier(10)

    def give() -> None:
        try:
            ready.wait()
            made.append(take_in(ENGLISH.encode(), "file.txt"))
        finally:
            connections.close_all()

    people = [threading.Thread(target=give) for _number in range(10)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(made) == 10
    assert [taken.created for taken in made].count(True) == 1
    assert len({taken.article.pk for taken in made}) == Article.objects.count() == 1
    once = Proposal.objects.count()
    assert once == Proposal.objects.values("kind", "field", "key").distinct().count() > 0
