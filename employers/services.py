"""Registering, verifying and refusing employers; registering projects; noting arrears."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.errors import refuse_unless, require
from core.models import Division
from core.transitions import move

from . import policies, rules
from .enums import ArrearsStanding
from .models import Employer, Project


@transaction.atomic
def register(*, uscc: str, name: str, district: str, by: Any, at: datetime, **details: Any) -> Employer:
    """Add an employer that waits for verification. Raises `Refusal` for a wrong or known code."""
    require(policies.may_register(by, district), _("你不负责这个区县，不能登记这里的单位。"))
    code = rules.normalised_uscc(uscc)
    refuse_unless(rules.uscc_is_valid(code), _("统一社会信用代码不对，请照营业执照核对 18 位代码。"), field="uscc")
    refuse_unless(Division.objects.filter(code=district).exists(), _("没有这个区县。"), field="district")
    employer = Employer(uscc=code, name=name.strip(), district=district, registered_by=by, registered_at=at, **details)
    _save_new(employer, _("这家单位已经登记过了。"), field="uscc")
    audit.record("employers.register", employer, by=by, at=at)
    return employer


def _save_new(row: Employer | Project, taken: str, *, field: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        refuse_unless(not type(row).objects.filter(**{field: getattr(row, field)}).exists(), taken, field=field)
        raise error


def verify(employer: Employer, *, by: Any, at: datetime) -> Employer:
    """The code, name and representative agree with the market register. Never by whoever registered it."""
    return _decide(employer, "verify", by=by, at=at, reason="")


def refuse(employer: Employer, *, reason: str, by: Any, at: datetime) -> Employer:
    """They do not agree; the reason is told to whoever registered it."""
    refuse_unless(bool(reason.strip()), _("请写明未通过的原因。"), field="reason")
    return _decide(employer, "refuse", by=by, at=at, reason=reason.strip())


@transaction.atomic
def _decide(employer: Employer, verb: str, *, by: Any, at: datetime, reason: str) -> Employer:
    require(policies.may_decide(by, employer), _("你不负责这个区县，不能核验这家单位。"))
    refuse_unless(employer.registered_by_id != by.pk, _("登记人不能核验自己登记的单位，请换一位同事。"))
    moved = move(employer, verb, by=by, at=at, reason=reason, decided_by=by, decided_at=at, refusal_reason=reason[:200])
    outbox.put(f"employers.{verb}", moved, at=at)
    return moved


@transaction.atomic
def register_project(*, code: str, name: str, division: str, by: Any, at: datetime, **details: Any) -> Project:
    """Add a building site with its notice-board fields. Raises `Refusal` for a known project number."""
    require(policies.may_register(by, division), _("你不负责这个区县，不能登记这里的项目。"))
    project = Project(code=code.strip(), name=name.strip(), division=division, registered_at=at, **details)
    _save_new(project, _("这个项目编号已经登记过了。"), field="code")
    audit.record("employers.register_project", project, by=by, at=at)
    return project


@transaction.atomic
def record_standing(employer: Employer, standing: ArrearsStanding, *, by: Any, at: datetime) -> Employer:
    """What the wage cases say about this employer; called by wages when a case opens or is paid."""
    changed = Employer.objects.filter(pk=employer.pk).exclude(arrears_standing=standing)
    if changed.update(arrears_standing=standing, arrears_standing_at=at):
        audit.record("employers.standing", employer, by=by, at=at, standing=str(standing))
    employer.refresh_from_db(fields=["arrears_standing", "arrears_standing_at"])
    return employer
