"""One statement per kind of rule: what it finds at which project, as counts and sums. Nobody's name or number is in it.

Each begins with the projects whose day has come (`site`), and ends in `found`: project, district, evidence. A payment
counts if it was made by that day, so a past month is judged as it would have been judged then. Where the bank speaks of
a person its word stands alone; several payments add up; the same payment told by two files counts as the later says.
"""

from ..enums import FileKind, RuleKind

_SITE = """
site AS (
    SELECT p.id AS project_id, left(p.division, 6) AS district, d.due_on, d.due_on + %(offset)s AS until,
        CASE WHEN p.division LIKE '5002%%' THEN %(minimum_county)s ELSE %(minimum_district)s END AS minimum
    FROM employers_project p
    JOIN unnest(%(pay_days)s::int[], %(due_days)s::date[]) AS d(pay_day, due_on) ON d.pay_day = p.pay_day
    WHERE d.due_on + %(offset)s BETWEEN %(first)s AND %(last)s
        AND (%(projects)s::int[] IS NULL OR p.id = ANY(%(projects)s::int[]))
        AND coalesce(p.starts_on, p.registered_at::date) < %(month)s::date + interval '1 month'
        AND (p.ends_on IS NULL OR p.ends_on >= %(month)s)
        AND NOT EXISTS (
            SELECT FROM sites_fact f
            WHERE f.project_id = p.id AND f.kind = 'completed' AND f.withdrawn_at IS NULL AND f.day < %(month)s
        )
)
"""
_PEOPLE = """
line AS (
    SELECT DISTINCT ON (l.project_id, l.person, l.teller, l.paid_on)
        l.project_id, l.person, l.teller, greatest(l.owed_fen, l.agreed_fen) AS due, l.days,
        CASE WHEN l.paid_on <= s.until THEN l.paid_fen ELSE 0 END AS paid
    FROM sites_payrollline l JOIN site s USING (project_id)
    WHERE l.month = %(month)s
    ORDER BY l.project_id, l.person, l.teller, l.paid_on, l.batch_id DESC
),
wage AS (
    SELECT project_id, person, max(due) AS due, max(days) AS days,
        CASE WHEN bool_or(teller = 1) THEN sum(paid) FILTER (WHERE teller = 1) ELSE sum(paid) END AS paid
    FROM line GROUP BY project_id, person
)
"""
# Who was at the site and stands in no list of wages is unpaid too.
_ATTENDED = """,
attended AS (
    SELECT DISTINCT ON (a.project_id, a.person) a.project_id, a.person, a.days
    FROM sites_attendanceline a JOIN site s USING (project_id)
    WHERE a.month = %(month)s
    ORDER BY a.project_id, a.person, a.batch_id DESC
),
person AS (
    SELECT project_id, person, coalesce(w.due, 0) AS due, coalesce(w.paid, 0) AS paid,
        greatest(w.days, a.days) AS days, w.person IS NULL AS unlisted
    FROM wage w FULL JOIN attended a USING (project_id, person)
)
"""
_JUDGED = """,
found AS (
    SELECT s.project_id, s.district, jsonb_build_object(
        'people', count(*), 'hit', count(*) FILTER (WHERE j.hit),
        'unlisted', count(*) FILTER (WHERE j.hit AND j.unlisted),
        'due_fen', coalesce(sum(j.wanted) FILTER (WHERE j.hit), 0),
        'paid_fen', coalesce(sum(j.paid) FILTER (WHERE j.hit), 0),
        'short_fen', coalesce(sum(greatest(j.wanted - j.paid, 0)) FILTER (WHERE j.hit), 0),
        'due_on', s.due_on, 'until', s.until
    ) AS evidence
    FROM (
        SELECT p.project_id, p.paid, p.unlisted, {hit} AS hit, {wanted} AS wanted
        FROM person p JOIN site t USING (project_id)
    ) j JOIN site s USING (project_id)
    GROUP BY s.project_id, s.district, s.due_on, s.until
    HAVING count(*) FILTER (WHERE j.hit) >= greatest(%(people)s, 1)
        AND 100 * count(*) FILTER (WHERE j.hit) >= %(percent)s * count(*)
)
"""
# 21.75 paid days make a month (劳社部发〔2008〕3号); days are in tenths.
_MINIMUM = "floor(t.minimum * least(p.days / 217.5, 1))"
_BY_PERSON = {
    RuleKind.UNPAID: ("p.paid = 0 AND (p.due > 0 OR (p.unlisted AND p.days > 0))", "p.due"),
    RuleKind.UNDERPAID: ("p.paid > 0 AND 100 * p.paid < %(enough)s * p.due", "p.due"),
    RuleKind.BELOW_MINIMUM: (f"p.paid > 0 AND p.days > 0 AND p.paid < {_MINIMUM}", _MINIMUM),
}
_DEPOSITS = """,
deposit AS (
    SELECT DISTINCT ON (d.project_id, d.paid_on) d.project_id, d.due_fen,
        CASE WHEN d.paid_on <= s.until THEN d.paid_fen ELSE 0 END AS paid
    FROM sites_deposit d JOIN site s USING (project_id)
    WHERE d.month = %(month)s
    ORDER BY d.project_id, d.paid_on, d.batch_id DESC
),
found AS (
    SELECT s.project_id, s.district, jsonb_build_object(
        'due_fen', max(d.due_fen), 'paid_fen', sum(d.paid), 'short_fen', max(d.due_fen) - sum(d.paid),
        'due_on', s.due_on, 'until', s.until
    ) AS evidence
    FROM deposit d JOIN site s USING (project_id)
    GROUP BY s.project_id, s.district, s.due_on, s.until
    HAVING 100 * sum(d.paid) < %(enough)s * max(d.due_fen)
)
"""
_MISSING = """,
sent AS (
    SELECT DISTINCT l.project_id, l.batch_id FROM {table} l JOIN site s USING (project_id) WHERE l.month = %(month)s
),
found AS (
    SELECT s.project_id, s.district,
        jsonb_build_object('file', %(file)s::text, 'due_on', s.due_on, 'until', s.until) AS evidence
    FROM site s
    WHERE NOT EXISTS (
        SELECT FROM sent l JOIN sites_payrollfile b ON b.id = l.batch_id
        WHERE l.project_id = s.project_id AND (b.applied_at AT TIME ZONE 'Asia/Shanghai')::date <= s.until
    )
)
"""
_TABLES = {
    FileKind.PAYROLL: "sites_payrollline",
    FileKind.ATTENDANCE: "sites_attendanceline",
    FileKind.DEPOSITS: "sites_deposit",
}
# What an alert keeps: the same look again changes its numbers and makes no second one; what is found no more is marked.
_KEEP = """,
kept AS (
    INSERT INTO sites_alert
        (project_id, district, rule_id, month, "offset", level, evidence, state, found_at, seen_at, case_number)
    SELECT f.project_id, f.district, %(rule)s, %(month)s, %(offset)s, %(level)s, f.evidence, 'open', %(at)s, %(at)s, ''
    FROM found f
    ON CONFLICT (project_id, rule_id, month, "offset") DO UPDATE
        SET evidence = excluded.evidence, seen_at = excluded.seen_at, gone_at = NULL
        WHERE sites_alert.state <> 'closed'
    RETURNING (xmax = 0) AS made
),
gone AS (
    UPDATE sites_alert a SET gone_at = %(at)s, seen_at = %(at)s
    FROM site s
    WHERE a.project_id = s.project_id AND a.rule_id = %(rule)s AND a.month = %(month)s AND a."offset" = %(offset)s
        AND a.gone_at IS NULL AND a.state <> 'closed'
        AND NOT EXISTS (SELECT FROM found f WHERE f.project_id = a.project_id)
    RETURNING 1
)
SELECT (SELECT count(*) FROM kept), (SELECT count(*) FROM kept WHERE made), (SELECT count(*) FROM gone)
"""
_COUNT = """
SELECT (SELECT count(*) FROM site), count(*), coalesce(sum((evidence ->> 'hit')::int), 0),
    coalesce(sum((evidence ->> 'short_fen')::numeric), 0),
    coalesce(
        (array_agg(project_id ORDER BY (evidence ->> 'short_fen')::numeric DESC NULLS LAST, project_id))[1:5], '{}'
    )
FROM found
"""


def finding(kind: str, file: str = "") -> str:
    """The statement up to `found`. Everything that differs between rules of a kind is a parameter of it."""
    if kind in _BY_PERSON:
        hit, wanted = _BY_PERSON[RuleKind(kind)]
        return "WITH" + _SITE + "," + _PEOPLE + _ATTENDED + _JUDGED.format(hit=hit, wanted=wanted)
    if kind == RuleKind.LATE_DEPOSIT:
        return "WITH" + _SITE + _DEPOSITS
    return "WITH" + _SITE + _MISSING.format(table=_TABLES[FileKind(file)])


def keeping(kind: str, file: str = "") -> str:
    """Find and keep as alerts; says how many were found, are new, and are gone."""
    return finding(kind, file) + _KEEP


def counting(kind: str, file: str = "") -> str:
    """Find and only count: projects looked at, found, people, fen, and up to five examples."""
    return finding(kind, file) + _COUNT
