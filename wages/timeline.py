"""A case's trail in the complainant's words: what happened, what is going on, what comes next. No I/O.

The audit entries are the source; what only officials need (who looked, who assigned) stays out.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.ui import cn_date, cn_datetime

from .enums import CLOSED, CaseState
from .models import Case

# What the state means to the person who waits.
HEADINGS = {
    CaseState.SUBMITTED: gettext_lazy("正在决定是否受理"),
    CaseState.SUPPLEMENT: gettext_lazy("还缺材料，请你补充"),
    CaseState.ACCEPTED: gettext_lazy("已受理，准备调查"),
    CaseState.INVESTIGATING: gettext_lazy("正在调查"),
    CaseState.ORDERED: gettext_lazy("已责令单位付钱"),
    CaseState.DECISION: gettext_lazy("已作出行政处理决定"),
    CaseState.ENFORCEMENT: gettext_lazy("已申请法院强制执行"),
    CaseState.PAID: gettext_lazy("单位说已付钱，等本人确认"),
    CaseState.SETTLED: gettext_lazy("已办结，工资已付清"),
    CaseState.NOT_ACCEPTED: gettext_lazy("没有受理"),
    CaseState.TRANSFERRED: gettext_lazy("已转送别的部门"),
    CaseState.WITHDRAWN: gettext_lazy("你撤回了投诉"),
    CaseState.UNFOUNDED: gettext_lazy("已办结，没有查到欠薪"),
    CaseState.PROJECT_DISPUTE: gettext_lazy("已办结，属于工程款纠纷"),
    CaseState.ARBITRATION: gettext_lazy("请走仲裁或诉讼"),
    CaseState.POLICE: gettext_lazy("已移送公安机关"),
    CaseState.REVOKED: gettext_lazy("单位已改正，已撤销立案"),
    CaseState.JOINED: gettext_lazy("和同一单位的其他投诉一起办"),
}

_TOLD = {
    "submit": gettext_lazy("你提交了投诉"),
    "typed_by_official": gettext_lazy("工作人员按你说的记下，你确认过"),
    "typed_by_broker": gettext_lazy("劳务经纪人替你填写，你用验证码确认过"),
    "ask_confidential": gettext_lazy("你要求不让单位知道名字"),
    "agree_named": gettext_lazy("你同意让单位知道名字"),
    "request_supplement": gettext_lazy("请你补充材料"),
    "supply": gettext_lazy("你补好了材料"),
    "add_evidence": gettext_lazy("你补充了照片或文件"),
    "accept": gettext_lazy("已受理，立案"),
    "refuse": gettext_lazy("决定不予受理"),
    "transfer": gettext_lazy("已转送"),
    "answer_transfer": gettext_lazy("接收部门有了答复"),
    "come_back": gettext_lazy("接收部门退回，这里继续办"),
    "ask_outside": gettext_lazy("已请市外办事处协助，编号和期限不变"),
    "hand_back": gettext_lazy("市外办事处已交回报告"),
    "call_back": gettext_lazy("已从市外办事处收回"),
    "hand_over": gettext_lazy("已移交，编号和期限不变"),
    "investigate": gettext_lazy("开始调查"),
    "contact": gettext_lazy("工作人员联系了你"),
    "end_investigation": gettext_lazy("调查结束，准备作决定"),
    "extend": gettext_lazy("办理期限延长"),
    "deadline_moved": gettext_lazy("节假日安排变动，最迟日期已重新计算"),
    "order": gettext_lazy("责令单位限期付钱"),
    "decide": gettext_lazy("作出行政处理决定"),
    "enforce": gettext_lazy("申请法院强制执行"),
    "record_paid": gettext_lazy("单位提交了付款凭证"),
    "payment_confirmed": gettext_lazy("你确认收到工资"),
    "contest_payment": gettext_lazy("有人说没有收到"),
    "presume_paid": gettext_lazy("逾期没有回答，按收到算"),
    "vouch_payment": gettext_lazy("凭签收凭证记为已收到"),
    "void_payment": gettext_lazy("登记有误的付款已撤回"),
    "all_paid": gettext_lazy("登记的欠薪都已有付款"),
    "go_up": gettext_lazy("改由上一级办理"),
    "settle": gettext_lazy("办结"),
    "close_unfounded": gettext_lazy("办结：没有查到欠薪"),
    "close_project_dispute": gettext_lazy("办结：属于工程款纠纷"),
    "revoke": gettext_lazy("单位已改正，撤销立案"),
    "refer_arbitration": gettext_lazy("请走仲裁或诉讼"),
    "refer_police": gettext_lazy("移送公安机关"),
    "arb_apply": gettext_lazy("仲裁委收到申请"),
    "arb_accept": gettext_lazy("仲裁委受理"),
    "arb_refuse": gettext_lazy("仲裁委不予受理"),
    "arb_serve": gettext_lazy("申请书送达单位"),
    "arb_defend": gettext_lazy("单位提交答辩书"),
    "arb_hearing": gettext_lazy("定了开庭日期"),
    "arb_mediate": gettext_lazy("开始调解"),
    "arb_extend": gettext_lazy("裁决期限延长"),
    "arb_provisional": gettext_lazy("裁决先予执行"),
    "arb_award": gettext_lazy("收到裁决书"),
    "arb_mediated": gettext_lazy("达成调解"),
    "arb_sue": gettext_lazy("向法院起诉"),
    "demand": gettext_lazy("催告单位付钱"),
    "police_receipt": gettext_lazy("公安机关签收"),
    "police_answer": gettext_lazy("公安机关答复"),
    "take_back": gettext_lazy("我们收回办理，继续调查"),
    "take_back_filed": gettext_lazy("我们收回办理"),
    "take_back_unfiled": gettext_lazy("我们收回办理，重新答复是否受理"),
    "withdraw": gettext_lazy("你撤回了投诉"),
}
# Who looked; the complainant sees it in a list of its own.
SIGHTS = {
    "read_case": gettext_lazy("看了投诉内容"),
    "read_letter": gettext_lazy("看了一份文书"),
    "read_evidence": gettext_lazy("看了一份证据材料"),
    "reveal_phone": gettext_lazy("看了完整手机号"),
}
SIGHTS_SHOWN = 50
# Their reason is the law's own wording or a department's name, fit for the complainant.
_REASON_SHOWN = {
    "arb_hearing",
    "arb_award",
    "arb_mediated",
    "arb_provisional",
    "police_answer",
    "refuse",
    "transfer",
    "hand_over",
    "settle",
    "answer_transfer",
    "come_back",
    "ask_outside",
    "hand_back",
}


def heading(case: Case) -> str:
    if case.state == CaseState.PAID and not case.unanswered_now:
        return _("已确认收到，等待办结")
    return str(HEADINGS[case.state])


def first_division(case: Case, entries: Iterable[Any]) -> str:
    """Where the case was filed; it may have moved to another district since."""
    moves = (entry.data["from_division"] for entry in entries if entry.verb == "hand_over")
    return next(moves, case.seat)


def items(case: Case, entries: Iterable[Any], *, office: str, close_workdays: int) -> list[dict]:
    """Rows for the timeline component; `office` is the one that the case first went to."""
    done = [
        {
            "title": str(_TOLD[entry.verb]),
            "state": "done",
            "when": cn_datetime(entry.at),
            "note": entry.reason if entry.verb in _REASON_SHOWN else "",
        }
        for entry in entries
        if entry.verb in _TOLD
    ]
    if done:
        routed = {"title": _("已分给{office}").format(office=office), "state": "done", "when": done[0]["when"]}
        done.insert(1, {**routed, "note": _("自动，按干活的地方")})
    if case.state in CLOSED:
        return done
    return [
        *done,
        {"title": heading(case), "state": "now", "when": "", "note": _now(case)},
        *_ahead(case, close_workdays),
    ]


def sights(entries: Iterable[Any]) -> list[dict]:
    """Who looked at the case, newest first, with the reason where one had to be given."""
    seen = [entry for entry in entries if entry.verb in SIGHTS][-SIGHTS_SHOWN:]
    return [
        {
            "title": f"{entry.actor} {SIGHTS[entry.verb]}",
            "state": "done",
            "when": cn_datetime(entry.at),
            "note": entry.reason,
        }
        for entry in reversed(seen)
    ]


def _now(case: Case) -> str:
    return _("最迟 {day}").format(day=cn_date(case.due_on)) if case.due_on else _("补好后，期限继续计算")


def _ahead(case: Case, close_workdays: int) -> list[dict]:
    waiting = case.state in (CaseState.SUBMITTED, CaseState.SUPPLEMENT)
    steps = []
    if waiting:
        steps.append((_("立案调查"), _("立案后最长 {n} 个工作日").format(n=close_workdays)))
    if waiting or case.state in (CaseState.ACCEPTED, CaseState.INVESTIGATING):
        steps.append((_("责令单位付钱"), ""))
    steps.append((_("你确认收到钱"), _("你确认了才算办结")))
    if case.state == CaseState.PAID and not case.unanswered_now:
        steps = [(_("办结"), "")]
    return [{"title": title, "state": "next", "when": "", "note": note} for title, note in steps]
