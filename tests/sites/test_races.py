"""Two at the same moment: one report of an alert, one switch of a rule, files that are written one after another."""

from functools import partial

import pytest
from django.db import transaction

from core.errors import Refusal
from core.models import OutboxMessage
from sites import services
from sites.files import writing
from sites.models import Alert, PayrollLine, Stranger, WatchRule
from sites.watch import looking
from tests.races import at_once, meeting, passed
from workers.feeds import deciding

from .conftest import MARCH, receive, row, run, write

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 8


@pytest.fixture
def alert(site, at):
    write(row(1, paid=0, on=""), at)
    looking.evaluate(MARCH, 10, at=at)
    return Alert.objects.select_related("project").get(rule__key="unpaid-10")


def test_an_alert_is_reported_once_however_many_press_the_button(alert, jiangjin_official, at):
    jiangjin_official.jurisdiction_prefixes()
    act = partial(services.report, alert, reason="多次拖欠", by=jiangjin_official, at=at)
    outcomes = at_once(*[act] * TOGETHER)
    assert len(passed(outcomes)) == 1
    assert OutboxMessage.objects.filter(topic="sites.alert_reported").count() == 1


def test_without_the_condition_everybody_would_report_it(alert, jiangjin_official, at):
    """Negative control: reading first and writing afterwards makes as many reports as there are people."""
    together = meeting(TOGETHER)

    def naive():
        with transaction.atomic():
            seen = Alert.objects.get(pk=alert.pk)
            together()
            if seen.reported_at is not None:
                raise Refusal("这条预警已经转为线索了。")
            Alert.objects.filter(pk=alert.pk).update(reported_by=jiangjin_official, reported_at=at)

    assert len(passed(at_once(*[naive] * TOGETHER))) == TOGETHER


def test_a_proposed_switch_is_confirmed_once(city_official, at):
    from accounts.models import User

    others = []
    for number in range(TOGETHER):
        other = User(role="official", display_name=f"复核{number}", username=f"other-{number}", is_staff=True)
        other.set_unusable_password()
        other.save()
        other.jurisdictions.set(["500000"])
        other.jurisdiction_prefixes()
        others.append(other)
    rule = WatchRule.objects.get(key="many-unpaid-3")
    was = rule.is_on
    services.propose_switch(rule, reason="试算合理", by=city_official, at=at)
    outcomes = at_once(*(partial(services.confirm_switch, rule, by=other, at=at) for other in others))
    assert len(passed(outcomes)) == 1 and WatchRule.objects.get(pk=rule.pk).is_on is not was
    WatchRule.objects.filter(pk=rule.pk).update(is_on=was)


@pytest.fixture
def two_files(site, at):
    """Of the same strangers, both confirmed."""
    texts = ("".join(row(n, month=month, on="2026-04-15") for n in range(1, 40)) for month in ("2026-02", "2026-03"))
    return [deciding.confirm(run(receive(text, at), at), by=None, at=at) for text in texts]


def test_two_files_are_written_one_after_another(two_files, at):
    at_once(*(partial(run, batch, at) for batch in two_files))
    written = [run(batch, at).state for batch in two_files]  # whoever came second was put off, and goes on
    assert written == ["applied", "applied"]
    assert (PayrollLine.objects.count(), Stranger.objects.count()) == (78, 39)


def test_without_the_lock_both_would_add_the_same_strangers(two_files, at, monkeypatch):
    """Negative control: both look before either has written, and the second breaks on the first's strangers."""
    together = meeting(2)
    monkeypatch.setattr(writing, "one_at_a_time", lambda cursor, key: None)

    def write_now(batch):
        with transaction.atomic():
            return writing.apply(batch, lambda step: together() if step == "people" else None)

    assert len(passed(at_once(*(partial(write_now, batch) for batch in two_files)))) == 1
