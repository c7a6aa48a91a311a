"""Issuing and revoking wage codes."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal, refuse_unless, require
from employers.models import Employer, Project

from .. import marks, policies
from ..models import WageCode
from ._letters import next_serial


@transaction.atomic
def issue_code(*, employer: Employer, project: Project | None = None, by: Any, at: datetime) -> WageCode:
    """A new code for a project, or for an employer without a building site. One at a time each."""
    division = project.division if project else employer.district
    require(policies.may_issue_code(by, division), _("你不负责这个区县，不能发放渝薪码。"))
    refuse_unless(
        project is None or project.general_contractor_id == employer.pk, _("项目的总承包单位与所选单位不一致。")
    )
    mark = marks.wage_code(division, next_serial("wages_code_serial"))
    try:
        with transaction.atomic():
            code = WageCode.objects.create(
                code=mark, employer=employer, project=project, division=division, issued_at=at, issued_by=by
            )
    except IntegrityError as error:
        raise Refusal(_("已有正在使用的渝薪码，请先停用旧码。"), field="project" if project else "employer") from error
    audit.record("issue_code", code, by=by, at=at)
    return code


@transaction.atomic
def revoke_code(code: WageCode, *, by: Any, at: datetime, reason: str) -> WageCode:
    """Stop a code; complaints that came through it stay."""
    require(policies.may_revoke_code(by, code), _("你不负责这个区县，不能停用这个渝薪码。"))
    if not WageCode.objects.active().filter(pk=code.pk).update(revoked_at=at, revoked_by=by):
        raise Refusal(_("这个渝薪码已经停用。"))
    audit.record("revoke_code", code, by=by, at=at, reason=reason)
    return WageCode.objects.get(pk=code.pk)
