"""A claim in words: rows for the check page, the receipt and the officials' page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.divisions import name_of
from core.templatetags.ui import fen

from .enums import Kind, Request
from .forms.fields import month_label
from .models import Case, Draft
from .models.claim import Claim


def months(claim: Claim) -> str:
    words = [month_label(day) for day in claim.owed_months]
    return "、".join([*words, _("还有更早的")] if claim.owed_earlier else words)


def work_span(claim: Claim) -> str:
    first = month_label(claim.work_from) if claim.work_from else _("三年以前")
    last = month_label(claim.work_to) if claim.work_to else _("现在还在干")
    return _("{first}到{last}").format(first=first, last=last)


def people(claim: Claim) -> str:
    if claim.headcount == 1:
        return _("一个人")
    return _("{n} 人，由代表提交").format(n=claim.headcount)


def requests(claim: Claim) -> str:
    return "；".join(str(Request(code).label) for code in claim.requests or [Request.WAGES] if code in Request.values)


def registered_place(claim: Case) -> str:
    """The project or employer as it is registered. What the complainant wrote may name people; this does not."""
    if claim.project:
        return claim.project.name
    return claim.employer.name if claim.employer else claim.get_field_type_display()


def rows_of(draft: Draft) -> list[dict]:
    """The check page: what was answered, each with the way back to its question."""
    rows = [
        *([] if draft.wage_code_id else _where(draft)),
        _row("owed", _("欠薪月份"), months(draft)),
        _row("owed", _("欠薪金额"), fen(draft.amount_fen)),
        _row("work", _("干活时间"), work_span(draft)),
        _row("work", _("劳动合同"), draft.get_contract_display()),
        _row("evidence", _("照片和文件"), _("{n} 份").format(n=draft.files.count())),
        _row("evidence", _("说明"), draft.facts.open() if draft.facts else ""),
        _row("you", _("类别"), draft.get_kind_display()),
    ]
    if draft.kind == Kind.COMPLAINT:
        rows.append(_row("you", _("姓名"), draft.name.open() if draft.name else ""))
        rows.append(_row("you", _("让单位知道名字"), _("不让") if draft.confidential else _("可以")))
    rows.append(_row("you", _("人数"), people(draft)))
    rows.append(_row("details", _("要求"), requests(draft)))
    rows.append(_row("details", _("更多情况（选填）"), _more(draft)))
    return rows


def _where(draft: Draft) -> list[dict]:
    return [
        _row("field", _("领域"), draft.get_field_type_display()),
        _row("where", _("单位"), draft.employer_name),
        _row("where", _("工地或店"), draft.site_name),
        _row("where", _("区县"), name_of(draft.division)),
    ]


def _more(draft: Draft) -> str:
    known = [
        draft.get_sex_display() if draft.sex else "",
        _("{n} 岁").format(n=draft.age) if draft.age else "",
        draft.occupation,
        _("住址已填") if draft.address else "",
        draft.employer_principal,
    ]
    return "、".join(word for word in known if word)


def _row(slug: str, label: str, value: str) -> dict:
    return {"label": label, "value": value, "url": f"{reverse('wages:step', args=[slug])}?back_to=check"}


def receipt_rows(case: Case) -> list[dict]:
    """What stands on the receipt; no phone and no full name, because receipts lie about."""
    rows = [
        {"label": _("单位"), "value": case.employer_name},
        {"label": _("工地或地点"), "value": case.site_name},
        {"label": _("区县"), "value": name_of(case.division)},
        {"label": _("欠薪月份"), "value": months(case)},
        {"label": _("欠薪金额"), "value": fen(case.amount_fen)},
        {"label": _("人数"), "value": people(case)},
        {"label": _("材料"), "value": _("{n} 份").format(n=case.evidence.count())},
    ]
    return [row for row in rows if row["value"]]
