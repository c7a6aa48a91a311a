"""Officials at their desk: second factor, work by deadline, a decision, and the colleague who comes second."""

import pytest

from core import audit
from wages import desk
from wages.enums import CaseState

from .steps import enter, sign_in_at_the_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = "15400000001"
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def case(world):
    return world.case(PHONE, code=world.wage_code())


@pytest.fixture
def official(visit, people, totp):
    """`official("jiangjin")`: at the desk, with the second factor."""

    def arrive(name):
        visitor = visit(**DESK)
        sign_in_at_the_desk(visitor, name, totp)
        return visitor

    return arrive


def test_a_password_alone_opens_nothing(visit, people):
    visitor = visit(**DESK)
    visitor.goto("/admin/")
    visitor.fill("用户名", "jiangjin")
    visitor.fill("密码", "jiangjin-demo-2026")
    visitor.tap("登录")
    visitor.fill("动态验证码", "000000")
    visitor.tap("登录")
    assert visitor.page.title().startswith("错误：")
    visitor.goto("/admin/wages/case/")
    assert not visitor.at("/admin/wages/case/")


def test_the_first_screen_is_my_work_by_deadline(official, case, people, at):
    visitor = official("jiangjin")
    row = visitor.page.locator("table tr", has_text=case.number)
    assert "个工作日" in row.inner_text()
    shown = [int(words) for words in visitor.page.locator(".tile b").all_inner_texts() if words.isdecimal()]
    numbers = desk.numbers(people["jiangjin"], at=at)
    assert shown == [numbers.open, numbers.today, numbers.overdue, numbers.unassigned]
    assert numbers.open == 1
    visitor.page.locator(".tile").first.click()
    visitor.look()
    assert visitor.at("/admin/wages/case/") and case.number in visitor.text()


def test_a_case_is_accepted_and_everybody_sees_it(official, visit, case):
    first, second = official("jiangjin"), official("city")
    for visitor in (first, second):
        visitor.goto(f"/admin/wages/case/{case.pk}/change/")
        visitor.follow("受理并立案")
    first.tap("受理并立案")
    assert first.at(f"/admin/wages/case/{case.pk}/change/")
    assert "受理并立案" in first.page.locator(".timeline").first.inner_text()
    second.tap("受理并立案")
    assert "江津区经办" in second.page.locator(".messagelist").inner_text()
    assert [entry.verb for entry in audit.timeline(case)].count("accept") == 1
    case.refresh_from_db()
    assert case.state == CaseState.ACCEPTED

    worker = visit(javascript=False)
    worker.goto("/wages/status/")
    worker.fill("投诉编号", case.number)
    worker.fill("手机号后四位", PHONE[-4:])
    worker.tap("查进度")
    assert "受理" in worker.heading()
    assert f"{case.close_by.month}月{case.close_by.day}日" in worker.text()
    told = [message for message in worker.messages(PHONE) if case.number in message["text"]]
    assert told and all(len(message["text"]) <= 70 for message in told)


def test_an_official_of_another_district_finds_nothing(official, case):
    visitor = official("fengjie")
    assert case.number not in visitor.text()
    visitor.goto(f"/admin/wages/case/{case.pk}/change/")
    assert case.number not in visitor.text()
    assert visitor.heading() != case.number


def test_the_full_number_needs_a_reason(official, case):
    visitor = official("jiangjin")
    visitor.goto(f"/admin/wages/case/{case.pk}/change/")
    assert PHONE not in visitor.page.content() and "154****0001" in visitor.text()
    visitor.follow("查看完整号码")
    visitor.tap("查看完整手机号")
    assert "请写明理由" in visitor.text() and PHONE not in visitor.page.content().replace(" ", "")
    visitor.fill("为什么要看完整号码", "核实欠薪月份。")
    visitor.tap("查看完整手机号")
    assert PHONE in visitor.text().replace(" ", "")
    entry = audit.timeline(case).last()
    assert (entry.verb, entry.reason) == ("reveal_phone", "核实欠薪月份。")


def test_a_decision_with_nothing_but_the_keyboard(official, case):
    visitor = official("jiangjin")
    enter(visitor, case.number)
    enter(visitor, "受理并立案")
    enter(visitor, "受理并立案")
    assert visitor.at(f"/admin/wages/case/{case.pk}/change/")
    case.refresh_from_db()
    assert case.state == CaseState.ACCEPTED
