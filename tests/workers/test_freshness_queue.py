"""Whom a broker should ask first: only their own people, by points whose reasons stand beside them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from workers import services
from workers.enums import Source
from workers.freshness import confirming, queue, updating
from workers.models import Mandate, Provenance, Worker
from workers.precedence import day_number

pytestmark = pytest.mark.django_db
WISH = {"wants_job": True, "trade": "cook", "pay_unit": "month"}
EVERYTHING = {
    "trade": "cook",
    "work_division": "500116",
    "employment_status": "2",
    "monthly_income": 600_000,
    "months_worked": 8,
    "training_need": ["cook"],
    "job_intent": {**WISH, "wants_job": False},
}


def state(worker, at, *, days_ago, **values):
    services.record(worker, values, source=Source.WORKER, by=worker.user, at=at - timedelta(days=days_ago))


def line_of(broker, at):
    lines = queue.of(broker, at=at).lines
    return lines[0] if lines else None


def test_nobody_is_there_without_a_mandate_for_the_profile(worker, du_gaotian, at):
    assert not queue.of(du_gaotian, at=at).lines
    mandate = services.grant_mandate(worker, du_gaotian, scope=["jobs"], evidence="sms", by=worker.user, at=at)
    assert not queue.of(du_gaotian, at=at).lines
    services.end_mandate(mandate, by=worker.user, at=at)
    services.grant_mandate(worker, du_gaotian, scope=["profile"], evidence="sms", by=worker.user, at=at)
    assert [line.worker for line in queue.of(du_gaotian, at=at).lines] == [worker]
    assert not queue.of(du_gaotian, at=at + timedelta(days=366)).lines


def test_whoever_was_asked_lately_is_not_in_it(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=10, **EVERYTHING)
    assert line_of(du_gaotian, at) is None


def test_the_reason_says_how_long_and_what(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=245, **EVERYTHING)
    state(
        worker, at, days_ago=3, months_worked=8, monthly_income=600_000, training_need=["cook"], employment_status="2"
    )
    line = line_of(du_gaotian, at)
    assert line.reasons == ("8 个月没有核实：求职意愿、主要工种、务工地",)
    # each weight times the days over the period, in whole points
    assert line.points == 30 * 245 // 180 + 20 * 245 // 180 + 15 * 245 // 180


def test_who_looks_for_work_counts_more_and_what_was_never_said_counts_as_the_bound(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=1, **{**EVERYTHING, "trade": ""})
    Provenance.objects.filter(worker=worker).update(sources=_without(worker, 22))
    assert (line_of(du_gaotian, at).points, line_of(du_gaotian, at).reasons) == (80, ("还没有说过：主要工种",))
    state(worker, at, days_ago=1, job_intent=WISH)
    assert line_of(du_gaotian, at).points == 120


def _without(worker, number):
    sources = Provenance.objects.get(worker=worker).sources
    sources[number - 1] = 0
    return sources


def test_age_is_bounded(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=2000, **EVERYTHING)
    assert line_of(du_gaotian, at).points == 4 * (30 + 20 + 15 + 15 + 10 + 5 + 5)


def test_what_a_department_says_is_not_the_brokers_to_ask(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=1, **EVERYTHING)
    old = at - timedelta(days=900)
    services.record(worker, {"employment_status": "1"}, source=Source.HUMAN_RESOURCES, by=None, at=old)
    assert line_of(du_gaotian, at) is None


def test_a_departments_later_change_is_a_reason_by_itself(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=20, **EVERYTHING)
    services.record(worker, {"employer_name": "新厂"}, source=Source.MARKET, by=None, at=at - timedelta(days=30))
    assert line_of(du_gaotian, at) is None  # the worker has spoken since
    services.record(worker, {"employer_name": "别的厂"}, source=Source.MARKET, by=None, at=at - timedelta(days=5))
    line = line_of(du_gaotian, at)
    assert (line.points, line.reasons) == (30, ("部门后来登记了变化，可能换了工作或住处",))
    assert "厂" not in "".join(line.reasons)


def test_an_update_that_nobody_confirmed_in_time_is_a_reason(worker, mandate, du_gaotian, at):
    state(worker, at, days_ago=1, **EVERYTHING)
    update = updating.state(worker, {"trade": "welder"}, by=du_gaotian, at=at).update
    assert line_of(du_gaotian, at) is None  # it waits
    later = at + timedelta(days=4)
    assert line_of(du_gaotian, later).reasons == ("上次的更新过期没有确认",)
    again = updating.state(worker, {"trade": "welder"}, by=du_gaotian, at=later).update
    assert line_of(du_gaotian, later) is None
    assert again.pk != update.pk
    confirming.by_hand(again, by=worker.user, at=later)
    assert line_of(du_gaotian, later) is None  # the last one was answered


def many_people(broker, at, number):
    rows = Worker.objects.bulk_create([Worker(full_name=f"王{n}", created_at=at) for n in range(number)])
    Mandate.objects.bulk_create(
        [
            Mandate(
                worker=row,
                broker=broker,
                scope=["profile"],
                evidence="sms",
                granted_at=at,
                expires_at=at + timedelta(days=365),
            )
            for row in rows
        ]
    )
    today = day_number(at.date())
    Provenance.objects.bulk_create(
        [Provenance(worker=row, sources=[3] * 65, observed=[today - 181 - n] * 65) for n, row in enumerate(rows)]
    )
    return rows


def test_three_hundred_people_take_two_queries_and_pages_neither_skip_nor_repeat(du_gaotian, at):
    rows = many_people(du_gaotian, at, 300)
    with CaptureQueriesContext(connection) as asked:
        queue.of(du_gaotian, at=at)
    assert len(asked) == 2  # the parameters, and everything else
    seen, after = [], ""
    while True:
        page = queue.of(du_gaotian, at=at, after=after)
        seen += page.lines
        after = page.after
        if not after:
            break
    assert {line.worker.pk for line in seen} == {row.pk for row in rows}
    assert len(seen) == 300
    assert [line.points for line in seen] == sorted((line.points for line in seen), reverse=True)


@pytest.mark.parametrize("after", ["", "x", "1.", "-1.5", "9" * 40 + ".1", "１.２", "1.2.3"])
def test_what_is_no_place_in_the_list_begins_at_its_head(worker, mandate, du_gaotian, at, after):
    assert [line.worker for line in queue.of(du_gaotian, at=at, after=after).lines] == [worker]
