"""Taking a whole file back: its statements count no more, and the rest decide again."""

from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.long_work import take_time

from ...models import Act, Worker
from ...twins.regrouping import IN_GROUPS, restand_after
from ..lock import one_at_a_time
from . import settling
from .reconciling import reconcile

# Rows that belong to the person's record itself; any other reference means that somebody has dealt with the person.
# That somebody may be registered twice is nobody's dealing.
_OWN = {"workers_provenance", "workers_statement", "workers_twinpair", "workers_workerfacets"}
_ELSEWHERE: list[tuple[str, str]] = []  # columns of the rooms above, see `also_refers`


def also_refers(table: str, column: str) -> None:
    """This column holds ids of workers without a foreign key; whoever stands in it has been dealt with, too."""
    _ELSEWHERE.append((table, column))


@transaction.atomic
def undo(act: Act, *, at: datetime) -> dict[str, int]:
    """Forget one act, also after later ones: only values that still stem from it change. Returns the counts.

    People whom the act registered go with it, unless somebody else has stated anything about them or they are
    referred to elsewhere; those stay, with what the others said.
    """
    with connection.cursor() as cursor:
        one_at_a_time(cursor)
        take_time(cursor)
        Act.objects.filter(pk=act.pk).update(undone_at=at)
        gone = _forget_people(cursor, act)
        settling.prepare(cursor)
        cursor.execute(
            f"""
            INSERT INTO {settling.PAIRS}
            SELECT s.worker_id, x.number
            FROM workers_statement s JOIN workers_provenance o ON o.worker_id = s.worker_id
            CROSS JOIN LATERAL unnest(o.acts) WITH ORDINALITY AS x(act, number)
            WHERE s.act_id = %s AND s.at = %s AND s.won AND x.act = %s AND s.worker_id NOT IN ({IN_GROUPS})
            """,
            [act.pk, act.at, act.pk],
        )
        settled = settling.settle(cursor, at=at)
        restand_after(act, at=at)
    transaction.on_commit(lambda: reconcile(act, began_at=at, at=at))
    return {"people_gone": gone, **settled}


def _forget_people(cursor: CursorWrapper, act: Act) -> int:
    """Delete those whom this act or an undone one registered and of whom nobody says anything any more."""
    referring = " ".join(
        f'AND NOT EXISTS (SELECT 1 FROM "{table}" r WHERE r."{column}" = w.id)' for table, column in _references()
    )
    cursor.execute("DROP TABLE IF EXISTS feed_gone")
    cursor.execute(
        f"""
        CREATE TEMP TABLE feed_gone ON COMMIT DROP AS
        WITH made AS (
            SELECT DISTINCT m.worker_id
            FROM workers_act a JOIN workers_statement m ON m.act_id = a.id AND m.made
            WHERE a.undone_at IS NOT NULL
        )
        SELECT w.id FROM made
        JOIN workers_statement s ON s.worker_id = made.worker_id AND s.act_id = %s AND s.at = %s
        JOIN workers_worker w ON w.id = made.worker_id
        WHERE w.user_id IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM workers_statement o JOIN workers_act a ON a.id = o.act_id
                WHERE o.worker_id = w.id AND o.act_id <> s.act_id AND a.undone_at IS NULL
            )
            {referring}
        """,
        [act.pk, act.at],
    )
    for table, column in (
        ("workers_provenance", "worker_id"),
        ("workers_statement", "worker_id"),
        ("workers_twinpair", "worker_a_id"),
        ("workers_twinpair", "worker_b_id"),
        ("workers_worker", "id"),
    ):
        cursor.execute(f"DELETE FROM {table} t USING feed_gone g WHERE t.{column} = g.id")
    return cursor.rowcount


def _references() -> list[tuple[str, str]]:
    """Table and column of everything that points at a worker, also where the worker does not know of it."""
    found = [
        (relation.related_model._meta.db_table, relation.field.column)
        for relation in Worker._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.related_model._meta.db_table not in _OWN
    ]
    return found + _ELSEWHERE
