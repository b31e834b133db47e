"""Extensions, and the SQL twins of ``entities.partial_dates``."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# First and last day of one EDTF point ("1994-04?" → 1994-04-01 and 1994-04-30); make_date refuses days that do not exist.
DATES = """
CREATE FUNCTION entente_point_first(point text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT make_date(
        left(point, 4)::int,
        COALESCE(NULLIF(substr(rtrim(point, '?~'), 6, 2), '')::int, 1),
        COALESCE(NULLIF(substr(rtrim(point, '?~'), 9, 2), '')::int, 1))
$$;
CREATE FUNCTION entente_point_last(point text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE length(rtrim(point, '?~'))
        WHEN 10 THEN public.entente_point_first(point)
        WHEN 7 THEN (public.entente_point_first(point) + interval '1 month' - interval '1 day')::date
        ELSE make_date(left(point, 4)::int, 12, 31)
    END
$$;
CREATE FUNCTION entente_earliest(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT public.entente_point_first(split_part(partial, '/', 1))
$$;
CREATE FUNCTION entente_latest(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT public.entente_point_last(
        CASE WHEN position('/' IN partial) > 0 THEN split_part(partial, '/', 2) ELSE partial END)
$$;
"""

DROP_DATES = """
DROP FUNCTION entente_latest(text);
DROP FUNCTION entente_earliest(text);
DROP FUNCTION entente_point_last(text);
DROP FUNCTION entente_point_first(text);
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(DATES, DROP_DATES),
    ]
