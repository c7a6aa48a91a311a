"""What was read about a person before two rows became one, or two again, or before somebody else wrote."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Refusal
from workers import services
from workers.disputes import deciding
from workers.freshness import confirming, updating
from workers.models import Act, BrokerUpdate, Mandate, Worker
from workers.rights import erasing
from workers.services import claims
from workers.services.mandates import make_mandate
from workers.services.retracting import retract_act
from workers.twins.merging import merge, unmerge

from ..test_paper_mandates import photo
from .test_doubles import dispute

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(at):
    return at + timedelta(days=1)


def mandated(row, broker, by, at):
    return make_mandate(row, broker, scope=["profile"], evidence="counter", by=by, at=at)


# An update that was taken together with what was said about the other row


@pytest.fixture
def together(departments, by_phone, du_gaotian, wang_wei, jiangjin_official, at, later):
    """Of two people again: 王伟 has the update, and its first act is about the other."""
    mandated(by_phone, du_gaotian, jiangjin_official, at)
    updating.state(by_phone, {"months_worked": 3, "employment_status": "1"}, by=du_gaotian, at=at)
    done = merge(departments, by_phone, by=jiangjin_official, at=later)
    shown = Worker.objects.get(pk=departments.pk)
    updating.state(shown, {"trade": "cook"}, by=du_gaotian, at=later + timedelta(hours=1))
    unmerge(done, by=jiangjin_official, at=later + timedelta(hours=2), reason="不是同一个人")
    Worker.objects.filter(pk=departments.pk).update(user=wang_wei)
    return BrokerUpdate.objects.get(worker=departments, state="waiting")


def test_a_no_leaves_what_was_said_about_the_other(together, by_phone, wang_wei, later):
    first, second = together.acts
    confirming.deny(together, by=wang_wei, at=later + timedelta(hours=3))
    undone = dict(Act.objects.filter(pk__in=together.acts).values_list("pk", "undone_at"))
    assert (undone[first], undone[second]) == (None, later + timedelta(hours=3))
    assert Worker.objects.get(pk=together.worker_id).months_worked is None
    assert Worker.objects.get(pk=by_phone.pk).months_worked == 3


def test_nor_is_a_part_of_it_divided(together, departments, jiangjin_official, later):
    before = Act.objects.get(pk=together.acts[0])
    numbers = before.numbers[:1]
    assert retract_act(departments, before.pk, numbers=numbers, by=jiangjin_official, at=later) == ()
    after = Act.objects.get(pk=before.pk)
    assert (after.numbers, after.undone_at) == (before.numbers, None)


# Mandates


def test_ending_a_mandate_leaves_the_broker_who_came_meanwhile(worker, mandate, fengjie_broker, at):
    read = Mandate.objects.select_related("worker").get(pk=mandate.pk)
    mandated(worker, fengjie_broker, worker.user, at)
    services.end_mandate(read, by=worker.user, at=at)
    assert Worker.objects.get(pk=worker.pk).broker == fengjie_broker


def test_a_mandate_given_while_the_row_is_merged_is_the_shown_rows(
    departments, by_phone, du_gaotian, jiangjin_official, at
):
    merge(departments, by_phone, by=jiangjin_official, at=at)
    mandated(by_phone, du_gaotian, jiangjin_official, at)  # read before
    assert Mandate.objects.get().worker == departments
    assert Worker.objects.get(pk=departments.pk).broker == du_gaotian


def test_it_replaces_the_one_that_the_same_broker_has_there(departments, by_phone, du_gaotian, jiangjin_official, at):
    mandated(departments, du_gaotian, jiangjin_official, at)
    merge(departments, by_phone, by=jiangjin_official, at=at)
    mandated(by_phone, du_gaotian, jiangjin_official, at)
    assert Mandate.objects.filter(worker=departments, ended_at=None).count() == 1
    assert not Mandate.objects.filter(worker=by_phone).exists()


def test_a_mandate_that_moved_meanwhile_ends_for_the_shown_row(
    departments, by_phone, du_gaotian, jiangjin_official, at, later
):
    read = mandated(by_phone, du_gaotian, jiangjin_official, at)
    merge(departments, by_phone, by=jiangjin_official, at=later)
    assert Worker.objects.get(pk=departments.pk).broker == du_gaotian
    services.end_mandate(read, by=du_gaotian, at=later)
    assert Worker.objects.get(pk=departments.pk).broker is None
    assert Mandate.objects.get().ended_at == later


def test_one_that_went_back_meanwhile_is_looked_at_again_first(
    departments, by_phone, du_gaotian, jiangjin_official, at, later
):
    mandated(by_phone, du_gaotian, jiangjin_official, at)
    done = merge(departments, by_phone, by=jiangjin_official, at=later)
    read = Mandate.objects.select_related("worker").get()
    unmerge(done, by=jiangjin_official, at=later, reason="不是同一个人")
    with pytest.raises(Refusal, match="拆分"):
        services.end_mandate(read, by=du_gaotian, at=later)


def test_a_paper_handed_in_while_the_row_is_merged_is_about_the_shown_row(
    departments, by_phone, du_gaotian, jiangjin_official, at
):
    merge(departments, by_phone, by=jiangjin_official, at=at)
    assert claims._filed(by_phone, ["profile"], photo(), du_gaotian, at).worker == departments


# The person first, then what is about the person: a merge holds persons, and asks for the rest


def held_by(act):
    """The tables whose rows the act locks, in its order, and what each lock is of."""
    with CaptureQueriesContext(connection) as asked:
        act()
    found = [re.search(r'FROM "(\w+)".* FOR UPDATE(?: OF "(\w+)")?', one["sql"]) for one in asked]
    return [one.groups() for one in found if one]


def test_an_official_who_decides_a_dispute_holds_the_person_first(departments, jiangjin_official, at):
    filed = dispute(departments, 60, at)
    held = held_by(lambda: deciding.refuse(filed, by=jiangjin_official, at=at, reason="学籍档案是初中"))
    assert [table for table, _of in held[:2]] == ["workers_worker", "workers_dispute"]
    assert held[1] == ("workers_dispute", "workers_dispute")


def test_an_official_who_decides_an_erasure_holds_the_person_first(worker, jiangjin_official, at):
    asked = erasing.file(worker, by=worker.user, at=at)
    held = held_by(lambda: erasing.propose(asked, by=jiangjin_official, at=at, reason="核对无在办事项"))
    assert [table for table, _of in held[:2]] == ["workers_worker", "workers_erasurerequest"]
    assert held[1] == ("workers_erasurerequest", "workers_erasurerequest")
