"""Finding people who are twice here: what is proposed, what is not, and what a judgement does to later searches."""

from datetime import date, timedelta

import pytest

from core.errors import Refusal
from workers.models import TwinPair, TwinState, Worker
from workers.tasks import find_twins as task
from workers.twins import detecting, judging
from workers.twins.reasons import LARGEST_BLOCK, LARGEST_PHONE, THRESHOLD

from .conftest import PERSON, id_number, loaded_row

pytestmark = pytest.mark.django_db
ID, OTHER_ID = id_number(1), id_number(3)


def search(at):
    return detecting.find_twins(at=at)


def pairs():
    return {(pair.worker_a_id, pair.worker_b_id): pair for pair in TwinPair.objects.all()}


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"id_number": ID}, {}, {"village"}),
        ({"id_number": ID}, {"full_name": "冉起明"}, {"sound"}),
        ({"id_number": ID}, {"hukou_division": "500116105"}, {"district"}),
        (
            {"id_number": ID, "mobile": "15400001111"},
            {"mobile": "15400001111", "birth_date": None, "hukou_division": ""},
            {"phone"},
        ),
        (
            {"household_no": "500116102000777", "id_number": ID},
            {"household_no": "500116102000777", "hukou_division": "500236117"},
            {"household"},
        ),
        (
            {"id_number": ID, "mobile": "15400001111"},
            {"id_number": OTHER_ID, "mobile": "15400001111"},
            {"village", "phone", "two_ids"},
        ),
    ],
)
def test_what_is_proposed_and_why(at, one, other, reasons):
    first, second = (loaded_row(at, **PERSON | values) for values in (one, other))
    assert search(at).found == 1
    ((key, pair),) = pairs().items()
    assert key == (first.pk, second.pk)
    assert set(pair.reasons) == reasons
    assert pair.score >= THRESHOLD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"id_number": ID}, {"id_number": OTHER_ID}),  # two cards, two people
        ({}, {"birth_date": date(1979, 2, 12)}),
        ({"id_number": ID}, {"id_number": OTHER_ID, "hukou_division": "500116105"}),
        ({"mobile": "15400001111"}, {"mobile": "15400001111", "full_name": "李素芳", "birth_date": None}),
        ({"mobile": "15400001111"}, {"mobile": "15400001111", "birth_date": date(2003, 2, 11)}),  # father and son
        ({"full_name": ""}, {"full_name": ""}),
        ({"birth_date": None}, {"birth_date": None}),
    ],
)
def test_what_is_not(at, one, other):
    for values in (one, other):
        loaded_row(at, **PERSON | values)
    assert search(at).found == 0


def test_a_number_of_many_people_is_no_reason_and_is_reported(at):
    for day in range(LARGEST_PHONE - 1):
        loaded_row(at, mobile="15400001111", **PERSON | {"birth_date": date(1990, 1, 1) + timedelta(days=day)})
    same = {"birth_date": None, "hukou_division": "", "full_name": "谭小龙"}
    for _ in range(2):
        loaded_row(at, mobile="15400001111", **PERSON | same)
    found = search(at)
    assert (found.found, found.skipped) == (0, {"common_phone": [1, LARGEST_PHONE + 1]})


def test_a_key_of_too_many_rows_is_not_compared_and_is_reported(at):
    for _ in range(LARGEST_BLOCK + 1):
        loaded_row(at, **PERSON)
    found = search(at)
    assert found.found == 0
    assert found.skipped["village"] == [1, LARGEST_BLOCK + 1]


def test_a_judged_pair_comes_back_only_when_what_was_compared_changes(at, departments, by_phone, jiangjin_official):
    search(at)
    pair = TwinPair.objects.get()
    judging.different(pair, reason="两兄弟，已电话核实", by=jiangjin_official, at=at)
    assert search(at + timedelta(days=30)).new == 0
    assert TwinPair.objects.get().state == TwinState.DIFFERENT
    Worker.objects.filter(pk=by_phone.pk).update(household_no="500116102000777")
    assert search(at + timedelta(days=60)).new == 1
    again = TwinPair.objects.get()
    assert (again.state, again.decided_by, "household" in again.reasons) == (TwinState.OPEN, None, True)


def test_an_open_pair_whose_reason_is_gone_leaves_the_queue(at, departments, by_phone):
    search(at)
    found = TwinPair.objects.get().found_at
    search(at + timedelta(days=1))
    assert TwinPair.objects.get().found_at == found
    Worker.objects.filter(pk=by_phone.pk).update(birth_date=date(1980, 2, 11))
    assert search(at + timedelta(days=2)).gone == 1
    assert not TwinPair.objects.exists()


def test_merged_rows_are_not_proposed_and_still_lead_to_a_third(at, departments, by_phone, jiangjin_official):
    search(at)
    judging.same(TwinPair.objects.get(), departments, by=jiangjin_official, at=at)
    third = loaded_row(at, mobile="15400001111", full_name="冉启明")
    assert search(at).found == 1
    assert TwinPair.objects.get(state=TwinState.OPEN).worker_b_id == third.pk
    assert TwinPair.objects.get(state=TwinState.OPEN).worker_a_id == departments.pk


def test_two_searches_do_not_run_at_once(at, monkeypatch):
    monkeypatch.setattr(detecting, "_LOCK", 4_065_004)
    from django.db import connections

    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(4065004)")
            with pytest.raises(Refusal, match="另一次查重"):
                search(at)
    finally:
        other.close()


def test_the_month_search_runs_as_a_task(at, departments, by_phone):
    task()
    assert TwinPair.objects.count() == 1
