"""Files in older encodings: the right text or a sentence, never other letters than the writer's."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.intake.encodings import UnreadableInput, decoded
from articles.intake.extract import read_bytes
from articles.models import ArticleText
from tests.factories import make_user

SENTENCES = {
    "en": (
        "Delegation’s visit “opened doors” – ministers said, “Trade’s future isn’t in doubt.” Talks between Ankara and"
        " Moscow went on for two days, and the companies’ engineers saw the plant’s new line; it won’t be the last"
        " visit… The Côte d’Ivoire’s envoy paid €5 million for a café’s naïve façade. "
    ),
    "ru": (
        "Делегация завода посетила Анкару. «Переговоры прошли успешно», – сообщил министр экономики. Россия и Турция"
        " подписали соглашение № 15 о сотрудничестве в области машиностроения, энергетики и образования. Стороны"
        " объявили, что съезд предприятий состоится в январе, а ёмкость рынка вырастет. Это – не последняя встреча. "
    ),
    "tr": (
        "Görüşmelerde iş birliği ele alındı. Türkiye Büyükelçisi İzmir’de “güçlü ortaklık” çağrısı yaptı; Rusya’nın"
        " heyeti çalışmaları değerlendirdi. Şirketler arasında imzalanan anlaşma, enerji ile ulaştırma alanlarında"
        " yatırımları artıracak. Ölçülen büyüme hâlâ düşük olsa da çiftçiler ağustosta ürünlerini satabilecek. "
    ),
}
MARKED = ("utf-8", "utf-8-sig", "utf-16", "utf-32")
ENCODINGS = {
    "en": [*MARKED, "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "iso8859-15"],
    "ru": [*MARKED, "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"],
    "tr": [*MARKED, "utf-16-le", "utf-16-be", "cp1254", "iso8859-9", "cp857", "mac-turkish"],
}
WHOLE = os.environ.get("PAYLOADS") == "all"
LENGTHS = (1, 3, 30, 300)
META = "<html><head><meta charset={}><title>Visit</title></head><body><p>{}</p></body></html>"
HTTP_EQUIV = (
    "<html><head><meta http-equiv='Content-Type' content='text/html; charset={}'></head><body><p>{}</p>"
)
XML = (
    '<?xml version="1.0" encoding="{}"?><html><head><title>Visit</title></head><body><p>{}</p></body></html>'
)
BARE = "<html><head><title>Visit</title></head><body><p>{1}</p></body></html>"
WRONG = (
    "utf-8",
    "cp1252",
    "cp1251",
    "koi8-r",
    "cp1254",
    "iso-8859-1",
    "shift_jis",
    "utf-16",
    "utf-7",
    "nothing",
)


def texts() -> list[tuple[str, int, str]]:
    """Every beginning: from each word of each language's sentences, of 1, 3, 30 and 300 words."""
    found = []
    for language, sentences in SENTENCES.items():
        words = (sentences * 8).split()
        count = len(sentences.split())
        starts = {
            1: [place for place in range(count) if len(words[place]) > 2],
            3: range(0, count, 2),
            30: range(0, count, 9),
            300: [0],
        }
        found += [
            (language, length, " ".join(words[start : start + length]))
            for length in LENGTHS
            for start in starts[length]
        ]
    return found


def encoded(text: str, encoding: str) -> bytes | None:
    """The bytes of a text; None where the encoding lacks one of its characters."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def outcome(data: bytes, text: str) -> str:
    try:
        return "right" if decoded(data) == text else f"wrong: {decoded(data)[:60]}"
    except UnreadableInput as refusal:
        assert str(refusal).endswith(".")
        return "refused"


def test_a_plain_text_of_any_length_is_read_right_or_refused():
    outcomes: dict[tuple[int, bool], list[str]] = {}
    for language, length, text in texts():
        for encoding in ENCODINGS[language]:
            if data := encoded(text, encoding):
                outcomes.setdefault((length, encoding in MARKED), []).append(outcome(data, text))
    assert {said for group in outcomes.values() for said in group} <= {"right", "refused"}
    for (length, is_marked), group in outcomes.items():
        least = 1.0 if is_marked else {1: 0.75, 3: 0.9, 30: 0.98, 300: 1.0}[length]
        assert group.count("right") >= least * len(group), (
            length,
            is_marked,
            group.count("right"),
            len(group),
        )


@pytest.mark.parametrize("page", [META, HTTP_EQUIV, XML, BARE], ids=["meta", "http-equiv", "XML", "nothing"])
def test_a_page_that_says_its_encoding_or_nothing_is_read_right(page: str):
    for language, length, text in texts():
        for encoding in ENCODINGS[language] if length >= 30 else []:
            whole = page.format(encoding, text)
            if (data := encoded(whole, encoding)) and encoding not in {"utf-16-le", "utf-16-be"}:
                assert outcome(data, whole) == "right", (encoding, length, text[:40])


def test_a_page_that_says_a_wrong_encoding_is_read_right_or_refused():
    for number, (language, _length, text) in enumerate(texts()):
        for place, encoding in enumerate(ENCODINGS[language]):
            some = WRONG if WHOLE else [WRONG[(number + place) % len(WRONG)]]
            for claimed in some:
                whole = (META, XML)[number % 2].format(claimed, text)
                if data := encoded(whole, encoding):
                    assert outcome(data, whole) in ("right", "refused"), (encoding, claimed, text[:40])


def test_an_encoding_of_another_alphabet_is_refused_unless_the_page_names_it():
    for encoding, text in (
        ("cp1253", "Οι υπουργοί συναντήθηκαν στην Αθήνα και συζήτησαν για το εμπόριο των δύο χωρών."),
        ("cp1256", "التقى الوزراء في القاهرة وتحدثوا عن التجارة بين البلدين لمدة يومين"),
        ("gbk", "两国部长在北京会晤讨论贸易合作问题并签署了协议文件"),
    ):
        assert outcome(text.encode(encoding), text) == "refused"
        page = f"<meta charset={encoding}>{text}"
        assert outcome(page.encode(encoding), page) == "right"


def test_a_text_that_was_misread_before_is_repaired():
    for text in (SENTENCES["ru"], SENTENCES["tr"]):
        misread = text.encode().decode("cp1252", "replace")
        if "\ufffd" not in misread:
            assert decoded(misread.encode()) == text


@pytest.mark.django_db
def test_files_in_twelve_encodings_come_in_by_upload_as_they_were_written(client: Client):
    client.force_login(make_user("editor"), backend="accounts.backends.RoleBackend")
    written = []
    for language, sentences in SENTENCES.items():
        for number, encoding in enumerate(ENCODINGS[language]):
            text = f"{sentences.strip()} {number}."
            if data := encoded(text, encoding):
                client.post(
                    "/admin/articles/article/intake/", {"files": [SimpleUploadedFile(f"{number}.txt", data)]}
                )
                written.append(text)
    assert len(written) >= 20
    assert set(ArticleText.objects.values_list("plain", flat=True)) == set(written)


def test_pages_in_their_own_encoding_keep_their_words():
    for language, sentences in SENTENCES.items():
        for encoding in ENCODINGS[language][4:]:
            if data := encoded(META.format(encoding, sentences), encoding):
                read = read_bytes(data, filename="page.html")
                assert " ".join(read.text.split()) == sentences.strip(), (encoding, read.text[:80])
