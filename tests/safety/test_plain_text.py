"""What is written is what is read: signs, code, emoji and every script come through as they were typed."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from articles.models import Article
from tests.factories import country, make_source, make_user

INTAKE = "/admin/articles/article/intake/"
WRITTEN = [
    *("1 < 2", "2 > 1", "a<b>c", "a < b > c", "x<=y && y>=z", "AT&T", "R&D", "Q&A: &c.", "I <3 Ankara", "<3"),
    *(
        "&amp; is written &",
        "&lt;b&gt;",
        "&#169; &copy;",
        "&nbsp;",
        "&notanentity;",
        "100% & more",
        "Tom & Jerry;",
    ),
    *(
        "if (a < b && c > d) { return a[0]; }",
        "SELECT * FROM x WHERE a <> 'b'",
        "std::vector<int>",
        "<T extends U>",
    ),
    *(
        "<script>",
        "</p>",
        "<!-- no comment -->",
        "<?php echo 1 ?>",
        "<![CDATA[x]]>",
        "{{ x }} {% y %} ${z}",
        "%s %(a)d",
    ),
    *(
        "İstanbul, Iğdır, ılık, İZMİR",
        "Çağrı, Şırnak, Öğün, Ürgüp",
        "Ёлка, подъезд, №5",
        "Ґанок, їжак",
        "Ə ə",
    ),
    *(
        "“double” ‘single’ «ёлочки» „Gänse“ ‹x›",
        "it’s and it's",
        "5′ 6″",
        "1–2 — 3 ‒ 4 ― 5 − 6",
        "wait… and…wait",
    ),
    *("€5, £4, ₺3, ₽2, ₸1, ¥9", "½ ¼ x² H₂O 10⁻³", "∀x∈ℝ: x≠√2 ∧ ∑≤∞", "→ ← ⇒ ✓ ✗ ★", "50° ± 2 µm × 3 ÷ 4"),
    *("😀 🎉 🚢", "👨‍👩‍👧‍👦 and 🏳️‍🌈", "👍🏽 👩🏿‍🚀", "🇹🇷 🇰🇿 🇬🇧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️ ☎️ ✈︎", "1️⃣ #️⃣", "🫩"),
    *(
        "مرحبا بالعالم",
        "می‌خواهم",
        "שלום עולם",
        "שלום (abc) 123!",
        "نص\u200f.",
        "नमस्ते क्ष क्‍ष",
        "สวัสดี",
        "你好，世界。",
    ),
    *(
        "こんにちは「世界」",
        "안녕하세요",
        "Ελληνικά",
        "Հայերեն",
        "ქართული",
        "Việt Nam",
        "e\u0301 and é",
        "ﬁ ﬂ Ⅷ ㎏",
    ),
    *(
        "co\u00adoper\u00adation",
        "back\\slash /slash/ |pipe|",
        "tab-less ~tilde~ ^caret^ `tick`",
        "a_b__c *d* #e @f",
        "C++ C# F#",
    ),
    *(
        "\\u003cb\\u003e",
        "%3Cb%3E",
        "=SUM(A1:A2)",
        "user@desk.example",
        "https://gazette.example/?a=1&b=2#c",
        "“a”–“b”",
    ),
]
SENTENCE = "The ministers of Türkiye wrote {} on board {} and everybody in Ankara read it aloud."


def documents() -> Iterator[tuple[list[str], str]]:
    """Eight samples a text: in the middle of a sentence each, then each on a line of its own."""
    for start in range(0, len(WRITTEN), 8):
        some = WRITTEN[start : start + 8]
        inside = [SENTENCE.format(sample, start + number) for number, sample in enumerate(some)]
        yield some, "\n\n".join(["What the ministers wrote", *inside])
    for start in range(0, len(WRITTEN), 8):
        some = [
            f"Line {start + number} {sample} end" for number, sample in enumerate(WRITTEN[start : start + 8])
        ]
        yield (
            some,
            "\n\n".join([SENTENCE.format("this", f"alone {start}"), *some, SENTENCE.format("that", "last")]),
        )


@pytest.fixture
def editor(db: None, client: Client) -> Client:
    client.force_login(make_user("editor"), backend="accounts.backends.RoleBackend")
    return client


def public_words(article: Article, client: Client) -> str:
    article.source, article.date_missing, article.dated = make_source(rights="full"), True, None
    article.save()
    article.mentions.create(country=country("tr"), about=True)
    article.publish()
    page = html.fromstring(client.get(article.get_absolute_url()).content.decode())
    return page.find_class("body")[0].text_content()


def changed(samples: list[str], words: str) -> list[str]:
    return [sample for sample in samples if sample not in words]


def test_at_least_forty_texts_are_tried():
    assert len(set(WRITTEN)) == len(WRITTEN) >= 75


@pytest.mark.parametrize("way", ["pasted", "uploaded"])
def test_what_is_written_is_read_as_it_was_written(editor: Client, way: str):
    for samples, text in documents():
        file = SimpleUploadedFile("words.txt", text.encode())
        editor.post(INTAKE, {"text": text} if way == "pasted" else {"files": [file]})
        article = Article.objects.latest("pk")
        bare = [
            sample.replace("\u00ad", "") for sample in samples
        ]  # quotes and search do without soft hyphens
        assert changed(bare, article.text.plain) == []
        body = html.fragment_fromstring(article.text.body, create_parent=True).text_content()
        assert changed(samples, body) == []
        assert changed(samples, public_words(article, Client())) == []


def test_a_title_of_signs_stays_as_typed(editor: Client):
    for number, sample in enumerate(WRITTEN):
        text = f"Talks {number}\n\n{SENTENCE.format('a', number)} {number}"
        if number % 8 == 0:
            editor.post(INTAKE, {"text": text, "title": f"Title {sample} {number}"})
            article = Article.objects.latest("pk")
            assert article.title == f"Title {sample} {number}"
            page = html.fromstring(
                editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
            )
            assert page.xpath("//*[@name='title']")[0].value.strip() == article.title


def test_leftovers_of_layout_part_no_word_and_turn_no_line(editor: Client):
    marks = "\ufeff\u200b\u2060\u200d\u200c\u200e\u202e\u202a\u2066\x01\x1b"
    words = "".join(f"{letter}{marks}" for letter in "Ankara")
    editor.post(INTAKE, {"text": f"Talks in the capital\n\n{SENTENCE.format(words, 1)}"})
    assert Article.objects.latest("pk").text.plain == SENTENCE.format("Ankara", 1)


def test_a_quote_with_soft_hyphens_is_found_and_marked_on_its_page(editor: Client):
    words = (
        "The min\u00adis\u00adters of Tür\u00adkiye and of Ka\u00adzakh\u00adstan met for two days in June."
    )
    text = f"Talks in the capital\n\n{words}"
    editor.post(INTAKE, {"text": text})
    article = Article.objects.latest("pk")
    found = article.proposals.get(country=country("kz"))
    assert "Kazakhstan" in found.quotes[0]["exact"]
    article.mentions.create(country=country("kz"), quotes=found.quotes)
    public_words(article, editor)
    page = editor.get(article.get_absolute_url()).content.decode()
    assert "Ka\u00adzakh\u00adstan" in html.fromstring(page).xpath("string(//mark)")
