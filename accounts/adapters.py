"""Where allauth asks the portal: addresses, words, limits, redirects, and the sealing of TOTP secrets."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import address, attempts, demo, devices, passwords, stepup
from .middleware import used_second_factor
from .models import FactorSecret, User


def display_name(user: User) -> str:
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """Passwords count their failures in the database; people's own browsers are recognised, a worker's may be held."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("请填写现在的密码。"),
        "incorrect_password": _("密码不对。"),
        "incorrect_code": _("验证码不对。"),
        "too_many_login_attempts": _("试错次数太多，请 15 分钟后再试。"),
        "username_password_mismatch": _("用户名或密码不对。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address.of(request)

    def add_message(self, request: HttpRequest, level: int, template: str = "", *rest: Any, **more: Any) -> None:
        # The page one lands on says who is signed in; rendering nothing would take as long as rendering something.
        if more.get("message_template", template) != "account/messages/logged_in.txt":
            super().add_message(request, level, *([template] if template else []), *rest, **more)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password. Right or wrong, known or unknown user name: the same work and the same count."""
        try:
            guesses = passwords.spend(request, credentials.get("username", ""), at=timezone.now())
        except attempts.TooManyAttempts as refusal:
            raise ValidationError(refusal.message) from refusal
        user = super().authenticate(request, **credentials)
        if not settings.DEMO and demo.is_printed_password(credentials.get("password", "")):
            return None  # a database that was a demonstration once opens to nobody who read the README
        if user is not None:
            attempts.refund(*guesses)
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        before = user.last_login
        request.is_first_sign_in = before is None
        super().login(request, user)
        if not user.is_staff:
            stepup.judge(request, last_login=before, at=timezone.now())
        elif used_second_factor(request):
            devices.remember(request, user, at=timezone.now())

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        devices.set_cookie(request, response)
        return response


class FactorAdapter(DefaultMFAAdapter):
    """allauth stores what `encrypt` returns: here the name of a sealed row, never the secret itself."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对。"),
        "cannot_delete_authenticator": _("工作人员必须使用动态验证码，不能停用；更换手机请找市级管理员重置。"),
        "cannot_generate_recovery_codes": _("请先启用动态验证码。"),
    }

    def encrypt(self, text: str) -> str:
        return str(FactorSecret.objects.create(secret=text).uuid)

    def decrypt(self, encrypted_text: str) -> str:
        return FactorSecret.objects.get(uuid=encrypted_text).secret.open()

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        # Whoever is no official and signs in for the first time has been to no page that sets one up.
        if not user.is_staff and user.last_login is None:
            return False
        return super().is_mfa_enabled(user, types)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return False

    def build_totp_svg(self, url: str) -> str:
        return segno.make(url, error="m").svg_inline(scale=5, border=2, lineclass=None, svgclass=None)
