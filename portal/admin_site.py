"""The officials' site: stock Django admin behind allauth's sign-in, opening on work by deadline."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from . import desk


class PortalAdminSite(AdminSite):
    site_title = _("渝工通工作台")
    site_header = _("渝工通 · 工作台")
    index_title = _("我的待办")
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.login = secure_admin_login(self.login)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Made only where a page shows it: Django hands it to each page and asks every table for its rights first."""
        return SimpleLazyObject(lambda: super(PortalAdminSite, self).get_app_list(request, app_label))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """One page for it, that of the sign-in: same rules, same frame, same trail."""
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("admin:index")

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Six numbers and my work by deadline before the list of tables."""
        return super().index(request, {**desk.context(request.user), **(extra_context or {})})
