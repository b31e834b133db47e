"""The review page through plain requests: what it shows, what its buttons do, and to whom."""

import pytest

from articles.models import Article
from articles.quotes import quote_of
from articles.texts import set_body
from entities.models import Organisation, Source
from tests.factories import country, make_article, make_organisation, make_source, make_user

from .review import TEXT, facts, page, propose, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    return make_article("A visit", body=TEXT)


def test_evidence_is_marked_in_its_place(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"))
    body = client.get(page(article)).content.decode()
    start = article.text.plain.index("Turkey")
    mark = f'<mark class="mark-country is-open" data-s="{start}" data-refs="p{proposal.pk}" tabindex="-1">Turkey</mark>'
    assert mark in body


def test_the_most_doubtful_proposal_of_a_kind_comes_first(client, editor, article):
    for value, score in [("Ivan Sample", 0.9), ("Sample", 0.3), ("Ivan", 0.6)]:
        propose(article, "person", value, score)
    review = client.get(page(article)).context["review"]
    assert [line.name for line in review.open] == ["Sample", "Ivan", "Ivan Sample"]


def test_names_in_a_text_are_shown_as_words_not_as_markup(client, editor):
    article = make_article("<b>Bold</b>", body="<p>1 &lt; 2 and &lt;script&gt;alert(1)&lt;/script&gt;</p>")
    propose(article, "organisation", "<script>alert(1)</script>")
    body = client.get(page(article)).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_a_verdict_comes_back_to_the_same_place(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"))
    response = client.post(page(article), {"accept": proposal.pk})
    assert response.url == f"{page(article)}#p{proposal.pk}"
    assert article.mentions.get().country.code == "tr"


def test_the_pages_script_gets_the_inside_of_the_page_at_once(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"))
    response = client.post(page(article), {"reject": proposal.pk}, headers={"X-Partial": "review"})
    body = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in body
    assert "1 rejected" in body


def test_about_and_named_are_one_press_apart(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"), about=False)
    client.post(page(article), {"about": f"p{proposal.pk}:1"})
    client.post(page(article), {"accept": proposal.pk})
    mention = article.mentions.get()
    assert mention.about
    for ref in (f"m{mention.pk}", f"p{proposal.pk}"):
        for about in (0, 1):
            client.post(page(article), {"about": f"{ref}:{about}"})
            mention.refresh_from_db()
            assert mention.about == bool(about)


def test_another_record_is_found_by_part_of_its_name(client, editor, article):
    wanted = make_organisation("Sample Trucks of Nowhere")
    proposal = propose(article, "organisation", "Sample Trucks")
    response = client.get(page(article), {"open": proposal.pk, "find": "trucks"})
    assert [candidate.record for candidate in response.context["editor"].candidates] == [wanted]
    client.post(page(article), {"open": proposal.pk, "retarget": f"organisation:{wanted.pk}"})
    assert article.mentions.get().organisation == wanted


def test_a_new_record_is_made_in_place(client, editor, article):
    proposal = propose(article, "organisation", "Sample Trucks")
    made = {"name": "Sample Trucks Ltd", "kind": "company", "country": country("ru").pk}
    client.post(page(article), {"open": proposal.pk, "create": "organisation"} | made)
    assert article.mentions.get().organisation.name == "Sample Trucks Ltd"
    proposal.refresh_from_db()
    assert proposal.verdict == "corrected"


def test_a_refused_new_record_keeps_what_was_typed(client, editor, article):
    proposal = propose(article, "agreement", "Sample Trucks")
    typed = {"title": "Sample Pact", "kind": "treaty", "parties": "Atlantis"}
    response = client.post(page(article), {"open": proposal.pk, "create": "agreement"} | typed)
    assert response.status_code == 200
    assert "Atlantis" in str(response.context["editor"].form.errors["parties"])
    assert (
        'value="Sample Pact"' in response.content.decode()
        or "Sample Pact</textarea>" in response.content.decode()
    )


def test_a_link_is_added_from_words_of_the_text(client, editor, article):
    record = make_organisation("Sample Trucks")
    second = article.text.plain.rindex("Sample Trucks")
    client.post(
        page(article),
        {
            "add": "organisation",
            "retarget": f"organisation:{record.pk}",
            "words": "Sample Trucks",
            "start": second,
        },
    )
    assert article.mentions.get().quotes[0]["start"] == second


def test_words_that_are_not_in_the_text_are_no_evidence(client, editor, article):
    record = make_organisation("Elsewhere")
    posted = {"add": "organisation", "retarget": f"organisation:{record.pk}", "words": "Elsewhere"}
    response = client.post(page(article), posted, follow=True)
    assert "“Elsewhere” does not stand in the text." in said(response)
    assert not article.mentions.exists()


def test_the_page_says_in_words_what_publishing_lacks(client, editor, article):
    body = client.get(page(article)).content.decode()
    for lacking in ("a source", "a date, or the note that none is given", "a partner country"):
        assert lacking in body


def test_publish_saves_what_was_typed_and_publishes(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"), about=True)
    client.post(page(article), {"accept": proposal.pk})
    typed = facts(article, source_name="Sample Gazette", date_missing="on", summary="Ours.", tags="trade")
    client.post(page(article), typed | {"publish": "1"})
    article.refresh_from_db()
    assert (article.state, article.source.name, article.summary) == ("published", "Sample Gazette", "Ours.")
    assert [tag.name for tag in article.tags.all()] == ["trade"]


def test_publishing_too_early_keeps_what_was_typed(client, editor, article):
    response = client.post(page(article), facts(article, summary="Ours.") | {"publish": "1"}, follow=True)
    article.refresh_from_db()
    assert (article.state, article.summary) == ("draft", "Ours.")
    assert "it lacks" in " ".join(said(response))


def test_a_story_is_scheduled_for_a_minute_that_is_still_to_come(client, editor, article):
    proposal = propose(article, "country", "Turkey", country=country("tr"), about=True)
    client.post(page(article), {"accept": proposal.pk})
    typed = facts(article, source_name="Sample Gazette", dated="2022", go_live_at="2999-01-01T08:30")
    client.post(page(article), typed | {"schedule": "1"})
    article.refresh_from_db()
    assert (article.state, article.go_live_at.year) == ("ready", 2999)


def test_a_stale_save_is_refused_and_shown_as_a_difference(client, editor, article):
    mine = facts(article, title="My title", summary="My summary")
    Article.objects.filter(pk=article.pk).update(title="Their title")
    response = client.post(page(article), mine | {"save": "1"})
    article.refresh_from_db()
    assert article.title == "Their title"
    conflict = response.context["facts"].conflict
    assert [(d.mine, d.theirs) for d in conflict.differences] == [
        ("My title", "Their title"),
        ("My summary", "–"),
    ]
    assert "My summary</textarea>" in response.content.decode()


def test_mine_is_saved_over_theirs_when_i_say_so(client, editor, article):
    mine = facts(article, title="My title")
    Article.objects.filter(pk=article.pk).update(title="Their title")
    conflict = client.post(page(article), mine | {"save": "1"}).context["facts"].conflict
    client.post(page(article), mine | {"save": "1", "over": conflict.revision})
    article.refresh_from_db()
    assert article.title == "My title"


def test_a_published_story_cannot_lose_its_source(client, editor):
    article = make_article(published=True)
    response = client.post(page(article), facts(article, dated="2022") | {"save": "1"})
    assert "A published story needs a source." in str(response.context["facts"].errors)


def test_a_typed_source_is_the_known_one_however_it_is_spelled(client, editor, article):
    known = make_source("Sample Gazette")
    client.post(page(article), facts(article, source_name="sample  GAZETTE") | {"save": "1"})
    article.refresh_from_db()
    assert article.source == known


def test_quotes_are_found_again_or_marked_lost_when_the_text_changes(article):
    for words in ("Turkey", "Ivan Sample"):
        article.mentions.create(
            organisation=make_organisation(words), quotes=[quote_of(words, article.text.plain)]
        )
    set_body(article, "<p>Yesterday he visited Turkey.</p>")
    moved, lost = article.mentions.order_by("pk")
    assert (moved.quotes[0]["start"], moved.evidence_lost) == (21, False)
    assert lost.evidence_lost


def test_a_contributor_reviews_their_own_drafts_only(client):
    contributor = make_user("contributor")
    client.force_login(contributor)
    own = make_article(body=TEXT, created_by=contributor)
    assert client.get(page(own)).status_code == 200
    for other in (make_article(), make_article(created_by=contributor, published=True)):
        assert client.get(page(other)).status_code == 404
        assert client.post(page(other), {"save": "1"}).status_code == 404


@pytest.mark.parametrize("verb", ["publish", "schedule", "withdraw"])
def test_a_contributor_cannot_publish(client, verb):
    contributor = make_user("contributor")
    client.force_login(contributor)
    own = make_article(body=TEXT, created_by=contributor)
    assert client.post(page(own), facts(own) | {verb: "1"}).status_code == 403


def test_a_contributor_adds_neither_tags_nor_sources(client):
    contributor = make_user("contributor")
    client.force_login(contributor)
    own = make_article(body=TEXT, created_by=contributor)
    response = client.post(page(own), facts(own, tags="novelty", source_name="New Paper") | {"save": "1"})
    assert set(response.context["facts"].errors) == {"tags", "source_name"}
    assert not Source.objects.exists()


def test_another_articles_proposals_are_out_of_reach(client, editor, article):
    foreign = propose(make_article(body=TEXT), "organisation", "Sample Trucks")
    client.post(page(article), {"accept": foreign.pk})
    client.post(page(article), {"undo": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.is_open
    assert not Organisation.objects.exists()


NONSENSE = ["", "x", "-1", "9" * 30, "1\x00", "p", "p9999999999999999999:1", "٣"]


@pytest.mark.parametrize(
    "verb", ["accept", "reject", "undo", "about", "correct", "retarget", "create", "remove"]
)
def test_nonsense_changes_nothing_and_breaks_nothing(client, editor, article, verb):
    propose(article, "country", "Turkey", country=country("tr"))
    for nonsense in NONSENSE:
        posted = {verb: nonsense, "open": nonsense, "words": nonsense, "start": nonsense, "value": nonsense}
        assert client.post(page(article), posted).status_code in (200, 302)
    assert client.get(page(article), posted | {"add": "person", "find": nonsense}).status_code == 200
    assert article.proposals.open().count() == 1


def test_the_page_asks_the_database_no_more_for_more_proposals(
    client, editor, article, django_assert_max_num_queries
):
    def fill(numbers):
        for number in numbers:
            record = make_organisation(f"Body {number}", country=country("tr"))
            propose(article, "organisation", f"Body {number}", organisation=record)
            propose(article, "person", f"Person {number}", payload={"country": "ru"})
        for proposal in article.proposals.open().order_by("pk")[:2]:
            client.post(page(article), {"accept": proposal.pk})

    fill(range(2))
    client.get(page(article))
    with django_assert_max_num_queries(20) as asked:
        client.get(page(article))
        few = len(asked)
    fill(range(2, 30))
    with django_assert_max_num_queries(few):
        client.get(page(article))


def test_a_corrected_language_is_recognised_anew(client, editor):
    article = make_article("Визит", body="<p>Делегация из Турции посетила Россию.</p>", language="en")
    client.post(page(article), facts(article, language="ru") | {"save": "1"})
    assert {proposal.country.code for proposal in article.proposals.filter(kind="country")} == {"tr", "ru"}


def test_verdicts_outlive_a_corrected_language(client, editor):
    article = make_article("Визит", body="<p>Делегация из Турции посетила Россию.</p>", language="en")
    client.post(page(article), facts(article, language="ru") | {"save": "1"})
    rejected, accepted = article.proposals.filter(kind="country").order_by("pk")
    client.post(page(article), {"reject": rejected.pk})
    client.post(page(article), {"accept": accepted.pk})
    article.refresh_from_db()
    client.post(page(article), facts(article, language="tr") | {"save": "1"})
    article.refresh_from_db()
    client.post(page(article), facts(article, language="ru") | {"save": "1"})
    assert not article.proposals.open().filter(kind="country").exists()
    assert article.mentions.get().country == accepted.country
