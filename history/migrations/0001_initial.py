import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

NEXT_REVISION = """
CREATE FUNCTION entente_next_revision() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.revision IS DISTINCT FROM OLD.revision THEN
        RAISE EXCEPTION 'stale write of % %: made from revision %, it is at revision %',
            TG_TABLE_NAME, to_jsonb(OLD) ->> 'id', NEW.revision, OLD.revision
            USING ERRCODE = 'EN001', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END
$body$
"""

# The arguments come from history.triggers: key, owner columns, columns never stored, columns whose change alone is none.
# A statement is one line of the log, or one per 500 rows where old values are kept, so that deleting a whole register
# makes no value larger than PostgreSQL can hold. An UPDATE of a key is the end of one row and the start of another.
LOG_CHANGE = """
CREATE FUNCTION entente_log_change() RETURNS trigger LANGUAGE plpgsql SET timezone TO 'UTC' AS $body$
DECLARE
    key text := quote_ident((TG_ARGV[0]::text[])[1]);
    never text[] := TG_ARGV[2]::text[] || ARRAY(
        SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND attgenerated <> '');
    quiet text[] := TG_ARGV[3]::text[];
    owner text := coalesce(
        (SELECT string_agg('r.' || quote_ident(name), ', ') FROM unnest(TG_ARGV[1]::text[]) AS name), 'NULL::bigint');
    changed text;
BEGIN
    CASE TG_OP
    WHEN 'INSERT' THEN
        changed := 'SELECT ''I'' AS made, r.%1$s AS key, coalesce(%2$s) AS owner, NULL::jsonb AS old_values FROM new_rows r';
    WHEN 'UPDATE' THEN
        changed := 'SELECT ''U'' AS made, r.%1$s AS key, coalesce(%2$s) AS owner, (
                SELECT jsonb_object_agg(each.key, each.value) FROM jsonb_each(side.was) AS each
                WHERE each.value IS DISTINCT FROM side.becomes -> each.key
            ) AS old_values
            FROM old_rows r JOIN new_rows n ON n.%1$s = r.%1$s
            CROSS JOIN LATERAL (SELECT to_jsonb(r) - $1 AS was, to_jsonb(n) AS becomes OFFSET 0) AS side
        UNION ALL SELECT ''D'', r.%1$s, coalesce(%2$s), to_jsonb(r) - $1
            FROM old_rows r WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.%1$s = r.%1$s)
        UNION ALL SELECT ''I'', r.%1$s, coalesce(%2$s), NULL
            FROM new_rows r WHERE NOT EXISTS (SELECT FROM old_rows n WHERE n.%1$s = r.%1$s)';
    WHEN 'DELETE' THEN
        changed := 'SELECT ''D'' AS made, r.%1$s AS key, coalesce(%2$s) AS owner, to_jsonb(r) - $1 AS old_values
            FROM old_rows r';
    WHEN 'TRUNCATE' THEN
        changed := 'SELECT ''T'' AS made, r.%1$s AS key, coalesce(%2$s) AS owner, to_jsonb(r) - $1 AS old_values
            FROM ' || TG_RELID::regclass || ' r';
    END CASE;
    EXECUTE format(
        'INSERT INTO history_change (transaction, batch_id, who_id, made_at, table_name, operation, keys, owners, rows)
         SELECT pg_current_xact_id()::text::bigint,
                nullif(current_setting(''entente.batch'', true), '''')::bigint,
                nullif(current_setting(''entente.actor'', true), '''')::bigint,
                now(), $3, made,
                array_agg(key ORDER BY key),
                CASE WHEN count(owner) > 0 THEN array_agg(owner ORDER BY key) END,
                CASE WHEN made <> ''I'' THEN jsonb_agg(old_values ORDER BY key) END
         FROM (SELECT *, CASE WHEN made <> ''I'' THEN (row_number() OVER (PARTITION BY made ORDER BY key) - 1) / 500 END AS part
               FROM (' || changed || ') AS every
               WHERE made <> ''U'' OR old_values - $2 <> ''{}'') AS numbered
         GROUP BY made, part ORDER BY made, part', key, owner
    ) USING never, quiet, TG_TABLE_NAME;
    RETURN NULL;
END
$body$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                (
                    "label",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="what was brought"),
                ),
                (
                    "started_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="started at"),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                (
                    "who",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch",
                "verbose_name_plural": "batches",
                "ordering": ["-started_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("transaction", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("table_name", models.CharField(max_length=63)),
                (
                    "operation",
                    models.CharField(
                        choices=[("I", "added"), ("U", "changed"), ("D", "deleted"), ("T", "emptied")],
                        max_length=1,
                    ),
                ),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                (
                    "owners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(null=True), null=True
                    ),
                ),
                ("rows", models.JSONField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="history.batch",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True), name="history_batch_has_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at", None), ("finished_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="history_batch_ends_after_its_start",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="history_change_keys"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=django.contrib.postgres.indexes.GinIndex(fields=["owners"], name="history_change_owners"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["transaction"], name="history_change_transaction"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["made_at"], name="history_change_made_at"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("operation", "I"), ("rows__isnull", True)),
                    models.Q(models.Q(("operation", "I"), _negated=True), ("rows__isnull", False)),
                    _connector="OR",
                ),
                name="history_change_rows_unless_added",
            ),
        ),
        migrations.RunSQL(NEXT_REVISION, "DROP FUNCTION entente_next_revision()"),
        migrations.RunSQL(LOG_CHANGE, "DROP FUNCTION entente_log_change()"),
    ]
