"""Writing a staged file into the registry: one transaction, all of it or nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.long_work import analyze_if_grown, take_time

from ...enums import Source
from ...indicators import BY_CODE
from ...models import Act
from ...precedence import day_number
from ...twins.regrouping import restand_after
from ..lock import one_at_a_time
from . import columns, newcomers, settling, weighing
from .comparing import plan
from .reconciling import reconcile
from .staging import table


@transaction.atomic
def apply(
    batch_id: int,
    stated: list[str],
    *,
    source: Source,
    observed_on: date,
    by: Any,
    at: datetime,
    tell: Callable[[str], None] = lambda step: None,
) -> tuple[Act, dict[str, int]]:
    """Create the new people, keep every statement, and let the statements decide. Returns the act and the counts."""
    with connection.cursor() as cursor:
        one_at_a_time(cursor)
        take_time(cursor)
        indicators = columns.indicators_of(stated)
        act = Act.objects.create(
            source=source,
            observed_on=observed_on,
            at=at,
            actor_id=by.pk if by else None,
            numbers=[BY_CODE["id_number"].number, *(i.number for i in indicators)],
        )
        tell("compare")
        plan(cursor, batch_id, stated)
        tell("people")
        made = newcomers.make(cursor, batch_id, stated, act, at=at)
        analyze_if_grown(cursor, "workers_worker", made)
        analyze_if_grown(cursor, "workers_provenance", made)
        analyze_if_grown(cursor, "workers_workerfacets", made)
        tell("statements")
        kept = _keep_statements(cursor, batch_id, stated, act, at)
        if quarter := _quarter(cursor, at):
            analyze_if_grown(cursor, quarter, kept)
        tell("settle")
        numbers = weighing.weigh(cursor, source=source, day=day_number(observed_on), act=act.pk)
        settled = settling.settle_offer(cursor, numbers, act_id=act.pk, at=at)
        restand_after(act, at=at)
        cursor.execute("DROP TABLE feed_plan, feed_offer")
    transaction.on_commit(lambda: reconcile(act, began_at=at, at=at))
    return act, {"new_people": made, "statements": kept, **settled}


def _quarter(cursor: CursorWrapper, at: datetime) -> str | None:
    """The part of the history that holds the file's statements; None when it made none."""
    cursor.execute(
        """
        SELECT tableoid::regclass::text FROM workers_statement
        WHERE at = %s AND worker_id = (SELECT worker_id FROM feed_plan WHERE worker_id IS NOT NULL LIMIT 1) LIMIT 1
        """,
        [at],
    )
    found = cursor.fetchone()
    return found[0] if found else None


def _keep_statements(cursor: CursorWrapper, batch_id: int, stated: list[str], act: Act, at: datetime) -> int:
    """One statement per known person, in the order of the act's numbers; the ID number has no text."""
    texts = ", ".join(columns.said("s", i, stated) for i in columns.indicators_of(stated))
    cursor.execute(
        f"""
        INSERT INTO workers_statement (act_id, worker_id, at, numbers, texts, won, made)
        SELECT %s, p.worker_id, %s, NULL, ARRAY[NULL, {texts}]::text[], p.made OR cardinality(p.differs) > 0, p.made
        FROM {table(batch_id)} s JOIN feed_plan p USING (line)
        WHERE p.worker_id IS NOT NULL ORDER BY p.worker_id
        """,
        [act.pk, at],
    )
    return cursor.rowcount
