"""What an import brings without a date is no news: it comes last, instead of on top on the day of the import."""

import datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce

import entities.fields

NEWEST = models.Index(
    fields=["-sort_date", "-id"], condition=models.Q(("state", "published")), name="articles_published_newest"
)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_change_log")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="news_on",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="When the desk first published it; an import brings a past, no news. Places what has no date.",
                null=True,
            ),
        ),
        migrations.RemoveIndex(model_name="article", name="articles_published_newest"),
        migrations.AlterModelOptions(
            name="article",
            options={
                "permissions": [("publish_article", "Can publish and withdraw articles")],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.RemoveField(model_name="article", name="sort_date"),
        migrations.AddField(
            model_name="article",
            name="sort_date",
            field=models.GeneratedField(
                db_persist=True,
                expression=Coalesce(
                    entities.fields.FirstDay(models.F("dated")),
                    models.F("news_on"),
                    models.Value(datetime.date(1, 1, 1)),
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-sort_date", "-pk"],
                "permissions": [("publish_article", "Can publish and withdraw articles")],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.AddIndex(model_name="article", index=NEWEST),
    ]
