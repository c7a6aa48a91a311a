"""System checks: text messages that would go nowhere, or where anybody on the machine reads them."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register

from .replies.aliyun import SHORTEST_TOKEN
from .sms.sending import PROVIDERS


@register(Tags.security)
def sms_goes_out(app_configs, **kwargs) -> list[CheckMessage]:
    """The provider exists, the notices' share is one, and production has credentials."""
    if settings.SMS_PROVIDER not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        return [Error(f"SMS_PROVIDER is {settings.SMS_PROVIDER!r}; known are {known}.", id="accounts.E001")]
    if not 0 <= settings.SMS_NOTICE_PERCENT <= 100:
        return [Error("SMS_NOTICE_PERCENT must lie between 0 and 100.", id="accounts.E002")]
    if settings.SMS_REPLY_TOKEN and len(settings.SMS_REPLY_TOKEN) < SHORTEST_TOKEN:
        hint = "It is all that a reply is known by; secrets.token_urlsafe(32) makes one."
        return [Error(f"SMS_REPLY_TOKEN must have {SHORTEST_TOKEN} characters.", hint=hint, id="accounts.E003")]
    if settings.DEBUG:
        return []
    if settings.SMS_PROVIDER == "file":
        hint = "Codes stand in the file in clear; use it for trying things out only."
        return [Warning("Text messages are written to SMS_SINK instead of being sent.", hint=hint, id="accounts.W001")]
    config = settings.SMS_ALIYUN
    if not (config["access_key_id"] and config["access_key_secret"] and config["templates"]):
        hint = "Set SMS_ALIYUN_KEY_ID, SMS_ALIYUN_KEY_SECRET and SMS_ALIYUN_TEMPLATES."
        return [Info("No text message can be sent: the Aliyun credentials are missing.", hint=hint, id="accounts.I001")]
    return []
