"""What a project must do and by when, counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.duties import Known, Project, Rules, duties, pay_date
from sites.enums import FactKind

RULES = Rules(
    account_days=30,
    bond_workdays=20,
    bond_least=100,
    bond_most=300,
    bond_reduced_least=50,
    bond_pay_workdays=5,
    bond_refill_workdays=10,
    publicity_days=30,
    small_contract_fen=300_000_000,
)
CONTRACT = Known(FactKind.CONTRACT, date(2026, 3, 2), fen=1_000_000_000)  # ten million yuan, on a Monday
STARTS = Project(date(2026, 4, 1), None)


def add_workdays(day, count):
    """Monday to Friday; the calendar itself is tested elsewhere."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day, False


def told(*facts, on=date(2026, 5, 1), project=STARTS):
    found = duties(project, facts, RULES, on=on, add_workdays=add_workdays)
    return {duty.key: duty for duty in found}


def stands(*facts, **more):
    return {key: str(duty.state) for key, duty in told(*facts, **more).items()}


@pytest.mark.parametrize(
    ("opened", "state", "reason"),
    [
        (date(2026, 4, 1), "met", "按时做到"),  # the thirtieth day
        (date(2026, 4, 2), "late", "晚了 1 天"),
        (None, "overdue", "已超期 30 天"),
    ],
)
def test_the_account_is_due_thirty_days_after_the_contract(opened, state, reason):
    facts = [CONTRACT] + ([Known(FactKind.ACCOUNT, opened)] if opened else [])
    duty = told(*facts)["account"]
    assert (duty.due, duty.state, reason in duty.reason) == (date(2026, 4, 1), state, True)


def test_the_bond_is_due_after_twenty_working_days_and_one_per_cent_at_least():
    assert told(CONTRACT)["bond"].due == date(2026, 3, 30)
    assert stands(CONTRACT, Known(FactKind.BOND, date(2026, 3, 30), fen=10_000_000))["bond"] == "met"
    short = told(CONTRACT, Known(FactKind.BOND, date(2026, 3, 30), fen=9_999_999))["bond"]
    assert short.state == "wrong" and "¥100,000.00" in short.reason


@pytest.mark.parametrize(
    ("terms", "fen", "state"),
    [
        ("several", 5_000_000, "met"),
        ("two_years", 4_999_999, "wrong"),
        ("raised", 5_000_000, "wrong"),
        ("three_years", None, "exempt"),
        ("small", None, "overdue"),  # ten million is no small contract
    ],
)
def test_terms_lower_the_bond_or_ask_for_none(terms, fen, state):
    facts = [CONTRACT, Known(FactKind.BOND_TERMS, date(2026, 3, 5), terms=terms)]
    if fen:
        facts.append(Known(FactKind.BOND, date(2026, 3, 20), fen=fen))
    assert stands(*facts)["bond"] == state


def test_a_small_contract_may_be_exempt():
    small = Known(FactKind.CONTRACT, CONTRACT.day, fen=299_999_999)
    assert stands(small, Known(FactKind.BOND_TERMS, date(2026, 3, 5), terms="small"))["bond"] == "exempt"


def test_the_bank_pays_in_five_and_the_contractor_refills_in_ten_working_days():
    order, paid = Known(FactKind.BOND_ORDER, date(2026, 4, 6)), Known(FactKind.BOND_PAID, date(2026, 4, 13), fen=1)
    found = told(CONTRACT, order, paid)
    assert (found["pay1"].due, found["pay1"].state) == (date(2026, 4, 13), "met")
    assert (found["refill1"].due, found["refill1"].state) == (date(2026, 4, 27), "overdue")
    filled = Known(FactKind.BOND_REFILLED, date(2026, 4, 28), fen=1)
    assert stands(CONTRACT, order, paid, filled)["refill1"] == "late"


def test_the_account_may_close_after_thirty_days_of_publicity():
    completed, said = Known(FactKind.COMPLETED, date(2026, 3, 1)), Known(FactKind.PUBLICITY, date(2026, 3, 10))
    assert "publicity" not in told(CONTRACT)
    assert stands(CONTRACT, completed)["publicity"] == "due"
    assert told(CONTRACT, completed, said)["publicity"].due == date(2026, 4, 9)
    early = Known(FactKind.ACCOUNT_CLOSED, date(2026, 4, 8))
    assert stands(CONTRACT, completed, said, early)["publicity"] == "wrong"
    assert stands(CONTRACT, completed, early)["publicity"] == "wrong"
    assert stands(CONTRACT, completed, said, on=date(2026, 4, 8))["publicity"] == "due"
    assert stands(CONTRACT, completed, said)["publicity"] == "met"


def test_without_a_contract_or_a_start_nothing_is_guessed():
    found = stands(project=Project(None, None))
    assert {found[key] for key in ("account", "bond", "real_name", "paid_by", "board")} == {"unknown"}


def test_what_must_be_there_from_the_first_day_is_judged_by_it():
    found = stands(CONTRACT, Known(FactKind.BOARD, date(2026, 4, 1)), Known(FactKind.REAL_NAME, date(2026, 4, 2)))
    assert (found["board"], found["real_name"], found["paid_by"]) == ("met", "late", "overdue")


@given(
    days=st.lists(st.tuples(st.sampled_from(FactKind.values), st.integers(-400, 400)), max_size=12),
    on=st.integers(-400, 800),
)
def test_any_facts_in_any_order_come_to_a_state_with_a_reason(days, on):
    facts = [Known(kind, CONTRACT.day + timedelta(days=n), fen=10**9, terms="several") for kind, n in days]
    found = told(*facts, on=CONTRACT.day + timedelta(days=on))
    assert {"account", "bond", "real_name", "paid_by", "board"} <= set(found)
    assert all(duty.reason and duty.law for duty in found.values())
    assert found == told(*reversed(facts), on=CONTRACT.day + timedelta(days=on)) or len(days) != len(set(days))


@given(
    month=st.dates(date(2024, 1, 1), date(2027, 12, 1)).map(lambda day: day.replace(day=1)),
    pay_day=st.integers(1, 31),
    holidays=st.sets(st.integers(0, 60), max_size=20),
)
def test_the_pay_day_is_the_last_working_day_not_after_it(month, pay_day, holidays):
    off = {month + timedelta(days=31 + n) for n in holidays}

    def works(day):
        return day.weekday() < 5 and day not in off

    found = pay_date(month, pay_day, months_after=1, is_workday=works)
    following = (month + timedelta(days=32)).replace(day=1)
    last = (following + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    nominal = following.replace(day=min(pay_day, last.day))
    assert works(found) and found <= nominal
    assert not any(works(found + timedelta(days=n)) for n in range(1, (nominal - found).days + 1))
