"""The pages of a dispute: the worker's and the officials'."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.submissions import FIELD, new_key
from workers import services
from workers.disputes import deciding, filing
from workers.enums import Source
from workers.indicators import BY_CODE
from workers.models import Dispute
from workers.models.dispute import new_reference


@pytest.fixture
def schooled(worker, at):
    services.record(worker, {"education": "70"}, source=Source.EDUCATION, by=None, at=at - timedelta(days=30))
    worker.refresh_from_db()
    return worker


@pytest.fixture
def dispute(schooled, at):
    return filing.file(schooled, BY_CODE["education"], "60", reason="我读完了高中", by=schooled.user, at=at)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    return SimpleUploadedFile("毕业证.png", out.getvalue(), "image/png")


def test_from_the_profile_to_the_receipt_with_a_photo_and_twice_clicked_once_filed(schooled, client_of):
    browser = client_of(schooled.user)
    url = reverse("workers:correct", args=["education"])
    assert url in browser.get(reverse("workers:page", args=["skills"])).text
    typed = {"education": "60", "reason": "我读完了高中", FIELD: new_key()}
    first = browser.post(url, {**typed, "photo": picture()})
    again = browser.post(url, {**typed, "photo": picture()})
    filed = Dispute.objects.get()
    assert first.url == again.url == reverse("workers:dispute", args=[filed.reference])
    page = browser.get(first.url).text
    assert "高中" in page and "教育部门" in page and "最迟" in page
    photo = browser.get(reverse("workers:dispute_photo", args=[filed.reference]))
    assert b"".join(photo.streaming_content).startswith(b"\xff\xd8")
    beside = browser.get(reverse("workers:page", args=["skills"])).text
    assert "核实中" in beside and filed.reference in beside


def test_nothing_typed_comes_back_with_a_sentence(schooled, client_of):
    answer = client_of(schooled.user).post(reverse("workers:correct", args=["education"]), {FIELD: new_key()})
    assert "请填写应当是什么" in answer.text and "请填写：为什么不对" in answer.text
    assert not Dispute.objects.exists()


def test_two_photos_are_one_too_many_and_it_says_so(schooled, client_of):
    typed = {"education": "60", "reason": "我读完了高中", FIELD: new_key(), "photo": [picture(), picture()]}
    answer = client_of(schooled.user).post(reverse("workers:correct", args=["education"]), typed)
    assert "只能交一张照片" in answer.text
    assert not Dispute.objects.exists()


def test_the_worker_takes_a_dispute_back_and_may_file_again(dispute, client_of):
    browser = client_of(dispute.worker.user)
    browser.post(reverse("workers:withdraw_dispute", args=[dispute.reference]))
    dispute.refresh_from_db()
    assert dispute.state == "withdrawn"
    assert "提交更正申请" in browser.get(reverse("workers:correct", args=["education"])).text


def test_another_worker_finds_no_such_dispute(dispute, li_fang, client_of, at):
    services.for_user(li_fang, at=at)
    browser = client_of(li_fang)
    assert browser.get(reverse("workers:dispute", args=[dispute.reference])).status_code == 404
    assert browser.get(reverse("workers:dispute_photo", args=[dispute.reference])).status_code == 404
    assert browser.post(reverse("workers:withdraw_dispute", args=[dispute.reference])).status_code == 404


def test_the_page_of_a_group_says_who_said_what(schooled, client_of):
    page = client_of(schooled.user).get(reverse("workers:said", args=["skills"])).text
    assert "初中" in page and "教育部门 · 2026年2月7日" in page


def test_officials_see_what_is_due_first_on_top(dispute, jiangjin_official, client_of, at):
    worker = dispute.worker
    later = filing.file(
        worker, BY_CODE["hukou_division"], "500116", reason="搬家了", by=worker.user, at=at + timedelta(days=9)
    )
    done = deciding.take(dispute, by=jiangjin_official, at=at)
    page = client_of(jiangjin_official).get(reverse("admin:workers_dispute_changelist")).text
    assert page.index(later.reference) < page.index(done.reference)


def test_many_disputes_ask_no_more_questions_than_few(dispute, jiangjin_official, client_of, queries_do_not_grow):
    def add():
        for number in range(1, 9):
            dispute.pk, dispute.uuid, dispute.reference = None, uuid4(), new_reference()
            dispute.indicator, dispute.claimed, dispute.reason = number, None, None
            dispute._state.adding = True
            dispute.save()

    queries_do_not_grow(client_of(jiangjin_official), reverse("admin:workers_dispute_changelist"), add)


def test_an_official_takes_it_by_a_button_and_reading_it_is_on_the_workers_list(dispute, jiangjin_official, client_of):
    browser = client_of(jiangjin_official)
    page = browser.get(reverse("admin:workers_dispute_change", args=[dispute.pk])).text
    assert "我读完了高中" in page and "采纳并更正" in page
    assert services.seen_by(dispute.worker)[0].reason == "办理更正申请：学历"
    answer = browser.post(reverse("admin:workers_dispute_decide", args=[dispute.pk, "take"]), {"reason": ""})
    assert answer.status_code == 302
    dispute.worker.refresh_from_db()
    assert dispute.worker.education == "60"


def test_an_official_must_say_why_not(dispute, jiangjin_official, client_of):
    url = reverse("admin:workers_dispute_decide", args=[dispute.pk, "refuse"])
    answer = client_of(jiangjin_official).post(url, {"reason": ""})
    assert answer.status_code == 200
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_an_official_passes_it_to_another_department(dispute, jiangjin_official, client_of):
    url = reverse("admin:workers_dispute_decide", args=[dispute.pk, "pass_on"])
    client_of(jiangjin_official).post(url, {"department": "11", "reason": "是技能等级"})
    dispute.refresh_from_db()
    assert (dispute.department, dispute.state) == (Source.HUMAN_RESOURCES, "open")


def test_other_districts_do_not_find_it_and_auditors_do_not_read_it(dispute, fengjie_official, auditor, client_of):
    url = reverse("admin:workers_dispute_change", args=[dispute.pk])
    assert client_of(fengjie_official).get(url).status_code == 404
    page = client_of(auditor).get(url).text
    assert dispute.reference in page
    assert "我读完了高中" not in page and "王伟" not in page and "采纳并更正" not in page
    decide = reverse("admin:workers_dispute_decide", args=[dispute.pk, "take"])
    assert client_of(auditor).post(decide, {"reason": ""}).status_code == 403
