"""Guesses at the same moment are counted one after the other; without the lock both would slip by the limit."""

import pytest
from django.utils import timezone

from tests.races import at_once, meet_after
from wages import law, services
from wages.models import Case, Draft, StatusTry
from wages.services import resuming

from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one_try(monkeypatch):
    monkeypatch.setattr(resuming, "FROM_ONE_ADDRESS", 1)


def guess():
    return services.find_draft("0" * resuming.LENGTH, at=timezone.now(), address="10.0.0.1")


def test_two_guesses_at_once_are_one_and_a_closed_door(one_try):
    assert at_once(guess, guess) == [None, None]
    assert StatusTry.objects.count() == 1


def test_without_the_lock_both_would_count_as_the_first(one_try, monkeypatch):
    monkeypatch.setattr(resuming, "queue_for", lambda *keys: None)
    monkeypatch.setattr(resuming.law, "draft_days", meet_after(law.draft_days, 2))
    at_once(guess, guess)
    assert StatusTry.objects.count() == 2


def test_a_spoken_complaint_is_filed_once_however_often_it_is_sent(jiangjin_official):
    at = timezone.now()
    draft = services.begin_for(channel="window", code=None, by=jiangjin_official, at=at)
    place = {"employer_name": "某包工头", "site_name": "德感物流园", "division": "500116"}
    answers = [("field", {"field_type": "construction"}), ("where", place), ("you", {"name": "王小明"})]
    draft = services.take_down(draft, answers, phone=PHONE, by=jiangjin_official, at=at)

    def file():
        from .conftest import photo

        return services.file_on_record(Draft(pk=draft.pk), photo(), by=jiangjin_official, at=at)

    outcomes = at_once(file, file, file)
    assert sum(isinstance(outcome, Case) for outcome in outcomes) == 1
    assert Case.objects.count() == 1
