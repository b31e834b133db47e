"""Text search configurations that fold accents before they stem (Turkish: see ``articles.search``)."""

from django.db import migrations

WORDS = "hword, hword_part, word, asciiword, asciihword, hword_asciipart"

CREATE = f"""
CREATE TEXT SEARCH CONFIGURATION public.entente_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION public.entente_en ALTER MAPPING FOR {WORDS} WITH public.unaccent, pg_catalog.english_stem;
CREATE TEXT SEARCH CONFIGURATION public.entente_ru (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION public.entente_ru ALTER MAPPING FOR {WORDS} WITH public.unaccent, pg_catalog.russian_stem;
CREATE TEXT SEARCH CONFIGURATION public.entente_simple (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.entente_simple ALTER MAPPING FOR {WORDS} WITH public.unaccent, pg_catalog.simple;
"""

DROP = """
DROP TEXT SEARCH CONFIGURATION public.entente_simple;
DROP TEXT SEARCH CONFIGURATION public.entente_ru;
DROP TEXT SEARCH CONFIGURATION public.entente_en;
"""


class Migration(migrations.Migration):
    dependencies = [("entities", "0001_postgres")]
    operations = [migrations.RunSQL(CREATE, DROP)]
