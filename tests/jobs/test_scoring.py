"""The score: what raises it, that it explains itself, and that nothing personal can move it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.candidates import facts_of_intent, facts_of_vacancy, intent_values
from jobs.scoring import CandidateFacts, VacancyFacts, score
from workers.code_lists import Ethnicity, LeftBehind, Marital, Sex, Trade
from workers.models import JobIntent, Worker

DAY = date(2026, 3, 9)
VACANCY = VacancyFacts("electrician", "2", 800_000, "500116001", None)
PERSON = CandidateFacts(
    trade="electrician",
    trade_label="电工",
    other_trades=(),
    months=108,
    skill_level="3",
    min_pay_fen=600_000,
    pay_unit="month",
    home="500116001",
    wanted="",
    anywhere=False,
    available_on=None,
    known_on=DAY,
)


def total(**changes):
    return score(VACANCY, replace(PERSON, **changes), on=DAY).total


@pytest.mark.django_db
def test_a_perfect_fit_scores_one_hundred_and_says_why():
    perfect = score(VACANCY, PERSON, on=DAY)
    assert perfect.total == 100
    assert perfect.words() == ["工种一致（电工 9 年）", "期望 ¥6,000/月，够得上", "家就在几江街道"]


def test_each_shortcoming_costs_something():
    for worse in (
        {"trade": "plumber"},
        {"months": 12},
        {"skill_level": ""},
        {"skill_level": "1"},
        {"min_pay_fen": 900_000},
        {"home": "500116002"},
        {"home": "500236001"},
        {"available_on": DAY + timedelta(days=30)},
        {"known_on": DAY - timedelta(days=200)},
    ):
        assert total(**worse) < 100, worse


def test_the_own_trade_beats_one_also_known_beats_a_near_one_beats_another():
    also = total(trade="cook", other_trades=("electrician",))
    assert total() > also > total(trade="plumber") > total(trade="cook")


def test_nearer_is_better():
    places = ["500116001", "500116002", "500117001", "500236001"]
    scores = [total(home=place) for place in places]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_a_wanted_district_counts_more_than_where_home_is():
    assert total(home="500236001", wanted="500116") > total(home="500236001")


def test_pay_by_the_day_is_compared_by_the_month():
    assert total(min_pay_fen=30_000, pay_unit="day") == total(min_pay_fen=660_000)


facts = st.builds(
    CandidateFacts,
    trade=st.sampled_from(["", *Trade.values]),
    trade_label=st.just("电工"),
    other_trades=st.lists(st.sampled_from(Trade.values), max_size=3).map(tuple),
    months=st.integers(0, 900),
    skill_level=st.sampled_from(["", *"12345678"]),
    min_pay_fen=st.none() | st.integers(0, 100_000_000),
    pay_unit=st.sampled_from(["month", "day", "hour", "piece"]),
    home=st.sampled_from(["", "500116", "500116001", "500236", "510000"]),
    wanted=st.sampled_from(["", "50", "33", "500116", "500236"]),
    anywhere=st.booleans(),
    available_on=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    known_on=st.none() | st.dates(date(2020, 1, 1), DAY),
)


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=facts)
def test_every_score_lies_between_0_and_100_and_has_three_reasons(person):
    result = score(VACANCY, person, on=DAY)
    assert 0 <= result.total <= 100
    assert len(result.words()) == 3
    assert all(result.words())
    assert "{" not in "".join(result.reasons)


def test_the_inputs_have_no_room_for_what_must_not_count():
    known = set(CandidateFacts.__dataclass_fields__) | {field.name for field in JobIntent._meta.get_fields()}
    forbidden = {
        "sex",
        "ethnicity",
        "marital_status",
        "birth_date",
        "minor_children",
        "left_behind",
        "political_status",
    }
    assert not known & forbidden


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sex=st.sampled_from(Sex.values),
    ethnicity=st.sampled_from(Ethnicity.values),
    marital_status=st.sampled_from(Marital.values),
    political_status=st.sampled_from(["", "01", "13"]),
    minor_children=st.integers(0, 15),
    household_size=st.integers(1, 30),
    left_behind=st.lists(st.sampled_from(LeftBehind.values), max_size=2, unique=True),
)
def test_sex_ethnicity_and_family_of_a_full_row_change_nothing(make_seeker, vacancy, **personal):
    """The whole wide row is rewritten; the score that the page would show stays the same."""
    worker = make_seeker()

    def shown():
        row = intent_values(JobIntent.objects.filter(worker=worker)).get()
        result = score(facts_of_vacancy(vacancy), facts_of_intent(row), on=DAY)
        return result.total, result.reasons

    before = shown()
    Worker.objects.filter(pk=worker.pk).update(**personal)
    assert shown() == before


@pytest.mark.django_db
def test_the_invariance_test_can_fail(make_seeker, vacancy):
    """Negative control: a fact that does count moves the score."""
    worker = make_seeker()
    wanted = facts_of_vacancy(vacancy)
    before = score(wanted, facts_of_intent(intent_values(JobIntent.objects.filter(worker=worker)).get()), on=DAY)
    JobIntent.objects.filter(worker=worker).update(trade="cook")
    after = score(wanted, facts_of_intent(intent_values(JobIntent.objects.filter(worker=worker)).get()), on=DAY)
    assert after.total < before.total
