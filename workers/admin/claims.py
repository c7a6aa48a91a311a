"""纸质委托 for officials: the paper to look at, yes or no with a reason."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.divisions import name_of
from core.templatetags.ui import cn_date

from ..enums import MandateScope
from ..forms.claims import ClaimForm
from ..freshness.updating import phone_of
from ..models import ClaimState, MandateClaim
from ..presentation import name_for
from ..services import claims
from .item import Facts, Step
from .queue import DueFilter, OfDistrict, WithPhoto, waiting_first


@admin.register(MandateClaim)
class MandateClaimAdmin(WithPhoto):
    waiting = (ClaimState.WAITING,)
    ordering = waiting_first(waiting)
    list_display = ["due", "state_word", "reference", "broker", "place", "filed_at", "handler"]
    list_filter = [DueFilter, "state", OfDistrict]
    list_select_related = ["broker", "decided_by"]
    search_help_text = gettext_lazy("委托书编号")
    related = ("worker__user", "broker", "photo", "decided_by")
    item_template = "admin/workers/claim.html"
    steps = {
        "accept": Step(
            gettext_lazy("核对无误，生效"),
            claims.accept,
            ClaimForm,
            gettext_lazy("马上生效，一年内有效。本人会收到短信，随时可以结束。"),
        ),
        "refuse": Step(
            gettext_lazy("不通过"), claims.refuse, ClaimForm, gettext_lazy("经纪人不能替他办事。经纪人会看到理由。")
        ),
    }
    happened = {
        "workers.claim_filed": gettext_lazy("经纪人提交"),
        "object": gettext_lazy("本人否认"),
        "withdraw": gettext_lazy("经纪人撤回"),
        "join": gettext_lazy("两份登记合并，并入后一份"),
        "reopen": gettext_lazy("合并撤销，重新办理"),
    }

    def may_decide(self, user: Any, row: MandateClaim) -> bool:
        return claims.may_decide(user, row)

    def note_reading(self, row: MandateClaim, *, by: Any, at: datetime) -> None:
        claims.note_reading(row, by=by, at=at)

    def facts(self, request: HttpRequest, row: MandateClaim, *, reads: bool) -> Facts:
        scopes = dict(MandateScope.choices)
        facts = [
            (_("劳务经纪人"), row.broker.display_name),
            (_("委托事项"), "、".join(str(scopes[code]) for code in row.scope)),
            (_("区县"), name_of(row.district)),
            (_("核对期限"), f"{cn_date(row.due_on)}{_('（暂定）') if row.due_provisional else ''}"),
        ]
        if not reads:
            return facts
        told = _("已发短信告诉他") if phone_of(row.worker) else _("没有他本人的手机号，请打电话或当面核对")
        answer = [(_("理由"), row.answer.open())] if row.answer else []
        return [
            (_("本人"), f"{name_for(request.user, row.worker)} {row.worker.worker_no}"),
            (_("本人知道吗"), told),
            *facts,
            *answer,
            (_("委托书照片"), self.photo_link(row)),
        ]
