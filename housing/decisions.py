"""The buttons of an application for officials: what each asks and which service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import policies, services
from .enums import State
from .forms import decisions as forms
from .models import HousingApplication


@dataclass(frozen=True)
class Decision:
    """One verb; `warns` says what follows from it."""

    verb: str
    label: str | Promise
    form: type[forms.DecisionForm]
    act: Callable[..., Any]
    warns: str | Promise = ""
    second: bool = False


DECISIONS = (
    Decision("take_up", _("受理，开始初审"), forms.NoteForm, services.take_up),
    Decision(
        "pass_preliminary",
        _("初审通过，转复审"),
        forms.NoteForm,
        services.pass_preliminary,
        _("复审要由另一个人办理；主城小区的由市住房保障机构办理。"),
    ),
    Decision(
        "pass_final",
        _("复审通过，公示"),
        forms.NoteForm,
        services.pass_final,
        _("申请人的姓（名字隐去）、小区和户型会公示。"),
    ),
    Decision(
        "request_documents",
        _("要求补材料"),
        forms.PapersForm,
        services.request_documents,
        _("申请人会收到短信。等材料时初审停表，补齐后用剩下的工作日接着办。"),
        second=True,
    ),
    Decision(
        "return_to_preliminary",
        _("退回初审"),
        forms.WordsForm,
        services.return_to_preliminary,
        _("初审不重新计时，用上次剩下的工作日。"),
        second=True,
    ),
    Decision(
        "refuse",
        _("不予通过"),
        forms.RefusalForm,
        services.refuse,
        _("条件、依据和理由会原样告诉申请人。"),
        second=True,
    ),
    Decision("lapse", _("逾期未补，终止"), forms.NoteForm, services.lapse, second=True),
    Decision("enter_waiting", _("公示期满，进入轮候"), forms.NothingForm, services.enter_waiting),
)


def find(verb: str) -> Decision | None:
    return next((decision for decision in DECISIONS if decision.verb == verb), None)


def open_to(user: Any, application: HousingApplication) -> list[Decision]:
    """The buttons for this person now."""
    allowed = policies.may_review(user, application)
    if application.state == State.FINAL_REVIEW:
        allowed = policies.may_check(user, application)
    possible = set(application.FLOW.verbs_from(application.state))
    return [decision for decision in DECISIONS if allowed and decision.verb in possible]
