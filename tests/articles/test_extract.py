"""Reading documents: the right text whatever the encoding, or a sentence that says what is wrong."""

import pytest

from articles.intake.extract import UnreadableInput, read_bytes, read_text

RUSSIAN = (
    "Россия и Турция подписали соглашение о торговле. Министры обеих стран довольны тем, что оно готово."
)
TURKISH = "Türkiye ile Kazakistan arasındaki işbirliği gelişiyor. Bakanlar, şirketlerin önünü açan bir iş için görüştü."
ENGLISH = (
    "The ministers’ “joint” programme – worth €5 million – was agreed in Ankara; the café owners were glad."
)
PAGE = """<!doctype html><html lang="en"><head><title>Ministers meet | Example Times</title><meta charset="{charset}">
<meta property="og:site_name" content="Example Times"><link rel="canonical" href="https://times.example/a/1">
<meta property="article:published_time" content="2024-05-06T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ministers meet</h1><p>{text}</p><p>{text} Once more, so that there is enough of it to read.</p>
<p onclick="x()">The last words <script>alert(1)</script>stand here, after everything else was said.</p></article>
<footer>© Example Times. All rights reserved.</footer></body></html>"""


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1251",
        "koi8-r",
        "cp866",
        "iso8859-5",
        "mac-cyrillic",
    ],
)
def test_russian_is_read_in_any_common_encoding(encoding):
    assert read_bytes(RUSSIAN.encode(encoding)).text == RUSSIAN


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "cp1254", "iso8859-9", "mac-turkish", "cp857"]
)
def test_turkish_is_read_in_any_common_encoding(encoding):
    assert read_bytes(TURKISH.encode(encoding)).text == TURKISH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "mac-roman"])
def test_english_signs_survive_their_encoding(encoding):
    assert read_bytes(ENGLISH.encode(encoding)).text == ENGLISH


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_a_page_is_read_by_the_charset_it_names(charset):
    assert RUSSIAN in read_bytes(PAGE.format(charset=charset, text=RUSSIAN).encode(charset)).text


def test_a_page_that_names_the_wrong_charset_is_read_right_all_the_same():
    assert (
        RUSSIAN
        in read_bytes(
            PAGE.format(charset="iso-8859-1", text=RUSSIAN).encode("cp1251"), filename="a.html"
        ).text
    )


def test_a_page_tells_its_headline_date_publisher_and_address():
    found = read_bytes(PAGE.format(charset="utf-8", text=ENGLISH).encode(), filename="a.html")
    assert (found.title, found.published, found.source, found.source_url, found.kind) == (
        "Ministers meet", "2024-05-06", "Example Times", "https://times.example/a/1", "html",
    )  # fmt: skip


def test_a_page_keeps_nothing_active_and_nothing_of_its_frame():
    found = read_bytes(PAGE.format(charset="utf-8", text=ENGLISH).encode(), filename="a.html")
    assert not any(word in found.body_html for word in ("script", "onclick", "alert"))
    assert "rights reserved" not in found.text


def test_a_text_read_through_the_wrong_table_once_is_repaired():
    assert read_text(TURKISH.encode().decode("latin-1")).text == TURKISH


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04" + b"x" * 99, "ZIP"),
        (b"\x89PNG\r\n" + bytes(range(256)), "picture"),
        (bytes(range(256)) * 40, ""),
        (b"1234 5678 !!!", "no text"),
        (b"word " * 2_100_000, "too large"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data, words):
    with pytest.raises(UnreadableInput) as error:
        read_bytes(data)
    assert words in str(error.value) and str(error.value).endswith(".")


def test_nul_bytes_and_lone_surrogates_are_dropped():
    assert (
        read_bytes(b"The \x00ministers of Chile and Peru met in Lima.").text
        == "The ministers of Chile and Peru met in Lima."
    )
    assert (
        read_text("The \ud800ministers of Chile and Peru met in Lima.").text
        == "The ministers of Chile and Peru met in Lima."
    )


def test_damaged_utf8_is_refused_and_not_guessed():
    with pytest.raises(UnreadableInput, match="damaged"):
        read_bytes((RUSSIAN * 3).encode()[:150] + b"\xff\xfe\xfd" + RUSSIAN.encode())


def test_a_hundred_thousand_nested_tags_are_read():
    found = read_bytes(
        b"<html><body>"
        + b"<div>" * 100_000
        + b"The ministers of Chile and Peru met in Lima."
        + b"</div>" * 100_000
    )
    assert "Chile and Peru" in found.text


def test_two_megabytes_on_one_line_are_refused_or_read():
    with pytest.raises(UnreadableInput, match="too long"):
        read_bytes(b"The ministers met. " * 100_000)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "Ministers meet\n2024-05-06\n\nThe ministers of Chile and Peru met in Lima to talk about trade.",
            "2024-05-06",
        ),
        (
            "Ministers meet\nMay 6, 2024 4:51 pm ET\n\nThe ministers of Chile and Peru met in Lima to talk of trade.",
            "2024-05-06",
        ),
        (
            "Министры встретились\n6 мая 2024 г., 14:30\n\nМинистры Чили и Перу встретились в Лиме, чтобы поговорить.",
            "2024-05-06",
        ),
        (
            "Bakanlar görüştü\n06.05.2024 | 14:30\n\nŞili ve Peru bakanları ticaret için Lima'da bir araya geldi.",
            "2024-05-06",
        ),
        (
            "LIMA, May 6, 2024 (Agency) — The ministers of Chile and Peru met to talk about trade between them.",
            "2024-05-06",
        ),
        ("Ministers meet\nGiriş: 6 Mayıs 2024 14:30 Güncelleme: 7 Mayıs 2024\n\n" + TURKISH, "2024-05-06"),
        ("Press Release\nMay 2024\nMinisters meet\n\n" + ENGLISH, "2024-05"),
        (
            "6 May 2024 The ministers of Chile and Peru met in Lima to talk about trade.",
            "2024-05-06",
        ),
        (
            "I transmit the treaty to the Senate, and ask for its consent.\n\nEDITOR ONE\n\nTHE HOUSE,   May 6, 2024.",
            "2024-05-06",
        ),
        (
            "Ministers meet\n\nOn May 6, 2024 the ministers of Chile and Peru met in Lima to talk about their trade.",
            None,
        ),
        (
            "6 мая 2024 года министры Чили и Перу встретились в Лиме, чтобы поговорить о торговле двух стран.",
            None,
        ),
        (
            "Ministers meet\n\nThe ministers met on May 6 in Lima and will meet again on June 7, they said.",
            None,
        ),
    ],
)
def test_the_date_of_the_page_is_told_from_dates_in_the_story(text, published):
    assert read_text(text).published == published


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Ministers meet in Lima\n\nThe ministers of Chile and Peru met in Lima to talk about trade.",
            "Ministers meet in Lima",
        ),
        (
            "Ministers meet in Lima\n\nMinisters meet in Lima\n\nThe ministers of Chile and Peru met today.",
            "Ministers meet in Lima",
        ),
        (
            "+7 (000) 00-00-00 (Mon–Fri)\n\nMinisters meet in Lima\n\nThe ministers of Chile and Peru met today.",
            "Ministers meet in Lima",
        ),
        (
            "TO THE SENATE:\n\nI transmit the treaty between Chile and Peru, signed in Lima, and ask for consent.",
            "",
        ),
        (
            "- The proposal to sign the treaty between Chile and Peru was approved by the Cabinet on Monday.",
            "",
        ),
        (
            "Dear colleagues,\n\nThe ministers of Chile and Peru met in Lima on Monday to talk about their trade.",
            "",
        ),
        (
            "The ministers of Chile and Peru met in Lima on Monday.\n\nThey talked about trade, and were glad.",
            "",
        ),
    ],
)
def test_a_headline_is_found_or_its_absence(text, title):
    assert read_text(text).title == title


@pytest.mark.parametrize(
    "line",
    [
        *("Back to the list", "READ MORE: Another story", "Share on Facebook", "###", "Leave a Reply"),
        *("Читать далее", "Поделиться", "К списку новостей", "Devamını oku", "Paylaş"),
        *("Phone: (+90312) 000-00-00", "© Example Times. All rights reserved."),
    ],
)
def test_what_belongs_to_the_page_and_not_to_the_text_goes(line):
    text = f"Ministers meet in Lima\n\n{ENGLISH}\n\n{RUSSIAN}\n\n{line}"
    assert line not in read_text(text).text


def test_comment_forms_and_what_follows_go():
    tail = "About Us\n\nWe are a forum.\n\nLeave a Reply\n\nYour email address will not be published."
    text = f"Ministers meet\n\n{ENGLISH}\n\n{ENGLISH}!\n\n{tail}"
    assert "forum" not in read_text(text).text


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN, "ru"), (TURKISH, "tr"), (ENGLISH, "en")])
def test_the_language_of_a_text_is_known(text, language):
    assert read_text(text).language == language


def test_other_languages_are_told_from_those_of_the_desk():
    kazakh = "Қазақстан мен Түркия арасындағы ынтымақтастық туралы келісімге қол қойылды. Екі ел министрлері кездесті."
    assert read_text(kazakh).language == "kk"


def test_fields_above_a_text_tell_what_they_say():
    found = read_text(
        f"Title: Ministers meet\nSource: Example Times\nURL: https://times.example/a\n\n{ENGLISH}"
    )
    assert (found.title, found.source, found.source_url) == (
        "Ministers meet",
        "Example Times",
        "https://times.example/a",
    )
    assert found.text == ENGLISH


def test_marks_of_markdown_around_a_line_go():
    assert read_text(f"# Ministers meet\n\n**Trade**\n\n{ENGLISH}").title == "Ministers meet"


def test_a_pages_own_title_above_the_headline_gives_its_date_and_goes():
    text = (
        "2018-03-21 Norway and Chile sign a treaty on charts - Example News, Sports\n\n"
        "Norway and Chile sign a treaty on charts\n\nBy EDITOR ONE\nExample Press\n\n"
        + "The two signed it in Lima. "
        * 6
    )
    found = read_text(text)
    assert (found.title, found.published) == ("Norway and Chile sign a treaty on charts", "2018-03-21")
    assert found.byline == "EDITOR ONE" and "Example" not in found.text


LEAD = "The ministers of two states met on the coast and agreed on how much fish each may catch."


def test_a_headline_may_end_with_a_full_stop():
    assert read_text("Ministers agree on fish.\n\n" + LEAD).title == "Ministers agree on fish."


def test_a_short_first_sentence_with_a_date_is_no_headline():
    assert read_text("They met on 5 May 2021.\n\n" + LEAD).title == ""


def test_credits_of_reporters_are_no_text():
    text = (
        "Norway and Chile agreed on charts of the sea. " * 5
        + "\n\n(Reporting by Editor One; editing by Editor Two)\n"
    )
    assert "Editor" not in read_text(text).text


def test_a_menu_between_a_pages_title_and_its_headline_goes_with_its_date():
    headline = "Norway and Chile sign a treaty on charts"
    menu = "Today in Lima\nOct 23, 2017-Monday\n\n"
    found = read_text(f"{headline} | Example News\n{menu}{headline}\n\nUpdated: Nov 19, 2008\n\n{ENGLISH}")
    assert (found.title, found.published) == (headline, "2008-11-19")
