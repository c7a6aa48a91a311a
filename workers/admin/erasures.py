"""删除申请 for officials: one looks and proposes, another confirms; the data never stands on these pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.divisions import name_of
from core.templatetags.ui import cn_datetime

from ..forms.desk import ErasureForm
from ..models import ErasureRequest
from ..models.erasure import OPEN
from ..rights import erasing
from .item import Facts, Step
from .queue import DueFilter, OfDistrict, RequestQueue, waiting_first


@admin.register(ErasureRequest)
class ErasureRequestAdmin(RequestQueue):
    waiting = OPEN
    ordering = waiting_first(OPEN)
    list_display = ["due", "state_word", "reference", "place", "filed_at", "proposed_by", "decided_by"]
    list_filter = [DueFilter, "state", OfDistrict]
    list_select_related = ["proposed_by", "decided_by"]
    related = ("worker", "proposed_by", "decided_by")
    item_template = "admin/workers/erasure.html"
    steps = {
        "propose": Step(
            gettext_lazy("核对无误，提出删除"),
            erasing.propose,
            ErasureForm,
            gettext_lazy("写明核对了什么。另一名工作人员同意后才会删除。"),
        ),
        "confirm": Step(
            gettext_lazy("同意，马上删除"),
            erasing.confirm,
            None,
            gettext_lazy("同意后马上删除：登记的全部信息、各方的说法、账户。不能恢复。"),
        ),
        "refuse": Step(gettext_lazy("不予删除"), erasing.refuse, ErasureForm, gettext_lazy("理由会告诉本人。")),
    }
    happened = {"workers.erasure_filed": gettext_lazy("本人提出"), "withdraw": gettext_lazy("本人撤回")}

    def may_decide(self, user: Any, row: ErasureRequest) -> bool:
        return erasing.may_decide(user, row)

    def facts(self, request: HttpRequest, row: ErasureRequest, *, reads: bool) -> Facts:
        return [
            (_("编号"), row.worker.worker_no),
            (_("区县"), name_of(row.district)),
            (_("提出时间"), cn_datetime(row.filed_at)),
            (_("承办人"), row.proposed_by or "—"),
            (_("审批人"), row.decided_by or "—"),
        ]

    def beside_facts(self, request: HttpRequest, row: ErasureRequest, *, reads: bool) -> dict[str, Any]:
        """What forbids it today, while it is still to be decided."""
        is_open = row.state in OPEN
        against = erasing.reasons_against(row.worker, at=timezone.now()) if is_open else []
        return {"is_open": is_open, "against": against}
