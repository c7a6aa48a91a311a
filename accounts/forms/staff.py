"""Officials' and auditors' passwords."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

_PASSWORD_AGAIN = _("再输一次新密码")


def _plain(form: Any, **labels: str) -> None:
    """Our labels, and no placeholder or link into pages that this portal does not have."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


class StaffLoginForm(LoginForm):
    """User name and password; an account that is no desk account is told the same as a wrong password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("用户名"), password=_("密码"))
        self.fields["login"].error_messages["required"] = _("请填写用户名。")
        self.fields["password"].error_messages["required"] = _("请填写密码。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user is not None and not self.user.is_staff:
            self.user = None
            self.add_error(None, _("用户名或密码不对。"))
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        # A password typed this minute need not be typed again to set up the second factor.
        record_authentication(request, self.user, method="password", reauthenticated=True)
        return super().login(request, redirect_url=redirect_url)


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("密码"))


class NewPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, oldpassword=_("现在的密码"), password1=_("新密码"), password2=_PASSWORD_AGAIN)
        self.fields["password1"].help_text = _("至少 12 位，不要用常见的词或和用户名相似。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "password2" in self.errors:
            self.errors["password2"] = self.error_class([_("两次输入的新密码不一样。")])
        return cleaned
