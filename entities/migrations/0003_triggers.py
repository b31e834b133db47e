"""Rules of the register that a constraint cannot say."""

from django.db import migrations

# Every record's own name has a row in the table of names, whichever path wrote the record.
MAIN_NAME = """
CREATE FUNCTION entente_keep_main_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner text := TG_ARGV[0];
    main text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
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


def _keeps_main_name(table: str, owner: str, column: str) -> str:
    return f"""
    CREATE TRIGGER {table}_main_name AFTER INSERT OR UPDATE OF {column}, key, name_language ON {table}
    FOR EACH ROW EXECUTE FUNCTION entente_keep_main_name('{owner}', '{column}');
    """


KEPT = (
    ("entities_organisation", "organisation", "name"),
    ("entities_person", "person", "name"),
    ("entities_agreement", "agreement", "title"),
)

# A chain of one type of relation never comes back to where it started. The lock keeps two writers apart.
ACYCLIC = """
CREATE FUNCTION entente_relation_is_acyclic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('entities_agreementrelation'));
    IF EXISTS (
        WITH RECURSIVE chain(id) AS (
            SELECT NEW.target_id
            UNION
            SELECT r.target_id FROM entities_agreementrelation r JOIN chain ON r.source_id = chain.id
            WHERE r.kind = NEW.kind
        ) SELECT 1 FROM chain WHERE id = NEW.source_id
    ) THEN
        RAISE EXCEPTION 'agreement % cannot be said to %: the chain would come back to it', NEW.source_id, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entities_agreementrelation_acyclic';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entities_agreementrelation_acyclic AFTER INSERT OR UPDATE ON entities_agreementrelation
FOR EACH ROW EXECUTE FUNCTION entente_relation_is_acyclic();
"""


class Migration(migrations.Migration):
    dependencies = [("entities", "0002_initial")]
    operations = [
        migrations.RunSQL(
            MAIN_NAME + "".join(_keeps_main_name(*kept) for kept in KEPT),
            "".join(f"DROP TRIGGER {table}_main_name ON {table};" for table, _owner, _column in KEPT)
            + "DROP FUNCTION entente_keep_main_name();",
        ),
        migrations.RunSQL(
            ACYCLIC,
            "DROP TRIGGER entities_agreementrelation_acyclic ON entities_agreementrelation;"
            "DROP FUNCTION entente_relation_is_acyclic();",
        ),
    ]
