"""A flat: from 先看我符不符合 without an account to the official's first review."""

import io

import pytest
from PIL import Image

from core.crypto import id_check_character
from housing.enums import State
from housing.models import HousingApplication

from .steps import sign_in, sign_in_at_the_desk
from .world import WORKER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photo():
    image = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 210, 220)).save(image, "JPEG")
    return {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": image.getvalue()}


def test_anybody_may_ask_whether_the_rules_fit(visit, world):
    world.estate()
    visitor = visit(javascript=False)
    visitor.goto("/housing/")
    assert "双福新居" in visitor.text()
    visitor.follow("先看我符不符合")
    visitor.tap("看结果")
    assert visitor.page.title().startswith("错误：")
    for label, value in {"你多大了": "43", "一共几个人住": "1", "全家每月收入": "5200"}.items():
        visitor.fill(label, value)
    visitor.choose("在单位上班")
    visitor.fill("社保连续缴了几个月", "14")
    visitor.fill("你家在那里的住房面积", "0")
    visitor.tap("看结果")
    assert "条例" in visitor.text() or "办法" in visitor.text()
    assert visitor.page.get_by_role("link", name="开始申请").count() == 1
    assert HousingApplication.objects.count() == 0


def test_an_application_from_the_task_list_to_the_first_review(visit, world, totp):
    world.estate()
    world.identified(world.people[WORKER])
    worker = visit(javascript=False)
    sign_in(worker, WORKER, then="/housing/apply/")
    worker.tap("开始填写")
    add_daughter(worker)
    worker.tap("就这些人，填好了")
    fill_work(worker)
    worker.follow("收入")
    for box in worker.page.locator("input[inputmode], main input[type=text], main input[type=number]").all():
        box.fill("4000")
    worker.tap("保存")
    worker.follow("住房")
    worker.fill("你家在申请的地方有多大的住房", "0")
    worker.tap("保存")
    worker.follow("想住哪里")
    worker.page.locator("[name=estate] + label").first.click()
    worker.tap("保存")
    hand_in_papers(worker)
    worker.goto("/housing/apply/")
    worker.follow("核对并提交")
    worker.tap("提交申请")
    application = HousingApplication.objects.get()
    assert worker.at(f"/me/housing/{application.number}/receipt/")
    assert application.number in worker.text()
    assert application.state == State.SUBMITTED
    worker.back()
    assert HousingApplication.objects.count() == 1
    review(visit, application, totp)
    worker.goto("/me/housing/")
    assert "复审" in worker.text()


def add_daughter(worker):
    body = "50019920120615002"
    worker.follow("谁一起住")
    worker.follow("加一个人")
    worker.choose("女儿")
    worker.fill("姓名", "王雨")
    worker.fill("身份证号", body + id_check_character(body))
    worker.tap("加上")
    worker.fill("你的出生日期", "1983-04-12")
    worker.choose("男")


def fill_work(worker):
    worker.follow("工作")
    worker.choose("在单位上班")
    worker.page.get_by_label("劳动合同").select_option("12")
    worker.fill("社保连续缴了几个月", "14")
    worker.fill("在重庆连续住了几个月", "30")
    worker.choose("没有")
    worker.tap("保存")


def hand_in_papers(worker):
    """Every paper of the list, one photo each."""
    worker.follow("材料")
    for title in worker.page.locator(".link-card h3 a").all_inner_texts():
        worker.follow(title)
        worker.page.locator("#id_files_album").set_input_files([photo()])
        worker.tap("上传")
        worker.goto("/housing/apply/documents/")


def review(visit, application, totp):
    official = visit(width=1280, height=800)
    sign_in_at_the_desk(official, "jiangjin", totp)
    for decision in ("受理，开始初审", "初审通过，转复审"):
        official.goto(f"/admin/housing/housingapplication/{application.pk}/change/")
        official.follow(decision)
        official.page.locator(".submit-row input[type=submit]").click()
        official.page.wait_for_load_state()
        official.look()
        assert official.at(f"/admin/housing/housingapplication/{application.pk}/change/")
    application.refresh_from_db()
    assert application.state == State.FINAL_REVIEW
    assert official.page.get_by_role("link", name="复审通过，公示").count() == 0  # another person has to
