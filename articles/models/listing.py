from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .articles import Article


class PublishedStory(models.Model):
    """One flat row per published article, from which every public list and count is answered.

    Derived: the function ``entente_list_stories`` writes it, called by statement triggers on articles, mentions and
    tags. Its rows are those of ``Article.objects.published()``; ``manage.py relist`` recomputes it and says what
    differed.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="listing")
    sort_date = models.DateField()
    year = models.SmallIntegerField(null=True)
    language = models.CharField(max_length=12)
    source_id = models.BigIntegerField()
    country_ids = ArrayField(models.BigIntegerField(), default=list)
    named_country_ids = ArrayField(models.BigIntegerField(), default=list)
    organisation_ids = ArrayField(models.BigIntegerField(), default=list)
    person_ids = ArrayField(models.BigIntegerField(), default=list)
    agreement_ids = ArrayField(models.BigIntegerField(), default=list)
    tag_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["-sort_date", "-article"], name="articles_listing_newest"),
            GinIndex(
                fields=["country_ids", "organisation_ids", "tag_ids", "person_ids", "agreement_ids"],
                name="articles_listing_arrays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}"
