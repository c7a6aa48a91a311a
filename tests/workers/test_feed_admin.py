"""Department files at the officials' desk: who may, what arrives sealed, what is shown, and what goes back."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files import temp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core import audit
from core.models import OutboxMessage
from workers.feeds import deciding, progress, receiving, registry, running
from workers.feeds.reading import blanks, profiles, tables
from workers.feeds.reading.tables import Format
from workers.models import FeedBatch, FeedState

from .filed import id_number

pytestmark = pytest.mark.django_db
LIST = "/admin/workers/feedbatch/"
UPLOAD = f"{LIST}upload/"
HEADER = "公民身份号码,姓名,学历,血型,医疗保险险种\n"


def content(*rows):
    lines = (f"{id_number(who)},{name},{education},A,城乡居民\n" for who, name, education in rows)
    return (HEADER + "".join(lines)).encode()


ROWS = content((1, "测试1", "初中"), (2, "冉光明", "大学专科"), (3, "某人", "博学"))


def posted(data=ROWS, *, name="教育 3 月.csv", **fields):
    form = {"source": "13", "observed_on": "2026-03-01", "file": SimpleUploadedFile(name, data)}
    return {**form, **fields}


def text(response):
    return response.content.decode()


def page(batch):
    return f"{LIST}{batch.pk}/change/"


def work(batch):
    return running.run(batch.pk, now=timezone.now)


@pytest.fixture(autouse=True)
def _work_folder(settings, tmp_path):
    settings.PRIVATE_WORK_DIR = tmp_path / "work"


@pytest.fixture
def city(city_official, client_of):
    return client_of(city_official)


@pytest.fixture
def checked(person, city_official, at):
    """A file with one change, one newcomer and one row that goes back, after its check."""
    person(1)
    batch = receiving.receive(
        iter([ROWS]),
        "教育 3 月.csv",
        source=profiles.by_name("教育").source,
        observed_on=date(2026, 3, 1),
        by=city_official,
        at=at,
    )
    return work(batch)


def test_an_upload_is_queued_and_leads_to_its_page(city, city_official):
    answer = city.post(UPLOAD, posted())
    batch = FeedBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page(batch))
    assert (batch.state, batch.name, batch.uploaded_by) == (FeedState.UPLOADED, "教育 3 月.csv", city_official)
    assert batch.observed_on == date(2026, 3, 1) and batch.size_bytes == len(ROWS)
    answer = city.get(page(batch))
    assert "排队中" in text(answer) and "<progress" in text(answer) and answer["Refresh"] == "5"
    assert "Refresh" not in city.get(page(batch), {"still": 1})
    assert OutboxMessage.objects.get(topic=registry.TOPIC).subject_id == str(batch.pk)


def test_a_large_upload_never_lies_in_clear_on_a_disk(city, monkeypatch):
    written = []
    real = temp.NamedTemporaryFile
    monkeypatch.setattr(temp, "NamedTemporaryFile", lambda *a, **k: written.append(a) or real(*a, **k))
    sealing = receiving.SealingUploadHandler.receive_data_chunk
    numbers = [id_number(who).encode() for who in range(1, 9)]
    leaks = []

    def look(self, raw_data, start):
        sealing(self, raw_data, start)
        for path in Path(settings.MEDIA_ROOT).rglob("*"):
            leaks.extend(path for number in numbers if path.is_file() and number in path.read_bytes())

    monkeypatch.setattr(receiving.SealingUploadHandler, "receive_data_chunk", look)
    data = content(*[(who % 8 + 1, "某人" * 20, "初中") for who in range(22_000)])
    assert len(data) > 3_000_000
    assert city.post(UPLOAD, posted(data)).status_code == 302
    assert FeedBatch.objects.get().size_bytes == len(data)
    assert leaks == [] and written == []


def test_without_the_handler_django_would_write_a_plain_temporary_file(city, monkeypatch):
    """The control of the test above: it can fail."""
    made = []
    real = temp.NamedTemporaryFile
    monkeypatch.setattr(temp, "NamedTemporaryFile", lambda *a, **k: made.append(a) or real(*a, **k))
    city.post("/elder/", posted(b"x" * 3_000_000))
    assert made


def test_a_post_without_csrf_token_leaves_nothing(city_official, client_of):
    safe, client = client_of(city_official), Client(enforce_csrf_checks=True)
    client.cookies = safe.cookies
    assert client.post(UPLOAD, posted()).status_code == 403
    assert not FeedBatch.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    form = client.get(UPLOAD)
    token = text(form).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert client.post(UPLOAD, posted(csrfmiddlewaretoken=token)).status_code == 302


@pytest.mark.parametrize("who", ["jiangjin_official", "auditor"])
def test_others_are_turned_away_before_the_body_is_read(request, client_of, monkeypatch, who):
    monkeypatch.setattr(receiving.SealingUploadHandler, "new_file", lambda *a, **k: pytest.fail("the body was read"))
    client = client_of(request.getfixturevalue(who))
    assert client.get(UPLOAD).status_code == 403
    assert client.post(UPLOAD, posted()).status_code == 403
    assert client.get(f"{LIST}blank/13.csv").status_code == 403


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"observed_on": "2099-01-01"}, "数据日期不能晚于今天"),
        ({"observed_on": ""}, "这个字段"),
        ({"source": "3"}, "3"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "空"),
    ],
)
def test_what_is_filled_in_wrong_is_said_and_the_file_deleted(city, fields, sentence):
    answer = city.post(UPLOAD, posted(**fields))
    assert answer.status_code == 200 and "errorlist" in text(answer) and sentence in text(answer)
    assert not FeedBatch.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_a_sentence(city, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST_BYTES", 100)
    assert "请分成几个文件" in text(city.post(UPLOAD, posted()))
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_full_disk_is_a_sentence(city, monkeypatch):
    from core.errors import Refusal
    from workers.feeds.sealedfile import SealedWriter

    def full(self, data):
        self.discard()
        raise Refusal("服务器的磁盘满了")

    monkeypatch.setattr(SealedWriter, "write", full)
    assert "服务器的磁盘满了" in text(city.post(UPLOAD, posted()))


def test_a_cut_off_upload_leaves_nothing(city):
    boundary = "X"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{id_number(1)}"
    )
    answer = city.post(UPLOAD, body.encode(), content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code in (200, 400)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_same_file_twice_is_a_sentence_on_the_form(city, checked):
    deciding.confirm(checked, by=checked.uploaded_by, at=timezone.now())
    assert "同样的文件已经导入过" in text(city.post(UPLOAD, posted()))
    assert FeedBatch.objects.count() == 1


def test_the_preview_shows_counts_and_samples_in_words(city, checked):
    answer = city.get(page(checked))
    shown = text(answer)
    assert "Refresh" not in answer
    for words in ("已检查，等待确认", "退回 1 行", "会改变", "本人填写 · 2025年1月1日", "小学", "初中", "测某"):
        assert words in shown, words
    assert "不认识的列：血型" in shown and "不归这个部门的列：医疗保险险种" in shown
    assert "冉某" in shown and "冉光明" not in shown and "测试1" not in shown
    assert "写入登记" in shown and "放弃" in shown and "撤销这一批" not in shown
    assert not any(id_number(who) in shown for who in (1, 2, 3))


def test_an_auditor_sees_counts_and_nobodys_values(auditor, client_of, checked):
    client = client_of(auditor)
    assert "教育 3 月.csv" in text(client.get(LIST))
    shown = text(client.get(page(checked)))
    assert "退回 1 行" in shown and "能读懂的行" in shown
    for words in ("本人填写", "测某", "冉某", "写入登记", "下载退回的行"):
        assert words not in shown, words
    assert client.get(f"{LIST}{checked.pk}/returned/1/").status_code == 403
    for verb in ("confirm", "drop", "undo"):
        assert client.post(f"{LIST}{checked.pk}/decide/{verb}/", {"reason": "试试看"}).status_code == 403
    checked.refresh_from_db()
    assert checked.state == FeedState.CHECKED


def test_a_districts_official_finds_nothing(jiangjin_official, client_of, checked):
    client = client_of(jiangjin_official)
    assert client.get(LIST).status_code == 403
    assert client.get(page(checked)).status_code == 404
    assert client.get(f"{LIST}{checked.pk}/returned/1/").status_code == 404
    assert client.post(f"{LIST}{checked.pk}/decide/confirm/").status_code == 404
    assert "部门数据文件" not in text(client.get("/admin/"))


def test_written_and_taken_back_with_a_reason(city, checked, city_official):
    city.post(f"{LIST}{checked.pk}/decide/confirm/")
    checked.refresh_from_db()
    assert checked.state == FeedState.APPLYING
    assert "等待写入" in text(city.get(page(checked)))
    work(checked)
    shown = text(city.get(page(checked)))
    assert "新登记 1 人，改变 1 人的 1 项信息" in shown and "撤销这一批" in shown
    undo = f"{LIST}{checked.pk}/decide/undo/"
    assert "errorlist" in text(city.post(undo, {"reason": ""}))
    city.post(undo, {"reason": "部门发错了文件"})
    checked.refresh_from_db()
    work(checked)
    shown = text(city.get(page(checked)))
    assert "已撤销" in shown and "部门发错了文件" in shown and "恢复 1 项信息，删去 1 个" in shown
    assert [entry.verb for entry in audit.timeline(checked)] == [
        "workers.feed_received",
        "workers.feed_confirmed",
        "workers.feed_applied",
        "workers.feed_taken_back",
        "workers.feed_undone",
    ]


def test_who_comes_second_is_told(city, checked):
    city.post(f"{LIST}{checked.pk}/decide/drop/")
    answer = city.post(f"{LIST}{checked.pk}/decide/confirm/", follow=True)
    assert "现在是“已放弃”" in text(answer)


def test_a_dropped_file_keeps_no_samples_and_no_workbook(city, checked):
    city.post(f"{LIST}{checked.pk}/decide/drop/")
    shown = text(city.get(page(checked)))
    assert "已放弃" in shown and "测某" not in shown and "冉某" not in shown
    assert city.get(f"{LIST}{checked.pk}/returned/1/").status_code == 404
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_returned_rows_are_handed_out_on_record_and_kept_nowhere(city, checked, city_official):
    answer = city.get(f"{LIST}{checked.pk}/returned/1/")
    assert "no-store" in answer["Cache-Control"] and "attachment" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)
    assert rows[0][-1] == "原因" and rows[1][0] == id_number(3) and len(rows) == 2
    noted = audit.timeline(checked).get(verb="workers.feed_returned")
    assert noted.actor_id == city_official.pk and "下载退回的行" in text(city.get(page(checked)))
    assert city.get(f"{LIST}{checked.pk}/returned/2/").status_code == 404


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(city):
    city.post(UPLOAD, posted(b"%PDF-1.7 nothing"))
    batch = work(FeedBatch.objects.get())
    shown = text(city.get(page(batch)))
    assert "不能导入" in shown and "不是表格文件" in shown and "改好后重新上传" in shown
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("source", profiles.NAMES)
@pytest.mark.parametrize("kind", [Format.CSV, Format.XLSX])
def test_an_empty_table_of_each_department_is_understood(city, tmp_path, source, kind):
    answer = city.get(f"{LIST}blank/{source.value}.{kind}")
    path = tmp_path / f"空表.{kind}"
    path.write_bytes(answer.content)
    profile = profiles.of(source)
    matched = profile.match(tables.open_table(path, path.name).headers)
    assert matched.unknown == () and matched.not_theirs == ()
    assert len(matched.stated) == len(profile.columns) - 1 == len(blanks.headers(profile)) - 1


@pytest.mark.parametrize("address", ["blank/3.csv", "blank/13.pdf", "999/change/", "x/change/", "1/decide/eat/"])
def test_what_does_not_exist_is_404(city, address):
    assert city.get(LIST + address, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("state", "more", "words", "steps"),
    [
        ("uploaded", {}, "等待检查", None),
        ("checking", {"lines_done": 12_000}, "已读 12,000 行", None),
        ("applying", {"message": "登记新的人"}, "登记新的人", 2),
        ("applying", {"message": "另一批数据正在写入，排在后面。"}, "另一批数据正在写入", None),
        ("undoing", {}, "正在撤销", None),
    ],
)
def test_progress_is_in_words_and_survives_because_it_is_in_the_row(at, state, more, words, steps):
    batch = FeedBatch(state=state, uploaded_at=at, heartbeat_at=at, source=13, **more)
    stands = progress.of(batch, at=at)
    assert stands.moving and words in stands.note and stands.done == steps and stands.tone == "info"
    later = progress.of(batch, at=at + progress.SOON * 2)
    assert later.tone == "warn" and "自动接着做" in later.note


def test_the_list_asks_few_queries(city, city_official, at, queries_do_not_grow):
    def add():
        for number in range(3):
            receiving.receive(
                iter([ROWS + str(number).encode()]),
                "x.csv",
                source=profiles.by_name("教育").source,
                observed_on=date(2026, 3, 1),
                by=city_official,
                at=at,
            )

    add()
    queries_do_not_grow(city, LIST, add)
