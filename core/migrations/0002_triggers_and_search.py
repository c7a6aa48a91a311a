"""What only SQL can say: the audit chain's triggers and the functions behind Chinese search."""

from django.db import migrations

AUDIT = r"""
CREATE FUNCTION core_audit_digest(previous bytea, entry core_auditentry) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.verb, entry.subject_type,
        entry.subject_id, entry.actor_id, entry.actor, entry.reason, entry.data, entry.request_id)::text, 'UTF8'))
$$;

INSERT INTO core_auditanchor (id, sequence, digest) VALUES (1, 0, sha256(''));

CREATE FUNCTION core_audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head core_auditanchor;
    entry core_auditentry;
    latest bigint;
BEGIN
    -- The first entry of a transaction to come here links the others, too. One update of the anchor for each would leave
    -- as many dead versions of its row behind, which the next one reads again: quadratic, under everybody's lock.
    IF EXISTS (SELECT FROM core_auditlink WHERE entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    -- The row lock makes committing writers queue; at REPEATABLE READ a second writer fails instead of forking.
    SELECT * INTO STRICT head FROM core_auditanchor WHERE id = 1 FOR UPDATE;
    PERFORM set_config('core.audit_linking', 'on', true);
    head.sequence := head.sequence + 1;
    head.digest := core_audit_digest(head.digest, NEW);
    INSERT INTO core_auditlink (sequence, entry_id, digest) VALUES (head.sequence, NEW.id, head.digest);
    SELECT last_value INTO latest FROM core_auditentry_id_seq;
    IF latest > NEW.id THEN
        -- What is visible here and not linked is our own: others link theirs before they commit.
        FOR entry IN
            SELECT e.* FROM core_auditentry e WHERE e.id > NEW.id AND e.id <= latest
                AND NOT EXISTS (SELECT FROM core_auditlink l WHERE l.entry_id = e.id) ORDER BY e.id
        LOOP
            head.sequence := head.sequence + 1;
            head.digest := core_audit_digest(head.digest, entry);
            INSERT INTO core_auditlink (sequence, entry_id, digest) VALUES (head.sequence, entry.id, head.digest);
        END LOOP;
    END IF;
    UPDATE core_auditanchor SET sequence = head.sequence, digest = head.digest WHERE id = 1;
    PERFORM set_config('core.audit_linking', 'off', true);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER core_audit_link AFTER INSERT ON core_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core_audit_link();

CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER core_audit_entry_fixed BEFORE UPDATE OR DELETE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_audit_link_fixed BEFORE UPDATE OR DELETE ON core_auditlink
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_audit_link_by_trigger_only BEFORE INSERT ON core_auditlink
    FOR EACH ROW WHEN (current_setting('core.audit_linking', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_audit_anchor_by_trigger_only BEFORE UPDATE OR DELETE ON core_auditanchor
    FOR EACH ROW WHEN (current_setting('core.audit_linking', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_audit_entry_kept BEFORE TRUNCATE ON core_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_audit_link_kept BEFORE TRUNCATE ON core_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_audit_anchor_kept BEFORE TRUNCATE ON core_auditanchor
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
"""

SEARCH = r"""
-- Written as RETURN, which binds names when the function is made: a restore (pg_restore) runs with an empty search path.
-- Single characters and overlapping pairs of Han text, and lower-cased Latin words and numbers.
CREATE FUNCTION core_bigram_terms(input text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
    SELECT coalesce(array_agg(DISTINCT term), '{}') FROM (
        SELECT substr(run[1], i, n) AS term
        FROM regexp_matches(input, '[一-鿿]+', 'g') run,
             generate_series(1, length(run[1])) i, generate_series(1, 2) n
        WHERE i + n - 1 <= length(run[1])
        UNION ALL
        SELECT lower(word[1]) FROM regexp_matches(input, '[A-Za-z0-9]+', 'g') word
    ) terms
);
CREATE FUNCTION core_bigrams(input text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_tsvector(core_bigram_terms(input));

-- A longer word needs all its pairs; a lone character needs itself. No usable term gives an empty query.
CREATE FUNCTION core_bigram_query(input text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
    SELECT coalesce(string_agg(quote_literal(term), ' & '), '')::tsquery FROM (
        SELECT substr(run[1], i, least(2, length(run[1]))) AS term
        FROM regexp_matches(input, '[一-鿿]+', 'g') run,
             generate_series(1, greatest(1, length(run[1]) - 1)) i
        UNION
        SELECT lower(word[1]) FROM regexp_matches(input, '[A-Za-z0-9]+', 'g') word
    ) terms
);
"""

UNDO = """
DROP FUNCTION core_bigram_query(text); DROP FUNCTION core_bigrams(text); DROP FUNCTION core_bigram_terms(text);
DROP TRIGGER core_audit_link ON core_auditentry;
DROP TRIGGER core_audit_entry_fixed ON core_auditentry; DROP TRIGGER core_audit_entry_kept ON core_auditentry;
DROP TRIGGER core_audit_link_fixed ON core_auditlink; DROP TRIGGER core_audit_link_kept ON core_auditlink;
DROP TRIGGER core_audit_link_by_trigger_only ON core_auditlink;
DROP TRIGGER core_audit_anchor_by_trigger_only ON core_auditanchor;
DROP TRIGGER core_audit_anchor_kept ON core_auditanchor;
DROP FUNCTION core_audit_link(); DROP FUNCTION core_audit_refuse();
DROP FUNCTION core_audit_digest(bytea, core_auditentry);
DELETE FROM core_auditanchor;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(AUDIT + SEARCH, UNDO)]
