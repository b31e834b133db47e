"""Lists of agreements are answered from flat rows, which the database keeps so that no write path can forget them."""

from django.db import migrations

# The one statement that says what a listed agreement holds; triggers call it for what changed, `relist` for all.
# Parties that a visitor may not see are neither named nor counted.
LISTING = """
CREATE FUNCTION entente_list_agreements(changed bigint[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM entities_publishedagreement WHERE agreement_id = ANY (changed)
        AND NOT EXISTS (SELECT 1 FROM entities_agreement a WHERE a.id = agreement_id AND a.public);
    INSERT INTO entities_publishedagreement (agreement_id, key, kind, sides, register, signed_earliest, signed_latest,
        in_force_earliest, ended_earliest, country_ids, organisation_ids, tag_ids)
    SELECT a.id, left(a.key, 300), a.kind,
        CASE WHEN a.sides <> '' THEN a.sides WHEN p.number = 2 THEN 'bilateral' WHEN p.number > 2 THEN 'multilateral'
            ELSE '' END,
        a.register, a.signed_earliest, a.signed_latest, a.in_force_earliest, a.ended_earliest,
        p.countries, p.organisations, t.tags
    FROM entities_agreement a
    CROSS JOIN LATERAL (
        SELECT count(*) AS number,
            coalesce(array_agg(party.country_id ORDER BY party.country_id)
                FILTER (WHERE party.country_id IS NOT NULL), '{}') AS countries,
            coalesce(array_agg(party.organisation_id ORDER BY party.organisation_id)
                FILTER (WHERE party.organisation_id IS NOT NULL), '{}') AS organisations
        FROM entities_agreementparty party LEFT JOIN entities_organisation o ON o.id = party.organisation_id
        WHERE party.agreement_id = a.id AND (party.country_id IS NOT NULL OR o.public)
    ) p
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(tag_id ORDER BY tag_id), '{}') AS tags
        FROM entities_taggedagreement WHERE content_object_id = a.id
    ) t
    WHERE a.id = ANY (changed) AND a.public
    ON CONFLICT (agreement_id) DO UPDATE SET key = excluded.key, kind = excluded.kind, sides = excluded.sides,
        register = excluded.register, signed_earliest = excluded.signed_earliest,
        signed_latest = excluded.signed_latest, in_force_earliest = excluded.in_force_earliest,
        ended_earliest = excluded.ended_earliest, country_ids = excluded.country_ids,
        organisation_ids = excluded.organisation_ids, tag_ids = excluded.tag_ids
$$;

CREATE FUNCTION entente_agreements_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT array_agg(id) FROM (SELECT %1$I AS id FROM before UNION SELECT %1$I FROM after) c', TG_ARGV[0])
            INTO changed;
    ELSIF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT array_agg(DISTINCT %I) FROM after', TG_ARGV[0]) INTO changed;
    ELSE
        EXECUTE format('SELECT array_agg(DISTINCT %I) FROM before', TG_ARGV[0]) INTO changed;
    END IF;
    SELECT array_agg(id) INTO changed FROM unnest(changed) AS id
        WHERE EXISTS (SELECT 1 FROM entities_agreement a WHERE a.id = id.id AND a.public)
           OR EXISTS (SELECT 1 FROM entities_publishedagreement p WHERE p.agreement_id = id.id);
    IF changed IS NOT NULL THEN
        PERFORM entente_list_agreements(changed);
    END IF;
    RETURN NULL;
END $$;

-- An organisation that is released or withdrawn comes into sight as a party, or leaves it.
CREATE FUNCTION entente_parties_seen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    SELECT array_agg(DISTINCT p.agreement_id) INTO changed
        FROM before JOIN after USING (id) JOIN entities_agreementparty p ON p.organisation_id = after.id
        WHERE before.public <> after.public;
    IF changed IS NOT NULL THEN
        PERFORM entente_list_agreements(changed);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entities_organisation_list_update AFTER UPDATE ON entities_organisation
REFERENCING OLD TABLE AS before NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION entente_parties_seen();

-- An agreement that is deleted takes its row along before the foreign key is checked.
CREATE FUNCTION entente_unlist_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM entities_publishedagreement WHERE agreement_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER entities_agreement_unlist BEFORE DELETE ON entities_agreement
FOR EACH ROW EXECUTE FUNCTION entente_unlist_agreement();
"""

EVENTS = {
    "insert": ("INSERT", "REFERENCING NEW TABLE AS after"),
    "update": ("UPDATE", "REFERENCING OLD TABLE AS before NEW TABLE AS after"),
    "delete": ("DELETE", "REFERENCING OLD TABLE AS before"),
}
LISTED = {
    "entities_agreement": ("id", ("insert", "update")),
    "entities_agreementparty": ("agreement_id", ("insert", "update", "delete")),
    "entities_taggedagreement": ("content_object_id", ("insert", "update", "delete")),
}
LIST_ALL = "SELECT entente_list_agreements(ARRAY(SELECT id FROM entities_agreement WHERE public));"


def _triggers() -> tuple[str, str]:
    create, drop = [], []
    for table, (column, events) in LISTED.items():
        for event in events:
            operation, tables = EVENTS[event]
            create.append(
                f"CREATE TRIGGER {table}_list_{event} AFTER {operation} ON {table} {tables} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION entente_agreements_changed('{column}');"
            )
            drop.append(f"DROP TRIGGER {table}_list_{event} ON {table};")
    return "\n".join(create), "\n".join(drop)


class Migration(migrations.Migration):
    dependencies = [("entities", "0007_agreements_listed")]
    operations = [
        migrations.RunSQL(
            LISTING + _triggers()[0],
            _triggers()[1]
            + "DROP TRIGGER entities_agreement_unlist ON entities_agreement; DROP FUNCTION entente_unlist_agreement();"
            "DROP TRIGGER entities_organisation_list_update ON entities_organisation;"
            "DROP FUNCTION entente_parties_seen(); DROP FUNCTION entente_agreements_changed();"
            "DROP FUNCTION entente_list_agreements(bigint[]);",
        ),
        migrations.RunSQL(LIST_ALL, migrations.RunSQL.noop),
    ]
