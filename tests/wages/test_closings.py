"""What the registry says about a worker's arrears after each way in which a case can end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import outbox
from wages import services
from wages.enums import CLOSED, ENDED_UNFILED, CaseState
from wages.models import Case, Claimant, Payment
from workers import services as workers
from workers.code_lists.wages import ArrearsStatus

from .conftest import on

pytestmark = pytest.mark.django_db
SUM = 12_600_00
PHONE = "13800000001"


@pytest.fixture
def worker(wang_wei, at):
    return workers.for_user(wang_wei, at=at)


@pytest.fixture
def under_way(worker, filed, code, wang_wei, jiangjin_official, jiangjin_inspector, at):
    """`under_way()`: a complaint of 王伟's that is being investigated."""

    def make(**changes):
        case = filed(at=at, code=code, by=wang_wei, phone=PHONE, **changes)
        services.accept(case, by=jiangjin_official, at=at)
        return services.investigate(case, by=jiangjin_official, at=at, second_inspector=jiangjin_inspector)

    return make


def end(case, how, *, official, at):
    """Bring an investigated case to this end, by the services alone."""
    by = {"by": official, "at": at + timedelta(days=1)}
    if how == CaseState.SETTLED:
        services.record_payments(case, None, paid_on=at.date(), way="transfer", note="流水", **by)
        for payment in Payment.objects.filter(claimant__case=case):
            services.confirm_payment(payment, by=None, at=by["at"], heard="sms")
        services.settle(Case.objects.get(pk=case.pk), **by)
    elif how == "settled and confirmed":
        services.say_paid(Claimant.objects.get(case=case), by=None, at=by["at"], heard="code")
        services.settle(Case.objects.get(pk=case.pk), **by)
    elif how == "withdrawn after the money came":
        services.say_paid(Claimant.objects.get(case=case), by=None, at=by["at"], heard="code")
        services.withdraw(Case.objects.get(pk=case.pk), by=None, at=by["at"])
    elif how == CaseState.WITHDRAWN:
        services.withdraw(case, by=None, at=by["at"])
    elif how == CaseState.POLICE:
        day = by["at"].date() + timedelta(days=9)
        services.order(case, amount_fen=SUM, pay_by=day, **by)
        services.refer_police(
            Case.objects.get(pk=case.pk), by=official, at=on(day + timedelta(days=1)), note="拒不支付"
        )
    else:
        verb = {
            CaseState.UNFOUNDED: services.close_unfounded,
            CaseState.PROJECT_DISPUTE: services.close_project_dispute,
            CaseState.REVOKED: services.revoke,
            CaseState.ARBITRATION: services.refer_arbitration,
        }[how]
        verb(case, note="x", **by)
    return Case.objects.get(pk=case.pk)


TABLE = {
    CaseState.SETTLED: (ArrearsStatus.SETTLED, 0),
    "settled and confirmed": (ArrearsStatus.SETTLED, 0),
    "withdrawn after the money came": (ArrearsStatus.SETTLED, 0),
    CaseState.UNFOUNDED: (ArrearsStatus.NONE, 0),
    CaseState.WITHDRAWN: (ArrearsStatus.UNSETTLED, SUM),
    CaseState.REVOKED: (ArrearsStatus.UNSETTLED, SUM),
    CaseState.PROJECT_DISPUTE: (ArrearsStatus.UNSETTLED, SUM),
    CaseState.ARBITRATION: (ArrearsStatus.UNSETTLED, SUM),
    CaseState.POLICE: (ArrearsStatus.UNSETTLED, SUM),
}


def test_the_table_names_every_end_of_a_case_that_was_filed():
    assert set(CLOSED) - set(ENDED_UNFILED) <= set(TABLE)


def held(worker):
    """What the registry holds once the messages are delivered."""
    outbox.drain(at=timezone.now() + timedelta(days=365))
    worker.refresh_from_db()
    return worker.arrears_status, worker.arrears_amount_fen


@pytest.mark.parametrize(("how", "expected"), TABLE.items(), ids=str)
def test_only_money_that_came_or_was_never_owed_clears_the_indicator(
    under_way, worker, jiangjin_official, at, how, expected
):
    case = under_way()
    assert held(worker) == (ArrearsStatus.IN_PROGRESS, SUM)
    end(case, how, official=jiangjin_official, at=at)
    assert held(worker) == expected


@pytest.mark.parametrize("how", TABLE, ids=str)
def test_another_open_case_keeps_the_indicator_whatever_ended(under_way, worker, jiangjin_official, at, how):
    ends, stays = under_way(), under_way()
    Claimant.objects.filter(case=stays).update(claimed_fen=500_00)
    end(ends, how, official=jiangjin_official, at=at)
    assert held(worker) == (ArrearsStatus.IN_PROGRESS, 500_00)


@pytest.mark.parametrize("how", [CaseState.SETTLED, CaseState.UNFOUNDED])
@pytest.mark.parametrize("elsewhere", [CaseState.POLICE, CaseState.ARBITRATION])
def test_what_another_authority_has_is_not_cleared_by_a_case_that_ends_well(
    under_way, worker, jiangjin_official, at, how, elsewhere
):
    gone, ends = under_way(), under_way()
    Claimant.objects.filter(case=gone).update(claimed_fen=500_00)
    gone.refresh_from_db()
    end(gone, elsewhere, official=jiangjin_official, at=at)
    end(ends, how, official=jiangjin_official, at=at + timedelta(days=30))
    assert held(worker) == (ArrearsStatus.UNSETTLED, 500_00)


def test_a_complaint_filed_again_after_it_was_taken_back_can_clear_it(under_way, worker, jiangjin_official, at):
    end(under_way(), CaseState.WITHDRAWN, official=jiangjin_official, at=at)
    end(under_way(), "settled and confirmed", official=jiangjin_official, at=at)
    assert held(worker) == (ArrearsStatus.SETTLED, 0)


@pytest.mark.parametrize("verb", ["withdraw", "refuse", "transfer"])
def test_what_was_never_filed_says_nothing_to_the_registry(worker, filed, code, wang_wei, jiangjin_official, at, verb):
    case = filed(at=at, code=code, by=wang_wei, phone=PHONE)
    before = held(worker)
    if verb == "withdraw":
        services.withdraw(case, by=wang_wei, at=at)
    elif verb == "refuse":
        services.refuse(case, by=jiangjin_official, at=at, ground="not_wages")
    else:
        services.transfer(case, by=jiangjin_official, at=at, target="housing")
    assert held(worker) == before


def test_a_groups_sum_is_nobodys_own(under_way, worker, jiangjin_official, at):
    case = under_way(headcount=12)
    assert held(worker) == (ArrearsStatus.IN_PROGRESS, None)
    end(case, CaseState.WITHDRAWN, official=jiangjin_official, at=at)
    assert held(worker) == (ArrearsStatus.UNSETTLED, None)
