"""委托 for officials: who may act for whom, until when, on what proof. The one act here is ending one, with reason."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import timelines
from core.masking import holds_number
from core.templatetags.ui import badge, cn_date, cn_datetime

from .. import policies, services
from ..enums import MandateScope
from ..forms.desk import EndMandateForm
from ..models import Mandate, Worker
from ..presentation import name_for
from .item import Facts, ItemAdmin, Step

SOON = timedelta(days=30)


class StandingFilter(admin.SimpleListFilter):
    """Whether a mandate is in force follows from three moments, not from a column."""

    title = gettext_lazy("状态")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("live", _("有效")), ("soon", _("30 天内到期")), ("over", _("已到期")), ("ended", _("已结束"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        at = timezone.now()
        narrowed = {
            "live": queryset.live(at),
            "soon": queryset.live(at).filter(expires_at__lte=at + SOON),
            "over": queryset.filter(expires_at__lte=at, ended_at__isnull=True),
            "ended": queryset.filter(ended_at__isnull=False),
        }
        return narrowed.get(self.value(), queryset)


@admin.register(Mandate)
class MandateAdmin(ItemAdmin):
    """Workers appear by number: whoever wants more opens their page, which is noted there."""

    list_display = ["worker", "standing", "broker", "matters", "evidence", "granted_at", "expires_at"]
    list_display_links = ["worker"]
    list_filter = [StandingFilter, "evidence"]
    list_select_related = ["worker", "broker"]
    search_fields = ["worker__worker_no"]
    search_help_text = gettext_lazy("农民工编号，或经纪人的姓名")
    ordering = ["-pk"]
    related = ("worker", "broker", "ended_by")
    item_template = "admin/workers/mandate.html"
    steps = {
        "end": Step(
            gettext_lazy("结束委托"),
            services.end_mandate,
            EndMandateForm,
            gettext_lazy("马上生效：经纪人不能再替他办事，看不到他的信息。本人可以重新委托。"),
            gettext_lazy("委托已结束，本人和经纪人会收到通知。"),
        )
    }
    happened = {"workers.mandate": gettext_lazy("委托"), "workers.mandate_ended": gettext_lazy("结束委托")}

    @admin.display(description=gettext_lazy("状态"))
    def standing(self, row: Mandate) -> str:
        return badge(**standing(row, at=timezone.now()))

    @admin.display(description=gettext_lazy("委托事项"))
    def matters(self, row: Mandate) -> str:
        return matters(row)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """A merged row's number leads to the person, as in the list of workers."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        if holds_number(typed):
            return queryset.none(), False
        people = Worker.objects.with_number(typed.upper())
        return queryset.filter(Q(worker__in=people) | Q(broker__display_name=typed)), False

    def title_of(self, row: Mandate) -> str:
        return f"{row.worker.worker_no} · {row.broker}"

    def badges(self, row: Mandate, *, at: datetime) -> list[SafeString]:
        return [badge(**standing(row, at=at))]

    def may_read(self, user: Any, row: Mandate) -> bool:
        """The page names the person to each as far as they may know, so opening it is always noted."""
        return True

    def note_reading(self, row: Mandate, *, by: Any, at: datetime) -> None:
        services.note_viewed(row.worker, by=by, at=at, purpose=_("查看委托"))

    def may_decide(self, user: Any, row: Mandate) -> bool:
        return policies.may_end_mandate(user, row)

    def open_steps(self, row: Mandate) -> list[str]:
        return ["end"] if row.ended_at is None else []

    def facts(self, request: HttpRequest, row: Mandate, *, reads: bool) -> Facts:
        facts = [
            (_("农民工"), f"{name_for(request.user, row.worker)} {row.worker.worker_no}"),
            (_("劳务经纪人"), row.broker),
            (_("委托事项"), matters(row)),
            (_("凭据"), " ".join(filter(None, [str(row.get_evidence_display()), row.evidence_ref]))),
            (_("委托时间"), cn_datetime(row.granted_at)),
            (_("到期"), cn_date(row.expires_at)),
        ]
        return [*facts, (_("结束"), f"{cn_datetime(row.ended_at)} · {row.ended_by}")] if row.ended_at else facts

    def trail(self, row: Mandate) -> list[dict[str, str]]:
        """A mandate's steps stand in the worker's trail, which several mandates share."""
        told = services.trail_of(row.worker).filter(data__mandate=row.pk)
        return timelines.steps(told.order_by("-id"), self.happened)


def standing(row: Mandate, *, at: datetime) -> dict[str, str]:
    """A badge: in force, about to expire, expired, ended."""
    if row.ended_at is not None:
        return {"word": _("已结束"), "tone": "neutral"}
    if row.expires_at <= at:
        return {"word": _("已到期"), "tone": "neutral"}
    if row.expires_at <= at + SOON:
        return {"word": _("30 天内到期"), "tone": "warn"}
    return {"word": _("有效"), "tone": "ok"}


def matters(row: Mandate) -> str:
    names = dict(MandateScope.choices)
    return "、".join(str(names[code]) for code in row.scope)
