"""A day's messages have one budget: notices get a share of it, codes whatever is left, and a race changes nothing."""

import contextlib
from datetime import timedelta
from functools import partial

import pytest
from django.db.models import F

from accounts import codes, notices, sms
from accounts.models import PhoneCode, SmsDay, SmsMessage
from accounts.sms import budget
from tests.races import at_once, meeting


@pytest.fixture(autouse=True)
def ten_a_day_six_for_notices(settings):
    settings.SMS_DAILY_BUDGET, settings.SMS_NOTICE_PERCENT = 10, 60


def notify(at, n):
    return sms.queue_or_note("13800000001", "你的投诉已受理", event="wages.accepted", ref=str(n), at=at)


def ask_code(at, n):
    return codes.send(f"139{n:08}", "sign_in", session_key=f"s{n}", at=at)


def spent(at):
    return SmsDay.objects.values_list("codes", "notices").get(day=budget.local_day(at))


def states():
    return list(SmsMessage.objects.order_by("pk").values_list("state", flat=True))


def test_a_flood_of_notices_leaves_the_codes_their_share(db, at):
    for n in range(50):
        notify(at, n)
    assert states() == ["queued"] * 6 + ["failed"] * 44
    for n in range(4):
        ask_code(at, n)
    with pytest.raises(sms.BudgetSpent, match="短信已经发完"):
        ask_code(at, 4)
    assert spent(at) == (4, 6)
    assert PhoneCode.objects.count() == 4


def test_codes_may_use_the_whole_budget(db, at):
    for n in range(10):
        ask_code(at, n)
    with pytest.raises(sms.BudgetSpent):
        ask_code(at, 10)
    assert notify(at, 1).state == "failed"
    assert spent(at) == (10, 0)


def test_a_refused_notice_is_shown_to_officials_and_read_in_the_portal(wang_wei, at):
    for n in range(6):
        notify(at, n)
    told = notices.send(wang_wei, event="wages.closed", ref="C1", text="你的投诉已办结", at=at)
    assert told.text == "你的投诉已办结"
    assert "短信已经发完" in SmsMessage.objects.get(event="wages.closed").error


def test_the_next_day_in_chongqing_begins_anew(db, at):
    midnight = at.replace(hour=0, minute=0) + timedelta(days=1)
    for n in range(7):
        notify(midnight - timedelta(seconds=1), n)
    assert states().count("failed") == 1
    notify(midnight, 7)
    assert states()[-1] == "queued"


def test_a_message_that_was_rolled_back_cost_nothing(db, at):
    from django.db import transaction

    with contextlib.suppress(RuntimeError), transaction.atomic():
        notify(at, 1)
        raise RuntimeError
    assert not SmsDay.objects.exists()


@pytest.mark.parametrize("kind", [notify, ask_code])
def test_parallel_writers_meet_the_budget_exactly(transactional_db, at, settings, kind):
    settings.SMS_DAILY_BUDGET, settings.SMS_NOTICE_PERCENT = 3, 100
    at_once(*(partial(kind, at, number) for number in range(8)))
    assert states().count("queued") == 3
    assert sum(spent(at)) == 3


def test_counting_before_writing_would_overshoot(transactional_db, at, settings, monkeypatch):
    """The negative control: look, then count, as two steps."""
    settings.SMS_DAILY_BUDGET, settings.SMS_NOTICE_PERCENT = 3, 100
    meet = meeting(8, patience=0.5)

    def look_then_count(statement, moment):
        day = budget.local_day(moment)
        has_room = not SmsDay.objects.filter(day=day, codes__gte=3 - F("notices")).exists()
        meet()
        SmsDay.objects.bulk_create([SmsDay(day=day)], ignore_conflicts=True)
        SmsDay.objects.filter(day=day).update(notices=F("notices") + 1)
        return has_room

    monkeypatch.setattr(budget, "_take", look_then_count)
    at_once(*(partial(notify, at, number) for number in range(8)))
    assert states().count("queued") > 3


@pytest.mark.parametrize(("percent", "found"), [(-1, ["accounts.E002"]), (101, ["accounts.E002"]), (0, []), (100, [])])
def test_a_share_that_is_none_is_noticed_at_the_start(settings, percent, found):
    from accounts.checks import sms_goes_out

    settings.DEBUG, settings.SMS_PROVIDER, settings.SMS_NOTICE_PERCENT = True, "file", percent
    assert [message.id for message in sms_goes_out(None)] == found
