"""A referral as a way with stages: clocks of the commission, a hearing told in time, an award, and back again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import SmsMessage
from core import audit, parameters
from core.errors import NotAllowed, Refusal
from core.models import Parameter
from employers.enums import ArrearsStanding
from tests.races import at_once, meet_after, passed
from wages import decisions, elsewhere, services
from wages.enums import ArbitrationState, CaseState
from wages.models import Arbitration, Case
from wages.services import arbitration
from wages.terms import ClockKind

from .conftest import on

pytestmark = pytest.mark.django_db
D = {n: date(2026, 3, n) for n in range(9, 32)}


@pytest.fixture
def referred(case, jiangjin_official, at):
    return services.refer_arbitration(case, by=jiangjin_official, at=at, note="工资争议", fast=False)


@pytest.fixture
def step(jiangjin_official):
    """`step(case, "accept", day, …)`: what happened on that day, written down on the same."""

    def walk(case, verb, day, **facts):
        return getattr(services, f"arb_{verb}")(case, by=jiangjin_official, at=on(day, 18), on=day, **facts)

    return walk


@pytest.fixture
def heard(referred, step):
    """Accepted by the commission on 13 March 2026."""
    step(referred, "apply", D[10])
    return step(referred, "accept", D[13])


def running(case):
    return dict(case.clocks.filter(ended_on__isnull=True).values_list("kind", "due_on"))


def test_every_stage_starts_the_clock_that_the_law_gives_it(referred, step):
    assert referred.state == CaseState.ARBITRATION and running(referred) == {}
    step(referred, "apply", D[10])
    assert running(referred) == {ClockKind.ARB_ACCEPT: D[17]}
    step(referred, "accept", D[13])
    assert running(referred) == {ClockKind.ARB_SERVE: D[20], ClockKind.ARB_AWARD: date(2026, 4, 27)}
    step(referred, "serve", D[16])
    assert running(referred) == {ClockKind.ARB_DEFENCE: D[30], ClockKind.ARB_AWARD: date(2026, 4, 27)}
    step(referred, "defend", D[20])
    step(referred, "mediate", D[23])
    assert running(referred)[ClockKind.MEDIATION] == date(2026, 4, 7)
    step(referred, "award", date(2026, 4, 20), amount_fen=12_600_00, person_fen=12_600_00)
    assert running(referred) == {ClockKind.ARB_SUIT: date(2026, 5, 6)}  # 5 May is a holiday


def test_a_fast_court_has_thirty_days_and_its_extension_goes_by_the_law(case, jiangjin_official, step, at):
    services.refer_arbitration(case, by=jiangjin_official, at=at, note="x", fast=True, commission="江津区速裁庭")
    step(case, "apply", D[9])
    step(case, "accept", D[10])
    assert running(case)[ClockKind.ARB_AWARD] == date(2026, 4, 9)
    step(case, "extend", date(2026, 4, 9), note="要鉴定")
    assert running(case)[ClockKind.ARB_AWARD] == date(2026, 5, 9)  # 60 days: a Saturday that works
    with pytest.raises(Refusal, match="一次"):
        step(case, "extend", date(2026, 4, 10), note="x")


def test_an_award_term_that_has_run_out_is_not_extended(heard, step):
    with pytest.raises(Refusal, match="已过"):
        step(heard, "extend", date(2026, 4, 28), note="x")
    step(heard, "extend", date(2026, 4, 27), note="案情复杂")
    assert running(heard)[ClockKind.ARB_AWARD] == date(2026, 5, 12)


@pytest.mark.parametrize(("told", "in_time"), [(D[20], True), (D[23], False)])
def test_a_hearing_is_told_five_working_days_before(heard, step, told, in_time):
    if in_time:
        step(heard, "hearing", told, hearing_on=D[27])
        assert heard.arbitrations.get().hearing_on == D[27]
        return
    with pytest.raises(Refusal, match="3月20日") as refused:
        step(heard, "hearing", told, hearing_on=D[27])
    assert refused.value.field == "hearing_on"


@pytest.mark.parametrize(
    ("division", "person_fen", "final"),
    [
        ("500116", 27_960_00, True),
        ("500116", 27_960_01, False),
        ("500236", 26_400_00, True),
        ("500236", 26_400_01, False),
    ],
)
def test_an_award_is_final_up_to_twelve_monthly_minimum_wages_of_the_place(
    filed, city_official, at, division, person_fen, final
):
    case = filed(at=at)
    Case.objects.filter(pk=case.pk).update(division=division)
    by = {"by": city_official, "at": on(D[31])}
    services.refer_arbitration(case, by=city_official, at=at, note="x")
    services.arb_apply(case, on=D[10], **by)
    services.arb_accept(case, on=D[11], **by)
    services.arb_award(case, on=D[30], amount_fen=person_fen * 3, person_fen=person_fen, **by)
    row = case.arbitrations.get()
    assert row.final is final and row.sue_by == date(2026, 4, 14)


def test_the_ceiling_is_a_parameter(heard, step, city_official):
    today = timezone.localdate()
    row = Parameter(key="wages.arbitration_final_months", valid_from=today, value=1, title="x", source="x")
    parameters.add(row, by=city_official, at=timezone.now())
    step(heard, "award", today, amount_fen=3_000_00, person_fen=3_000_00)
    assert heard.arbitrations.get().final is False


def test_one_goes_to_court_within_fifteen_days_of_the_award(heard, step):
    step(heard, "award", D[30], amount_fen=100, person_fen=100)
    with pytest.raises(Refusal, match="起诉期限已过"):
        step(heard, "sue", date(2026, 4, 15), court="江津区法院")
    step(heard, "sue", date(2026, 4, 14), court="江津区法院")
    assert heard.arbitrations.get().sued_on == date(2026, 4, 14) and running(heard) == {}


def test_what_the_commission_refused_may_go_to_court_too(referred, step):
    step(referred, "apply", D[10])
    step(referred, "refuse", D[16], note="不属于劳动争议")
    step(referred, "sue", D[20], court="江津区法院")
    assert referred.arbitrations.get().state == ArbitrationState.REFUSED and running(referred) == {}


@pytest.mark.parametrize("verb", ["accept", "serve", "award", "mediated"])
def test_steps_that_do_not_follow_are_refused(referred, step, verb):
    facts = {"award": {"amount_fen": 1, "person_fen": 1}, "mediated": {"amount_fen": 1}}.get(verb, {})
    with pytest.raises(Refusal):
        step(referred, verb, D[12], **facts)
    assert referred.arbitrations.get().state == ArbitrationState.REFERRED


def test_no_day_lies_in_the_future_or_before_the_referral(referred, jiangjin_official, at):
    for day in (D[8 + 3], date(2026, 3, 6)):
        with pytest.raises(Refusal) as refused:
            services.arb_apply(referred, by=jiangjin_official, at=at, on=day)
        assert refused.value.field == "on"


def test_another_district_records_nothing(referred, fengjie_official, at):
    with pytest.raises(NotAllowed):
        services.arb_apply(referred, by=fengjie_official, at=at, on=D[9])


def test_a_case_that_was_never_accepted_comes_back_to_be_answered_afresh(referred, jiangjin_official, step):
    step(referred, "apply", D[10])
    back = services.take_back(referred, by=jiangjin_official, at=on(D[20]), note="仲裁委转回")
    assert (back.state, back.closed_at, back.due_on) == (CaseState.SUBMITTED, None, D[27])
    assert back.arbitrations.get().state == ArbitrationState.DROPPED and running(back) == {}


def test_a_filed_case_comes_back_with_the_days_it_had_left(investigating, employer, jiangjin_official, step):
    """Filed on 10 March, away from the 20th: seven working days were used, 53 are left."""
    services.refer_arbitration(investigating, by=jiangjin_official, at=on(D[20]), note="x")
    back = services.take_back(investigating, by=jiangjin_official, at=on(date(2026, 4, 7)), note="撤回仲裁")
    assert (back.state, back.close_from, back.close_workdays) == (CaseState.INVESTIGATING, date(2026, 4, 7), 53)
    employer.refresh_from_db()
    assert employer.arrears_standing == ArrearsStanding.OPEN
    assert services.refer_arbitration(back, by=jiangjin_official, at=on(date(2026, 4, 8)), note="x").pk
    assert back.arbitrations.count() == 2


def test_a_case_with_one_inspector_comes_back_as_filed(accepted, jiangjin_official):
    services.refer_arbitration(accepted, by=jiangjin_official, at=on(D[11]), note="x")
    assert services.take_back(accepted, by=jiangjin_official, at=on(D[12]), note="x").state == CaseState.ACCEPTED


def test_what_is_not_away_does_not_come_back(investigating, jiangjin_official):
    with pytest.raises(Refusal, match="没有移送"):
        services.take_back(investigating, by=jiangjin_official, at=on(D[12]), note="x")


def test_the_commissions_clocks_are_watched_like_ours(heard, jiangjin_official, city_official):
    assert services.watch(at=on(date(2026, 5, 8))) == (0, 0, 2)
    told = {row.clock for row in heard.alarms.all()}
    assert told == {ClockKind.ARB_SERVE, ClockKind.ARB_AWARD}


def test_the_worker_sees_the_stages_and_is_told_in_short_words(
    filed, code, jiangjin_official, client, deliver, wang_wei
):
    now = timezone.now()
    case, today = filed(at=now, code=code), timezone.localdate()
    by = {"by": jiangjin_official, "at": now}
    services.refer_arbitration(case, note="工资争议", fast=True, **by)
    services.arb_apply(case, on=today, **by)
    services.arb_accept(case, on=today, **by)
    services.arb_provisional(case, on=today, amount_fen=5_000_00, **by)
    services.arb_award(case, on=today, amount_fen=12_600_00, person_fen=12_600_00, **by)
    client.post("/wages/status/", {"number": case.number, "phone_last4": "0001"})
    page = client.get(f"/wages/status/{case.number}/").content.decode()
    for words in ("仲裁走到哪里", "速裁庭", "仲裁委受理", "先予执行", "¥5,000.00", "终局裁决", "前向法院起诉"):
        assert words in page, words
    deliver(now)
    texts = [row.text.open() for row in SmsMessage.objects.filter(event__startswith="wages.arb")]
    assert len(texts) == 2 and all(case.number in text and len(text) <= 70 for text in texts)


def test_the_officials_page_offers_what_comes_next(referred, step, jiangjin_official, client_of):
    def offered():
        return {row.slug for row in decisions.possible(Case.objects.get(pk=referred.pk))}

    assert {"arb_apply", "take_back"} <= offered() and "arb_accept" not in offered()
    step(referred, "apply", D[10])
    assert {"arb_accept", "arb_refuse"} <= offered()
    desk = client_of(jiangjin_official)
    address = f"/admin/wages/case/{referred.pk}/decide/arb_accept/"
    assert "仲裁委受理的日期" in desk.get(address).content.decode()
    desk.post(address, {"on": "2026-03-13"})
    assert {"arb_serve", "arb_hearing", "arb_award"} <= offered()
    assert "仲裁走到哪里" in desk.get(f"/admin/wages/case/{referred.pk}/change/").content.decode()


def test_the_trail_has_every_stage(heard):
    verbs = [entry.verb for entry in audit.timeline(heard)]
    assert verbs[-3:] == ["refer_arbitration", "arb_apply", "arb_accept"]


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_record_one_end(heard, jiangjin_official, city_official):
    by = {"at": on(D[30]), "on": D[30]}
    outcomes = at_once(
        lambda: services.arb_award(heard, by=jiangjin_official, amount_fen=100, person_fen=100, **by),
        lambda: services.arb_mediated(heard, by=city_official, amount_fen=90, **by),
    )
    assert len(passed(outcomes)) == 1
    ends = [entry.verb for entry in audit.timeline(heard) if entry.verb in ("arb_award", "arb_mediated")]
    assert len(ends) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_states_both_ends_would_be_recorded(
    heard, jiangjin_official, city_official, monkeypatch
):
    """The negative control: both read that it is under way, and neither compares when it writes."""

    def unguarded(case, by, day, at):
        fresh = Case.objects.get(pk=case.pk)
        return fresh, fresh.arbitrations.get()

    def blind(row, verb, *, by, at, reason="", **changes):
        Arbitration.objects.filter(pk=row.pk).update(state=Arbitration.FLOW.target(verb), **changes)

    monkeypatch.setattr(arbitration, "_under_way", meet_after(unguarded, 2))
    monkeypatch.setattr(arbitration, "move", blind)
    by = {"at": on(D[30]), "on": D[30]}
    outcomes = at_once(
        lambda: services.arb_award(heard, by=jiangjin_official, amount_fen=100, person_fen=100, **by),
        lambda: services.arb_mediated(heard, by=city_official, amount_fen=90, **by),
    )
    assert len(passed(outcomes)) == 2
    ends = [entry.verb for entry in audit.timeline(heard) if entry.verb in ("arb_award", "arb_mediated")]
    assert len(ends) == 2


@pytest.mark.django_db(transaction=True)
def test_two_officials_refer_one_case_once(case, jiangjin_official, city_official, at):
    outcomes = at_once(
        lambda: services.refer_arbitration(case, by=jiangjin_official, at=at, note="x"),
        lambda: services.refer_arbitration(case, by=city_official, at=at, note="x"),
    )
    assert len(passed(outcomes)) == 1 and Arbitration.objects.count() == 1


def test_a_stage_recorded_late_counts_from_its_own_day(referred, jiangjin_official):
    services.arb_apply(referred, by=jiangjin_official, at=on(D[10]) + timedelta(days=9), on=D[10])
    assert running(referred)[ClockKind.ARB_ACCEPT] == D[17]


def test_a_hearing_is_ahead_until_its_day(heard, step):
    step(heard, "hearing", D[20], hearing_on=D[27])

    def states(today):
        return {row["title"]: row["state"] for row in elsewhere.panel(heard, today=today)["items"]}

    assert states(D[26])["开庭，请按时到"] in ("now", "next") and "开庭" not in states(D[26])
    assert states(D[27])["开庭"] == "done"
