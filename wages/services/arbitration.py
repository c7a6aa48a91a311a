"""The way through arbitration: what the commission did on which day, and which clocks follow (调解仲裁法).

The office records; the commission decides. Every step is one entry of the case, which the worker sees with its date.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.calendar import local_day
from core.errors import refuse_unless
from core.templatetags.ui import cn_date, fen
from core.transitions import move

from .. import deadlines, law
from ..enums import CaseState
from ..models import Arbitration, Case
from ..models.elsewhere import UNDER_WAY
from ..terms import ClockKind, Term, term
from . import _timers
from ._rights import in_charge

CLOCKS = (
    ClockKind.ARB_ACCEPT,
    ClockKind.ARB_SERVE,
    ClockKind.ARB_DEFENCE,
    ClockKind.MEDIATION,
    ClockKind.ARB_AWARD,
)


def begin(case: Case, *, at: datetime, commission: str, fast: bool) -> Arbitration:
    """A row for the referral; called by `refer_arbitration`, inside its transaction."""
    return Arbitration.objects.create(case=case, commission=commission, fast=fast, referred_on=local_day(at))


def _under_way(case: Case, by: Any, on: date, at: datetime) -> tuple[Case, Arbitration]:
    """The case locked and its open arbitration, once the day makes sense."""
    case = in_charge(case, by)
    refuse_unless(on <= local_day(at), _("日期不能在今天之后。"), field="on")
    found = case.arbitrations.filter(state__in=UNDER_WAY).first()
    refuse_unless(
        case.state == CaseState.ARBITRATION and found is not None, _("这起案件没有正在进行的仲裁，请刷新后再看。")
    )
    refuse_unless(on >= found.referred_on, _("日期不能早于引导仲裁那天。"), field="on")
    return case, found


def _walk(case: Case, row: Arbitration, verb: str, *, by: Any, at: datetime, reason: str = "", **changes: Any) -> Case:
    """One step of the arbitration, and its entry in the case that the worker reads."""
    if verb in Arbitration.FLOW:
        move(row, verb, by=by, at=at, reason=reason, **changes)
    else:
        Arbitration.objects.filter(pk=row.pk).update(**changes)
    audit.record(verb, case, by=by, at=at, reason=reason, arbitration=row.pk)
    outbox.put(f"wages.{verb}", case, at=at, arbitration=row.pk)
    return case


@transaction.atomic
def arb_apply(case: Case, *, by: Any, at: datetime, on: date) -> Case:
    """The commission has the application: five days to accept or refuse (art. 29)."""
    case, row = _under_way(case, by, on, at)
    _timers.start(case, ClockKind.ARB_ACCEPT, on)
    return _walk(case, row, "arb_apply", by=by, at=at, applied_on=on)


@transaction.atomic
def arb_accept(case: Case, *, by: Any, at: datetime, on: date) -> Case:
    """Accepted: five days to serve, 45 to the award; a fast court has set itself less."""
    case, row = _under_way(case, by, on, at)
    _timers.stop(case, ClockKind.ARB_ACCEPT, on=on)
    _timers.start(case, ClockKind.ARB_SERVE, on)
    _timers.start(case, ClockKind.ARB_AWARD, on, length=_award_term(row, on))
    return _walk(case, row, "arb_accept", by=by, at=at, accepted_on=on)


def _award_term(row: Arbitration, on: date) -> Term:
    return term("arb_fast_award" if row.fast else ClockKind.ARB_AWARD, on=on)


@transaction.atomic
def arb_refuse(case: Case, *, by: Any, at: datetime, on: date, note: str) -> Case:
    """Not accepted: the worker may sue, or the office takes the case back."""
    case, row = _under_way(case, by, on, at)
    _timers.stop(case, *CLOCKS, on=on)
    return _walk(case, row, "arb_refuse", by=by, at=at, reason=note, refused_on=on, note=note)


@transaction.atomic
def arb_serve(case: Case, *, by: Any, at: datetime, on: date) -> Case:
    """The employer has the application: ten days for its defence (art. 30)."""
    case, row = _under_way(case, by, on, at)
    refuse_unless(row.accepted_on is not None, _("仲裁委还没有受理。"))
    refuse_unless(row.served_on is None, _("已经记录过送达。"))
    _timers.stop(case, ClockKind.ARB_SERVE, on=on)
    _timers.start(case, ClockKind.ARB_DEFENCE, on)
    return _walk(case, row, "arb_serve", by=by, at=at, served_on=on)


@transaction.atomic
def arb_defend(case: Case, *, by: Any, at: datetime, on: date) -> Case:
    """The defence came in; without one it goes on as well (art. 30)."""
    case, row = _under_way(case, by, on, at)
    refuse_unless(row.served_on is not None, _("还没有记录送达单位的日期。"))
    _timers.stop(case, ClockKind.ARB_DEFENCE, on=on)
    return _walk(case, row, "arb_defend", by=by, at=at, defended_on=on)


@transaction.atomic
def arb_hearing(case: Case, *, by: Any, at: datetime, on: date, hearing_on: date) -> Case:
    """The hearing is set; both sides were told `on` a day at least five days before (art. 35)."""
    case, row = _under_way(case, by, on, at)
    refuse_unless(row.accepted_on is not None, _("仲裁委还没有受理。"))
    notice = term("arb_hearing_notice", on=on)
    latest = deadlines.latest_before(hearing_on, notice.length, notice.unit).day
    refuse_unless(
        on <= latest,
        _("通知太晚：{hearing} 开庭，最迟应在 {latest} 通知（调解仲裁法第三十五条）。请核对，或改期。").format(
            hearing=cn_date(hearing_on), latest=cn_date(latest)
        ),
        field="hearing_on",
    )
    when = cn_date(hearing_on)
    return _walk(case, row, "arb_hearing", by=by, at=at, reason=when, notified_on=on, hearing_on=hearing_on)


@transaction.atomic
def arb_mediate(case: Case, *, by: Any, at: datetime, on: date) -> Case:
    """Mediation begins: fifteen days (art. 14)."""
    case, row = _under_way(case, by, on, at)
    _timers.start(case, ClockKind.MEDIATION, on)
    return _walk(case, row, "arb_mediate", by=by, at=at)


@transaction.atomic
def arb_extend(case: Case, *, by: Any, at: datetime, on: date, note: str) -> Case:
    """The commission's head granted at most fifteen days more, once, while the term runs (art. 43)."""
    case, row = _under_way(case, by, on, at)
    refuse_unless(row.extended_on is None, _("裁决期限只能延长一次。"))
    clock = case.clocks.filter(kind=ClockKind.ARB_AWARD, ended_on__isnull=True).first()
    refuse_unless(clock is not None and on <= clock.due_on, _("裁决期限已过，不能再延长。"))
    full = term(ClockKind.ARB_AWARD, on=clock.start)  # the law's own, also where a fast court had set itself less
    more = term("arb_award_extra", on=on)
    _timers.lengthen(clock, full.length + more.length - clock.length, rule=f"{full.rule} {more.rule}", on=on)
    return _walk(case, row, "arb_extend", by=by, at=at, reason=note, extended_on=on)


@transaction.atomic
def arb_provisional(case: Case, *, by: Any, at: datetime, on: date, amount_fen: int) -> Case:
    """The commission ordered provisional execution (art. 44): the worker needs the money now and gives no security."""
    case, row = _under_way(case, by, on, at)
    words = fen(amount_fen)
    return _walk(
        case, row, "arb_provisional", by=by, at=at, reason=words, provisional_on=on, provisional_fen=amount_fen
    )


@transaction.atomic
def arb_award(case: Case, *, by: Any, at: datetime, on: date, amount_fen: int, person_fen: int) -> Case:
    """The award was received. It is final where nobody gets more than twelve monthly minimum wages (art. 47);
    the worker may sue within fifteen days either way (art. 48, 50)."""
    case, row = _under_way(case, by, on, at)
    refuse_unless(person_fen <= amount_fen, _("一个人的金额不能超过总额。"), field="person_fen")
    ceiling = law.final_award_ceiling(case.division, on)
    _timers.stop(case, *CLOCKS, on=on)
    suit = _timers.start(case, ClockKind.ARB_SUIT, on)
    facts = {"final": person_fen <= ceiling, "ceiling_fen": ceiling, "sue_by": suit.due_on}
    return _walk(
        case, row, "arb_award", by=by, at=at, reason=fen(amount_fen), award_on=on, award_fen=amount_fen, **facts
    )


@transaction.atomic
def arb_mediated(case: Case, *, by: Any, at: datetime, on: date, amount_fen: int) -> Case:
    """A mediation agreement was signed; it binds both (art. 42)."""
    case, row = _under_way(case, by, on, at)
    _timers.stop(case, *CLOCKS, on=on)
    return _walk(case, row, "arb_mediated", by=by, at=at, reason=fen(amount_fen), award_on=on, award_fen=amount_fen)


@transaction.atomic
def arb_sue(case: Case, *, by: Any, at: datetime, on: date, court: str) -> Case:
    """Somebody went to court against the award, or because the commission did not accept."""
    case = in_charge(case, by)
    row = case.arbitrations.order_by("-pk").first()
    ended = row is not None and row.state in ("awarded", "refused") and case.state == CaseState.ARBITRATION
    refuse_unless(ended, _("裁决或不予受理之后才记录起诉。"))
    refuse_unless(on <= local_day(at), _("日期不能在今天之后。"), field="on")
    too_late = row.sue_by is not None and on > row.sue_by
    refuse_unless(not too_late, _("起诉期限已过（{day}）。").format(day=cn_date(row.sue_by)), field="on")
    _timers.stop(case, ClockKind.ARB_SUIT, on=on)
    return _walk(case, row, "arb_sue", by=by, at=at, reason=court, sued_on=on)
