"""The officials' decisions as a table: what the button says, what it asks, and the service that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import decisions_elsewhere as elsewhere
from . import policies, services
from .enums import INVESTIGATED, OPEN, UNDER_WAY, CaseState
from .flow import CASE_FLOW, MOVABLE
from .forms import decisions as forms
from .forms import elsewhere as elsewhere_forms
from .forms import steps_inside as inside
from .forms import ways
from .models import Case
from .terms import ClockKind


@dataclass(frozen=True)
class Decision:
    """One button. `verb` is the workflow's, or none where the state does not move; `leaves`: it goes elsewhere."""

    slug: str
    label: str | Promise
    form: type[forms.DecisionForm]
    act: Callable[..., Any]
    verb: str = ""
    tone: str = "second"
    leaves: bool = False


TABLE = (
    Decision("accept", _("受理并立案"), forms.Note, services.accept, "accept", tone="first"),
    Decision("supplement", _("要求补正"), forms.Supplement, services.request_supplement, "request_supplement"),
    Decision("transfer", _("转送其他部门"), forms.Transfer, services.transfer, "transfer"),
    Decision("hand_over", _("移交其他区县"), forms.HandOver, services.hand_over, leaves=True),
    Decision("ask_outside", _("请市外办事处协助"), ways.AskOutside, services.ask_outside),
    Decision("call_back", _("从市外办事处收回"), ways.CallBack, services.call_back),
    Decision("answer", _("登记对方答复"), ways.TransferAnswer, services.record_answer, tone="first"),
    Decision("refuse", _("不予受理"), forms.Refuse, services.refuse, "refuse"),
    Decision("investigate", _("开始调查"), forms.Investigate, services.investigate, "investigate", tone="first"),
    Decision("order", _("责令限期支付"), forms.Order, services.order, "order", tone="first"),
    Decision("propose_decision", _("拟处理决定"), forms.ProposeDecision, services.propose_decision, "decide"),
    Decision("enforce", _("申请法院执行"), elsewhere_forms.Enforce, services.enforce, "enforce"),
    Decision("settle", _("付清办结"), forms.Note, services.settle, "settle", tone="first"),
    Decision("unfounded", _("查无欠薪办结"), forms.Reasoned, services.close_unfounded, "close_unfounded"),
    Decision(
        "project_dispute", _("属工程款办结"), forms.Reasoned, services.close_project_dispute, "close_project_dispute"
    ),
    Decision("revoke", _("撤销立案"), forms.Reasoned, services.revoke, "revoke"),
    Decision(
        "arbitration", _("引导仲裁"), elsewhere_forms.ReferArbitration, services.refer_arbitration, "refer_arbitration"
    ),
    Decision("police", _("移送公安"), elsewhere_forms.ReferPolice, services.refer_police, "refer_police"),
    *(Decision(slug, label, form, act, tone=tone) for slug, label, form, act, tone in elsewhere.ROWS),
    Decision("contact", _("记录已联系投诉人"), inside.Contact, services.note_contact),
    Decision("end_investigation", _("调查终结"), inside.EndInvestigation, services.end_investigation),
    Decision("extend", _("申请延期"), forms.Extend, services.propose_extension),
    Decision("name_inspector", _("补派监察员"), forms.NameInspector, services.name_inspector),
    Decision("assign", _("分派"), forms.Assign, services.assign),
    Decision("recuse", _("我要回避"), forms.Recuse, services.recuse),
)
# What an office outside may do with a case that was handed to it: everything else is the district's.
OUTSIDE = (
    Decision("hand_back", _("交回并报告"), ways.HandBack, services.hand_back, tone="first", leaves=True),
    Decision("recuse", _("我要回避"), forms.Recuse, services.recuse, leaves=True),
)
_BY_SLUG = {decision.slug: decision for decision in (*OUTSIDE, *TABLE)}


def find(slug: str) -> Decision | None:
    return _BY_SLUG.get(slug)


def possible(case: Case) -> list[Decision]:
    """The buttons of this state. Whether this person may press them is the policies' matter."""
    away = elsewhere.possible(case)
    return [
        decision
        for decision in TABLE
        if (decision.slug in away if decision.slug in elsewhere.SLUGS else _applies(decision, case))
    ]


# Whether it is accepted at all.
TAKE_UP = ("accept", "refuse")


def of_person(case: Case, user: Any) -> tuple[Decision, ...] | list[Decision]:
    """The buttons that this person is offered: those of the office in charge, or of the office outside that helps."""
    if policies.may_decide(user, case):
        return [decision for decision in possible(case) if _is_for(decision, case, user)]
    return OUTSIDE if policies.may_help(user, case) else ()


def _is_for(decision: Decision, case: Case, user: Any) -> bool:
    """Who typed a complaint for somebody is not offered to accept or refuse it."""
    return decision.slug not in TAKE_UP or policies.may_take_up(user, case)


def may_take(decision: Decision, case: Case, user: Any) -> bool:
    """The office in charge presses all buttons but the report, the office outside only its own."""
    if decision.slug in {one.slug for one in OUTSIDE} and policies.may_help(user, case):
        return True
    return decision.slug != "hand_back" and policies.may_decide(user, case)


def _applies(decision: Decision, case: Case) -> bool:
    if decision.verb:
        return CASE_FLOW.allows(decision.verb, case.state)
    if decision.slug == "answer":
        return case.state == CaseState.TRANSFERRED
    if decision.slug in ("ask_outside", "call_back"):
        return case.closed_at is None and (case.outside_id is None) == (decision.slug == "ask_outside")
    if decision.slug == "hand_over":
        return case.state in MOVABLE
    if decision.slug == "name_inspector":
        return case.state in INVESTIGATED
    if decision.slug == "contact":
        return case.state in OPEN and case.clocks.filter(kind=ClockKind.CONTACT, ended_on__isnull=True).exists()
    if decision.slug == "end_investigation":
        running = case.clocks.filter(kind=ClockKind.DECISION, ended_on__isnull=True)
        return case.state == CaseState.INVESTIGATING and not running.exists()
    if decision.slug == "extend":
        return case.state in UNDER_WAY and case.extended_at is None
    return case.closed_at is None
