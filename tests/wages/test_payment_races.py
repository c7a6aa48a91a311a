"""Real transactions in real threads; each race has a twin without the lock, which must go wrong."""

import contextlib
from datetime import timedelta

import pytest

from core.errors import NotAllowed, Refusal
from tests.races import at_once, meet_after, passed
from wages import services
from wages.enums import CaseState, ClaimantState, Heard, PaymentState
from wages.models import Case, Claimant, Payment
from wages.paying import Line
from wages.services import _money, payments, totals

pytestmark = pytest.mark.django_db(transaction=True)
SUM = 12_600_00


def unlocked(monkeypatch):
    """Case, person and payment read without their locks; nobody goes on before both have read the case."""
    read = meet_after(lambda case: Case.objects.get(pk=case.pk), 2, patience=3)
    monkeypatch.setattr(totals, "lock_people", read)
    monkeypatch.setattr(_money, "lock_person", lambda pk: Claimant.objects.get(pk=pk))
    monkeypatch.setattr(_money, "lock_payment", lambda pk: Payment.objects.get(pk=pk))


def recording(case, officials, at):
    def record(by):
        return lambda: services.record_payments(
            case, [Line(1)], by=by, at=at, paid_on=at.date(), way="transfer", note="流水"
        )

    return at_once(*(record(by) for by in officials))


def test_two_officials_who_record_the_same_payment_record_it_once(investigating, jiangjin_official, city_official, at):
    outcomes = recording(investigating, [jiangjin_official, city_official], at + timedelta(days=3))
    assert len(passed(outcomes)) == 1
    assert any(isinstance(outcome, Refusal) and "已登记付清" in str(outcome) for outcome in outcomes)
    assert Payment.objects.count() == 1 and Claimant.objects.get().paid_fen == SUM


def test_without_the_locks_it_would_be_recorded_twice(investigating, jiangjin_official, city_official, at, monkeypatch):
    """The negative control: both read what is owed before either has written."""
    monkeypatch.setattr(payments, "in_charge", lambda case, by: Case.objects.get(pk=case.pk))
    read = meet_after(lambda case, lines: [(Claimant.objects.get(case=case.pk), None)], 2, patience=5)
    monkeypatch.setattr(payments, "_people", read)
    recording(investigating, [jiangjin_official, city_official], at + timedelta(days=3))
    assert Payment.objects.count() == 2


def two_people(case, at):
    """A second person in the case, and a payment for each, recorded."""
    first = Claimant.objects.get(case=case)
    Claimant.objects.create(case=case, origin=case, place=2, claimed_fen=5_000_00, filed_at=at)
    totals.reckon(case)
    return first


def record_both(case, official, at):
    two_people(case, at)
    return services.record_payments(case, None, by=official, at=at, paid_on=at.date(), way="cash", note="流水")


def test_one_confirms_while_another_denies(investigating, jiangjin_official, city_official, at):
    one, other = record_both(investigating, jiangjin_official, at + timedelta(days=3))
    moment = at + timedelta(days=4)
    outcomes = at_once(
        lambda: services.confirm_payment(one, by=None, at=moment, heard=Heard.CODE),
        lambda: services.contest_payment(other, by=None, at=moment, heard=Heard.CODE),
    )
    assert len(passed(outcomes)) == 2
    case = Case.objects.get()
    assert (case.state, case.unanswered_now) == (CaseState.INVESTIGATING, 0)
    assert case.paid_now_fen == one.fen and case.owed_now_fen == other.fen


def test_without_the_locks_the_sums_would_forget_one_of_them(
    investigating, jiangjin_official, city_official, at, monkeypatch
):
    """The negative control: who confirms adds up what the other is denying."""
    one, other = record_both(investigating, jiangjin_official, at + timedelta(days=3))
    unlocked(monkeypatch)
    moment = at + timedelta(days=4)
    at_once(
        lambda: services.confirm_payment(one, by=None, at=moment, heard=Heard.CODE),
        lambda: services.contest_payment(other, by=None, at=moment, heard=Heard.CODE),
    )
    assert Case.objects.get().paid_now_fen == one.fen + other.fen


def due(payment, at, official):
    """Asked and warned, so that silence counts today."""
    Payment.objects.filter(pk=payment.pk).update(asked_at=at, warned_at=at, presume_on=at.date())
    return Payment.objects.select_related("claimant").get(pk=payment.pk)


def test_the_rule_while_the_person_says_no(investigating, jiangjin_official, city_official, pay, at):
    moment = at + timedelta(days=20)
    payment = due(pay(investigating, by=jiangjin_official, at=at + timedelta(days=3))[0], moment, jiangjin_official)
    at_once(
        lambda: services.presume(payment, at=moment),
        lambda: services.contest_payment(payment, by=None, at=moment, heard=Heard.CODE),
    )
    payment.refresh_from_db()
    assert payment.state == PaymentState.CONTESTED
    assert Claimant.objects.get().state == ClaimantState.NOT_RECEIVED
    assert Case.objects.get().state == CaseState.INVESTIGATING


def test_without_the_locks_the_rule_would_speak_for_who_said_no(
    investigating, jiangjin_official, city_official, pay, at, monkeypatch
):
    """The negative control: one payment denied, one presumed from what was read before that."""
    first, second = (
        due(pay(investigating, by=jiangjin_official, at=at + timedelta(days=n), fen=fen)[0], at, jiangjin_official)
        for n, fen in ((3, 5_000_00), (4, 7_600_00))
    )
    unlocked(monkeypatch)
    moment = at + timedelta(days=20)
    at_once(
        lambda: services.presume(second, at=moment),
        lambda: services.contest_payment(first, by=None, at=moment, heard=Heard.CODE),
    )
    states = set(Payment.objects.values_list("state", flat=True))
    assert states == {PaymentState.PRESUMED, PaymentState.CONTESTED}


def test_with_the_locks_the_sums_are_right_in_either_order(investigating, jiangjin_official, city_official, pay, at):
    first, second = (
        due(pay(investigating, by=jiangjin_official, at=at + timedelta(days=n), fen=fen)[0], at, jiangjin_official)
        for n, fen in ((3, 5_000_00), (4, 7_600_00))
    )
    moment = at + timedelta(days=20)
    at_once(
        lambda: services.presume(second, at=moment),
        lambda: services.contest_payment(first, by=None, at=moment, heard=Heard.CODE),
    )
    case = Case.objects.get()
    known = [(row.fen, row.state) for row in Payment.objects.order_by("pk")]
    counted = sum(fen for fen, state in known if state != PaymentState.CONTESTED)
    assert case.paid_now_fen == counted and case.state == CaseState.INVESTIGATING


def test_settling_meets_a_denial_in_one_order_or_the_other(investigating, jiangjin_official, city_official, pay, at):
    payment = pay(investigating, by=jiangjin_official, at=at + timedelta(days=3))[0]
    moment = at + timedelta(days=4)
    services.confirm_payment(payment, by=None, at=moment, heard=Heard.CODE)

    def settle():
        with contextlib.suppress(NotAllowed):  # who comes after the denial finds the case with the level above
            services.settle(investigating, by=jiangjin_official, at=moment)

    at_once(settle, lambda: services.contest_payment(payment, by=None, at=moment, heard=Heard.CODE))
    case = Case.objects.get()
    assert (case.state, case.closed_at, case.level) == (CaseState.INVESTIGATING, None, "city")
