"""Weighing what a file says against what stands: who would win, without settling anything.

What stands already outweighs every statement before it, so a new one is weighed against it alone. Two things escape
that: a source that merely agreed with the shown value rewrote nothing, though it may count more than whoever the value
is credited to, or speak of a later day; and ranks that changed where nobody disagreed rewrote nothing either. Such
rivals are looked for only where the file would win and there can be one.
"""

from django.db.backends.utils import CursorWrapper

from ...enums import Source
from ...models import RankState

# The act of a preview, which does not exist yet; 0 is the first load's.
NO_ACT = -1


def weigh(cursor: CursorWrapper, *, source: Source, day: int, act: int = NO_ACT) -> list[int]:
    """Make `feed_offer` from `feed_plan`: a row per value on which file and registry differ. `day` as in `Provenance`.

    `shown` and `said` are the two texts, `was_…` is the outcome as `Provenance` has it, and `held_…` whoever the file
    is weighed against; `source`, `day`, `act` and `text` are what should stand. Returns the numbers that differ.
    """
    cursor.execute("DROP TABLE IF EXISTS feed_pair, feed_offer")
    # A table of its own, so that the planner knows how few they are, and in the order in which their rows lie on disk.
    cursor.execute(
        """
        CREATE TEMP TABLE feed_pair AS
        SELECT line, worker_id, d.number, d.held AS shown, d.said
        FROM feed_plan CROSS JOIN LATERAL unnest(differs) AS d(number, held, said)
        WHERE cardinality(differs) > 0 ORDER BY worker_id
        """
    )
    cursor.execute("ANALYZE feed_pair (worker_id)")
    cursor.execute(
        """
        CREATE TEMP TABLE feed_offer AS
        WITH known AS (
            SELECT p.*, o.sources[p.number] AS was_source, o.observed[p.number] AS was_day,
                coalesce(o.acts[p.number], 0)::bigint AS was_act
            FROM feed_pair p LEFT JOIN workers_provenance o ON o.worker_id = p.worker_id
        ), ranked AS (
            SELECT known.*, coalesce(own.rank, 0) AS own_rank,
                coalesce(was_source, 0)::smallint AS held_by, coalesce(was_day, 0)::smallint AS held_since,
                coalesce(held.rank, 0) AS held_rank
            FROM known
            LEFT JOIN workers_precedence own ON own.indicator = known.number AND own.source = %(source)s
            LEFT JOIN workers_precedence held ON held.indicator = known.number AND held.source = known.was_source
        ), judged AS (
            SELECT *, held_by = 0 OR (own_rank, %(day)s) >= (held_rank, held_since) AS wins FROM ranked
        )
        SELECT *, (CASE WHEN wins THEN %(source)s ELSE held_by END)::smallint AS source,
            (CASE WHEN wins THEN %(day)s ELSE held_since END)::smallint AS day,
            CASE WHEN wins THEN %(act)s ELSE was_act END AS act, CASE WHEN wins THEN said ELSE shown END AS text
        FROM judged
        """,
        {"source": int(source), "day": day, "act": act},
    )
    cursor.execute("DROP TABLE feed_pair")
    cursor.execute("ANALYZE feed_offer (worker_id)")
    cursor.execute("SELECT DISTINCT number FROM feed_offer ORDER BY number")
    numbers = [row[0] for row in cursor.fetchall()]
    if contestable := _contestable(cursor, numbers, source=source, day=day, act=act):
        _let_rivals_stand(cursor, contestable, day=day, act=act)
    return numbers


def _contestable(cursor: CursorWrapper, numbers: list[int], *, source: Source, day: int, act: int) -> list[int]:
    """The indicators about which another source counts more, or one that counts as much spoke of a later day."""
    cursor.execute(
        """
        WITH later AS (
            SELECT source FROM unnest(%(sources)s::smallint[]) AS source WHERE EXISTS (
                SELECT FROM workers_act a
                WHERE a.source = source.source AND a.observed_on > DATE '2000-01-01' + %(day)s
                    AND a.undone_at IS NULL AND a.id <> %(act)s
            )
        )
        SELECT n.number FROM unnest(%(numbers)s::smallint[]) AS n(number)
        LEFT JOIN workers_precedence own ON own.indicator = n.number AND own.source = %(source)s
        WHERE EXISTS (
            SELECT FROM unnest(%(sources)s::smallint[]) AS s(source)
            LEFT JOIN workers_precedence r ON r.indicator = n.number AND r.source = s.source
            WHERE coalesce(r.rank, 0) > coalesce(own.rank, 0)
                OR coalesce(r.rank, 0) = coalesce(own.rank, 0) AND (
                    s.source IN (SELECT source FROM later)
                    OR n.number IN (SELECT indicator FROM workers_rankchange WHERE state = %(applied)s)
                )
        )
        """,
        {
            "numbers": numbers,
            "sources": [int(one) for one in Source],
            "source": int(source),
            "day": day,
            "act": act,
            "applied": RankState.APPLIED,
        },
    )
    return [row[0] for row in cursor.fetchall()]


def _let_rivals_stand(cursor: CursorWrapper, numbers: list[int], *, day: int, act: int) -> None:
    """Where a statement that rewrote nothing outweighs the file, it is the one to stand."""
    cursor.execute(
        """
        WITH rival AS (
            SELECT DISTINCT ON (f.worker_id, f.number) f.worker_id, f.number, y.source, y.day, s.act_id AS act,
                s.texts[x.place] AS text, coalesce(r.rank, 0) AS rank
            FROM feed_offer f
            JOIN workers_statement s ON s.worker_id = f.worker_id AND s.act_id <> %(act)s
            LEFT JOIN workers_act a ON a.id = s.act_id
            CROSS JOIN LATERAL (SELECT array_position(coalesce(s.numbers, a.numbers), f.number) AS place) x
            CROSS JOIN LATERAL (
                SELECT coalesce(a.source, s.sources[x.place]) AS source,
                    coalesce(a.observed_on - DATE '2000-01-01', s.days[x.place])::smallint AS day
            ) y
            LEFT JOIN workers_precedence r ON r.indicator = f.number AND r.source = y.source
            WHERE f.wins AND f.number = ANY(%(numbers)s) AND a.undone_at IS NULL AND s.texts[x.place] IS NOT NULL
                AND (s.act_id = 0 OR a.id IS NOT NULL) AND (coalesce(r.rank, 0), y.day) > (f.own_rank, %(day)s)
            ORDER BY f.worker_id, f.number, coalesce(r.rank, 0) DESC, y.day DESC, s.act_id DESC
        )
        UPDATE feed_offer f SET wins = false, held_by = r.source, held_since = r.day, held_rank = r.rank,
            source = r.source, day = r.day, act = r.act, text = r.text
        FROM rival r WHERE r.worker_id = f.worker_id AND r.number = f.number
        """,
        {"numbers": numbers, "day": day, "act": act},
    )
