"""The queue and the two rows side by side, as officials see them."""

import pytest
from django.utils import timezone

from core import outbox
from workers import services
from workers.models import Merge, TwinPair, TwinState, Worker
from workers.twins.detecting import find_twins

from .conftest import DEPARTMENTS_ID

pytestmark = pytest.mark.django_db
QUEUE = "/admin/workers/twinpair/"


@pytest.fixture
def pair(departments, by_phone, at):
    find_twins(at=at)
    return TwinPair.objects.get()


@pytest.fixture
def desk(jiangjin_official, client_of):
    return client_of(jiangjin_official)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def page_of(pair):
    return f"{QUEUE}{pair.pk}/change/"


def decide(client, pair, verb, **data):
    return client.post(f"{QUEUE}{pair.pk}/decide/{verb}/", data)


def test_the_queue_says_who_why_and_what_was_not_compared(desk, pair, departments, by_phone):
    shown = text(desk.get(QUEUE))
    assert departments.worker_no in shown
    assert by_phone.worker_no in shown
    assert "户籍村（居）相同" in shown
    assert "比对 2 份登记" in shown
    assert page_of(pair) in shown
    assert "<summary>状态</summary>" in shown
    assert departments.worker_no not in text(desk.get(QUEUE, {"state": "merged"}))


def test_both_rows_stand_side_by_side_masked_and_the_look_is_noted_for_both(desk, pair, departments, by_phone):
    shown = text(desk.get(page_of(pair)))
    for word in ("公安部门 · 2025年6月1日", "劳务经纪人录入 · 2025年6月1日", "建议保留", "不同", "一致", "焊工"):
        assert word in shown, word
    assert DEPARTMENTS_ID not in shown
    assert "15400001111" not in shown
    for row in (departments, by_phone):
        assert [entry.reason for entry in services.seen_by(row)] == ["核对是否重复登记"]


def test_one_tap_and_a_choice_merge_them(desk, pair, departments):
    shown = text(desk.get(f"{QUEUE}{pair.pk}/decide/same/"))
    assert f'value="{departments.pk}" required id="id_survivor_0" checked' in shown.replace(" checked>", " checked")
    assert decide(desk, pair, "same", survivor=departments.pk).status_code == 302
    assert Worker.objects.get() == departments
    page = text(desk.get(page_of(pair)))
    assert "撤销合并" in page
    assert "合并期间新增的，留在当时登记的那一份" in page
    assert decide(desk, pair, "separate", reason="是两兄弟").status_code == 302
    assert Worker.objects.count() == 2


def test_a_decision_without_a_reason_comes_back(desk, pair):
    assert "errornote" in text(decide(desk, pair, "different", reason="不"))
    assert decide(desk, pair, "different", reason="同名的两个人").status_code == 302
    assert TwinPair.objects.get().state == TwinState.DIFFERENT


def test_who_comes_second_is_told(desk, pair, departments, city_official, client_of):
    decide(client_of(city_official), pair, "different", reason="同名的两个人")
    answer = desk.post(f"{QUEUE}{pair.pk}/decide/same/", {"survivor": departments.pk}, follow=True)
    assert "市级经办（工作人员）已先行办理" in text(answer)
    assert not Merge.objects.exists()


def test_the_second_official_confirms_what_the_first_proposed(
    desk, pair, by_phone, wang_wei, jiangjin_official, city_official, client_of
):
    Worker.objects.filter(pk=by_phone.pk).update(user=wang_wei)
    decide(desk, pair, "same", survivor=by_phone.pk)
    own = text(desk.get(page_of(pair)))
    assert "复核同意，合并" not in own
    assert "须由提出人以外的工作人员复核。" in own
    assert decide(desk, pair, "confirm").status_code == 403
    city = client_of(city_official)
    assert "江津经办提出合并" in text(city.get(f"{QUEUE}{pair.pk}/decide/confirm/"))
    assert decide(city, pair, "confirm").status_code == 302
    assert Worker.objects.get() == by_phone
    assert outbox.drain(at=timezone.now())


def test_the_second_official_confirms_that_they_are_two(
    desk, pair, departments, by_phone, wang_wei, city_official, client_of
):
    decide(desk, pair, "same", survivor=departments.pk)
    Worker.objects.filter(pk=departments.pk).update(user=wang_wei)
    assert "两位工作人员先后确认" in text(desk.get(page_of(pair)))
    decide(desk, pair, "separate", reason="是两兄弟")
    assert "复核同意，撤销合并" not in text(desk.get(page_of(pair)))
    assert decide(desk, pair, "part").status_code == 403
    city = client_of(city_official)
    assert "江津经办提出撤销合并：是两兄弟" in text(city.get(f"{QUEUE}{pair.pk}/decide/part/"))
    assert decide(city, pair, "part").status_code == 302
    assert Worker.objects.count() == 2


def test_other_districts_and_other_roles_stay_outside(pair, fengjie_official, auditor, du_gaotian, client_of):
    client = client_of(fengjie_official)
    assert client.get(page_of(pair)).status_code == 404
    assert decide(client, pair, "different", reason="同名的两个人").status_code == 404
    reader = client_of(auditor)
    shown = text(reader.get(page_of(pair)))
    assert "冉某" in shown
    assert "冉启明" not in shown
    assert decide(reader, pair, "different", reason="同名的两个人").status_code == 403
    assert client_of(du_gaotian).get(QUEUE).status_code in (302, 403)


def test_the_hidden_row_has_no_page_of_its_own(desk, pair, departments, by_phone):
    decide(desk, pair, "same", survivor=departments.pk)
    assert desk.get(f"/admin/workers/worker/{by_phone.pk}/change/").status_code == 404
    assert "两份登记合并" in text(desk.get(f"/admin/workers/worker/{departments.pk}/change/"))


@pytest.mark.parametrize("odd", ["0", "99999999999999999999", "abc"])
def test_odd_addresses_find_nothing(desk, odd):
    assert desk.get(f"{QUEUE}{odd}/change/").status_code == 404


def test_unknown_verbs_find_nothing(desk, pair):
    assert decide(desk, pair, "erase").status_code == 404
