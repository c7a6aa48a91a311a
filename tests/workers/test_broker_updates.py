"""A broker's update counts as the broker's until the worker says yes to exactly what was written, or no to it all."""

import re
from datetime import date, timedelta
from functools import partial

import pytest

from accounts import phones
from accounts.models import Notice, SmsMessage
from core import audit, outbox
from core.errors import NotAllowed, Refusal
from tests.races import at_once, passed
from workers import services
from workers.enums import Source
from workers.freshness import confirming, updating
from workers.freshness.wording import message
from workers.indicators import BY_CODE, INDICATORS
from workers.models import Act, BrokerUpdate, JobIntent, Provenance, Worker
from workers.models.broker_update import TRIES
from workers.views.updates import card

WISH = {"wants_job": True, "trade": "cook", "pay_unit": "month", "min_pay_fen": 500_000}


def save(worker, broker, at, **stated):
    return updating.state(worker, stated, by=broker, at=at).update


def code_of(update):
    return re.search(r"\d{6}", SmsMessage.objects.get(ref=str(update.uuid)).text.open())[0]


def wrong_for(update):
    return f"{(int(code_of(update)) + 1) % 1_000_000:06}"


def source_of(worker, code):
    return Provenance.objects.get(worker=worker).sources[BY_CODE[code].number - 1]


def shown(worker, code):
    return getattr(Worker.objects.get(pk=worker.pk), BY_CODE[code].column)


# What the worker is told


def test_the_worker_gets_one_message_with_who_what_and_a_code(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook", work_division="500116")
    text = SmsMessage.objects.get(event=updating.EVENT).text.open()
    assert all(word in text for word in ("杜高田", "主要工种", "务工地", code_of(update)))
    assert len(text) <= 70
    outbox.drain(at=at)
    notice = Notice.objects.get(event="workers.broker_update")
    assert (notice.user, notice.url) == (worker.user, f"/me/updates/{update.pk}/")
    assert SmsMessage.objects.filter(event__startswith="workers.broker").count() == 1
    assert code_of(update) not in notice.text


@pytest.mark.parametrize("name", ["杜高田", "一个很长很长很长很长的名字"])
def test_the_message_fits_whatever_was_changed(name):
    numbers = [row.number for row in INDICATORS if row.broker_sees]
    for many in range(1, len(numbers) + 1):
        text = message(name, numbers[:many], "123456")
        assert len(text) <= 70 and "123456" in text and name[:3] in text
    assert f"等{len(numbers)}项" in text


def test_the_message_goes_to_no_number_that_a_broker_wrote_down(worker, mandate, du_gaotian, at):
    stranger = Worker.objects.create(full_name="王二", created_at=at)
    services.mandates.make_mandate(stranger, du_gaotian, scope=["profile"], evidence="counter", by=du_gaotian, at=at)
    services.record(stranger, {"mobile": "13900000099"}, source=Source.BROKER, by=du_gaotian, at=at)
    update = save(stranger, du_gaotian, at, trade="cook")
    assert Worker.objects.get(pk=stranger.pk).mobile.open() == "13900000099"
    assert update.sent_at is None
    assert not SmsMessage.objects.filter(phone_index=phones.index("13900000099")).exists()


def test_beyond_the_days_messages_the_values_are_kept_and_the_worker_can_still_confirm(
    worker, mandate, du_gaotian, at, parameter
):
    parameter("confirm_sms_per_day", 1)
    save(worker, du_gaotian, at, trade="cook")
    second = save(worker, du_gaotian, at + timedelta(minutes=5), months_worked=3)
    assert SmsMessage.objects.filter(event=updating.EVENT).count() == 1
    assert second.code_digest is None
    with pytest.raises(Refusal):
        confirming.by_code(second, "123456", by=du_gaotian, at=at + timedelta(minutes=6))
    confirming.by_hand(second, by=worker.user, at=at + timedelta(minutes=6))
    assert source_of(worker, "trade") == source_of(worker, "months_worked") == Source.BROKER_CONFIRMED
    assert save(worker, du_gaotian, at + timedelta(days=1), trade="welder").sent_at


# Yes


def test_the_code_makes_the_values_count_as_the_workers(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook", job_intent=WISH)
    assert source_of(worker, "trade") == Source.BROKER
    later = at + timedelta(minutes=5)
    done = confirming.by_code(update, f" {code_of(update)} ", by=du_gaotian, at=later)
    assert (done.state, done.decided_by) == ("confirmed", du_gaotian)
    assert source_of(worker, "trade") == source_of(worker, "job_intent") == Source.BROKER_CONFIRMED
    assert [entry.actor_id for entry in audit.timeline(done).filter(verb="confirm")] == [du_gaotian.pk]


def test_a_value_that_the_worker_outranked_is_shown_only_after_the_yes(worker, mandate, du_gaotian, at):
    services.record(worker, {"trade": "electrician"}, source=Source.WORKER, by=worker.user, at=at)
    saved = updating.state(worker, {"trade": "cook"}, by=du_gaotian, at=at + timedelta(days=200))
    assert saved.outcome.kept == ("trade",) and shown(worker, "trade") == "electrician"
    confirming.by_hand(saved.update, by=worker.user, at=at + timedelta(days=201))
    assert shown(worker, "trade") == "cook"


def test_a_wish_over_the_workers_own_waits_for_the_workers_yes(worker, mandate, du_gaotian, at):
    own = {**WISH, "trade": "electrician", "available_on": date(2026, 4, 1)}
    services.record(worker, {"job_intent": own}, source=Source.WORKER, by=worker.user, at=at - timedelta(days=90))
    theirs = {**WISH, "available_on": date(2026, 5, 1)}
    saved = updating.state(worker, {"job_intent": theirs}, by=du_gaotian, at=at)
    assert saved.outcome.kept == ("job_intent",)
    assert (JobIntent.objects.get().trade, source_of(worker, "job_intent")) == ("electrician", Source.WORKER)
    again = updating.state(worker, {"job_intent": theirs}, by=du_gaotian, at=at + timedelta(minutes=1))
    assert again.update == saved.update  # the same question stands
    more = save(worker, du_gaotian, at + timedelta(minutes=2), months_worked=3)  # which asks for the wish again
    confirming.by_code(more, code_of(more), by=du_gaotian, at=at + timedelta(minutes=3))
    wish = JobIntent.objects.get()
    assert (wish.trade, wish.available_on, wish.verified_on) == ("cook", date(2026, 5, 1), at.date())
    assert source_of(worker, "job_intent") == source_of(worker, "months_worked") == Source.BROKER_CONFIRMED


def test_a_wish_that_waits_is_shown_beside_the_workers_own_and_a_no_leaves_that(worker, mandate, du_gaotian, at):
    own = {**WISH, "trade": "electrician"}
    services.record(worker, {"job_intent": own}, source=Source.WORKER, by=worker.user, at=at - timedelta(days=90))
    update = save(worker, du_gaotian, at, job_intent=WISH)
    (line,) = card(Worker.objects.get(pk=worker.pk), update)["lines"]
    assert "厨师" in line["value"] and "电工" in line["now"]
    confirming.deny(update, by=worker.user, at=at)
    assert (JobIntent.objects.get().trade, source_of(worker, "job_intent")) == ("electrician", Source.WORKER)


def test_a_yes_counts_for_nothing_when_the_own_wish_changed_meanwhile(worker, mandate, du_gaotian, at):
    own = {**WISH, "trade": "electrician"}
    services.record(worker, {"job_intent": own}, source=Source.WORKER, by=worker.user, at=at)
    update, later = save(worker, du_gaotian, at, job_intent=WISH), at + timedelta(hours=1)
    services.record(worker, {"job_intent": {**own, "min_pay_fen": 1}}, source=Source.WORKER, by=worker.user, at=later)
    with pytest.raises(confirming.Overtaken):
        confirming.by_hand(update, by=worker.user, at=later)
    assert JobIntent.objects.get().trade == "electrician"


def test_a_broker_who_corrects_a_value_back_is_confirmed_in_what_was_said_last(worker, mandate, du_gaotian, at):
    services.record(worker, {"trade": "electrician"}, source=Source.WORKER, by=worker.user, at=at)
    for minutes, trade in enumerate(["cook", "welder", "cook"], start=1):
        update = save(worker, du_gaotian, at + timedelta(minutes=minutes), trade=trade)
    confirming.by_hand(update, by=worker.user, at=at + timedelta(minutes=9))
    assert shown(worker, "trade") == "cook"


def test_after_a_code_is_used_up_the_same_values_bring_a_new_one(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    for _ in range(TRIES):
        with pytest.raises(Refusal):
            confirming.by_code(update, wrong_for(update), by=du_gaotian, at=at)
    saved = updating.state(worker, {"trade": "cook"}, by=du_gaotian, at=at + timedelta(minutes=5))
    assert saved.sent and saved.update.acts == update.acts
    confirming.by_code(saved.update, code_of(saved.update), by=du_gaotian, at=at + timedelta(minutes=6))
    assert source_of(worker, "trade") == Source.BROKER_CONFIRMED


def test_a_code_is_good_once(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    code, acts = code_of(update), Act.objects.count()
    confirming.by_code(update, code, by=du_gaotian, at=at)
    with pytest.raises(Refusal):
        confirming.by_code(update, code, by=du_gaotian, at=at)
    assert Act.objects.count() == acts + 1


def test_the_code_of_another_update_confirms_nothing(worker, li_fang, mandate, du_gaotian, at):
    theirs = services.for_user(li_fang, at=at)
    services.grant_mandate(theirs, du_gaotian, scope=["profile"], evidence="sms", by=li_fang, at=at)
    one, other = save(worker, du_gaotian, at, trade="cook"), save(theirs, du_gaotian, at, trade="welder")
    if code_of(one) != code_of(other):
        with pytest.raises(Refusal, match="不对"):
            confirming.by_code(one, code_of(other), by=du_gaotian, at=at)
    assert source_of(worker, "trade") == source_of(theirs, "trade") == Source.BROKER


def test_a_code_is_bound_to_what_the_message_named(worker, mandate, du_gaotian, at):
    """The next update holds more, so the first code speaks for nothing any more, even moved over by hand."""
    first = save(worker, du_gaotian, at, trade="cook")
    code = code_of(first)
    second = save(worker, du_gaotian, at + timedelta(minutes=1), months_worked=3)
    assert BrokerUpdate.objects.get(pk=first.pk).state == "joined"
    assert sorted(second.numbers) == sorted(BY_CODE[name].number for name in ("trade", "months_worked"))
    for update in (first, second):
        if update is first or code != code_of(second):
            with pytest.raises(Refusal):
                confirming.by_code(update, code, by=du_gaotian, at=at + timedelta(minutes=2))
    assert source_of(worker, "trade") == Source.BROKER
    confirming.by_code(second, code_of(second), by=du_gaotian, at=at + timedelta(minutes=2))
    assert source_of(worker, "trade") == source_of(worker, "months_worked") == Source.BROKER_CONFIRMED


@pytest.mark.parametrize("who", ["worker", "department", "wish"])
def test_a_yes_counts_for_nothing_when_somebody_spoke_meanwhile(worker, mandate, du_gaotian, at, who):
    update = save(worker, du_gaotian, at, trade="cook", employment_status="1", job_intent=WISH)
    later = at + timedelta(hours=1)
    said = {
        "worker": ({"trade": "electrician"}, Source.WORKER, worker.user),
        "department": ({"employment_status": "4"}, Source.HUMAN_RESOURCES, None),
        "wish": ({"job_intent": {**WISH, "trade": "welder"}}, Source.WORKER, worker.user),
    }[who]
    services.record(worker, said[0], source=said[1], by=said[2], at=later)
    with pytest.raises(confirming.Overtaken):
        confirming.by_code(update, code_of(update), by=du_gaotian, at=later)
    assert BrokerUpdate.objects.get(pk=update.pk).state == "overtaken"
    assert not Act.objects.filter(source=Source.BROKER_CONFIRMED).exists()


def test_tries_are_counted_also_when_they_are_refused(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    for _ in range(TRIES):
        with pytest.raises(Refusal, match="不对"):
            confirming.by_code(update, wrong_for(update), by=du_gaotian, at=at)
    with pytest.raises(Refusal, match="失效"):
        confirming.by_code(update, code_of(update), by=du_gaotian, at=at)
    confirming.by_hand(update, by=worker.user, at=at)  # the worker needs no code


def test_after_the_days_allowed_neither_code_nor_tap_counts(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    late = at + timedelta(hours=73)
    with pytest.raises(Refusal, match="失效"):
        confirming.by_code(update, code_of(update), by=du_gaotian, at=late)
    with pytest.raises(Refusal, match="期限"):
        confirming.by_hand(update, by=worker.user, at=late)
    assert source_of(worker, "trade") == Source.BROKER


def test_nobody_else_says_yes(worker, mandate, du_gaotian, fengjie_broker, jiangjin_official, li_fang, at):
    update = save(worker, du_gaotian, at, trade="cook")
    for other in (fengjie_broker, jiangjin_official, li_fang, worker.user):
        with pytest.raises(NotAllowed):
            confirming.by_code(update, code_of(update), by=other, at=at)
    for other in (fengjie_broker, jiangjin_official, li_fang, du_gaotian):
        for verb in (confirming.by_hand, confirming.deny):
            with pytest.raises(NotAllowed):
                verb(update, by=other, at=at)
    assert BrokerUpdate.objects.get(pk=update.pk).tries == 0


def test_a_mandate_that_ended_or_expired_confirms_and_writes_nothing(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    after = mandate.expires_at + timedelta(seconds=1)
    with pytest.raises(NotAllowed):
        save(worker, du_gaotian, after, trade="welder")
    services.end_mandate(mandate, by=worker.user, at=at)
    with pytest.raises(NotAllowed):
        confirming.by_code(update, code_of(update), by=du_gaotian, at=at)
    with pytest.raises(NotAllowed):
        save(worker, du_gaotian, at, trade="welder")
    confirming.deny(update, by=worker.user, at=at)
    assert shown(worker, "trade") == ""


# No


def test_a_no_brings_back_what_stood_before_and_tells_the_broker(worker, mandate, du_gaotian, at):
    before = {**WISH, "trade": "electrician", "available_on": date(2026, 4, 1)}
    services.record(worker, {"job_intent": before}, source=Source.WORKER, by=worker.user, at=at - timedelta(days=90))
    update = save(worker, du_gaotian, at, trade="cook", job_intent=WISH)
    confirming.deny(update, by=worker.user, at=at + timedelta(minutes=1))
    wish = JobIntent.objects.get(worker=worker)
    assert (shown(worker, "trade"), wish.trade, wish.available_on) == ("", "electrician", date(2026, 4, 1))
    assert wish.verified_on == (at - timedelta(days=90)).date()
    assert (source_of(worker, "trade"), source_of(worker, "job_intent")) == (0, Source.WORKER)
    outbox.drain(at=at + timedelta(hours=1))
    assert "有不对的" in Notice.objects.get(user=du_gaotian).text


def test_a_no_removes_a_wish_that_was_not_there_before(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, job_intent=WISH)
    confirming.deny(update, by=worker.user, at=at)
    assert not JobIntent.objects.filter(worker=worker).exists()
    assert source_of(worker, "job_intent") == 0


def test_a_no_keeps_what_the_worker_said_meanwhile(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook", months_worked=3, job_intent=WISH)
    own = {"trade": "welder", "job_intent": {**WISH, "trade": "welder"}}
    services.record(worker, own, source=Source.WORKER, by=worker.user, at=at + timedelta(minutes=1))
    confirming.deny(update, by=worker.user, at=at + timedelta(minutes=2))
    assert (shown(worker, "trade"), shown(worker, "months_worked")) == ("welder", None)
    assert JobIntent.objects.get(worker=worker).trade == "welder"


def test_a_no_reaches_every_update_that_was_taken_together_and_what_was_never_answered(worker, mandate, du_gaotian, at):
    save(worker, du_gaotian, at, trade="cook")  # lapses
    later = at + timedelta(days=30)
    save(worker, du_gaotian, later, trade="cook", months_worked=3)
    last = save(worker, du_gaotian, later + timedelta(minutes=1), months_worked=4)
    confirming.deny(last, by=worker.user, at=later + timedelta(minutes=2))
    assert (shown(worker, "trade"), shown(worker, "months_worked")) == ("", None)


# At once


@pytest.mark.django_db(transaction=True)
def test_the_right_code_typed_four_times_at_once_counts_once(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    code = code_of(update)
    outcomes = at_once(*[lambda: confirming.by_code(update, code, by=du_gaotian, at=at)] * 4)
    assert len(passed(outcomes)) == 1
    assert Act.objects.filter(source=Source.BROKER_CONFIRMED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_all_counted(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    wrong = wrong_for(update)
    at_once(*[lambda: confirming.by_code(update, wrong, by=du_gaotian, at=at)] * 12)
    assert BrokerUpdate.objects.get(pk=update.pk).tries == TRIES
    with pytest.raises(Refusal, match="失效"):
        confirming.by_code(update, code_of(update), by=du_gaotian, at=at)


@pytest.mark.django_db(transaction=True)
def test_two_brokers_at_once_do_not_overrun_the_days_messages(
    worker, mandate, du_gaotian, fengjie_broker, at, parameter
):
    parameter("confirm_sms_per_day", 1)
    services.grant_mandate(worker, fengjie_broker, scope=["profile"], evidence="sms", by=worker.user, at=at)
    saves = [partial(save, worker, broker, at, trade="cook") for broker in (du_gaotian, fengjie_broker)]
    assert len(passed(at_once(*saves))) == 2
    assert SmsMessage.objects.filter(event=updating.EVENT).count() == 1
