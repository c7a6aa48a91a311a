"""How complete a profile is."""

from workers import services
from workers.completeness import completeness
from workers.enums import Source
from workers.indicators import Page


def page(worker, name):
    worker.refresh_from_db()
    return next(state for state in completeness(worker) if state.page == name)


def test_only_what_the_worker_can_add_is_missing(worker):
    state = page(worker, Page.WHO)
    assert [indicator.code for indicator in state.missing] == ["political_status"]
    assert (state.known, state.total) == (6, 9)


def test_stating_a_value_completes_the_group(worker, at):
    services.record(worker, {"political_status": "13"}, source=Source.WORKER, by=worker.user, at=at)
    assert page(worker, Page.WHO).is_complete


def test_without_work_no_employer_is_missing(worker, at):
    before = page(worker, Page.WORK).total
    services.record(worker, {"employment_status": "5"}, source=Source.WORKER, by=worker.user, at=at)
    state = page(worker, Page.WORK)
    assert state.total < before
    assert "employer_name" not in [indicator.code for indicator in state.missing]


def test_without_children_no_school_is_missing(worker, at):
    services.record(worker, {"minor_children": 0}, source=Source.WORKER, by=worker.user, at=at)
    assert "accompanying_children" not in [indicator.code for indicator in page(worker, Page.FAMILY).missing]
