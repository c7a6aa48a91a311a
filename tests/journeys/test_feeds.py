"""A department's workbook at the city's desk: up, checked, previewed, written, its errors mended alone, taken back."""

import io
import time

import openpyxl
import pytest
from django.utils import timezone

from core.crypto import id_check_character
from workers.feeds import running
from workers.models import Act, FeedBatch, FeedState, Worker

from .steps import enter, reach, sign_in_at_the_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADER = ["公民身份号码", "姓名", "学历", "工牌号"]
ROWS, WRONG = 300, 7
SMALL = {"width": 360, "height": 640}


def id_number(number: int) -> str:
    """Address code 500199 was never issued."""
    body = f"50019919900{number // 100 % 9 + 1}{number % 28 + 1:02d}{number:03d}"
    return body + id_check_character(body)


def workbook(rows) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in [HEADER, *rows]:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


@pytest.fixture
def file() -> bytes:
    """Seven of three hundred rows name an education that does not exist."""
    return workbook(
        [id_number(n), f"测试{n}", "博学" if n <= WRONG else "大学专科", f"{n:05d}"] for n in range(1, ROWS + 1)
    )


@pytest.fixture
def city(visit, people, totp, settings, tmp_path):
    settings.PRIVATE_WORK_DIR = tmp_path / "work"

    def arrive(**screen):
        visitor = visit(**(screen or {"width": 1280, "height": 800}))
        sign_in_at_the_desk(visitor, "city", totp)
        return visitor

    return arrive


def upload(visitor, name, data):
    visitor.goto("/admin/workers/feedbatch/")
    visitor.follow("上传部门数据")
    visitor.select("部门", "教育部门")
    visitor.page.get_by_label("文件").set_input_files(
        {"name": name, "mimeType": "application/vnd.ms-excel", "buffer": data}
    )
    visitor.tap("上传并检查")
    return FeedBatch.objects.latest("pk")


def background(batch):
    """What Celery would do now."""
    return running.run(batch.pk, now=timezone.now)


def reload(visitor):
    visitor.page.reload()
    visitor.look()


def test_a_workbook_from_upload_to_undo(city, file, tmp_path):
    desk = city()
    batch = upload(desk, "教育 10 月.xlsx", file)
    assert desk.at(f"/admin/workers/feedbatch/{batch.pk}/change/") and "排队中" in desk.text()
    assert desk.page.locator("progress").count() == 1
    background(batch)
    desk.page.get_by_text("已检查，等待确认").first.wait_for()  # the page came back by itself
    desk.look()
    assert "退回 7 行" in desk.text() and "不认识的列：工牌号" in desk.text() and "测某" in desk.text()
    desk.follow("写入登记")
    desk.tap("写入登记")
    assert Worker.objects.count() == 0
    background(batch)
    reload(desk)
    assert "新登记 293 人" in desk.text() and Worker.objects.count() == 293

    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="下载退回的行").click()
    path = tmp_path / "back.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    rows = list(book.active.iter_rows())
    assert len(rows) == 1 + WRONG and rows[0][-1].value == "原因" and all("学历" in row[-1].value for row in rows[1:])
    for row in rows[1:]:
        row[2].value = "初中"
    mended = io.BytesIO()
    book.save(mended)

    second = upload(desk, waiting.value.suggested_filename, mended.getvalue())
    second = background(second)
    assert (second.state, second.counts["rows"], second.counts["returned_rows"]) == (FeedState.CHECKED, WRONG, 0)
    reload(desk)
    desk.follow("写入登记")
    desk.tap("写入登记")
    background(second)
    assert Worker.objects.count() == ROWS

    desk.goto(f"/admin/workers/feedbatch/{batch.pk}/change/")
    desk.follow("撤销这一批")
    desk.tap("撤销这一批")
    assert "请改正下面的错误" in desk.text()
    desk.fill("理由", "部门发错了月份")
    desk.tap("撤销这一批")
    background(batch)
    reload(desk)
    assert "已撤销" in desk.text() and "部门发错了月份" in desk.text()
    assert Worker.objects.count() == WRONG and Act.objects.filter(undone_at__isnull=True).count() == 1


def many_id_number(number: int) -> str:
    body = f"500199{1955 + number // 1000}0{number % 9 + 1}{number % 28 + 1:02d}{number % 1000:03d}"
    return body + id_check_character(body)


def test_fifty_thousand_rows_return_at_once_and_the_bad_ones_come_back(city, tmp_path):
    many, bad = 50_000, 137
    desk = city()
    started = time.monotonic()
    data = workbook(
        [many_id_number(n), f"测试{n}", "博学" if n <= bad else "大学专科", f"{n:05d}"] for n in range(1, many + 1)
    )
    written = time.monotonic()
    batch = upload(desk, "教育.xlsx", data)
    assert time.monotonic() - written < max(10, written - started)  # sooner than the workbook was made
    assert "排队中" in desk.text() and batch.state == FeedState.UPLOADED
    background(batch)
    reload(desk)
    assert f"退回 {bad} 行" in desk.text()
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="下载退回的行").click()
    path = tmp_path / "back.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert book.active.max_row == 1 + bad
    for row in book.active.iter_rows(min_row=2):
        row[2].value = "初中"
    mended = io.BytesIO()
    book.save(mended)
    second = background(upload(desk, "教育 改.xlsx", mended.getvalue()))
    assert (second.counts["rows"], second.counts["returned_rows"]) == (bad, 0)


def test_progress_survives_signing_out_and_needs_no_script(city, visit, file, people, totp):
    batch = upload(city(), "教育.xlsx", file)
    again = visit(javascript=False, **SMALL)
    sign_in_at_the_desk(again, "city", totp)
    again.goto("/admin/workers/feedbatch/")
    assert "排队中" in again.text()
    again.follow("教育.xlsx")
    again.follow("停止自动刷新")
    background(batch)
    again.page.wait_for_timeout(6000)
    assert "排队中" in again.text()
    again.follow("自动刷新")
    assert "已检查，等待确认" in again.text()


def test_with_nothing_but_the_keyboard_a_file_is_given_up(city, file):
    desk = city()
    batch = background(upload(desk, "教育.xlsx", file))
    reload(desk)
    reach(desk, "写入登记")
    enter(desk, "放弃")
    enter(desk, "放弃")
    batch.refresh_from_db()
    assert batch.state == FeedState.DROPPED and "已放弃" in desk.text()
