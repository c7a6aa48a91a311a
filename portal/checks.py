"""System checks: the portal does not start in production with what is only fit for a demo."""

from django.conf import settings
from django.core.checks import Error, Tags, register

from .settings.env import DEV_BLIND_INDEX_KEY, DEV_FIELD_KEYS, DEV_SECRET_KEY

_DEVELOPMENT = {
    "SECRET_KEY": DEV_SECRET_KEY,
    "FIELD_KEYS": DEV_FIELD_KEYS,
    "BLIND_INDEX_KEY": DEV_BLIND_INDEX_KEY,
}


@register(Tags.security)
def no_development_keys(app_configs, **kwargs) -> list[Error]:
    """Published keys protect nobody."""
    if settings.DEBUG:
        return []
    used = [name for name, value in _DEVELOPMENT.items() if getattr(settings, name) == value]
    return [
        Error(f"{name} is the published development value.", hint="Set it in the environment.", id="portal.E001")
        for name in used
    ]
