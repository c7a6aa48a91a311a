"""allauth under /accounts/: our phone pages at its addresses, and what this portal does not offer closed.

The closed paths keep allauth's names below, because allauth reverses them.
"""

from django.urls import include, path, re_path

from .views import account, factor, sign_in

CLOSED = r"^(?:email|confirm-email|password/reset|password/set|phone|3rdparty|social)(?:/.*)?$"

urlpatterns = [
    path("login/", sign_in.login, name="account_login"),
    path("login/code/", sign_in.login, name="account_request_login_code"),
    path("login/code/confirm/", sign_in.code, name="account_confirm_login_code"),
    path("signup/", account.to_login, name="account_signup"),
    path("2fa/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("2fa/totp/activate/", factor.ActivateView.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", account.closed, name="mfa_deactivate_totp"),
    re_path(CLOSED, account.closed),
    path("", include("allauth.urls")),
]
