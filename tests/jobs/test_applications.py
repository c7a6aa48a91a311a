"""Applying, withdrawing, being hired: who may, what is kept, who sees the phone number."""

from datetime import timedelta

import pytest

from core import audit
from core.errors import NotAllowed, Refusal
from jobs import services
from jobs.enums import ApplicationSource, ApplicationState, VacancyState
from jobs.models import Application, Vacancy
from workers import services as workers_services
from workers.models import ContactGrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(vacancy, seeker, wang_wei, at):
    return services.apply(vacancy, seeker, by=wang_wei, at=at)


def test_a_worker_applies_once(application, vacancy, seeker, wang_wei, at):
    assert application.source == ApplicationSource.SELF
    with pytest.raises(Refusal, match="已经报过名"):
        services.apply(vacancy, seeker, by=wang_wei, at=at)


def test_after_withdrawing_one_may_apply_again(application, vacancy, seeker, wang_wei, at):
    services.withdraw(application, by=wang_wei, at=at)
    services.apply(vacancy, seeker, by=wang_wei, at=at)
    assert Application.objects.filter(state=ApplicationState.APPLIED).count() == 1


def test_nobody_applies_for_a_vacancy_that_is_over(make_vacancy, seeker, wang_wei, at):
    over = make_vacancy(expires_on=(at - timedelta(days=2)).date())
    with pytest.raises(Refusal, match="不再招人"):
        services.apply(over, seeker, by=wang_wei, at=at)


def test_another_worker_cannot_apply_in_my_name(vacancy, seeker, li_fang, at):
    with pytest.raises(NotAllowed):
        services.apply(vacancy, seeker, by=li_fang, at=at)


def test_a_broker_without_a_mandate_cannot_apply_for_a_worker(vacancy, seeker, du_gaotian, at):
    with pytest.raises(NotAllowed, match="没有本人的有效委托"):
        services.apply(vacancy, seeker, by=du_gaotian, at=at)


def test_a_broker_with_a_mandate_applies_and_the_trail_names_the_broker(vacancy, seeker, mandate, du_gaotian, at):
    row = services.apply(vacancy, seeker, by=du_gaotian, at=at)
    assert (row.source, row.applied_by) == (ApplicationSource.BROKER, du_gaotian)
    [entry] = audit.timeline(row)
    assert "杜高田" in entry.actor
    assert entry.data["worker"] == seeker.worker_no


def test_an_ended_mandate_opens_nothing(vacancy, seeker, mandate, du_gaotian, wang_wei, at):
    workers_services.end_mandate(mandate, by=wang_wei, at=at)
    with pytest.raises(NotAllowed):
        services.apply(vacancy, seeker, by=du_gaotian, at=at)


def test_the_keeper_of_the_vacancy_sees_the_phone_and_the_worker_sees_who_looked(application, seeker, du_gaotian, at):
    assert services.reveal_phone(application, by=du_gaotian, at=at) == "13800000001"
    application.refresh_from_db()
    assert application.state == ApplicationState.VIEWED
    looked = audit.timeline(seeker).filter(verb="workers.reveal").get()
    assert looked.actor_id == du_gaotian.pk
    assert "低压电工" in looked.reason


def test_nobody_else_sees_the_phone(application, fengjie_broker, li_fang, jiangjin_official, at):
    for other in (fengjie_broker, li_fang, jiangjin_official):
        with pytest.raises(NotAllowed):
            services.reveal_phone(application, by=other, at=at)


def test_withdrawing_takes_the_phone_back(application, seeker, wang_wei, du_gaotian, at):
    application = services.withdraw(application, by=wang_wei, at=at)
    assert not ContactGrant.objects.filter(worker=seeker, withdrawn_at__isnull=True).exists()
    with pytest.raises(NotAllowed):
        services.reveal_phone(application, by=du_gaotian, at=at)


def test_withdrawing_one_of_two_applications_with_the_same_broker_keeps_the_phone(
    application, make_vacancy, seeker, wang_wei, du_gaotian, at
):
    other = services.apply(make_vacancy(title="维修电工"), seeker, by=wang_wei, at=at)
    services.withdraw(application, by=wang_wei, at=at)
    assert services.reveal_phone(other, by=du_gaotian, at=at) == "13800000001"


def test_nothing_is_shown_when_the_look_cannot_be_recorded(application, du_gaotian, at, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the trail is locked")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        services.reveal_phone(application, by=du_gaotian, at=at)


def test_hiring_counts_a_place_and_the_last_one_fills_the_vacancy(
    make_vacancy, make_seeker, seeker, wang_wei, du_gaotian, at
):
    vacancy = make_vacancy(headcount=1)
    application = services.apply(vacancy, seeker, by=wang_wei, at=at)
    hired = services.hire(application, by=du_gaotian, at=at)
    assert (hired.state, hired.hired_at, hired.hired_by) == (ApplicationState.HIRED, at, du_gaotian)
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.filled_count) == (VacancyState.FILLED, 1)


def test_no_one_is_hired_beyond_the_headcount(make_vacancy, seeker, li_fang, make_seeker, wang_wei, du_gaotian, at):
    vacancy = make_vacancy(headcount=1)
    first = services.apply(vacancy, seeker, by=wang_wei, at=at)
    second = services.apply(vacancy, make_seeker("李芳", user=li_fang), by=li_fang, at=at)
    services.hire(first, by=du_gaotian, at=at)
    with pytest.raises(Refusal, match="已经招满"):
        services.hire(second, by=du_gaotian, at=at)


def test_only_the_keeper_or_a_local_official_says_who_was_hired(
    application, fengjie_broker, fengjie_official, wang_wei, jiangjin_official, at
):
    for other in (fengjie_broker, fengjie_official, wang_wei):
        with pytest.raises(NotAllowed):
            services.hire(application, by=other, at=at)
    assert services.hire(application, by=jiangjin_official, at=at).state == ApplicationState.HIRED


def test_a_hired_worker_cannot_be_rejected_afterwards(application, du_gaotian, at):
    services.hire(application, by=du_gaotian, at=at)
    with pytest.raises(Refusal, match="已录用"):
        services.reject(application, reason="换人", by=du_gaotian, at=at)
    assert Vacancy.objects.get().filled_count == 1
