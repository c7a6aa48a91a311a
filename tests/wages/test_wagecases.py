"""The synthetic cases that measures read: valid rows, an honest trail, and phones that open them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import audit
from tools.bench import wagecases
from tools.bench.stage import WHOLE_CITY, Stage
from wages import services
from wages.models import Case


@pytest.fixture
def written(code, city_official, jiangjin_official):
    for user, name in ((city_official, "city"), (jiangjin_official, "jiangjin")):
        user.username = name
        user.save()
    wagecases.write(60, rng_seed=1, at=timezone.now())


def test_cases_pass_every_constraint_and_their_trail_is_in_the_chain(written):
    assert Case.objects.count() == 60
    assert audit.verify().faults == []
    for case in Case.objects.all():
        case.validate_constraints()
        verbs = list(audit.timeline(case).values_list("verb", flat=True))
        assert verbs[0] == "submit"
        assert (case.closed_at is None) == (case.state in wagecases._WAITING)


def test_a_sampled_case_opens_by_its_phone(written):
    sampled = wagecases.sample(5)
    at = timezone.now() + timedelta(minutes=1)
    for one in sampled:
        assert services.find(one.number, one.phone[-4:], at=at, address="10.0.0.1").number == one.number


def test_the_number_of_cases_follows_the_scale(monkeypatch):
    at = timezone.now()
    assert wagecases.wanted(Stage(scale=WHOLE_CITY, seed=1, at=at)) == 200_000
    assert wagecases.wanted(Stage(scale=20_000, seed=1, at=at)) == wagecases.FEWEST
    monkeypatch.setenv("BENCH_CASES", "70")
    assert wagecases.wanted(Stage(scale=WHOLE_CITY, seed=1, at=at)) == 70
