"""An employer, a site with its wage code, and complaints in any state."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core import outbox
from core.calendar import local_day
from core.submissions import FIELD, new_key
from employers.models import Employer, Project
from wages import services
from wages.enums import Contract, FieldType, Heard, Kind, PaymentState, PaymentWay
from wages.models import Case, Payment
from wages.paying import Line

CHONGQING = ZoneInfo("Asia/Shanghai")
PHONE = "15400000001"  # 154 belongs to no operator


def on(day, hour=10):
    """That hour of the day in Chongqing."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHONGQING)


def photo(name="照片.jpg", colour=(120, 90, 60)):
    image = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(image, "JPEG")
    return SimpleUploadedFile(name, image.getvalue(), "image/jpeg")


def rendered(**fields):
    """A post of a freshly rendered form."""
    return {FIELD: new_key(), **fields}


@pytest.fixture(autouse=True)
def _files_and_messages_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SMS_SINK = str(tmp_path / "sms.jsonl")


@pytest.fixture
def employer(city_official, at):
    return Employer.objects.create(
        uscc="91500116DEM0000010",
        name="重庆测试建设工程有限公司",
        legal_representative="李明",
        principal_title="总经理",
        district="500116",
        address="滨江路 1 号",
        state="verified",
        registered_at=at,
        decided_by=city_official,
        decided_at=at,
    )


@pytest.fixture
def project(employer, at):
    return Project.objects.create(
        code="50011620260001",
        name="双福新城三期",
        general_contractor=employer,
        developer_name="江津城建公司",
        regulator_name="江津区住房和城乡建设委员会",
        division="500116",
        address="双福大道 8 号",
        labour_manager_name="赵德华",
        labour_manager_phone="023-00001932",
        pay_day=25,
        registered_at=at,
    )


@pytest.fixture
def code(project, city_official, at):
    return services.issue_code(employer=project.general_contractor, project=project, by=city_official, at=at)


@pytest.fixture
def answered():
    """`answered(code=…, at=…)`: a draft with every question answered and pledged."""

    def make(*, code=None, by=None, at, **changes):
        draft = services.begin(code=code, by=by, at=at)
        if code is None:
            place = {"employer_name": "某包工头", "site_name": "德感物流园", "division": "500116"}
            services.answer(draft, "field", {"field_type": FieldType.CONSTRUCTION}, by=by, at=at)
            services.answer(draft, "where", place, by=by, at=at)
        answers = {
            "owed": {"owed_months": [date(2026, 1, 1), date(2026, 2, 1)], "amount_fen": 12_600_00},
            "work": {"work_from": date(2025, 9, 1), "work_to": None, "contract": Contract.NO},
            "evidence": {"facts": "一月以后没有发工资。"},
            "you": {"kind": Kind.COMPLAINT, "name": "王小明", "headcount": 1},
        }
        for step, values in answers.items():
            services.answer(draft, step, values, by=by, at=at)
        if changes:
            services.answer(draft, "details", changes, by=by, at=at)
        return services.pledge(draft, by=by, at=at)

    return make


@pytest.fixture
def filed(answered):
    """`filed(at=…, division="500236")`: a submitted case."""

    def make(*, at, phone=PHONE, by=None, code=None, **changes):
        return services.file(answered(code=code, by=by, at=at, **changes), phone=phone, by=by, at=at)

    return make


@pytest.fixture
def case(filed, code, at):
    """A complaint about the site in 江津区, submitted on Monday, 9 March 2026."""
    return filed(at=at, code=code)


@pytest.fixture
def accepted(case, jiangjin_official, at):
    return services.accept(case, by=jiangjin_official, at=at + timedelta(days=1))


@pytest.fixture
def investigating(accepted, jiangjin_official, jiangjin_inspector, at):
    by = {"by": jiangjin_official, "at": at + timedelta(days=2)}
    return services.investigate(accepted, second_inspector=jiangjin_inspector, **by)


@pytest.fixture
def fresh_case(filed, code):
    """A case of today, for pages, which read the real clock."""
    return filed(at=timezone.now(), code=code)


@pytest.fixture
def deliver():
    """`deliver(at)`: everything in the outbox reaches its handlers."""

    def run(at):
        return outbox.drain(at=at + timedelta(seconds=1))

    return run


@pytest.fixture
def pay():
    """`pay(case, by=…, at=…)`: everybody's whole arrears recorded as paid; `fen` for the first person's part."""

    def record(case, *, by, at, fen=None, **about):
        known = {"paid_on": local_day(at), "way": PaymentWay.TRANSFER, "note": "银行流水"}
        lines = [Line(1, fen)] if fen else None
        return services.record_payments(case, lines, by=by, at=at, **{**known, **about})

    return record


@pytest.fixture
def answer_all():
    """`answer_all(case, at=…)`: everybody says that their money came."""

    def confirm(case, *, at):
        for payment in Payment.objects.filter(claimant__case=case, state=PaymentState.RECORDED).order_by("pk"):
            services.confirm_payment(payment, by=None, at=at, heard=Heard.CODE)
        return Case.objects.get(pk=case.pk)

    return confirm
