"""What the case page shows: facts, the law's conditions compared, evidence, decisions, trail."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core import audit, calendar, masking, ui
from core.calendar import local_day
from core.divisions import name_of
from core.models import AuditEntry
from core.templatetags.ui import cn_date, cn_datetime, fen

from .. import confidentiality, crime, decisions, elsewhere, hints, law, offices, policies, summary, timeline
from ..enums import INVESTIGATED, ApprovalState, CaseState, Kind, Level
from ..letters import TO_THE_EMPLOYER
from ..models import Case, Document, Intake
from ..services.unnamed import people_of
from . import clocks
from .trail import words_of


def context(case: Case, user: Any, *, at: datetime) -> dict:
    """Everything the template needs; one query per part, none per row. What was told only for who may read it."""
    day, trail = local_day(at), list(audit.timeline(case))
    readable = policies.may_read(user, case)
    days = calendar.workdays_between(day, case.due_on) if case.due_on else None
    pending = case.approvals.filter(state=ApprovalState.PENDING).select_related("proposed_by").order_by("pk")
    return {
        "case": case,
        "original": case,
        "place": case.place if readable else summary.registered_place(case),
        "due": ui.due(days) if days is not None else None,
        "readable": readable,
        "rows": [{"label": label, "value": value} for label, value in _rows(case, readable) if value],
        "decisions": decisions.of_person(case, user),
        "approvals": [(row, policies.may_approve(user, row)) for row in pending],
        "recused": policies.is_recused(user, case),
        "evidence": case.evidence.order_by("pk"),
        "helpings": case.helpings.select_related("place", "asked_by", "returned_by").order_by("-pk"),
        "transferrals": case.transferrals.select_related("recorded_by").order_by("-pk"),
        "letters": case.documents.select_related("issued_by").order_by("issued_at", "pk"),
        "items": [_step(entry) for entry in trail if entry.verb not in timeline.SIGHTS],
        "sights": timeline.sights(trail),
        "history": _history(case, at),
        "away": elsewhere.panel(case, today=day),
        **clocks.panel(case, day),
        **(_told(case, user, day) if readable else _untold()),
    }


def _intake(case: Case) -> str:
    """Who typed it, on what way it came, and how the complainant stands behind it."""
    row = Intake.objects.filter(case=case).select_related("entered_by").first()
    if row is None:
        return ""
    words = _("{channel} · {who} 录入 · {proof}。是否受理由另一名工作人员决定")
    return words.format(channel=row.get_channel_display(), who=row.entered_by, proof=row.get_proof_display())


def _step(entry: AuditEntry) -> dict:
    return {
        "title": words_of(entry.verb),
        "state": "done",
        "when": cn_datetime(entry.at),
        "note": " · ".join(part for part in (entry.actor, entry.reason) if part),
    }


def _told(case: Case, user: Any, day: date) -> dict:
    """What the complainant said, and what follows from it for the decision."""
    return {
        "hints": _hints(case, user, day) if case.state in (CaseState.SUBMITTED, CaseState.SUPPLEMENT) else [],
        "alerts": _alerts(case, day),
        "may_reveal": policies.may_reveal(user, case),
        "phone": masking.mask_phone(case.phone.open()) if case.phone else "",
        "facts": case.facts.open() if case.facts else "",
    }


def _untold() -> dict:
    return {"hints": [], "alerts": [], "may_reveal": False, "phone": "", "facts": ""}


def _rows(case: Case, readable: bool) -> list[tuple]:
    """The case as a table: what the office made of it, with what it was told for who may read that."""
    return [
        (_("类别"), f"{case.get_kind_display()} · {case.get_field_type_display()}"),
        *(_claimed(case) if readable else [(_("人数"), summary.people(case))]),
        (_("代为录入"), _intake(case)),
        (_("用工地"), name_of(case.division)),
        (_("欠薪金额"), fen(case.amount_fen)),
        (_("监察员"), "、".join(str(user) for user in policies.inspectors(case)) if case.second_inspector_id else ""),
        (_("指令书"), case.order_number),
        (_("限期支付日"), cn_date(case.pay_by)),
        (_("已登记付款"), fen(case.paid_now_fen) if case.paid_now_fen else ""),
        (_("等本人确认"), _("{n} 笔").format(n=case.unanswered_now) if case.unanswered_now else ""),
        (_("办理层级"), case.get_level_display() if case.level == Level.CITY else ""),
    ]


def _claimed(case: Case) -> list[tuple]:
    who = masking.mask_name(case.name.open()) if case.name else case.get_kind_display()
    kept = case.claimants.filter(confidential=True).count()
    return [
        (_("投诉人"), f"{who} · {summary.people(case)}"),
        (_("对单位保密"), _("{n} 人要求：文书、电话里都不能提名字和投诉编号").format(n=kept) if kept else ""),
        (_("单位"), case.employer_name),
        (_("统一社会信用代码"), case.employer.uscc if case.employer else ""),
        (_("法定代表人"), f"{case.employer_principal} {case.employer_principal_title}".strip()),
        (_("工地或地点"), case.site_name),
        (_("单位地址"), case.employer_address),
        (_("欠薪月份"), summary.months(case)),
        (_("干活时间"), summary.work_span(case)),
        (_("劳动合同"), case.get_contract_display()),
        (_("要求"), summary.requests(case)),
        (_("仲裁或诉讼"), case.get_other_route_display()),
    ]


def _hints(case: Case, user: Any, day) -> list[dict]:
    same = Case.objects.visible_to(user).open().filter(phone_index=case.phone_index, employer_name=case.employer_name)
    others = same.exclude(pk=case.pk).order_by("pk").values_list("number", flat=True)[:3] if case.phone_index else []
    found = [
        hints.within_limitation(
            owed_months=case.owed_months,
            work_to=case.work_to,
            still_working=case.work_to is None,
            day=local_day(case.submitted_at),
            years=law.limitation_years(day),
        ),
        hints.employer_identifiable(
            registered=case.employer_id is not None,
            verified=bool(case.employer and case.employer.state == "verified"),
            name=case.employer_name,
            address=case.employer_address or case.site_name,
        ),
        hints.in_jurisdiction(covered=user.covers(case.seat), place=name_of(case.division)),
        hints.no_other_route(case.other_route),
        hints.not_a_repeat(list(others)),
    ]
    words = {True: (_("符合"), "ok"), False: (_("不符合"), "danger"), None: (_("请核实"), "warn")}
    return [{"title": h.title, "note": h.note, "word": words[h.met][0], "tone": words[h.met][1]} for h in found]


def _alerts(case: Case, day) -> list[str]:
    if case.closed_at is not None:
        return []
    alone = case.state in INVESTIGATED and len(policies.inspectors(case)) < 2
    missing = [_("监察员不足两名，作出处理前须补派（监察条例第十六条）。")] if alone else []
    return missing + hints.criminal_alerts(
        reached=crime.reached(crime.people_of(case), crime.thresholds(day)), pay_by=case.pay_by, day=day
    )


def _history(case: Case, at: datetime) -> dict | None:
    """The employer's or project's other cases of the last 12 months."""
    if case.project_id:
        others = Case.objects.filter(project=case.project_id)
    elif case.employer_id:
        others = Case.objects.filter(employer=case.employer_id)
    else:
        return None
    others = others.exclude(pk=case.pk).filter(submitted_at__gte=at - timedelta(days=365))
    return {
        "all": others.count(),
        "open": others.open().count(),
        "settled": others.filter(state=CaseState.SETTLED).count(),
    }


def letter(case: Case, document: Document) -> dict:
    """A letter ready to print; names come out of their seals here only, and never those of who stays unnamed."""
    to_employer, listed = document.kind in TO_THE_EMPLOYER, []
    if to_employer:
        addressee, listed = case.employer_name, confidentiality.names(people_of(case))
    else:
        addressee = case.name.open() if case.name and case.kind == Kind.COMPLAINT else _("举报人")
    office = offices.office_of(document.division)
    about = {"case": case, "letter": document, "addressee": addressee, "office": office}
    return {**about, "to_employer": to_employer, "listed": listed}
