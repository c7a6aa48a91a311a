"""Employers and building sites in the officials' site; verifying and refusing are buttons that call services."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.policies import is_official
from core import audit
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day
from core.divisions import name_of
from core.errors import Refusal
from core.templatetags.ui import state_badge

from . import policies, services
from .forms import DecisionForm, EmployerForm
from .models import Employer, Project

VERBS = {"verify": gettext_lazy("核验通过"), "refuse": gettext_lazy("不予通过")}
# How the audit trail's verbs read in a timeline.
HAPPENED = {
    **VERBS,
    "employers.register": gettext_lazy("登记"),
    "employers.standing": gettext_lazy("欠薪记录更新"),
}


@admin.register(Employer)
class EmployerAdmin(PortalModelAdmin):
    list_display = ["state_word", "name", "uscc", "district_name", "industry", "arrears_standing", "registered_at"]
    list_display_links = ["name"]
    list_filter = ["state", "arrears_standing", "industry"]
    search_fields = ["uscc__exact", "name__startswith"]
    search_help_text = gettext_lazy("统一社会信用代码，或单位名称的开头")
    # pending sorts before refused and verified
    ordering = ["state", "-registered_at", "-pk"]
    change_form_template = "admin/employers/employer.html"

    @admin.display(description=gettext_lazy("核验状态"), ordering="state")
    def state_word(self, row: Employer) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("所在区县"), ordering="district")
    def district_name(self, row: Employer) -> str:
        return name_of(row.district)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_official(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return EmployerForm.Meta.fields
        return [
            *(name if name != "district" else "district_name" for name in EmployerForm.Meta.fields),
            *("state", "registered_by", "registered_at", "decided_by", "decided_at", "refusal_reason"),
            "arrears_standing",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else self.get_fields(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        if obj is not None:
            return super().get_form(request, obj, change=change, **kwargs)
        user = request.user

        class FormOfUser(EmployerForm):
            """Registers while validating, so that a refusal stands at its field and nothing typed is lost."""

            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, user=user, today=local_day(timezone.now()), **options)

            def _post_clean(self) -> None:
                super()._post_clean()
                if self.errors:
                    return
                try:
                    self.instance = services.register(**self.cleaned_data, by=user, at=timezone.now())
                except Refusal as no:
                    self.add_error(no.field if no.field in self.fields else None, no.message)

            def save(self, commit: bool = True) -> Employer:
                return self.instance

        return FormOfUser

    def save_model(self, request: HttpRequest, obj: Employer, form: Any, change: bool) -> None:
        """The service has saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """An employer has no related rows to save."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The audit trail has it already."""

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/<slug:verb>/", decide, name="employers_employer_decide"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context["verbs"], context["entries"] = [], []
        if row is not None:
            context["entries"] = [(entry, HAPPENED.get(entry.verb, "")) for entry in audit.timeline(row)]
            if policies.may_decide(request.user, row):
                context["verbs"] = [(verb, VERBS[verb]) for verb in row.FLOW.verbs_from(row.state)]
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One decision; a refusal stands in the form."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or verb not in VERBS:
            raise Http404
        if not policies.may_decide(request.user, row):
            raise PermissionDenied
        typed = request.POST if request.method == "POST" else None
        return ask(
            self,
            request,
            title=VERBS[verb],
            form=DecisionForm(typed) if verb == "refuse" else None,
            act=lambda said: getattr(services, verb)(row, **said, by=request.user, at=timezone.now()),
            done=_("已办理：{verb}。").format(verb=VERBS[verb]),
            back=reverse("admin:employers_employer_change", args=[row.pk]),
            template="admin/employers/decide.html",
            row=row,
        )


@admin.register(Project)
class ProjectAdmin(PortalModelAdmin):
    list_display = ["code", "name", "general_contractor", "division_name", "pay_day", "starts_on", "ends_on"]
    list_select_related = ["general_contractor"]
    search_fields = ["code__exact", "name__startswith"]
    search_help_text = gettext_lazy("项目编号，或项目名称的开头")
    ordering = ["-starts_on", "-pk"]

    @admin.display(description=gettext_lazy("所在区划"), ordering="division")
    def division_name(self, row: Project) -> str:
        return name_of(row.division)
