"""Alerts: the loudest first, each with the rule's text and its numbers; known of, reported and closed by officials."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.divisions import name_of
from core.templatetags.ui import badge, cn_datetime, state_badge
from workers.admin.item import Facts, ItemAdmin, Step

from .. import policies, services
from ..enums import AlertState, Level
from ..forms import ReasonForm
from ..models import Alert
from . import wording


class StandingFilter(admin.SimpleListFilter):
    """Without a choice, what nobody has closed."""

    title = gettext_lazy("办理")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("closed", _("已办结")), ("all", _("全部"))]

    def choices(self, changelist: Any) -> Any:
        named = super().choices(changelist)
        yield {**next(named), "display": _("还没办结")}
        yield from named

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "closed":
            return queryset.filter(state=AlertState.CLOSED)
        return queryset if self.value() == "all" else queryset.open()


@admin.register(Alert)
class AlertAdmin(ItemAdmin):
    list_display = ["level_word", "project", "what", "month_word", "numbers", "state_word"]
    list_display_links = ["project"]
    list_filter = [StandingFilter, "level"]
    list_select_related = ["project", "rule"]
    search_fields = ["project__code__exact"]
    search_help_text = gettext_lazy("项目编号")
    ordering = ["-level", "-found_at", "-pk"]
    related = ("project", "rule", "acknowledged_by", "closed_by")
    steps = {
        "acknowledge": Step(
            gettext_lazy("知悉"),
            services.acknowledge,
            ReasonForm,
            gettext_lazy("写下打算怎么处理。预警还留在列表里，办结以后才移走。"),
        ),
        "report": Step(
            gettext_lazy("转为欠薪线索"),
            services.report,
            ReasonForm,
            gettext_lazy("按举报登记一件案件，由项目所在区县受理；这条预警的数字写进案情，不写任何人的姓名。"),
        ),
        "close": Step(
            gettext_lazy("办结"), services.close, ReasonForm, gettext_lazy("写下核实的结果和怎么处理的，以后可以查。")
        ),
    }
    happened = {
        "sites.alert_reported": gettext_lazy("转为欠薪线索"),
        "sites.alert_linked": gettext_lazy("登记了案件"),
    }

    @admin.display(description=gettext_lazy("级别"), ordering="level")
    def level_word(self, row: Alert) -> SafeString:
        return wording.level(row.level, short=True)

    @admin.display(description=gettext_lazy("规则"))
    def what(self, row: Alert) -> str:
        return row.rule.title

    @admin.display(description=gettext_lazy("工资月份"))
    def month_word(self, row: Alert) -> SafeString:
        return format_html('<span class="nowrap">{}</span>', wording.when(row))

    @admin.display(description=gettext_lazy("情况"))
    def numbers(self, row: Alert) -> str:
        return wording.in_short(row)

    @admin.display(description=gettext_lazy("状态"))
    def state_word(self, row: Alert) -> SafeString:
        return badge(_("已消除，待办结"), "ok") if row.gone_at and row.state != AlertState.CLOSED else state_badge(row)

    def may_decide(self, user: Any, row: Alert) -> bool:
        return policies.may_handle(user, row)

    def open_steps(self, row: Alert) -> list[str]:
        verbs = super().open_steps(row)
        if row.state != AlertState.CLOSED and row.reported_at is None and row.level == Level.RED:
            verbs.insert(len(verbs) - 1, "report")
        return verbs

    def title_of(self, row: Alert) -> str:
        return row.project.name

    def badges(self, row: Alert, *, at: datetime) -> list[SafeString]:
        return [wording.level(row.level), self.state_word(row)]

    def facts(self, request: HttpRequest, row: Alert, *, reads: bool) -> Facts:
        project = reverse("admin:sites_site_change", args=[row.project_id])
        told: Facts = [
            (_("工程"), format_html('<a href="{}">{}</a>', project, row.project.name)),
            (_("项目编号"), row.project.code),
            (_("区县"), name_of(row.district)),
            (_("工资月份"), wording.when(row)),
            (_("规则"), row.rule.text),
            (_("依据"), row.rule.source),
            *wording.evidence(row),
            (_("发现时间"), cn_datetime(row.found_at)),
        ]
        if row.gone_at:
            told.append((_("后来的文件显示已消除"), cn_datetime(row.gone_at)))
        if row.reported_at:
            told.append((_("欠薪线索"), row.case_number or _("正在登记")))
        return told
