"""The worker without an account: from the QR on the notice board to the status page, JavaScript off."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from wages.models import Case

from .steps import enter, reach

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = "15400000001"  # 154 belongs to no operator


def photo(name="工资条.jpg"):
    image = io.BytesIO()
    Image.new("RGB", (600, 400), (120, 90, 60)).save(image, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": image.getvalue()}


@pytest.fixture
def worker(visit):
    return visit(javascript=False)


@pytest.fixture
def code(world):
    return world.wage_code()


def scan(worker, code):
    worker.goto(f"/wages/code/{code.code}/")
    worker.tap("工资没拿到，我要投诉")


def say_what_is_owed(worker):
    worker.page.locator("[name=owed_months] + label").first.click()
    worker.fill("一共欠多少钱？", "12600")
    worker.tap("继续")


def say_when_i_worked(worker):
    worker.page.get_by_label("从哪个月开始干？").select_option(index=2)
    worker.select("干到哪个月？", "现在还在干")
    worker.choose("没签")
    worker.tap("继续")


def say_who_i_am(worker, name="王小明"):
    worker.fill("你的姓名", name)
    worker.tap("继续")


def answer_everything(worker):
    say_what_is_owed(worker)
    say_when_i_worked(worker)
    worker.tap("继续")  # no photos
    say_who_i_am(worker)


def ask_for_a_code(worker):
    worker.fill("手机号", PHONE)
    worker.choose("我承诺：以上内容属实。虚构事实要承担法律责任。")
    worker.tap("属实，发验证码")


def test_from_the_qr_to_the_status_page(worker, code):
    scan(worker, code)
    answer_everything(worker)
    assert "双福新城三期" in worker.text()
    ask_for_a_code(worker)
    worker.fill("验证码", worker.sms_code(PHONE))
    worker.tap("提交投诉")
    case = Case.objects.get()
    assert worker.heading() == case.number
    assert case.amount_fen == 12_600_00 and case.wage_code == code
    assert len(worker.pages_seen) <= 8
    assert len(set(worker.typed) - {"手机号", "验证码"}) <= 3
    assert worker.traffic.bytes <= 250 * 1024
    assert all(len(message["text"]) <= 70 for message in worker.messages(PHONE))
    assert len(worker.messages(PHONE)) == 2  # the code, and the number of the case


def test_an_answer_is_changed_from_the_check_page(worker, code):
    scan(worker, code)
    answer_everything(worker)
    assert "¥12,600.00" in worker.text()
    worker.page.locator(".summary > div", has_text="金额").get_by_role("link").click()
    assert worker.page.get_by_label("一共欠多少钱？").input_value() == "12600"
    worker.fill("一共欠多少钱？", "1.3万")
    worker.tap("保存，回去核对")
    assert worker.at("/wages/complain/check/")
    assert "¥13,000.00" in worker.text() and "¥12,600" not in worker.text()
    assert "王小明" in worker.text()


def test_anybody_with_number_and_four_digits_sees_the_progress(visit, world, code):
    case = world.case(PHONE, code=code)
    stranger = visit(javascript=False)
    stranger.goto("/wages/status/")
    answers = []
    for number, digits in [(case.number, "9999"), (f"CQ-{world.today.year}-999999", PHONE[-4:])]:
        stranger.fill("投诉编号", number)
        stranger.fill("手机号后四位", digits)
        stranger.tap("查进度")
        assert stranger.page.title().startswith("错误：")
        answers.append(stranger.page.locator("[data-error-summary]").inner_text())
    assert answers[0] == answers[1]
    stranger.fill("投诉编号", case.number.lower())
    stranger.fill("手机号后四位", PHONE[-4:])
    stranger.tap("查进度")
    assert stranger.at(f"/wages/status/{case.number}/")
    assert "江津区" in stranger.text()
    assert PHONE not in stranger.page.content() and "王小明" not in stranger.page.content()


def test_two_taps_and_a_second_window_make_one_case(worker, code):
    scan(worker, code)
    answer_everything(worker)
    ask_for_a_code(worker)
    digits = worker.sms_code(PHONE)
    second = worker.page.context.new_page()
    second.goto(worker.page.url)
    for page in (worker.page, second):
        page.get_by_label("验证码").fill(digits)
    worker.page.get_by_role("button", name="提交投诉").dblclick()
    # The second tap breaks off the navigation that the first began; to wait for a navigation takes that for a fault.
    expect(worker.page).to_have_url(re.compile("/wages/receipt/"))
    worker.back()
    assert "已提交" in worker.text() and Case.objects.get().number in worker.text()
    second.get_by_role("button", name="提交投诉").click()
    second.wait_for_load_state()
    assert "已提交" in second.locator("body").inner_text()
    assert Case.objects.count() == 1


def test_who_leaves_and_comes_back_finds_the_same_step_and_answers(worker, code):
    scan(worker, code)
    say_what_is_owed(worker)
    here = worker.page.url
    worker.goto("/jobs/")
    worker.goto("/wages/complain/")
    worker.tap("接着填")
    assert worker.page.url == here
    worker.goto("/wages/complain/owed/")
    assert worker.page.get_by_label("一共欠多少钱？").input_value() == "12600"
    assert worker.page.locator("[name=owed_months]:checked").count() == 1


def test_a_bad_file_loses_neither_the_good_one_nor_the_text(worker, code):
    scan(worker, code)
    say_what_is_owed(worker)
    say_when_i_worked(worker)
    worker.fill("还想说明什么？", "一月以后没有发工资。")
    bad = {"name": "记录.exe", "mimeType": "application/octet-stream", "buffer": b"MZ not a picture"}
    worker.page.locator("#id_files_album").set_input_files([photo(), bad])
    worker.tap("继续")
    assert worker.page.title().startswith("错误：")
    assert "记录.exe" in worker.page.get_by_role("alert").first.inner_text()
    assert worker.page.locator(".files li").count() == 1
    assert worker.page.get_by_label("还想说明什么？").input_value() == "一月以后没有发工资。"
    worker.tap("继续")
    assert worker.at("/wages/complain/you/")


def test_a_complaint_with_nothing_but_the_keyboard(visit, code):
    worker = visit()
    worker.goto(f"/wages/code/{code.code}/")
    enter(worker, "工资没拿到，我要投诉")
    press(worker, "owed_months", "Space")
    write(worker, "amount", "12600")
    enter(worker, "继续")
    press(worker, "work_from", "ArrowDown")
    press(worker, "work_to", "ArrowDown")
    press(worker, "contract", "Space")
    enter(worker, "继续")
    enter(worker, "继续")
    write(worker, "name", "王小明")
    enter(worker, "继续")
    write(worker, "phone", PHONE)
    press(worker, "pledge", "Space")
    enter(worker, "属实，发验证码")
    write(worker, "code", worker.sms_code(PHONE))
    enter(worker, "提交投诉")
    assert worker.heading() == Case.objects.get().number


def press(worker, field, key):
    reach(worker, field)
    worker.page.keyboard.press(key)


def write(worker, field, words):
    reach(worker, field)
    worker.page.keyboard.type(words)
