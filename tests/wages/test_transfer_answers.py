"""What the department that a case was sent to answered; what is not theirs comes back with the days that were left."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Notice, SmsMessage
from core import audit
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from wages import services
from wages.enums import CaseState
from wages.models import Transferral

from .conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(case, jiangjin_official, at):
    """Filed on Monday 9 March, sent on Wednesday."""
    return services.transfer(case, target="housing", by=jiangjin_official, at=at + timedelta(days=2))


def answered(case, by, at, outcome="done", day=date(2026, 3, 18), answer="已责成总包付清"):
    return services.record_answer(case, by=by, at=at, outcome=outcome, answer=answer, answered_on=day)


def test_a_transfer_waits_for_an_answer_and_says_from_when_on_it_is_asked_again(sent):
    row = Transferral.objects.get(case=sent)
    assert (row.state, row.target, row.ask_again_on) == ("waiting", "住房城乡建设部门", date(2026, 3, 25))


def test_the_answer_is_recorded_in_the_trail_and_the_complainant_is_told(sent, jiangjin_official, at, deliver):
    then = at + timedelta(days=9)
    assert answered(sent, jiangjin_official, then).state == CaseState.TRANSFERRED
    deliver(then)
    assert audit.timeline(sent).last().reason == "住房城乡建设部门：已责成总包付清"
    text = SmsMessage.objects.get(event="wages.transfer_answered").text.open()
    assert "住房城乡建设部门" in text and len(text) <= 70


def test_taken_first_and_finished_later_but_finished_once(sent, jiangjin_official, at):
    then = at + timedelta(days=9)
    answered(sent, jiangjin_official, then, outcome="took")
    answered(sent, jiangjin_official, then, outcome="done")
    with pytest.raises(AlreadyMoved):
        answered(sent, jiangjin_official, then, outcome="returned")


def test_what_is_not_theirs_comes_back_with_the_days_that_were_left(case, sent, jiangjin_official, at, deliver):
    back = answered(sent, jiangjin_official, on(date(2026, 3, 18)), outcome="returned", answer="工程不归我委监管")
    # Monday 9 March, one day used when it went on Wednesday 11; four are left from Wednesday 18 on.
    assert (back.state, back.closed_at, back.transfer_target) == (CaseState.SUBMITTED, None, "")
    assert (back.number, back.due_on) == (case.number, date(2026, 3, 24))
    deliver(on(date(2026, 3, 18)))
    assert "已退回" in SmsMessage.objects.get(event="wages.transfer_answered").text.open()
    again = services.transfer(back, target="transport", by=jiangjin_official, at=on(date(2026, 3, 19)))
    assert again.transferrals.count() == 2


def test_a_clock_that_had_run_out_stays_run_out(case, jiangjin_official, at):
    late = services.transfer(case, target="housing", by=jiangjin_official, at=at + timedelta(days=14))
    back = answered(late, jiangjin_official, on(date(2026, 4, 8)), outcome="returned", day=date(2026, 4, 8))
    assert back.due_on == case.due_on


def test_only_the_office_that_sent_it_records_an_answer_and_only_one_that_can_be(
    case, sent, jiangjin_official, fengjie_official, auditor, at
):
    for stranger in (fengjie_official, auditor):
        with pytest.raises(NotAllowed):
            answered(sent, stranger, at + timedelta(days=9))
    with pytest.raises(Refusal, match="今天之后"):
        answered(sent, jiangjin_official, at + timedelta(days=3))
    with pytest.raises(Refusal, match="早于转送"):
        answered(sent, jiangjin_official, at + timedelta(days=9), day=date(2026, 3, 10))


def test_an_open_case_has_no_answer_to_record(case, jiangjin_official, at):
    with pytest.raises(Refusal, match="没有转送"):
        answered(case, jiangjin_official, at + timedelta(days=9))


def test_a_silent_department_is_brought_to_mind_once(sent, jiangjin_official, at, deliver):
    assert services.ask_again(at=on(date(2026, 3, 25))) == 0
    assert services.ask_again(at=on(date(2026, 3, 26))) == 1
    assert services.ask_again(at=on(date(2026, 3, 27))) == 0
    deliver(on(date(2026, 3, 27)))
    assert "再问一次" in Notice.objects.get(event="wages.transfer_unanswered", user=jiangjin_official).text


def test_an_answer_is_recorded_through_the_screen(sent, jiangjin_official, client_of):
    Transferral.objects.update(sent_at=on(date(2026, 1, 5)))
    client = client_of(jiangjin_official)
    url = reverse("admin:wages_case_decide", args=[sent.pk, "answer"])
    assert "decide/answer" in client.get(reverse("admin:wages_case_change", args=[sent.pk])).content.decode()
    wrong = {"outcome": "done", "answer": "好了", "answered_on": "2026-01-01"}
    assert "不能早于转送" in client.post(url, wrong).content.decode()
    assert client.post(url, {**wrong, "answered_on": "2026-03-18"}).status_code == 302
    assert Transferral.objects.get().state == "done"
