"""Clocks that are stopped and go on: with the days that were left, over holidays, 调休 and the calendar's end."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import calendar, outbox
from core.models import CalendarDay, Parameter
from housing import deadlines, services
from housing.enums import DocumentKind, State

from .conftest import photo

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def complete_on(worker, estate, fill, jiangjin_official, hand_in_papers):
    """`complete_on(day)`: handed in with all papers on that day and taken up at once."""

    def make(day):
        draft = fill(services.start(worker, by=worker.user, at=moment(day)), estate, moment=moment(day))
        hand_in_papers(draft, moment=moment(day))
        row = services.submit(draft, by=worker.user, at=moment(day))
        return services.take_up(row, by=jiangjin_official, at=moment(day, 11))

    return make


@pytest.fixture
def ask_and_supply(jiangjin_official):
    """Papers are asked for on one day and come on another."""

    def walk(row, asked, supplied, by=None):
        row = services.request_documents(row, text="补收入证明", by=by or jiangjin_official, at=moment(asked, 12))
        user = row.worker.user
        services.attach(row, DocumentKind.OTHER, [photo()], by=user, at=moment(supplied, 13))
        return services.supply(row, by=user, at=moment(supplied, 14))

    return walk


@pytest.mark.parametrize(
    ("complete", "asked", "supplied", "end"),
    [
        # 20 working days from Monday 9 March end on 7 April (清明 is 6 April); one is used before the 11th.
        (date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 12), date(2026, 4, 9)),
        # Asked and supplied within a day: that day alone does not count.
        (date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 11), date(2026, 4, 8)),
        # Papers on a Sunday: the next day counts.
        (date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 15), date(2026, 4, 10)),
        # 春节: asked on Saturday 14 February (调休, a working day), back on Saturday 28 February (调休) or a day later.
        (date(2026, 2, 6), date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 20)),
        (date(2026, 2, 6), date(2026, 2, 14), date(2026, 3, 1), date(2026, 3, 20)),
        # 国庆: the holiday in between gives and takes nothing; Saturday 10 October (调休) counts.
        (date(2026, 9, 21), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 28)),
        # Asked on the last day: that day is left.
        (date(2026, 3, 9), date(2026, 4, 7), date(2026, 4, 15), date(2026, 4, 16)),
        # Asked a day late: it was late, and stays late.
        (date(2026, 3, 9), date(2026, 4, 8), date(2026, 4, 15), date(2026, 4, 7)),
    ],
)
def test_the_preliminary_clock_stands_still_while_papers_are_awaited(
    complete_on, ask_and_supply, complete, asked, supplied, end
):
    row = ask_and_supply(complete_on(complete), asked, supplied)
    assert (row.state, row.due_on) == (State.PRELIMINARY_REVIEW, end)
    assert calendar.local_day(row.complete_at) == complete


def test_two_requests_never_make_more_than_twenty_days(complete_on, ask_and_supply):
    row = ask_and_supply(complete_on(date(2026, 3, 9)), date(2026, 3, 11), date(2026, 3, 12))
    assert row.preliminary_left == 19
    row = ask_and_supply(row, date(2026, 3, 19), date(2026, 3, 30))
    # Four more are gone (13, 16, 17, 18 March); fifteen after 30 March, without 清明.
    assert (row.preliminary_left, row.due_on) == (15, date(2026, 4, 21))


def test_a_clock_that_goes_on_beyond_the_announced_calendar_is_provisional(complete_on, ask_and_supply):
    row = ask_and_supply(complete_on(date(2026, 12, 14)), date(2026, 12, 16), date(2026, 12, 18))
    assert row.due_provisional
    CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2027, 1, day), is_workday=date(2027, 1, day).weekday() < 5, name="", source="测试")
        for day in range(1, 32)
    )
    assert services.recompute_deadlines(at=moment(date(2026, 12, 19))) == 1
    row.refresh_from_db()
    assert not row.due_provisional


def test_a_returned_review_has_the_days_that_remained(complete_on, jiangjin_official, city_official):
    row = services.pass_preliminary(complete_on(date(2026, 3, 9)), by=jiangjin_official, at=moment(date(2026, 3, 16)))
    assert row.due_on == date(2026, 3, 25)
    row = services.return_to_preliminary(row, reason="核对居住", by=city_official, at=moment(date(2026, 3, 18)))
    # 10–13 March were used: sixteen days after the 18th.
    assert row.due_on == date(2026, 4, 10)
    assert calendar.local_day(row.complete_at) == date(2026, 3, 9)
    row = services.pass_preliminary(row, by=jiangjin_official, at=moment(date(2026, 3, 23)))
    # The final review used 17 March: six days after the 23rd.
    assert row.due_on == date(2026, 3, 31)


def test_a_final_review_that_asks_for_papers_keeps_its_own_days_too(
    complete_on, ask_and_supply, jiangjin_official, city_official
):
    row = services.pass_preliminary(complete_on(date(2026, 3, 9)), by=jiangjin_official, at=moment(date(2026, 3, 16)))
    row = ask_and_supply(row, date(2026, 3, 19), date(2026, 3, 23), by=city_official)
    assert (row.state, row.due_on) == (State.PRELIMINARY_REVIEW, date(2026, 4, 15))
    row = services.pass_preliminary(row, by=jiangjin_official, at=moment(date(2026, 3, 24)))
    assert row.due_on == date(2026, 3, 31)


def test_an_objection_that_holds_gives_both_reviews_their_whole_time(
    complete_on, jiangjin_official, city_official, li_fang
):
    row = services.pass_preliminary(complete_on(date(2026, 3, 9)), by=jiangjin_official, at=moment(date(2026, 3, 16)))
    row = services.pass_final(row, by=city_official, at=moment(date(2026, 3, 18)))
    objection = services.raise_objection(row, text="他家在江津有两套房子。", by=li_fang, at=moment(date(2026, 3, 19)))
    row = services.uphold_objection(objection, decision="属实", by=city_official, at=moment(date(2026, 3, 20)))
    assert row.due_on == date(2026, 4, 20)
    assert calendar.local_day(row.complete_at) == date(2026, 3, 9)
    row = services.pass_preliminary(row, by=jiangjin_official, at=moment(date(2026, 3, 23)))
    assert row.due_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("key", "walk"),
    [
        ("housing.supplement_restarts_clock", "supply"),
        ("housing.return_restarts_clock", "return"),
        ("housing.objection_restarts_clock", "object"),
    ],
)
def test_whether_a_clock_starts_over_is_a_parameter_that_nobody_has_verified(
    key, walk, complete_on, ask_and_supply, jiangjin_official, city_official, li_fang
):
    known = Parameter.objects.get(key=key)
    assert not known.verified and "没有查到" in known.source
    Parameter.objects.create(key=key, valid_from=date(2026, 3, 1), value=not known.value, source="测试", title="测试")
    row = complete_on(date(2026, 3, 9))
    if walk == "supply":
        row = ask_and_supply(row, date(2026, 3, 11), date(2026, 3, 12))
        assert row.due_on == date(2026, 4, 10)
        return
    row = services.pass_preliminary(row, by=jiangjin_official, at=moment(date(2026, 3, 16)))
    if walk == "return":
        row = services.return_to_preliminary(row, reason="核对", by=city_official, at=moment(date(2026, 3, 18)))
        assert row.due_on == date(2026, 4, 16)
        return
    row = services.pass_final(row, by=city_official, at=moment(date(2026, 3, 18)))
    objection = services.raise_objection(row, text="他家在江津有两套房子。", by=li_fang, at=moment(date(2026, 3, 19)))
    row = services.uphold_objection(objection, decision="属实", by=city_official, at=moment(date(2026, 3, 20)))
    assert row.due_on == date(2026, 4, 14)


def test_a_clock_that_goes_on_warns_of_what_it_has_not_warned_of(complete_on, ask_and_supply):
    row = complete_on(date(2026, 3, 9))
    assert services.warn_of_deadlines(at=moment(date(2026, 3, 31))) == 1
    row.refresh_from_db()
    row = ask_and_supply(row, date(2026, 3, 31), date(2026, 4, 8))
    # Fifteen used, five left from 8 April: 75 %, so the warning at 80 comes again, and once.
    assert (row.warned_percent, row.due_on) == (0, date(2026, 4, 15))
    assert [services.warn_of_deadlines(at=moment(date(2026, 4, day))) for day in (8, 9, 10, 15)] == [0, 1, 0, 1]


def test_a_clock_that_goes_on_late_in_its_time_does_not_repeat_its_warning(complete_on, ask_and_supply):
    row = complete_on(date(2026, 3, 9))
    assert services.warn_of_deadlines(at=moment(date(2026, 4, 3))) == 1
    row.refresh_from_db()
    row = ask_and_supply(row, date(2026, 4, 3), date(2026, 4, 8))
    assert (row.warned_percent, row.due_on) == (80, date(2026, 4, 10))
    assert [services.warn_of_deadlines(at=moment(date(2026, 4, day))) for day in (9, 10)] == [0, 1]


def test_a_last_day_that_becomes_a_holiday_is_warned_of_again(complete_on, city_official):
    row, last = complete_on(date(2026, 3, 9)), date(2026, 4, 7)
    assert services.warn_of_deadlines(at=moment(last)) == 1
    calendar.set_day(last, is_workday=False, name="临时放假", source="测试", by=city_official, at=moment(last))
    outbox.drain(at=moment(last))
    row.refresh_from_db()
    assert (row.due_on, row.warned_percent) == (date(2026, 4, 8), 80)
    assert services.warn_of_deadlines(at=moment(last)) == 0
    assert services.warn_of_deadlines(at=moment(date(2026, 4, 8))) == 1


def test_a_change_of_the_calendar_that_moves_nothing_keeps_what_was_warned_of(complete_on):
    row = complete_on(date(2026, 3, 9))
    services.warn_of_deadlines(at=moment(date(2026, 4, 7)))
    assert services.recompute_deadlines(at=moment(date(2026, 4, 7))) == 0
    row.refresh_from_db()
    assert row.warned_percent == 100


def test_a_deadline_that_comes_nearer_keeps_what_was_warned_of(complete_on):
    row = complete_on(date(2026, 3, 9))
    services.warn_of_deadlines(at=moment(date(2026, 3, 31)))
    CalendarDay.objects.filter(day=date(2026, 4, 6)).update(is_workday=True)
    services.recompute_deadlines(at=moment(date(2026, 3, 31)))
    row.refresh_from_db()
    assert (row.due_on, row.warned_percent) == (date(2026, 4, 6), 80)


def test_a_stopped_clock_is_left_alone_when_the_calendar_changes(complete_on, jiangjin_official):
    row = services.request_documents(
        complete_on(date(2026, 3, 9)), text="补", by=jiangjin_official, at=moment(date(2026, 3, 11))
    )
    assert (row.preliminary_from, row.preliminary_left) == (None, 19)
    CalendarDay.objects.filter(day=date(2026, 3, 20)).update(is_workday=False)
    services.recompute_deadlines(at=moment(date(2026, 3, 12)))
    row.refresh_from_db()
    assert (row.preliminary_left, row.due_on) == (19, deadlines.end(deadlines.DOCUMENTS, date(2026, 3, 11), 15).day)
