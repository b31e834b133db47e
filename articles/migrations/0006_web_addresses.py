from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_news"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="article",
            name="articles_article_source_url_is_web",
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source_url", ""), ("source_url__iregex", "^https?://[^\\s/?#]"), _connector="OR"
                ),
                name="articles_article_source_url_is_web",
                violation_error_message="The address must begin with http:// or https://.",
            ),
        ),
    ]
