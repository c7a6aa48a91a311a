"""更正: what a worker says about a department's value, who answers, and what becomes of the value."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice, SmsMessage
from core import audit, outbox
from core.calendar import workdays_between
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from workers import services
from workers.disputes import deciding, filing
from workers.disputes.history import said_about
from workers.enums import Source
from workers.forms import DisputeForm
from workers.indicators import BY_CODE, INDICATORS
from workers.models import Dispute
from workers.services import standing

EDUCATION = BY_CODE["education"]


@pytest.fixture
def schooled(worker, at):
    """The education department once said 初中, against the worker's own 高中."""
    services.record(worker, {"education": "60"}, source=Source.WORKER, by=worker.user, at=at - timedelta(days=40))
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at - timedelta(days=30))
    worker.refresh_from_db()
    return worker


@pytest.fixture
def dispute(schooled, at):
    return filing.file(schooled, EDUCATION, "60", reason="我读完了高中", by=schooled.user, at=at)


def test_a_worker_disputes_what_a_department_said_and_not_what_they_said_themselves(schooled):
    assert filing.may_be_disputed(schooled, EDUCATION)
    assert filing.may_be_disputed(schooled, BY_CODE["hukou_division"])
    for code in ("id_number", "mobile", "trade", "arrears_status", "broker", "last_verified"):
        assert not filing.may_be_disputed(schooled, BY_CODE[code]), code


def test_every_value_that_can_be_disputed_has_a_field_to_type_it(worker, at):
    for indicator in INDICATORS:
        if indicator.updated_by.startswith("D") and indicator.code not in ("id_number", "mobile"):
            form = DisputeForm(None, worker=worker, indicator=indicator, day=at.date())
            assert indicator.code in form.fields, indicator.code


def test_it_goes_to_the_owning_department_of_the_workers_district_with_a_clock(dispute, at):
    assert dispute.department == Source.EDUCATION
    assert dispute.district == "500116"
    assert workdays_between(at.date(), dispute.due_on) == 15
    assert dispute.rule == "workers.dispute_workdays@2020-01-01"


def test_police_keep_people_where_they_are_registered_and_others_serve_them_where_they_live(worker, at):
    services.record(worker, {"residence_division": "500236"}, source=Source.WORKER, by=worker.user, at=at)
    worker.refresh_from_db()
    assert filing.office_of(worker, Source.POLICE) == "500116"
    assert filing.office_of(worker, Source.EDUCATION) == "500236"
    worker.hukou_division = worker.residence_division = "330000"
    assert filing.office_of(worker, Source.POLICE) == "500000"


def test_what_the_worker_wrote_rests_sealed(dispute):
    held = Dispute.objects.filter(pk=dispute.pk).values_list("claimed", "reason").get()
    assert "我读完了高中".encode() not in bytes(held[1])
    assert bytes(held[0]) != b"60"


def test_only_one_dispute_of_a_value_is_open_at_a_time(dispute, schooled, at):
    with pytest.raises(Refusal, match="在办理"):
        filing.file(schooled, EDUCATION, "30", reason="再说一次", by=schooled.user, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(
            worker=schooled, indicator=18, department=13, district="500116", filed_at=at, due_on=at.date(), rule="x"
        )
    filing.withdraw(dispute, by=schooled.user, at=at)
    assert filing.file(schooled, EDUCATION, "30", reason="再说一次", by=schooled.user, at=at).state == "open"


def test_saying_what_stands_already_is_refused(schooled, at):
    with pytest.raises(Refusal, match="一样"):
        filing.file(schooled, EDUCATION, "70", reason="没有变", by=schooled.user, at=at)


def test_nobody_disputes_for_somebody_else(schooled, li_fang, du_gaotian, jiangjin_official, at):
    for other in (li_fang, du_gaotian, jiangjin_official):
        with pytest.raises(NotAllowed):
            filing.file(schooled, EDUCATION, "60", reason="替他说", by=other, at=at)


def test_taking_it_makes_the_department_state_the_new_value_so_that_it_stands(dispute, jiangjin_official, at):
    deciding.take(dispute, by=jiangjin_official, at=at)
    dispute.worker.refresh_from_db()
    assert dispute.worker.education == "60"
    held = standing.outcome(dispute.worker)[EDUCATION.number]
    assert held.source == Source.EDUCATION
    services.record(dispute.worker, {"education": "80"}, source=Source.WORKER, by=dispute.worker.user, at=at)
    dispute.worker.refresh_from_db()
    assert dispute.worker.education == "60"


def test_a_value_that_does_not_belong_can_be_taken_away(schooled, jiangjin_official, at):
    filed = filing.file(schooled, EDUCATION, None, reason="没有这回事", by=schooled.user, at=at)
    deciding.take(filed, by=jiangjin_official, at=at)
    schooled.refresh_from_db()
    assert schooled.education == ""


def test_a_value_with_two_columns_keeps_what_was_not_disputed(worker, jiangjin_official, at):
    training = {"last_training": "焊工", "last_training_on": at.date()}
    services.record(worker, {"last_training": training}, source=Source.HUMAN_RESOURCES, by=None, at=at)
    worker.refresh_from_db()
    filed = filing.file(worker, BY_CODE["last_training"], "电工", reason="写错了", by=worker.user, at=at)
    deciding.take(filed, by=jiangjin_official, at=at)
    worker.refresh_from_db()
    assert (worker.last_training, worker.last_training_on) == ("电工", at.date())


def test_a_department_whose_word_weighs_less_cannot_take_it_and_nothing_has_happened(dispute, jiangjin_official, at):
    passed = deciding.pass_on(dispute, department=Source.POLICE, by=jiangjin_official, at=at, reason="请公安核实")
    with pytest.raises(Refusal, match="分量不够"):
        deciding.take(passed, by=jiangjin_official, at=at)
    passed.refresh_from_db()
    assert passed.state == "open"
    assert passed.worker.education == "70"


def test_no_needs_a_reason_and_tells_the_worker_where_to_go_on(dispute, jiangjin_official, client_of, at):
    with pytest.raises(Refusal):
        deciding.refuse(dispute, by=jiangjin_official, at=at, reason=" ")
    deciding.refuse(dispute, by=jiangjin_official, at=at, reason="学籍系统里只有初中的记录")
    dispute.worker.refresh_from_db()
    assert dispute.worker.education == "70"
    page = client_of(dispute.worker.user).get(reverse("workers:dispute", args=[dispute.reference])).text
    for words in ("学籍系统里只有初中的记录", "网信部门", "复议", "补充材料"):
        assert words in page


def test_passing_it_on_keeps_the_clock_and_names_the_new_department(dispute, jiangjin_official, at):
    later = at + timedelta(days=3)
    with pytest.raises(Refusal):
        deciding.pass_on(dispute, department=Source.EDUCATION, by=jiangjin_official, at=later, reason="还是你们")
    passed = deciding.pass_on(
        dispute, department=Source.HUMAN_RESOURCES, by=jiangjin_official, at=later, reason="是技能证书"
    )
    assert (passed.department, passed.due_on, passed.state) == (Source.HUMAN_RESOURCES, dispute.due_on, "open")


def test_officials_elsewhere_brokers_and_auditors_decide_nothing(dispute, fengjie_official, auditor, du_gaotian, at):
    for other in (fengjie_official, auditor, du_gaotian, dispute.worker.user):
        with pytest.raises(NotAllowed):
            deciding.take(dispute, by=other, at=at)
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_an_official_does_not_decide_about_themselves(dispute, jiangjin_official, at):
    jiangjin_official.phone_index = dispute.worker.mobile_index
    with pytest.raises(NotAllowed, match="自己"):
        deciding.take(dispute, by=jiangjin_official, at=at)


def test_who_comes_second_is_told_who_decided(dispute, jiangjin_official, city_official, at):
    deciding.take(dispute, by=jiangjin_official, at=at)
    with pytest.raises(AlreadyMoved, match="江津经办"):
        deciding.refuse(dispute, by=city_official, at=at, reason="我不同意")


def test_the_worker_hears_of_each_step_once_and_the_office_that_one_waits(dispute, jiangjin_official, at):
    outbox.drain(at=at)
    deciding.pass_on(dispute, department=Source.POLICE, by=jiangjin_official, at=at, reason="请公安核实")
    deciding.pass_on(dispute, department=Source.EDUCATION, by=jiangjin_official, at=at, reason="应由教育核实")
    deciding.refuse(dispute, by=jiangjin_official, at=at, reason="查无此记录")
    outbox.drain(at=at)
    told = Notice.objects.filter(user=dispute.worker.user, event__startswith="workers.dispute")
    assert sorted(told.values_list("event", flat=True)) == [
        "workers.dispute_filed",
        "workers.dispute_passed_on",
        "workers.dispute_passed_on",
        "workers.dispute_refused",
    ]
    assert all(len(row.text) <= 70 for row in told)
    assert SmsMessage.objects.filter(event__startswith="workers.dispute").count() == 4
    assert Notice.objects.filter(user=jiangjin_official, event="workers.dispute_filed").count() == 1


def test_every_step_is_in_the_trail_and_holds_no_value(dispute, jiangjin_official, at):
    deciding.refuse(dispute, by=jiangjin_official, at=at, reason="查无此记录")
    trail = list(audit.timeline(dispute))
    assert [entry.verb for entry in trail] == ["workers.dispute_filed", "refuse"]
    assert not any("高中" in f"{entry.reason}{entry.data}" for entry in trail)


def test_history_says_who_said_what_and_when_and_which_one_stands(schooled, mandate, du_gaotian, at):
    services.record(schooled, {"trade": "cook"}, source=Source.BROKER, by=du_gaotian, at=at)
    later = at + timedelta(days=1)
    services.record(schooled, {"trade": "welder"}, source=Source.WORKER, by=schooled.user, at=later)
    schooled = type(schooled).objects.get(pk=schooled.pk)
    said = said_about(schooled, [EDUCATION, BY_CODE["trade"]])
    assert [(one.value, one.who, one.stands) for one in said["education"]] == [
        ("初中", "教育部门", True),
        ("普通高中", "本人填写", False),
    ]
    assert said["education"][0].when == "2026年2月7日"
    assert [one.who for one in said["trade"]] == ["本人填写", "劳务经纪人录入 · 杜高田"]


def test_confirming_everything_leaves_departments_values_to_the_departments(schooled, at):
    services.confirm_unchanged(schooled, None, by=schooled.user, at=at)
    schooled.refresh_from_db()
    assert schooled.education == "70"
    assert standing.outcome(schooled)[EDUCATION.number].source == Source.EDUCATION


def test_the_reason_for_taking_it_rests_sealed_and_not_in_the_trail(dispute, jiangjin_official, at):
    taken = deciding.take(dispute, by=jiangjin_official, at=at, reason="毕业证原件核对无误")
    assert taken.answer.open() == "毕业证原件核对无误"
    assert audit.timeline(taken).get(verb="take").reason == ""


def test_passed_on_it_goes_to_the_district_that_the_other_department_answers_in(
    schooled, city_official, jiangjin_official, at
):
    services.record(schooled, {"residence_division": "500236"}, source=Source.WORKER, by=schooled.user, at=at)
    schooled.refresh_from_db()
    filed = filing.file(schooled, EDUCATION, "60", reason="我读完了高中", by=schooled.user, at=at)
    assert filed.district == "500236"
    passed = deciding.pass_on(filed, department=Source.POLICE, by=city_official, at=at, reason="由公安答复")
    assert (passed.department, passed.district) == (Source.POLICE, "500116")
    outbox.drain(at=at)
    told = Notice.objects.filter(event="workers.dispute_passed_on", user=jiangjin_official)
    assert told.count() == 1


def test_whoever_passed_it_on_comes_back_to_the_list(dispute, jiangjin_official, client_of):
    url = reverse("admin:workers_dispute_decide", args=[dispute.pk, "pass_on"])
    answer = client_of(jiangjin_official).post(url, {"department": int(Source.POLICE), "reason": "由公安答复"})
    assert answer.url == reverse("admin:workers_dispute_changelist")


@pytest.mark.parametrize("verb", ["take", "refuse", "pass_on"])
def test_a_page_that_asks_to_decide_is_on_record_like_the_dispute_itself(dispute, jiangjin_official, client_of, verb):
    before = services.timeline_of(dispute.worker)
    answer = client_of(jiangjin_official).get(f"/admin/workers/dispute/{dispute.pk}/decide/{verb}/")
    assert answer.status_code == 200
    assert len(services.timeline_of(dispute.worker)) == len(before) + 1
