"""Who is told how far a clock is: up the ladder at 70, 90 and 100 per cent, once each, with a history."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from core import audit, calendar, parameters
from core.models import Parameter
from wages import deadlines, desk, ladder, services
from wages.enums import CaseState, Rung
from wages.models import Alarm, Case, CaseClock
from wages.terms import ClockKind

from .conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_in_jiangjin(django_user_model, jiangjin_official):
    from tests.conftest import _person

    return _person("official", "江津副手", divisions=["500116"])


@pytest.fixture
def contacted(case, jiangjin_official, at):
    """Nothing but the clock of acceptance runs: five working days from 9 March 2026."""
    return services.note_contact(case, by=jiangjin_official, at=at, note="电话")


def told(case):
    rows = case.alarms.order_by("at", "pk")
    return [(row.clock, row.rung, row.percent, {str(user) for user in row.told.all()}) for row in rows]


def test_each_rung_is_told_once_on_its_day_and_the_history_says_whom(
    contacted, jiangjin_official, second_in_jiangjin, city_official
):
    case = services.assign(contacted, to=second_in_jiangjin, by=jiangjin_official, at=on(date(2026, 3, 9)))
    for n in range(9, 32):  # every hour of the day would do the same
        services.watch(at=on(date(2026, 3, n), 9))
        services.watch(at=on(date(2026, 3, n), 17))
    assert told(case) == [
        ("accept", Rung.HANDLER, 80, {"江津副手"}),
        ("accept", Rung.DISTRICT, 100, {"江津副手", "江津经办"}),
        ("accept", Rung.CITY, 100, {"江津副手", "江津经办", "市级经办"}),
    ]
    assert [row.at.date() for row in case.alarms.order_by("at")] == [
        date(2026, 3, 13),
        date(2026, 3, 16),
        date(2026, 3, 17),
    ]
    verbs = [entry.verb for entry in audit.timeline(case)]
    assert verbs.count("deadline_near") == 2 and verbs.count("deadline_over") == 1


def test_what_the_history_says_is_what_people_received(contacted, jiangjin_official, city_official, deliver):
    services.watch(at=on(date(2026, 3, 16)))
    services.watch(at=on(date(2026, 3, 17)))
    deliver(on(date(2026, 3, 17)))
    deliver(on(date(2026, 3, 17)))
    near = Notice.objects.filter(event="wages.deadline_near")
    assert [(row.user, "已用 100%" in row.text) for row in near] == [(jiangjin_official, True)]
    over = Notice.objects.filter(event="wages.deadline_over")
    assert {row.user for row in over} == {jiangjin_official, city_official} and over.count() == 2


def test_after_an_outage_of_three_days_everybody_hears_once_and_only_the_highest(
    contacted, jiangjin_official, city_official, deliver
):
    """Nothing ran from Thursday to Tuesday: 70 and 90 per cent were passed in the dark."""
    services.watch(at=on(date(2026, 3, 12)))
    assert services.watch(at=on(date(2026, 3, 17), 8)) == (0, 0, 1)
    assert services.watch(at=on(date(2026, 3, 17), 9)) == (0, 0, 0)
    deliver(on(date(2026, 3, 20)))  # the outbox slept as long
    deliver(on(date(2026, 3, 20)))
    assert Notice.objects.filter(event="wages.deadline_over").count() == 2
    assert not Notice.objects.filter(event="wages.deadline_near").exists()


def test_an_outage_within_the_term_is_caught_up_at_the_rung_it_has_reached(contacted, jiangjin_official, city_official):
    assert services.watch(at=on(date(2026, 3, 16))) == (0, 1, 0)
    assert services.watch(at=on(date(2026, 3, 16))) == (0, 0, 0)


def test_a_last_day_that_moves_is_another_one_and_told_anew(contacted, jiangjin_official, city_official, deliver):
    services.watch(at=on(date(2026, 3, 16)))
    moved_at = on(date(2026, 3, 16), 12)
    calendar.set_day(date(2026, 3, 16), is_workday=False, name="临时放假", source="通知", by=city_official, at=moved_at)
    deliver(moved_at)
    case = Case.objects.get(pk=contacted.pk)
    assert case.due_on == date(2026, 3, 17)
    assert services.watch(at=on(date(2026, 3, 17))) == (0, 1, 0)
    assert services.watch(at=on(date(2026, 3, 18))) == (0, 0, 1)


def test_the_shares_are_parameters(contacted, jiangjin_official, city_official):
    today = timezone.localdate()
    row = Parameter(key="wages.warn_percent_first", valid_from=today, value=20, title="x", source="x")
    parameters.add(row, by=city_official, at=timezone.now())
    assert deadlines.read(deadlines.Clock(date(2026, 3, 9), 5), (20, 90)).marks[0] == date(2026, 3, 10)
    assert ladder.rung(20, over=False, percents=(20, 90)) == Rung.HANDLER
    assert ladder.rung(19, over=False, percents=(20, 90)) == 0
    assert ladder.rung(90, over=False, percents=(20, 90)) == Rung.DISTRICT


def test_who_stepped_aside_hears_nothing(contacted, jiangjin_official, city_official):
    services.recuse(contacted, by=jiangjin_official, at=on(date(2026, 3, 10)), reason="亲属")
    services.watch(at=on(date(2026, 3, 17)))
    assert told(contacted)[0][3] == {"市级经办"}


def test_the_colour_in_lists_goes_by_the_same_shares(contacted, accepted):
    tones = {}
    for day in (date(2026, 4, 1), date(2026, 5, 14), date(2026, 6, 1), date(2026, 6, 12)):
        tones[day] = desk.with_due([Case.objects.get(pk=accepted.pk)], at=on(day))[0].due["tone"]
    assert list(tones.values()) == ["neutral", "warn", "danger", "danger"]


def test_the_first_word_with_the_complainant_has_three_working_days(case, jiangjin_official, at):
    clock = case.clocks.get()
    assert (clock.kind, clock.due_on) == (ClockKind.CONTACT, date(2026, 3, 12))
    assert clock.rule.startswith("wages.contact_workdays@")
    assert services.watch(at=on(date(2026, 3, 12))) == (0, 1, 0)
    services.note_contact(case, by=jiangjin_official, at=on(date(2026, 3, 12), 15), note="电话，已说明")
    assert case.clocks.get().ended_on == date(2026, 3, 12)
    services.watch(at=on(date(2026, 3, 30)))
    assert not case.alarms.filter(clock=ClockKind.CONTACT, rung=Rung.CITY).exists()


def test_an_answer_in_writing_is_a_first_word_too(case, accepted):
    assert case.clocks.get().ended_on == date(2026, 3, 10)


def test_the_decision_has_fifteen_working_days_from_the_end_of_the_inquiry(investigating, jiangjin_official, at):
    case = services.end_investigation(investigating, by=jiangjin_official, at=on(date(2026, 3, 20)), note="已查清")
    clock = case.clocks.get(kind=ClockKind.DECISION)
    assert clock.due_on == calendar.add_workdays(date(2026, 3, 20), 15).day == date(2026, 4, 13)
    pay_by = date(2026, 4, 20)
    services.order(case, by=jiangjin_official, at=on(date(2026, 4, 8)), amount_fen=1, pay_by=pay_by)
    clock.refresh_from_db()
    assert clock.ended_on == date(2026, 4, 8)


def test_a_changed_calendar_moves_the_running_clocks_and_never_those_that_have_ended(
    investigating, jiangjin_official, city_official, at, deliver
):
    services.end_investigation(investigating, by=jiangjin_official, at=on(date(2026, 3, 20)), note="已查清")
    contact, decision = CaseClock.objects.order_by("pk")
    changed = on(date(2026, 4, 9))
    for day in (date(2026, 3, 12), date(2026, 4, 10)):
        calendar.set_day(day, is_workday=False, name="临时放假", source="通知", by=city_official, at=changed)
    deliver(changed)
    deliver(changed)
    before = {row.pk: row.due_on for row in (contact, decision)}
    contact.refresh_from_db()
    decision.refresh_from_db()
    assert contact.due_on == before[contact.pk] == date(2026, 3, 12)
    assert decision.due_on == date(2026, 4, 14) == calendar.add_workdays(date(2026, 3, 20), 15).day
    moves = audit.timeline(investigating).filter(verb="deadline_moved", reason="作出处理决定")
    assert moves.count() == 1


def test_the_offices_clocks_are_silent_once_the_case_is_over(case, jiangjin_official, at):
    services.withdraw(case, by=None, at=at)
    assert services.watch(at=on(date(2026, 4, 30))) == (0, 0, 0)
    assert Case.objects.get(pk=case.pk).state == CaseState.WITHDRAWN
    assert not Alarm.objects.exists()


def test_the_case_page_shows_what_runs_and_who_was_told(fresh_case, jiangjin_official, city_official, client_of):
    at = timezone.now()
    services.watch(at=at + timedelta(days=30))
    page = client_of(jiangjin_official).get(f"/admin/wages/case/{fresh_case.pk}/change/").content.decode()
    for words in ("首次联系投诉人", "是否受理", "提醒过谁", "已超期", "市级经办", "记录已联系投诉人"):
        assert words in page


def test_two_watches_find_thousands_of_cases_with_few_questions(contacted, django_assert_max_num_queries):
    services.watch(at=on(date(2026, 3, 17)))
    with django_assert_max_num_queries(6):
        services.watch(at=on(date(2026, 3, 17)))
