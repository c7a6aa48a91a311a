"""Officials, auditors and brokers, kept by the city; auditors read."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, masking
from core.admin import PortalModelAdmin, ask
from core.models import Division

from .. import policies
from ..forms.person import KEPT_ROLES, PersonForm
from ..forms.recover import DecisionForm
from ..models import User
from ..services import people

# Permissions are decided by policies; factors, sessions and e-mail have their own pages or none at all.
for model in (Group, EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

RESET = gettext_lazy("重置动态验证码")
HAPPENED = {
    "accounts.created": gettext_lazy("建立账户"),
    "accounts.changed": gettext_lazy("修改账户"),
    "accounts.second_factor_reset": RESET,
    "accounts.phone_changed": gettext_lazy("换绑手机号"),
}


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    form = PersonForm
    list_display = ["display_name", "role", "sign_in", "places", "is_active", "has_factor", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username__exact", "display_name__startswith"]
    search_help_text = gettext_lazy("用户名，或姓名的开头")
    ordering = ["role", "username", "pk"]
    change_form_template = "admin/accounts/person.html"
    fieldsets = [
        (None, {"fields": ["role", "display_name", "is_active"]}),
        (gettext_lazy("登录"), {"fields": ["username", "new_password", "phone_number"]}),
        (gettext_lazy("管辖"), {"fields": ["divisions", "townships"]}),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_read_trail(request.user)

    def editable_by(self, user: Any, row: User | None = None) -> bool:
        return policies.may_manage_people(user) and (row is None or row.pk != user.pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        named = Prefetch("jurisdictions", queryset=Division.objects.order_by("code"))
        kept = super().get_queryset(request).filter(role__in=KEPT_ROLES)
        return kept.annotate(factor=Exists(factor)).prefetch_related(named)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        if obj is not None and not self.editable_by(request.user, obj):
            return [(None, {"fields": ["display_name", "role", "sign_in", "places", "is_active", "last_login"]})]
        return self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["role", "username", "sign_in", "places", "last_login"] if obj else []

    @admin.display(description=gettext_lazy("登录名"))
    def sign_in(self, row: User) -> str:
        return row.username if row.is_staff else masking.mask_phone(row.phone.open() if row.phone else "")

    @admin.display(description=gettext_lazy("管辖"))
    def places(self, row: User) -> str:
        return "、".join(division.name for division in row.jurisdictions.all()) or "—"

    @admin.display(description=gettext_lazy("动态验证码"), boolean=True)
    def has_factor(self, row: User) -> bool | None:
        return row.factor if row.is_staff else None

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        people.keep(
            obj,
            jurisdictions=form.chosen_divisions(),
            by=request.user,
            at=timezone.now(),
            phone=form.cleaned_data["phone_number"],
            password=form.cleaned_data["new_password"],
        )

    def save_related(self, request: HttpRequest, form: PersonForm, formsets: list, change: bool) -> None:
        """`people.keep` has set the jurisdictions."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.reset_factor)
        own = path("<int:pk>/decide/reset-factor/", view, name="accounts_user_reset_factor")
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context["may_reset"] = row is not None and row.is_staff and self.editable_by(request.user, row)
        timeline = audit.timeline(row) if row is not None else []
        context["entries"] = [(entry, HAPPENED.get(entry.verb, entry.verb)) for entry in timeline]
        return super().render_change_form(request, context, *args, **kwargs)

    def reset_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The official lost the authenticator: a reason, then all factors and sessions end."""
        row = self.get_queryset(request).filter(pk=pk, is_staff=True).first()
        if row is None:
            raise Http404
        if not self.editable_by(request.user, row):
            raise PermissionDenied

        def act(cleaned: dict) -> None:
            people.reset_second_factor(row, by=request.user, at=timezone.now(), reason=cleaned["reason"])

        return ask(
            self,
            request,
            title=RESET,
            form=DecisionForm(request.POST if request.method == "POST" else None),
            act=act,
            done=_("已重置，下次登录时重新启用动态验证码。"),
            back=reverse("admin:accounts_user_change", args=[pk]),
            template="admin/accounts/decide.html",
            row=row,
            subject=str(row),
            situation=_("动态验证码、备用码、登录和常用设备全部作废。请先当面或打电话核对本人。"),
            shown=None,
            may_reveal=False,
        )
