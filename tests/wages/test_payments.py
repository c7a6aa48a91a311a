"""Paid means paid: recorded by officials, answered by the person, presumed by a dated rule, reopened one level up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import phones, replies
from accounts.models import Notice, SmsMessage, SmsQuestion, User
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.models import OutboxMessage
from wages import policies, services
from wages.enums import CaseState, ClaimantState, Heard, Level, PaymentState, PaymentWay
from wages.models import Case, Claimant, Payment, Reopening
from wages.paying import Line, read_lines, read_places
from workers import services as workers

from .conftest import PHONE, photo

SUM = 12_600_00


def now(case):
    return Case.objects.get(pk=case.pk)


def person(case):
    return Claimant.objects.get(case=case)


def verbs(case):
    return [entry.verb for entry in audit.timeline(case)]


def drain(at):
    """Everything due, and what it caused."""
    for _round in range(4):
        outbox.drain(at=at)


@pytest.fixture
def paid(investigating, pay, jiangjin_official, at):
    """A recorded payment of everything, asked about three days after."""
    moment = at + timedelta(days=3)
    payment = pay(investigating, by=jiangjin_official, at=moment)[0]
    drain(moment + timedelta(minutes=1))
    services.watch_payments(at=moment + timedelta(minutes=2))
    payment.refresh_from_db()
    return payment


@pytest.fixture
def second_city_official(db, city_official):
    other = User(role="official", display_name="市级二号", is_staff=True)
    other.set_unusable_password()
    other.save()
    other.jurisdictions.set(["500000"])
    return other


def test_a_recorded_payment_is_asked_about_and_settles_nothing(paid, investigating, jiangjin_official, at):
    case = now(investigating)
    assert (case.state, case.paid_now_fen, case.owed_now_fen, case.unanswered_now) == (CaseState.PAID, SUM, 0, 1)
    assert person(case).state == ClaimantState.PAID
    message = SmsMessage.objects.get(event="question")
    assert message.phone.open() == PHONE
    assert message.text.open() == f"投诉{case.number}：单位说3月12日付给你¥12,600.00。收到回1，没收到回2。"
    assert Notice.objects.get(event="wages.payment_asked").url == f"/wages/status/{case.number}/paid/"
    with pytest.raises(Refusal, match="1 笔付款等本人确认"):
        services.settle(case, by=jiangjin_official, at=at + timedelta(days=4), note="已核对银行流水")


def test_the_persons_word_settles(paid, investigating, jiangjin_official, at):
    later = at + timedelta(days=4)
    services.confirm_payment(paid, by=None, at=later, heard=Heard.CODE)
    drain(later + timedelta(minutes=1))
    assert Notice.objects.filter(event="wages.all_confirmed", user=jiangjin_official).count() == 1
    done = services.settle(now(investigating), by=jiangjin_official, at=later)
    assert done.state == CaseState.SETTLED
    assert verbs(done)[-4:] == ["record_paid", "all_paid", "payment_confirmed", "settle"]
    assert not SmsQuestion.objects.open().exists()


def test_a_reply_is_the_persons_word(paid, investigating, at):
    moment = at + timedelta(days=4)
    replies.take(replies.Incoming("test", "1", PHONE, "1", moment), at=moment)
    drain(moment + timedelta(minutes=1))
    paid.refresh_from_db()
    assert (paid.state, paid.heard) == (PaymentState.CONFIRMED, Heard.SMS)
    assert now(investigating).unanswered_now == 0
    assert "收到了" in SmsMessage.objects.get(event="reply").text.open()


def test_a_reply_of_two_takes_the_case_one_level_up(paid, investigating, city_official, jiangjin_official, at):
    moment = at + timedelta(days=4)
    replies.take(replies.Incoming("test", "1", PHONE, "2", moment), at=moment)
    drain(moment + timedelta(minutes=1))
    case = now(investigating)
    assert (case.state, case.level, case.assignee) == (CaseState.INVESTIGATING, Level.CITY, None)
    assert person(case).state == ClaimantState.NOT_RECEIVED
    told = set(Notice.objects.filter(event="wages.went_up", user__isnull=False).values_list("user", flat=True))
    assert told >= {city_official.pk, jiangjin_official.pk}


def test_up_there_the_district_reads_and_the_city_decides(paid, investigating, city_official, jiangjin_official, at):
    services.contest_payment(paid, by=None, at=at + timedelta(days=4), heard=Heard.CODE)
    case = now(investigating)
    assert policies.may_read(jiangjin_official, case) and not policies.may_decide(jiangjin_official, case)
    assert policies.may_decide(city_official, case)
    with pytest.raises(NotAllowed):
        services.record_payments(
            case, None, by=jiangjin_official, at=at + timedelta(days=5), paid_on=at.date(), way="cash", note="x"
        )


def test_nobody_gets_more_days_by_not_paying(paid, investigating, at):
    before = now(investigating).close_by
    services.contest_payment(paid, by=None, at=at + timedelta(days=4), heard=Heard.CODE)
    assert now(investigating).close_by < before
    row = Reopening.objects.get()
    assert (row.from_state, row.from_level, row.to_level) == (CaseState.PAID, Level.DISTRICT, Level.CITY)
    assert row.due_before == before


def settled(case, payment, official, at):
    services.confirm_payment(payment, by=None, at=at, heard=Heard.CODE)
    return services.settle(now(case), by=official, at=at)


def test_no_also_after_settling_within_the_days(paid, investigating, jiangjin_official, city_official, employer, at):
    done = settled(investigating, paid, jiangjin_official, at + timedelta(days=4))
    late = done.closed_at + timedelta(days=30)
    services.contest_payment(paid, by=None, at=late, heard=Heard.ACCOUNT)
    case = now(investigating)
    assert (case.state, case.closed_at, case.level) == (CaseState.INVESTIGATING, None, Level.CITY)
    assert case.close_from == late.date() and case.due_on == case.close_by
    assert Reopening.objects.get().closed_before == done.closed_at
    assert "go_up" in verbs(case) and "reopen" in verbs(case)


def test_a_day_later_it_takes_a_new_complaint(paid, investigating, jiangjin_official, at):
    done = settled(investigating, paid, jiangjin_official, at + timedelta(days=4))
    with pytest.raises(Refusal, match="重新投诉"):
        services.contest_payment(paid, by=None, at=done.closed_at + timedelta(days=31), heard=Heard.CODE)


def test_at_the_city_another_official_decides(paid, investigating, city_official, second_city_official, pay, at):
    services.contest_payment(paid, by=None, at=at + timedelta(days=4), heard=Heard.CODE)
    case = now(investigating)
    again = pay(case, by=city_official, at=at + timedelta(days=5))[0]
    services.contest_payment(again, by=None, at=at + timedelta(days=6), heard=Heard.CODE)
    case = now(investigating)
    assert not policies.may_decide(city_official, case) and policies.may_decide(second_city_official, case)
    assert Reopening.objects.get(payment=again).shut_out == city_official


def test_the_citys_only_official_keeps_it(paid, investigating, city_official, pay, at):
    services.contest_payment(paid, by=None, at=at + timedelta(days=4), heard=Heard.CODE)
    again = pay(now(investigating), by=city_official, at=at + timedelta(days=5))[0]
    services.contest_payment(again, by=None, at=at + timedelta(days=6), heard=Heard.CODE)
    assert policies.may_decide(city_official, now(investigating))


def test_silence_counts_from_the_question_that_left(paid, investigating, at):
    asked = at + timedelta(days=3)
    assert paid.asked_at is not None and paid.presume_on == asked.date() + timedelta(days=16)
    assert services.watch_payments(at=asked + timedelta(days=12)) == (0, 0, 0)
    assert services.watch_payments(at=asked + timedelta(days=13)) == (0, 1, 0)
    assert services.watch_payments(at=asked + timedelta(days=15)) == (0, 0, 0)
    again = SmsMessage.objects.get(event="question.again").text.open()
    assert "3月28日前不回按收到算" in again and "收到回1" in again and len(again) <= 70
    assert services.watch_payments(at=asked + timedelta(days=16)) == (0, 0, 1)
    paid.refresh_from_db()
    assert (paid.state, paid.heard, paid.decided_by) == (PaymentState.PRESUMED, Heard.RULE, None)
    assert Notice.objects.filter(event="wages.payment_presumed").exists()
    assert now(investigating).unanswered_now == 0


def test_a_question_that_never_left_presumes_nothing(investigating, pay, jiangjin_official, at):
    payment = pay(investigating, by=jiangjin_official, at=at + timedelta(days=3))[0]
    services.ask_payment(payment, at=at + timedelta(days=3))
    OutboxMessage.objects.filter(topic="accounts.sms").delete()
    for day in range(4, 60, 4):
        assert services.watch_payments(at=at + timedelta(days=day)) == (0, 0, 0)


def test_after_an_outage_there_is_still_time_to_answer(paid, at):
    late = at + timedelta(days=60)
    assert services.watch_payments(at=late) == (0, 1, 0)
    paid.refresh_from_db()
    assert paid.presume_on == late.date() + timedelta(days=3)
    assert services.watch_payments(at=late + timedelta(days=3)) == (0, 0, 1)


def test_who_denied_one_is_never_presumed(paid, investigating, pay, city_official, at):
    services.contest_payment(paid, by=None, at=at + timedelta(days=4), heard=Heard.CODE)
    again = pay(now(investigating), by=city_official, at=at + timedelta(days=5))[0]
    drain(at + timedelta(days=5, minutes=1))
    for day in range(6, 60, 3):
        services.watch_payments(at=at + timedelta(days=day))
    again.refresh_from_db()
    assert again.state == PaymentState.RECORDED and now(investigating).unanswered_now == 1


def test_the_database_presumes_nobody_who_was_not_asked(paid):
    Payment.objects.filter(pk=paid.pk).update(asked_at=None, presume_on=None)
    with pytest.raises(IntegrityError, match="presumed_after_asking"), transaction.atomic():
        Payment.objects.filter(pk=paid.pk).update(state="presumed", decided_at=paid.recorded_at)


def test_what_was_presumed_can_be_denied(paid, investigating, at):
    for day in (16, 19):
        services.watch_payments(at=at + timedelta(days=day))
    paid.refresh_from_db()
    assert paid.state == PaymentState.PRESUMED
    services.contest_payment(paid, by=None, at=at + timedelta(days=20), heard=Heard.CODE)
    assert now(investigating).state == CaseState.INVESTIGATING


def test_parts_add_up_and_each_is_asked(investigating, pay, jiangjin_official, at):
    moment = at + timedelta(days=3)
    pay(investigating, by=jiangjin_official, at=moment, fen=5_000_00)
    case = now(investigating)
    assert (case.state, case.owed_now_fen, person(case).state) == (CaseState.INVESTIGATING, 7_600_00, "partly_paid")
    pay(case, by=jiangjin_official, at=moment + timedelta(days=1), fen=7_600_00)
    assert now(case).state == CaseState.PAID
    drain(moment + timedelta(days=1, minutes=1))
    assert SmsQuestion.objects.open().count() == 2


def test_not_more_than_is_owed_without_a_reason(investigating, pay, jiangjin_official, at):
    moment = at + timedelta(days=3)
    with pytest.raises(Refusal, match="只欠"):
        pay(investigating, by=jiangjin_official, at=moment, fen=SUM + 1)
    more = pay(investigating, by=jiangjin_official, at=moment, fen=SUM + 1, over_reason="含加付赔偿金")
    assert more[0].over_reason and person(investigating).paid_fen == SUM + 1
    with pytest.raises(Refusal, match="每个人都已登记付清"):
        pay(investigating, by=jiangjin_official, at=moment)


def test_the_same_payment_is_not_recorded_twice(investigating, pay, jiangjin_official, at):
    moment = at + timedelta(days=3)
    pay(investigating, by=jiangjin_official, at=moment, fen=5_000_00)
    with pytest.raises(Refusal, match="同一天、同样金额"):
        pay(investigating, by=jiangjin_official, at=moment, fen=5_000_00)


@pytest.mark.parametrize("wrong", [{"note": ""}, {"paid_on": "tomorrow"}, {"paid_on": "long ago"}])
def test_a_record_needs_evidence_and_a_day_that_can_be(investigating, pay, jiangjin_official, at, wrong):
    moment = at + timedelta(days=3)
    days = {"tomorrow": moment.date() + timedelta(days=1), "long ago": moment.date() - timedelta(days=2000)}
    about = {name: days.get(value, value) for name, value in wrong.items()}
    with pytest.raises(Refusal):
        pay(investigating, by=jiangjin_official, at=moment, **about)


def test_a_mistake_is_taken_back_before_it_is_answered(paid, investigating, jiangjin_official, at):
    services.void_payment(paid, by=jiangjin_official, at=at + timedelta(days=4), reason="金额录错")
    case = now(investigating)
    assert (case.state, case.paid_now_fen, case.unanswered_now) == (CaseState.INVESTIGATING, 0, 0)
    assert not SmsQuestion.objects.open().exists()
    with pytest.raises(Refusal):
        services.confirm_payment(paid, by=None, at=at + timedelta(days=5), heard=Heard.CODE)


def test_a_signed_receipt_is_vouched_for_by_another_official(paid, jiangjin_official, city_official, at):
    moment = at + timedelta(days=4)
    with pytest.raises(Refusal, match="另一名"):
        services.vouch(paid, by=jiangjin_official, at=moment, reason="本人签收", upload=photo())
    with pytest.raises(Refusal, match="签收"):
        services.vouch(paid, by=city_official, at=moment, reason="本人签收", upload=None)
    done = services.vouch(paid, by=city_official, at=moment, reason="本人签收", upload=photo())
    assert (done.state, done.heard, done.decided_by) == (PaymentState.CONFIRMED, Heard.PAPER, city_official)


def test_the_person_may_say_first_that_it_is_all_there(investigating, at):
    services.say_paid(person(investigating), by=None, at=at + timedelta(days=3), heard=Heard.CODE)
    case = now(investigating)
    assert (case.state, case.unanswered_now) == (CaseState.PAID, 0)
    assert Payment.objects.get().way == PaymentWay.UNKNOWN
    with pytest.raises(Refusal):
        services.say_paid(person(investigating), by=None, at=at + timedelta(days=3), heard=Heard.CODE)


def test_arrears_under_a_withdrawn_complaint_are_no_ones_to_confirm(investigating, at):
    services.withdraw(investigating, by=None, at=at + timedelta(days=3))
    with pytest.raises(Refusal, match="不能确认收款"):
        services.say_paid(person(investigating), by=None, at=at + timedelta(days=3), heard=Heard.CODE)


def test_money_that_was_paid_is_not_closed_as_unfounded(paid, investigating, jiangjin_official, at):
    services.contest_payment(paid, by=None, at=at + timedelta(days=4), heard=Heard.CODE)
    Case.objects.filter(pk=investigating.pk).update(level=Level.DISTRICT)
    with pytest.raises(Refusal, match="没收到钱"):
        services.revoke(now(investigating), by=jiangjin_official, at=at + timedelta(days=5), note="x")


def test_the_registry_follows_every_turn(
    filed, code, wang_wei, jiangjin_official, jiangjin_inspector, city_official, pay, at
):
    row = workers.for_user(wang_wei, at=at)

    def registry(moment):
        drain(moment + timedelta(minutes=1))
        row.refresh_from_db()
        return row.arrears_status, row.arrears_amount_fen

    case = filed(at=at, code=code, by=wang_wei, phone="13800000001")
    services.accept(case, by=jiangjin_official, at=at)
    assert registry(at) == ("1", SUM)
    services.investigate(case, by=jiangjin_official, at=at, second_inspector=jiangjin_inspector)
    day = at + timedelta(days=1)
    payment = pay(now(case), by=jiangjin_official, at=day, fen=5_000_00)[0]
    assert registry(day) == ("1", SUM)  # nobody has said yet that it came
    services.confirm_payment(payment, by=wang_wei, at=day, heard=Heard.ACCOUNT)
    assert registry(day) == ("1", 7_600_00)
    rest = pay(now(case), by=jiangjin_official, at=day)[0]
    services.confirm_payment(rest, by=wang_wei, at=day, heard=Heard.ACCOUNT)
    assert registry(day) == ("2", 0)
    services.settle(now(case), by=jiangjin_official, at=day)
    assert registry(day) == ("2", 0)
    services.contest_payment(rest, by=wang_wei, at=day + timedelta(days=1), heard=Heard.ACCOUNT)
    assert registry(day + timedelta(days=1)) == ("1", 7_600_00)


def test_numbers_and_ranges_name_people():
    assert [line.place for line in read_places("1-3，7、 9")] == [1, 2, 3, 7, 9]
    for text in ("张三", "3-1", "1-", "1-999999"):
        with pytest.raises(Refusal):
            read_places(text)


def test_lines_are_read_as_people_paste_them():
    text = "序号\t姓名\t金额\n1\t张三\t3,500.00\n2 李四 ¥200\n\n３,王五,１００元"
    assert read_lines(text) == [Line(1, 3_500_00), Line(2, 200_00), Line(3, 100_00)]


@pytest.mark.parametrize("row", ["1", "1 张三", "1 -5", "1 1.005", "1 NaN", "0 5", "1 1e30", "x 5\ny 5"])
def test_one_bad_line_records_nothing(row):
    with pytest.raises(Refusal, match="看不懂"):
        read_lines(f"9 5\n{row}")


def test_two_lines_for_one_person_are_a_mistake():
    with pytest.raises(Refusal, match="第 2 行"):
        read_lines("1 5\n1 5")


def test_an_anonymous_report_asks_the_reporters_phone(filed, code, jiangjin_official, jiangjin_inspector, pay, at):
    case = filed(at=at, code=code, kind="report")
    services.accept(case, by=jiangjin_official, at=at)
    services.investigate(case, by=jiangjin_official, at=at, second_inspector=jiangjin_inspector)
    pay(now(case), by=jiangjin_official, at=at + timedelta(days=1))
    drain(at + timedelta(days=1, minutes=1))
    assert bytes(SmsQuestion.objects.get().phone_index) == phones.index(PHONE)
