"""Marks that people read out, the law's conditions as hints, and who counts as on time."""

from datetime import date, timedelta

import pytest

from core.divisions import district_choices
from wages import crime, hints, marks
from wages.enums import OtherRoute
from wages.models import Case

from .conftest import on


def test_every_district_has_letters_of_its_own(db):
    letters = [marks.letters_of(code) for code, _name in district_choices(date(2026, 3, 9))]
    assert len(letters) == len(set(letters)) >= 37 and marks.OTHER_LETTERS not in letters


@pytest.mark.parametrize("typed", ["jj-{}", " JJ{} ", "ＪＪ－{}", "JJ {}", "jj—{}"])
def test_a_wage_code_is_read_however_it_is_typed(typed):
    code = marks.wage_code("500116", 208)
    assert marks.read_wage_code(typed.format(code[3:])) == code


def test_one_wrong_digit_is_no_code():
    code = marks.wage_code("500116", 208)
    for place in range(3, len(code)):
        for digit in "0123456789":
            if digit != code[place]:
                assert marks.read_wage_code(code[:place] + digit + code[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "JJ", "1" * 500, "\x00", "JJ-208٣", "☃-2087"])
def test_nonsense_is_no_code_and_no_number(text):
    assert marks.read_wage_code(text) is None and marks.read_case_number(text) is None


def test_a_case_number_is_read_however_it_is_typed():
    assert marks.read_case_number(" cq２０２６ 118204") == "CQ-2026-118204"


def limitation(**changes):
    facts = {"owed_months": [], "work_to": None, "still_working": False, "day": date(2026, 3, 9), "years": 2}
    return hints.within_limitation(**{**facts, **changes})


def test_two_years_count_from_the_end_of_the_last_month_owed():
    assert limitation(owed_months=[date(2020, 1, 1), date(2024, 3, 1)]).met is True
    assert limitation(owed_months=[date(2024, 2, 1)]).met is False
    assert limitation(still_working=True).met is None


def test_an_unregistered_employer_with_name_and_place_is_for_a_person_to_judge():
    known = {"registered": False, "verified": False}
    assert hints.employer_identifiable(**known, name="某公司", address="某路").met is None
    assert hints.employer_identifiable(**known, name="某公司", address="").met is False


def test_a_matter_in_court_is_pointed_out():
    assert hints.no_other_route(OtherRoute.COURT).met is False


LINES = hints.Thresholds(3, 500_000, 10, 3_000_000)


def crowd(count, owed_fen, *single):
    return crime.People(count, owed_fen, single)


def test_the_criminal_line_is_one_persons_months_and_sum_or_the_number_and_sum_of_all():
    assert crime.reached(crowd(1, 500_000, (3, 500_000)), LINES)
    assert not crime.reached(crowd(1, 500_000, (2, 500_000)), LINES)
    assert not crime.reached(crowd(1, 499_999, (3, 499_999)), LINES)
    assert crime.reached(crowd(10, 3_000_000), LINES)
    assert not crime.reached(crowd(9, 9_000_000), LINES) and not crime.reached(crowd(10, 2_999_999), LINES)
    # One of a group is enough, and two halves are not one.
    assert crime.reached(crowd(2, 600_000, (3, 500_000), (1, 100_000)), LINES)
    assert not crime.reached(crowd(2, 800_000, (3, 400_000), (3, 400_000)), LINES)


def test_the_criminal_line_is_an_alert_and_asks_for_an_order_first():
    facts = {"reached": True, "day": date(2026, 3, 9)}
    assert "由你判断" in hints.criminal_alerts(pay_by=None, **facts)[0]
    assert "先责令" in hints.criminal_alerts(pay_by=None, **facts)[1]
    assert "限期已过" in hints.criminal_alerts(pay_by=date(2026, 3, 8), **facts)[1]
    assert hints.criminal_alerts(reached=False, pay_by=None, day=date(2026, 3, 9)) == []


@pytest.mark.django_db
def test_on_time_is_judged_by_the_clock_that_ran(filed, code, jiangjin_official, at):
    from wages import services

    def refused(days):
        return services.refuse(
            filed(at=at, code=code), by=jiangjin_official, at=at + timedelta(days=days), ground="not_wages"
        )

    in_time, late = refused(7), refused(8)
    longer = services.accept(filed(at=at, code=code), by=jiangjin_official, at=at)
    services.close_project_dispute(longer, by=jiangjin_official, at=on(longer.close_by, 23), note="工程款")
    taken_back = services.withdraw(filed(at=at, code=code), by=None, at=at + timedelta(days=300))
    on_time = set(Case.objects.judged().on_time())
    assert in_time in on_time and longer in on_time
    assert late not in on_time and taken_back not in Case.objects.judged()
