"""Where a recovery request stands, in words for the official who looks at it: who may do what next, and why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, timelines
from core.templatetags.ui import cn_datetime

from .. import policies
from ..enums import Comparison, RecoveryState
from ..models import RecoveryRequest
from ..services import recovery

VERBS = {
    "approve": gettext_lazy("核对无误，换绑新号码"),
    "propose": gettext_lazy("提出换绑，交另一人审批"),
    "confirm": gettext_lazy("同意换绑"),
    "refuse": gettext_lazy("不予通过"),
}
HAPPENED = {
    **VERBS,
    "accounts.recovery_filed": gettext_lazy("提交申请"),
    "accounts.recovery_read": gettext_lazy("查看申请内容"),
}
# What the comparison means for the one who looks first.
_FILED = {
    Comparison.SAME: gettext_lazy("姓名和身份证号码后六位与登记一致：一名工作人员核对后即可换绑。"),
    Comparison.DIFFERENT: gettext_lazy(
        "姓名或身份证号码后六位与登记不一致，须两名工作人员办理：一人查实后提出，另一人审批。"
    ),
    Comparison.NOTHING_ON_FILE: gettext_lazy(
        "原账户没有登记身份证号码，无从比对，须两名工作人员办理：一人查实后提出，另一人审批。"
    ),
    Comparison.NO_ACCOUNT: gettext_lazy("没有对上原账户，须两名工作人员办理：一人查实是哪个账户后提出，另一人审批。"),
}


@dataclass(frozen=True)
class Situation:
    """`hands` says how many officials it takes, as a badge; empty once it is decided."""

    sentence: str
    hands: str = ""
    tone: str = "warn"


def situation(row: RecoveryRequest, user: Any) -> Situation:
    if row.state == RecoveryState.FILED:
        found = recovery.compare(row)
        if found == Comparison.SAME:
            return Situation(str(_FILED[found]), _("一人办理"), "ok")
        return Situation(str(_FILED[found]), _("两人办理"))
    if row.state == RecoveryState.PROPOSED:
        return Situation(_proposed(row, user), _("两人办理"))
    return Situation(_("已由{who}于 {when} 办结。").format(who=row.decided_by, when=cn_datetime(row.decided_at)))


def _proposed(row: RecoveryRequest, user: Any) -> str:
    if row.proposed_by_id == user.pk:
        return _("这是你提出的，须由另一名工作人员审批。你不能审批自己提出的换绑。")
    last = audit.timeline(row).filter(verb="propose").last()
    said = _("{who}于 {when} 提出换绑到 {n} 号账户，理由：{reason}。须由另一名工作人员审批。")
    return said.format(
        who=row.proposed_by,
        when=cn_datetime(row.proposed_at),
        n=row.account_id,
        reason=last.reason.rstrip("。") if last else "—",
    )


def verbs(row: RecoveryRequest, user: Any) -> list[tuple[str, str]]:
    """The steps that this person may take now, the usual one first."""
    if not policies.may_decide_recovery(user, row):
        return []
    possible = row.FLOW.verbs_from(row.state)
    if row.state == RecoveryState.FILED:
        alone = recovery.compare(row) == Comparison.SAME
        possible.remove("propose" if alone else "approve")
    return [(verb, str(VERBS[verb])) for verb in possible]


def timeline(row: RecoveryRequest) -> list[dict]:
    """What happened, for the timeline component."""
    return timelines.all_steps(audit.timeline(row), HAPPENED)
