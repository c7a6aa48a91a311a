"""The demonstration's two workers: rich profiles, consents and a mandate for 杜高田."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from accounts import phones
from accounts.models import User
from core.crypto import id_check_character

from .. import services
from ..disputes import filing
from ..enums import Evidence, MandateScope, Purpose, Source
from ..freshness import updating
from ..indicators import BY_CODE
from ..models import Worker
from ..services import claims

# What the departments say, as indicator → value; the source is each indicator's own department.
WANG_WEI: dict[Source, dict[str, Any]] = {
    Source.POLICE: {
        "ethnicity": "01", "hukou_type": "3", "hukou_division": "500116102", "household_no": "500116102000318",
        "household_size": 4, "minor_children": 1, "residence_permit": "0", "residence_months": 26,
    },
    Source.CIVIL_AFFAIRS: {"marital_status": "20"},
    Source.EDUCATION: {"education": "70", "accompanying_children": 1, "child_school": ["3"]},
    Source.HUMAN_RESOURCES: {
        "certificate": "低压电工作业证", "skill_level": "3", "training_count": 1, "training_subsidy": 80_000,
        "last_training": {"last_training": "电工技能提升", "last_training_on": date(2026, 6, 12)},
        "pension_type": "3", "pension_months": 96, "work_injury": "2", "unemployment_ins": False, "social_card": "2",
        "payroll_account": "1",
    },
    Source.MEDICAL: {"medical_type": "2"},
    Source.HOUSING: {"housing_fund": "0"},
    Source.WORKER: {
        "political_status": "13", "trade": "electrician", "occupation": "工地电工", "employment_status": "2",
        "work_division": "500116", "industry": "E", "employment_form": "7", "contract_type": "5", "months_worked": 9,
        "entrepreneurship": "0", "monthly_income": 620_000, "wage_method": "3", "wage_cycle": "3",
        "residence_division": "500116102", "housing_tenure": "5", "living_area": "9.0",
        "job_intent": {
            "wants_job": True, "trade": "electrician", "other_trades": ["plumber"], "experience_months": 96,
            "wanted_district": "500116", "min_pay_fen": 650_000, "pay_unit": "month",
        },
        "training_need": ["electrician", "welder"],
    },
}  # fmt: skip
LI_FANG: dict[Source, dict[str, Any]] = {
    Source.POLICE: {
        "ethnicity": "15", "hukou_type": "1", "hukou_division": "500236117", "household_size": 5, "minor_children": 2,
        "household_no": "500236117000207", "residence_permit": "1", "residence_months": 14,
    },
    Source.CIVIL_AFFAIRS: {"marital_status": "20"},
    Source.EDUCATION: {"education": "60", "accompanying_children": 0},
    Source.HUMAN_RESOURCES: {"pension_type": "3", "pension_months": 60, "social_card": "1", "skill_level": "2"},
    Source.MEDICAL: {"medical_type": "2"},
    Source.WORKER: {
        "trade": "maternity_nurse", "occupation": "月嫂", "employment_status": "2", "work_division": "500106",
        "industry": "O", "months_worked": 8, "monthly_income": 580_000, "residence_division": "500106",
        "housing_tenure": "4",
        "job_intent": {
            "wants_job": True, "trade": "maternity_nurse", "other_trades": ["carer"], "experience_months": 60,
            "anywhere": True, "min_pay_fen": 600_000, "pay_unit": "month",
        },
    },
}  # fmt: skip


def id_number(birth: str, sequence: str) -> str:
    """A number of the cast's own address code, which was never issued (see `numbers`)."""
    body = f"500199{birth}{sequence}"
    return body + id_check_character(body)


@transaction.atomic
def seed(*, at: datetime) -> None:
    """Register the two workers, once."""
    wang_wei = _register("13800000001", id_number("19830412", "001"), WANG_WEI, at)
    _register("13800000002", id_number("19890923", "002"), LI_FANG, at)
    broker = _account("13800000011")
    if wang_wei is not None and broker is not None:
        services.grant_mandate(
            wang_wei,
            broker,
            scope=[MandateScope.PROFILE, MandateScope.JOBS],
            evidence=Evidence.SMS_CODE,
            by=wang_wei.user,
            at=at - timedelta(days=30),
        )
        services.note_viewed(wang_wei, by=broker, at=at - timedelta(days=2), purpose="推荐岗位")
    if wang_wei is not None and broker is not None:
        _claim_and_update(wang_wei, broker, at)
    if wang_wei is not None:
        level, reason = BY_CODE["skill_level"], "今年三月考过了高级工，证书还没有录进来。"
        filing.file(wang_wei, level, "4", reason=reason, by=wang_wei.user, at=at - timedelta(days=3))


def _claim_and_update(worker: Worker, broker: User, at: datetime) -> None:
    """A paper for wage complaints waits for the office, and what the broker wrote this morning for the worker's yes."""
    out = io.BytesIO()
    Image.new("RGB", (600, 840), "#f4f0e6").save(out, "JPEG")
    paper = SimpleUploadedFile("paper.jpg", out.getvalue(), content_type="image/jpeg")
    signed = {"scope": [MandateScope.WAGES], "photo": paper, "by": broker, "at": at - timedelta(days=1)}
    claims.file(worker.worker_no, worker.full_name, **signed)
    values = {"months_worked": 10, "training_need": ["welder"]}
    updating.state(worker, values, by=broker, at=at - timedelta(hours=2))


def _account(phone: str) -> User | None:
    return User.objects.filter(phone_index=phones.index(phone)).first()


def _register(phone: str, number: str, told: dict[Source, dict[str, Any]], at: datetime) -> Worker | None:
    """The worker's row as weeks of use would have made it; None when there is no account or it has a row."""
    user = _account(phone)
    if user is None or Worker.objects.filter(user=user).exists():
        return None
    before = at - timedelta(days=45)
    worker = services.identify(user, full_name=user.display_name, id_number=number, by=user, at=before)
    for days, (source, values) in enumerate(told.items()):
        by = user if source == Source.WORKER else None
        services.record(worker, values, source=source, by=by, at=before + timedelta(days=days))
    for purpose in Purpose:
        services.give_consent(worker, purpose, by=user, at=before + timedelta(days=9))
    return Worker.objects.get(pk=worker.pk)
