"""What is known of a project: recorded by an official of the place, withdrawn with a reason."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, files
from core.calendar import local_day
from core.errors import refuse_unless, require
from employers.models import Project

from .. import policies
from ..enums import FactKind
from ..models import Fact

PURPOSE = "site-fact"
# Kinds that say nothing without a sum.
WITH_SUM = frozenset({FactKind.CONTRACT, FactKind.BOND, FactKind.BOND_PAID, FactKind.BOND_REFILLED})
_EARLIEST = date(2000, 1, 1)


@transaction.atomic
def record(
    project: Project,
    kind: FactKind | str,
    *,
    day: date,
    source: str,
    fen: int | None = None,
    terms: str = "",
    note: str = "",
    evidence: UploadedFile | None = None,
    by: Any,
    at: datetime,
) -> Fact:
    """Note a fact. Raises `Refusal` for a day to come, or one without the sum or terms that it is about."""
    require(policies.may_record(by, project), _("你不负责这个项目所在的区县。"))
    refuse_unless(day <= local_day(at), _("日期不能晚于今天。"), field="day")
    refuse_unless(day >= _EARLIEST, _("日期不能早于 2000 年。"), field="day")
    refuse_unless(bool(source.strip()), _("请写依据，例如合同编号、银行回单。"), field="source")
    refuse_unless(kind not in WITH_SUM or bool(fen), _("请填金额。"), field="fen")
    refuse_unless(kind != FactKind.BOND_TERMS or bool(terms), _("请选减免情形。"), field="terms")
    stored = files.store(evidence, by=by, at=at, purpose=PURPOSE) if evidence else None
    fact = Fact.objects.create(
        project=project,
        kind=kind,
        day=day,
        fen=fen if kind in WITH_SUM else None,
        terms=terms if kind == FactKind.BOND_TERMS else "",
        note=note.strip(),
        source=source.strip(),
        evidence=stored,
        recorded_by=by,
        recorded_at=at,
    )
    audit.record("sites.fact_recorded", fact, by=by, at=at, project=project.pk, kind=str(kind))
    return fact


@transaction.atomic
def withdraw(fact: Fact, *, reason: str, by: Any, at: datetime) -> Fact:
    """A fact was wrong. It stays to be read, and counts no more."""
    require(policies.may_record(by, fact.project), _("你不负责这个项目所在的区县。"))
    refuse_unless(bool(reason.strip()), _("请写理由。"), field="reason")
    open_rows = Fact.objects.filter(pk=fact.pk, withdrawn_at__isnull=True)
    moved = open_rows.update(withdrawn_by=by, withdrawn_at=at, withdrawal_reason=reason.strip()[:200])
    refuse_unless(moved == 1, _("这一条已经撤回过了。"))
    audit.record("sites.fact_withdrawn", fact, by=by, at=at, reason=reason.strip(), project=fact.project_id)
    return Fact.objects.get(pk=fact.pk)
