"""Wage codes: issue, print, revoke."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_official
from core.admin import PortalModelAdmin, ask
from core.crypto import normalise
from core.divisions import name_of
from core.templatetags.ui import badge

from .. import policies, services
from ..marks import read_wage_code
from ..models import WageCode
from .acting import posted

USCC_LENGTH = 18  # GB 32100


class IssueForm(forms.Form):
    """Found by code or number, because a list of every employer would be no list."""

    project_code = forms.CharField(label=_("项目编号"), max_length=20, required=False, help_text=_("工地填这个。"))
    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False, help_text=_("不是工地的单位填这个。")
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(label=_("停用理由"), max_length=200, error_messages={"required": _("请写明理由。")})


class InUseFilter(admin.SimpleListFilter):
    title = _("状态")
    parameter_name = "in_use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("yes", _("在用")), ("no", _("已停用"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() is None else queryset.filter(revoked_at__isnull=self.value() == "yes")


@admin.register(WageCode)
class WageCodeAdmin(PortalModelAdmin):
    list_display = ["code", "where", "employer", "district", "in_use", "issued_at", "poster"]
    list_select_related = ["employer", "project"]
    list_filter = [InUseFilter]
    search_fields = ["code__exact"]
    search_help_text = _("渝薪码、项目编号或统一社会信用代码，须完全一致")
    ordering = ["-issued_at", "-pk"]
    change_form_template = "admin/wages/code.html"

    @admin.display(description=_("工地或单位"))
    def where(self, row: WageCode) -> str:
        return row.place

    @admin.display(description=_("区县"), ordering="division")
    def district(self, row: WageCode) -> str:
        return name_of(row.division[:6])

    @admin.display(description=_("状态"), ordering="revoked_at")
    def in_use(self, row: WageCode) -> str:
        return badge(_("已停用"), "neutral") if row.revoked_at else badge(_("在用"), "ok")

    @admin.display(description=_("告示"))
    def poster(self, row: WageCode) -> str:
        return format_html('<a href="{}">{}</a>', reverse("wages:poster", args=[row.code]), _("打印 A4"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_official(request.user)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        """Exactly one kind of mark, exactly as it is; never a scan over codes, projects and employers."""
        typed = normalise("mark", term[:40]).upper()
        if not typed:
            return queryset, False
        if code := read_wage_code(term):
            return queryset.filter(code=code), False
        by_employer = len(typed) == USCC_LENGTH and not typed.isdecimal()
        return queryset.filter(**{"employer__uscc" if by_employer else "project__code": typed}), False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [
            "code",
            "where",
            "employer",
            "project",
            "district",
            "issued_at",
            "issued_by",
            "revoked_at",
            "revoked_by",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Issuing is a decision like any other: what it asks, one call of the service, refusals at their field."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return ask(
            self,
            request,
            title=_("发放渝薪码"),
            form=IssueForm(posted(request)),
            act=lambda cleaned: services.issue_code_for(**cleaned, by=request.user, at=timezone.now()),
            done=_("渝薪码已发放，在列表最前面。"),
            back=reverse("admin:wages_wagecode_changelist"),
            template="admin/wages/code_ask.html",
            code=None,
        )

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs["obj"]
        context["may_revoke"] = code.revoked_at is None and policies.may_revoke_code(request.user, code)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list:
        revoke = self.admin_site.admin_view(self.revoke)
        return [path("<int:pk>/revoke/", revoke, name="wages_wagecode_revoke"), *super().get_urls()]

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        code = self.get_queryset(request).select_related("employer", "project").filter(pk=pk).first()
        if code is None:
            raise Http404
        if not policies.may_revoke_code(request.user, code):
            raise PermissionDenied
        return ask(
            self,
            request,
            title=_("停用渝薪码"),
            form=RevokeForm(posted(request)),
            act=lambda cleaned: services.revoke_code(code, **cleaned, by=request.user, at=timezone.now()),
            done=_("渝薪码 {code} 已停用。").format(code=code.code),
            back=reverse("admin:wages_wagecode_change", args=[code.pk]),
            template="admin/wages/code_ask.html",
            code=code,
        )
