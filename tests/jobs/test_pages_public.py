"""The public list and the page of one job: what anybody sees, without JavaScript and without an account."""

import re
from datetime import timedelta

import pytest

from core.calendar import local_day
from employers.enums import ArrearsStanding
from employers.models import Employer
from jobs import services

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_visitor_sees_pay_place_and_standing_on_the_card(client, vacancy):
    page = text_of(client.get("/jobs/"))
    for words in ("低压电工", "¥6,500–8,000", "江津区 几江街道", "已核验", "10 日发薪", "共 1 个岗位"):
        assert words in page, words


@pytest.mark.parametrize(
    ("standing", "words"),
    [(ArrearsStanding.OPEN, "该企业有欠薪案件在办"), (ArrearsStanding.CLEARED, "该企业曾有欠薪，已清偿")],
)
def test_arrears_are_said_on_the_card(client, vacancy, at, standing, words):
    Employer.objects.update(arrears_standing=standing, arrears_standing_at=at)
    assert words in text_of(client.get("/jobs/"))


def test_filters_in_the_address_narrow_the_list_and_can_be_taken_away(client, make_vacancy):
    make_vacancy(title="奉节电工", division_id="500236001")
    make_vacancy(title="江津电工")
    page = client.get("/jobs/?district=500116&pay=6000")
    assert "江津电工" in text_of(page)
    assert "奉节电工" not in text_of(page)
    assert 'href="/jobs/?pay=6000"' in page.content.decode()  # the chip that takes 江津区 away
    assert 'href="/jobs/?district=500116&amp;pay=6000"' in page.content.decode()  # 保存这个筛选


def test_the_newest_come_first_and_pages_have_neighbours(client, make_vacancy, at):
    for hours in range(25):
        make_vacancy(title=f"电工{hours:02}", refreshed_at=at - timedelta(hours=hours))
    first = client.get("/jobs/")
    titles = re.findall(r"电工\d\d", first.content.decode())
    assert titles == [f"电工{hours:02}" for hours in range(20)]
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1]
    second = client.get("/jobs/" + following.replace("&amp;", "&"))
    assert re.findall(r"电工\d\d", second.content.decode()) == [f"电工{hours:02}" for hours in range(20, 25)]


def test_an_empty_list_offers_the_way_back(client, vacancy):
    assert "没有找到这样的岗位" in text_of(client.get("/jobs/?q=宇航员"))


def test_the_list_asks_no_more_queries_when_it_grows(client, make_vacancy, queries_do_not_grow):
    make_vacancy()
    queries_do_not_grow(client, "/jobs/", lambda: [make_vacancy() for _number in range(15)])


def test_the_page_states_the_six_things_of_article_24_and_that_nothing_is_charged(client, vacancy):
    page = text_of(client.get(f"/jobs/{vacancy.pk}/"))
    for label in ("单位基本情况", "招聘人数", "招聘条件", "工作内容", "工作地点", "基本劳动报酬", "不收任何费用"):
        assert label in page, label


def test_the_employers_phone_is_shown_only_to_those_it_concerns(
    client, client_of, vacancy, seeker, wang_wei, li_fang, du_gaotian, fengjie_broker, at
):
    address = f"/jobs/{vacancy.pk}/"
    services.apply(vacancy, seeker, by=wang_wei, at=at)
    shown = {
        name: "023-00001234" in client_of(user).get(address).content.decode()
        for name, user in {
            "applied": wang_wei,
            "other": li_fang,
            "keeper": du_gaotian,
            "broker": fengjie_broker,
        }.items()
    }
    assert shown == {"applied": True, "other": False, "keeper": True, "broker": False}
    assert "023-00001234" not in client.get(address).content.decode()


@pytest.mark.parametrize("over", ["expired", "closed"])
def test_a_job_that_is_over_is_gone_and_shows_similar_ones(client, make_vacancy, over, at):
    old = make_vacancy(title="老岗位", state=over)
    make_vacancy(title="新岗位")
    answer = client.get(f"/jobs/{old.pk}/")
    assert answer.status_code == 410
    assert "新岗位" in text_of(answer)


def test_a_job_past_its_last_day_is_gone_before_the_nightly_task(client, make_vacancy, at):
    old = make_vacancy(expires_on=local_day(at) - timedelta(days=1))
    assert client.get(f"/jobs/{old.pk}/").status_code == 410


@pytest.mark.parametrize("state", ["draft", "pending"])
def test_what_was_never_public_does_not_exist_for_visitors(client, make_vacancy, state):
    assert client.get(f"/jobs/{make_vacancy(state=state).pk}/").status_code == 404


def test_the_tap_of_a_visitor_leads_through_the_sign_in_and_back(client, vacancy):
    assert f'href="/jobs/{vacancy.pk}/apply/"' in client.get(f"/jobs/{vacancy.pk}/").content.decode()
    answer = client.get(f"/jobs/{vacancy.pk}/apply/")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next=/jobs/{vacancy.pk}/apply/")


HOSTILE = [
    "x" * 10_000,
    "\x00",
    "\u202e\U0001f600",
    "' OR 1=1 --",
    "-1",
    "9" * 40,
    "１２",
    "%%%",
    "!!!",
    "500116\x00",
    "[]",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["q", "trade", "district", "pay", "board", "daily", "sort", "cursor", "pick"])
def test_hostile_parameters_never_break_the_list(client, vacancy, name, value):
    assert client.get("/jobs/", {name: value}).status_code in (200, 400)


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 40])
def test_unknown_numbers_are_not_found(client, number):
    assert client.get(f"/jobs/{number}/").status_code == 404


def test_pages_need_no_script_and_stay_small(client, make_vacancy):
    for number in range(20):
        make_vacancy(title=f"低压电工{number}")
    page = client.get("/jobs/", headers={"accept-encoding": "gzip"})
    assert len(page.content) < 15_000  # of the 60 KB that the page and its files may weigh
    assert "onclick" not in client.get("/jobs/").content.decode()


def test_the_lists_selects_cost_no_template_per_option(client, vacancy):
    """A hundred options as a hundred templates made half of the page's price."""
    answer = client.get("/jobs/?district=500116")
    assert '<option value="500116" selected>江津区</option>' in answer.content.decode()
    assert not [used.name for used in answer.templates if used.name and "select" in used.name]
