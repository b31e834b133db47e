"""What undoing a batch needs: imported rows under the log, and a rule that steps aside while rows come back."""

from django.db import migrations

from history.triggers import log_changes

STEP_ASIDE = """
CREATE OR REPLACE FUNCTION entente_keep_main_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner text := TG_ARGV[0];
    main text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
    {guard}
    EXECUTE format(
        'INSERT INTO entities_name (%I, text, key, language, script, kind, is_main, is_ambiguous)
         VALUES ($1, $2, $3, $4, $5, ''official'', true, false)
         ON CONFLICT (%I) WHERE is_main DO UPDATE
         SET text = excluded.text, key = excluded.key, language = excluded.language, script = excluded.script',
        owner || '_id', owner || '_id')
    USING NEW.id, left(main, 500), left(NEW.key, 500), NEW.name_language,
          CASE WHEN main ~ '[А-Яа-яЁё]' THEN 'Cyrl' ELSE 'Latn' END;
    RETURN NULL;
END $$;
"""
GUARD = "IF current_setting('entente.undoing', true) = 'on' THEN RETURN NULL; END IF;"


class Migration(migrations.Migration):
    dependencies = [("entities", "0008_listing"), ("history", "0002_undo")]
    operations = [
        *log_changes("entities_importedrow", quiet=["imported_at"]),
        migrations.RunSQL(STEP_ASIDE.replace("{guard}", GUARD), STEP_ASIDE.replace("{guard}", "")),
    ]
