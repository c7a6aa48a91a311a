"""Complaints that wait for their last page: a draft, a session, and the code that the phone has received."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

CODE = "246813"
FIRST = 15_490_000_000  # 154 belongs to no operator
EVERY_TWICE, EVERY_AGAIN, EVERY_WITH_PHOTO = 20, 10, 2


def prepare(many: int, *, after: int = 0) -> list[dict[str, Any]]:
    """So many posts; one in twenty is sent twice at once, one in ten once more after its answer."""
    from wages.models import WageCode

    codes = list(WageCode.objects.active().select_related("employer", "project").order_by("pk"))
    return [_one(n, codes[n % len(codes)], timezone.now()) for n in range(after, after + many)]


def _one(n: int, code: Any, at: datetime) -> dict[str, Any]:
    from core import submissions
    from core.sessions import SessionStore
    from wages.views._access import DRAFT

    phone = str(FIRST + n)
    draft = _draft(n, code, phone, at)
    session = SessionStore()
    session[DRAFT] = str(draft.uuid)
    session.create()
    session.save()
    _code(phone, session.session_key, at)
    secret = secrets.token_hex(16)
    form = {
        "csrfmiddlewaretoken": secret,
        submissions.FIELD: submissions.new_key(),
        "phone": phone,
        "code": CODE,
        "action": "submit",
    }
    return {
        "path": "/wages/complain/verify/",
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={secret}",
        "address": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}",
        "form": form,
        "twice": n % EVERY_TWICE == 0,
        "again": n % EVERY_AGAIN == 1,
    }


def _draft(n: int, code: Any, phone: str, at: datetime) -> Any:
    from core.models import StoredFile
    from wages import services
    from wages.enums import Contract, Kind
    from wages.forms.fields import months_back
    from wages.models import DraftFile

    months = months_back(at.date(), 4)
    draft = services.begin(code=code, by=None, at=at)
    answers = {
        "owed": {"owed_months": sorted(months[1:3]), "amount_fen": 8_000_00 + n},
        "work": {"work_from": months[-1], "work_to": None, "contract": Contract.NO},
        "evidence": {"facts": "两个月没有发工资，班组长说等进度款。"},
        "you": {"kind": Kind.COMPLAINT, "name": "王小明", "headcount": 1},
    }
    for step, values in answers.items():
        services.answer(draft, step, values, by=None, at=at)
    if n % EVERY_WITH_PHOTO == 0:
        about = {"purpose": "wages-evidence", "content_type": "image/jpeg", "size_bytes": 1, "uploaded_at": at}
        stored = StoredFile.objects.create(sha256=secrets.token_bytes(32), **about)
        DraftFile.objects.create(draft=draft, stored=stored, added_at=at)
    services.pledge(draft, by=None, at=at)
    return services.remember_phone(draft, phone, by=None, at=at)


def _code(phone: str, session_key: str, at: datetime) -> None:
    """A code as if it had been sent a minute ago; the run is shorter than it lives."""
    from accounts import codes, phones
    from accounts.models import PhoneCode
    from wages.views._phone import COMPLAIN

    row = PhoneCode(
        phone_index=phones.index(phone),
        session_index=codes._session_index(session_key),
        purpose=COMPLAIN,
        sent_at=at,
        expires_at=at + timedelta(minutes=30),
    )
    row.digest = codes._digest(row.uuid, CODE)
    row.save()
