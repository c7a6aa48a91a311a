"""What stands on an application's page for officials."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, masking
from core.calendar import local_day
from core.divisions import name_of
from core.templatetags.ui import cn_datetime, fen_short

from .. import decisions, policies, registry, words
from ..declared import missing_papers
from ..desk import with_due
from ..enums import DocumentState, Rule, State
from ..models import HousingApplication

HANDLED = (State.SUBMITTED, State.DOCS_DUE, State.PRELIMINARY_REVIEW, State.FINAL_REVIEW)
_AGREES = {
    True: (gettext_lazy("一致"), "ok"),
    False: (gettext_lazy("不一致"), "danger"),
    None: (gettext_lazy("请人工核对"), "neutral"),
}


def context(application: HousingApplication, user: Any, *, at: datetime) -> dict[str, Any]:
    """Decisions first, then what was declared beside what the departments know, papers, people, the trail."""
    with_due([application], at=at)
    return {
        "application": application,
        "due": application.due if application.due_on else None,
        "applicant": masking.mask_name(application.worker.full_name),
        "decisions": decisions.open_to(user, application),
        "own_preliminary": _is_own_check(user, application),
        "final_elsewhere": _is_final_elsewhere(user, application),
        "offices": _offices(application),
        "verdicts": _verdicts(application),
        "comparisons": _compared(application),
        "also_applied": registry.also_applied(application),
        "rows": _rows(application),
        "members": _members(application),
        "may_reveal": policies.may_reveal(user, application),
        "documents": _documents(application),
        "missing": missing_papers(application) if application.state in HANDLED else [],
        "objections": list(application.objections.select_related("decided_by").order_by("-raised_at", "-pk")),
        "may_decide_objection": policies.may_review(user, application) and application.state == State.PUBLICITY,
        "items": _trail(application),
    }


def _is_own_check(user: Any, application: HousingApplication) -> bool:
    """The final review would be this person's second look at their own work."""
    may = policies.is_final_office(user, application)
    return application.state == State.FINAL_REVIEW and may and not policies.may_check(user, application)


def _is_final_elsewhere(user: Any, application: HousingApplication) -> bool:
    """It waits for another office's final review."""
    return application.state == State.FINAL_REVIEW and not policies.is_final_office(user, application)


def _offices(application: HousingApplication) -> str:
    """Who reviews first and who finally."""
    first, last = name_of(application.division_id), name_of(application.final_division_id)
    return _("初审：{first} · 复审：{last}").format(first=first, last=last)


def _verdicts(application: HousingApplication) -> list[dict[str, Any]]:
    """The assessment as it was on the day of the application, with the version of each rule."""
    return [
        {
            "title": _of_applicant(reason["sentence"]),
            "note": _of_applicant(reason["your_value"]),
            "article": reason["article"],
            "version": reason["version"],
            "verified": reason["verified"],
            "word": _("符合") if reason["passed"] else _("不符合"),
            "tone": "ok" if reason["passed"] else "danger",
        }
        for reason in application.assessment.get("reasons", [])
    ]


def _of_applicant(sentence: str) -> str:
    """The applicant was addressed; an official reads about them."""
    return sentence.replace("你家", "全家").replace("你", "申请人")


def _compared(application: HousingApplication) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "declared": row.declared or _("没有填"),
            "held": row.held or _("没有数据"),
            "source": row.source or "—",
            "word": str(_AGREES[row.agrees][0]),
            "tone": _AGREES[row.agrees][1],
        }
        for row in registry.comparisons(application)
    ]


def _rows(application: HousingApplication) -> list[dict[str, Any]]:
    """What decides, without a name: the answers in an official's order."""
    age = masking.age_on(application.birth_date, local_day(application.submitted_at))
    rows = [
        (_("申请人"), masking.mask_name(application.worker.full_name)),
        (_("编号"), application.worker.worker_no),
        (_("年龄"), _("{age} 岁").format(age=age)),
        (_("小区和户型"), f"{application.estate.name} · {application.get_unit_kind_display()}"),
        (_("工作"), application.get_work_display()),
        (_("本人月收入"), fen_short(application.income_fen)),
        (_("提交"), cn_datetime(application.submitted_at)),
        (_("规则版本"), application.rules_version),
    ]
    if application.submitted_by is not None:
        rows.append((_("代交"), application.submitted_by.audit_name))
    if application.refusal_rule:
        rows.append((_("不予通过"), f"{Rule(application.refusal_rule).label}：{application.refusal_text}"))
        rows.append((_("依据"), application.refusal_article))
    return [{"label": label, "value": value} for label, value in rows]


def _members(application: HousingApplication) -> list[dict[str, Any]]:
    return [
        {
            "pk": row.pk,
            "relation": row.get_relation_display(),
            "sex": row.get_sex_display(),
            "age": masking.age_on(row.birth_date, local_day(application.submitted_at)),
            "income": fen_short(row.income_fen),
        }
        for row in application.members.order_by("pk")
    ]


def _documents(application: HousingApplication) -> list[dict[str, Any]]:
    return [
        {
            "pk": row.pk,
            "kind": row.get_kind_display(),
            "at": cn_datetime(row.file.uploaded_at),
            "remark": row.remark if row.state == DocumentState.REJECTED else "",
        }
        for row in application.documents.select_related("file").order_by("kind", "pk")
    ]


def _trail(application: HousingApplication) -> list[words.Step]:
    """Everything that happened, reasons included, newest first."""
    titles = {**words.STEPS, **words.SIGHTS, "act_for": _("受申请人委托代办"), "discard": _("删除草稿")}
    entries = audit.timeline(application).order_by("-id")[:100]
    return [
        words.Step(
            str(titles.get(entry.verb, entry.verb)).removeprefix("你"),
            "done",
            cn_datetime(entry.at),
            "：".join(filter(None, [entry.actor, entry.reason])),
        )
        for entry in entries
    ]
