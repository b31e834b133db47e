"""A date may have an unknown month."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_web_addresses"),
        ("entities", "0012_imports_remember"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="article",
            name="articles_article_dated_is_a_partial_date",
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dated__isnull", True),
                    (
                        "dated__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="articles_article_dated_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
    ]
