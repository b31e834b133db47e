"""What is derived from articles is kept by the database, so that no write path can forget it."""

from django.db import migrations

LANGUAGE = """
CREATE FUNCTION entente_text_follows_language() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE articles_articletext SET language = NEW.language WHERE article_id = NEW.id AND language <> NEW.language;
    RETURN NULL;
END $$;
CREATE TRIGGER articles_article_language AFTER UPDATE OF language ON articles_article
FOR EACH ROW WHEN (OLD.language <> NEW.language) EXECUTE FUNCTION entente_text_follows_language();

CREATE FUNCTION entente_text_takes_language() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT language INTO STRICT NEW.language FROM articles_article WHERE id = NEW.article_id;
    RETURN NEW;
END $$;
CREATE TRIGGER articles_articletext_language BEFORE INSERT ON articles_articletext
FOR EACH ROW EXECUTE FUNCTION entente_text_takes_language();
"""

DROP_LANGUAGE = """
DROP TRIGGER articles_articletext_language ON articles_articletext;
DROP FUNCTION entente_text_takes_language();
DROP TRIGGER articles_article_language ON articles_article;
DROP FUNCTION entente_text_follows_language();
"""

# The one statement that says what a listed story holds; triggers call it for what changed, `relist` for all.
LISTING = """
CREATE FUNCTION entente_list_stories(changed bigint[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM articles_publishedstory WHERE article_id = ANY (changed)
        AND NOT EXISTS (SELECT 1 FROM articles_article a WHERE a.id = article_id AND a.state = 'published');
    INSERT INTO articles_publishedstory (article_id, sort_date, year, language, source_id, country_ids,
        named_country_ids, organisation_ids, person_ids, agreement_ids, tag_ids)
    SELECT a.id, a.sort_date, extract(year FROM a.dated_earliest), a.language, a.source_id,
        m.countries, m.named, m.organisations, m.people, m.agreements, t.tags
    FROM articles_article a
    CROSS JOIN LATERAL (
        SELECT
            coalesce(array_agg(country_id ORDER BY country_id) FILTER (WHERE country_id IS NOT NULL AND about), '{}')
                AS countries,
            coalesce(array_agg(country_id ORDER BY country_id) FILTER (WHERE country_id IS NOT NULL AND NOT about), '{}')
                AS named,
            coalesce(array_agg(organisation_id ORDER BY organisation_id) FILTER (WHERE organisation_id IS NOT NULL), '{}')
                AS organisations,
            coalesce(array_agg(person_id ORDER BY person_id) FILTER (WHERE person_id IS NOT NULL), '{}') AS people,
            coalesce(array_agg(agreement_id ORDER BY agreement_id) FILTER (WHERE agreement_id IS NOT NULL), '{}')
                AS agreements
        FROM articles_mention WHERE article_id = a.id
    ) m
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(tag_id ORDER BY tag_id), '{}') AS tags
        FROM articles_taggedarticle WHERE content_object_id = a.id
    ) t
    WHERE a.id = ANY (changed) AND a.state = 'published'
    ON CONFLICT (article_id) DO UPDATE SET sort_date = excluded.sort_date, year = excluded.year,
        language = excluded.language, source_id = excluded.source_id, country_ids = excluded.country_ids,
        named_country_ids = excluded.named_country_ids, organisation_ids = excluded.organisation_ids,
        person_ids = excluded.person_ids, agreement_ids = excluded.agreement_ids, tag_ids = excluded.tag_ids
$$;

CREATE FUNCTION entente_list_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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
    -- Drafts are most of what is written; only what is or was listed needs work.
    SELECT array_agg(id) INTO changed FROM unnest(changed) AS id
        WHERE EXISTS (SELECT 1 FROM articles_article a WHERE a.id = id.id AND a.state = 'published')
           OR EXISTS (SELECT 1 FROM articles_publishedstory p WHERE p.article_id = id.id);
    IF changed IS NOT NULL THEN
        PERFORM entente_list_stories(changed);
    END IF;
    RETURN NULL;
END $$;

-- An article that is deleted takes its row along before the foreign key is checked.
CREATE FUNCTION entente_unlist_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM articles_publishedstory WHERE article_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER articles_article_unlist BEFORE DELETE ON articles_article
FOR EACH ROW EXECUTE FUNCTION entente_unlist_deleted();
"""

EVENTS = {
    "insert": ("INSERT", "REFERENCING NEW TABLE AS after"),
    "update": ("UPDATE", "REFERENCING OLD TABLE AS before NEW TABLE AS after"),
    "delete": ("DELETE", "REFERENCING OLD TABLE AS before"),
}
LISTED = {
    "articles_article": ("id", ("insert", "update")),
    "articles_mention": ("article_id", ("insert", "update", "delete")),
    "articles_taggedarticle": ("content_object_id", ("insert", "update", "delete")),
}


def _triggers() -> tuple[str, str]:
    create, drop = [], []
    for table, (column, events) in LISTED.items():
        for event in events:
            operation, tables = EVENTS[event]
            create.append(
                f"CREATE TRIGGER {table}_list_{event} AFTER {operation} ON {table} {tables} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION entente_list_changed('{column}');"
            )
            drop.append(f"DROP TRIGGER {table}_list_{event} ON {table};")
    return "\n".join(create), "\n".join(drop)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_initial")]
    operations = [
        migrations.RunSQL(LANGUAGE, DROP_LANGUAGE),
        migrations.RunSQL(
            LISTING + _triggers()[0],
            _triggers()[1]
            + "DROP TRIGGER articles_article_unlist ON articles_article; DROP FUNCTION entente_unlist_deleted();"
            "DROP FUNCTION entente_list_changed(); DROP FUNCTION entente_list_stories(bigint[]);",
        ),
    ]
