"""After a file was written or taken back: settle again whoever somebody else spoke about meanwhile."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.long_work import take_time

from ...models import Act
from ...services.barrier import let_saves_end
from ...twins.regrouping import IN_GROUPS, restand_after
from . import settling

# A save's moment is that of its request, which is a little before its commit.
_SLACK = timedelta(minutes=10)


def reconcile(act: Act, *, began_at: datetime, at: datetime) -> dict[str, int]:
    """Settle what was saved or retracted since `began_at` about people of whom the act speaks, in a short transaction.

    For `transaction.on_commit`: by then new saves see the act, and those that could not have ended. A process that is
    killed before it leaves `FeedBatch.unsettled_since` behind, by which `running.run` does it later.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        take_time(cursor)
        let_saves_end(cursor)
    with transaction.atomic(), connection.cursor() as cursor:
        take_time(cursor)
        settling.prepare(cursor)
        _find(cursor, act, began_at - _SLACK)
        cursor.execute(
            f"SELECT id FROM workers_worker WHERE id IN (SELECT worker_id FROM {settling.PAIRS}) ORDER BY id FOR UPDATE"
        )
        cursor.execute(
            "SELECT worker_id FROM workers_provenance"
            f" WHERE worker_id IN (SELECT worker_id FROM {settling.PAIRS}) ORDER BY worker_id FOR UPDATE"
        )
        settled = settling.settle(cursor, at=at)
        restand_after(act, at=at)
    return settled


def _find(cursor: CursorWrapper, act: Act, since: datetime) -> None:
    """Pairs of person and indicator that the act and a save or a retraction of the time both speak of.

    Also whatever the act says of people whose merge was taken back meanwhile: each was still a group's for the file.
    """
    cursor.execute(
        f"""
        INSERT INTO {settling.PAIRS}
        SELECT DISTINCT s.worker_id, n.number
        FROM workers_merge m
        JOIN workers_statement s ON s.worker_id IN (m.survivor_id, m.loser_id) AND s.act_id = %(act)s
        CROSS JOIN unnest(%(numbers)s::smallint[]) AS n(number)
        WHERE m.undone_at >= %(since)s AND s.worker_id NOT IN ({IN_GROUPS})
        """,
        {"since": since, "act": act.pk, "numbers": act.numbers},
    )
    cursor.execute(
        """
        SELECT array_agg(a.id), array_agg(a.at) FROM workers_act a
        WHERE (a.at >= %(since)s OR a.undone_at >= %(since)s) AND a.id <> %(act)s
            AND NOT EXISTS (SELECT 1 FROM workers_feedbatch b WHERE b.act_id = a.id)
        """,
        {"since": since, "act": act.pk},
    )
    acts, moments = cursor.fetchone()
    if not acts:
        return
    cursor.execute(
        f"""
        INSERT INTO {settling.PAIRS}
        SELECT DISTINCT s.worker_id, n.number
        FROM unnest(%(acts)s::bigint[], %(moments)s::timestamptz[]) AS one(id, at)
        JOIN workers_act a ON a.id = one.id
        JOIN workers_statement s ON s.act_id = one.id AND s.at = one.at
        CROSS JOIN LATERAL unnest(coalesce(s.numbers, a.numbers)) AS n(number)
        WHERE n.number = ANY(%(numbers)s)
            AND EXISTS (SELECT 1 FROM workers_statement o WHERE o.worker_id = s.worker_id AND o.act_id = %(act)s)
            AND s.worker_id NOT IN ({IN_GROUPS})
        """,
        {"acts": acts, "moments": moments, "act": act.pk, "numbers": act.numbers},
    )
