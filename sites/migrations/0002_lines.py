"""The lines of the monthly files: narrow, partitioned by month, without keys of the database behind them."""

import django.db.models.deletion
from django.db import migrations, models

CREATE = """
CREATE TABLE sites_payrollline (
    person bigint NOT NULL,
    month date NOT NULL,
    project_id integer NOT NULL,
    batch_id integer NOT NULL,
    owed_fen integer NOT NULL,
    paid_fen integer NOT NULL,
    agreed_fen integer NOT NULL,
    paid_on date,
    days smallint NOT NULL,
    teller smallint NOT NULL
) PARTITION BY RANGE (month);
CREATE INDEX sites_payrollline_person ON sites_payrollline (person);
CREATE INDEX sites_payrollline_project ON sites_payrollline (project_id);
CREATE INDEX sites_payrollline_batch ON sites_payrollline USING brin (batch_id);
CREATE TABLE sites_payrollline_other PARTITION OF sites_payrollline DEFAULT;
CREATE TABLE sites_attendanceline (
    person bigint NOT NULL,
    month date NOT NULL,
    project_id integer NOT NULL,
    batch_id integer NOT NULL,
    days smallint NOT NULL
) PARTITION BY RANGE (month);
CREATE INDEX sites_attendanceline_person ON sites_attendanceline (person);
CREATE INDEX sites_attendanceline_project ON sites_attendanceline (project_id);
CREATE INDEX sites_attendanceline_batch ON sites_attendanceline USING brin (batch_id);
CREATE TABLE sites_attendanceline_other PARTITION OF sites_attendanceline DEFAULT;

CREATE FUNCTION sites_months(since date, until date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', since)::date;
    made integer := 0;
    parent text;
    part text;
BEGIN
    WHILE month <= until LOOP
        FOREACH parent IN ARRAY ARRAY['sites_payrollline', 'sites_attendanceline'] LOOP
            part := parent || to_char(month, '_YYYY_MM');
            IF to_regclass(part) IS NULL THEN
                EXECUTE format(
                    'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                    part, parent, month, (month + interval '1 month')::date
                );
                made := made + 1;
            END IF;
        END LOOP;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;
SELECT sites_months('2025-07-01', '2027-12-31');
"""
DROP = "DROP TABLE sites_payrollline; DROP TABLE sites_attendanceline; DROP FUNCTION sites_months;"


class Migration(migrations.Migration):
    dependencies = [("sites", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE, DROP)],
            state_operations=[
        migrations.CreateModel(
            name='AttendanceLine',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'person', 'project', 'batch', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person', models.BigIntegerField(verbose_name='人')),
                ('month', models.DateField(verbose_name='月份')),
                ('days', models.SmallIntegerField(verbose_name='出勤（十分之一天）')),
                ('project', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='employers.project')),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sites.payrollfile')),
            ],
            options={
                'verbose_name': '考勤明细',
                'verbose_name_plural': '考勤明细',
            },
        ),
        migrations.CreateModel(
            name='PayrollLine',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'person', 'project', 'batch', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person', models.BigIntegerField(verbose_name='人')),
                ('month', models.DateField(verbose_name='月份')),
                ('paid_on', models.DateField(null=True, verbose_name='发放日期')),
                ('owed_fen', models.IntegerField(verbose_name='应发')),
                ('paid_fen', models.IntegerField(verbose_name='实发')),
                ('agreed_fen', models.IntegerField(verbose_name='按约定应得')),
                ('days', models.SmallIntegerField(verbose_name='出勤（十分之一天）')),
                ('teller', models.SmallIntegerField(choices=[(1, '银行'), (2, '施工总承包单位')], verbose_name='谁报的')),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sites.payrollfile')),
                ('project', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='employers.project')),
            ],
            options={
                'verbose_name': '工资明细',
                'verbose_name_plural': '工资明细',
            },
        ),
            ],
        )
    ]
