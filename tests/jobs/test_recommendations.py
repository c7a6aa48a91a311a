"""Offers: only to those who agreed, never twice, answered by the worker alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.calendar import local_day
from core.errors import NotAllowed, Refusal
from jobs import candidates, services
from jobs.enums import ApplicationSource, RecommendationState
from jobs.models import Application, Recommendation
from workers import services as workers_services
from workers.models import ContactGrant
from workers.services.intents import TO_BE_RECOMMENDED

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(vacancy, seeker, du_gaotian, at):
    [row] = services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at).offers
    return row


def test_an_offer_keeps_its_score_and_three_reasons(offer):
    assert offer.score > 90
    assert len(offer.reasons) == 3
    assert offer.reasons[0].startswith("工种一致")


def test_nobody_is_offered_the_same_job_twice(offer, vacancy, seeker, wang_wei, du_gaotian, at):
    services.decline(offer, by=wang_wei, at=at)
    again = services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at)
    assert (again.offers, again.skipped) == ([], 1)
    with pytest.raises(IntegrityError, match="once_ever"), transaction.atomic():
        Recommendation.objects.create(
            vacancy=vacancy,
            worker=seeker,
            division=vacancy.division_id,
            broker=du_gaotian,
            score=1,
            offered_at=at,
            answer_by=local_day(at),
        )


def test_who_did_not_agree_is_skipped(vacancy, make_seeker, du_gaotian, at):
    silent = make_seeker(recommendable=False)
    settled = make_seeker(wants=False)
    sent = services.recommend(vacancy, [silent.pk, settled.pk], by=du_gaotian, at=at)
    assert (sent.offers, sent.skipped) == ([], 2)


@pytest.mark.parametrize("purpose", TO_BE_RECOMMENDED)
def test_taking_either_consent_back_stops_recommendations(vacancy, seeker, wang_wei, du_gaotian, at, purpose):
    assert [one.worker for one in candidates.rank(vacancy, du_gaotian, at=at).candidates] == [seeker]
    workers_services.withdraw_consent(seeker, purpose, by=wang_wei, at=at)
    assert candidates.rank(vacancy, du_gaotian, at=at).candidates == []
    assert services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at).skipped == 1


def test_people_of_another_jurisdiction_are_skipped(vacancy, seeker, fengjie_broker, at):
    assert services.recommend(vacancy, [seeker.pk], by=fengjie_broker, at=at).skipped == 1


def test_at_most_twenty_at_a_time(vacancy, du_gaotian, at):
    with pytest.raises(Refusal, match="最多推荐 20 人"):
        services.recommend(vacancy, list(range(21)), by=du_gaotian, at=at)


def test_nobody_ticked_is_said_at_the_field(vacancy, du_gaotian, at):
    with pytest.raises(Refusal) as refusal:
        services.recommend(vacancy, [], by=du_gaotian, at=at)
    assert refusal.value.field == "worker"


def test_only_brokers_recommend(vacancy, seeker, wang_wei, jiangjin_official, at):
    for other in (wang_wei, jiangjin_official):
        with pytest.raises(NotAllowed):
            services.recommend(vacancy, [seeker.pk], by=other, at=at)


def test_accepting_files_an_application_and_lets_this_broker_see_the_phone(offer, seeker, wang_wei, du_gaotian, at):
    assert not ContactGrant.objects.exists()
    application = services.accept(offer, by=wang_wei, at=at)
    assert application.source == ApplicationSource.RECOMMENDATION
    assert services.reveal_phone(application, by=du_gaotian, at=at) == "13800000001"


def test_an_unanswered_offer_shows_no_phone(offer, seeker, du_gaotian):
    assert services.whose_phone_may_be_seen(du_gaotian, [seeker.pk]) == set()
    assert not Application.objects.exists()


def test_only_the_worker_answers_not_even_a_broker_with_a_mandate(offer, mandate, du_gaotian, li_fang, at):
    for other in (du_gaotian, li_fang):
        with pytest.raises(NotAllowed):
            services.accept(offer, by=other, at=at)


def test_an_answer_counts_once(offer, wang_wei, at):
    services.decline(offer, by=wang_wei, at=at)
    with pytest.raises(Refusal, match="已谢绝"):
        services.accept(offer, by=wang_wei, at=at)
    assert not Application.objects.exists()


def test_accepting_what_one_already_applied_for_keeps_one_application(vacancy, seeker, wang_wei, du_gaotian, at):
    [offer] = services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at).offers
    services.apply(vacancy, seeker, by=wang_wei, at=at)
    services.accept(offer, by=wang_wei, at=at)
    assert Application.objects.count() == 1


def test_offers_end_after_a_week_and_the_task_may_run_twice(offer, at):
    assert services.expire_unanswered(at=at + timedelta(days=7)) == 0
    assert services.expire_unanswered(at=at + timedelta(days=8)) == 1
    assert services.expire_unanswered(at=at + timedelta(days=8)) == 0
    offer.refresh_from_db()
    assert offer.state == RecommendationState.EXPIRED
