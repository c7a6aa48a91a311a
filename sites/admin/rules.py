"""The rules of the watch: everybody at a desk reads them; switching takes two officials of the city, trying one."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.ui import badge, cn_date, cn_datetime, fen
from workers.admin.item import Facts, ItemAdmin, Step

from .. import policies, services
from ..enums import SimulationState
from ..forms import ReasonForm, TrialForm
from ..models import WatchRule
from . import wording

TRIALS_SHOWN = 3


@admin.register(WatchRule)
class WatchRuleAdmin(ItemAdmin):
    list_display = ["on_word", "title", "level_word", "days", "kind", "since"]
    list_display_links = ["title"]
    list_filter = ["is_on", "level", "kind"]
    ordering = ["kind", "key"]
    related = ("proposed_by", "switched_by")
    item_template = "admin/sites/rule.html"
    steps = {
        "propose_switch": Step(
            gettext_lazy("启用或停用"),
            services.propose_switch,
            ReasonForm,
            gettext_lazy("先提出，要另一位市级工作人员复核以后才生效。启用之前请先试算。"),
        ),
        "confirm_switch": Step(
            gettext_lazy("复核同意"), services.confirm_switch, None, gettext_lazy("同意以后马上生效。")
        ),
        "drop_switch": Step(
            gettext_lazy("不改了"), services.drop_switch, None, gettext_lazy("撤回这次调整，规则不变。")
        ),
        "simulate": Step(
            gettext_lazy("用过去的月份试算"),
            services.simulate,
            TrialForm,
            gettext_lazy("后台按过去的文件算一遍，只给数字和例子，不产生任何预警。"),
            gettext_lazy("已开始试算，结果出来以后在这一页。"),
        ),
    }
    happened = {
        "sites.switch_proposed": gettext_lazy("提出调整"),
        "sites.switched": gettext_lazy("复核生效"),
        "sites.switch_dropped": gettext_lazy("撤回调整"),
        "sites.simulated": gettext_lazy("试算"),
    }

    @admin.display(description=gettext_lazy("启用"), ordering="is_on")
    def on_word(self, row: WatchRule) -> SafeString:
        if row.switch_to is not None:
            return badge(_("等待复核：启用") if row.switch_to else _("等待复核：停用"), "warn")
        return badge(_("启用中"), "ok") if row.is_on else badge(_("没有启用"), "neutral")

    @admin.display(description=gettext_lazy("级别"), ordering="level")
    def level_word(self, row: WatchRule) -> SafeString:
        return wording.level(row.level)

    @admin.display(description=gettext_lazy("发薪日后第几天"))
    def days(self, row: WatchRule) -> str:
        return "、".join(str(day) for day in row.offsets)

    @admin.display(description=gettext_lazy("起用"))
    def since(self, row: WatchRule) -> str:
        return cn_date(row.valid_from)

    def may_decide(self, user: Any, row: WatchRule) -> bool:
        return policies.may_change_rules(user)

    def open_steps(self, row: WatchRule) -> list[str]:
        if row.switch_to is not None:
            return ["confirm_switch", "drop_switch", "simulate"]
        return ["simulate", "propose_switch"]

    def badges(self, row: WatchRule, *, at: datetime) -> list[SafeString]:
        return [wording.level(row.level), self.on_word(row)]

    def facts(self, request: HttpRequest, row: WatchRule, *, reads: bool) -> Facts:
        told: Facts = [
            (_("规则"), row.text),
            (_("依据"), row.source),
            (_("看什么"), row.get_kind_display()),
            (_("发薪日后第几天"), self.days(row)),
            (_("参数"), wording.params(row) or _("没有")),
            (_("起用"), cn_date(row.valid_from)),
            (_("止"), cn_date(row.valid_to) or _("没有期限")),
        ]
        if row.switch_to is not None:
            words = _("{who}提出{what}：{why}")
            what = _("启用") if row.switch_to else _("停用")
            told.append((_("等待复核"), words.format(who=row.proposed_by, what=what, why=row.switch_reason)))
        return told

    def beside_facts(self, request: HttpRequest, row: WatchRule, *, reads: bool) -> dict[str, Any]:
        trials = row.simulations.select_related("asked_by").order_by("-asked_at", "-pk")[:TRIALS_SHOWN]
        return {"trials": [_trial(trial) for trial in trials]}


def _trial(trial: Any) -> dict[str, Any]:
    return {
        "when": cn_datetime(trial.asked_at),
        "who": str(trial.asked_by or ""),
        "state": trial.get_state_display(),
        "done": trial.state == SimulationState.DONE,
        "found": sum(line["found"] for line in trial.result),
        "rows": [{**line, "short": fen(line["short_fen"])} for line in trial.result],
    }
