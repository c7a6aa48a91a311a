"""What a staged file would do, told before anything is written: counts, and a sample per outcome."""

from dataclasses import asdict, dataclass

from django.db.backends.utils import CursorWrapper

from core.masking import mask_name

from ...enums import Source
from . import columns
from .staging import INDEX, table

SAMPLE = 10


@dataclass(frozen=True)
class Preview:
    """Rows and values by outcome. `changed`, `lower`, `older` and `contested` count values, the rest rows.

    `unknown_people` are in no register of ours and the file does not name them, so they cannot be registered.
    """

    rows: int
    new_people: int
    unknown_people: int
    agreeing_rows: int
    changed_people: int
    changed: int
    lower: int
    older: int
    contested: int
    samples: dict[str, list[dict]]

    def as_dict(self) -> dict:
        return asdict(self)


def plan(cursor: CursorWrapper, batch_id: int, stated: list[str]) -> None:
    """Make `feed_plan`: per staged line the person found and the indicators on which file and registry differ."""
    differs = ", ".join(
        f"CASE WHEN {columns.stated('s', i, stated)} AND {columns.differs('s', 'w', i, stated)}"
        f" THEN {i.number}::smallint END"
        for i in columns.indicators_of(stated)
    )
    cursor.execute("DROP TABLE IF EXISTS feed_plan")
    cursor.execute(
        f"""
        CREATE TEMP TABLE feed_plan AS
        SELECT s.line, w.id AS worker_id, false AS made,
            CASE WHEN w.id IS NOT NULL THEN array_remove(ARRAY[{differs}], NULL) END AS differs
        FROM {table(batch_id)} s LEFT JOIN workers_worker w ON w.id_number_index = s.{INDEX}
        """
    )
    cursor.execute("ANALYZE feed_plan")


def preview(cursor: CursorWrapper, batch_id: int, stated: list[str], *, source: Source, day: int) -> Preview:
    """Weigh the differing values of `feed_plan` as applying would, without writing; `day` as in `Provenance`."""
    _weigh(cursor, source, day)
    cursor.execute(
        """
        SELECT count(*), count(*) FILTER (WHERE worker_id IS NULL), count(*) FILTER (WHERE differs = '{}')
        FROM feed_plan
        """
    )
    rows, unknown, agreeing = cursor.fetchone()
    new_people = _nameable(cursor, batch_id, stated)
    cursor.execute("SELECT outcome, count(*), count(DISTINCT worker_id) FROM feed_verdict GROUP BY outcome")
    found = {outcome: (values, people) for outcome, values, people in cursor.fetchall()}
    cursor.execute("SELECT count(*) FROM feed_verdict WHERE contested")
    contested = cursor.fetchone()[0]
    samples = {outcome: _sample(cursor, batch_id, stated, outcome) for outcome in found}
    samples["new"] = _sample_of_new(cursor, batch_id) if new_people else []
    cursor.execute("DROP TABLE feed_pair, feed_verdict")
    nothing = (0, 0)
    return Preview(
        rows=rows,
        new_people=new_people,
        unknown_people=unknown - new_people,
        agreeing_rows=agreeing,
        changed_people=found.get("changed", nothing)[1],
        changed=found.get("changed", nothing)[0],
        lower=found.get("lower", nothing)[0],
        older=found.get("older", nothing)[0],
        contested=contested,
        samples=samples,
    )


def _nameable(cursor: CursorWrapper, batch_id: int, stated: list[str]) -> int:
    if "full_name" not in stated:
        return 0
    cursor.execute(
        f"""
        SELECT count(*) FROM feed_plan p JOIN {table(batch_id)} s USING (line)
        WHERE p.worker_id IS NULL AND s.full_name IS NOT NULL
        """
    )
    return cursor.fetchone()[0]


def _weigh(cursor: CursorWrapper, source: Source, day: int) -> None:
    """Per differing value: changed, lower (outranked), or older (same rank, newer statement stands).

    `contested` where another source of the same rank says otherwise, whichever of the two stands.
    """
    cursor.execute("DROP TABLE IF EXISTS feed_pair, feed_verdict")
    # A table of its own, so that the planner knows how few they are, and in the order in which their rows lie on disk.
    cursor.execute(
        """
        CREATE TEMP TABLE feed_pair AS
        SELECT line, worker_id, n.number FROM feed_plan CROSS JOIN LATERAL unnest(differs) AS n(number)
        WHERE differs <> '{}' ORDER BY worker_id
        """
    )
    cursor.execute("ANALYZE feed_pair")
    cursor.execute(
        """
        CREATE TEMP TABLE feed_verdict AS
        WITH said AS (
            SELECT p.worker_id, p.number, o.sources[p.number] AS source, o.observed[p.number] AS day
            FROM feed_pair p JOIN workers_provenance o ON o.worker_id = p.worker_id WHERE o.sources[p.number] <> 0
            UNION ALL
            SELECT p.worker_id, p.number, a.source, (a.observed_on - DATE '2000-01-01')::smallint
            FROM feed_pair p
            JOIN workers_statement s ON s.worker_id = p.worker_id AND s.act_id <> 0
            JOIN workers_act a ON a.id = s.act_id AND a.undone_at IS NULL
            CROSS JOIN LATERAL (SELECT array_position(coalesce(s.numbers, a.numbers), p.number) AS place) x
            WHERE s.texts[x.place] IS NOT NULL
        ), held AS (
            SELECT DISTINCT ON (said.worker_id, said.number) said.*, coalesce(r.rank, 0) AS rank
            FROM said LEFT JOIN workers_precedence r ON r.indicator = said.number AND r.source = said.source
            ORDER BY said.worker_id, said.number, coalesce(r.rank, 0) DESC, said.day DESC
        )
        SELECT p.line, p.worker_id, p.number,
            CASE WHEN h.rank IS NULL OR (own.rank, %(day)s) >= (h.rank, h.day) THEN 'changed'
                WHEN own.rank < h.rank THEN 'lower' ELSE 'older' END AS outcome,
            coalesce(own.rank = h.rank AND h.source <> %(source)s, false) AS contested,
            h.source AS held_by, h.day AS held_since
        FROM feed_pair p
        JOIN workers_precedence own ON own.indicator = p.number AND own.source = %(source)s
        LEFT JOIN held h ON h.worker_id = p.worker_id AND h.number = p.number
        """,
        {"source": int(source), "day": day},
    )


def _sample(cursor: CursorWrapper, batch_id: int, stated: list[str], outcome: str) -> list[dict]:
    """A few lines of one outcome: what is held, by whom and since when, and what the file says."""
    indicators = columns.indicators_of(stated)
    held = " ".join(f"WHEN {i.number} THEN {columns.text('w', i)}" for i in indicators)
    said = " ".join(f"WHEN {i.number} THEN {columns.text('s', i, stated)}" for i in indicators)
    cursor.execute(
        f"""
        SELECT v.line, v.worker_id, v.number, CASE v.number {held} END, v.held_by, v.held_since,
            CASE v.number {said} END
        FROM (SELECT * FROM feed_verdict WHERE outcome = %s ORDER BY line, number LIMIT {SAMPLE}) v
        JOIN workers_worker w ON w.id = v.worker_id JOIN {table(batch_id)} s ON s.line = v.line
        ORDER BY v.line, v.number
        """,
        [outcome],
    )
    names = ("line", "worker_id", "number", "held", "held_by", "held_since", "said")
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _sample_of_new(cursor: CursorWrapper, batch_id: int) -> list[dict]:
    """A few of the people who would be registered, without their names."""
    cursor.execute(
        f"""
        SELECT p.line, s.full_name FROM feed_plan p JOIN {table(batch_id)} s USING (line)
        WHERE p.worker_id IS NULL AND s.full_name IS NOT NULL ORDER BY p.line LIMIT {SAMPLE}
        """
    )
    return [{"line": line, "name": mask_name(name)} for line, name in cursor.fetchall()]
