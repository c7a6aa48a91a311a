"""Two inspectors as accounts: different, in charge, not recused; who steps aside is replaced first."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice
from core import audit
from core.errors import NotAllowed, Refusal
from tests.races import at_once
from wages import policies, services
from wages.enums import CaseState
from wages.models import Case

pytestmark = pytest.mark.django_db
PAY_BY = date(2026, 3, 20)


def test_an_investigation_names_two_officials(investigating, jiangjin_official, jiangjin_inspector):
    assert policies.inspectors(investigating) == [jiangjin_official, jiangjin_inspector]
    named = audit.timeline(investigating).get(verb="name_inspector")
    assert named.data["inspector"] == jiangjin_inspector.pk


@pytest.mark.parametrize("wrong", ["same", "elsewhere", "auditor", "recused"])
def test_the_other_inspector_is_somebody_else_in_charge_and_not_recused(
    wrong, accepted, jiangjin_official, jiangjin_inspector, fengjie_official, auditor, at
):
    person = {"same": jiangjin_official, "elsewhere": fengjie_official, "auditor": auditor}.get(wrong)
    if wrong == "recused":
        person = jiangjin_inspector
        services.recuse(accepted, by=person, at=at, reason="亲属")
    with pytest.raises(Refusal):
        services.investigate(accepted, by=jiangjin_official, at=at + timedelta(days=2), second_inspector=person)
    assert Case.objects.get(pk=accepted.pk).state == CaseState.ACCEPTED


def test_the_database_refuses_one_person_twice(investigating, jiangjin_official):
    with pytest.raises(IntegrityError, match="two_inspectors"), transaction.atomic():
        Case.objects.filter(pk=investigating.pk).update(second_inspector=jiangjin_official)


def test_the_case_is_not_given_to_its_other_inspector(investigating, jiangjin_inspector, city_official, at):
    with pytest.raises(Refusal, match="同一个人"):
        services.assign(investigating, to=jiangjin_inspector, by=city_official, at=at)


@pytest.mark.parametrize("who", ["first", "second"])
def test_nothing_is_decided_until_another_takes_the_place_of_who_stepped_aside(
    who, investigating, jiangjin_official, jiangjin_inspector, city_official, at, deliver
):
    gone, stays = (jiangjin_official, jiangjin_inspector)[:: 1 if who == "first" else -1]
    services.recuse(investigating, by=gone, at=at + timedelta(days=3), reason="亲属")
    deliver(at + timedelta(days=3))
    assert Notice.objects.filter(event="wages.inspector_missing", user=stays).exists()
    left = Case.objects.get(pk=investigating.pk)
    acts = (
        lambda: services.order(left, by=stays, at=at + timedelta(days=4), amount_fen=1, pay_by=PAY_BY),
        lambda: services.propose_decision(left, by=stays, at=at + timedelta(days=4), reason="x", amount_fen=1),
        lambda: services.close_unfounded(left, by=stays, at=at + timedelta(days=4), note="x"),
    )
    for act in acts:
        with pytest.raises(Refusal, match="两名监察员"):
            act()
    with pytest.raises(NotAllowed):
        services.order(left, by=gone, at=at + timedelta(days=4), amount_fen=1, pay_by=PAY_BY)
    if who == "first":
        services.assign(left, to=city_official, by=city_official, at=at + timedelta(days=4))
    else:
        services.name_inspector(left, by=stays, at=at + timedelta(days=4), second_inspector=city_official)
    assert acts[0]().state == CaseState.ORDERED


def test_who_signs_a_decision_needs_the_two_as_well(
    investigating, jiangjin_official, jiangjin_inspector, city_official, at
):
    approval = services.propose_decision(investigating, by=jiangjin_official, at=at, reason="x", amount_fen=1)
    services.recuse(investigating, by=jiangjin_inspector, at=at, reason="亲属")
    with pytest.raises(Refusal, match="两名监察员"):
        services.approve(approval, by=city_official, at=at)
    approval.refresh_from_db()
    assert approval.state == "pending"


def test_another_office_names_its_own(investigating, jiangjin_official, fengjie_official, at):
    moved = services.hand_over(investigating, by=jiangjin_official, at=at + timedelta(days=3), district="500236")
    assert (moved.assignee, moved.second_inspector) == (None, None)
    assert policies.inspectors(moved) == []


def test_the_form_offers_only_who_may(client_of, jiangjin_official, jiangjin_inspector, fengjie_official, fresh_case):
    from django.utils import timezone

    services.accept(fresh_case, by=jiangjin_official, at=timezone.now())
    address = f"/admin/wages/case/{fresh_case.pk}/decide/investigate/"
    html = client_of(jiangjin_official).get(address).content.decode()
    assert f'value="{jiangjin_inspector.pk}"' in html
    assert f'value="{jiangjin_official.pk}"' not in html and f'value="{fengjie_official.pk}"' not in html
    client_of(jiangjin_official).post(address, {"second_inspector": jiangjin_inspector.pk})
    assert Case.objects.get(pk=fresh_case.pk).second_inspector == jiangjin_inspector


@pytest.mark.django_db(transaction=True)
def test_stepping_aside_while_the_other_decides_leaves_no_decision_by_one(
    investigating, jiangjin_official, jiangjin_inspector, at
):
    """The row's lock puts them in an order: ordered while both were there, or refused."""
    at_once(
        lambda: services.recuse(investigating, by=jiangjin_inspector, at=at, reason="亲属"),
        lambda: services.order(investigating, by=jiangjin_official, at=at, amount_fen=1, pay_by=PAY_BY),
    )
    verbs = [entry.verb for entry in audit.timeline(investigating) if entry.verb in ("recuse", "order")]
    assert verbs in (["recuse"], ["order", "recuse"])
