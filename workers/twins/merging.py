"""Making two rows one person, and two again. Nothing said about either is lost or rewritten by it.

The loser stays as it is, out of sight, with its own statements; the survivor shows the winners over the statements of
both. So unmerging is no repair: each row shows again what its own statements say, also after months of new ones.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import Refusal, refuse_unless

from ..models import Merge, Worker
from ..services import intents
from . import borrowing, links
from .regrouping import opened, settle, write_down


@transaction.atomic
def merge(survivor: Worker, loser: Worker, *, by: Any, at: datetime, reason: str = "") -> Merge:
    """Take `loser` into `survivor`. Raises `Refusal` when one of them is merged already or both have an account."""
    shown, gone = both_locked(survivor.pk, loser.pk)
    refuse_unless(shown.merged_into_id is None and gone.merged_into_id is None, _("其中一份已经并入别的登记。"))
    _refuse_two_accounts(shown, gone)
    for row in (shown, gone):
        write_down(row, at=at)
    done = Merge.objects.create(
        survivor=shown, loser=gone, merged_at=at, merged_by=by, moved_account=_moved_account(shown, gone)
    )
    Worker.everyone.filter(merged_into=gone).update(merged_into=shown)
    Worker.everyone.filter(pk=gone.pk).update(merged_into=shown)
    gone.refresh_from_db()
    if done.moved_account:
        _hand_over_account(gone, shown)
    links.move(done)
    book = opened(shown, at=at)
    borrowing.borrow(done, book, gone)
    settle(book)
    book.rewrite()
    done.save(update_fields=["before"])
    for row in (shown, gone):
        intents.follow(row, at=at)
    _tell("merged", done, by=by, at=at, reason=reason)
    return done


@transaction.atomic
def unmerge(done: Merge, *, by: Any, at: datetime, reason: str) -> Merge:
    """Make them two again. What was stated, applied for or filed under either since then stays with it."""
    shown, gone = both_locked(done.survivor_id, done.loser_id)
    done = Merge.objects.select_for_update(of=("self",)).get(pk=done.pk)
    refuse_unless(done.undone_at is None, _("这次合并已经撤销。"))
    refuse_unless(shown.merged_into_id is None, _("保留的登记后来又并入了另一份，请先撤销那一次合并。"))
    Merge.objects.filter(pk=done.pk).update(undone_at=at, undone_by=by)
    Worker.everyone.filter(pk__in=_with(gone.pk)).update(merged_into=gone)
    Worker.everyone.filter(pk=gone.pk).update(merged_into=None)
    gone.refresh_from_db()
    links.move_back(done, by=by, at=at)
    book = opened(shown, at=at)
    borrowing.give_back(done, book)
    settle(book)
    book.rewrite()
    _stand_alone(gone, done, at)
    shown.refresh_from_db()
    if done.moved_account and shown.user_id == done.moved_account:
        _hand_over_account(shown, gone)
    for row in (shown, gone):
        intents.follow(Worker.everyone.get(pk=row.pk), at=at)
    _tell("unmerged", done, by=by, at=at, reason=reason)
    done.refresh_from_db()
    return done


def both_locked(first: int, second: int) -> tuple[Worker, Worker]:
    """Both rows, locked in the order of their ids."""
    refuse_unless(first != second, _("两份登记不能相同。"))
    locked = Worker.everyone.select_for_update(of=("self",)).filter(pk__in=[first, second]).order_by("pk")
    rows = {row.pk: row for row in locked}
    return rows[first], rows[second]


def _refuse_two_accounts(shown: Worker, gone: Worker) -> None:
    """One person signs in with one account. A closed account may stay behind with the row that is hidden."""
    if shown.user_id and gone.user_id and gone.user.is_active:
        raise Refusal(_("两份登记都有在用的账户。请先请本人用“换号找回”只留一个账户，再合并。"))


def _moved_account(shown: Worker, gone: Worker) -> int | None:
    return None if shown.user_id else gone.user_id


def _hand_over_account(giver: Worker, taker: Worker) -> None:
    user, giver.user = giver.user, None
    giver.save(update_fields=["user"])
    taker.user = user
    taker.save(update_fields=["user"])


def _with(root: int) -> list[int]:
    """The rows that had been merged into this one before it was merged itself."""
    found, wanted = [], [root]
    while wanted:
        live = Merge.objects.filter(survivor__in=wanted, undone_at__isnull=True)
        wanted = list(live.values_list("loser_id", flat=True))
        found += wanted
    return found


def _stand_alone(row: Worker, done: Merge, at: datetime) -> None:
    """The loser shows what its own statements say."""
    book = opened(row, at=at)
    settle(book)
    borrowing.check_again(book, done.merged_at)
    book.rewrite()


def _tell(verb: str, done: Merge, *, by: Any, at: datetime, reason: str) -> None:
    """Both rows' trails know of it, and whoever has an account is told."""
    for row in (done.survivor, done.loser):
        audit.record(
            f"workers.{verb}", row, by=by, at=at, reason=reason, survivor=done.survivor_id, loser=done.loser_id
        )
    outbox.put(f"workers.{verb}", done, at=at)
