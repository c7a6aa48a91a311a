"""An office of ours outside the city helps with a case and hands it back; the district keeps it and its clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Notice, SmsMessage, User
from core import audit
from core.errors import NotAllowed, Refusal
from places import services as directory
from places.models import Place
from tests.races import at_once, meet_after, passed
from wages import decisions, desk, policies, services
from wages.enums import CaseState
from wages.models import Case, Helping
from wages.services import outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def hangzhou(db):
    return Place.objects.get(kind="outside", division="33")


@pytest.fixture
def there(hangzhou, city_official, at):
    """Who serves in Hangzhou."""
    user = User.objects.create(username="hz", role="official", is_staff=True, display_name="驻杭州经办")
    directory.post(hangzhou, user, by=city_official, at=at - timedelta(days=30))
    return user


@pytest.fixture
def helped(case, hangzhou, there, jiangjin_official, at):
    return services.ask_outside(case, place=hangzhou, note="请到总公司核实", by=jiangjin_official, at=at)


def test_the_case_keeps_its_number_state_district_handler_and_clock(case, helped, jiangjin_official, hangzhou):
    same = ("number", "state", "division", "assignee_id", "accept_by", "due_on", "close_by")
    assert [getattr(helped, name) for name in same] == [getattr(case, name) for name in same]
    assert helped.outside == hangzhou and policies.may_decide(jiangjin_official, helped)


def test_the_office_outside_reads_it_and_decides_nothing(helped, there, jiangjin_official, at):
    assert policies.may_read(there, helped) and policies.may_reveal(there, helped)
    assert not policies.may_decide(there, helped)
    assert [one.slug for one in decisions.of_person(helped, there)] == ["hand_back", "recuse"]
    for verb, said in (("accept", {}), ("transfer", {"target": "housing"}), ("call_back", {"note": "x"})):
        with pytest.raises(NotAllowed):
            getattr(services, verb)(helped, by=there, at=at, **said)


def test_it_stands_on_the_desk_outside_until_it_is_handed_back(helped, there, at):
    assert helped in desk.work(there, at=at) and desk.numbers(there, at=at).open == 1
    services.hand_back(helped, report="总公司同意付款", by=there, at=at + timedelta(days=1))
    assert not Case.objects.visible_to(there).exists() and not policies.may_read(there, Case.objects.get())
    with pytest.raises(NotAllowed):
        services.hand_back(helped, report="再交一次", by=there, at=at + timedelta(days=1))


def test_who_serves_elsewhere_or_nowhere_sees_nothing(helped, city_official, at):
    elsewhere = User.objects.create(username="wh", role="official", is_staff=True)
    assert not Case.objects.visible_to(elsewhere).exists()
    directory.post(Place.objects.get(division="42"), elsewhere, by=city_official, at=at - timedelta(days=30))
    elsewhere = User.objects.get(pk=elsewhere.pk)
    assert not Case.objects.visible_to(elsewhere).exists() and not policies.may_read(elsewhere, helped)


def test_whose_post_ended_sees_nothing_any_more(helped, there, city_official, at):
    directory.relieve(there.posts.get(), by=city_official, at=at)
    again = User.objects.get(pk=there.pk)
    assert not Case.objects.visible_to(again).exists()
    with pytest.raises(NotAllowed):
        services.hand_back(helped, report="晚了", by=again, at=at)


def test_the_clock_runs_on_meanwhile_and_the_district_still_answers(helped, jiangjin_official, at):
    filed = services.accept(helped, by=jiangjin_official, at=at + timedelta(days=2))
    assert (filed.state, filed.outside_id) == (CaseState.ACCEPTED, helped.outside_id)


def test_a_report_is_asked_for_and_kept(helped, there, jiangjin_official, at):
    with pytest.raises(Refusal, match="请写明"):
        services.hand_back(helped, report="  ", by=there, at=at)
    services.hand_back(helped, report="已约谈，月底付清", by=there, at=at)
    row = Helping.objects.get()
    assert (row.report, row.returned_by) == ("已约谈，月底付清", there)
    assert [entry.verb for entry in audit.timeline(helped)][-2:] == ["ask_outside", "hand_back"]


def test_one_office_at_a_time_ours_and_one_where_somebody_serves(helped, hangzhou, jiangjin_official, at):
    with pytest.raises(Refusal, match="已经在"):
        services.ask_outside(helped, place=hangzhou, note="x", by=jiangjin_official, at=at)
    back = services.call_back(helped, note="已联系上单位", by=jiangjin_official, at=at)
    with pytest.raises(Refusal, match="还没有工作人员"):
        services.ask_outside(back, place=Place.objects.get(division="42"), note="x", by=jiangjin_official, at=at)
    with pytest.raises(Refusal, match="请选市外"):
        hotline = Place.objects.filter(kind="hotline").first()
        services.ask_outside(back, place=hotline, note="x", by=jiangjin_official, at=at)


def test_only_the_office_in_charge_asks_or_calls_back(case, hangzhou, there, fengjie_official, auditor, at):
    for stranger in (fengjie_official, auditor, there):
        with pytest.raises(NotAllowed):
            services.ask_outside(case, place=hangzhou, note="x", by=stranger, at=at)


def test_a_case_that_ended_is_not_read_outside_any_more(helped, there, at):
    services.withdraw(helped, by=None, at=at)
    assert not Case.objects.visible_to(there).exists()


def test_who_steps_aside_outside_neither_reads_nor_reports(helped, there, at):
    services.recuse(helped, by=there, at=at, reason="亲戚")
    assert not policies.may_read(there, helped)
    with pytest.raises(NotAllowed):
        services.hand_back(helped, report="x", by=there, at=at)


def test_the_complainant_the_office_and_the_district_are_told(helped, there, jiangjin_official, at, deliver):
    deliver(at)
    text = SmsMessage.objects.get(event="wages.outside_asked").text.open()
    assert "驻杭州" in text and "期限不变" in text and len(text) <= 70
    assert Notice.objects.get(event="wages.outside_asked", user=there)
    services.hand_back(helped, report="好了", by=there, at=at + timedelta(hours=1))
    deliver(at + timedelta(hours=1))
    assert Notice.objects.get(event="wages.outside_returned", user=jiangjin_official)
    assert len(SmsMessage.objects.get(event="wages.outside_returned").text.open()) <= 70


def test_the_list_outside_is_read_from_its_index(helped, there, at):
    rows = Case.objects.visible_to(there).by_deadline()[:50]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        sql, params = rows.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "wages_case_desk_outside" in plan and "Sort" not in plan


def test_asked_and_handed_back_through_the_screens(case, hangzhou, there, jiangjin_official, client_of):
    district, hangzhou_desk = client_of(jiangjin_official), client_of(there)
    page = reverse("admin:wages_case_change", args=[case.pk])
    assert hangzhou_desk.get(page).status_code == 404
    ask = reverse("admin:wages_case_decide", args=[case.pk, "ask_outside"])
    assert hangzhou.name in district.get(ask).content.decode()
    assert district.post(ask, {"place": hangzhou.pk, "note": "请核实"}).status_code == 302
    shown = hangzhou_desk.get(page).content.decode()
    assert "decide/hand_back" in shown and "请核实" in shown and "decide/accept" not in shown
    assert hangzhou_desk.get(reverse("admin:wages_case_decide", args=[case.pk, "accept"])).status_code == 403
    assert district.get(reverse("admin:wages_case_decide", args=[case.pk, "hand_back"])).status_code == 403
    back = reverse("admin:wages_case_decide", args=[case.pk, "hand_back"])
    assert "请写明" in hangzhou_desk.post(back, {"report": ""}).content.decode()
    assert hangzhou_desk.post(back, {"report": "单位已答应付款"}).status_code == 302
    assert hangzhou_desk.get(page).status_code == 404
    assert "单位已答应付款" in district.get(page).content.decode()
    assert hangzhou_desk.get(reverse("admin:index")).status_code == 200


def _both_at_once(there, jiangjin_official, at):
    def hand_back():
        try:
            return services.hand_back(Case.objects.get(), report="好了", by=there, at=at)
        except NotAllowed as no:
            return Refusal(str(no))

    def call_back():
        return services.call_back(Case.objects.get(), note="不等了", by=jiangjin_official, at=at)

    return passed(at_once(hand_back, call_back))


def _returns(case):
    return [entry.verb for entry in audit.timeline(case) if entry.verb in ("hand_back", "call_back")]


@pytest.mark.django_db(transaction=True)
def test_handed_back_and_called_back_at_once_it_returns_once(helped, there, jiangjin_official, at):
    assert len(_both_at_once(there, jiangjin_official, at)) == 1 and len(_returns(helped)) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_rows_lock_it_returns_twice(helped, there, jiangjin_official, at, monkeypatch):
    unlocked = meet_after(lambda case, by: Case.objects.get(pk=case.pk), 2)
    monkeypatch.setattr(outside, "in_charge", unlocked)
    monkeypatch.setattr(outside, "helping", unlocked)
    assert len(_both_at_once(there, jiangjin_official, at)) == 2 and len(_returns(helped)) == 2
