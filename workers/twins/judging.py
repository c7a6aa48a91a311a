"""Officials judge whether two rows are one person. A merge that touches somebody's account or matters takes two, and so
does taking one back.

Which row stays is proposed: the one with an account, else the one with an ID number, else the older one.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import Refusal, refuse_unless, require
from core.transitions import move

from .. import policies, services
from ..models import Merge, TwinPair, TwinState, Worker
from . import links, merging
from .detecting import digest_of
from .reasons import JOINED

_LEAST_REASON, _MOST_REASON = 4, 200


def rows_of(pair: TwinPair) -> tuple[Worker, Worker]:
    return pair.worker_a, pair.worker_b


def proposed_survivor(pair: TwinPair) -> Worker:
    return min(rows_of(pair), key=lambda row: (row.user_id is None, row.id_number is None, row.created_at, row.pk))


def takes_two(pair: TwinPair) -> bool:
    """Whether somebody signs in to either row, or another app holds an application, a complaint or an offer of it.

    Ended ones count too: this floor does not know the upper floors' states, and a second look costs little.
    """
    return any(row.user_id or links.has_matters(row) for row in rows_of(pair))


def note_viewed(pair: TwinPair, *, by: Any, at: datetime) -> None:
    """Whoever compares two people looks at both, and both can see it."""
    for row in rows_of(pair):
        services.note_viewed(row, by=by, at=at, purpose=_("核对是否重复登记"))


@transaction.atomic
def same(pair: TwinPair, survivor: Worker, *, by: Any, at: datetime) -> TwinPair:
    """They are one person. Merges at once, or waits for a second official where `takes_two`.

    Asked once both rows are locked: until then somebody may sign up or file something for either.
    """
    _require_judge(pair, by)
    pair = _held(pair)
    merging.both_locked(pair.worker_a_id, pair.worker_b_id)
    refuse_unless(survivor in rows_of(pair), _("请选择保留其中一份登记。"), field="survivor")
    if takes_two(pair):
        return _decide(pair, "propose", by=by, at=at, survivor=survivor)
    return _merge(pair, survivor, by=by, at=at)


@transaction.atomic
def confirm(pair: TwinPair, *, by: Any, at: datetime) -> TwinPair:
    """The second official agrees, and the two rows are merged as the first proposed."""
    _require_judge(pair, by)
    pair = _held(pair)
    require(pair.decided_by_id != by.pk, _("须由提出人以外的工作人员复核。"))
    refuse_unless(pair.state == TwinState.SAME, _("没有等待复核的合并。"))
    return _merge(pair, pair.survivor, by=by, at=at)


@transaction.atomic
def send_back(pair: TwinPair, *, reason: str, by: Any, at: datetime) -> TwinPair:
    """The proposal is not agreed to, or taken back; the pair waits again."""
    _require_judge(pair, by)
    return _decide(pair, "reopen", by=by, at=at, reason=_said(reason), survivor=None)


@transaction.atomic
def different(pair: TwinPair, *, reason: str, by: Any, at: datetime) -> TwinPair:
    """They are two people, and are not proposed again while what was compared stays the same."""
    _require_judge(pair, by)
    return _decide(pair, "differ", by=by, at=at, reason=_said(reason), survivor=None, keys=digest_of(pair))


@transaction.atomic
def separate(pair: TwinPair, *, reason: str, by: Any, at: datetime) -> TwinPair:
    """They were merged wrongly: two rows again, each with what was said about it.

    At once, or after a second official where `takes_two`: an account and matters go to another row by it as they do by
    a merge, also where the merge was a person's own sign-up. Asked once both rows are locked, as for a merge.
    """
    _require_judge(pair, by)
    said, pair = _said(reason), _held(pair)
    merging.both_locked(pair.worker_a_id, pair.worker_b_id)
    _live_merge(pair)
    if takes_two(pair):
        return _decide(pair, "propose_unmerge", by=by, at=at, reason=said)
    return _part(pair, said, by=by, at=at)


@transaction.atomic
def confirm_separation(pair: TwinPair, *, by: Any, at: datetime) -> TwinPair:
    """The second official agrees, and they are two again, for the reason that the first gave."""
    _require_judge(pair, by)
    pair = _held(pair)
    refuse_unless(pair.state == TwinState.PARTING, _("没有等待复核的撤销。"))
    require(pair.decided_by_id != by.pk, _("须由提出人以外的工作人员复核。"))
    return _part(pair, pair.decision_note, by=by, at=at)


@transaction.atomic
def keep(pair: TwinPair, *, reason: str, by: Any, at: datetime) -> TwinPair:
    """Taking the merge back is not agreed to, or not wanted any more; they stay one."""
    _require_judge(pair, by)
    return _decide(pair, "keep", by=by, at=at, reason=_said(reason))


@transaction.atomic
def join(survivor: Worker, loser: Worker, *, by: Any, at: datetime) -> Merge:
    """A person's sign-up meets the row that a department had made; officials can unmerge it like any other."""
    done = merging.merge(survivor, loser, by=by, at=at)
    first, second = sorted((survivor.pk, loser.pk))
    TwinPair.objects.update_or_create(
        worker_a_id=first,
        worker_b_id=second,
        defaults={
            "reasons": [JOINED.code],
            "score": JOINED.points,
            "state": TwinState.MERGED,
            "found_at": at,
            "survivor": survivor,
            "decided_by": by,
            "decided_at": at,
        },
    )
    return done


def merge_of(pair: TwinPair) -> Merge | None:
    """The merge of exactly these two rows that is in force."""
    both = Q(survivor=pair.worker_a_id, loser=pair.worker_b_id) | Q(survivor=pair.worker_b_id, loser=pair.worker_a_id)
    return Merge.objects.filter(both, undone_at__isnull=True).first()


def _require_judge(pair: TwinPair, by: Any) -> None:
    require(policies.may_judge_twins(by, pair), _("两份登记要都在你负责的区县；不在同一区县的，由市级核对。"))


def _held(pair: TwinPair) -> TwinPair:
    return TwinPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)


def _live_merge(pair: TwinPair) -> Merge:
    done = merge_of(pair)
    if done is None:
        raise Refusal(_("这两份登记现在没有合并。"))
    return done


def _part(pair: TwinPair, reason: str, *, by: Any, at: datetime) -> TwinPair:
    merging.unmerge(_live_merge(pair), by=by, at=at, reason=reason)
    return _decide(pair, "unmerge", by=by, at=at, reason=reason, survivor=None, keys=digest_of(pair))


def _said(reason: str) -> str:
    text = reason.strip()[:_MOST_REASON]
    refuse_unless(len(text) >= _LEAST_REASON, _("请写明理由。"), field="reason")
    return text


def _decide(pair: TwinPair, verb: str, *, by: Any, at: datetime, reason: str = "", **changes: Any) -> TwinPair:
    return move(pair, verb, by=by, at=at, reason=reason, decided_by=by, decided_at=at, decision_note=reason, **changes)


def _merge(pair: TwinPair, survivor: Worker, *, by: Any, at: datetime) -> TwinPair:
    decided = _decide(pair, "merge", by=by, at=at, survivor=survivor)
    loser = pair.worker_b if survivor.pk == pair.worker_a_id else pair.worker_a
    merging.merge(survivor, loser, by=by, at=at)
    _carry_over(loser, survivor)
    return decided


def _carry_over(loser: Worker, survivor: Worker) -> None:
    """Other pairs of the hidden row: who is not the loser is not the survivor either; open ones are searched anew."""
    others = TwinPair.objects.filter(Q(worker_a=loser) | Q(worker_b=loser)).exclude(
        state__in=(TwinState.MERGED, TwinState.PARTING)
    )
    for other in others.filter(state=TwinState.DIFFERENT):
        stranger = other.worker_b_id if other.worker_a_id == loser.pk else other.worker_a_id
        first, second = sorted((stranger, survivor.pk))
        pair, is_new = TwinPair.objects.get_or_create(
            worker_a_id=first,
            worker_b_id=second,
            defaults={
                name: getattr(other, name)
                for name in ("reasons", "score", "keys", "state", "found_at", "decided_by", "decided_at")
            },
        )
        if is_new:
            TwinPair.objects.filter(pk=pair.pk).update(keys=digest_of(pair))
    others.filter(state__in=(TwinState.OPEN, TwinState.SAME)).delete()
