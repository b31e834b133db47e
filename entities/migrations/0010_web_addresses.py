from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0009_undo"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("text_url", ""), ("text_url__iregex", "^https?://[^\\s/?#]"), _connector="OR"
                ),
                name="entities_agreement_text_url_is_web",
                violation_error_message="The address must begin with http:// or https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("website", ""), ("website__iregex", "^https?://[^\\s/?#]"), _connector="OR"
                ),
                name="entities_organisation_website_is_web",
                violation_error_message="The address must begin with http:// or https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("website", ""), ("website__iregex", "^https?://[^\\s/?#]"), _connector="OR"
                ),
                name="entities_source_website_is_web",
                violation_error_message="The address must begin with http:// or https://.",
            ),
        ),
    ]
