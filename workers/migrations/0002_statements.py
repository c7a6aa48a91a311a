"""Every statement about every value, partitioned by quarter, and how much each source counts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from workers.enums import Source
from workers.indicators import INDICATORS
from workers.precedence import default_rank

# The index by act is a block-range one: an act's rows are written together.
TABLE = """
CREATE TABLE workers_statement (
    act_id bigint NOT NULL,
    worker_id bigint NOT NULL,
    at timestamptz NOT NULL,
    numbers smallint[],
    texts text[] NOT NULL,
    sources smallint[],
    days smallint[],
    won boolean NOT NULL,
    made boolean NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX workers_statement_of_worker ON workers_statement (worker_id);
CREATE INDEX workers_statement_of_act ON workers_statement USING brin (act_id);
CREATE INDEX workers_statement_made ON workers_statement (act_id) WHERE made;
CREATE TABLE workers_statement_other PARTITION OF workers_statement DEFAULT;

CREATE FUNCTION workers_statement_quarters(since date, until date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    quarter date := date_trunc('quarter', since);
    made integer := 0;
    name text;
BEGIN
    WHILE quarter < until LOOP
        name := format('workers_statement_%s', to_char(quarter, 'YYYY"q"Q'));
        IF to_regclass(name) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF workers_statement FOR VALUES FROM (%L) TO (%L)',
                name, quarter::timestamptz, (quarter + interval '3 months')::timestamptz
            );
            made := made + 1;
        END IF;
        quarter := quarter + interval '3 months';
    END LOOP;
    RETURN made;
END $$;
SELECT workers_statement_quarters('2026-01-01', '2029-01-01');

CREATE TYPE workers_difference AS (number smallint, held text, said text);

CREATE FUNCTION workers_array_set(held anyarray, places smallint[], items anyarray) RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    FOR i IN 1 .. cardinality(places) LOOP
        held[places[i]] := items[i];
    END LOOP;
    RETURN held;
END $$;
"""
DROP = """
DROP TABLE workers_statement;
DROP FUNCTION workers_statement_quarters;
DROP FUNCTION workers_array_set;
DROP TYPE workers_difference;
"""
STATEMENT = migrations.CreateModel(
    name="Statement",
    fields=[
        (
            "pk",
            models.CompositePrimaryKey(
                "act", "worker", "at", blank=True, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("at", models.DateTimeField(verbose_name="时间")),
        (
            "numbers",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None, verbose_name="指标"
            ),
        ),
        (
            "texts",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(null=True), size=None, verbose_name="内容"
            ),
        ),
        (
            "sources",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None, verbose_name="来源"
            ),
        ),
        (
            "days",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None, verbose_name="日期"
            ),
        ),
        ("won", models.BooleanField(default=False, verbose_name="曾被采用")),
        ("made", models.BooleanField(default=False, verbose_name="由此登记")),
        (
            "act",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="workers.act",
            ),
        ),
        (
            "worker",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statements",
                to="workers.worker",
                verbose_name="农民工",
            ),
        ),
    ],
    options={"verbose_name": "陈述", "verbose_name_plural": "陈述"},
)


def seed_precedence(apps, schema_editor):
    precedence = apps.get_model("workers", "Precedence")
    precedence.objects.bulk_create(
        precedence(indicator=indicator.number, source=source, rank=default_rank(indicator, source))
        for indicator in INDICATORS
        for source in Source
    )


class Migration(migrations.Migration):
    dependencies = [("workers", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState([migrations.RunSQL(TABLE, DROP)], [STATEMENT]),
        migrations.RunPython(seed_precedence, migrations.RunPython.noop),
    ]
