"""Whose shown value changes when sources count differently for an indicator.

What is shown is the greatest live statement, so it can change only for people about whom a live statement says
something else than what is shown. Rows that share statements with merged ones are few and are weighed one by one.
"""

from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper

from ..feeds.writing import columns, settling
from ..indicators import Indicator
from ..models import Precedence, Worker
from ..precedence import Standing, winner
from ..services import standing
from ..texts import text_of
from ..twins.regrouping import IN_GROUPS

SAMPLE = 10
# A save that is under way has one of the newest acts.
_UNDER_WAY = 10_000


def set_ranks(indicator: Indicator, ranks: dict[int, int]) -> None:
    """Write the ranks of some sources for one indicator."""
    for source, rank in sorted(ranks.items()):
        Precedence.objects.filter(indicator=indicator.number, source=source).update(rank=rank)


def newest_act(cursor: CursorWrapper) -> int:
    """To be asked before `find`, for `find_recent` after it."""
    cursor.execute("SELECT coalesce(max(id), 0) FROM workers_act")
    return cursor.fetchone()[0]


def find(cursor: CursorWrapper, indicator: Indicator) -> None:
    """Fill `settling.PAIRS` with the single rows of whom some live statement says something else than is shown."""
    _find(cursor, indicator, "true", [])


def find_recent(cursor: CursorWrapper, indicator: Indicator, newest: int) -> None:
    """The same for statements that were not written yet, or not yet to be seen, when `newest_act` was asked."""
    _find(cursor, indicator, "s.act_id > %s", [newest - _UNDER_WAY])


def _find(cursor: CursorWrapper, indicator: Indicator, which: str, arguments: list[int]) -> None:
    settling.prepare(cursor)
    cursor.execute(
        f"""
        INSERT INTO {settling.PAIRS}
        SELECT DISTINCT s.worker_id, %s::smallint
        FROM workers_statement s
        LEFT JOIN workers_act a ON a.id = s.act_id
        JOIN workers_worker w ON w.id = s.worker_id
        CROSS JOIN LATERAL (SELECT array_position(coalesce(s.numbers, a.numbers), %s::smallint) AS place) x
        WHERE {which} AND (s.act_id = 0 OR (a.id IS NOT NULL AND a.undone_at IS NULL))
            AND s.texts[x.place] <> {columns.text("w", indicator)}
            AND s.worker_id NOT IN ({IN_GROUPS})
        """,
        [indicator.number, indicator.number, *arguments],
    )


def grouped(cursor: CursorWrapper, indicator: Indicator) -> list[int]:
    """The rows that are shown for several and about which anybody has said anything of this indicator."""
    cursor.execute(
        f"""
        SELECT DISTINCT coalesce(w.merged_into_id, w.id)
        FROM ({IN_GROUPS}) g
        JOIN workers_worker w ON w.id = g.id
        JOIN workers_statement s ON s.worker_id = w.id
        LEFT JOIN workers_act a ON a.id = s.act_id
        WHERE %s = ANY(coalesce(s.numbers, a.numbers)) ORDER BY 1
        """,
        [indicator.number],
    )
    return [row[0] for row in cursor.fetchall()]


def changing(indicator: Indicator, shown: Iterable[int]) -> list[tuple[Worker, Standing | None, Standing]]:
    """Of these rows those whose value changes under the ranks that are written now: row, what stood, what will."""
    weight = standing.ranks([indicator])[indicator.number]
    found = []
    for row in Worker.objects.filter(pk__in=list(shown)).select_related("provenance").order_by("pk"):
        provenance = getattr(row, "provenance", None)
        said = standing.statements(row, provenance)[indicator.number]
        best = winner(said, weight)
        if best is not None and best.text is not None and best.text != text_of(indicator, row):
            held = standing.cached(row, provenance, indicator) if provenance else None
            found.append((row, held, best))
    return found


def preview(cursor: CursorWrapper, indicator: Indicator) -> dict:
    """How many people's value would change under the ranks that are written now, and a sample. Writes nothing else."""
    find(cursor, indicator)
    people, sample = 0, []
    if settling.weigh(cursor):
        cursor.execute("SELECT count(*) FROM settle_best WHERE text IS DISTINCT FROM shown")
        people = cursor.fetchone()[0]
        cursor.execute(
            "SELECT worker_id, shown, was_source, was_day, text, source, day FROM settle_best"
            f" WHERE text IS DISTINCT FROM shown ORDER BY worker_id LIMIT {SAMPLE}"
        )
        names = ("worker_id", "held", "held_by", "held_since", "said", "said_by", "said_since")
        sample = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    groups = changing(indicator, grouped(cursor, indicator))
    sample += [_line(indicator, *row) for row in groups]
    return {"people": people + len(groups), "sample": sample[:SAMPLE]}


def _line(indicator: Indicator, row: Worker, held: Standing | None, best: Standing) -> dict:
    return {
        "worker_id": row.pk,
        "held": text_of(indicator, row),
        "held_by": held.source if held else 0,
        "held_since": held.day if held else 0,
        "said": best.text,
        "said_by": best.source,
        "said_since": best.day,
    }
