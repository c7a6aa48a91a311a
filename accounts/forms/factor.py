"""Codes of the second factor: guesses are counted, and a code that was used is used up (RFC 6238 §5.2)."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import attempts
from ..codes import digits
from ..enums import TOTP_FAILURES
from ..models import Attempt

USED = _("这个动态码刚刚用过，请等下一个（最多 30 秒）。")


class _CountedCode(forms.Form):
    """For allauth's forms whose `clean_code` judges the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("动态验证码")
        field.max_length = 20
        field.error_messages["required"] = _("请填写动态验证码。")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}

    def clean_code(self) -> str:
        now, subject = timezone.now(), str(self.user.pk)
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        try:
            guess = attempts.spend(Attempt.Kind.TOTP, subject, TOTP_FAILURES, at=now)
        except attempts.TooManyAttempts as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if attempts.was_used(self.user.pk, self.cleaned_data["code"], at=now):
            raise forms.ValidationError(USED)
        code = super().clean_code()
        if self._is_totp():
            self._use_up(code, now)
        attempts.refund(guess)
        return code

    def _is_totp(self) -> bool:
        return getattr(self, "authenticator", None) is None or self.authenticator.type == Authenticator.Type.TOTP

    def _use_up(self, code: str, now: Any) -> None:
        try:
            attempts.use_once(self.user.pk, code, at=now)
        except attempts.TooManyAttempts as refusal:
            raise forms.ValidationError(USED) from refusal


class AuthenticateForm(_CountedCode, base.AuthenticateForm):
    pass


class ReauthenticateForm(_CountedCode, base.ReauthenticateForm):
    pass


class ActivateForm(_CountedCode, totp.ActivateTOTPForm):
    pass
