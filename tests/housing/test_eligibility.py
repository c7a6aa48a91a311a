"""Every condition, on both sides of its limit, under the rules of its day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.eligibility import Facts, Person, assess, headline, unit_kind
from housing.enums import Relation, Rule, Sex, UnitKind, Work
from housing.policy import rules_on

pytestmark = pytest.mark.django_db

IN_2021, IN_2026 = date(2021, 6, 1), date(2026, 11, 20)
SPOUSE = Person(Relation.SPOUSE, Sex.FEMALE)
CHILD = Person(Relation.SON, Sex.MALE)


def facts(**changes):
    """Somebody who meets every condition of 2011 and of 2022."""
    base = Facts(
        on=IN_2026,
        birth_date=date(1983, 4, 12),
        sex=Sex.MALE,
        work=Work.EMPLOYED,
        contract_months=12,
        insurance_months=14,
        residence_months=30,
        income_fen=180_000,
    )
    return replace(base, **changes)


def outcome(rule, **changes):
    """The reason given for one rule."""
    given_facts = facts(**changes)
    result = assess(given_facts, rules_on(given_facts.on))
    return next(reason for reason in result.reasons if reason.rule == rule)


@pytest.mark.parametrize("day", [IN_2021, IN_2026])
def test_somebody_who_meets_everything_is_eligible_and_every_rule_gives_its_reason(day):
    result = assess(facts(on=day), rules_on(day))
    assert result.eligible
    assert {reason.rule for reason in result.reasons} == set(Rule)
    assert all(reason.sentence and reason.your_value and reason.article and reason.version for reason in result.reasons)
    assert headline(result) == "符合申请条件"


CASES = [
    # rule, day, changed facts, met?
    (Rule.AGE, IN_2026, {"birth_date": date(2008, 11, 20)}, True),
    (Rule.AGE, IN_2026, {"birth_date": date(2008, 11, 21)}, False),
    (Rule.HOME, IN_2026, {"home_m2": Decimal(0)}, True),
    (Rule.HOME, IN_2026, {"home_m2": Decimal("12.9")}, True),
    (Rule.HOME, IN_2026, {"home_m2": Decimal("13")}, False),
    (Rule.HOME, IN_2026, {"home_m2": Decimal("38.9"), "members": (SPOUSE, CHILD)}, True),
    (Rule.HOME, IN_2026, {"home_m2": Decimal("39"), "members": (SPOUSE, CHILD)}, False),
    (Rule.INCOME, IN_2021, {"income_fen": 200_000}, True),
    (Rule.INCOME, IN_2021, {"income_fen": 200_001}, False),
    (Rule.INCOME, IN_2021, {"income_fen": 300_000, "members": (SPOUSE,)}, True),
    (Rule.INCOME, IN_2021, {"income_fen": 300_001, "members": (SPOUSE,)}, False),
    (Rule.INCOME, IN_2021, {"income_fen": 450_000, "members": (SPOUSE, CHILD)}, True),
    (Rule.INCOME, IN_2021, {"income_fen": 450_001, "members": (SPOUSE, CHILD)}, False),
    (Rule.INCOME, IN_2021, {"income_fen": 900_000, "income_exempt": True}, True),
    (Rule.INCOME, IN_2026, {"income_fen": 900_000}, True),
    (Rule.WORK, IN_2021, {"contract_months": 12, "insurance_months": 6}, True),
    (Rule.WORK, IN_2021, {"contract_months": 12, "insurance_months": 0, "fund_months": 6}, True),
    (Rule.WORK, IN_2021, {"contract_months": 12, "insurance_months": 5, "fund_months": 5}, False),
    (Rule.WORK, IN_2021, {"contract_months": 6, "insurance_months": 24}, False),
    (Rule.WORK, IN_2026, {"contract_months": 6, "insurance_months": 0}, True),
    (Rule.WORK, IN_2026, {"contract_months": 0, "insurance_months": 0, "fund_months": 1}, True),
    (Rule.WORK, IN_2026, {"contract_months": 0, "insurance_months": 1}, True),
    (Rule.WORK, IN_2026, {"contract_months": 0, "insurance_months": 0}, False),
    (Rule.WORK, IN_2026, {"work": Work.FLEXIBLE, "insurance_months": 6, "residence_months": 6}, True),
    (Rule.WORK, IN_2026, {"work": Work.FLEXIBLE, "insurance_months": 5, "residence_months": 6}, False),
    (Rule.WORK, IN_2026, {"work": Work.FLEXIBLE, "insurance_months": 6, "residence_months": 5}, False),
    (Rule.WORK, IN_2026, {"work": Work.RETIRED, "insurance_months": 0, "contract_months": 0}, True),
    (Rule.WORK, IN_2026, {"work": Work.CIVIL_SERVANT, "contract_months": 0, "insurance_months": 0}, True),
    (Rule.WORK, IN_2026, {"work": Work.NONE}, False),
    (Rule.STUDENT, IN_2021, {"is_student": True}, True),
    (Rule.STUDENT, IN_2026, {"is_student": True}, False),
    (Rule.TRANSFER, IN_2026, {"transferred_on": date(2023, 11, 20)}, True),
    (Rule.TRANSFER, IN_2026, {"transferred_on": date(2023, 11, 21)}, False),
    (Rule.PUBLIC_HOUSING, IN_2026, {"in_public_housing": True}, False),
    (Rule.FAMILY, IN_2026, {"family_can_help": True}, False),
]


@pytest.mark.parametrize(("rule", "day", "changes", "met"), CASES)
def test_each_condition_on_both_sides_of_its_limit(rule, day, changes, met):
    given_facts = facts(on=day, **changes)
    result = assess(given_facts, rules_on(day))
    assert {reason.rule: reason.passed for reason in result.reasons}[rule] is met
    assert result.eligible is all(reason.passed for reason in result.reasons)


def test_every_rule_is_seen_to_fail_somewhere():
    assert {rule for rule, _day, _changes, met in CASES if not met} == set(Rule)


def test_the_rules_change_on_the_day_the_conditions_of_2022_were_published():
    day = date(2022, 9, 15)
    before = outcome(Rule.INCOME, on=day - timedelta(days=1), income_fen=500_000)
    after = outcome(Rule.INCOME, on=day, income_fen=500_000)
    assert (before.passed, after.passed) == (False, True)
    assert before.version == "housing.income_ceiling@2011-01-01"
    assert after.version == "housing.income_ceiling@2022-09-15"
    assert assess(facts(on=day), rules_on(day)).version == "2022-09-15"


def test_what_nobody_compared_with_the_original_is_marked():
    result = assess(facts(), rules_on(IN_2026))
    marked = {reason.rule for reason in result.reasons if not reason.verified}
    assert Rule.INCOME in marked
    assert Rule.AGE not in marked


def test_one_condition_short_names_the_month_in_which_it_is_met():
    work = {"work": Work.FLEXIBLE, "insurance_months": 4, "residence_months": 30, "contract_months": 0}
    result = assess(facts(**work), rules_on(IN_2026))
    assert headline(result) == "还差一项就符合"
    (missing,) = result.missing
    assert missing.your_value == "你缴了 4 个月，到 2027年1月 就满"
    assert result.eligible_on == date(2027, 1, 1)


def test_the_later_of_two_waits_counts():
    result = assess(
        facts(work=Work.FLEXIBLE, insurance_months=5, residence_months=3, transferred_on=date(2024, 5, 2)),
        rules_on(IN_2026),
    )
    assert headline(result) == "还差 2 项就符合"
    assert result.eligible_on == date(2027, 5, 2)


def test_waiting_promises_nothing_when_something_else_is_wrong():
    result = assess(facts(home_m2=Decimal(80), transferred_on=date(2024, 5, 2)), rules_on(IN_2026))
    assert result.eligible_on is None
    assert headline(result) == "有 2 项不符合"


def test_somebody_who_has_not_begun_to_pay_is_promised_no_month():
    reason = outcome(Rule.WORK, work=Work.FLEXIBLE, insurance_months=0)
    assert not reason.passed
    assert reason.met_on is None
    assert "从开始缴社保" in reason.advice


def test_a_leap_day_child_comes_of_age_on_the_first_of_march():
    reason = outcome(Rule.AGE, birth_date=date(2012, 2, 29))
    assert reason.met_on == date(2030, 3, 1)


def test_a_home_counts_where_one_applies():
    reason = outcome(Rule.HOME, home_m2=Decimal(60), place="江津区")
    assert reason.sentence == "江津区没有住房，或人均不到 13㎡"


def test_income_is_compared_as_the_picture_says():
    reason = outcome(Rule.INCOME, on=IN_2021, income_fen=414_000, members=(SPOUSE, CHILD))
    assert reason.your_value == "你家 3 人，人均 ¥1,380；上限 ¥1,500"


people = st.builds(Person, st.sampled_from(Relation), st.sampled_from(Sex))
sexes = st.sampled_from(Sex)
ORDER = list(UnitKind)


@given(sexes, st.lists(people, max_size=11))
def test_a_larger_household_never_gets_a_smaller_flat(sex, members):
    kinds = [ORDER.index(unit_kind(sex, members[:size])) for size in range(len(members) + 1)]
    assert kinds == sorted(kinds)
    assert kinds[0] == ORDER.index(UnitKind.STUDIO)


@given(sexes, st.lists(people, min_size=3, max_size=11))
def test_four_and_more_get_three_bedrooms(sex, members):
    assert unit_kind(sex, members) == UnitKind.THREE_BEDROOM


@given(sexes, st.lists(people, min_size=2, max_size=2), st.randoms())
def test_the_order_of_members_does_not_matter(sex, members, random):
    shuffled = random.sample(members, len(members))
    assert unit_kind(sex, shuffled) == unit_kind(sex, members) == UnitKind.TWO_BEDROOM


@given(sexes, people)
def test_two_people_get_two_bedrooms_only_as_parent_and_child_of_other_sex(sex, other):
    line = other.relation in {Relation.SON, Relation.DAUGHTER, Relation.FATHER, Relation.MOTHER}
    expected = UnitKind.TWO_BEDROOM if line and other.sex != sex else UnitKind.ONE_BEDROOM
    assert unit_kind(sex, [other]) == expected


def test_father_and_daughter_count_as_three_father_and_son_do_not():
    assert unit_kind(Sex.MALE, [Person(Relation.DAUGHTER, Sex.FEMALE)]) == UnitKind.TWO_BEDROOM
    assert unit_kind(Sex.FEMALE, [Person(Relation.SON, Sex.MALE)]) == UnitKind.TWO_BEDROOM
    assert unit_kind(Sex.MALE, [Person(Relation.SON, Sex.MALE)]) == UnitKind.ONE_BEDROOM
    assert unit_kind(Sex.MALE, [SPOUSE]) == UnitKind.ONE_BEDROOM
