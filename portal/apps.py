"""Application configs of the composition root."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "渝工通"


class PortalAdminConfig(AdminConfig):
    """Replaces `django.contrib.admin` so that officials' index shows their work by deadline."""

    default_site = "portal.admin_site.PortalAdminSite"
