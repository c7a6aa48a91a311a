"""The broker as keeper of notices: the employer by its code, a page to check, what is wrong said at its field."""

import re
from datetime import timedelta

import pytest

from core import audit
from core.calendar import local_day
from employers.demo import synthetic_uscc
from employers.models import Employer
from jobs import services
from jobs.models import Vacancy

from .test_pages_public import text_of

pytestmark = pytest.mark.django_db
NEW = "/broker/vacancies/new/"


@pytest.fixture
def browser(client_of, du_gaotian):
    return client_of(du_gaotian)


@pytest.fixture
def make_employer(city_official, at):
    """`make_employer(2, name="…")`: a verified employer of 江津区 with a code of its own."""

    def make(number, **changes):
        return Employer.objects.create(
            **{
                "uscc": synthetic_uscc("500116", number),
                "name": f"重庆单位{number}号",
                "legal_representative": "李明",
                "district": "500116",
                "state": "verified",
                "registered_at": at,
                "decided_by": city_official,
                "decided_at": at,
                **changes,
            }
        )

    return make


def notice_of(company, at, **changes):
    return {
        "action": "submit",
        "employer": company.uscc,
        "employer_profile": "本地企业。",
        "title": "维修电工",
        "trade": "electrician",
        "headcount": "3",
        "requirements": "持低压电工证。",
        "skill_level": "",
        "duties": "厂区线路检修。",
        "division": "500116001",
        "address": "工业路 8 号",
        "pay_min": "6500",
        "pay_max": "8000.50",
        "pay_unit": "month",
        "pay_cycle": "month",
        "pay_day": "10",
        "expires_on": (local_day(at) + timedelta(days=30)).isoformat(),
        **changes,
    }


def hidden_fields(html):
    """What the check page would post, besides the button."""
    form = html.split('<form method="post">')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: [value for other, value in found if other == name] for name, _value in found}


def test_the_check_page_names_the_employer_and_nothing_is_saved_before_the_last_button(browser, employer, at, form):
    page = browser.post(NEW, form(**notice_of(employer, at, action="check", benefits=["meals", "lodging"])))
    words = text_of(page)
    for shown in (employer.name, employer.uscc, "维修电工", "¥6,500–8,000.50/月", "包吃住", "工业路 8 号"):
        assert shown in words
    assert not Vacancy.objects.exists()
    fields = hidden_fields(page.content.decode())
    for _tap in range(2):
        answer = browser.post(NEW, {**fields, "action": "submit"}, follow=True)
    assert "工作人员审核后发布" in text_of(answer)
    row = Vacancy.objects.get()
    assert (row.employer, row.benefits, row.pay_max_fen) == (employer, ["meals", "lodging"], 800_050)


def test_going_back_from_the_check_page_loses_nothing(browser, employer, at, form):
    page = browser.post(NEW, form(**notice_of(employer, at, action="check")))
    form_page = browser.post(NEW, {**hidden_fields(page.content.decode()), "action": "edit"})
    html = form_page.content.decode()
    for typed in (f'value="{employer.uscc}"', 'value="维修电工"', "厂区线路检修。", 'value="8000.50"'):
        assert typed in html
    assert "还有几处需要改" not in text_of(form_page)
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("91500116DEM000014X", "统一社会信用代码不对"),
        (synthetic_uscc("500116", 77), "登记库里没有这个代码"),
        ("", "请填写“用人单位的统一社会信用代码”"),
    ],
)
def test_a_code_that_leads_to_no_employer_is_answered_at_its_field(browser, employer, at, form, typed, sentence):
    answer = browser.post(NEW, form(**notice_of(employer, at, action="check", employer=typed)))
    assert sentence in text_of(answer)
    assert 'value="维修电工"' in answer.content.decode()


def test_an_employer_that_did_not_pass_is_refused_before_the_check_page(browser, make_employer, at, form):
    refused = make_employer(5, state="refused", refusal_reason="名称不符")
    answer = browser.post(NEW, form(**notice_of(refused, at, action="check")))
    assert "没有通过核验，不能登记岗位" in text_of(answer)


def test_an_unverified_employer_of_another_district_does_not_exist_for_this_broker(browser, make_employer, at, form):
    other = make_employer(6, state="pending", district="500236", decided_by=None, decided_at=None)
    answer = browser.post(NEW, form(**notice_of(other, at, action="check")))
    assert "登记库里没有这个代码" in text_of(answer)


def test_spaces_and_small_letters_in_the_code_are_forgiven(browser, employer, at, form):
    typed = f" {employer.uscc[:4].lower()} {employer.uscc[4:].lower()} "
    browser.post(NEW, form(**notice_of(employer, at, employer=typed)))
    assert Vacancy.objects.get().employer == employer


def test_the_form_lists_no_employers_however_many_there_are(browser, make_employer):
    make_employer(2)
    assert "重庆单位" not in browser.get(NEW).content.decode()


def test_employers_of_the_last_notices_are_one_tap_away_and_at_most_eight(browser, make_employer, make_vacancy, at):
    for number in range(11, 22):
        company = make_employer(number)
        for _time in range(2):
            make_vacancy(employer=company, created_at=at - timedelta(days=number))
    page = browser.get(NEW).content.decode()
    links = re.findall(r'href="(\?employer=[^"]+)">(重庆单位\d+号)', page)
    assert [name for _link, name in links] == [f"重庆单位{number}号" for number in range(11, 19)]
    assert f'value="{synthetic_uscc("500116", 11)}"' in browser.get(NEW + links[0][0]).content.decode()


def test_a_broker_registers_a_vacancy_that_waits_for_an_official(browser, employer, at, form):
    answer = browser.post(NEW, form(**notice_of(employer, at)), follow=True)
    row = Vacancy.objects.get()
    assert "工作人员审核后发布" in text_of(answer)
    assert (row.state, row.pay_min_fen, row.pay_max_fen) == ("pending", 650_000, 800_050)
    assert "电工" in row.keywords


def test_every_forbidden_word_is_said_at_its_field_and_nothing_typed_is_lost(browser, employer, at, form):
    posted = notice_of(employer, at, title="女文员", requirements="限汉族", duties="检修")
    answer = browser.post(NEW, form(**posted))
    words = text_of(answer)
    assert "“女文员”涉及性别歧视" in words
    assert "“限汉族”涉及民族、种族歧视" in words
    assert 'value="女文员"' in answer.content.decode()
    assert "<title>错误：" in answer.content.decode()
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("employer", "999999999999999999999"),
        ("headcount", "0"),
        ("headcount", "9" * 30),
        ("headcount", "三"),
        ("pay_min", "-5"),
        ("pay_min", "1e400"),
        ("pay_min", "NaN"),
        ("pay_max", "100"),
        ("pay_max", "9" * 40),
        ("pay_day", "32"),
        ("pay_day", ""),
        ("division", "999999999"),
        ("trade", "wizard"),
        ("expires_on", "2026-13-45"),
        ("expires_on", "9999-12-31"),
        ("expires_on", "0001-01-01"),
        ("starts_on", "昨天"),
        ("title", ""),
        ("title", "长" * 41),
        ("title", "电\x00工"),
        ("duties", "长" * 500_000),
        ("benefits", "gold"),
        ("skill_level", "99"),
    ],
)
def test_wrong_and_hostile_fields_are_answered_with_a_sentence(browser, employer, at, form, name, value):
    answer = browser.post(NEW, form(**notice_of(employer, at, **{name: value})))
    assert answer.status_code == 200
    assert re.search("还有[一几]处需要改", text_of(answer))
    assert not Vacancy.objects.exists()


def test_a_form_beyond_all_measure_is_refused_whole(browser, employer, at, form):
    posted = form(**notice_of(employer, at, duties="长" * 2_000_000))
    assert browser.post(NEW, posted).status_code == 400


def test_fields_that_are_not_in_the_form_change_nothing(browser, employer, at, form):
    extra = {"state": "published", "filled_count": "3", "checked_by": "1", "registered_by": "1", "is_staff": "on"}
    browser.post(NEW, form(**notice_of(employer, at), **extra))
    row = Vacancy.objects.get()
    assert (row.state, row.filled_count, row.checked_by) == ("pending", 0, None)


def test_a_refused_notice_is_corrected_on_the_same_form(
    browser, notice, employer, du_gaotian, jiangjin_official, at, form
):
    row = services.register(**notice(), by=du_gaotian, at=at)
    services.refuse(row, reason="写清班次", by=jiangjin_official, at=at)
    page = browser.get(f"/broker/vacancies/{row.pk}/")
    assert "写清班次" in text_of(page)
    form_page = browser.get(f"/broker/vacancies/{row.pk}/edit/")
    assert 'value="6500' in form_page.content.decode()
    browser.post(f"/broker/vacancies/{row.pk}/edit/", form(**notice_of(employer, at, duties="白班，检修线路。")))
    row.refresh_from_db()
    assert (row.state, row.duties) == ("pending", "白班，检修线路。")


def test_a_vacancy_that_is_public_cannot_be_rewritten(browser, vacancy, employer, at, form):
    answer = browser.post(f"/broker/vacancies/{vacancy.pk}/edit/", form(**notice_of(employer, at, title="改过")))
    assert "招聘中" in text_of(answer)
    vacancy.refresh_from_db()
    assert vacancy.title == "低压电工"


def test_a_vacancy_is_closed_with_its_reason(browser, vacancy):
    browser.post(f"/broker/vacancies/{vacancy.pk}/close/", {"reason": "订单取消"})
    vacancy.refresh_from_db()
    assert vacancy.state == "closed"
    assert audit.timeline(vacancy).last().reason == "订单取消"
