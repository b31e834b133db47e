"""Main names of many new records are written in one statement, and logged in one line; those of changed ones as before."""

from django.db import migrations

AT_ONCE = """
CREATE FUNCTION entente_keep_main_names() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner text := TG_ARGV[0] || '_id';
    main text := TG_ARGV[1];
BEGIN
    IF current_setting('entente.undoing', true) = 'on' THEN RETURN NULL; END IF;
    EXECUTE format(
        'INSERT INTO entities_name (%1$I, text, key, language, script, kind, is_main, is_ambiguous)
         SELECT id, left(%2$I, 500), left(key, 500), name_language,
                CASE WHEN %2$I ~ ''[А-Яа-яЁё]'' THEN ''Cyrl'' ELSE ''Latn'' END, ''official'', true, false
         FROM after ORDER BY id
         ON CONFLICT (%1$I) WHERE is_main DO UPDATE
         SET text = excluded.text, key = excluded.key, language = excluded.language, script = excluded.script',
        owner, main);
    RETURN NULL;
END $$;
"""
KEPT = (
    ("entities_organisation", "organisation", "name"),
    ("entities_person", "person", "name"),
    ("entities_agreement", "agreement", "title"),
)


def _at_once(table: str, owner: str, column: str) -> str:
    return f"""
    DROP TRIGGER {table}_main_name ON {table};
    CREATE TRIGGER {table}_main_name AFTER UPDATE OF {column}, key, name_language ON {table}
    FOR EACH ROW EXECUTE FUNCTION entente_keep_main_name('{owner}', '{column}');
    CREATE TRIGGER {table}_main_names AFTER INSERT ON {table} REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION entente_keep_main_names('{owner}', '{column}');
    """


def _one_by_one(table: str, owner: str, column: str) -> str:
    return f"""
    DROP TRIGGER {table}_main_names ON {table};
    DROP TRIGGER {table}_main_name ON {table};
    CREATE TRIGGER {table}_main_name AFTER INSERT OR UPDATE OF {column}, key, name_language ON {table}
    FOR EACH ROW EXECUTE FUNCTION entente_keep_main_name('{owner}', '{column}');
    """


class Migration(migrations.Migration):
    dependencies = [("entities", "0013_imports_change_log")]
    operations = [
        migrations.RunSQL(
            AT_ONCE + "".join(_at_once(*kept) for kept in KEPT),
            "".join(_one_by_one(*kept) for kept in KEPT) + "DROP FUNCTION entente_keep_main_names();",
        )
    ]
