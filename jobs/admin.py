"""Vacancies for officials: what waits to be checked first, with the wording check and two buttons; the rest to read."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.admin import PortalModelAdmin
from core.errors import Refusal
from core.templatetags.ui import division, state_badge

from . import cards, policies, services, wording
from .enums import VacancyState
from .forms import ReasonForm
from .models import Application, Recommendation, Vacancy
from .services.vacancies import CHECKED_TEXTS

VERBS = {
    "publish": gettext_lazy("通过并发布"),
    "refuse": gettext_lazy("不予通过"),
    "close": gettext_lazy("关闭岗位"),
}
APPLICATION_VERBS = {"hire": gettext_lazy("确认录用"), "reject": gettext_lazy("未录用")}
_WAITING_FIRST = Case(When(state=VacancyState.PENDING, then=0), default=1, output_field=IntegerField())
_WITH_REASON = {"refuse", "close", "reject"}
# How the audit trail's verbs read in a timeline.
HAPPENED = {
    **VERBS,
    **APPLICATION_VERBS,
    "jobs.register": gettext_lazy("登记"),
    "submit": gettext_lazy("修改后重新提交"),
    "refresh": gettext_lazy("刷新"),
    "fill": gettext_lazy("招满"),
    "expire": gettext_lazy("到期"),
    "jobs.apply": gettext_lazy("报名"),
    "jobs.recommend": gettext_lazy("推荐"),
    "view": gettext_lazy("查看电话"),
    "withdraw": gettext_lazy("撤回"),
    "accept": gettext_lazy("接受"),
    "decline": gettext_lazy("谢绝"),
}


class DecidedByButtons(PortalModelAdmin):
    """Rows that only services change: decisions are pages of their own, the timeline stands below."""

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
        """One decision: GET asks, POST calls the service; a refusal stays on the page as a sentence."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in self.verbs:
            raise Http404
        if not self.may(request.user, verb, row):
            raise PermissionDenied(_("这一步由当地的另一位工作人员办理。"))
        form = ReasonForm(request.POST or None) if verb in _WITH_REASON else None
        if request.method == "POST" and (form is None or form.is_valid()):
            details = form.cleaned_data if form else {}
            try:
                getattr(services, verb)(row, **details, by=request.user, at=timezone.now())
            except Refusal as no:
                messages.error(request, no.message)
            else:
                messages.success(request, _("已办理：{verb}。").format(verb=self.verbs[verb]))
            return redirect(self._address(row))
        context = {
            **self.admin_site.each_context(request),
            "title": self.verbs[verb],
            "row": row,
            "row_url": self._address(row),
            "lines": self.summary(row),
            "decision_form": form,
            "opts": self.opts,
        }
        return render(request, "admin/jobs/decide.html", context)

    def _address(self, row: Any) -> str:
        return reverse(f"admin:jobs_{self.opts.model_name}_change", args=[row.pk])

    def summary(self, row: Any) -> list[dict[str, str]]:
        """What one must have read before deciding."""
        return []

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: Any) -> str:
        return state_badge(row)


@admin.register(Vacancy)
class VacancyAdmin(DecidedByButtons):
    """Waiting ones first, the longest waiting on top."""

    verbs = VERBS
    list_display = ["waiting_since", "state_word", "title", "employer", "district_name", "pay", "expires_on"]
    list_display_links = ["title"]
    list_select_related = ["employer"]
    list_filter = ["state"]
    search_fields = ["title__startswith", "employer__uscc__exact"]
    search_help_text = gettext_lazy("岗位名称的开头，或单位的统一社会信用代码")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("employer", "registered_by")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [_WAITING_FIRST.asc(), "created_at", "pk"]

    @admin.display(description=gettext_lazy("登记时间"), ordering="created_at")
    def waiting_since(self, row: Vacancy) -> Any:
        return row.created_at

    @admin.display(description=gettext_lazy("地点"))
    def place(self, row: Vacancy) -> str:
        return division(row.division_id)

    @admin.display(description=gettext_lazy("区县"), ordering="district")
    def district_name(self, row: Vacancy) -> str:
        return division(row.district)

    @admin.display(description=gettext_lazy("待遇"))
    def benefit_words(self, row: Vacancy) -> str:
        return "、".join(cards.benefit_words(row))

    @admin.display(description=gettext_lazy("报酬"))
    def pay(self, row: Vacancy) -> str:
        return format_html('<span class="nowrap">{}/{}</span>', cards.pay(row), cards.pay_unit(row))

    @admin.display(description=gettext_lazy("用语检查"))
    def wording_check(self, row: Vacancy) -> str:
        found = wording.findings_by_field({name: getattr(row, name) for name in CHECKED_TEXTS})
        reasons = [finding.reason for findings in found.values() for finding in findings]
        return " ".join(reasons) or _("没有发现歧视性用语。")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [
            *("wording_check", "title", "employer", "employer_profile", "trade", "headcount", "filled_count"),
            *("requirements", "skill_level", "duties", "starts_on", "place", "address", "pay", "pay_cycle", "pay_day"),
            *("benefit_words", "expires_on", "state", "registered_by", "created_at", "checked_by", "checked_at"),
            "refusal_reason",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)

    def may(self, user: Any, verb: str, row: Vacancy) -> bool:
        return policies.may_manage(user, row) if verb == "close" else policies.may_check(user, row)

    def summary(self, row: Vacancy) -> list[dict[str, str]]:
        return [{"label": _("用语检查"), "value": self.wording_check(row)}, *cards.statutory_rows(row)]


@admin.register(Application)
class ApplicationAdmin(DecidedByButtons):
    """To read, and to confirm for the employer who was hired. Workers appear by number."""

    verbs = APPLICATION_VERBS
    list_display = ["applied_at", "state_word", "vacancy", "worker", "source", "hired_at"]
    list_display_links = ["vacancy"]
    list_select_related = ["vacancy", "worker"]
    list_filter = ["state", "source"]
    search_fields = ["worker__worker_no__exact"]
    search_help_text = gettext_lazy("农民工编号")
    ordering = ["-applied_at", "-pk"]
    fields = readonly_fields = [
        *("vacancy", "worker", "source", "state", "applied_at", "applied_by", "closed_at", "hired_at", "hired_by"),
    ]

    def may(self, user: Any, verb: str, row: Application) -> bool:
        return policies.may_decide(user, row)


@admin.register(Recommendation)
class RecommendationAdmin(DecidedByButtons):
    """Who was offered what, by whom and why: the explanation that the law asks for."""

    list_display = ["offered_at", "state_word", "vacancy", "worker", "broker", "score", "answer_by"]
    list_display_links = ["vacancy"]
    list_select_related = ["vacancy", "worker", "broker"]
    list_filter = ["state"]
    search_fields = ["worker__worker_no__exact"]
    search_help_text = gettext_lazy("农民工编号")
    ordering = ["-offered_at", "-pk"]
    fields = readonly_fields = [
        *("vacancy", "worker", "broker", "score", "reasons", "state", "offered_at", "answer_by", "answered_at"),
    ]
