"""A vacancy's course: who may register, check, publish and end it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.calendar import local_day
from core.errors import NotAllowed, Refusal
from core.models import OutboxMessage
from core.transitions import AlreadyMoved
from employers.enums import EmployerState
from employers.models import Employer
from jobs import services
from jobs.enums import RecommendationState, VacancyState
from jobs.models import Recommendation, Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(notice, du_gaotian, at):
    return services.register(**notice(), by=du_gaotian, at=at)


def test_a_broker_registers_and_an_official_publishes(pending, jiangjin_official, at):
    published = services.publish(pending, by=jiangjin_official, at=at)
    assert published.state == VacancyState.PUBLISHED
    assert Vacancy.objects.published(at).get() == published
    assert [entry.verb for entry in audit.timeline(pending)] == ["jobs.register", "publish"]


def test_a_pending_vacancy_is_not_public(pending, wang_wei, at):
    assert not Vacancy.objects.published(at).exists()
    assert not Vacancy.objects.visible_to(wang_wei).exists()


def test_a_worker_cannot_register(notice, wang_wei, at):
    with pytest.raises(NotAllowed):
        services.register(**notice(), by=wang_wei, at=at)


def test_the_official_of_another_district_cannot_publish(pending, fengjie_official, at):
    with pytest.raises(NotAllowed):
        services.publish(pending, by=fengjie_official, at=at)


def test_whoever_registered_cannot_check(notice, jiangjin_official, at):
    own = services.register(**notice(), by=jiangjin_official, at=at)
    with pytest.raises(NotAllowed):
        services.publish(own, by=jiangjin_official, at=at)


def test_the_database_too_keeps_maker_and_checker_apart(pending, at):
    with pytest.raises(IntegrityError, match="jobs_vacancy_four_eyes"), transaction.atomic():
        Vacancy.objects.update(state=VacancyState.PUBLISHED, checked_by=pending.registered_by, checked_at=at)


def test_discriminating_words_are_refused_at_their_field_with_the_article(notice, du_gaotian, at):
    with pytest.raises(Refusal, match="第二十四条") as refusal:
        services.register(**notice(requirements="持低压电工证，限男性。"), by=du_gaotian, at=at)
    assert refusal.value.field == "requirements"
    assert not Vacancy.objects.exists()


def test_words_that_slipped_in_are_refused_again_at_publishing(pending, jiangjin_official, at):
    Vacancy.objects.update(duties="女士优先")
    pending.refresh_from_db()
    with pytest.raises(Refusal, match="女士优先"):
        services.publish(pending, by=jiangjin_official, at=at)


def test_an_employer_who_is_not_verified_cannot_be_published(pending, jiangjin_official, at):
    Employer.objects.update(state=EmployerState.PENDING, decided_by=None, decided_at=None)
    pending.employer.refresh_from_db()
    with pytest.raises(Refusal, match="还没有核验"):
        services.publish(pending, by=jiangjin_official, at=at)


def test_losing_the_verification_hides_a_published_vacancy(vacancy, at):
    assert Vacancy.objects.published(at).exists()
    Employer.objects.update(state=EmployerState.REFUSED)
    assert not Vacancy.objects.published(at).exists()


@pytest.mark.parametrize("days", [-1, 91])
def test_the_last_day_lies_within_ninety_days(notice, du_gaotian, at, days):
    with pytest.raises(Refusal) as refusal:
        services.register(**notice(expires_on=local_day(at) + timedelta(days=days)), by=du_gaotian, at=at)
    assert refusal.value.field == "expires_on"


def test_a_refused_notice_comes_back_with_its_reason_and_can_be_corrected(
    pending, notice, jiangjin_official, du_gaotian, at
):
    refused = services.refuse(pending, reason="工资没有写清楚", by=jiangjin_official, at=at)
    assert refused.refusal_reason == "工资没有写清楚"
    again = services.revise(refused, by=du_gaotian, at=at, **notice(title="低压电工（持证）"))
    assert (again.state, again.refusal_reason, again.checked_by) == (VacancyState.PENDING, "", None)
    assert services.publish(again, by=jiangjin_official, at=at).title == "低压电工（持证）"


def test_refusing_needs_a_reason(pending, jiangjin_official, at):
    with pytest.raises(Refusal):
        services.refuse(pending, reason="  ", by=jiangjin_official, at=at)


def test_the_second_official_is_told_who_decided(pending, jiangjin_official, city_official, at):
    services.publish(pending, by=jiangjin_official, at=at)
    with pytest.raises(AlreadyMoved, match="江津经办"):
        services.refuse(pending, reason="不清楚", by=city_official, at=at)


def test_a_vacancy_is_refreshed_at_most_once_a_day(vacancy, du_gaotian, at):
    with pytest.raises(Refusal, match="今天已经刷新过"):
        services.refresh(vacancy, by=du_gaotian, at=at)
    later = at + timedelta(hours=21)
    assert services.refresh(vacancy, by=du_gaotian, at=later).refreshed_at == later


def test_another_broker_can_neither_refresh_nor_close(vacancy, fengjie_broker, at):
    with pytest.raises(NotAllowed):
        services.refresh(vacancy, by=fengjie_broker, at=at + timedelta(days=2))
    with pytest.raises(NotAllowed):
        services.close(vacancy, reason="不招了", by=fengjie_broker, at=at)


def test_closing_ends_the_open_offers(vacancy, seeker, du_gaotian, at):
    services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at)
    services.close(vacancy, reason="订单取消", by=du_gaotian, at=at)
    assert Recommendation.objects.get().state == RecommendationState.EXPIRED
    assert OutboxMessage.objects.filter(topic="jobs.closed").count() == 1


def test_expiry_takes_overdue_vacancies_off_the_list_and_may_run_twice(make_vacancy, at):
    old = make_vacancy(expires_on=local_day(at) - timedelta(days=1))
    kept = make_vacancy()
    assert list(Vacancy.objects.published(at)) == [kept]  # hidden even before the task ran
    assert services.expire_overdue(at=at) == 1
    assert services.expire_overdue(at=at) == 0
    old.refresh_from_db()
    assert old.state == VacancyState.EXPIRED


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"pay_min_fen": 900_000}, "pay_in_order"),
        ({"pay_min_fen": 0}, "paid"),
        ({"headcount": 0}, "headcount"),
        ({"filled_count": 3}, "not_overfilled"),
        ({"pay_day": None}, "monthly_pay_has_a_day"),
        ({"trade": "wizard"}, "trade_known"),
        ({"state": "nowhere"}, "state"),
        ({"state": "filled"}, "filled_is_full"),
        ({"state": "refused"}, "refused_with_reason"),
        ({"checked_by": None, "checked_at": None}, "published_was_checked"),
    ],
)
def test_the_database_refuses_what_must_never_be(vacancy, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Vacancy.objects.filter(pk=vacancy.pk).update(**changes)


def test_search_finds_words_in_title_duties_place_and_employer(make_vacancy, notice, du_gaotian, at):
    row = services.register(**notice(), by=du_gaotian, at=at)
    for words in ("低压电工", "线路", "江津", "几江街道 电工", "测试电气"):
        assert Vacancy.objects.search(words).get() == row, words
    assert not Vacancy.objects.search("月嫂").exists()


def test_search_narrows_by_trade_district_pay_benefits_and_day_pay(make_vacancy):
    by_day = make_vacancy(
        trade="mason", pay_unit="day", pay_min_fen=30_000, pay_max_fen=40_000, pay_cycle="day", pay_day=None
    )
    elsewhere = make_vacancy(division_id="500236001", benefits=["meals", "lodging", "insurance"])
    assert list(Vacancy.objects.search(trade="mason")) == [by_day]
    assert list(Vacancy.objects.search(district="500236")) == [elsewhere]
    assert list(Vacancy.objects.search(pay_from_fen=850_000)) == [by_day]  # 400 yuan a day are 8,800 a month
    assert list(Vacancy.objects.search(benefits=["lodging", "meals"])) == [elsewhere]
    assert list(Vacancy.objects.search(daily=True)) == [by_day]
