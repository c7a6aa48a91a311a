"""Taking a statement back: what it replaced stands again with its source, and nothing said since is lost."""

from datetime import date, timedelta

import pytest

from core import audit
from core.calendar import local_day
from workers import services
from workers.code_lists import EmploymentStatus
from workers.enums import Source
from workers.indicators import BY_CODE
from workers.models import Provenance
from workers.services.retracting import retract

pytestmark = pytest.mark.django_db
USCC = "91500116DEM000014G"
PLACED = {
    "employment_status": EmploymentStatus.EMPLOYED,
    "employer_uscc": USCC,
    "employer_name": "重庆测试电气有限公司",
    "industry": "C",
    "work_division": "500116001",
    "job_start": date(2026, 3, 9),
}


def held(worker, code):
    provenance, place = Provenance.objects.get(worker=worker), BY_CODE[code].number - 1
    return provenance.sources[place], provenance.observed[place]


def place(worker, at, **changes):
    return services.record(
        worker, {**PLACED, **changes}, source=Source.COMPUTED, by=None, at=at, observed_on=local_day(at)
    )


def take_back(worker, placed_at, at, **changes):
    stated = {**PLACED, **changes}
    return retract(worker, stated, source=Source.COMPUTED, observed_on=local_day(placed_at), by=None, at=at)


def test_only_what_a_hire_says_may_be_computed_by_it(worker, at):
    assert set(place(worker, at).changed) == set(PLACED)
    assert {code for code, row in BY_CODE.items() if row.placed} == set(PLACED)


def test_what_stood_before_stands_again_with_its_source(worker, at):
    own = {"employment_status": "5", "work_division": "500236"}
    services.record(worker, own, source=Source.WORKER, by=worker.user, at=at)
    before = {code: held(worker, code) for code in PLACED}
    hired = at + timedelta(days=3)
    place(worker, hired)
    assert set(take_back(worker, hired, hired + timedelta(days=1))) == set(PLACED)
    worker.refresh_from_db()
    assert (worker.employment_status, worker.work_division, worker.migration_type) == ("5", "500236", "3")
    assert (worker.employer_name, worker.employer_uscc, worker.industry, worker.job_start) == ("", "", "", None)
    assert {code: held(worker, code) for code in PLACED} == before
    assert audit.timeline(worker).last().verb == "workers.retract"


def test_what_was_said_since_is_left_alone(worker, at):
    place(worker, at)
    later = at + timedelta(days=2)
    services.record(worker, {"work_division": "500236"}, source=Source.WORKER, by=worker.user, at=later)
    undone = take_back(worker, at, later)
    worker.refresh_from_db()
    assert "work_division" not in undone
    assert (worker.work_division, worker.employer_name) == ("500236", "")


def test_what_was_so_before_the_statement_stays(worker, at):
    services.record(worker, {"employer_name": PLACED["employer_name"]}, source=Source.WORKER, by=worker.user, at=at)
    hired = at + timedelta(days=3)
    place(worker, hired)
    take_back(worker, hired, hired)
    worker.refresh_from_db()
    assert (worker.employer_name, worker.employer_uscc) == (PLACED["employer_name"], "")


def test_of_two_statements_only_the_one_meant_is_undone(worker, at):
    place(worker, at)
    second = at + timedelta(days=5)
    place(worker, second, employer_name="另一家单位")
    take_back(worker, second, second, employer_name="另一家单位")
    worker.refresh_from_db()
    assert (worker.employer_name, worker.employment_status) == (PLACED["employer_name"], "1")


def test_what_a_later_statement_repeated_stays_when_the_first_is_undone(worker, at):
    place(worker, at)
    second = at + timedelta(days=5)
    place(worker, second, employer_name="另一家单位")
    assert take_back(worker, at, second) == ()
    worker.refresh_from_db()
    assert (worker.employer_name, worker.employment_status) == ("另一家单位", "1")
    assert set(take_back(worker, second, second, employer_name="另一家单位")) == set(PLACED)


def test_a_department_is_not_contradicted_by_a_hire(worker, at):
    services.record(worker, {"employment_status": "5"}, source=Source.HUMAN_RESOURCES, by=None, at=at)
    assert place(worker, at + timedelta(days=3)).kept == ("employment_status",)


def test_a_second_time_changes_nothing(worker, at):
    place(worker, at)
    take_back(worker, at, at)
    entries = audit.timeline(worker).count()
    assert take_back(worker, at, at) == ()
    assert audit.timeline(worker).count() == entries
