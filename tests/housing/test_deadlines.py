"""The clocks: 15, 20 and 7 working days, over holidays, beyond the calendar, after a change of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Notice
from core import calendar, outbox
from core.models import CalendarDay
from housing import deadlines, services
from housing.enums import State
from housing.policy import rules_on

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("clock", "start", "last"),
    [
        (deadlines.DOCUMENTS, date(2026, 3, 9), date(2026, 3, 30)),
        (deadlines.PRELIMINARY, date(2026, 3, 9), date(2026, 4, 7)),  # 清明 is 6 April
        (deadlines.FINAL, date(2026, 3, 9), date(2026, 3, 18)),
        (deadlines.PUBLICITY, date(2026, 3, 9), date(2026, 3, 16)),
    ],
)
def test_each_clock_has_its_length(clock, start, last):
    assert deadlines.end(clock, start, rules_on(start)[clock.whole].value).day == last


def test_a_clock_that_runs_past_the_announced_calendar_is_provisional():
    start = date(2026, 12, 14)
    assert deadlines.end(deadlines.PRELIMINARY, start, 20).provisional
    assert not deadlines.end(deadlines.FINAL, start, 7).provisional


@pytest.mark.parametrize(
    ("percent", "already", "level"),
    [(79, 0, 0), (80, 0, 80), (99, 80, 0), (100, 80, 100), (130, 0, 100), (130, 100, 0)],
)
def test_each_warning_is_given_once(percent, already, level):
    assert deadlines.warning_due(percent, already) == level


def test_the_due_column_follows_the_state(submitted, jiangjin_official, city_official, at, fresh):
    assert submitted.due_on == submitted.preliminary_by == date(2026, 4, 7)
    row = services.take_up(submitted, by=jiangjin_official, at=at)
    assert row.due_on == date(2026, 4, 7)
    row = services.pass_preliminary(row, by=jiangjin_official, at=at)
    assert row.due_on == row.final_by == date(2026, 3, 18)
    row = services.pass_final(row, by=city_official, at=at)
    assert row.due_on == row.publicity_until == date(2026, 3, 16)


def test_a_changed_calendar_day_moves_the_running_clocks(submitted, city_official, at, fresh):
    calendar.set_day(date(2026, 3, 20), is_workday=False, name="临时放假", source="测试", by=city_official, at=at)
    outbox.drain(at=at)
    assert fresh(submitted).due_on == date(2026, 4, 8)
    CalendarDay.objects.filter(day=date(2026, 3, 20)).update(is_workday=True)
    services.recompute_deadlines(at=at)
    assert fresh(submitted).due_on == date(2026, 4, 7)


def test_recomputing_an_unchanged_calendar_moves_nothing(submitted, publicised, at):
    assert services.recompute_deadlines(at=at) == 0


def moment(day):
    return datetime.combine(day, datetime.min.time(), SHANGHAI).replace(hour=10)


def test_officials_are_warned_at_80_and_100_per_cent_and_not_again(in_preliminary, jiangjin_official):
    when = [moment(date(2026, 3, 30)), moment(date(2026, 3, 31)), moment(date(2026, 4, 7)), moment(date(2026, 4, 8))]
    given = [services.warn_of_deadlines(at=at) for at in when]
    assert given == [0, 1, 1, 0]
    outbox.drain(at=moment(date(2026, 4, 9)))
    texts = Notice.objects.filter(user=jiangjin_official, event="housing.deadline_near").values_list("text", flat=True)
    assert len(texts) == 2
    assert all("4月7日到期" in text for text in texts)


def test_the_applicant_is_warned_of_missing_papers(draft, at):
    row = services.submit(draft, by=draft.worker.user, at=at)
    assert row.state == State.DOCS_DUE
    assert services.warn_of_deadlines(at=moment(date(2026, 3, 25))) == 1
    outbox.drain(at=moment(date(2026, 3, 25)))
    notice = Notice.objects.get(user=draft.worker.user, event="housing.deadline_near")
    assert "3月30日" in notice.text


def test_a_clock_that_stopped_meanwhile_warns_nobody(in_preliminary, jiangjin_official):
    assert services.warn_of_deadlines(at=moment(date(2026, 3, 31))) == 1
    services.pass_preliminary(in_preliminary, by=jiangjin_official, at=moment(date(2026, 3, 31)))
    outbox.drain(at=moment(date(2026, 4, 1)))
    assert not Notice.objects.filter(event="housing.deadline_near").exists()


def test_queues_are_counted_by_state_and_district_without_drafts(in_preliminary, make_worker, li_fang, at):
    from housing.summary import queue_counts, summary

    services.start(make_worker(li_fang, "19880101", 4), by=li_fang, at=at)
    assert queue_counts() == [{"state": "preliminary_review", "division": "500116", "number": 1}]
    assert queue_counts(before=at.date()) == []
    card = summary(in_preliminary.worker)
    assert (card.title, card.deadline, card.waits_for_me) == ("正在初审", date(2026, 4, 7), False)
    assert summary(li_fang.worker).waits_for_me
