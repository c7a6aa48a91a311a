"""What a staged file would do, told before anything is written: counts, and a sample per outcome."""

from dataclasses import asdict, dataclass

from django.db.backends.utils import CursorWrapper

from core.long_work import pages_on_disk
from core.masking import mask_name

from ...enums import Source
from . import columns, weighing
from .staging import INDEX, table

SAMPLE = 10
# Per differing value: changed, lower (outranked), or older (same rank, a newer statement stands).
_OUTCOME = "CASE WHEN wins THEN 'changed' WHEN own_rank < held_rank THEN 'lower' ELSE 'older' END"


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
    """Make `feed_plan`: per staged line the person found, and where file and registry differ, what each says."""
    differs = ", ".join(
        f"CASE WHEN {columns.differs('s', 'w', i, stated)} THEN"
        f" ROW({i.number}, {columns.text('w', i)}, {columns.text('s', i, stated)})::workers_difference END"
        for i in columns.indicators_of(stated)
    )
    cursor.execute("DROP TABLE IF EXISTS feed_plan")
    with pages_on_disk(cursor):
        cursor.execute(
            f"""
            CREATE TEMP TABLE feed_plan AS
            SELECT s.line, w.id AS worker_id, false AS made,
                CASE WHEN w.id IS NOT NULL THEN array_remove(ARRAY[{differs}], NULL) END AS differs
            FROM {table(batch_id)} s LEFT JOIN workers_worker w ON w.id_number_index = s.{INDEX}
            """
        )
    cursor.execute("ANALYZE feed_plan (line, worker_id)")


def preview(cursor: CursorWrapper, batch_id: int, stated: list[str], *, source: Source, day: int) -> Preview:
    """Weigh the differing values of `feed_plan` as applying would, without writing; `day` as in `Provenance`.

    A value is contested where another source that counts as much holds it, whichever of the two will stand.
    """
    weighing.weigh(cursor, source=source, day=day)
    cursor.execute(
        """
        SELECT count(*), count(*) FILTER (WHERE worker_id IS NULL), count(*) FILTER (WHERE cardinality(differs) = 0)
        FROM feed_plan
        """
    )
    rows, unknown, agreeing = cursor.fetchone()
    new_people = _nameable(cursor, batch_id, stated)
    cursor.execute(f"SELECT {_OUTCOME}, count(*), count(DISTINCT worker_id) FROM feed_offer GROUP BY 1")
    found = {outcome: (values, people) for outcome, values, people in cursor.fetchall()}
    cursor.execute(
        "SELECT count(*) FROM feed_offer WHERE own_rank = held_rank AND held_by <> 0 AND held_by <> %s", [int(source)]
    )
    contested = cursor.fetchone()[0]
    samples = {outcome: _sample(cursor, outcome) for outcome in found}
    samples["new"] = _sample_of_new(cursor, batch_id) if new_people else []
    cursor.execute("DROP TABLE feed_offer")
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


def _sample(cursor: CursorWrapper, outcome: str) -> list[dict]:
    """A few lines of one outcome: what is held, by whom and since when, and what the file says."""
    names = ("line", "worker_id", "number", "held", "held_by", "held_since", "said")
    cursor.execute(
        f"""
        SELECT line, worker_id, number, shown, nullif(held_by, 0), CASE WHEN held_by <> 0 THEN held_since END, said
        FROM feed_offer WHERE {_OUTCOME} = %s ORDER BY line, number LIMIT {SAMPLE}
        """,
        [outcome],
    )
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
