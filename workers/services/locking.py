"""Holding the rows of one person: the row that is meant and, where that was merged, the row that is shown for it."""

from typing import NamedTuple

from ..models import Worker


class Held(NamedTuple):
    """`shown` is written; statements stay with `about`. Usually one and the same row."""

    shown: Worker
    about: Worker


def hold(worker: Worker) -> Held:
    """Lock the row, in the order of ids where there are two."""
    wanted = {worker.pk, worker.merged_into_id} - {None}
    while True:
        rows = {row.pk: row for row in Worker.everyone.select_for_update().filter(pk__in=wanted).order_by("pk")}
        about = rows.get(worker.pk)
        if about is None:
            raise Worker.DoesNotExist
        shown = about.merged_into_id or about.pk
        if shown in rows:
            return Held(rows[shown], about)
        wanted.add(shown)  # it was merged while we waited
