"""Two papers of one broker, two disputes about one value, two updates: one goes on, the other says why it does not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Notice
from core import outbox
from workers import services
from workers.disputes import filing
from workers.freshness import updating
from workers.models import BrokerUpdate, Dispute, Mandate, MandateClaim
from workers.services import claims
from workers.twins.merging import merge, unmerge

from ..test_paper_mandates import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(departments, by_phone, du_gaotian, at):
    """One for each row, the second an hour later."""
    return [
        claims._filed(row, ["profile"], photo(), du_gaotian, at + timedelta(hours=n))
        for n, row in enumerate((departments, by_phone))
    ]


@pytest.fixture
def later(at):
    return at + timedelta(days=1)


@pytest.mark.parametrize("survives", [0, 1])
def test_of_two_papers_that_wait_the_later_goes_on_and_the_other_says_why(
    papers, departments, by_phone, du_gaotian, jiangjin_official, client_of, later, survives
):
    rows = [departments, by_phone]
    merge(rows[survives], rows[1 - survives], by=jiangjin_official, at=later)
    older, newer = [MandateClaim.objects.get(pk=one.pk) for one in papers]
    assert (newer.state, newer.worker_id) == ("waiting", rows[survives].pk)
    assert (older.state, older.worker_id, older.decided_by) == ("withdrawn", rows[survives].pk, jiangjin_official)
    assert newer.reference in older.answer.open()
    assert f"只核对后提交的 {newer.reference}" in client_of(du_gaotian).get(reverse("workers:paper_mandates")).text
    outbox.drain(at=later)
    assert older.reference in Notice.objects.get(user=du_gaotian, event="workers.claim_joined").text
    claims.accept(newer, by=jiangjin_official, at=later, reason="已打电话问过本人")
    assert Mandate.objects.get().worker_id == rows[survives].pk


def test_taken_apart_each_row_has_its_paper_again(papers, departments, by_phone, jiangjin_official, later):
    done = merge(departments, by_phone, by=jiangjin_official, at=later)
    unmerge(done, by=jiangjin_official, at=later, reason="不是同一个人")
    found = {one.worker_id: (one.state, one.answer) for one in MandateClaim.objects.all()}
    assert found == {departments.pk: ("waiting", None), by_phone.pk: ("waiting", None)}


def test_what_was_decided_meanwhile_stays_so(papers, departments, by_phone, jiangjin_official, later):
    done = merge(departments, by_phone, by=jiangjin_official, at=later)
    claims.accept(papers[1], by=jiangjin_official, at=later, reason="已打电话问过本人")
    unmerge(done, by=jiangjin_official, at=later, reason="不是同一个人")
    assert {one.worker_id: one.state for one in MandateClaim.objects.all()} == {
        departments.pk: "waiting",
        by_phone.pk: "accepted",
    }


def test_a_merge_that_nobody_decided_closes_the_older_too(papers, departments, by_phone, later):
    merge(departments, by_phone, by=None, at=later)
    older = MandateClaim.objects.get(pk=papers[0].pk)
    assert (older.state, older.decided_by) == ("withdrawn", None)


def dispute(row, number, at):
    return Dispute.objects.create(
        worker=row, indicator=18, department=12, district="500116", reason="我读完了高中", filed_at=at,
        due_on=at.date(), rule="x", photo=None, claimed=str(number),
    )  # fmt: skip


def test_of_two_disputes_about_one_value_the_later_goes_on_and_the_person_is_told(
    departments, by_phone, wang_wei, jiangjin_official, client_of, at, later
):
    by_phone.user = wang_wei
    by_phone.save(update_fields=["user"])
    older, newer = dispute(departments, 60, at), dispute(by_phone, 70, at + timedelta(hours=1))
    done = merge(departments, by_phone, by=jiangjin_official, at=later)
    assert {one.reference: one.state for one in Dispute.objects.filter(worker=departments)} == {
        older.reference: "withdrawn",
        newer.reference: "open",
    }
    assert newer.reference in client_of(wang_wei).get(reverse("workers:dispute", args=[older.reference])).text
    outbox.drain(at=later)
    assert "两份更正申请" in Notice.objects.get(user=wang_wei, event="workers.dispute_joined").text
    unmerge(done, by=jiangjin_official, at=later, reason="不是同一个人")
    assert {one.worker_id: one.state for one in Dispute.objects.all()} == {departments.pk: "open", by_phone.pk: "open"}


def test_what_is_opened_again_has_the_whole_time_by_the_rule_of_that_day(
    papers, departments, by_phone, jiangjin_official, at, later
):
    filed = [dispute(row, 60 + n, at + timedelta(hours=n)) for n, row in enumerate((departments, by_phone))]
    done, months = merge(departments, by_phone, by=jiangjin_official, at=later), later + timedelta(days=90)
    unmerge(done, by=jiangjin_official, at=months, reason="不是同一个人")
    for model, first, clock in ((MandateClaim, papers[0], claims.clock), (Dispute, filed[0], filing.clock)):
        row = model.objects.get(pk=first.pk)
        assert {"due_on": row.due_on, "due_provisional": row.due_provisional, "rule": row.rule} == clock(months)
        assert row.due_on > months.date()


def test_the_person_reads_in_their_dispute_why_it_ended_and_goes_on(
    departments, by_phone, wang_wei, jiangjin_official, client_of, at, later
):
    departments.user = wang_wei
    departments.save(update_fields=["user"])
    older = dispute(departments, 60, at)
    dispute(by_phone, 70, at + timedelta(hours=1))
    page = reverse("workers:dispute", args=[older.reference])
    done = merge(departments, by_phone, by=jiangjin_official, at=later)
    assert "你的两份登记合并，这一份并入另一份申请" in client_of(wang_wei).get(page).text
    unmerge(done, by=jiangjin_official, at=later, reason="不是同一个人")
    assert "合并撤销，这一份重新办理" in client_of(wang_wei).get(page).text


def test_of_two_updates_of_one_broker_the_older_lapses(departments, by_phone, du_gaotian, jiangjin_official, at, later):
    for n, row in enumerate((by_phone, departments)):
        services.mandates.make_mandate(
            row, du_gaotian, scope=["profile"], evidence="counter", by=jiangjin_official, at=at
        )
        updating.state(row, {"months_worked": 3 + n}, by=du_gaotian, at=at + timedelta(hours=n))
    merge(departments, by_phone, by=jiangjin_official, at=later)
    found = BrokerUpdate.objects.order_by("made_at").values_list("worker_id", "state")
    assert list(found) == [(departments.pk, "lapsed"), (departments.pk, "waiting")]
