"""Warnings and escalations: once per deadline, however often or late the watch runs."""

from datetime import date, timedelta

import pytest

from accounts.models import Notice, SmsMessage
from core import audit
from wages import services
from wages.models import Case, CaseClock, Payment

from .conftest import on

pytestmark = pytest.mark.django_db


def verbs(case):
    return [entry.verb for entry in audit.timeline(case)]


def test_nobody_is_told_before_seven_tenths(case):
    # The first contact (three days) is another clock, see test_ladder.
    CaseClock.objects.all().delete()
    assert services.watch(at=on(date(2026, 3, 12))) == (0, 0, 0)


def test_escalation_reaches_the_district_and_the_city_in_the_portal_only(
    case, jiangjin_official, city_official, fengjie_official, deliver
):
    when = on(date(2026, 3, 17))
    services.watch(at=when)
    deliver(when)
    told = set(Notice.objects.filter(event="wages.deadline_over").values_list("user", flat=True))
    assert told == {jiangjin_official.pk, city_official.pk}
    assert not SmsMessage.objects.filter(event="wages.deadline_over").exists()


def test_the_complainant_hears_of_each_step_in_one_short_message(case, jiangjin_official, at, deliver):
    services.accept(case, by=jiangjin_official, at=at)
    deliver(at)
    deliver(at)
    messages = SmsMessage.objects.filter(event__startswith="wages.").order_by("pk")
    assert [message.event for message in messages] == ["wages.filed", "wages.accepted"]
    for message in messages:
        text = message.text.open()
        assert case.number in text and len(text) <= 70


@pytest.mark.parametrize("ending", ["settled", "refused", "transferred", "arbitration", "withdrawn", "unfounded"])
def test_every_ending_is_told_in_at_most_seventy_characters(
    ending, case, jiangjin_official, jiangjin_inspector, at, deliver
):
    by = {"by": jiangjin_official, "at": at + timedelta(days=1)}
    if ending == "refused":
        services.refuse(case, ground="not_wages", **by)
    elif ending == "transferred":
        services.transfer(case, target="other_province", **by)
    elif ending == "arbitration":
        services.refer_arbitration(case, **by)
    elif ending == "withdrawn":
        services.withdraw(case, by=None, at=by["at"])
    else:
        services.accept(case, **by)
        services.investigate(case, second_inspector=jiangjin_inspector, **by)
        if ending == "unfounded":
            services.close_unfounded(case, note="查无", **by)
        else:
            services.record_payments(case, None, paid_on=at.date(), way="cash", note="x", **by)
            for payment in Payment.objects.all():
                services.confirm_payment(payment, by=None, at=by["at"], heard="sms")
            services.settle(Case.objects.get(pk=case.pk), **by)
    deliver(by["at"])
    texts = [message.text.open() for message in SmsMessage.objects.filter(event__startswith="wages.")]
    assert len(texts) >= 2 and all(len(text) <= 70 for text in texts), texts


def test_the_complainant_is_told_at_the_number_they_have_now(filed, code, wang_wei, at, deliver):
    from accounts import phones

    case = filed(at=at, code=code, by=wang_wei, phone="13800000001")
    wang_wei.phone, wang_wei.phone_index = "15400000077", phones.index("15400000077")
    wang_wei.save()
    deliver(at)
    notice = Notice.objects.get(event="wages.filed")
    message = SmsMessage.objects.get(event="wages.filed")
    assert notice.user == wang_wei and case.number in notice.text
    assert message.phone.open() == "15400000077"


def test_what_is_delivered_late_says_when_it_was_delivered(case, accepted, city_official, at, deliver):
    from core import calendar

    calendar.set_day(date(2026, 3, 18), is_workday=False, name="临时放假", source="通知", by=city_official, at=at)
    late = at + timedelta(days=3)
    deliver(late)
    assert {notice.created_at.date() for notice in Notice.objects.all()} == {late.date()}
    assert audit.timeline(case).get(verb="deadline_moved").at.date() == late.date()
