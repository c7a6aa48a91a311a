"""Finding people who are twice here, in SQL alone: keys of every row once, then per key the blocks of equal rows.

The wide table is read once into a narrow one of 64-bit keys. Per reason one aggregate finds the keys that several
rows share and one hash join fetches their rows; nothing is compared that shares no key, and no memory grows with the
registry beyond `work_mem` (hash tables spill). Rows that were merged take part for the row that is shown.
"""

from datetime import datetime
from time import perf_counter

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from core.errors import Refusal
from core.long_work import take_time

from ..models import TwinPair, TwinSearch
from .reasons import AGREEMENTS, DIFFERENCES, LARGEST_BLOCK, LARGEST_PHONE, MOST, THRESHOLD

_LOCK = 4_065_003
# What a judgement rests on; while none of it changes, a pair that was judged is not shown again.
DIGEST = """md5(concat_ws('|', {0}.full_name, {0}.birth_date, {0}.sex, {0}.hukou_division, {0}.household_no,
    encode({0}.mobile_index, 'hex'), {0}.id_number IS NULL))"""
PAIR_DIGEST = f"md5({DIGEST.format('a')} || {DIGEST.format('b')})"
# A key is NULL where a part of it is unknown. The phone's index is random enough to serve as a seed.
_KEYS = """
CREATE UNLOGGED TABLE twin_keys AS
SELECT id, shown, bare, phone_number,
    CASE WHEN exact AND length(hukou_division) >= 9
        THEN hashtextextended(concat_ws('|', full_name, birth_date, sex, hukou_division), 1) END AS village,
    CASE WHEN birth_date IS NOT NULL AND name_pinyin <> '' AND length(hukou_division) >= 9
        THEN hashtextextended(concat_ws('|', name_pinyin, birth_date, left(hukou_division, 9)), 2) END AS sound,
    CASE WHEN exact AND household_no <> ''
        THEN hashtextextended(concat_ws('|', full_name, birth_date, household_no), 3) END AS household,
    CASE WHEN exact AND length(hukou_division) >= 6
        THEN hashtextextended(concat_ws('|', full_name, birth_date, left(hukou_division, 6)), 4) END AS district,
    CASE WHEN phone_number IS NOT NULL AND name_pinyin <> ''
        THEN hashtextextended(name_pinyin, phone_number) END AS phone
FROM (
    SELECT id, coalesce(merged_into_id, id) AS shown, id_number IS NULL AS bare, full_name, name_pinyin, sex,
        birth_date, hukou_division, household_no, full_name <> '' AND birth_date IS NOT NULL AS exact,
        ('x' || encode(substr(mobile_index, 1, 8), 'hex'))::bit(64)::bigint AS phone_number
    FROM workers_worker
) w
"""
_COMMON_PHONES = f"""
CREATE TEMP TABLE twin_common ON COMMIT DROP AS
SELECT phone_number, count(*) AS rows FROM twin_keys WHERE phone_number IS NOT NULL
GROUP BY 1 HAVING count(*) > {LARGEST_PHONE}
"""
_BLOCKS = """
CREATE TEMP TABLE twin_blocks ON COMMIT DROP AS
SELECT {key} AS key, count(*) AS rows FROM twin_keys WHERE {key} IS NOT NULL {only} GROUP BY 1 HAVING count(*) > 1
"""
_MEMBERS = f"""
CREATE TEMP TABLE twin_members ON COMMIT DROP AS
SELECT b.key, k.id, k.shown, k.bare FROM twin_blocks b JOIN twin_keys k ON k.{{key}} = b.key
WHERE b.rows <= {LARGEST_BLOCK}
"""
_HITS = """
INSERT INTO twin_hits
SELECT DISTINCT least(x.shown, y.shown), greatest(x.shown, y.shown), %s
FROM twin_members x JOIN twin_members y USING (key) WHERE x.id < y.id AND x.shown <> y.shown {only}
"""
_NARROWED = {  # per reason: which rows make blocks, and which of a block's pairs count
    "district": (
        "AND district IN (SELECT district FROM twin_keys WHERE bare AND district IS NOT NULL)",
        "AND (x.bare OR y.bare)",
    ),
    "phone": ("AND NOT EXISTS (SELECT FROM twin_common c WHERE c.phone_number = twin_keys.phone_number)", ""),
}
_DIFFERS = {
    "two_ids": "a.id_number IS NOT NULL AND b.id_number IS NOT NULL",
    "sex": "a.sex <> b.sex AND a.sex IN ('1', '2') AND b.sex IN ('1', '2')",
    "birth": "a.birth_date <> b.birth_date",
}
_STORE = """
WITH stored AS (
    INSERT INTO workers_twinpair AS p
        (worker_a_id, worker_b_id, reasons, score, keys, state, found_at, decision_note)
    SELECT a, b, reasons, score, keys, 'open', %(at)s, '' FROM twin_scored ORDER BY a, b
    ON CONFLICT (worker_a_id, worker_b_id) DO UPDATE SET
        reasons = excluded.reasons, score = excluded.score, keys = excluded.keys, state = 'open',
        found_at = CASE WHEN p.state = 'open' THEN p.found_at ELSE excluded.found_at END,
        decided_by_id = NULL, decided_at = NULL, decision_note = '', survivor_id = NULL
    WHERE (p.state = 'open' AND (p.score, p.keys) <> (excluded.score, excluded.keys))
        OR (p.state = 'different' AND p.keys <> excluded.keys)
    RETURNING found_at
)
SELECT count(*) FROM stored WHERE found_at = %(at)s
"""


@transaction.atomic
def find_twins(*, at: datetime) -> TwinSearch:
    """Search the whole registry and bring the queue up to date. Raises `Refusal` while another search runs."""
    began = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Refusal(_("另一次查重正在进行，请等它结束。"))
        take_time(cursor, memory="128MB")
        people = _collect_keys(cursor)
        skipped = {reason.code: _compare(cursor, reason.code) for reason in AGREEMENTS}
        cursor.execute("SELECT count(*), coalesce(sum(rows), 0) FROM twin_common")
        skipped["common_phone"] = list(map(int, cursor.fetchone()))
        _score(cursor)
        found, new, gone = _store(cursor, at)
        cursor.execute("DROP TABLE twin_keys, twin_common, twin_hits, twin_scored")
    return TwinSearch.objects.create(
        at=at, seconds=perf_counter() - began, people=people, found=found, new=new, gone=gone,
        skipped={code: counts for code, counts in skipped.items() if counts[0]},
    )  # fmt: skip


def _collect_keys(cursor: CursorWrapper) -> int:
    cursor.execute(_KEYS)
    people = cursor.rowcount
    cursor.execute("ANALYZE twin_keys")
    cursor.execute(_COMMON_PHONES)
    cursor.execute("CREATE TEMP TABLE twin_hits (a bigint, b bigint, reason text) ON COMMIT DROP")
    return people


def _compare(cursor: CursorWrapper, code: str) -> list[int]:
    """Add the pairs of one reason; returns how many blocks were too large, and how many rows stand in them."""
    of_blocks, of_pairs = _NARROWED.get(code, ("", ""))
    cursor.execute(_BLOCKS.format(key=code, only=of_blocks))
    cursor.execute("SELECT count(*), coalesce(sum(rows), 0) FROM twin_blocks WHERE rows > %s", [LARGEST_BLOCK])
    skipped = list(map(int, cursor.fetchone()))
    cursor.execute("ANALYZE twin_blocks")
    cursor.execute(_MEMBERS.format(key=code))
    cursor.execute(_HITS.format(only=of_pairs), [code])
    cursor.execute("DROP TABLE twin_blocks, twin_members")
    return skipped


def _score(cursor: CursorWrapper) -> None:
    """Add up the points of each pair and keep those that reach the threshold."""
    points = " ".join(f"WHEN '{reason.code}' THEN {reason.points}" for reason in (*AGREEMENTS, *DIFFERENCES))
    implied = " ".join(
        f"WHEN h.reason = '{reason.code}' THEN NOT reasons && ARRAY[{', '.join(map(repr, reason.unless))}]"
        for reason in AGREEMENTS
        if reason.unless
    )
    differs = ", ".join(f"CASE WHEN {_DIFFERS[reason.code]} THEN '{reason.code}' END" for reason in DIFFERENCES)
    cursor.execute("ANALYZE twin_hits")
    cursor.execute(
        f"""
        CREATE TEMP TABLE twin_scored ON COMMIT DROP AS
        WITH pair AS (
            SELECT a AS id_a, b AS id_b, array_agg(reason ORDER BY reason) AS reasons FROM twin_hits GROUP BY 1, 2
        ), judged AS (
            SELECT id_a AS a, id_b AS b, {PAIR_DIGEST} AS keys,
                (SELECT array_agg(h.reason) FROM unnest(reasons) AS h(reason) WHERE CASE {implied} ELSE true END)
                    || array_remove(ARRAY[{differs}], NULL) AS reasons
            FROM pair JOIN workers_worker a ON a.id = id_a JOIN workers_worker b ON b.id = id_b
        )
        SELECT * FROM (
            SELECT a, b, keys, reasons, (
                SELECT least(sum(CASE r {points} END), {MOST})::smallint FROM unnest(reasons) AS r
            ) AS score
            FROM judged
        ) s WHERE score >= {THRESHOLD}
        """
    )


def _store(cursor: CursorWrapper, at: datetime) -> tuple[int, int, int]:
    """Bring the queue up to date: how many pairs there are, how many new ones, and how many are none any more."""
    cursor.execute("CREATE INDEX ON twin_scored (a, b); ANALYZE twin_scored")
    cursor.execute(
        """
        DELETE FROM workers_twinpair p WHERE state = 'open'
            AND NOT EXISTS (SELECT FROM twin_scored s WHERE s.a = p.worker_a_id AND s.b = p.worker_b_id)
        """
    )
    gone = cursor.rowcount
    cursor.execute(_STORE, {"at": at})
    new = cursor.fetchone()[0]
    cursor.execute("SELECT count(*) FROM twin_scored")
    return cursor.fetchone()[0], new, gone


def digest_of(pair: TwinPair) -> str:
    """The pair's digest as its rows stand now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {PAIR_DIGEST} FROM workers_worker a, workers_worker b WHERE a.id = %s AND b.id = %s",
            [pair.worker_a_id, pair.worker_b_id],
        )
        return cursor.fetchone()[0]
