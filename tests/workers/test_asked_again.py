"""What a broker's question meets: a mandate that ends, somebody who spoke, a no to part of what went unanswered."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse

from accounts.models import SmsMessage
from core.errors import NotAllowed
from workers import policies, services
from workers.enums import Source
from workers.freshness import confirming, updating
from workers.models import Act, BrokerUpdate, JobIntent, Mandate, Statement
from workers.services import mandates
from workers.services.locking import Held
from workers.views.updates import card

from .test_broker_updates import WISH, code_of, save, shown, source_of

# A mandate that ends in the moment of the yes


@pytest.mark.django_db(transaction=True)
def test_a_mandate_that_ends_before_the_row_is_held_confirms_nothing(worker, mandate, du_gaotian, at, monkeypatch):
    update = save(worker, du_gaotian, at, trade="cook")
    held = confirming._held

    def ended_meanwhile(update):
        services.end_mandate(mandate, by=worker.user, at=at)
        return held(update)

    monkeypatch.setattr(confirming, "_held", ended_meanwhile)
    with pytest.raises(NotAllowed):
        confirming.by_code(update, code_of(update), by=du_gaotian, at=at)
    assert BrokerUpdate.objects.get(pk=update.pk).state == "waiting"
    assert source_of(worker, "trade") == Source.BROKER


def end_while_a_yes_is_being_written(worker, mandate, broker, at, monkeypatch):
    """Whether the mandate was ended already when the yes, which had looked, was written."""
    update, looks, seen = save(worker, broker, at, trade="cook"), [], []
    may_act_for = policies.may_act_for

    def end():
        try:
            services.end_mandate(mandate, by=worker.user, at=at)
        finally:
            connections.close_all()

    ending = threading.Thread(target=end)

    def look(*asked, **when):
        may = may_act_for(*asked, **when)
        looks.append(may)
        if len(looks) == 2:  # behind the lock
            ending.start()
            time.sleep(0.5)
            seen.append(Mandate.objects.get(pk=mandate.pk).ended_at is not None)
        return may

    monkeypatch.setattr(policies, "may_act_for", look)
    code = code_of(update)
    confirming.by_code(update, code, by=broker, at=at)
    ending.join(timeout=30)
    assert Mandate.objects.get(pk=mandate.pk).ended_at is not None
    return seen == [True]


@pytest.fixture
def another_in_charge(worker, mandate, fengjie_broker, at):
    """So that ending the first mandate has no other reason to wait for the person's row."""
    services.grant_mandate(worker, fengjie_broker, scope=["profile"], evidence="sms", by=worker.user, at=at)


@pytest.mark.django_db(transaction=True)
def test_ending_a_mandate_waits_for_the_yes_that_is_being_written(
    worker, mandate, another_in_charge, du_gaotian, at, monkeypatch
):
    assert not end_while_a_yes_is_being_written(worker, mandate, du_gaotian, at, monkeypatch)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_ends_in_the_middle(worker, mandate, another_in_charge, du_gaotian, at, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(mandates, "hold", lambda worker: Held(worker, worker))
    assert end_while_a_yes_is_being_written(worker, mandate, du_gaotian, at, monkeypatch)


# Somebody spoke meanwhile


def overtaken(worker, broker, at, **stated):
    """An update of which the worker said one value otherwise before the code was typed."""
    update = save(worker, broker, at, **stated)
    services.record(worker, {"trade": "electrician"}, source=Source.WORKER, by=worker.user, at=at)
    with pytest.raises(confirming.Overtaken):
        confirming.by_code(update, code_of(update), by=broker, at=at)
    return update


def test_after_an_update_was_overtaken_the_same_values_are_asked_again_at_once(worker, mandate, du_gaotian, at):
    overtaken(worker, du_gaotian, at, trade="cook", months_worked=3)
    later = at + timedelta(minutes=5)
    saved = updating.state(worker, {"trade": "cook", "months_worked": 3}, by=du_gaotian, at=later)
    assert saved.sent and SmsMessage.objects.filter(event=updating.EVENT).count() == 2
    confirming.by_code(saved.update, code_of(saved.update), by=du_gaotian, at=later)
    assert shown(worker, "trade") == "cook"
    assert source_of(worker, "months_worked") == Source.BROKER_CONFIRMED


def test_within_the_days_messages_it_waits_on_the_workers_own_page(worker, mandate, du_gaotian, at, parameter):
    parameter("confirm_sms_per_day", 1)
    overtaken(worker, du_gaotian, at, trade="cook")
    again = save(worker, du_gaotian, at + timedelta(minutes=5), trade="cook")
    assert again.sent_at is None
    confirming.by_hand(again, by=worker.user, at=at + timedelta(minutes=6))
    assert shown(worker, "trade") == "cook"


def test_what_was_answered_or_still_waits_is_not_asked_again(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook")
    minute = timedelta(minutes=1)
    assert updating.state(worker, {"trade": "cook"}, by=du_gaotian, at=at + minute).update == update
    confirming.by_hand(update, by=worker.user, at=at + 2 * minute)
    assert updating.state(worker, {"trade": "cook"}, by=du_gaotian, at=at + 3 * minute).update is None
    assert BrokerUpdate.objects.count() == 1


def test_what_another_broker_has_said_today_is_asked_by_this_one_too(worker, mandate, du_gaotian, fengjie_broker, at):
    services.grant_mandate(worker, fengjie_broker, scope=["profile"], evidence="sms", by=worker.user, at=at)
    save(worker, fengjie_broker, at, trade="cook")
    mine = save(worker, du_gaotian, at + timedelta(minutes=1), trade="cook")
    confirming.by_code(mine, code_of(mine), by=du_gaotian, at=at + timedelta(minutes=2))
    assert source_of(worker, "trade") == Source.BROKER_CONFIRMED


# A no to part of what nobody answered


def test_a_no_leaves_what_lapsed_and_was_not_asked_again(worker, mandate, du_gaotian, at):
    save(worker, du_gaotian, at, trade="cook", months_worked=3)  # lapses
    later = at + timedelta(days=30)
    confirming.deny(save(worker, du_gaotian, later, trade="welder"), by=worker.user, at=later)
    assert (shown(worker, "trade"), shown(worker, "months_worked")) == ("", 3)
    assert source_of(worker, "months_worked") == Source.BROKER


def test_what_was_taken_back_of_an_act_stays_on_record_as_undone(worker, mandate, du_gaotian, at):
    save(worker, du_gaotian, at, trade="cook", months_worked=3)
    later = at + timedelta(days=30)
    confirming.deny(save(worker, du_gaotian, later, trade="welder"), by=worker.user, at=later)
    said = {tuple(one.texts): one.act.undone_at for one in Statement.objects.filter(act__source=Source.BROKER)}
    assert said == {("3",): None, ("cook",): later, ("welder",): later}
    assert set(Act.objects.filter(source=Source.BROKER).values_list("actor_id", flat=True)) == {du_gaotian.pk}


def test_the_rest_keeps_its_place_among_what_was_said_later_that_day(worker, mandate, du_gaotian, at):
    """Taken back in parts, an earlier statement does not become the newest."""
    save(worker, du_gaotian, at, trade="cook", months_worked=3)
    BrokerUpdate.objects.update(state="lapsed")
    save(worker, du_gaotian, at + timedelta(minutes=1), months_worked=4)
    BrokerUpdate.objects.update(state="lapsed")
    later = at + timedelta(days=30)
    confirming.deny(save(worker, du_gaotian, later, trade="welder"), by=worker.user, at=later)
    assert (shown(worker, "trade"), shown(worker, "months_worked")) == ("", 4)


def test_a_no_takes_back_what_was_overtaken_too(worker, mandate, du_gaotian, at):
    update = save(worker, du_gaotian, at, trade="cook", months_worked=3)
    services.record(worker, {"months_worked": 5}, source=Source.WORKER, by=worker.user, at=at)
    with pytest.raises(confirming.Overtaken):
        confirming.by_hand(update, by=worker.user, at=at)
    later = at + timedelta(minutes=5)
    confirming.deny(save(worker, du_gaotian, later, trade="welder"), by=worker.user, at=later)
    assert (shown(worker, "trade"), shown(worker, "months_worked")) == ("", 5)


def test_a_no_brings_no_unanswered_wish_of_the_same_broker_back(worker, mandate, du_gaotian, at):
    save(worker, du_gaotian, at, job_intent=WISH)  # lapses
    later = at + timedelta(days=30)
    update = save(worker, du_gaotian, later, job_intent={**WISH, "trade": "welder"})
    confirming.deny(update, by=worker.user, at=later)
    assert not JobIntent.objects.filter(worker=worker).exists()
    assert source_of(worker, "job_intent") == 0


def test_a_no_brings_back_the_same_wish_where_somebody_else_has_stated_it_since(
    worker, mandate, du_gaotian, fengjie_broker, at
):
    services.grant_mandate(worker, fengjie_broker, scope=["profile"], evidence="sms", by=worker.user, at=at)
    save(worker, du_gaotian, at, job_intent=WISH)  # lapses
    save(worker, fengjie_broker, at + timedelta(days=5), job_intent=WISH)
    later = at + timedelta(days=30)
    update = save(worker, du_gaotian, later, job_intent={**WISH, "trade": "welder"})
    confirming.deny(update, by=worker.user, at=later)
    assert JobIntent.objects.get(worker=worker).trade == "cook"
    assert source_of(worker, "job_intent") == Source.BROKER


def test_after_a_no_the_worker_reads_what_else_is_the_brokers(worker, mandate, du_gaotian, at, client_of):
    save(worker, du_gaotian, at, trade="cook", months_worked=3)
    later = at + timedelta(days=30)
    update = save(worker, du_gaotian, later, trade="welder")
    confirming.deny(update, by=worker.user, at=later)
    page = client_of(worker.user).get(reverse("workers:broker_update", args=[update.pk])).text
    assert "你还没有确认过的：本年从业月数" in page


def test_an_older_updates_page_leaves_out_what_a_later_no_took_back(worker, mandate, du_gaotian, at, client_of):
    older = save(worker, du_gaotian, at, trade="cook", months_worked=3)
    later = at + timedelta(days=30)
    confirming.deny(save(worker, du_gaotian, later, trade="welder"), by=worker.user, at=later)
    assert [str(line["label"]) for line in card(worker, older)["lines"]] == ["本年从业月数"]
    assert "没有内容" not in client_of(worker.user).get(reverse("workers:broker_update", args=[older.pk])).text
