"""A made-up register of any size, the same every time: nothing in it is or resembles a real story."""

import datetime
import random
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, ArticleText, Mention, TaggedArticle
from articles.texts import digest_of
from entities.folding import folded
from entities.models import Agreement, AgreementParty, Country, Organisation, Person, Source, Tag

CHUNK = 1000
WORDS = {
    "en": "talks trade visit agreement energy transport partners committee export growth forum project region "
    "delegation statement cooperation investment railway students exhibition signed opened discussed plans",
    "ru": "переговоры торговля визит соглашение энергетика транспорт партнёры комитет экспорт рост форум проект "
    "делегация заявление сотрудничество инвестиции студенты выставка подписали открыли обсудили планы",
    "tr": "görüşme ticaret ziyaret anlaşma enerji ulaştırma ortaklar komite ihracat büyüme forum proje bölge heyet "
    "açıklama işbirliği yatırım demiryolu öğrenciler sergi imzaladı açtı ele aldı planlar",
}
LANGUAGES = ["en"] * 7 + ["ru"] * 2 + ["tr"]


class Generator:
    def __init__(self, size: int) -> None:
        self.size = size
        self.random = random.Random(19210316)
        self.vocabulary = {language: words.split() for language, words in WORDS.items()}
        self.countries = list(Country.objects.present().order_by("code"))
        self.random.shuffle(self.countries)
        self.weights = [1 / (place + 1) for place in range(len(self.countries))]

    def fill(self) -> None:
        """Fill an empty register; do nothing to one that has stories."""
        if Article.objects.exists():
            return
        self._make_records()
        for first in range(0, self.size, CHUNK):
            with transaction.atomic():
                self._make_stories(first, min(CHUNK, self.size - first))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _words(self, language: str, count: int) -> str:
        return " ".join(self.random.choices(self.vocabulary[language], k=count))

    def _text(self, language: str) -> str:
        sentences = (self._words(language, 14).capitalize() + "." for _ in range(25))
        return " ".join(sentences)

    def _some_countries(self, most: int) -> list[Country]:
        return list(
            dict.fromkeys(self.random.choices(self.countries, self.weights, k=self.random.randint(1, most)))
        )

    def _make_records(self) -> None:
        count = max(20, min(2000, self.size // 20))
        self.sources = Source.objects.bulk_create(
            [Source(name=f"Sample Gazette {n}", rights=("full", "excerpt", "link")[n % 3]) for n in range(40)]
        )
        self.tags = Tag.objects.bulk_create(
            [Tag(name=f"subject {n}", slug=f"subject-{n}") for n in range(300)]
        )
        self.organisations = Organisation.objects.bulk_create(
            Organisation(
                name=f"Sample Works {n}",
                slug=f"sample-works-{n}",
                public=True,
                country=self._some_countries(1)[0],
            )
            for n in range(count)
        )
        self.people = Person.objects.bulk_create(
            Person(name=f"Person Number {n}", slug=f"person-number-{n}", public=True) for n in range(count)
        )
        self.agreements = Agreement.objects.bulk_create(self._agreement(n) for n in range(count))
        AgreementParty.objects.bulk_create(
            AgreementParty(agreement=agreement, country=country, position=place)
            for agreement in self.agreements
            for place, country in enumerate(self._some_countries(3))
        )

    def _agreement(self, number: int) -> Agreement:
        signed = self._day(1920)
        return Agreement(
            title=f"Sample agreement {number} on {self._words('en', 3)}",
            slug=f"sample-agreement-{number}",
            public=True,
            kind=self.random.choice(Agreement.Kind.values),
            signed=self.random.choice([signed, signed[:7], signed[:4], None]),
            in_force=self.random.choice([str(int(signed[:4]) + 1), None]),
        )

    def _day(self, first_year: int) -> str:
        return str(
            datetime.date(first_year, 1, 1)
            + datetime.timedelta(self.random.randrange((2026 - first_year) * 365))
        )

    def _make_stories(self, first: int, count: int) -> None:
        articles = Article.objects.bulk_create(self._stories(first, count))
        texts = [(article, self._text(article.language)) for article in articles]
        ArticleText.objects.bulk_create(
            ArticleText(
                article=article,
                body=f"<p>{text}</p>",
                plain=text,
                digest=digest_of(text),
                language=article.language,
            )
            for article, text in texts
        )
        Mention.objects.bulk_create(mention for article in articles for mention in self._mentions(article))
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=tag)
            for article in articles
            for tag in self.random.sample(self.tags, self.random.randint(0, 4))
        )

    def _stories(self, first: int, count: int) -> Iterator[Article]:
        for number in range(first, first + count):
            language = self.random.choice(LANGUAGES)
            title = f"{self._words(language, 8).capitalize()} {number}"
            published = self.random.random() < 0.95
            yield Article(
                title=title,
                key=folded(title),
                slug=f"story-{number}" if published else None,
                summary=self._words(language, 30),
                dated=self._day(2005),
                language=language,
                source=self.random.choice(self.sources),
                state=Article.State.PUBLISHED if published else Article.State.DRAFT,
                released_at=timezone.now() if published else None,
            )

    def _mentions(self, article: Article) -> Iterator[Mention]:
        for country in self._some_countries(4):
            yield Mention(article=article, country=country, about=self.random.random() < 0.6)
        for owner, records, most in (
            ("organisation", self.organisations, 4),
            ("person", self.people, 3),
            ("agreement", self.agreements, 1),
        ):
            for record in self.random.sample(records, self.random.randint(0, most)):
                yield Mention(article=article, **{owner: record})
