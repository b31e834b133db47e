"""What became of merged records, which look alike and are not the same, and other names of sources."""

import django.db.models.deletion
from django.db import migrations, models

import entities.fields
from history.triggers import log_changes


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0014_main_names_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Distinct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("one_id", models.BigIntegerField()),
                ("other_id", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "pair of different records",
                "verbose_name_plural": "pairs of different records",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "one_id", "other_id"), name="entities_distinct_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("one_id__lt", models.F("other_id"))),
                        name="entities_distinct_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merged",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("gone_id", models.BigIntegerField()),
                ("kept_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=1000, verbose_name="name")),
                ("merged_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "merged record",
                "verbose_name_plural": "merged records",
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "kept_id"], name="entities_merged_into")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "gone_id"), name="entities_merged_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="other name")),
                ("key", entities.fields.KeyField(editable=False, max_length=500, source="text", unique=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="entities.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="entities_sourcename_has_a_letter",
                    )
                ],
            },
        ),
        *log_changes("entities_distinct"),
        *log_changes("entities_merged", owner="kept_id"),
        *log_changes("entities_sourcename", owner="source_id"),
    ]
