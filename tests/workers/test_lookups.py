"""A broker finds their own people by name, and others only by a whole number, masked, counted and on record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import NotAllowed, Refusal
from core.models import AuditEntry, Parameter
from tests.races import at_once, meet_after, passed
from workers import services
from workers.models import Worker
from workers.services import lookups

from .conftest import ID_NUMBER

FIND = reverse("jobs:find")
PHONE = "13800000001"


@pytest.fixture
def quota(db):
    """`quota(n)`, taken back afterwards: parameters outlive a test that really commits."""
    rows = Parameter.objects.filter(key=lookups.QUOTA)
    before = rows.get().value
    yield lambda number: rows.update(value=number)
    rows.update(value=before)


def find(typed, broker, at):
    return lookups.find(typed, by=broker, at=at)


@pytest.mark.parametrize("typed", ["138 0000 0001", "+8613800000001", ID_NUMBER, f" {ID_NUMBER.lower()} ", "worker_no"])
def test_a_whole_number_finds_a_person_of_the_place_without_a_mandate(worker, du_gaotian, at, typed):
    typed = worker.worker_no.lower() if typed == "worker_no" else typed
    found = find(typed, du_gaotian, at)
    assert (found.own, found.others) == ([], [worker])


@pytest.mark.parametrize("typed", ["王伟", "王", "ww", "wangwei", "1380000", "138", ID_NUMBER[:17], "W00"])
def test_a_name_or_part_of_a_number_finds_nobody_without_a_mandate(worker, du_gaotian, at, typed):
    try:
        found = find(typed, du_gaotian, at)
    except Refusal:
        return
    assert not found.own and not found.others


@pytest.mark.parametrize("typed", ["王伟", "王", "ww", "wangw", PHONE, ID_NUMBER])
def test_ones_own_people_are_found_by_everything(worker, mandate, du_gaotian, at, typed):
    found = find(typed, du_gaotian, at)
    assert (found.own, found.others) == ([worker], [])


def test_an_ended_or_expired_mandate_makes_nobody_ones_own(worker, mandate, du_gaotian, at):
    services.end_mandate(mandate, by=worker.user, at=at)
    assert not find("王伟", du_gaotian, at).own
    assert find(PHONE, du_gaotian, at).others == [worker]


def test_people_of_elsewhere_are_as_unknown_as_those_who_do_not_exist(worker, fengjie_broker, at):
    elsewhere, nowhere = find(PHONE, fengjie_broker, at), find("13911112222", fengjie_broker, at)
    assert (elsewhere.own, elsewhere.others) == (nowhere.own, nowhere.others) == ([], [])
    assert lookups.left(fengjie_broker, at=at) == 28
    assert not AuditEntry.objects.filter(verb=lookups.FOUND).exists()


@pytest.mark.parametrize("kind", ["phone", "worker_no"])
def test_people_of_elsewhere_cost_as_many_questions_as_those_who_do_not_exist(worker, fengjie_broker, at, kind):
    there, nobody = {"phone": (PHONE, "13900000077"), "worker_no": (worker.worker_no, "W9999999999")}[kind]
    lookups.find(nobody, by=fengjie_broker, at=at)  # which remembers the broker's places
    asked = []
    for typed in (there, nobody):
        with CaptureQueriesContext(connection) as queries:
            lookups.find(typed, by=fengjie_broker, at=at)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_every_search_is_on_record_without_the_term_and_the_found_person_sees_it(worker, du_gaotian, at, client_of):
    for typed in (PHONE, ID_NUMBER, "13911112222"):
        find(typed, du_gaotian, at)
    entries = AuditEntry.objects.filter(actor_id=du_gaotian.pk)
    assert [entry.verb for entry in entries.order_by("pk")].count(lookups.LOOKED_UP) == 3
    assert list(entries.filter(verb=lookups.FOUND).values_list("subject_id", flat=True)) == [str(worker.pk)] * 2
    told = str(list(entries.values()))
    assert PHONE not in told and ID_NUMBER not in told and "13911112222" not in told
    page = client_of(worker.user).get(reverse("workers:sightings")).text
    assert "在本地找到了你" in page and "按手机号查找" in page


def test_the_last_search_of_the_day_is_answered_and_the_next_one_is_not(worker, mandate, du_gaotian, at, quota):
    quota(2)
    find("13911112222", du_gaotian, at)
    find(PHONE, du_gaotian, at)
    with pytest.raises(Refusal, match="上限"):
        find(PHONE, du_gaotian, at)
    assert find("王伟", du_gaotian, at).own == [worker]  # one's own by name are not counted
    assert find(PHONE, du_gaotian, at + timedelta(days=1)).own == [worker]


def test_only_brokers_search_so(worker, li_fang, jiangjin_official, at):
    for other in (worker.user, li_fang, jiangjin_official):
        with pytest.raises(NotAllowed):
            find(PHONE, other, at)


def test_nothing_typed_stands_in_an_address_or_on_the_page_of_a_stranger(worker, du_gaotian, client_of):
    desk = client_of(du_gaotian)
    assert desk.get(FIND, {"q": PHONE}).text.count("王") == 0
    answer = desk.post(FIND, {"q": PHONE})
    assert answer.status_code == 200
    assert "王某" in answer.text and "江津区" in answer.text
    assert not any(word in answer.text for word in (PHONE, "王伟", worker.worker_no, "几江"))
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("typed", ["", " ", "\0", "' OR 1=1 --", "%", "_", "a" * 5000, "｀王", "':*", "\\", "王'|'n"])
def test_whatever_is_typed_ends_in_a_page(worker, mandate, du_gaotian, client_of, typed):
    assert client_of(du_gaotian).post(FIND, {"q": typed}).status_code == 200


def test_own_people_by_name_take_a_fixed_number_of_queries(worker, mandate, du_gaotian, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert find("王", du_gaotian, at).own == [worker]


@pytest.mark.django_db(transaction=True)
def test_searching_at_once_does_not_overrun_the_day(worker, du_gaotian, at, quota):
    quota(3)
    assert len(passed(at_once(*[lambda: find(PHONE, du_gaotian, at)] * 10))) == 3
    assert AuditEntry.objects.filter(verb=lookups.LOOKED_UP).count() == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_day_is_overrun(worker, du_gaotian, at, quota, monkeypatch):
    """Negative control: counting alone lets everybody through who counts before anybody writes."""
    quota(3)
    monkeypatch.setattr(lookups, "queue_for", lambda key: None)
    monkeypatch.setattr(lookups, "_refuse_beyond_quota", meet_after(lookups._refuse_beyond_quota, 10))
    assert len(passed(at_once(*[lambda: find(PHONE, du_gaotian, at)] * 10))) > 3


def test_a_merged_row_leads_to_the_person_that_is_shown(worker, du_gaotian, at):
    other = Worker.objects.create(full_name="王伟", mobile=None, created_at=at)
    Worker.everyone.filter(pk=other.pk).update(merged_into=worker)
    other.refresh_from_db()
    assert find(other.worker_no, du_gaotian, at).others == [worker]
