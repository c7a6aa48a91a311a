"""The complaint as a person meets it: plain forms, no account, drafts that survive, nothing lost."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core import outbox
from wages import services
from wages.models import Case, Draft, DraftFile, Evidence
from wages.views import _access

from .conftest import PHONE, photo, rendered

pytestmark = pytest.mark.django_db


def month(n):
    from core.calendar import local_day
    from wages.forms.fields import month_key, months_back

    return month_key(months_back(local_day(timezone.now()), n + 1)[n])


def last_code(settings):
    """The newest code that went out."""
    outbox.drain(at=timezone.now())
    lines = [json.loads(line) for line in Path(settings.SMS_SINK).read_text().splitlines()]
    return re.search(r"\d{6}", [line["text"] for line in lines if line["event"] == "code"][-1])[0]


ANSWERS = {
    "owed": {"owed_months": lambda: [month(1), month(2)], "amount": "1.26万"},
    "work": {"work_from": lambda: month(8), "work_to": "still", "contract": "no"},
    "evidence": {"facts": "说好每月 6300 元。"},
    "you": {"kind": "complaint", "name": "王小明", "group": "alone"},
}


def answer(client, step, **changes):
    fields = {name: value() if callable(value) else value for name, value in ANSWERS[step].items()}
    return client.post(f"/wages/complain/{step}/", {**fields, **changes})


def begin(client, code):
    return client.post("/wages/complain/", {"code": code.code})


def answer_all(client, code):
    begin(client, code)
    for step in ANSWERS:
        assert answer(client, step).status_code == 302


def to_the_last_page(client, code, phone=PHONE):
    answer_all(client, code)
    response = client.post("/wages/complain/check/", rendered(pledge="on", phone=phone))
    assert response.url == "/wages/complain/verify/"


def test_the_slower_half_of_a_double_click_is_not_told_that_the_code_is_spent(client, code, settings, monkeypatch):
    from accounts import codes

    to_the_last_page(client, code)
    use_up = codes.check

    def after_the_other_half(*which, **bound):
        use_up(*which, **bound)
        use_up(*which, **bound)

    monkeypatch.setattr(codes, "check", after_the_other_half)
    done = client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings), action="submit"))
    assert done.url == f"/wages/receipt/{Case.objects.get().number}/"


def test_from_the_code_to_the_receipt_in_eight_pages(client, code, settings):
    pages = [client.get(f"/wages/code/{code.code}/")]
    pages.append(client.get(begin(client, code).url))
    for step in ANSWERS:
        pages.append(client.get(answer(client, step).url))
    pages.append(client.get(client.post("/wages/complain/check/", rendered(pledge="on", phone=PHONE)).url))
    done = client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings), action="submit"))
    pages.append(client.get(done.url))
    assert len(pages) == 8 and all(page.status_code == 200 for page in pages)
    case = Case.objects.get()
    assert case.number in pages[-1].content.decode()
    assert (case.amount_fen, case.name.open(), case.project) == (12_600_00, "王小明", code.project)
    assert sum(len(page.content) for page in pages) < 250_000


def test_without_a_code_the_place_is_asked_too(client, settings, db):
    client.post("/wages/complain/")
    assert client.post("/wages/complain/field/", {"field_type": "other"}).url == "/wages/complain/where/"
    where = {"employer_name": "老王饭店", "division": "500236"}
    assert client.post("/wages/complain/where/", where).url == "/wages/complain/owed/"
    for step in ANSWERS:
        answer(client, step)
    client.post("/wages/complain/check/", rendered(pledge="on", phone=PHONE))
    client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings)))
    assert Case.objects.get().division == "500236"


def test_a_signed_in_worker_needs_no_second_code(client_of, wang_wei, code):
    client = client_of(wang_wei)
    answer_all(client, code)
    done = client.post("/wages/complain/check/", rendered(pledge="on"))
    case = Case.objects.get()
    assert case.number in done.url and case.user == wang_wei
    assert case.number in client.get("/me/cases/").content.decode()


def test_a_double_click_makes_one_case(client, code, settings):
    to_the_last_page(client, code)
    form = rendered(phone=PHONE, code=last_code(settings), action="submit")
    first, second = (client.post("/wages/complain/verify/", form) for _ in range(2))
    assert first.url == second.url and Case.objects.count() == 1


def test_going_back_after_submitting_shows_that_it_is_submitted(client, code, settings):
    to_the_last_page(client, code)
    client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings)))
    for address in ("/wages/complain/verify/", "/wages/complain/check/", "/wages/complain/you/"):
        page = client.get(address, follow=True).content.decode()
        assert "已提交" in page and Case.objects.get().number in page
    again = client.post("/wages/complain/verify/", rendered(phone=PHONE, code="123456"), follow=True)
    assert Case.objects.count() == 1 and "已提交" in again.content.decode()


def test_a_draft_survives_leaving(client, code):
    begin(client, code)
    answer(client, "owed")
    assert "接着填" in client.get("/wages/complain/").content.decode()
    assert client.post("/wages/complain/", {"code": code.code}).url == "/wages/complain/work/"
    assert 'value="12600"' in client.get("/wages/complain/owed/").content.decode()


def test_a_draft_follows_a_signed_in_worker_to_another_browser(client_of, wang_wei, code):
    first, second = client_of(wang_wei), client_of(wang_wei)
    begin(first, code)
    answer(first, "owed")
    assert 'value="12600"' in second.get("/wages/complain/owed/").content.decode()


def test_a_draft_opens_on_another_phone_with_a_code(client, code, settings):
    begin(client, code)
    answer(client, "owed")
    client.post("/wages/complain/resume/", {"phone": PHONE, "action": "send"})
    client.post("/wages/complain/resume/", {"phone": PHONE, "code": last_code(settings), "action": "open"})
    other = Client()
    assert other.get("/wages/complain/owed/").url == "/wages/complain/"
    from accounts.models import PhoneCode

    PhoneCode.objects.all().delete()  # no need to wait a minute for the next message
    other.post("/wages/complain/resume/", {"phone": PHONE, "action": "send"})
    assert PHONE not in str([row.get_decoded() for row in Session.objects.all()])
    other.post("/wages/complain/resume/", {"phone": PHONE, "code": last_code(settings), "action": "open"})
    assert 'value="12600"' in other.get("/wages/complain/owed/").content.decode()


def test_a_typed_number_opens_no_draft_before_it_is_proven(client, code):
    to_the_last_page(client, code)
    assert not Draft.objects.of_phone(PHONE).exists()


def test_a_draft_of_another_browser_stays_closed(client, code):
    begin(client, code)
    assert Client().get("/wages/complain/owed/").url == "/wages/complain/"


def test_a_bad_file_loses_neither_the_others_nor_the_text(client, code):
    begin(client, code)
    bad = SimpleUploadedFile("坏.jpg", b"not a picture", "image/jpeg")
    page = answer(client, "evidence", files=[photo(), bad])
    html = page.content.decode()
    assert page.status_code == 200 and "坏.jpg" in html and "说好每月 6300 元。" in html
    assert DraftFile.objects.count() == 1
    assert Draft.objects.get().facts.open() == "说好每月 6300 元。"


def test_the_same_picture_sent_twice_is_kept_once(client, code):
    begin(client, code)
    answer(client, "evidence", files=[photo()])
    answer(client, "evidence", files=[photo()])
    assert DraftFile.objects.count() == 1


def test_a_wrong_answer_keeps_a_failed_pages_files(client, code):
    begin(client, code)
    answer(client, "evidence", files=[photo()], facts="字" * 3000)
    assert DraftFile.objects.count() == 1


def test_a_picture_can_be_taken_back(client, code):
    begin(client, code)
    answer(client, "evidence", files=[photo()])
    client.post("/wages/complain/evidence/", {"facts": "改过的话", "remove": DraftFile.objects.get().pk})
    assert not DraftFile.objects.exists() and Draft.objects.get().facts.open() == "改过的话"


HOSTILE = {
    "script.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page.html": b"<html><script>alert(1)</script>",
    "photo.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 100,
    "empty.jpg": b"",
    "run.pdf": b"%PDF-1.4\n/JavaScript (x)\n%%EOF",
    "cut.pdf": b"%PDF-1.4\n",
    "prog.exe": b"MZ" + b"\0" * 400,
    "\u202egpj.exe": b"PK\x03\x04" + b"\0" * 60,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_not_kept(client, code, name):
    begin(client, code)
    page = answer(client, "evidence", files=[SimpleUploadedFile(name, HOSTILE[name])])
    assert page.status_code in (200, 302) and not DraftFile.objects.exists()


def test_a_photo_loses_its_place_of_taking(client, code):
    from PIL import Image

    from core import files

    image = Image.new("RGB", (60, 40), "red")
    exif = image.getexif()
    exif[0x8825] = {1: "N", 2: (29.0, 17.0, 0.0)}
    exif[0x010F] = "SECRET-CAMERA"
    import io

    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert b"SECRET-CAMERA" in out.getvalue()
    begin(client, code)
    answer(client, "evidence", files=[SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")])
    stored = files.path_of(DraftFile.objects.get().stored).read_bytes()
    assert b"SECRET-CAMERA" not in stored and b"Exif" not in stored


@pytest.mark.parametrize(
    ("step", "changes", "sentence"),
    [
        ("owed", {"owed_months": []}, "请至少选一个月"),
        ("owed", {"amount": "很多"}, "请用数字写金额"),
        ("owed", {"amount": "NaN"}, "金额应大于 0"),
        ("owed", {"amount": "1e400"}, "金额应大于 0"),
        ("owed", {"amount": "-5"}, "金额应大于 0"),
        ("owed", {"owed_months": ["1999-01"]}, "1999-01"),
        ("work", {"work_from": ""}, "请选一个月份"),
        ("work", {"contract": ""}, "请选一个"),
        ("you", {"name": ""}, "请写你的姓名"),
        ("you", {"group": "group", "headcount": ""}, "请写一共多少人"),
        ("you", {"group": "group", "headcount": "1"}, "至少是 2"),
        ("you", {"group": "group", "headcount": "很多"}, "请填写人数"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_keeps_what_was_typed(client, code, step, changes, sentence):
    begin(client, code)
    page = answer(client, step, **changes)
    html = page.content.decode()
    assert page.status_code == 200 and sentence in html and "<title>错误：" in html


def test_the_last_month_is_not_before_the_first(client, code):
    begin(client, code)
    page = answer(client, "work", work_from=month(1), work_to=month(5))
    assert "不能早于" in page.content.decode()


def test_the_pledge_is_asked_for(client, code):
    answer_all(client, code)
    page = client.post("/wages/complain/check/", rendered(phone=PHONE))
    assert "打勾承诺属实" in page.content.decode() and not Case.objects.exists()


def test_the_check_page_waits_for_every_answer(client, code):
    begin(client, code)
    assert client.get("/wages/complain/check/").url == "/wages/complain/owed/"


def test_a_change_from_the_check_page_returns_to_it(client, code):
    answer_all(client, code)
    assert "back_to=check" in client.get("/wages/complain/check/").content.decode()
    assert answer(client, "owed", back_to="check", amount="500").url == "/wages/complain/check/"
    assert "¥500.00" in client.get("/wages/complain/check/").content.decode()


def test_a_wrong_code_files_nothing_and_the_phone_can_be_changed(client, code, settings):
    to_the_last_page(client, code)
    page = client.post("/wages/complain/verify/", rendered(phone=PHONE, code="000000"))
    assert "验证码不对" in page.content.decode() and not Case.objects.exists()
    other = "15400000002"
    client.post("/wages/complain/verify/", rendered(phone=other, action="send"))
    client.post("/wages/complain/verify/", rendered(phone=other, code=last_code(settings)))
    assert Case.objects.get().phone.open() == other


def test_nobody_files_under_a_number_that_was_not_proven(client, code, settings):
    to_the_last_page(client, code)
    page = client.post("/wages/complain/verify/", rendered(phone="15400000009", code=last_code(settings)))
    assert page.status_code == 200 and not Case.objects.exists()


def test_an_anonymous_report_files_without_a_name(client, code, settings):
    begin(client, code)
    for step in ("owed", "work", "evidence"):
        answer(client, step)
    answer(client, "you", kind="report", name="")
    client.post("/wages/complain/check/", rendered(pledge="on", phone=PHONE))
    client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings)))
    case = Case.objects.get()
    assert (case.kind, case.name, case.worker) == ("report", None, None)


def test_opening_pages_writes_nothing(client, code):
    for address in ("/wages/", "/wages/complain/", f"/wages/complain/?code={code.code}", f"/wages/code/{code.code}/"):
        assert client.get(address).status_code == 200
    assert not Draft.objects.exists()


def test_extra_fields_change_nothing(client, code, settings):
    to_the_last_page(client, code)
    extra = {"state": "closed_settled", "is_staff": "on", "district": "500236", "division": "500236", "assignee": "1"}
    client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings), **extra))
    case = Case.objects.get()
    assert (case.state, case.division, case.assignee) == ("submitted", "500116", None)


def test_stale_drafts_go_with_their_pictures(client, code, settings):
    from datetime import timedelta

    from core import files
    from core.models import StoredFile

    begin(client, code)
    answer(client, "evidence", files=[photo()])
    path = files.path_of(StoredFile.objects.get())
    at = timezone.now()
    assert services.clear_stale(at=at + timedelta(days=9)) == 0
    assert services.clear_stale(at=at + timedelta(days=11)) == 1
    assert not StoredFile.objects.exists() and not Draft.objects.exists()
    assert path.parent.exists()  # the file itself goes when the transaction commits


def test_the_receipt_survives_a_bookmark_and_is_nobody_elses(client, fresh_case, at):
    session = client.session
    session[_access.RECEIPTS] = [fresh_case.number]
    session[_access.SEEN] = {fresh_case.number: timezone.now().timestamp()}
    session.save()
    page = client.get(f"/wages/receipt/{fresh_case.number}/")
    assert page.status_code == 200 and "接下来" in page.content.decode()
    assert PHONE not in page.content.decode() and "王小明" not in page.content.decode()
    assert client.get(f"/wages/receipt/{fresh_case.number}/qr.svg")["Content-Type"] == "image/svg+xml"
    assert Client().get(f"/wages/receipt/{fresh_case.number}/").url.startswith("/wages/status/")


def test_a_complaint_shows_no_personal_data_in_logs(client, code, settings, caplog):
    caplog.set_level("DEBUG")
    to_the_last_page(client, code)
    client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings)))
    assert Case.objects.exists()
    written = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert PHONE not in written and "王小明" not in written


def test_evidence_arrives_with_the_case(client, code, settings):
    begin(client, code)
    for step in ANSWERS:
        answer(client, step, **({"files": [photo()]} if step == "evidence" else {}))
    client.post("/wages/complain/check/", rendered(pledge="on", phone=PHONE))
    client.post("/wages/complain/verify/", rendered(phone=PHONE, code=last_code(settings)))
    assert Evidence.objects.get().case == Case.objects.get()
