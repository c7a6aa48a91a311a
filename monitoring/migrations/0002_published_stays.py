"""Published figures never change: triggers refuse it, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION monitoring_sheet_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reports bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN reports := reports || OLD.report_id; END IF;
    IF TG_OP <> 'DELETE' THEN reports := reports || NEW.report_id; END IF;
    IF EXISTS (SELECT FROM monitoring_report WHERE id = ANY (reports) AND state <> 'draft') THEN
        RAISE EXCEPTION 'the figures of a published report do not change; build a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER monitoring_sheet_stays BEFORE INSERT OR UPDATE OR DELETE ON monitoring_sheet
    FOR EACH ROW EXECUTE FUNCTION monitoring_sheet_guard();

CREATE TRIGGER monitoring_worksheet_stays BEFORE INSERT OR UPDATE OR DELETE ON monitoring_worksheet
    FOR EACH ROW EXECUTE FUNCTION monitoring_sheet_guard();

CREATE FUNCTION monitoring_report_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR (NEW.period, NEW.version, NEW.snapshot_on, NEW.definitions, NEW.parameters, NEW.origin, NEW.built_at,
            NEW.published_at, NEW.published_by_id)
           IS DISTINCT FROM
           (OLD.period, OLD.version, OLD.snapshot_on, OLD.definitions, OLD.parameters, OLD.origin, OLD.built_at,
            OLD.published_at, OLD.published_by_id)
    ) THEN
        RAISE EXCEPTION 'a published report does not change; build a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER monitoring_report_stays BEFORE UPDATE OR DELETE ON monitoring_report
    FOR EACH ROW EXECUTE FUNCTION monitoring_report_guard();
"""

BACKWARD = """
DROP TRIGGER monitoring_sheet_stays ON monitoring_sheet;
DROP TRIGGER monitoring_worksheet_stays ON monitoring_worksheet;
DROP TRIGGER monitoring_report_stays ON monitoring_report;
DROP FUNCTION monitoring_sheet_guard();
DROP FUNCTION monitoring_report_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
