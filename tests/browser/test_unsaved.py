"""What is typed and not saved survives a reload, a lost session and a second tab, and is nobody else's."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Proposal
from articles.quotes import quote_of
from tests.factories import PASSWORD, country, make_article, make_user

from .desk import Desk

KEPT = "Object.keys(localStorage).filter((key) => key.includes('typed'))"


@pytest.fixture
def article(transactional_db):
    article = make_article("A visit", body="<p>Ivan Sample of Sample Trucks visited Turkey.</p>")
    for kind, value, fields in [
        ("country", "Turkey", {"country": country("tr"), "about": True}),
        ("organisation", "Sample Trucks", {}),
    ]:
        quotes = [quote_of(value, article.text.plain)]
        Proposal.objects.create(
            article=article, kind=kind, value=value, score=0.7, quotes=quotes, version="1", **fields
        )
    return article


def address(article):
    return reverse("admin:articles_review", args=[article.pk])


@pytest.fixture
def page(open_page, editor, article):
    page = open_page(editor)
    page.goto(address(article))
    return page


def sign_in(page, user):
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_what_was_typed_is_back_after_a_reload_and_saved_only_when_asked(page, article):
    page.get_by_label("Byline").fill("Editor One")
    page.reload()
    expect(page.get_by_label("Byline")).to_have_value("Editor One")
    expect(page.get_by_text("What you typed and did not save is back")).to_be_visible()
    assert Article.objects.get().byline == ""
    Desk(page).press("Save")
    page.reload()
    expect(page.get_by_label("Byline")).to_have_value("Editor One")
    expect(page.get_by_text("What you typed and did not save is back")).to_be_hidden()
    assert page.evaluate(KEPT) == []


def test_what_was_typed_is_discarded_by_one_press(page, article):
    page.get_by_label("Byline").fill("Editor One")
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Byline")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Byline")).to_have_value("")


def test_a_form_of_a_new_record_is_back_after_a_reload(page, article):
    desk = Desk(page)
    desk.click(desk.line("Sample Trucks").get_by_role("link", name="Change Sample Trucks"))
    page.get_by_label("Name", exact=True).fill("Sample Trucks Ltd")
    page.get_by_label("Acronym").fill("ST")
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Sample Trucks Ltd")
    expect(page.get_by_label("Acronym")).to_have_value("ST")
    desk.press("Make and link")
    expect(page.locator(".line-judged", has_text="Sample Trucks Ltd")).to_be_visible()
    page.reload()
    expect(page.locator("[data-editor]")).to_have_count(0)


def test_a_verdict_after_a_lost_session_leads_back_with_what_was_typed(page, article, editor):
    page.get_by_label("Byline").fill("Editor One")
    Session.objects.all().delete()
    Desk(page).press("Accept Turkey")
    expect(page.get_by_text("You are signed out")).to_be_visible()
    page.get_by_role("link", name="Sign in and come back").click()
    sign_in(page, editor)
    expect(page.get_by_label("Byline")).to_have_value("Editor One")
    Desk(page).press("Accept Turkey")
    expect(page.locator(".line-judged", has_text="Türkiye")).to_be_visible()


def test_a_page_goes_on_after_signing_in_again_in_another_tab(page, article, editor):
    Session.objects.all().delete()
    other = page.context.new_page()
    other.goto(address(article))
    sign_in(other, editor)
    expect(other.locator("#review")).to_be_visible()
    Desk(page).press("Accept Turkey")
    expect(page.locator(".line-judged", has_text="Türkiye")).to_be_visible()


def test_a_dead_token_is_told_and_keeps_what_was_typed(open_page, editor, article):
    page = open_page(editor, expects=["403"])
    page.goto(address(article))
    page.get_by_label("Byline").fill("Editor One")
    page.context.clear_cookies(name="csrftoken")
    Desk(page).press("Accept Turkey")
    expect(page.get_by_text("That did not reach the register")).to_be_visible()
    page.get_by_role("link", name="Reload the page").click()
    expect(page.get_by_label("Byline")).to_have_value("Editor One")


def test_nobody_else_in_the_same_browser_sees_or_saves_it(open_page, editor, article):
    page = open_page(editor, expects=["409"])
    page.goto(address(article))
    page.get_by_label("Byline").fill("Editor One")
    other = page.context.new_page()
    page.context.clear_cookies()
    other.goto(address(article))
    sign_in(other, make_user("editor"))
    expect(other.get_by_label("Byline")).to_have_value("")
    Desk(page).press("Accept Turkey")
    expect(page.get_by_text("Somebody else is signed in in this browser")).to_be_visible()
    assert not article.mentions.exists()


def test_signing_out_takes_it_out_of_the_browser(page, article):
    page.get_by_label("Byline").fill("Editor One")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Log out")).to_have_count(0)
    assert page.evaluate(KEPT) == []


def test_verdicts_in_one_tab_show_in_the_other(page, article):
    other = page.context.new_page()
    other.goto(address(article))
    other.get_by_label("Byline").fill("Editor One")
    Desk(page).press("Accept Turkey")
    expect(other.locator(".line-judged", has_text="Türkiye")).to_be_visible()
    expect(other.get_by_label("Byline")).to_have_value("Editor One")


def test_what_another_tab_saved_is_shown_as_a_difference_and_nothing_is_lost(page, article):
    other = page.context.new_page()
    other.goto(address(article))
    other.get_by_label("Byline").fill("Editor Two")
    page.get_by_label("Byline").fill("Editor One")
    Desk(page).press("Save")
    expect(other.get_by_text("your next save shows the difference")).to_be_visible()
    Desk(other).press("Save")
    expect(other.locator(".conflict td")).to_have_text(["Editor Two", "Editor One"])
    other.reload()
    expect(other.get_by_label("Byline")).to_have_value("Editor Two")
    Desk(other).press("Save")
    Desk(other).press("Save mine over it")
    assert Article.objects.get().byline == "Editor Two"


def test_theirs_is_taken_by_one_press(page, article):
    page.get_by_label("Byline").fill("Editor One")
    Article.objects.update(byline="Editor Two")
    Desk(page).press("Save")
    page.get_by_role("link", name="Take theirs").click()
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.get_by_label("Byline")).to_have_value("Editor Two")


def test_a_verdict_on_an_old_page_shows_what_somebody_else_did(page, article):
    page.get_by_label("Byline").fill("Editor One")
    Article.objects.update(byline="Editor Two")
    Desk(page).press("Accept Turkey")
    expect(page.get_by_text("worked on in another tab or by somebody else")).to_be_visible()
    expect(page.get_by_label("Byline")).to_have_value("Editor One")
    Desk(page).press("Save")
    expect(page.locator(".conflict td")).to_have_text(["Editor One", "Editor Two"])


def test_what_was_pasted_is_back_on_the_intake_page(open_page, editor):
    page = open_page(editor)
    page.goto(reverse("admin:articles_intake"))
    page.get_by_label("Paste a text").fill("A delegation visited Turkey and spoke of trucks.")
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    sign_in(page, editor)
    expect(page.get_by_label("Paste a text")).to_have_value(
        "A delegation visited Turkey and spoke of trucks."
    )
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.locator("#review")).to_be_visible()
    page.goto(reverse("admin:articles_intake"))
    expect(page.get_by_label("Paste a text")).to_have_value("")
