"""The precedence table at the officials' desk: read by the city and auditors, changed with a reason and a preview."""

from datetime import date

import pytest
from django.utils import timezone

from workers.enums import Source
from workers.indicators import BY_CODE, INDICATORS
from workers.models import Precedence, RankChange, RankState, Worker
from workers.ranking import rank_changes

from .filed import id_number

pytestmark = pytest.mark.django_db
HOME = "/admin/workers/precedence/"
EDUCATION = BY_CODE["education"]
FORM = f"{HOME}indicator/{EDUCATION.number}/"


def text(response):
    return response.content.decode()


def ranks(**changed):
    present = rank_changes.present(EDUCATION)
    told = {f"source_{int(source)}": present[int(source)] for source in rank_changes.sources_of(EDUCATION)}
    return {**told, "reason": "教育部门的数据晚了一年", **changed}


def work(change):
    return rank_changes.run(change.pk, now=timezone.now)


@pytest.fixture
def city(city_official, client_of):
    return client_of(city_official)


@pytest.fixture
def disputed(person, files):
    """The education department and the human resources office disagree; the former counts more."""
    person(1, education="80")
    files.apply([(1, {"education": "70"})], Source.EDUCATION, on=date(2026, 2, 1))
    files.apply([(1, {"education": "20"})], Source.HUMAN_RESOURCES, on=date(2026, 3, 1))
    return Worker.objects.get()


def test_every_indicator_stands_in_the_matrix_of_its_group(city):
    found = ""
    for letter in "ABCDEFGHI":
        found += text(city.get(f"{HOME}group/{letter}/"))
    assert all(str(indicator.label) in found for indicator in INDICATORS) and len(INDICATORS) == 65
    assert "默认 4" not in found


def test_what_differs_from_the_default_is_marked(city):
    Precedence.objects.filter(indicator=18, source=13).update(rank=7)
    assert "1 处和默认不同" in text(city.get(HOME))
    assert "默认 40" in text(city.get(f"{HOME}group/C/"))


def test_a_change_is_previewed_confirmed_and_set_back(city, disputed):
    assert (disputed.education, rank_changes.present(EDUCATION)[11]) == ("70", 30)
    answer = city.post(FORM, ranks(source_11=90))
    change = RankChange.objects.get()
    page = f"{HOME}changes/{change.pk}/"
    assert answer["Location"] == page
    answer = city.get(page)
    assert answer["Refresh"] == "5" and "排队中" in text(answer)
    work(change)
    shown = text(city.get(page))
    for words in (
        "1 人",
        "初中",
        "大学本科",
        "教育部门 · 2026年2月1日",
        "人社部门 · 2026年3月1日",
        "测某",
        disputed.worker_no,
    ):
        assert words in shown, words
    assert "测试1" not in shown and id_number(1) not in shown
    disputed.refresh_from_db()
    assert disputed.education == "70"
    assert "会改变 1 人" in text(city.get(f"{page}decide/confirm/"))
    city.post(f"{page}decide/confirm/")
    work(change)
    shown = text(city.get(page))
    assert "改变了 1 人" in shown and "教育部门的数据晚了一年" in shown
    disputed.refresh_from_db()
    assert (disputed.education, rank_changes.present(EDUCATION)[11]) == ("20", 90)

    back = text(city.get(FORM, {"back": change.pk}))
    assert 'name="source_11" value="30"' in back
    city.post(FORM, ranks(source_11=30))
    second = work(RankChange.objects.latest("pk"))
    city.post(f"{HOME}changes/{second.pk}/decide/confirm/")
    work(second)
    disputed.refresh_from_db()
    assert disputed.education == "70"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "没有改动"),
        ({"source_11": "0"}, "1"),
        ({"source_11": "101"}, "100"),
        ({"source_11": "x"}, "整数"),
        ({"source_11": 50, "reason": ""}, "这个字段"),
    ],
)
def test_what_is_filled_in_wrong_is_said_at_its_field(city, changed, sentence):
    shown = text(city.post(FORM, ranks(**changed)))
    assert "errorlist" in shown and sentence in shown
    assert not RankChange.objects.exists()


def test_a_second_change_waits_for_the_first(city):
    city.post(FORM, ranks(source_11=50))
    assert "已有一个没办完的改动" in text(city.post(FORM, ranks(source_11=60)))


def test_a_dropped_change_changes_nothing_and_who_comes_second_is_told(city, disputed):
    city.post(FORM, ranks(source_11=90))
    change = work(RankChange.objects.get())
    page = f"{HOME}changes/{change.pk}/"
    city.post(f"{page}decide/drop/")
    answer = city.post(f"{page}decide/confirm/", follow=True)
    assert "现在是“已放弃”" in text(answer) and rank_changes.present(EDUCATION)[11] == 30


def test_an_auditor_reads_the_table_and_nobodys_values(auditor, client_of, city, disputed):
    city.post(FORM, ranks(source_11=90))
    change = work(RankChange.objects.get())
    client = client_of(auditor)
    page = f"{HOME}changes/{change.pk}/"
    assert "学历" in text(client.get(f"{HOME}group/C/")) and "indicator/18/" not in text(client.get(f"{HOME}group/C/"))
    shown = text(client.get(page))
    assert "1 人" in shown and "测某" not in shown and "大学本科" not in shown and "按新等级生效" not in shown
    assert client.get(FORM).status_code == 403 and client.post(FORM, ranks(source_11=5)).status_code == 403
    assert client.post(f"{page}decide/confirm/").status_code == 403
    change.refresh_from_db()
    assert change.state == RankState.WEIGHED


def test_a_districts_official_is_not_let_in(jiangjin_official, client_of, city):
    city.post(FORM, ranks(source_11=90))
    client = client_of(jiangjin_official)
    pk = RankChange.objects.get().pk
    for address in ("", "group/A/", "indicator/18/"):
        assert client.get(HOME + address).status_code == 403, address
    assert client.get(f"{HOME}changes/{pk}/").status_code == 404
    assert "来源优先级" not in text(client.get("/admin/"))


@pytest.mark.parametrize(
    "address", ["group/Z/", "indicator/1/", "indicator/999/", "changes/999/", "x/change/", "9999999/change/"]
)
def test_what_does_not_exist_is_404(city, address):
    assert city.get(HOME + address).status_code == 404


def test_a_single_cell_leads_to_its_group(city):
    row = Precedence.objects.filter(indicator=18).first()
    assert city.get(f"{HOME}{row.pk}/change/")["Location"] == f"{HOME}group/C/"


def test_the_background_that_does_not_run_is_said(city, city_official, at):
    rank_changes.ask(EDUCATION, {13: 50}, reason="试试看", by=city_official, at=at)
    assert "自动接着办" in text(city.get(f"{HOME}changes/{RankChange.objects.get().pk}/"))


@pytest.mark.parametrize("address", ["", "group/D/"])
def test_the_pages_ask_few_queries(city, city_official, at, queries_do_not_grow, address):
    def add():
        for number in (18, 20, 21):
            indicator = INDICATORS[number - 1]
            rank_changes.ask(indicator, {11: 55}, reason="试试看", by=city_official, at=at)

    queries_do_not_grow(city, HOME + address, add)
