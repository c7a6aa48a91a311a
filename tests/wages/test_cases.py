"""The workflow: who may do what, what each decision leaves behind, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, transaction

from core import audit, crypto
from core.errors import NotAllowed, Refusal
from core.models import OutboxMessage
from core.transitions import AlreadyMoved
from employers.enums import ArrearsStanding
from wages import services
from wages.enums import ASIDE, CLOSED, OPEN, ApprovalState, CaseState, DocumentKind
from wages.models import Approval, Case, Evidence
from workers import services as workers

from .conftest import PHONE, on, photo

pytestmark = pytest.mark.django_db


def verbs(case):
    return [entry.verb for entry in audit.timeline(case)]


def test_a_submitted_complaint_has_a_number_an_office_and_a_deadline(case, code, employer):
    assert case.number.startswith("CQ-2026-") and len(case.number) == 14
    assert (case.division, case.employer, case.wage_code) == ("500116", employer, code)
    assert verbs(case) == ["submit"]


def test_names_phone_and_story_rest_sealed(case):
    assert (case.name.open(), case.phone.open()) == ("王小明", PHONE)
    with pytest.raises(FieldError):
        Case.objects.filter(phone=PHONE)
    assert Case.objects.by_phone("+86 154-0000-0001").get() == case
    assert PHONE.encode() not in bytes(Case.objects.values_list("phone", flat=True).get())


def test_a_draft_becomes_one_case_only(answered, code, at):
    draft = answered(code=code, at=at)
    services.file(draft, phone=PHONE, by=None, at=at)
    with pytest.raises(Refusal, match="已经提交"):
        services.file(draft, phone=PHONE, by=None, at=at)


def test_a_report_needs_no_name_and_keeps_none(filed, code, at):
    case = filed(at=at, code=code, kind="report")
    assert case.name is None


def test_a_complaint_without_a_name_is_refused_by_the_database(filed, code, at):
    with pytest.raises(IntegrityError, match="wages_case_complaint_has_a_name"), transaction.atomic():
        filed(at=at, code=code, name=None)


def test_the_flow_from_submission_to_the_money(case, jiangjin_official, jiangjin_inspector, pay, answer_all, at):
    services.accept(case, by=jiangjin_official, at=at + timedelta(days=1))
    services.investigate(case, by=jiangjin_official, at=at + timedelta(days=2), second_inspector=jiangjin_inspector)
    ordered = services.order(
        case, by=jiangjin_official, at=at + timedelta(days=3), amount_fen=12_600_00, pay_by=date(2026, 3, 20)
    )
    assert ordered.order_number
    pay(ordered, by=jiangjin_official, at=at + timedelta(days=8))
    answer_all(case, at=at + timedelta(days=9))
    done = services.settle(Case.objects.get(pk=case.pk), by=jiangjin_official, at=at + timedelta(days=9))
    assert done.state == CaseState.SETTLED and done.closed_at
    assert verbs(case) == [
        "submit",
        "accept",
        "investigate",
        "name_inspector",
        "order",
        "record_paid",
        "all_paid",
        "payment_confirmed",
        "settle",
    ]
    kinds = set(done.documents.values_list("kind", flat=True))
    assert kinds == {DocumentKind.ACCEPTED, DocumentKind.ORDER, DocumentKind.SETTLED}


def test_a_refusal_is_written_with_its_ground_and_the_way_on(case, jiangjin_official, at):
    refused = services.refuse(case, by=jiangjin_official, at=at, ground="over_two_years", note="2019 年的欠薪")
    letter = refused.documents.get()
    assert letter.kind == DocumentKind.NOT_ACCEPTED and letter.rule == "wages.accept_workdays@2005-02-01"
    for word in ("在 2 年内", "监察条例第二十条", "60 日内依法申请行政复议", "6 个月内", "2019 年的欠薪", "仲裁"):
        assert word in letter.text


def test_a_transfer_names_the_department(case, jiangjin_official, at):
    moved = services.transfer(case, by=jiangjin_official, at=at, target="housing")
    assert moved.transfer_target == "住房城乡建设部门" and moved.closed_at


def test_an_order_to_pay_names_a_later_day(investigating, jiangjin_official, at):
    with pytest.raises(Refusal, match="今天之后"):
        services.order(investigating, by=jiangjin_official, at=at, amount_fen=1, pay_by=at.date())


def test_the_police_only_after_an_order_has_run_out(investigating, jiangjin_official, at):
    ordered = services.order(
        investigating, by=jiangjin_official, at=at + timedelta(days=3), amount_fen=1, pay_by=date(2026, 3, 20)
    )
    with pytest.raises(Refusal, match="限期还没有过"):
        services.refer_police(ordered, by=jiangjin_official, at=on(date(2026, 3, 20)), note="拒不支付")
    gone = services.refer_police(ordered, by=jiangjin_official, at=on(date(2026, 3, 21)), note="拒不支付")
    assert gone.state == CaseState.POLICE


def test_an_official_of_another_district_decides_nothing(case, fengjie_official, at):
    for act in (services.accept, services.request_supplement, services.refuse):
        extra = {"note": "x"} if act is services.request_supplement else {}
        extra = {"ground": "not_wages"} if act is services.refuse else extra
        with pytest.raises(NotAllowed):
            act(case, by=fengjie_official, at=at, **extra)
    assert verbs(case) == ["submit"]


def test_an_auditor_and_a_worker_decide_nothing(case, auditor, wang_wei, at):
    for person in (auditor, wang_wei):
        with pytest.raises(NotAllowed):
            services.accept(case, by=person, at=at)


def test_who_stepped_aside_may_not_decide(case, jiangjin_official, city_official, at):
    services.recuse(case, by=jiangjin_official, at=at, reason="被投诉单位负责人是亲属")
    with pytest.raises(NotAllowed):
        services.accept(case, by=jiangjin_official, at=at)
    with pytest.raises(Refusal, match="不能承办"):
        services.assign(case, to=jiangjin_official, by=city_official, at=at)
    assert services.accept(case, by=city_official, at=at).state == CaseState.ACCEPTED


def test_the_second_official_is_told_who_decided(case, jiangjin_official, city_official, at):
    services.accept(case, by=jiangjin_official, at=at)
    with pytest.raises(AlreadyMoved, match="江津经办"):
        services.refuse(case, by=city_official, at=at, ground="not_wages")
    assert Case.objects.get(pk=case.pk).state == CaseState.ACCEPTED


def test_a_worker_withdraws_and_the_case_is_over(accepted, at):
    assert services.withdraw(accepted, by=None, at=at + timedelta(days=2)).state == CaseState.WITHDRAWN
    with pytest.raises(AlreadyMoved):
        services.withdraw(accepted, by=None, at=at + timedelta(days=3))


def test_maker_is_not_checker(investigating, jiangjin_official, city_official, at):
    proposal = services.propose_extension(investigating, by=jiangjin_official, at=at + timedelta(days=9), reason="人多")
    with pytest.raises(NotAllowed):
        services.approve(proposal, by=jiangjin_official, at=at + timedelta(days=9))
    with pytest.raises(IntegrityError, match="maker_is_not_checker"), transaction.atomic():
        Approval.objects.filter(pk=proposal.pk).update(
            state=ApprovalState.APPROVED, decided_at=at, decided_on=at.date(), decided_by=jiangjin_official
        )
    before = investigating.close_by
    services.approve(proposal, by=city_official, at=at + timedelta(days=10))
    longer = Case.objects.get(pk=investigating.pk)
    assert longer.close_by > before and longer.close_workdays == 90 and longer.extended_at


def test_an_extension_comes_once_and_before_the_deadline(investigating, jiangjin_official, city_official, at):
    late = on(investigating.close_by + timedelta(days=1))
    with pytest.raises(Refusal, match="原期限已过"):
        services.propose_extension(investigating, by=jiangjin_official, at=late, reason="x")
    proposal = services.propose_extension(investigating, by=jiangjin_official, at=at + timedelta(days=9), reason="x")
    with pytest.raises(Refusal, match="等待处理"):
        services.propose_extension(investigating, by=jiangjin_official, at=at + timedelta(days=9), reason="x")
    with pytest.raises(Refusal, match="原期限已过"):
        services.approve(proposal, by=city_official, at=late)
    with pytest.raises(IntegrityError, match="extension_in_time"), transaction.atomic():
        Approval.objects.filter(pk=proposal.pk).update(
            state="approved", decided_at=late, decided_on=late.date(), decided_by=city_official
        )
    services.approve(proposal, by=city_official, at=at + timedelta(days=10))
    with pytest.raises(Refusal, match="一次"):
        services.propose_extension(
            Case.objects.get(pk=investigating.pk), by=jiangjin_official, at=at + timedelta(days=11), reason="x"
        )


def test_a_decision_is_signed_by_a_second_official(investigating, jiangjin_official, city_official, at):
    proposal = services.propose_decision(
        investigating,
        by=jiangjin_official,
        at=at + timedelta(days=9),
        reason="事实清楚",
        amount_fen=100,
        extra_percent=50,
    )
    services.approve(proposal, by=city_official, at=at + timedelta(days=10))
    decided = Case.objects.get(pk=investigating.pk)
    assert decided.state == CaseState.DECISION
    assert "50%" in decided.documents.get(kind=DocumentKind.DECISION).text


def test_a_rejected_proposal_leaves_the_case_as_it_is(investigating, jiangjin_official, city_official, at):
    proposal = services.propose_decision(
        investigating, by=jiangjin_official, at=at + timedelta(days=9), reason="x", amount_fen=100
    )
    services.reject(proposal, by=city_official, at=at + timedelta(days=10), reason="证据不足")
    assert Case.objects.get(pk=investigating.pk).state == CaseState.INVESTIGATING


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "nonsense"}, "wages_case_state"),
        ({"headcount": 0}, "wages_case_headcount"),
        ({"amount_fen": -1}, "wages_case_amount"),
        ({"state": "closed_settled"}, "wages_case_"),
        ({"state": "not_accepted"}, "wages_case_closed"),
        ({"state": "accepted"}, "wages_case_accepted"),
        ({"division": "330100"}, "wages_case_division"),
        ({"work_from": date(2026, 5, 1), "work_to": date(2026, 4, 1)}, "wages_case_work"),
    ],
)
def test_the_database_refuses_what_must_never_be(case, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**values)


def test_an_open_case_has_no_end(case, at):
    with pytest.raises(IntegrityError, match="open_has_no_end"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(closed_at=at)


def test_every_state_is_open_or_closed_and_can_be_reached():
    targets = {Case.FLOW.target(verb) for verb in Case.FLOW}
    assert targets == set(CaseState)
    apart = [set(OPEN), set(CLOSED), set(ASIDE)]
    assert set().union(*apart) == set(CaseState) and sum(map(len, apart)) == len(CaseState)


def test_a_workers_arrears_indicator_follows_the_case(
    filed, code, wang_wei, jiangjin_official, jiangjin_inspector, employer, pay, answer_all, deliver, at
):
    row = workers.for_user(wang_wei, at=at)
    case = filed(at=at, code=code, by=wang_wei, phone="13800000001")
    assert case.worker == row
    services.accept(case, by=jiangjin_official, at=at)
    deliver(at)
    row.refresh_from_db()
    employer.refresh_from_db()
    assert (row.arrears_status, row.arrears_amount_fen) == ("1", 12_600_00)
    assert employer.arrears_standing == ArrearsStanding.OPEN
    services.investigate(case, by=jiangjin_official, at=at, second_inspector=jiangjin_inspector)
    pay(case, by=jiangjin_official, at=at + timedelta(days=1))
    answer_all(case, at=at + timedelta(days=1))
    services.settle(Case.objects.get(pk=case.pk), by=jiangjin_official, at=at + timedelta(days=1))
    deliver(at + timedelta(days=1))
    row.refresh_from_db()
    employer.refresh_from_db()
    assert (row.arrears_status, row.arrears_amount_fen) == ("2", 0)
    assert employer.arrears_standing == ArrearsStanding.CLEARED


def test_an_open_case_outlives_another_that_ends(filed, code, wang_wei, jiangjin_official, employer, deliver, at):
    row = workers.for_user(wang_wei, at=at)
    ends, stays = (filed(at=at, code=code, by=wang_wei, phone="13800000001") for _n in range(2))
    for case in (ends, stays):
        services.accept(case, by=jiangjin_official, at=at)
    services.withdraw(Case.objects.get(pk=ends.pk), by=wang_wei, at=at)
    deliver(at)
    row.refresh_from_db()
    employer.refresh_from_db()
    assert (row.arrears_status, row.arrears_amount_fen) == ("1", 12_600_00)
    assert employer.arrears_standing == ArrearsStanding.OPEN


def test_a_proven_number_of_an_account_brings_the_case_to_that_account(filed, code, wang_wei, at):
    assert filed(at=at, code=code, phone="138 0000 0001").user == wang_wei


def test_a_number_in_doubt_brings_no_case_to_its_account(filed, code, wang_wei, at):
    type(wang_wei).objects.filter(pk=wang_wei.pk).update(held_since=at)
    assert filed(at=at, code=code, phone="13800000001").user is None
    wang_wei.refresh_from_db()
    assert filed(at=at, code=code, phone="13800000001", by=wang_wei).user is None


def test_files_move_from_the_draft_to_the_case(answered, code, at):
    draft = answered(code=code, at=at)
    assert services.attach(draft, [photo(), photo("二.jpg", (9, 9, 9))], by=None, at=at) == []
    case = services.file(draft, phone=PHONE, by=None, at=at)
    assert Evidence.objects.filter(case=case).count() == 2


def test_the_outbox_and_the_trail_hold_no_personal_data(case, jiangjin_official, at, deliver):
    services.accept(case, by=jiangjin_official, at=at)
    deliver(at)
    said = str(list(OutboxMessage.objects.filter(topic__startswith="wages.").values()))
    said += str([(entry.reason, entry.data, entry.actor) for entry in audit.timeline(case)])
    for secret in (PHONE, "王小明", "没有发工资", crypto.blind_index("phone", PHONE).hex()):
        assert secret not in said


def test_revealing_a_number_is_on_record_with_its_reason(case, jiangjin_official, at):
    assert services.reveal_phone(case, by=jiangjin_official, at=at, reason="约谈") == PHONE
    last = audit.timeline(case).last()
    assert (last.verb, last.reason) == ("reveal_phone", "约谈")
