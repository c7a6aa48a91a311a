"""Sensitive values and those about children: who reads them on what ground, over every path by which they are read."""

import inspect
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.calendar import local_day
from jobs import scoring
from jobs.candidates import _WORKER_FIELDS, INTENT_FIELDS
from monitoring.figures import classes, registry
from workers import facets, services
from workers.admin.people import WorkerAdmin
from workers.disputes import filing
from workers.enums import Purpose, Source
from workers.indicators import BY_CODE, INDICATORS
from workers.models import Worker
from workers.presentation import shown_to
from workers.sensitive import is_sensitive
from workers.services.retracting import retract
from workers.twins import comparing

SENSITIVE = [row for row in INDICATORS if is_sensitive(row)]
COLUMNS = {column for row in SENSITIVE for column in row.columns}
CHILDREN, POVERTY = BY_CODE["minor_children"], BY_CODE["poverty_monitoring"]
ON = date(2026, 3, 9)
WITHHELD = "本人没有同意给别人看"


@pytest.fixture
def told(worker, at):
    """王伟 told of two children, and agreed that others read it; a department registered the household's class."""
    services.record(worker, {"minor_children": 2}, source=Source.WORKER, by=worker.user, at=at)
    services.record(worker, {"poverty_monitoring": "1"}, source=Source.AGRICULTURE, by=None, at=at)
    services.give_consent(worker, Purpose.SENSITIVE, by=worker.user, at=at)
    return worker


def fresh(worker):
    return Worker.objects.get(pk=worker.pk)


@pytest.fixture
def withdrawn(told, at):
    services.withdraw_consent(told, Purpose.SENSITIVE, by=told.user, at=at)
    return fresh(told)


def test_there_are_seven_of_them():
    assert len(SENSITIVE) == 7


def test_officials_read_what_the_person_told_only_with_consent(told, jiangjin_official, at):
    assert shown_to(jiangjin_official, fresh(told), CHILDREN, on=ON) == "2 人"
    services.withdraw_consent(told, Purpose.SENSITIVE, by=told.user, at=at)
    assert shown_to(jiangjin_official, fresh(told), CHILDREN, on=ON) == WITHHELD


def test_what_a_department_registered_by_law_is_read_whatever_was_agreed(told, withdrawn, jiangjin_official):
    assert shown_to(jiangjin_official, withdrawn, POVERTY, on=ON) not in ("", WITHHELD)


def test_an_answer_never_given_is_no_consent(worker, jiangjin_official, at):
    services.record(worker, {"minor_children": 2}, source=Source.WORKER, by=worker.user, at=at)
    assert shown_to(jiangjin_official, fresh(worker), CHILDREN, on=ON) == WITHHELD


def test_the_person_reads_their_own(withdrawn):
    assert shown_to(withdrawn.user, withdrawn, CHILDREN, on=ON) == "2 人"


def test_what_is_unknown_is_not_said_to_be_withheld(worker, jiangjin_official):
    assert shown_to(jiangjin_official, worker, CHILDREN, on=ON) == ""


def test_the_officials_page_withholds_it(withdrawn, jiangjin_official, client_of):
    page = client_of(jiangjin_official).get(reverse("admin:workers_worker_change", args=[withdrawn.pk])).text
    assert WITHHELD in page
    assert "2 人" not in page


def test_two_rows_side_by_side_withhold_it(withdrawn, jiangjin_official, at):
    other = Worker.objects.create(full_name="王伟", created_at=at)
    groups = comparing.compared(jiangjin_official, (withdrawn, other), on=ON)
    assert WITHHELD in [side.value for _page, lines in groups for line in lines for side in line.sides]


@pytest.mark.parametrize("indicator", SENSITIVE, ids=lambda row: row.code)
def test_brokers_read_none_of_them_consent_or_not(told, mandate, du_gaotian, indicator):
    assert not indicator.broker_sees
    assert "2" not in shown_to(du_gaotian, fresh(told), indicator, on=ON)


def test_a_clients_page_holds_none_of_them(told, mandate, du_gaotian, client_of):
    page = client_of(du_gaotian).get(reverse("workers:client_profile", args=[told.worker_no])).text
    assert not [row.code for row in SENSITIVE if str(row.label) in page or f'name="{row.code}"' in page]


def test_lists_choices_ranking_and_reports_read_no_column_of_them():
    chosen = {name for name, _filter in WorkerAdmin.list_filter}
    assert not COLUMNS & {*chosen, *INTENT_FIELDS, *_WORKER_FIELDS}
    for module in (facets, scoring, registry, classes):
        assert not [column for column in COLUMNS if column in inspect.getsource(module)], module


def test_the_office_of_a_dispute_reads_only_with_consent_what_else_was_told(worker, jiangjin_official, client_of):
    at = timezone.now()
    services.record(worker, {"minor_children": 2}, source=Source.WORKER, by=worker.user, at=at)
    services.record(worker, {"minor_children": 3}, source=Source.POLICE, by=None, at=at)
    dispute = filing.file(fresh(worker), CHILDREN, 4, reason="孩子成年了", by=worker.user, at=at)

    def page():
        return client_of(jiangjin_official).get(reverse("admin:workers_dispute_change", args=[dispute.pk])).text

    assert ["3 人" in page(), "4 人" in page(), "2 人" in page(), WITHHELD in page()] == [True, True, False, True]
    retract(worker, {"minor_children": 3}, source=Source.POLICE, observed_on=local_day(at), by=None, at=timezone.now())
    assert f"现在登记的</th><td>{WITHHELD}" in page()
    services.give_consent(worker, Purpose.SENSITIVE, by=worker.user, at=timezone.now())
    assert "现在登记的</th><td>2 人" in page()
