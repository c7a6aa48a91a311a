"""From draft to the pool: who may take which step, what each leaves behind, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import audit, outbox
from core.errors import NotAllowed, Refusal
from core.models import OutboxMessage
from core.transitions import AlreadyMoved
from housing import services
from housing.enums import DocumentKind, ObjectionState, Rule, State
from housing.models import HousingApplication
from housing.tasks import watch_deadlines
from workers.code_lists import PublicHousing

pytestmark = pytest.mark.django_db


def registry_status(application):
    application.worker.refresh_from_db()
    return application.worker.public_housing


def verbs(application):
    return [entry.verb for entry in audit.timeline(application)]


def test_handing_in_fixes_number_office_flat_clock_and_rules(submitted, estate):
    assert submitted.state == State.SUBMITTED
    assert submitted.number == f"GZ-2026-{submitted.pk:06d}"
    assert submitted.division_id == estate.district_id
    assert submitted.unit_kind == "two_bedroom"
    assert submitted.preliminary_by == date(2026, 4, 7)
    assert submitted.rules_version == "2022-09-15"
    assert submitted.assessment["eligible"] is True
    assert len(submitted.assessment["reasons"]) == len(Rule)
    assert registry_status(submitted) == PublicHousing.IN_REVIEW


def test_without_papers_it_waits_for_them_fifteen_working_days(draft, hand_in_papers, at):
    row = services.submit(draft, by=draft.worker.user, at=at)
    assert (row.state, row.docs_by) == (State.DOCS_DUE, date(2026, 3, 30))
    with pytest.raises(Refusal, match="还缺：身份证"):
        services.supply(row, by=row.worker.user, at=at)
    later = at + timedelta(days=3)
    hand_in_papers(row, moment=later)
    row = services.supply(row, by=row.worker.user, at=later)
    assert (row.state, row.preliminary_by) == (State.SUBMITTED, date(2026, 4, 10))


def test_two_reviews_then_publicity_then_the_pool(publicised, at, fresh):
    assert publicised.state == State.PUBLICITY
    assert registry_status(publicised) == PublicHousing.IN_REVIEW
    with pytest.raises(Refusal, match="公示期没有满"):
        services.enter_waiting(publicised, by=None, at=at + timedelta(days=7))
    row = services.enter_waiting(publicised, by=None, at=at + timedelta(days=8))
    assert row.state == State.WAITING
    assert registry_status(row) == PublicHousing.WAITING
    assert verbs(row) == ["submit", "take_up", "pass_preliminary", "pass_final", "enter_waiting"]


def test_whoever_passed_the_preliminary_review_cannot_pass_the_final_one(in_final, jiangjin_official, at):
    with pytest.raises(NotAllowed, match="另一个人"):
        services.pass_final(in_final, by=jiangjin_official, at=at)
    for act in (
        lambda: services.refuse(in_final, rule=Rule.HOME, text="有房", by=jiangjin_official, at=at),
        lambda: services.return_to_preliminary(in_final, reason="再看", by=jiangjin_official, at=at),
        lambda: services.request_documents(in_final, text="补", by=jiangjin_official, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_database_too_wants_two_people(publicised, jiangjin_official):
    rows = HousingApplication.objects.filter(pk=publicised.pk)
    with pytest.raises(IntegrityError, match="maker_is_not_checker"), transaction.atomic():
        rows.update(final_reviewer=jiangjin_official)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"number": None}, "housing_application_submitted"),
        ({"state": "elsewhere"}, "housing_application_state"),
        ({"preliminary_by": None}, "housing_application_preliminary_by"),
        ({"state": State.DOCS_DUE}, "housing_application_docs_by"),
        ({"state": State.FINAL_REVIEW}, "housing_application_final_by"),
        ({"state": State.WAITING}, "housing_application_(preliminary|final)_done"),
        ({"final_division": None}, "housing_application_submitted"),
        ({"preliminary_from": None}, "housing_application_preliminary_by"),
        ({"state": State.REFUSED}, "housing_application_refused"),
        ({"income_fen": -1}, "housing_application_income"),
        ({"insurance_months": 9999}, "housing_application_insurance_months"),
        ({"home_m2": -1}, "housing_application_home"),
    ],
)
def test_what_must_never_be_false_stands_in_the_database(submitted, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HousingApplication.objects.filter(pk=submitted.pk).update(**columns)


def test_a_person_has_one_open_application(submitted, at):
    with pytest.raises(Refusal, match=submitted.number):
        services.start(submitted.worker, by=submitted.worker.user, at=at)
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        HousingApplication.objects.create(worker=submitted.worker, started_at=at, saved_at=at)


def test_after_withdrawing_a_new_one_may_follow(submitted, at):
    row = services.withdraw(submitted, by=submitted.worker.user, at=at)
    assert row.state == State.WITHDRAWN
    assert registry_status(row) == PublicHousing.NOT_APPLIED
    assert services.start(row.worker, by=row.worker.user, at=at).state == State.DRAFT


def test_nothing_can_be_changed_after_handing_in(submitted, at):
    with pytest.raises(Refusal, match="已经提交"):
        services.save_task(submitted, {"home_m2": 40}, by=submitted.worker.user, at=at)
    with pytest.raises(Refusal, match="不能删"):
        services.detach(submitted.documents.first(), by=submitted.worker.user, at=at)
    with pytest.raises(AlreadyMoved):
        services.submit(submitted, by=submitted.worker.user, at=at)


def test_an_unfinished_draft_is_not_taken(worker, at):
    draft = services.start(worker, by=worker.user, at=at)
    with pytest.raises(Refusal, match="没填完"):
        services.submit(draft, by=worker.user, at=at)


def test_papers_sent_back_stop_the_review_until_new_ones_come(
    in_preliminary, hand_in_papers, jiangjin_official, at, fresh
):
    permit = in_preliminary.documents.get(kind=DocumentKind.WORK)
    later = at + timedelta(days=2)
    row = services.request_documents(
        in_preliminary, text="合同看不清", rejected=[permit.pk], by=jiangjin_official, at=later
    )
    assert (row.state, row.docs_request) == (State.DOCS_DUE, "合同看不清")
    assert fresh(permit).remark == "合同看不清"
    with pytest.raises(Refusal, match="还缺"):
        services.supply(row, by=row.worker.user, at=later)
    hand_in_papers(row, moment=later + timedelta(days=1))
    row = services.supply(row, by=row.worker.user, at=later + timedelta(days=1))
    assert row.state == State.PRELIMINARY_REVIEW
    assert row.taken_up_by == jiangjin_official
    assert row.preliminary_by == date(2026, 4, 9)


def test_an_official_who_asked_for_something_must_find_something_new(in_preliminary, jiangjin_official, at):
    later = at + timedelta(days=1)
    row = services.request_documents(in_preliminary, text="补收入证明", by=jiangjin_official, at=later)
    with pytest.raises(Refusal, match="还没有上传新的材料"):
        services.supply(row, by=row.worker.user, at=later)


def test_an_application_lapses_only_after_its_period(draft, jiangjin_official, at):
    row = services.submit(draft, by=draft.worker.user, at=at)
    with pytest.raises(Refusal, match="还没过"):
        services.lapse(row, by=jiangjin_official, at=at + timedelta(days=21))
    row = services.lapse(row, by=jiangjin_official, at=at + timedelta(days=22))
    assert row.state == State.LAPSED


def test_a_refusal_names_condition_article_and_reason(in_preliminary, jiangjin_official, at):
    with pytest.raises(Refusal, match="理由"):
        services.refuse(in_preliminary, rule=Rule.HOME, text=" ", by=jiangjin_official, at=at)
    row = services.refuse(in_preliminary, rule=Rule.HOME, text="有一套 78 ㎡的住房。", by=jiangjin_official, at=at)
    assert row.state == State.REFUSED
    assert "公共租赁住房管理暂行办法" in row.refusal_article
    assert registry_status(row) == PublicHousing.NOT_APPLIED


def test_an_open_objection_keeps_an_application_out_of_the_pool(publicised, li_fang, jiangjin_official, at, fresh):
    objection = services.raise_objection(publicised, text="他家在江津有两套房子。", by=li_fang, at=at)
    after = at + timedelta(days=10)
    with pytest.raises(Refusal, match="异议"):
        services.enter_waiting(publicised, by=None, at=after)
    services.dismiss_objection(objection, decision="查无此房。", by=jiangjin_official, at=after)
    assert services.enter_waiting(publicised, by=None, at=after).state == State.WAITING
    assert fresh(objection).decided_by == jiangjin_official


def test_an_objection_that_holds_starts_both_reviews_over(publicised, li_fang, jiangjin_official, at, fresh):
    objection = services.raise_objection(publicised, text="他家在江津有两套房子。", by=li_fang, at=at)
    row = services.uphold_objection(objection, decision="属实", by=jiangjin_official, at=at)
    assert row.state == State.PRELIMINARY_REVIEW
    assert (row.preliminary_reviewer, row.final_reviewer) == (None, None)
    assert fresh(objection).state == ObjectionState.UPHELD
    with pytest.raises(Refusal, match="已经有结论"):
        services.dismiss_objection(objection, decision="不属实", by=jiangjin_official, at=at)


def test_the_raiser_of_an_objection_is_not_named_in_the_trail(publicised, li_fang, at):
    services.raise_objection(publicised, text="他家在江津有两套房子。", by=li_fang, at=at)
    entry = audit.timeline(publicised).last()
    assert (entry.verb, entry.actor_id) == ("raise_objection", None)


def test_nobody_objects_to_themselves_or_twice(publicised, li_fang, at):
    with pytest.raises(Refusal):
        services.raise_objection(publicised, text="我自己不符合条件啊。", by=publicised.worker.user, at=at)
    services.raise_objection(publicised, text="他家在江津有两套房子。", by=li_fang, at=at)
    with pytest.raises(Refusal, match="已经对这份申请"):
        services.raise_objection(publicised, text="再说一次，他有房子。", by=li_fang, at=at)


def test_the_second_official_is_told_who_was_first(in_preliminary, jiangjin_official, city_official, at):
    stale = HousingApplication.objects.get(pk=in_preliminary.pk)
    services.pass_preliminary(in_preliminary, by=jiangjin_official, at=at)
    with pytest.raises(AlreadyMoved, match="江津经办"):
        services.pass_preliminary(stale, by=city_official, at=at)


def test_an_official_of_another_district_decides_nothing(submitted, fengjie_official, auditor, at):
    for person in (fengjie_official, auditor, submitted.worker.user):
        with pytest.raises(NotAllowed):
            services.take_up(submitted, by=person, at=at)


def test_nobody_files_for_another_person(worker, li_fang, at):
    with pytest.raises(NotAllowed):
        services.start(worker, by=li_fang, at=at)


def test_the_task_ends_publicity_and_may_run_twice(publicised, fresh, monkeypatch, at):
    monkeypatch.setattr("housing.tasks.timezone.now", lambda: at + timedelta(days=9))
    watch_deadlines()
    messages = OutboxMessage.objects.count()
    watch_deadlines()
    assert fresh(publicised).state == State.WAITING
    assert OutboxMessage.objects.count() == messages


def test_an_objection_in_the_last_second_does_not_stop_the_task(publicised, worker, monkeypatch, at):
    def objected(application, **_kw):
        raise Refusal("还有异议没有核查完。")

    services.remind(worker, at.date() + timedelta(days=1), by=worker.user, at=at)
    monkeypatch.setattr("housing.tasks.timezone.now", lambda: at + timedelta(days=9))
    monkeypatch.setattr("housing.tasks.services.enter_waiting", objected)
    watch_deadlines()
    assert OutboxMessage.objects.filter(topic="housing.reminder").exists()


def test_three_missed_rounds_are_enough(submitted, at):
    from housing.policy import is_guaranteed

    assert not is_guaranteed(submitted, at.date())
    submitted.rounds_missed = 3
    assert is_guaranteed(submitted, at.date())


def test_looking_at_a_sealed_name_is_recorded_before_it_is_shown(submitted, jiangjin_official, fengjie_official, at):
    member = submitted.members.get(relation="spouse")
    assert str(member.name) == "＊＊＊"
    with pytest.raises(NotAllowed):
        services.reveal(member, reason="核对身份", by=fengjie_official, at=at)
    name, number = services.reveal(member, reason="核对身份", by=jiangjin_official, at=at)
    assert (name, number[:6]) == ("陈静", "500199")
    entry = audit.timeline(submitted).last()
    assert (entry.verb, entry.reason, entry.data) == ("reveal", "核对身份", {"member": member.pk})


def test_every_step_leaves_one_message(publicised):
    topics = OutboxMessage.objects.filter(topic__startswith="housing.").order_by("pk").values_list("topic", flat=True)
    assert list(topics) == ["housing.submit", "housing.take_up", "housing.pass_preliminary", "housing.pass_final"]


def test_every_message_has_somebody_who_answers(publicised):
    walked = {f"housing.{verb}" for verb in ("submit", "take_up", "pass_preliminary", "pass_final", "enter_waiting")}
    assert walked <= outbox.topics()
