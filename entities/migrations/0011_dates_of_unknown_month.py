"""``1964-XX-16`` is a partial date: the 16th of a month that nobody knows."""

from django.db import migrations

POINTS = """
CREATE OR REPLACE FUNCTION entente_point_first(point text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT make_date(
        left(point, 4)::int,
        COALESCE(NULLIF(replace(substr(rtrim(point, '?~'), 6, 2), 'XX', '01'), '')::int, 1),
        COALESCE(NULLIF(substr(rtrim(point, '?~'), 9, 2), '')::int, 1))
$$;
CREATE OR REPLACE FUNCTION entente_point_last(point text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE length(rtrim(point, '?~'))
        WHEN 10 THEN public.entente_point_first(replace(point, '-XX-', '-12-'))
        WHEN 7 THEN (public.entente_point_first(point) + interval '1 month' - interval '1 day')::date
        ELSE make_date(left(point, 4)::int, 12, 31)
    END
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION entente_point_first(point text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT make_date(
        left(point, 4)::int,
        COALESCE(NULLIF(substr(rtrim(point, '?~'), 6, 2), '')::int, 1),
        COALESCE(NULLIF(substr(rtrim(point, '?~'), 9, 2), '')::int, 1))
$$;
CREATE OR REPLACE FUNCTION entente_point_last(point text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE length(rtrim(point, '?~'))
        WHEN 10 THEN public.entente_point_first(point)
        WHEN 7 THEN (public.entente_point_first(point) + interval '1 month' - interval '1 day')::date
        ELSE make_date(left(point, 4)::int, 12, 31)
    END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("entities", "0010_web_addresses")]
    operations = [migrations.RunSQL(POINTS, BEFORE)]
