"""The officials' choices and the names as sets of words, each held by an inverted index (docs/decisions/0046), and room
on every page for a changed row beside the old one, so that a file's changes leave most indexes alone (0040)."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from workers.facets import FACETS, NAMES

# Only what is built in, so that an index may call them and a restored backup can build it.
FUNCTIONS = r"""
CREATE FUNCTION workers_facets(
    sex text, education text, industry text, employment text, migration text, registered text, lives text,
    name text
) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['s' || sex, 'e' || education, 'i' || industry, 'w' || employment, 'm' || migration,
        'd' || registered, 'd' || lives, 'n' || left(name, 1)]
$$;
CREATE FUNCTION workers_names(name text, pinyin text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY['n' || replace(name, ' ', ''), 'p' || replace(pinyin, ' ', ''),
        'a' || left(pinyin, 1) || left(split_part(pinyin, ' ', 2), 1) || left(split_part(pinyin, ' ', 3), 1)
            || left(split_part(pinyin, ' ', 4), 1)])
$$;
"""
GONE = """
DROP FUNCTION workers_facets(text, text, text, text, text, text, text, text);
DROP FUNCTION workers_names(text, text);
"""
ROOMY = ("workers_worker", "workers_provenance")


class Migration(migrations.Migration):
    """Pages that are full already get their room when the table is next rewritten."""

    dependencies = [("workers", "0002_statements")]

    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        migrations.AddIndex("worker", GinIndex(FACETS, name="workers_by_facets")),
        migrations.AddIndex("worker", GinIndex(NAMES, name="workers_by_name")),
        *(
            migrations.RunSQL(f"ALTER TABLE {table} SET (fillfactor = 90)", f"ALTER TABLE {table} RESET (fillfactor)")
            for table in ROOMY
        ),
    ]
