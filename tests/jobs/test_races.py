"""Fifty at once for one place, in real transactions; and the proof that the lock is what holds."""

from collections import Counter
from functools import partial

import pytest
from django.db import transaction
from django.db.models import F

from core.transitions import move
from jobs import services
from jobs.enums import ApplicationState, VacancyState
from jobs.models import Application, Vacancy
from tests.races import at_once, meeting
from workers.models import Worker

ATTEMPTS = 50
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contenders(make_vacancy, du_gaotian, at):
    """One place, fifty applications."""
    vacancy = make_vacancy(headcount=1)
    workers = [Worker.objects.create(full_name=f"甲{n}", created_at=at) for n in range(ATTEMPTS)]
    return Application.objects.bulk_create(
        [
            Application(
                vacancy=vacancy,
                worker=worker,
                division=vacancy.division_id,
                source="broker",
                applied_at=at,
                applied_by=du_gaotian,
            )
            for worker in workers
        ]
    )


def all_at_once(act, rows):
    """Run `act` on each row in its own thread and transaction, all started together; count what came of it."""
    outcomes = at_once(*(partial(act, row) for row in rows))
    return Counter(type(outcome).__name__ if isinstance(outcome, Exception) else "done" for outcome in outcomes)


def test_fifty_hires_for_the_last_place_give_exactly_one(contenders, jiangjin_official, at):
    jiangjin_official.jurisdiction_prefixes()
    outcomes = all_at_once(lambda row: services.hire(row, by=jiangjin_official, at=at), contenders)
    print(f"{ATTEMPTS} parallel hires for 1 place: {outcomes}")
    assert outcomes == {"done": 1, "Refusal": ATTEMPTS - 1}
    assert Application.objects.filter(state=ApplicationState.HIRED).count() == 1
    vacancy = Vacancy.objects.get()
    assert (vacancy.filled_count, vacancy.state) == (1, VacancyState.FILLED)


def test_without_lock_and_constraint_the_place_is_overfilled(contenders, jiangjin_official, at):
    """Negative control: the same steps, reading the count without the lock, hire more people than there are places."""
    together = meeting(ATTEMPTS)

    def naive(row):
        with transaction.atomic():
            vacancy = Vacancy.objects.get(pk=row.vacancy_id)
            together()  # everybody has read the count before anybody writes
            if vacancy.places_left > 0:
                move(row, "hire", by=jiangjin_official, at=at, hired_at=at, hired_by=jiangjin_official)

    outcomes = all_at_once(naive, contenders)
    print(f"{ATTEMPTS} parallel hires without the lock: {outcomes}")
    assert Application.objects.filter(state=ApplicationState.HIRED).count() > 1


def test_without_the_lock_the_constraint_still_holds(contenders, at):
    """The second net: whatever code forgets the lock, the count cannot pass the headcount."""

    def count_up(row):
        with transaction.atomic():
            Vacancy.objects.filter(pk=row.vacancy_id).update(filled_count=F("filled_count") + 1)

    outcomes = all_at_once(count_up, contenders[:20])
    assert outcomes == {"done": 1, "IntegrityError": 19}


def test_two_taps_on_apply_give_one_application(vacancy, seeker, wang_wei, at):
    outcomes = all_at_once(lambda _n: services.apply(vacancy, seeker, by=wang_wei, at=at), range(10))
    assert outcomes == {"done": 1, "Refusal": 9}
    assert Application.objects.count() == 1


def test_two_brokers_never_ask_the_same_person_twice(vacancy, seeker, du_gaotian, at):
    du_gaotian.jurisdiction_prefixes()
    all_at_once(lambda _n: services.recommend(vacancy, [seeker.pk], by=du_gaotian, at=at), range(10))
    assert vacancy.recommendations.count() == 1
