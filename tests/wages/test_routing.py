"""Rules that send a case to its office: pure, the same in SQL, tried on the past, switched on by a second official."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import AuditEntry, OutboxMessage
from tests.conftest import _person
from tests.races import at_once, passed
from wages import policies, routing, routing_sql, services
from wages.enums import FieldType, Kind, Strategy
from wages.models import Case, Claimant, RoutingRule
from wages.routing import Facts, Rule, Way

pytestmark = pytest.mark.django_db
DIVISIONS = ["500116", "500116001", "500236", "500236101", "500102"]


@pytest.fixture
def second_city(db):
    return _person("official", "市级副手", divisions=["500000"])


@pytest.fixture
def propose(city_official, at):
    def make(**facts):
        known = {"order": 10, "title": "群体案件归市级", "office": "500000", "valid_from": date(2026, 1, 1)}
        return services.propose_rule(by=city_official, at=at, **{**known, **facts})

    return make


@pytest.fixture
def rule(propose, second_city, at):
    """Ten people and more go to the city."""
    return services.switch_on(propose(headcount_from=10), by=second_city, at=at)


FACTS = st.builds(
    Facts,
    kind=st.sampled_from(Kind.values),
    field_type=st.sampled_from(FieldType.values),
    division=st.sampled_from(DIVISIONS),
    employer_kind=st.sampled_from(["", "unknown", "E", "C"]),
    amount_fen=st.none() | st.integers(0, 5) | st.sampled_from([99, 100, 101]),
    headcount=st.integers(1, 12),
)
RULES = st.lists(
    st.builds(
        Rule,
        key=st.integers(1, 1000),
        order=st.integers(0, 3),
        kind=st.sampled_from(["", *Kind.values]),
        field_type=st.sampled_from(["", *FieldType.values]),
        place=st.sampled_from(["", "50", "500116", "5002", "500236101"]),
        employer_kind=st.sampled_from(["", "unknown", "E"]),
        amount_from_fen=st.none() | st.sampled_from([0, 3, 100]),
        headcount_from=st.none() | st.integers(1, 12),
        office=st.sampled_from(["", "500000", "500102"]),
    ),
    max_size=6,
    unique_by=lambda rule: rule.key,
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=RULES, many=st.lists(FACTS, min_size=1, max_size=40))
def test_the_statement_and_the_pure_rules_send_every_case_the_same_way(rules, many):
    """Up to forty cases under up to six rules, four hundred times over."""
    office, values = routing_sql.office(rules)
    row = "(%s::int, %s::text, %s::text, %s::text, %s::text, %s::bigint, %s::int)"
    told = [
        value
        for n, one in enumerate(many)
        for value in (n, one.kind, one.field_type, one.division, one.employer_kind, one.amount_fen, one.headcount)
    ]
    columns = "f(n, kind, field_type, division, employer_kind, amount_fen, headcount)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {office} FROM (VALUES {', '.join([row] * len(many))}) AS {columns} ORDER BY n", [*values, *told]
        )
        found = [code for (code,) in cursor.fetchall()]
    assert found == [routing.route(one, rules).office for one in many]


def facts(**changes):
    known = {"kind": "complaint", "field_type": "construction", "division": "500116001", "employer_kind": "E"}
    return Facts(**{**known, "amount_fen": 100, "headcount": 3, **changes})


def test_the_first_rule_that_fits_decides_and_without_one_the_place_does():
    first = Rule(key=1, order=1, headcount_from=10, office="500000")
    second = Rule(key=2, order=2, place="500116", strategy=Strategy.LEAST)
    assert routing.route(facts(headcount=10), [second, first]) == Way("500000", 1, "")
    assert routing.route(facts(), [second, first]) == Way("500116", 2, "least")
    assert routing.route(facts(division="500236"), [second, first]) == Way("500236")


def test_a_sum_that_nobody_named_is_no_large_sum():
    rule = Rule(key=1, order=1, amount_from_fen=0, office="500000")
    assert routing.route(facts(amount_fen=None), [rule]).rule is None


def test_rules_hold_on_their_days_only():
    rule = Rule(key=1, order=1, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [bool(routing.in_force([rule], day)) for day in days] == [False, True, True, False]


def test_a_large_case_lies_on_the_citys_desk_and_the_district_decides_nothing(
    rule, filed, code, jiangjin_official, city_official, at
):
    case = filed(at=at, code=code, headcount=12)
    small = filed(at=at, code=code)
    assert (case.division, case.office, case.district) == ("500116", "500000", "500000")
    assert (small.office, small.district) == ("", "500116")
    assert case not in Case.objects.visible_to(jiangjin_official) and small in Case.objects.visible_to(
        jiangjin_official
    )
    assert case in Case.objects.visible_to(city_official)
    assert not Claimant.objects.visible_to(jiangjin_official).filter(case=case).exists()
    assert Claimant.objects.visible_to(city_official).filter(case=case).exists()
    assert not policies.may_decide(jiangjin_official, case)
    with pytest.raises(NotAllowed):
        services.accept(case, by=jiangjin_official, at=at)
    entry = audit.timeline(case).get(verb="route")
    assert entry.data == {"rule": rule.pk, "office": "500000"} and entry.reason == rule.title
    assert services.accept(case, by=city_official, at=at).documents.get().division == "500000"


def test_the_city_gives_a_case_back_to_the_district(rule, filed, code, city_official, jiangjin_official, at):
    case = filed(at=at, code=code, headcount=12)
    back = services.hand_over(case, by=city_official, at=at, district="500116", note="由属地办理")
    assert (back.office, back.district) == ("", "500116") and policies.may_decide(jiangjin_official, back)


def test_a_rule_may_give_a_case_to_who_has_least_to_do(propose, second_city, filed, code, jiangjin_official, at):
    deputy = _person("official", "江津副手", divisions=["500116"])
    busy = filed(at=at, code=code)
    services.assign(busy, to=jiangjin_official, by=jiangjin_official, at=at)
    services.switch_on(propose(office="", place="500116", strategy=Strategy.LEAST), by=second_city, at=at)
    cases = [filed(at=at, code=code) for _n in range(3)]
    assert [case.assignee for case in cases] == [deputy, jiangjin_official, deputy]
    assert OutboxMessage.objects.filter(topic="wages.assigned").count() == 4


def test_what_was_filed_before_stays_where_it_is(propose, second_city, filed, code, at):
    case = filed(at=at, code=code, headcount=12)
    services.switch_on(propose(headcount_from=10), by=second_city, at=at)
    case.refresh_from_db()
    assert case.district == "500116"


def test_a_rule_does_nothing_before_a_second_official_switches_it_on(propose, filed, code, city_official, at):
    row = propose(headcount_from=10)
    assert filed(at=at, code=code, headcount=12).district == "500116"
    with pytest.raises(Refusal, match="提出人"):
        services.switch_on(row, by=city_official, at=at)
    with pytest.raises(IntegrityError, match="maker_is_not_checker"), transaction.atomic():
        RoutingRule.objects.filter(pk=row.pk).update(switched_on_by=city_official, switched_on_at=at)


def test_a_rule_that_was_switched_off_stays_off(rule, filed, code, city_official, second_city, at):
    services.switch_off(rule, by=city_official, at=at)
    assert filed(at=at, code=code, headcount=12).district == "500116"
    with pytest.raises(Refusal, match="启用过"):
        services.switch_on(rule, by=second_city, at=at)


def test_rules_are_the_citys(propose, jiangjin_official, at):
    with pytest.raises(NotAllowed):
        services.propose_rule(by=jiangjin_official, at=at, order=1, title="x", office="500000", valid_from=at.date())
    with pytest.raises(NotAllowed):
        services.switch_on(propose(), by=jiangjin_official, at=at)


def test_a_rule_that_changes_nothing_or_names_no_office_is_refused(propose):
    with pytest.raises(Refusal, match="什么也不改变"):
        propose(office="")
    with pytest.raises(Refusal, match="区县"):
        propose(office="509999")


def test_a_rule_is_tried_on_the_past_and_nothing_is_written(propose, filed, code, at):
    large = [filed(at=at - timedelta(days=n), code=code, headcount=12) for n in (1, 100)]
    filed(at=at - timedelta(days=3), code=code)
    filed(at=at - timedelta(days=400), code=code, headcount=12)  # before the twelve months
    row = propose(headcount_from=10)
    before = (AuditEntry.objects.count(), OutboxMessage.objects.count(), list(Case.objects.values_list("office")))
    found = services.simulate(row, at=at)
    assert (found.cases, found.moved) == (3, 2)
    assert found.offices == [("500000", 0, 2), ("500116", 3, 1)]
    assert {one.number for one in found.examples} == {case.number for case in large}
    assert before == (
        AuditEntry.objects.count(), OutboxMessage.objects.count(), list(Case.objects.values_list("office"))
    )  # fmt: skip


def test_a_rule_that_is_on_is_compared_with_being_without_it(rule, filed, code, at):
    filed(at=at, code=code, headcount=12)
    found = services.simulate(rule, at=at + timedelta(hours=1))
    assert found.offices == [("500000", 0, 1), ("500116", 1, 0)]


@pytest.mark.django_db(transaction=True)
def test_two_officials_switch_a_rule_on_once(propose, second_city, at):
    row, third = propose(headcount_from=10), _person("official", "市级第三人", divisions=["500000"])
    outcomes = at_once(*(lambda by=by: services.switch_on(row, by=by, at=at) for by in (second_city, third)))
    assert len(passed(outcomes)) == 1
    assert AuditEntry.objects.filter(verb="switch_on").count() == 1


def test_the_page_shows_before_and_after_and_the_second_official_switches_on(
    filed, code, city_official, second_city, jiangjin_official, client_of
):
    now = timezone.now()
    filed(at=now - timedelta(hours=1), code=code, headcount=12)
    desk = client_of(city_official)
    asked = {"order": "10", "title": "十人以上归市级", "headcount_from": "10", "office": "500000"}
    response = desk.post(
        "/admin/wages/routingrule/add/", {**asked, "strategy": "", "valid_from": timezone.localdate().isoformat()}
    )
    assert response.status_code == 302, response.content.decode()
    row = RoutingRule.objects.get()
    page = desk.get(f"/admin/wages/routingrule/{row.pk}/change/").content.decode()
    for words in ("十人以上归市级", "人数不少于", "重庆市", "江津区", "移动", "须另一名市级工作人员启用"):
        assert words in page, words
    other = client_of(second_city)
    address = f"/admin/wages/routingrule/{row.pk}/switch/on/"
    assert other.get(address).status_code == 200
    other.post(address)
    row.refresh_from_db()
    assert row.is_on and row.switched_on_by == second_city
    assert client_of(jiangjin_official).get(f"/admin/wages/routingrule/{row.pk}/change/").status_code in (302, 403)
