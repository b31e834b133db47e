"""Mappings of columns and names that nobody knew yet, kept; parties that a title names; dates of an unknown month."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import entities.fields


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0011_dates_of_unknown_month"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16, verbose_name="kind of record")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("mapping", models.JSONField(default=dict, verbose_name="mapping")),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "saved mapping",
                "verbose_name_plural": "saved mappings",
                "ordering": ["kind", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="UnknownName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="name")),
                ("key", entities.fields.KeyField(editable=False, max_length=500, source="text", unique=True)),
                (
                    "times",
                    models.PositiveIntegerField(
                        default=0, help_text="In the last file that has it.", verbose_name="times"
                    ),
                ),
                (
                    "suggestion",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="perhaps"),
                ),
                ("last_file", models.CharField(blank=True, default="", max_length=300, verbose_name="file")),
                (
                    "seen_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last seen"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
                ),
            ],
            options={
                "verbose_name": "name not known",
                "verbose_name_plural": "names not known",
                "ordering": [
                    models.OrderBy(models.F("answered_at"), nulls_first=True),
                    "-times",
                    "key",
                    "pk",
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="agreement",
            name="entities_agreement_signed_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="agreement",
            name="entities_agreement_in_force_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="agreement",
            name="entities_agreement_ended_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="agreementparty",
            name="entities_agreementparty_signed_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="agreementparty",
            name="entities_agreementparty_in_force_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="agreementparty",
            name="entities_agreementparty_ended_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="country",
            name="entities_country_exists_from_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="country",
            name="entities_country_exists_until_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="name",
            name="entities_name_valid_from_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="name",
            name="entities_name_valid_until_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="position",
            name="entities_position_since_is_a_partial_date",
        ),
        migrations.RemoveConstraint(
            model_name="position",
            name="entities_position_until_is_a_partial_date",
        ),
        migrations.AddField(
            model_name="agreementparty",
            name="is_from_title",
            field=models.BooleanField(
                default=False,
                help_text="Read from the agreement's title by the import; no editor has confirmed it yet.",
                verbose_name="from the title",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed__isnull", True),
                    (
                        "signed__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_agreement_signed_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force__isnull", True),
                    (
                        "in_force__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_agreement_in_force_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended__isnull", True),
                    (
                        "ended__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_agreement_ended_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed__isnull", True),
                    (
                        "signed__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_agreementparty_signed_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force__isnull", True),
                    (
                        "in_force__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_agreementparty_in_force_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended__isnull", True),
                    (
                        "ended__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_agreementparty_ended_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="country",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exists_from__isnull", True),
                    (
                        "exists_from__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_country_exists_from_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="country",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exists_until__isnull", True),
                    (
                        "exists_until__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_country_exists_until_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    (
                        "valid_from__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_name_valid_from_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="name",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    (
                        "valid_until__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_name_valid_until_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__isnull", True),
                    (
                        "since__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_position_since_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True),
                    (
                        "until__regex",
                        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?(/[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-XX-(0[1-9]|[12][0-9]|3[01]))?[?~]?)?$",
                    ),
                    _connector="OR",
                ),
                name="entities_position_until_is_a_partial_date",
                violation_error_message="This is not a date such as 1921-03-16, 1994-04, 1992 or 1990/1992.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedmapping",
            constraint=models.UniqueConstraint(fields=("kind", "name"), name="entities_savedmapping_unique"),
        ),
        migrations.AddField(
            model_name="unknownname",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="unknownname",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="entities.country",
                verbose_name="is the country",
            ),
        ),
        migrations.AddField(
            model_name="unknownname",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="entities.organisation",
                verbose_name="is the organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="unknownname",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="entities_unknownname_has_a_letter"
            ),
        ),
        migrations.AddConstraint(
            model_name="unknownname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("country__isnull", True), ("organisation__isnull", True), _connector="OR"
                ),
                name="entities_unknownname_is_one",
                violation_error_message="A name is a country or an organisation, not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unknownname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", False),
                    models.Q(("country__isnull", True), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="entities_unknownname_record_is_an_answer",
            ),
        ),
    ]
