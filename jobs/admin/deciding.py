"""What the three lists of the jobs matter share: decisions as pages of their own, the timeline below the row."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.filters import DistrictFilter
from core import audit
from core.admin import PortalModelAdmin, ask
from core.templatetags.ui import state_badge

from .. import services
from ..forms import ReasonForm

VACANCY_VERBS = {
    "publish": gettext_lazy("通过并发布"),
    "refuse": gettext_lazy("不予通过"),
    "close": gettext_lazy("关闭岗位"),
}
APPLICATION_VERBS = {
    "hire": gettext_lazy("确认录用"),
    "reject": gettext_lazy("未录用"),
    "unhire": gettext_lazy("撤销录用"),
}
_WITH_REASON = {"refuse", "close", "reject", "unhire"}
# How the audit trail's verbs read in a timeline.
HAPPENED = {
    **VACANCY_VERBS,
    **APPLICATION_VERBS,
    "jobs.register": gettext_lazy("登记"),
    "submit": gettext_lazy("修改后重新提交"),
    "refresh": gettext_lazy("刷新"),
    "fill": gettext_lazy("招满"),
    "reopen": gettext_lazy("空出名额，重新招聘"),
    "expire": gettext_lazy("到期"),
    "jobs.apply": gettext_lazy("报名"),
    "jobs.recommend": gettext_lazy("推荐"),
    "view": gettext_lazy("查看电话"),
    "withdraw": gettext_lazy("撤回"),
    "accept": gettext_lazy("接受"),
    "decline": gettext_lazy("谢绝"),
}


class OfDistrict(DistrictFilter):
    lookup = "district"


class DecidedByButtons(PortalModelAdmin):
    """Rows that only services change. The lists have one order each: any other would sort the whole table."""

    sortable_by: tuple[str, ...] = ()
    verbs: dict[str, Any] = {}
    change_form_template = "admin/jobs/change_form.html"

    def get_urls(self) -> list:
        name = f"jobs_{self.opts.model_name}_decide"
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/<slug:verb>/", decide, name=name), *super().get_urls()]

    def may(self, user: Any, verb: str, row: Any) -> bool:
        """Whether this person may take this step; nobody unless the list says so."""
        return False

    def open_verbs(self, user: Any, row: Any) -> list[dict[str, Any]]:
        """The buttons of this person for this row as it stands."""
        name = f"admin:jobs_{self.opts.model_name}_decide"
        return [
            {"word": word, "url": reverse(name, args=[row.pk, verb])}
            for verb, word in self.verbs.items()
            if row.FLOW.allows(verb, row.state) and self.may(user, verb, row)
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context["decisions"] = self.open_verbs(request.user, row) if row else []
        context["entries"] = [(e, HAPPENED.get(e.verb, e.verb)) for e in audit.timeline(row)] if row else []
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One decision, after having read what it is about."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in self.verbs:
            raise Http404
        if not self.may(request.user, verb, row):
            raise PermissionDenied(_("这一步由当地的另一位工作人员办理。"))
        back = reverse(f"admin:jobs_{self.opts.model_name}_change", args=[row.pk])
        word = self.verbs[verb]
        return ask(
            self,
            request,
            title=word,
            form=ReasonForm(request.POST if request.method == "POST" else None) if verb in _WITH_REASON else None,
            act=lambda said: getattr(services, verb)(row, **said, by=request.user, at=timezone.now()),
            done=_("已办理：{verb}。").format(verb=word),
            back=back,
            template="admin/jobs/decide.html",
            row=row,
            row_url=back,
            lines=self.summary(row),
        )

    def summary(self, row: Any) -> list[dict[str, str]]:
        """What one must have read before deciding."""
        return []

    @admin.display(description=gettext_lazy("状态"))
    def state_word(self, row: Any) -> str:
        return state_badge(row)
