"""A flat row for every public agreement, and what a register says of its sides."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0006_countries"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedAgreement",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="entities.agreement",
                    ),
                ),
                ("key", models.CharField(max_length=300)),
                ("kind", models.CharField(max_length=12, verbose_name="kind")),
                ("sides", models.CharField(max_length=12)),
                ("register", models.CharField(max_length=200, verbose_name="register")),
                ("signed_earliest", models.DateField(null=True)),
                ("signed_latest", models.DateField(null=True)),
                ("in_force_earliest", models.DateField(null=True)),
                ("ended_earliest", models.DateField(null=True)),
                (
                    "country_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                (
                    "organisation_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                (
                    "tag_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveIndex(
            model_name="agreement",
            name="entities_agreement_newest",
        ),
        migrations.AddField(
            model_name="agreement",
            name="sides",
            field=models.CharField(
                blank=True,
                choices=[("bilateral", "bilateral"), ("multilateral", "multilateral")],
                default="",
                help_text="As its register says; left empty, the parties are counted.",
                max_length=12,
                verbose_name="bilateral or multilateral",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("sides__in", ["", "bilateral", "multilateral"])),
                name="entities_agreement_sides_known",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedagreement",
            index=models.Index(
                models.OrderBy(models.F("signed_earliest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("signed_latest"), descending=True, nulls_last=True),
                models.F("key"),
                models.F("agreement"),
                name="entities_listed_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedagreement",
            index=models.Index(
                models.OrderBy(models.F("signed_earliest"), nulls_last=True),
                models.OrderBy(models.F("signed_latest"), nulls_last=True),
                models.F("key"),
                models.F("agreement"),
                name="entities_listed_oldest",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedagreement",
            index=models.Index(fields=["key", "agreement"], name="entities_listed_title"),
        ),
        migrations.AddIndex(
            model_name="publishedagreement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["country_ids", "organisation_ids", "tag_ids"], name="entities_listed_arrays"
            ),
        ),
    ]
