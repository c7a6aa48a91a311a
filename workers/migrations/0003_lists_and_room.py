"""The officials' choices and the names as sets of words, each held by an inverted index (docs/decisions/0046), and room
on every page for a changed row beside the old one, so that a file's changes leave most indexes alone (0040)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from workers.facets import NAMES

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
NO_FUNCTIONS = """
DROP FUNCTION workers_facets(text, text, text, text, text, text, text, text);
DROP FUNCTION workers_names(text, text);
"""
FACETS = migrations.CreateModel(
    name="WorkerFacets",
    fields=[
        (
            "worker",
            models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                primary_key=True,
                related_name="facets",
                serialize=False,
                to="workers.worker",
                verbose_name="农民工",
            ),
        ),
        (
            "words",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), size=None, verbose_name="筛选词"
            ),
        ),
    ],
    options={
        "verbose_name": "筛选词",
        "verbose_name_plural": "筛选词",
        "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="workers_by_facets")],
    },
)


CHOICES = ("sex", "education", "industry", "employment_status", "migration_type")
COLUMNS = (*CHOICES, "hukou_district", "residence_district", "full_name")


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in COLUMNS)


def _words(row: str) -> str:
    return f"workers_facets({_of(row)})"


# People come and go by the thousand, so a whole statement's at once. They change by the thousand, too, but a trigger
# for the whole statement would set aside every changed row of the wide table, also where no choice changed.
KEPT = f"""
CREATE FUNCTION workers_facets_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO workers_workerfacets (worker_id, words) SELECT w.id, {_words("w")} FROM come w
        WHERE w.merged_into_id IS NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION workers_facets_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.merged_into_id IS NOT NULL THEN
        DELETE FROM workers_workerfacets WHERE worker_id = NEW.id;
        RETURN NULL;
    END IF;
    IF OLD.merged_into_id IS NULL AND {_words("OLD")} = {_words("NEW")} THEN
        RETURN NULL;
    END IF;
    UPDATE workers_workerfacets SET words = {_words("NEW")} WHERE worker_id = NEW.id;
    IF NOT FOUND THEN
        INSERT INTO workers_workerfacets (worker_id, words) VALUES (NEW.id, {_words("NEW")});
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION workers_facets_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM workers_workerfacets f USING gone w WHERE f.worker_id = w.id;
    RETURN NULL;
END $$;
CREATE FUNCTION workers_facets_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM workers_workerfacets) THEN  -- unless the same statement has emptied both
        TRUNCATE workers_workerfacets;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER workers_facets_come AFTER INSERT ON workers_worker
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION workers_facets_come();
CREATE TRIGGER workers_facets_change AFTER UPDATE OF
    sex, education, industry, employment_status, migration_type, hukou_division, residence_division, full_name,
    merged_into_id
    ON workers_worker FOR EACH ROW WHEN (
        ({_of("OLD")}, OLD.merged_into_id) IS DISTINCT FROM ({_of("NEW")}, NEW.merged_into_id)
    )
    EXECUTE FUNCTION workers_facets_change();
CREATE TRIGGER workers_facets_go AFTER DELETE ON workers_worker
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION workers_facets_go();
CREATE TRIGGER workers_facets_clear AFTER TRUNCATE ON workers_worker
    FOR EACH STATEMENT EXECUTE FUNCTION workers_facets_clear();
"""
NOT_KEPT = "".join(
    f"DROP TRIGGER workers_facets_{when} ON workers_worker; DROP FUNCTION workers_facets_{when}();"
    for when in ("come", "change", "go", "clear")
)
ROOMY = ("workers_worker", "workers_provenance", "workers_workerfacets")


class Migration(migrations.Migration):
    """Pages that are full already get their room when the table is next rewritten."""

    dependencies = [("workers", "0002_statements")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        FACETS,
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.AddIndex("worker", django.contrib.postgres.indexes.GinIndex(NAMES, name="workers_by_name")),
        *(
            migrations.RunSQL(f"ALTER TABLE {table} SET (fillfactor = 90)", f"ALTER TABLE {table} RESET (fillfactor)")
            for table in ROOMY
        ),
    ]
