"""What runs by itself: the nightly task, the messages, the demo."""

from datetime import timedelta

import pytest
from django.core.management.base import CommandError

from accounts import demo as accounts_demo
from accounts.models import Notice
from core import outbox
from core.calendar import local_day
from employers import demo as employers_demo
from jobs import demo, services, tasks, wording
from jobs.models import Application, Recommendation, Vacancy
from jobs.services.vacancies import CHECKED_TEXTS
from workers.models import JobIntent, Worker

pytestmark = pytest.mark.django_db


def test_the_nightly_task_ends_what_is_over_and_may_run_twice(make_vacancy, at):
    make_vacancy(expires_on=local_day(at) - timedelta(days=1))
    assert tasks.close_expired() == {"vacancies": 1, "offers": 0}
    assert tasks.close_expired() == {"vacancies": 0, "offers": 0}


def test_whoever_waits_is_told_once_when_a_vacancy_ends(make_vacancy, seeker, wang_wei, at):
    vacancy = make_vacancy()
    services.apply(vacancy, seeker, by=wang_wei, at=at)
    services.expire_overdue(at=at + timedelta(days=40))
    for _time in range(2):
        outbox.drain(at=at + timedelta(days=40))
    assert Notice.objects.filter(user=wang_wei, event="jobs.ended").count() == 1


def test_a_worker_without_an_account_is_reached_by_the_registered_number(vacancy, make_seeker, du_gaotian, at):
    person = make_seeker("冉春燕", mobile="13800009999")
    services.recommend(vacancy, [person.pk], by=du_gaotian, at=at)
    outbox.drain(at=at)
    notice = Notice.objects.get(event="jobs.offered")
    assert notice.user is None
    assert notice.phone_index is not None


def test_every_topic_of_the_matter_has_somebody_who_answers():
    wanted = {"offered", "accepted", "declined", "applied", "hired", "rejected", "closed", "published", "refused"}
    assert {f"jobs.{name}" for name in wanted} <= outbox.topics()


@pytest.fixture
def seeded(at, settings):
    settings.DEBUG = True
    accounts_demo.seed(at=at)
    employers_demo.seed(rng_seed=7, at=at, scale=100)
    for number in range(60):
        division = ["500116001", "500236001"][number % 2]
        worker = Worker.objects.create(full_name="冉春", residence_division=division, created_at=at)
        JobIntent.objects.create(
            worker=worker,
            recommendable=True,
            home_district=division[:6],
            trade="electrician",
            verified_on=local_day(at),
        )
    demo.seed(rng_seed=7, at=at, scale=100)


def test_the_demo_is_lawful_consistent_and_seeded_once(seeded, at):
    demo.seed(rng_seed=7, at=at, scale=100)
    assert Vacancy.objects.count() == demo.FEWEST
    assert Vacancy.objects.published(at).filter(district="500116").count() > 20
    assert Vacancy.objects.published(at).filter(district="500236").count() > 10
    for row in Vacancy.objects.all():
        assert not wording.findings_by_field({name: getattr(row, name) for name in CHECKED_TEXTS})
        assert row.applications.placements().count() == row.filled_count
    assert Recommendation.objects.filter(broker__display_name="杜高田").exists()
    assert Application.objects.exists()


def test_the_demo_exists_only_where_it_is_one(settings, at):
    settings.DEMO = False
    with pytest.raises(CommandError):
        demo.seed(rng_seed=1, at=at, scale=100)
