"""What people read about each step and state of an application."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.divisions import CITY, name_of
from core.models import AuditEntry
from core.templatetags.ui import cn_datetime

from .conditions import Rules
from .enums import State
from .models import HousingApplication

#: The tasks of an application, in the order of the page.
TASKS = {
    "household": gettext_lazy("谁一起住"),
    "work": gettext_lazy("工作"),
    "income": gettext_lazy("收入"),
    "home": gettext_lazy("住房"),
    "documents": gettext_lazy("材料"),
    "wish": gettext_lazy("想住哪里"),
}
#: Verbs of the trail as the applicant reads them.
STEPS = {
    "submit": gettext_lazy("你提交了申请"),
    "submit_incomplete": gettext_lazy("你提交了申请，还缺材料"),
    "hand_in": gettext_lazy("你交了一份材料"),
    "complete": gettext_lazy("你补齐了材料"),
    "resume": gettext_lazy("你补齐了材料，继续审核"),
    "take_up": gettext_lazy("已受理，开始初审"),
    "request_documents": gettext_lazy("要求补材料"),
    "pass_preliminary": gettext_lazy("初审通过，转复审"),
    "return_to_preliminary": gettext_lazy("复审要求再核对"),
    "pass_final": gettext_lazy("复审通过，开始公示"),
    "raise_objection": gettext_lazy("有人提出异议，正在核查"),
    "decide_objection": gettext_lazy("异议核查有了结论"),
    "recheck": gettext_lazy("异议属实，重新审核"),
    "enter_waiting": gettext_lazy("公示期满，进入轮候"),
    "refuse": gettext_lazy("没有通过"),
    "lapse": gettext_lazy("材料逾期没有补齐，申请终止"),
    "withdraw": gettext_lazy("你撤回了申请"),
    "allot": gettext_lazy("配租了一套房"),
    "confirm": gettext_lazy("你确认了配租"),
    "decline": gettext_lazy("你放弃了配租"),
    "lease": gettext_lazy("签约入住"),
    "leave": gettext_lazy("退房，租约结束"),
}
#: The applicant's own steps when a broker took them under a mandate.
STEPS_FOR_YOU = {
    "submit": gettext_lazy("{who}替你提交了申请"),
    "submit_incomplete": gettext_lazy("{who}替你提交了申请，还缺材料"),
    "hand_in": gettext_lazy("{who}替你交了一份材料"),
    "complete": gettext_lazy("{who}替你补齐了材料"),
    "resume": gettext_lazy("{who}替你补齐了材料，继续审核"),
}
#: Verbs that say who looked at something or acted for the applicant, who sees them in a list of their own.
SIGHTS = {
    "act_for": gettext_lazy("受你委托替你办"),
    "read_paper": gettext_lazy("查看了一份材料"),
    "reveal": gettext_lazy("查看了家人的姓名和身份证号"),
}
#: Whose words an applicant may read as the reason of a step.
_REASON_SHOWN = {"request_documents", "refuse", "recheck"}
#: Where it stands, as the heading of the status page.
HEADLINES = {
    State.SUBMITTED: gettext_lazy("等工作人员受理"),
    State.DOCS_DUE: gettext_lazy("请你补材料"),
    State.PRELIMINARY_REVIEW: gettext_lazy("正在初审"),
    State.FINAL_REVIEW: gettext_lazy("正在复审"),
    State.PUBLICITY: gettext_lazy("审核通过，正在公示"),
    State.WAITING: gettext_lazy("已进入轮候，等配租"),
    State.ALLOTTED: gettext_lazy("配租了一套房，等你确认"),
    State.CONFIRMED: gettext_lazy("已确认，等签约入住"),
    State.LEASED: gettext_lazy("已入住"),
    State.DECLINED: gettext_lazy("你放弃了这次配租"),
    State.EXITED: gettext_lazy("已退房"),
    State.REFUSED: gettext_lazy("这次没有通过"),
    State.WITHDRAWN: gettext_lazy("你已撤回申请"),
    State.LAPSED: gettext_lazy("材料逾期没有补齐，申请已终止"),
}
_ORDER = (State.PRELIMINARY_REVIEW, State.FINAL_REVIEW, State.PUBLICITY, State.WAITING, State.ALLOTTED)


@dataclass(frozen=True)
class Step:
    """One line of a timeline (`_components/timeline.html`)."""

    title: str
    state: str
    when: str = ""
    note: str = ""


def timeline(application: HousingApplication, rules: Rules) -> list[Step]:
    """What happened, where it stands, and what comes next with its legal length."""
    entries = list(audit.timeline(application).filter(verb__in=STEPS))
    done = [_done(entry) for entry in entries]
    if application.state in _ORDER or application.state in {State.SUBMITTED, State.DOCS_DUE}:
        done.append(Step(str(HEADLINES[State(application.state)]), "now"))
    return done + _ahead(application, rules)


def _done(entry: AuditEntry) -> Step:
    other = entry.actor_id is not None and entry.actor != _("本人")
    if other and entry.verb in STEPS_FOR_YOU:
        return Step(str(STEPS_FOR_YOU[entry.verb]).format(who=entry.actor), "done", cn_datetime(entry.at))
    reason = entry.reason if entry.verb in _REASON_SHOWN else ""
    note = "：".join(filter(None, [entry.actor if other else "", reason]))
    return Step(str(STEPS[entry.verb]), "done", cn_datetime(entry.at), note)


def _ahead(application: HousingApplication, rules: Rules) -> list[Step]:
    state = State(application.state)
    position = _ORDER.index(state) + 1 if state in _ORDER else 0
    if state not in {*_ORDER, State.SUBMITTED, State.DOCS_DUE}:
        return []
    return [Step(title, "next", note=note) for title, note in future(rules)[position:]]


def future(rules: Rules) -> list[tuple[str, str]]:
    """The stages from the preliminary review on, each with how long it takes."""
    rounds = rules["rounds_until_guaranteed"].value
    return [
        (_("初审"), _("材料齐了起 {days} 个工作日内").format(days=rules["preliminary_workdays"].value)),
        (_("复审"), _("另一位工作人员，{days} 个工作日内").format(days=rules["final_workdays"].value)),
        (_("公示"), _("{days} 天，听取意见").format(days=rules["publicity_days"].value)),
        (_("轮候"), _("每轮都有机会；{rounds} 轮没选中就直接配租").format(rounds=rounds)),
        (_("配租、看房、签约"), _("结果会通知你")),
    ]


def sights(application: HousingApplication) -> list[Step]:
    """Who looked at the papers and numbers or acted for the applicant, newest first."""
    entries = audit.timeline(application).filter(verb__in=SIGHTS).order_by("-id")[:50]
    return [
        Step(f"{entry.actor} {SIGHTS[entry.verb]}", "done", cn_datetime(entry.at), entry.reason) for entry in entries
    ]


def office(application: HousingApplication) -> str:
    """Who has it now, in words."""
    if application.state == State.DOCS_DUE:
        return _("等你补齐材料")
    division = application.division_id
    if application.state == State.FINAL_REVIEW:
        division = application.final_division_id
    if division == CITY:
        return _("市住房保障机构")
    return _("{district}公租房审核窗口").format(district=name_of(division))
