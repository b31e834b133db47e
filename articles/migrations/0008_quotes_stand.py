"""No link keeps a quote that does not stand: looked at when a transaction ends that has changed a text or a summary.

Where the application changes a text it finds the quotes again first (``articles.texts``), and nothing is left to do.
"""

from django.db import migrations

CHECK = """
CREATE FUNCTION entente_quote_stands(quote jsonb, plain text, summary text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN coalesce(
    substr(
        CASE quote ->> 'field' WHEN 'text' THEN plain WHEN 'summary' THEN summary END,
        (quote -> 'start')::int + 1, greatest(0, (quote -> 'end')::int - (quote -> 'start')::int)
    ) = quote ->> 'exact', false);

CREATE FUNCTION entente_drop_lost_quotes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    article bigint;
    plain text;
    summary text;
BEGIN
    IF TG_TABLE_NAME = 'articles_article' THEN article := NEW.id; ELSE article := NEW.article_id; END IF;
    SELECT coalesce(t.plain, ''), a.summary INTO plain, summary
    FROM articles_article a LEFT JOIN articles_articletext t ON t.article_id = a.id WHERE a.id = article;

    UPDATE articles_mention m SET
        quotes = CASE WHEN standing.quotes = '[]' THEN m.quotes ELSE standing.quotes END,
        evidence_lost = standing.quotes = '[]'
    FROM (
        SELECT id, coalesce(
            (SELECT jsonb_agg(quote ORDER BY number) FROM jsonb_array_elements(one.quotes) WITH ORDINALITY q(quote, number)
             WHERE entente_quote_stands(quote, plain, summary)), '[]') AS quotes
        FROM articles_mention one WHERE article_id = article AND NOT evidence_lost AND one.quotes <> '[]'
    ) AS standing
    WHERE m.id = standing.id AND m.quotes <> standing.quotes;

    UPDATE articles_proposal p SET quotes = standing.quotes
    FROM (
        SELECT id, coalesce(
            (SELECT jsonb_agg(quote ORDER BY number) FROM jsonb_array_elements(one.quotes) WITH ORDINALITY q(quote, number)
             WHERE entente_quote_stands(quote, plain, summary)), '[]') AS quotes
        FROM articles_proposal one WHERE article_id = article AND one.quotes <> '[]'
    ) AS standing
    WHERE p.id = standing.id AND p.quotes <> standing.quotes;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER articles_articletext_quotes_stand AFTER UPDATE OF plain ON articles_articletext
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.plain IS DISTINCT FROM NEW.plain)
    EXECUTE FUNCTION entente_drop_lost_quotes();
CREATE CONSTRAINT TRIGGER articles_article_quotes_stand AFTER UPDATE OF summary ON articles_article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.summary IS DISTINCT FROM NEW.summary)
    EXECUTE FUNCTION entente_drop_lost_quotes();
"""

DROP = """
DROP TRIGGER articles_article_quotes_stand ON articles_article;
DROP TRIGGER articles_articletext_quotes_stand ON articles_articletext;
DROP FUNCTION entente_drop_lost_quotes();
DROP FUNCTION entente_quote_stands(jsonb, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_date_check")]
    operations = [migrations.RunSQL(CHECK, DROP)]
