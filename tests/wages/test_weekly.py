"""The week's figures: computed in SQL, counted again by hand in Python, and shown to who sees the districts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from wages import services, weekly
from wages.enums import CaseState
from wages.models import Case

from .conftest import on

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


@pytest.fixture
def a_busy_week(filed, code, jiangjin_official, fengjie_official, city_official):
    """Cases before, in and after the week, in two districts: refused, transferred late, withdrawn, still open."""
    by = jiangjin_official
    for n, (day, hour) in enumerate(
        [(date(2026, 3, 8), 23), (MONDAY, 0), (date(2026, 3, 15), 23), (date(2026, 3, 16), 0)]
    ):
        filed(at=on(day, hour), code=code, phone=f"1540000010{n}")
    early = filed(at=on(date(2026, 2, 25)), code=code, phone="15400000201")
    services.refuse(early, by=by, at=on(date(2026, 3, 10)), ground="not_wages")
    soon = filed(at=on(MONDAY), code=code, phone="15400000202")
    services.transfer(soon, by=by, at=on(date(2026, 3, 11)), target="housing")
    other = filed(at=on(MONDAY), code=code, phone="15400000203")
    moved = services.hand_over(other, by=by, at=on(date(2026, 3, 10)), district="500236")
    services.refuse(moved, by=fengjie_official, at=on(date(2026, 3, 12)), ground="not_wages")
    services.withdraw(filed(at=on(MONDAY), code=code, phone="15400000204"), by=None, at=on(date(2026, 3, 10)))


def by_hand(cases, monday):
    """The same figures, one case after the other."""
    first, before = weekly.span(monday)
    found = {}
    for case in cases:
        mine = found.setdefault(case.district, weekly.Figures())
        if first <= case.submitted_at < before:
            mine += weekly.Figures(new=1, people=case.headcount, claimed_fen=case.amount_fen)
        if case.closed_at and first <= case.closed_at < before and case.state != CaseState.JOINED:
            office = case.state != CaseState.WITHDRAWN
            last = case.close_by if case.accepted_at else case.accept_by
            settled = case.state == CaseState.SETTLED
            mine += weekly.Figures(
                closed=1,
                judged=int(office),
                on_time=int(office and case.closed_at.astimezone(first.tzinfo).date() <= last),
                settled=int(settled),
                paid_fen=case.paid_now_fen if settled else 0,
                took=case.closed_at - case.submitted_at if office else timedelta(),
            )
        found[case.district] = mine
    return {code: row for code, row in sorted(found.items()) if row != weekly.Figures()}


@pytest.mark.parametrize("monday", [MONDAY - timedelta(days=7), MONDAY, MONDAY + timedelta(days=7)])
def test_sql_and_a_count_by_hand_agree(a_busy_week, monday):
    assert weekly.of_week(Case.objects.all(), monday) == by_hand(Case.objects.all(), monday)


def test_the_week_begins_on_monday_at_midnight_and_ends_on_sunday_night(a_busy_week):
    found = weekly.of_week(Case.objects.all(), MONDAY)
    assert (found["500116"].new, found["500236"].new) == (4, 1)
    assert (found["500116"].closed, found["500116"].judged, found["500116"].on_time) == (3, 2, 1)
    assert found["500116"].on_time_percent == 50.0 and found["500236"].days == 3.0
    assert weekly.total(found).closed == 4


def test_it_is_two_queries(a_busy_week, django_assert_num_queries):
    with django_assert_num_queries(2):
        weekly.of_week(Case.objects.all(), MONDAY)


def test_each_sees_the_districts_of_theirs_and_nobody_else_any(
    a_busy_week, jiangjin_official, city_official, auditor, wang_wei, client_of
):
    url = reverse("admin:wages_case_weekly") + "?week=2026-03-11"
    for user in (city_official, auditor):
        page = client_of(user).get(url).content.decode()
        assert "江津区" in page and "奉节县" in page and "合计" in page
    page = client_of(jiangjin_official).get(url).content.decode()
    assert "江津区" in page and "奉节县" not in page
    assert client_of(wang_wei).get(url).status_code in (302, 403, 404)


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_an_odd_week_is_a_page(city_official, client_of, week):
    assert client_of(city_official).get(reverse("admin:wages_case_weekly"), {"week": week}).status_code == 200
