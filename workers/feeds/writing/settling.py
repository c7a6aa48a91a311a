"""Letting the statements decide: for given pairs of worker and indicator, write down what stands now.

Here SQL knows the rule of `workers.precedence`: greatest by rank, observed day, act. Undoing, merging and a changed
precedence weigh all statements anew; an import, whose one act is the latest, weighs it against what stands
(`weighing`). Works inside the caller's transaction.
"""

from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper

from ...indicators import INDICATORS, Indicator
from ...texts import has_text
from ...twins.regrouping import IN_GROUPS
from . import columns, derived

PAIRS = "settle_pairs"
_WEIGHED = {indicator.number: indicator for indicator in INDICATORS if has_text(indicator)}
_DAY = "(a.observed_on - DATE '2000-01-01')"


def prepare(cursor: CursorWrapper) -> None:
    """Make the empty table of pairs that the caller fills before `settle`."""
    cursor.execute(f"DROP TABLE IF EXISTS {PAIRS}")
    cursor.execute(f"CREATE TEMP TABLE {PAIRS} (worker_id bigint, number smallint) ON COMMIT DROP")


def settle(cursor: CursorWrapper, *, at) -> dict[str, int]:
    """Bring wide rows, outcomes and what is derived from them in line with the statements.

    Returns how many values changed, and for how many people.
    """
    return _write_down(cursor, weigh(cursor), at=at)


def settle_offer(cursor: CursorWrapper, numbers: list[int], *, act_id: int, at) -> dict[str, int]:
    """The same for what `weighing.weigh` has made of an act's statements; people of a group are left to `restand`."""
    cursor.execute("DROP TABLE IF EXISTS settle_best")
    cursor.execute(
        f"""
        CREATE TEMP TABLE settle_best ON COMMIT DROP AS
        SELECT worker_id, number, shown, was_source, was_day, was_act, source, day, act, text
        FROM feed_offer WHERE worker_id NOT IN ({IN_GROUPS}) ORDER BY worker_id
        """
    )
    cursor.execute("ANALYZE settle_best")
    return _write_down(cursor, numbers, marked=act_id, at=at)


def _write_down(cursor: CursorWrapper, numbers: list[int], *, marked: int = 0, at) -> dict[str, int]:
    """Carry out `settle_best`; the statements of the act `marked` are known to have won where they did."""
    if not numbers:
        return {"values": 0, "people": 0}
    indicators = [_WEIGHED[number] for number in numbers]
    _keep_displaced_base(cursor, indicators, at)
    _mark_winners(cursor, marked)
    counts = _write_values(cursor, indicators)
    _write_outcomes(cursor, numbers)
    derived.follow(cursor, numbers, at=at)
    cursor.execute("DROP TABLE settle_best")
    return counts


def weigh(cursor: CursorWrapper) -> list[int]:
    """Make `settle_best`: per pair what is shown and what should be. Returns the numbers; without any, no table."""
    cursor.execute(f"ANALYZE {PAIRS}")
    cursor.execute(f"SELECT DISTINCT number FROM {PAIRS}")
    numbers = sorted(row[0] for row in cursor.fetchall() if row[0] in _WEIGHED)
    if numbers:
        _find_best(cursor, [_WEIGHED[number] for number in numbers])
    return numbers


def _current(indicators: Iterable[Indicator]) -> str:
    branches = " ".join(f"WHEN {i.number} THEN {columns.text('w', i)}" for i in indicators)
    return f"CASE p.number {branches} END"


def _find_best(cursor: CursorWrapper, indicators: list[Indicator]) -> None:
    """What stands for each pair, beside what is shown now; no source where nobody said anything that still counts."""
    cursor.execute("DROP TABLE IF EXISTS settle_best")
    cursor.execute(
        f"""
        CREATE TEMP TABLE settle_best ON COMMIT DROP AS
        WITH pair AS (
            SELECT DISTINCT p.worker_id, p.number, {_current(indicators)} AS shown, o.sources[p.number] AS source,
                o.observed[p.number] AS day, coalesce(o.acts[p.number], 0) AS act
            FROM {PAIRS} p
            JOIN workers_worker w ON w.id = p.worker_id
            LEFT JOIN workers_provenance o ON o.worker_id = p.worker_id
            WHERE p.number = ANY(%s)
        ), said AS (
            SELECT worker_id, number, source, day, act::bigint, shown AS text FROM pair WHERE source <> 0 AND act = 0
            UNION ALL
            SELECT p.worker_id, p.number, a.source, {_DAY}::smallint, a.id, s.texts[x.place]
            FROM pair p
            JOIN workers_statement s ON s.worker_id = p.worker_id AND s.act_id <> 0
            JOIN workers_act a ON a.id = s.act_id AND a.undone_at IS NULL
            CROSS JOIN LATERAL (SELECT array_position(coalesce(s.numbers, a.numbers), p.number) AS place) x
            WHERE s.texts[x.place] IS NOT NULL
            UNION ALL
            SELECT p.worker_id, p.number, s.sources[x.place], s.days[x.place], 0, s.texts[x.place]
            FROM pair p
            JOIN workers_statement s ON s.worker_id = p.worker_id AND s.act_id = 0
            CROSS JOIN LATERAL (SELECT array_position(s.numbers, p.number) AS place) x
            WHERE x.place IS NOT NULL
        ), best AS (
            SELECT DISTINCT ON (said.worker_id, said.number) said.*
            FROM said LEFT JOIN workers_precedence r ON r.indicator = said.number AND r.source = said.source
            ORDER BY said.worker_id, said.number, coalesce(r.rank, 0) DESC, said.day DESC, said.act DESC
        )
        SELECT p.worker_id, p.number, p.shown, p.source AS was_source, p.day AS was_day, p.act AS was_act,
            coalesce(best.source, 0::smallint) AS source, coalesce(best.day, 0::smallint) AS day,
            coalesce(best.act, 0) AS act, coalesce(best.text, '') AS text
        FROM pair p LEFT JOIN best USING (worker_id, number)
        """,
        [[indicator.number for indicator in indicators]],
    )
    cursor.execute("ANALYZE settle_best")


def _keep_displaced_base(cursor: CursorWrapper, indicators: list[Indicator], at) -> None:
    """Values of the first load that an act displaces stand nowhere else: write them down.

    As they stand now, text and source by one question: a save may have displaced or restored one since it was weighed.
    """
    cursor.execute(
        f"""
        INSERT INTO workers_statement (act_id, worker_id, at, numbers, texts, sources, days, won, made)
        SELECT 0, p.worker_id, %s, array_agg(p.number ORDER BY p.number),
            array_agg({_current(indicators)} ORDER BY p.number), array_agg(o.sources[p.number] ORDER BY p.number),
            array_agg(o.observed[p.number] ORDER BY p.number), true, false
        FROM settle_best p
        JOIN workers_worker w ON w.id = p.worker_id
        JOIN workers_provenance o ON o.worker_id = p.worker_id
        WHERE p.was_act = 0 AND p.act <> 0 AND coalesce(o.acts[p.number], 0) = 0 AND o.sources[p.number] <> 0
        GROUP BY p.worker_id ORDER BY p.worker_id
        """,
        [at],
    )


def _mark_winners(cursor: CursorWrapper, marked: int) -> None:
    """Undoing looks at `won` rows only, so a statement that wins later is marked then."""
    cursor.execute(
        """
        UPDATE workers_statement s SET won = true
        FROM (SELECT DISTINCT worker_id, act FROM settle_best WHERE act NOT IN (0, %s)) b
        WHERE s.worker_id = b.worker_id AND s.act_id = b.act AND NOT s.won
        """,
        [marked],
    )


def _write_values(cursor: CursorWrapper, indicators: list[Indicator]) -> dict[str, int]:
    """Rewrite the wide rows whose shown value changes, each once."""
    cursor.execute("SELECT number, count(*) FROM settle_best WHERE text IS DISTINCT FROM shown GROUP BY number")
    changing = dict(cursor.fetchall())
    if not changing:
        return {"values": 0, "people": 0}
    touched = [indicator for indicator in indicators if indicator.number in changing]
    pivot = ", ".join(f"max(text) FILTER (WHERE number = {i.number}) AS t{i.number}" for i in touched)
    sets = ", ".join(
        f'"{column}" = CASE WHEN b.t{i.number} IS NULL THEN w."{column}"'
        f" ELSE {columns.from_text(f'b.t{i.number}', column)} END"
        for i in touched
        for column in i.columns
    )
    cursor.execute(
        f"""
        UPDATE workers_worker w SET {sets}
        FROM (SELECT worker_id, {pivot} FROM settle_best WHERE text IS DISTINCT FROM shown GROUP BY worker_id) b
        WHERE w.id = b.worker_id
        """
    )
    return {"values": sum(changing.values()), "people": cursor.rowcount}


def _write_outcomes(cursor: CursorWrapper, numbers: list[int]) -> None:
    """Rewrite `Provenance` where source, day or act changed."""
    cursor.execute(
        """
        INSERT INTO workers_provenance (worker_id, sources, observed, acts)
        SELECT DISTINCT worker_id, array_fill(0::smallint, ARRAY[65]), array_fill(0::smallint, ARRAY[65]), NULL::int[]
        FROM settle_best WHERE was_source IS NULL ON CONFLICT DO NOTHING
        """
    )
    pivot = ", ".join(
        f"max({name}) FILTER (WHERE number = {n}) AS {name}{n}" for n in numbers for name in ("source", "day")
    )
    sets = ", ".join(
        f"{column}[{n}] = coalesce(c.{name}{n}, o.{column}[{n}])"
        for column, name in (("sources", "source"), ("observed", "day"))
        for n in numbers
    )
    cursor.execute(
        f"""
        WITH changed AS (
            SELECT worker_id, array_agg(number) AS numbers, array_agg(act::int) AS acts, {pivot}
            FROM settle_best
            WHERE (source, day, act) IS DISTINCT FROM (was_source, was_day, was_act::bigint)
            GROUP BY worker_id
        )
        UPDATE workers_provenance o SET {sets},
            acts = workers_array_set(coalesce(o.acts, array_fill(0, ARRAY[65])), c.numbers, c.acts)
        FROM changed c WHERE o.worker_id = c.worker_id
        """
    )
