"""The first page, elder mode, the styleguide and the pages for when something went wrong."""

import gzip
import re
from datetime import date

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from employers.enums import EmployerState
from employers.models import Employer
from jobs.enums import VacancyState
from jobs.models import Recommendation, Vacancy
from workers.code_lists import Trade
from workers.services import for_user

STATIC = settings.BASE_DIR / "static"
ERROR_PAGES = [
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "409.html",
    "410.html",
    "429.html",
    "500.html",
    "503.html",
]
BARE = ["400.html", "500.html", "503.html"]


def page(client: Client, path: str, **kwargs) -> str:
    response = client.get(path, **kwargs)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_a_visitor_finds_four_doors_search_and_progress(client):
    html = page(client, "/")
    for url in ("/jobs/", "/wages/", "/housing/", "/me/profile/", "/wages/status/"):
        assert f'href="{url}"' in html
    assert re.search(r'<form class="search" action="/jobs/" method="get"', html)


@pytest.mark.django_db
def test_the_help_line_and_the_promise_of_no_fees_stand_on_the_page(client):
    html = page(client, "/")
    assert 'class="help" href="tel:12333"' in html
    assert "本平台不收任何费用" in html


@pytest.mark.django_db
def test_the_demo_says_so_and_a_real_portal_does_not(client, settings):
    settings.DEMO = True
    assert "所有人物与数据均为合成" in page(client, "/")
    settings.DEMO = False
    assert "所有人物与数据均为合成" not in page(client, "/")


@pytest.mark.django_db
def test_filing_numbers_show_only_when_there_are_any(client, settings):
    assert "网站标识码" not in page(client, "/")
    settings.SITE_FOOTER = {"site_code": "5000000001", "icp": "渝ICP备1号", "police": ""}
    html = page(client, "/")
    assert "网站标识码 5000000001" in html and "渝ICP备1号" in html


@pytest.mark.django_db
def test_one_tap_turns_elder_mode_on_and_returns_to_the_same_page(client):
    response = client.post("/elder/", {"elder": "1", "next": "/styleguide/?a=1"})
    assert (response.status_code, response["Location"]) == (303, "/styleguide/?a=1")
    html = page(client, "/")
    assert '<html lang="zh-Hans" class="elder">' in html and "标准模式" in html
    client.post("/elder/", {"elder": "0"})
    assert 'class="elder"' not in page(client, "/")


def test_a_double_tap_does_not_switch_back(client):
    for _tap in range(2):
        response = client.post("/elder/", {"elder": "1"})
    assert response.cookies["elder"].value == "1"


def test_a_post_without_a_word_switches_to_the_other_mode(client):
    assert client.post("/elder/").cookies["elder"].value == "1"
    assert client.post("/elder/").cookies["elder"].value == "0"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "", "/" + "a" * 5000, "\x00"],
)
def test_the_mode_switch_never_sends_people_elsewhere(client, target):
    assert client.post("/elder/", {"next": target})["Location"] == "/"


def test_the_mode_switch_needs_a_token_and_a_post():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/elder/").status_code == 403
    assert strict.get("/elder/").status_code == 405


@pytest.mark.django_db
def test_the_styleguide_renders_every_component_and_exists_only_with_debug(client, settings):
    settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    html = page(client, "/styleguide/")
    shown = [
        "clock-days",
        "timeline",
        "summary",
        "ring",
        "tile",
        "bars",
        "cartogram",
        "photos",
        "bar",
        "rule--no",
        "chip--on",
    ]
    assert [name for name in shown if f'class="{name}' not in html and f" {name}" not in html] == []


@pytest.mark.django_db
def test_pages_hold_no_inline_style_script_or_handler(client, settings):
    settings.DEBUG = True
    for path in ("/", "/styleguide/"):
        html = page(client, path)
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
        assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def _error_page(rf, name: str) -> str:
    if name in BARE:
        return render_to_string(name)
    return render_to_string(name, {"exception": "", "message": ""}, request=rf.get("/nowhere/"))


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_is_small_and_tells_in_chinese_whom_to_call(rf, name):
    html = _error_page(rf, name)
    assert "tel:12333" in html and "<h1>" in html
    assert len(html.encode()) <= 15_000
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    words = re.sub(r"<[^>]*>", " ", html)
    assert not re.findall(r"[A-Za-z]{3,}", words)


@pytest.mark.parametrize("name", ["400.html", "409.html", "429.html", "500.html", "503.html"])
def test_where_work_could_be_lost_the_page_says_that_the_draft_is_safe(rf, name):
    assert "已经保存的草稿不会丢" in _error_page(rf, name)


@pytest.mark.parametrize("name", BARE)
def test_the_last_resort_pages_need_no_database_and_no_context(name):
    """Without the django_db mark any query would fail; without a request nothing can be looked up."""
    assert "12333" in render_to_string(name)


@pytest.mark.django_db
def test_an_unknown_address_gets_the_404_page_in_the_usual_frame(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def _provoked(browser: Client, status: int, monkeypatch) -> str:
    """The page that the portal really answers with, whoever makes it."""
    browser.raise_request_exception = False
    if status == 500:
        monkeypatch.setattr("core.context_processors._doors", lambda language: 1 / 0)
    too_many = {f"field{n}": "" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    answer = {
        400: lambda: browser.post("/elder/", too_many),
        403: lambda: browser.get("/me/profile/"),
        404: lambda: browser.get("/no/such/page/"),
        500: lambda: browser.get("/"),
    }[status]()
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_keep_the_mode_that_was_chosen(du_gaotian, client_of, monkeypatch, status):
    browser = client_of(du_gaotian)
    assert '<html lang="zh-Hans">' in _provoked(browser, status, monkeypatch)
    browser.cookies["elder"] = "1"
    assert '<html lang="zh-Hans" class="elder">' in _provoked(browser, status, monkeypatch)


def test_a_form_without_its_token_is_answered_in_the_mode_that_was_chosen(db):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["elder"] = "1"
    answer = browser.post("/elder/")
    assert answer.status_code == 403 and 'class="elder"' in answer.text


def test_a_refusal_shows_its_sentence(rf):
    html = render_to_string("409.html", {"message": "这一件已由李某受理。"}, request=rf.get("/"))
    assert "这一件已由李某受理。" in html


def _gzipped(*names: str) -> int:
    return len(gzip.compress(b"".join((STATIC / name).read_bytes() for name in names)))


def test_styles_and_script_stay_within_their_budgets():
    styles = _gzipped("css/tokens.css", "css/pieces.css", "css/base.css", "css/components.css")
    assert styles + _gzipped("css/admin.css") <= 12_000
    assert (STATIC / "css/admin.css").stat().st_size <= 8 * 1024
    assert _gzipped("js/portal.js") <= 10_000


@pytest.mark.django_db
def test_the_first_page_needs_few_requests_and_no_foreign_host(client):
    html = page(client, "/")
    files = set(re.findall(r'(?:src|href)="([^"#]+\.(?:css|js|svg))', html))
    assert len(files) <= 8
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


@pytest.mark.django_db
def test_each_kind_of_person_is_led_to_their_own_work(client, wang_wei, du_gaotian, jiangjin_official):
    client.force_login(du_gaotian)
    assert 'class="door" href="/broker/"' in page(client, "/")
    client.force_login(wang_wei)
    html = page(client, "/")
    assert "最新岗位" in html and 'class="pill" href="/me/"' in html


@pytest.mark.django_db
def test_a_worker_sees_how_much_of_the_profile_is_known(client, wang_wei, at):
    for_user(wang_wei, at=at)
    client.force_login(wang_wei)
    assert re.search(r"\d+ 项里已有 \d+ 项", page(client, "/"))
    client.logout()
    assert "项里已有" not in page(client, "/")


@pytest.fixture
def vacancy(du_gaotian, jiangjin_official, at):
    employer = Employer.objects.create(
        uscc="91500116MA5U000001",
        name="重庆某电气有限公司",
        district="500116",
        state=EmployerState.VERIFIED,
        registered_at=at,
        decided_at=at,
        decided_by=jiangjin_official,
    )
    return Vacancy.objects.create(
        employer=employer,
        title="低压电工",
        trade=Trade.values[0],
        headcount=8,
        division_id="500116001",
        pay_min_fen=650_000,
        pay_max_fen=800_000,
        pay_day=10,
        state=VacancyState.PUBLISHED,
        created_at=at,
        registered_by=du_gaotian,
        checked_at=at,
        checked_by=jiangjin_official,
        refreshed_at=at,
        expires_on=date(2099, 12, 31),
    )


@pytest.mark.django_db
def test_the_newest_vacancies_stand_on_the_first_page_with_their_count(client, vacancy):
    html = page(client, "/")
    assert "1 个岗位" in html
    assert "低压电工" in html and "¥6,500–8,000" in html


@pytest.mark.django_db
def test_an_offer_that_waits_for_an_answer_is_shown_to_its_worker_only(client, vacancy, wang_wei, li_fang, at):
    Recommendation.objects.create(
        vacancy=vacancy,
        worker=for_user(wang_wei, at=at),
        division=vacancy.division_id,
        broker=vacancy.registered_by,
        score=94,
        offered_at=at,
        answer_by=date(2026, 3, 12),
    )
    client.force_login(wang_wei)
    html = page(client, "/")
    assert "我的事" in html and "杜高田推荐给你的" in html
    client.force_login(li_fang)
    assert "我的事" not in page(client, "/")
