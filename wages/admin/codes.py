"""Wage codes: issue, print, revoke."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.policies import is_official
from core.admin import PortalModelAdmin
from core.divisions import name_of
from core.errors import NotAllowed, Refusal
from core.templatetags.ui import badge
from employers.models import Employer, Project

from .. import policies, services
from ..models import WageCode


class IssueForm(forms.ModelForm):
    """Found by code or number, because a list of every employer would be no list."""

    project_code = forms.CharField(label=_("项目编号"), max_length=20, required=False, help_text=_("工地填这个。"))
    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False, help_text=_("不是工地的单位填这个。")
    )

    class Meta:
        model = WageCode
        fields: list[str] = []

    def clean(self) -> dict:
        data = super().clean()
        project_code, uscc = (data.get("project_code") or "").strip(), (data.get("uscc") or "").strip().upper()
        if bool(project_code) == bool(uscc):
            raise forms.ValidationError(_("项目编号和统一社会信用代码填一个。"))
        data["project"] = Project.objects.select_related("general_contractor").filter(code=project_code).first()
        if project_code and data["project"] is None:
            self.add_error("project_code", _("没有这个项目编号。"))
        data["employer"] = data["project"].general_contractor if data["project"] else self._employer(uscc)
        return data

    def _employer(self, uscc: str) -> Employer | None:
        found = Employer.objects.filter(uscc=uscc).first()
        if uscc and found is None:
            self.add_error("uscc", _("登记库里没有这个代码。"))
        return found


class RevokeForm(forms.Form):
    reason = forms.CharField(label=_("停用理由"), max_length=200, error_messages={"required": _("请写明理由。")})


@admin.register(WageCode)
class WageCodeAdmin(PortalModelAdmin):
    list_display = ["code", "where", "employer", "district", "in_use", "issued_at", "poster"]
    list_select_related = ["employer", "project"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    search_fields = ["code__exact", "project__code__exact", "employer__uscc__exact"]
    search_help_text = _("渝薪码、项目编号或统一社会信用代码")
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

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return ["project_code", "uscc"]
        return [
            "code",
            "place",
            "employer",
            "project",
            "district",
            "issued_at",
            "issued_by",
            "revoked_at",
            "revoked_by",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else self.get_fields(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        if obj is not None:
            return super().get_form(request, obj, change=change, **kwargs)
        user = request.user

        class FormOfUser(IssueForm):
            """Issues while validating, so that a refusal stands in the form."""

            def clean(self) -> dict:
                data = super().clean()
                if not self.errors:
                    self._issue(data)
                return data

            def _issue(self, data: dict) -> None:
                try:
                    self.instance = services.issue_code(
                        employer=data["employer"], project=data["project"], by=user, at=timezone.now()
                    )
                except (Refusal, NotAllowed) as no:
                    self.add_error(None, str(no))

            def save(self, commit: bool = True) -> WageCode:
                return self.instance

        return FormOfUser

    def save_model(self, request: HttpRequest, obj: WageCode, form: Any, change: bool) -> None:
        """The service has saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A code has no related rows to save."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The audit trail has it already."""

    def get_urls(self) -> list:
        revoke = self.admin_site.admin_view(self.revoke)
        return [path("<int:pk>/revoke/", revoke, name="wages_wagecode_revoke"), *super().get_urls()]

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        code = self.get_queryset(request).select_related("employer", "project").filter(pk=pk).first()
        if code is None:
            raise Http404
        if not policies.may_revoke_code(request.user, code):
            raise PermissionDenied
        form = RevokeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                services.revoke_code(code, by=request.user, at=timezone.now(), **form.cleaned_data)
            except Refusal as no:
                self.message_user(request, no.message, messages.WARNING)
            else:
                self.message_user(request, _("渝薪码 {code} 已停用。").format(code=code.code))
            return redirect("admin:wages_wagecode_change", code.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("停用渝薪码")}
        return TemplateResponse(request, "admin/wages/revoke.html", {**context, "code": code, "form": form})
