"""更正申请 for officials: what the worker says beside what stands, filtered by department, decided with reasons."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import local_day
from core.divisions import name_of
from core.templatetags.ui import cn_date

from ..disputes import deciding
from ..disputes.filing import BY_NUMBER
from ..disputes.history import said_to_officials
from ..enums import Source
from ..forms.desk import PassOnForm, RefuseForm, TakeForm
from ..models import Dispute, DisputeState
from ..presentation import name_for, shown_to, text_in_words
from ..sources import source_words
from .item import Facts, Step
from .queue import DueFilter, OfDistrict, WithPhoto, waiting_first


@admin.register(Dispute)
class DisputeAdmin(WithPhoto):
    waiting = (DisputeState.OPEN,)
    ordering = waiting_first(waiting)
    list_display = ["due", "state_word", "reference", "about", "department", "place", "filed_at", "handler"]
    list_filter = [DueFilter, "state", "department", OfDistrict]
    list_select_related = ["decided_by"]
    related = ("worker", "worker__provenance", "photo", "decided_by")
    item_template = "admin/workers/dispute.html"
    steps = {
        "take": Step(
            gettext_lazy("采纳并更正"),
            deciding.take,
            TakeForm,
            gettext_lazy(
                "会以{department}的名义、以今天的日期写入登记。"
                "请同时在{department}自己的系统里更正，不然下一批数据会把旧值再带回来。"
            ),
        ),
        "refuse": Step(
            gettext_lazy("不采纳"),
            deciding.refuse,
            RefuseForm,
            gettext_lazy("登记不变。理由会告诉本人，同时告诉他还可以补充材料、投诉、咨询复议。"),
        ),
        "pass_on": Step(
            gettext_lazy("转交其他部门"),
            deciding.pass_on,
            PassOnForm,
            gettext_lazy("期限不重新计算，本人会收到通知。"),
        ),
    }
    happened = {
        "workers.dispute_filed": gettext_lazy("本人提出"),
        "withdraw": gettext_lazy("本人撤回"),
        "join": gettext_lazy("两份登记合并，并入后一份"),
        "reopen": gettext_lazy("合并撤销，重新办理"),
    }

    @admin.display(description=gettext_lazy("哪一项"))
    def about(self, row: Dispute) -> str:
        return str(BY_NUMBER[row.indicator].label)

    def may_decide(self, user: Any, row: Dispute) -> bool:
        return deciding.may_decide(user, row)

    def note_reading(self, row: Dispute, *, by: Any, at: datetime) -> None:
        deciding.note_reading(row, by=by, at=at)

    def form_for(self, verb: str, row: Dispute, data: Any) -> Form:
        return PassOnForm(data, department=row.department) if verb == "pass_on" else super().form_for(verb, row, data)

    def follows(self, verb: str, row: Dispute) -> str:
        return super().follows(verb, row).format(department=Source(row.department).label)

    def back(self, verb: str, row: Dispute) -> str:
        """The list, where it may have gone to another district."""
        return self.address("changelist") if verb == "pass_on" else super().back(verb, row)

    def facts(self, request: HttpRequest, row: Dispute, *, reads: bool) -> Facts:
        """What the worker says here was said to these officials; what else is held of them obeys their consent."""
        indicator = BY_NUMBER[row.indicator]
        facts = [
            (_("哪一项"), indicator.label),
            (_("负责部门"), Source(row.department).label),
            (_("区县"), name_of(row.district)),
            (_("答复期限"), f"{cn_date(row.due_on)}{_('（暂定）') if row.due_provisional else ''}"),
        ]
        if not reads:
            return facts
        held = shown_to(request.user, row.worker, indicator, on=local_day(timezone.now()))
        answer = [(_("答复"), row.answer.open())] if row.answer else []
        paper = [(_("材料"), self.photo_link(row))] if row.photo else []
        return [
            (_("本人"), f"{name_for(request.user, row.worker)} {row.worker.worker_no}"),
            *facts,
            (_("现在登记的"), held or "—"),
            (_("来源"), source_words(row.worker, indicator) or "—"),
            (_("本人说应当是"), text_in_words(indicator, row.claimed.open()) if row.claimed else _("没有内容")),
            (_("理由"), row.reason.open() if row.reason else "—"),
            *answer,
            *paper,
        ]

    def beside_facts(self, request: HttpRequest, row: Dispute, *, reads: bool) -> dict[str, Any]:
        said = said_to_officials(row.worker, BY_NUMBER[row.indicator]) if reads else []
        return {"said": [one for one in said if not one.stands]}
