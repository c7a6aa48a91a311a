"""Issuing and revoking wage codes."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.policies import is_official
from core import audit
from core.errors import Refusal, refuse_unless, require
from employers.models import Employer, Project

from .. import marks, policies
from ..models import WageCode
from ._letters import next_serial

NOT_YOUR_DISTRICT = gettext_lazy("你不负责这个区县，不能发放渝薪码。")


@transaction.atomic
def issue_code_for(*, project_code: str, uscc: str, by: Any, at: datetime) -> WageCode:
    """Issue for what an official named: a site by its project number, else an employer by its credit code."""
    require(is_official(by), NOT_YOUR_DISTRICT)
    refuse_unless(bool(project_code) != bool(uscc), _("项目编号和统一社会信用代码填一个。"))
    if project_code:
        project = Project.objects.select_related("general_contractor").filter(code=project_code).first()
        refuse_unless(project is not None, _("没有这个项目编号。"), field="project_code")
        employer, division = project.general_contractor, project.division
    else:
        project, employer = None, Employer.objects.filter(uscc=uscc.upper()).first()
        refuse_unless(employer is not None, _("登记库里没有这个代码。"), field="uscc")
        division = employer.district
    yours = policies.may_issue_code(by, division)
    refuse_unless(yours, NOT_YOUR_DISTRICT, field="project_code" if project else "uscc")
    return issue_code(employer=employer, project=project, by=by, at=at)


@transaction.atomic
def issue_code(*, employer: Employer, project: Project | None = None, by: Any, at: datetime) -> WageCode:
    """A new code for a project, or for an employer without a building site. One at a time each."""
    division = project.division if project else employer.district
    require(policies.may_issue_code(by, division), NOT_YOUR_DISTRICT)
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
        raise Refusal(_("已有正在使用的渝薪码，请先停用旧码。"), field="project_code" if project else "uscc") from error
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
