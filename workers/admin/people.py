"""The registry in the officials' site: found by exact keys, read masked, opened with a reason that the worker sees."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import timelines
from core.admin import PortalModelAdmin
from core.calendar import local_day
from core.errors import Refusal

from .. import policies, services
from ..facets import chosen
from ..indicators import BY_CODE, Indicator, Kind, Page, on_page
from ..models import Worker
from ..presentation import name_for, shown_to
from ..services.lookups import FOUND
from ..services.sightings import REVEALED
from ..sources import source_words
from . import finding
from .listing import LISTED, RegistryList

# How the audit trail's verbs read in a worker's timeline.
RELATED = ("intent", "provenance", "broker", "user")
HAPPENED = {
    "workers.register": gettext_lazy("登记"),
    "workers.record": gettext_lazy("更新信息"),
    "workers.retract": gettext_lazy("撤回误录的信息"),
    "workers.confirm": gettext_lazy("确认没有变化"),
    "workers.consent": gettext_lazy("同意"),
    "workers.consent_withdrawn": gettext_lazy("撤回同意"),
    "workers.contact_granted": gettext_lazy("允许看电话"),
    "workers.contact_withdrawn": gettext_lazy("不再允许看电话"),
    "workers.mandate": gettext_lazy("委托经纪人"),
    "workers.mandate_ended": gettext_lazy("结束委托"),
    "workers.claim_filed": gettext_lazy("经纪人提交纸质委托"),
    FOUND: gettext_lazy("经纪人用号码找到（只看到姓和区县）"),
    "workers.join": gettext_lazy("与部门登记对上"),
    "workers.merged": gettext_lazy("两份登记合并"),
    "workers.unmerged": gettext_lazy("两份登记分开"),
    "workers.view": gettext_lazy("查看资料"),
    "workers.exported": gettext_lazy("本人下载自己的信息"),
    "workers.account_closed": gettext_lazy("本人注销账户"),
    "workers.erased": gettext_lazy("删除个人信息"),
    REVEALED: gettext_lazy("查看完整号码"),
}


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("查看的理由"),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 28}),
        help_text=gettext_lazy("会记入审计，本人能看到是谁、为什么查看。"),
    )


class FacetFilter(admin.ChoicesFieldListFilter):
    """A choice of the sidebar, asked in the words of the index that answers rare combinations of them."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        values = self.used_parameters.pop(self.lookup_kwarg, None)
        found = super().queryset(request, queryset)
        if values is None:
            return found
        return found.filter(chosen(self.field_path, [str(value) for value in values]))


@admin.register(Worker)
class WorkerAdmin(PortalModelAdmin):
    list_display_links = ["worker_no"]
    list_filter = [
        (name, FacetFilter) for name in ("employment_status", "migration_type", "industry", "education", "sex")
    ]
    search_fields = ["worker_no"]
    search_help_text = gettext_lazy("身份证号、手机号或编号要完整；姓名可以只写开头，也可以写拼音或首字母，如 ww")
    ordering = ["-pk"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RegistryList]:
        return RegistryList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Worker.objects.listed_for(request.user)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return (finding.found_by(queryset, search_term) if search_term.strip() else queryset), False

    def found(self, request: HttpRequest, term: str) -> HttpResponse | None:
        return finding.answer(self, request, term) if self.has_view_permission(request) else None

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        today = local_day(timezone.now())
        return ["worker_no", _name(request), *(_column(request, BY_CODE[code], today) for code in LISTED)]

    def get_urls(self) -> list:
        reveal = self.admin_site.admin_view(self.reveal)
        return [path("<int:pk>/reveal/<slug:code>/", reveal, name="workers_worker_reveal"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One worker, masked, with the source of every value. Opening it is noted."""
        row, at = self.row_or_404(request, object_id, *RELATED), timezone.now()
        services.note_viewed(row, by=request.user, at=at, purpose=_("查看资料"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{name_for(request.user, row)} {row.worker_no}",
            "row": row,
            "opts": self.opts,
            "groups": [_group(request, row, page) for page in Page],
            "may_reveal": policies.may_reveal(request.user, row),
            "items": timelines.all_steps(services.timeline_of(row), HAPPENED),
        }
        return render(request, "admin/workers/worker.html", context)

    def reveal(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Ask why, note it, then show the one value; like every page of this site it is not cached."""
        row, indicator = self.row_or_404(request, pk, *RELATED), BY_CODE.get(code)
        if indicator is None or indicator.kind != Kind.SEALED:
            raise Http404
        if not policies.may_reveal(request.user, row):
            raise PermissionDenied
        form = RevealForm(request.POST if request.method == "POST" else None, label_suffix="")
        value = ""
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                value = services.reveal(row, code, reason=reason, by=request.user, at=timezone.now())
            except Refusal as no:
                form.add_error("reason", no.message)
        context = {
            **self.admin_site.each_context(request),
            "title": _("查看完整的{label}").format(label=indicator.label),
            "row": row,
            "opts": self.opts,
            "form": form,
            "value": value,
            "left": services.reveals_left(request.user, at=timezone.now()),
        }
        return render(request, "admin/workers/reveal.html", context)


def _name(request: HttpRequest) -> Callable[[Worker], str]:
    @admin.display(description=_("姓名"))
    def name(row: Worker) -> str:
        return name_for(request.user, row)

    return name


def _column(request: HttpRequest, indicator: Indicator, today: Any) -> Callable[[Worker], str]:
    @admin.display(description=indicator.label)
    def words(row: Worker) -> str:
        return shown_to(request.user, row, indicator, on=today)

    words.__name__ = indicator.code
    return words


def _group(request: HttpRequest, row: Worker, page: Page) -> dict:
    today = local_day(timezone.now())
    return {
        "label": page.label,
        "rows": [
            {
                "code": indicator.code,
                "label": indicator.label,
                "value": shown_to(request.user, row, indicator, on=today),
                "source": source_words(row, indicator),
                "sealed": indicator.kind == Kind.SEALED and getattr(row, indicator.column) is not None,
            }
            for indicator in on_page(page)
        ],
    }
